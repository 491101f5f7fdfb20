# Run `make` to see what there is. Needs bash, git and Python 3.11 or newer; everything else is fetched on first use.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
export PYTHON
PY := .venv/bin/python
BUILD := $(PY) scripts/build.py
WORKFLOWS := .github/workflows/check.yml .github/workflows/pages.yml

# `make lock UPGRADE=1` takes the newest versions that pyproject.toml allows; plain `make lock` changes only what it must.
# --universal and `fewest`: one version of everything for every system and every Python from 3.11.0 on, so that a page
# comes out the same everywhere.
LOCK := $(PY) -m uv pip compile pyproject.toml --no-config --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

.PHONY: help setup site serve test fast-test check lint types spelling browser-test data-check workflows bench budget audit import inbox workbook review confirm release edition publish tidy clean lock site-env dev-env diff claims-form claims

help: ## list what there is
	@echo "make TARGET, where TARGET is one of:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' Makefile

setup: dev-env ## install everything that building, testing and checking need
	@scripts/ensure_system.sh fonts node browser
	@echo "Ready. Next: make serve"

site: site-env ## build the website into site/
	@echo "==> Building the site"
	@$(BUILD) site

serve: site-env ## show the website while you edit, rebuilt at every save
	@echo "==> Serving the site; stop with Ctrl+C"
	@$(BUILD) serve

test: fast-test site browser-test ## run all tests: first the fast ones, then those in a browser on the built site

browser-test: dev-env ## run the tests in a browser, on site/ as it is (SITE_FOLDER=…: another built site)
	@scripts/ensure_system.sh fonts node browser
	@echo "==> Browser tests"
	@CHROMIUM="$$(scripts/ensure_system.sh browser-path)" $(PY) -m pytest tests/site -n 2 --dist worksteal -q

fast-test: dev-env ## run the tests that need no browser, and the examples in docstrings
	@echo "==> Fast tests"
	@$(PY) -m pytest --ignore=tests/site -n 2 --dist worksteal -q

check: lint types spelling data-check workflows ## check style, types, spelling, data and workflows
	@echo "All checks passed."

lint: dev-env
	@echo "==> Style (ruff)"
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check

types: dev-env
	@scripts/ensure_system.sh node
	@echo "==> Types (pyright)"
	@$(PY) -m pyright

spelling: dev-env
	@echo "==> Spelling (codespell)"
	@$(PY) -m codespell_lib

data-check: dev-env
	@echo "==> Schemas, data and what pages state"
	@$(BUILD) check $(if $(INBOX),--inbox)

workflows: dev-env
	@echo "==> Locks, workflows and citation"
	@$(PY) -m uv pip install --no-config --offline --no-cache --dry-run --quiet --python $(PY) -r pyproject.toml --group dev \
		|| { echo "pyproject.toml asks for what requirements/dev.lock does not hold: run make lock, then make setup"; exit 1; }
	@$(PY) -m check_jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	@$(PY) -m check_jsonschema --builtin-schema vendor.citation-file-format CITATION.cff
	@.venv/bin/zizmor --offline --quiet --no-progress --config .github/zizmor.yml $(WORKFLOWS)

lock: dev-env ## write requirements/*.lock from pyproject.toml (UPGRADE=1: newest versions)
	@echo "==> Writing requirements/dev.lock and requirements/site.lock"
	@$(LOCK) --group dev --output-file requirements/dev.lock
	@$(LOCK) --constraint requirements/dev.lock --output-file requirements/site.lock

bench: dev-env ## measure builds, reading, what is derived from the claims, the method, a large index, and the review of slips
	@scripts/ensure_system.sh fonts node browser
	@echo "==> Building a fresh copy in turn with a bare MkDocs, reading it, studying claims and method (some minutes)"
	@PYTHONPATH=scripts $(PY) -m bench

budget: dev-env ## measure what a page costs its reader, and fail when it is too much (LIGHTHOUSE=0: without Lighthouse)
	@scripts/ensure_system.sh fonts node browser
	@$(BUILD) site
	@echo "==> Loading every page in a browser, then Lighthouse (some minutes; npm fetches it the first time)"
	@PYTHONPATH=scripts $(PY) -m bench budget $(if $(filter 0,$(LIGHTHOUSE)),--without-lighthouse)

audit: site-env ## compare a draft with scores: make audit DRAFT=report.docx or draft.yml (the guide has its options)
	@$(BUILD) audit "$(DRAFT)" $(if $(SCORES),--scores "$(SCORES)") $(if $(ALONE),--alone) \
		$(if $(EDITION),--edition) $(if $(YEAR),--year $(YEAR)) $(if $(AS_OF),--as-of "$(AS_OF)")

diff: site-env ## what data/ changes, and why: make diff AGAINST=main (a revision, a release, or a folder of results)
	@$(BUILD) diff $(if $(AGAINST),"$(AGAINST)")

claims-form: site-env ## write a workbook to write claims into, which audit reads: make claims-form (EDITION=1, OUT=file.xlsx)
	@$(BUILD) claims-form $(if $(EDITION),--edition) $(if $(OUT),--out "$(OUT)")

claims: site-env ## add the claims of such a workbook to the published edition: make claims BOOK=claims.xlsx
	@$(BUILD) claims $(if $(BOOK),"$(BOOK)")

import: site-env ## read a year from a yearbook's workbook into data/: make import BOOK=yearbook.xlsx YEAR=2023
	@$(BUILD) import $(if $(BOOK),"$(BOOK)") $(YEAR)

inbox: site-env ## read the workbooks of data/inbox/ into data/, as the workflow Check does; names begin with the year
	@$(BUILD) inbox

workbook: site-env ## write the blank workbook for a year, which import reads: make workbook YEAR=2024
	@$(BUILD) workbook $(YEAR)

review: site-env ## show what is strange in a year's figures, as build/review.html (YEAR=2023; the newest by default)
	@$(BUILD) review $(if $(YEAR),--year $(YEAR))

confirm: site-env ## confirm what is strange and right: make confirm NAME=… (YEAR=2023; ALL=1 or KIND=… with REASON=…)
	@$(BUILD) confirm --name "$(NAME)" $(if $(YEAR),--year $(YEAR)) $(if $(ALL),--all) $(if $(KIND),--kind $(KIND)) \
		$(if $(REASON),--reason "$(REASON)")

release: site-env ## put the results away as they are, at an address that stays: make release NAME=open-2022
	@$(BUILD) release $(NAME)

edition: site-env ## put the edition away and lay out the next: make edition NAME=2021 YEAR=2020 PUBLISHER=… TITLE=…
	@$(BUILD) edition $(NAME) --year "$(YEAR)" --publisher "$(PUBLISHER)" --title "$(TITLE)" $(if $(TERMS),--terms "$(TERMS)")

publish: site-env ## build the site for any static host: make publish TO=folder URL=https://…
	@$(BUILD) publish $(if $(TO),--to "$(TO)") $(if $(URL),--url "$(URL)")

tidy: site-env ## repair CSV files that Excel saved: make tidy FILES="data/indicators/x.csv …"
	@$(BUILD) tidy $(FILES)

clean: ## delete everything that was generated; the environment in .venv stays
	@echo "==> Deleting site/, build/, docs/generated/ and caches"
	@rm -rf site .site.new .site.old build docs/generated .pytest_cache .ruff_cache .hypothesis
	@find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

site-env:
	@scripts/ensure_venv.sh site

dev-env:
	@scripts/ensure_venv.sh dev
