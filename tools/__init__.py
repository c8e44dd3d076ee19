# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What noxfile.py runs: wrappers around ansible-test, checks of this repository, and the demo.

A directory of its own at the top: it serves the whole repository (the demo and the build too, not tests only), and nothing
in it belongs to the collection that users install.
"""
