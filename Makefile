# Every command of the project; bare `make` lists them.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help run set-up demo demo-full run-full bench bench-loads bench-shop bench-search test test-all lint audit format migrations messages \
	mutants lock update hooks reindex clean

help: ## list every command
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.runtime: requirements.txt
	@echo "Installing what the marketplace needs (about a minute) …"
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "No virtual environment could be made. On Debian: sudo apt install python3.11-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.tools: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing the test and lint tools …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Run
run: $(VENV)/.runtime ## install, migrate, load the demo province, serve on 127.0.0.1:8000
	@$(MANAGE) start

set-up: $(VENV)/.runtime ## migrate, and load what every site needs; the demo is not loaded
	@$(MANAGE) set_up

demo: $(VENV)/.runtime ## load the demo province again
	@$(MANAGE) load_demo

# A database, uploads and an index of its own, so that its figures stay those that were reported.
FULL := VAR_DIR=var/dong-nai LOAD_DEMO=0

demo-full: $(VENV)/.runtime ## load Đồng Nai as reported for 2022, into var/dong-nai
	@$(FULL) $(MANAGE) load_demo_full

run-full: $(VENV)/.runtime ## serve what demo-full loaded
	@$(FULL) $(MANAGE) start

reindex: $(VENV)/.runtime ## build the search index anew, beside the live one
	@$(MANAGE) reindex

# Check
test: $(VENV)/.tools ## run the tests; no server, no browser
	@$(MANAGE) compile_translations
	@$(BIN)/pytest -q -n 2 -m "not bench"

# Needs Java 17 or later, and brings Spark: 400 MB, too much for every run of .ci/run.
test-spark: $(VENV)/.tools ## compare the figures of Apache Spark with those of DuckDB
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.txt
	@RUN_SPARK=1 $(BIN)/pytest -q -n 0 -m spark tests/reporting

bench: $(VENV)/.tools ## measure what every page costs on what demo-full loaded
	@$(FULL) $(BIN)/python -m bench.pages

# The tests of many at once, at the size at which the fault was found: 300 guesses, eight pictures of 79 megapixels, 36 orders.
bench-loads: $(VENV)/.tools ## run what once broke the site, as it was found; DATABASE_URL names a PostgreSQL
	@$(BIN)/python -m bench.loads

# Three minutes for the data of 1,100 goods, two for measuring. ARGS: --products 100000, --write shop, --folder var/bench-shop.
bench-shop: $(VENV)/.tools ## measure our shop beside a stock django-oscar shop; DATABASE_URL may name a PostgreSQL
	@$(BIN)/python -m bench.shop $(ARGS)

# About an hour on two idle cores, with a server of its own for Elasticsearch; figures are also kept in var/bench-search.json.
SIZES ?= 10000 100000 1000000

bench-search: $(VENV)/.tools ## measure searching at three sizes, both engines beside stock Oscar and Haystack
	@.ci/elasticsearch start
	@mkdir -p var
	@$(BIN)/python -m bench.search --sizes $(SIZES) --out var/bench-search.json

test-all: $(VENV)/.tools ## run everything CI runs, real servers included
	@bash .ci/run

# Broken off with Ctrl-C it says what it has found so far; about ten seconds for each mutant.
SAMPLE ?= 40
SEED ?= 1
PACKAGES ?= accounts households reporting shop

mutants: $(VENV)/.tools ## break the code at SAMPLE places of each of PACKAGES, drawn by SEED, and print what no test noticed
	@$(MANAGE) compile_translations
	@nice $(BIN)/python -m bench.mutants --sample $(SAMPLE) --seed $(SEED) --packages $(PACKAGES)

CHECKING := marketplace.settings.checking

lint: $(VENV)/.tools ## style, types, import contracts, templates, requirements, migrations, commit subjects, known vulnerabilities
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo >$(VENV)/lint-imports.log 2>&1 || { cat $(VENV)/lint-imports.log; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/djlint --lint --quiet .
	@$(BIN)/deptry . >$(VENV)/deptry.log 2>&1 || { cat $(VENV)/deptry.log; exit 1; }
	@$(MANAGE) makemigrations --settings $(CHECKING) --check --dry-run
	@.ci/commit_subjects
	@.ci/audit

audit: $(VENV)/.tools ## look for known vulnerabilities in everything that is installed
	@.ci/audit

hooks: $(VENV)/.tools ## let git run the quick part of lint before each commit
	@$(BIN)/pre-commit install

format: $(VENV)/.tools ## put the code in its usual form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

migrations: $(VENV)/.tools ## write the migrations that the models ask for
	@$(MANAGE) makemigrations --settings $(CHECKING)

# Both write versions and hashes for every system and every Python from 3.11 on.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock'

lock: $(VENV)/.tools ## write requirements*.txt after a change in requirements*.in; what stands there stays
	@$(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	@$(LOCK) $(UPGRADE) -c requirements.txt requirements-dev.in -o requirements-dev.txt
	@$(LOCK) $(UPGRADE) requirements-spark.in -o requirements-spark.txt

update: UPGRADE := --upgrade
update: lock ## take the newest versions that requirements*.in allow

messages: $(VENV)/.runtime ## add untranslated words to the .po files, compile the rest
	@$(MANAGE) make_translations
	@$(MANAGE) compile_translations

clean: ## forget the local database, uploads and index
	rm -rf var
