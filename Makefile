# Copyright (c) 2026 centurylink.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Needs Python 3.11 or newer, make and git; all else goes into build/ and .nox/ here, and into ~/.ansible/test, where
# ansible-test keeps its own environments.

.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := build/venv
# nox: sessions with requirements among them. Its extra `uv` makes an environment in seconds, where pip takes half a minute.
# Older ones lack what noxfile.py uses.
NOX_REQUIREMENT := nox[uv]>=2026.10,<2027
NOX := $(VENV)/bin/nox
REPORTS := build/reports
# To bootstrap with another Python: make PYTHON=/path/to/python3 ...
PYTHON ?=
# Of make new: see docs/writing-a-resource.md.
FAMILY ?=
NAME ?=
LIST ?=
# Of make bench: which suites (all: tasks fleets environments inventory fetch simulator unchanged), how often each command
# runs, and with how many servers.
SUITES ?=
ROUNDS ?= 5
SIZES ?= 100 1000 10000 100000

.PHONY: help new demo test lint units sanity integration simulator migrate scaffold events awx coverage bench build changelog clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

demo: $(VENV)/ready ## builds an environment on the simulator, shows it, takes it down
	@echo "Setting up (the first time takes a minute) ..."
	@NOX_QUIET=1 $(NOX) -s demo

test: $(VENV)/ready ## everything that CI runs
	@rm -rf $(REPORTS) && mkdir -p $(REPORTS)
	@status=0; $(VENV)/bin/python -m tools.sessions || status=1; \
	$(VENV)/bin/python -m tools.results || status=1; exit $$status

new: $(VENV)/ready ## files of a new resource, from the contract: FAMILY=policy NAME=alert_policy LIST=listAlertPolicies
	@NOX_QUIET=1 $(NOX) -s new -- --family="$(FAMILY)" --name="$(NAME)" --list="$(LIST)"

coverage: $(VENV)/ready ## operations of the API that the integration targets cover
	@mkdir -p $(REPORTS) && rm -f $(REPORTS)/coverage.txt
	@status=0; $(NOX) -s coverage || status=1; tail -n 1 $(REPORTS)/coverage.txt || status=1; exit $$status

bench: $(VENV)/ready ## benchmarks, written to docs/performance: SUITES="tasks inventory", ROUNDS=5, SIZES="100 1000"
	@$(NOX) -s bench -- --rounds=$(ROUNDS) --sizes="$(SIZES)" $(SUITES)

lint: $(VENV)/ready ## rules, format, types, documentation, licences
units: $(VENV)/ready ## unit tests on every supported ansible-core and Python that is here
sanity: $(VENV)/ready ## ansible-test sanity on every supported ansible-core that is here
integration: $(VENV)/ready ## integration targets against the simulator
simulator: $(VENV)/ready ## tests of the simulator
migrate: $(VENV)/ready ## tests of clc-migrate
scaffold: $(VENV)/ready ## tests of what make new writes
events: $(VENV)/ready ## tests of the event source and its rulebook
awx: $(VENV)/ready ## tests of the role awx, and of jobs as a controller runs them
build: $(VENV)/ready ## the collection's archive, in build/dist; tests of the wheels and of a user's project
changelog: $(VENV)/ready ## CHANGELOG.md from fragments and plugins, for the version in galaxy.yml
lint units sanity integration simulator migrate scaffold events awx build changelog:
	@$(NOX) -s $@

clean: ## removes all that was made here
	rm -rf build .nox .ansible tests/output

# A name on PATH is no proof of a Python: version managers leave names there that do not run.
$(VENV)/ready: Makefile
	@found=; for name in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
		if "$$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			found=$$name; break; fi; done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or newer with its venv module is needed (on Debian and Ubuntu: python3-venv)." >&2; exit 1; fi; \
	rm -rf $(VENV) && "$$found" -m venv $(VENV) \
	&& $(VENV)/bin/python -m pip install -qq --disable-pip-version-check '$(NOX_REQUIREMENT)' && touch $@
