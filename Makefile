# make run: everything from a fresh clone to the search page. make help: the rest.

PYTHON ?= python3
VENV ?= .venv
UV ?= uv
DATA ?=
PYTEST_ARGS ?=

BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
INSTALLED_DEV := $(VENV)/installed-dev
LEXICON := analyzers/data/lexicon.bin
LEXICON_SOURCES := $(wildcard analyzers/compiling/*.py analyzers/data/*.tsv) \
	$(addprefix analyzers/,columns.py folding.py joining.py lexicon.py morphology.py segmentation.py tables.py)

PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV_COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml --group build

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test lint bench messages lock

help:   ## show what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

setup: $(INSTALLED) $(LEXICON)   ## private environment in .venv, locked dependencies, the compiled lexicon

run: setup   ## index what is new, serve the search page on http://127.0.0.1:8000, follow the articles' folders
	$(BIN)/rasad index
	$(BIN)/rasad serve --watch

# Spread over the processors, but not over more than four: each share starts servers and a browser of its own.
test: $(INSTALLED_DEV) $(LEXICON)   ## all tests, or PYTEST_ARGS='…' of them; without a Chromium the browser's are skipped
	$(BIN)/pytest --numprocesses=logical --maxprocesses=4 --dist=worksteal $(PYTEST_ARGS)

lint: $(INSTALLED_DEV)   ## style, types and the order of the three packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(INSTALLED_DEV) $(LEXICON)   ## the analyzer beside its peers: make bench DATA=folder (benchmarks/README.md)
	$(BIN)/python benchmarks/analyzer.py "$(DATA)"

messages: $(INSTALLED_DEV)   ## bring the catalogues of the interface's sentences up to date with the code
	mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keyword gettext_noop --no-location \
		--sort-output --omit-header --output-file build/messages.pot searchapp
	$(BIN)/pybabel --quiet update --input-file build/messages.pot --output-dir searchapp/translations \
		--no-fuzzy-matching --ignore-obsolete --omit-header --no-wrap

lock:   ## resolve the dependencies anew (needs uv); add UPGRADE=--upgrade for newer versions
	$(UV_COMPILE) $(UPGRADE) --extra lexicon -o requirements.lock
	$(UV_COMPILE) $(UPGRADE) --extra lexicon --extra documents --extra test \
		--constraint requirements.lock -o requirements-dev.lock

# The stamps hold back a second installation; they are written last, so that a broken one is done again.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit( \
		"Rasad needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies into $(VENV); the first time takes a minute or two."
	$(PIP_INSTALL) --require-hashes -r requirements.lock
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(INSTALLED_DEV): requirements-dev.lock $(INSTALLED)
	@echo "Installing the tools for tests and checks into $(VENV)."
	$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

$(LEXICON): $(LEXICON_SOURCES) requirements.lock | $(INSTALLED)
	$(BIN)/python -m analyzers.compiling
