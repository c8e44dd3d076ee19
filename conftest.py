# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets pytest import the collection as ansible_collections.centurylink.cloud, wherever this checkout lies.

It stands at the root, so that it holds for tests in every directory, for pytest's workers, and under ansible-test.
"""

from __future__ import annotations

import sys

from tools import linktree


def pytest_configure() -> None:
    """Install ansible-core's collection finder over the link tree, unless one is there already."""
    try:
        from ansible.utils.collection_loader import AnsibleCollectionConfig
        from ansible.utils.collection_loader._collection_finder import _AnsibleCollectionFinder
    except ImportError:
        return  # the simulator's tests run without ansible-core; tests that need it say so by their own import
    if AnsibleCollectionConfig.collection_finder is None:
        # sys.path as well: a collection that was installed with ansible-core can still be imported.
        _AnsibleCollectionFinder(paths=[str(linktree.collections_path()), *sys.path])._install()
