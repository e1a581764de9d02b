# Every target does its own set-up. A fresh machine needs Python 3.11 or later, make and git.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# What lists and looks up our packages needs other versions of them.
SUPPLY := build/supply
# Options handed on to pytest, e.g. OPTIONS="-k digest".
OPTIONS ?=
# Where `make sweep` notes what it has tried, and what of it: nothing is all.
SWEPT ?= build/swept-$(shell git rev-parse --short HEAD 2>/dev/null).jsonl
KINDS ?=
.DEFAULT_GOAL := help

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null || grep '##' Makefile

install: $(READY) ## Make .venv with all that the tests need

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name it: make PYTHON=python3.12 install")'
	@$(PYTHON) -m venv .venv || { echo "python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing into .venv ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: install ## Show the main job on a dozen mails, with servers inside the process
	@$(BIN)/python -m tests.demo $(OPTIONS)

test: install ## Run the tests that need nothing but Python
	$(BIN)/pytest -q -n auto $(OPTIONS)

check: install ## Formatter, linter, types, import contract, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/docs

servers: ## Install the mail servers and the text recognition that test-servers needs (Debian, root)
	sh tests/mailservers/install-debian.sh

test-servers: install ## Test against real Dovecot, Postfix and tesseract; OPTIONS="--corpus=DIR --data=DIR" adds labelled material
	$(BIN)/pytest -q -m "servers or material" --servers $(OPTIONS) tests

test-faults: install ## Kill, cut and starve the assistant at a sample of points, on the real servers
	$(BIN)/pytest -q -n auto -m faults --faults --servers $(OPTIONS) tests/faults tests/threats

sweep: install ## The same at every point; takes long
	nice -n 19 $(BIN)/python -m tests.faults.every_point $(SWEPT) $(KINDS)
	nice -n 19 $(BIN)/pytest -q -n auto -m faults --faults --servers --full $(OPTIONS) tests/faults tests/threats

test-model: install ## Test against a real model's endpoint; MODEL=file.gguf
	@test -n "$(MODEL)" || { echo "name the weights: make test-model MODEL=file.gguf" >&2; exit 2; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement tests/modelserver/requirements.lock
	$(BIN)/pytest -q -m model --model-file="$(MODEL)" $(OPTIONS) tests

test-presidio: install ## Test the masking with Presidio, the extra of that name
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement tests/presidio/requirements.lock
	$(BIN)/pytest -q -m presidio --presidio $(OPTIONS) tests

$(SUPPLY)/.ready: tests/supply/requirements.lock
	@$(PYTHON) -m venv $(SUPPLY)
	@$(SUPPLY)/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

sbom: install $(SUPPLY)/.ready ## List what we ship, with versions and licences, as CycloneDX: build/sbom.json
	@$(SUPPLY)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  --output-file build/installed.json $(BIN)/python
	@$(BIN)/python -m tests.supply.inventory < build/installed.json > build/sbom.json

audit: install $(SUPPLY)/.ready ## Look up every pinned package in the database of known vulnerabilities
	@$(BIN)/python -m tests.supply.vulnerabilities $(SUPPLY)/bin/pip-audit requirements.lock

lock: install ## Pin every dependency anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
	  --python-version 3.11 --group dev --extra encryption --extra keyring pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
	  --python-version 3.11 --no-deps --group model --output-file tests/modelserver/requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
	  --python-version 3.11 --group supply --output-file tests/supply/requirements.lock
	sed -n 's/^presidio = \["\(.*\)"\]$$/\1/p' pyproject.toml | $(BIN)/uv pip compile --quiet --universal --generate-hashes \
	  --no-header --python-version 3.11 - --output-file tests/presidio/requirements.lock

.PHONY: help install demo test check servers test-servers test-faults sweep test-model test-presidio sbom audit lock
