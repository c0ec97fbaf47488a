# What a person types. `make` alone lists it.
.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help run setup test test-postgres check lint types size migrations wheel wheel-check nightly \
  bench pictures lock

PORT ?= 8000
BIN := .venv/bin
# Debian keeps daemons, such as the one that WordPress stores in, where a plain PATH does not look.
export PATH := $(PATH):/usr/local/sbin:/usr/sbin:/sbin
# Tests that share a real WordPress or a browser say so with xdist_group; loadgroup keeps them together.
PYTEST := $(BIN)/pytest -q -n 2 --dist loadgroup
# What never touches the database, or starts Torget with settings of its own, is tried once.
APART := browser crash platforms policy project screening verifier web wordpress
# Where the machine has what the tests need, a test that cannot run fails; elsewhere it is skipped.
WHOLE := scripts/machine && export TORGET_REQUIRE=1;

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: ## a practice municipality in the browser, at PORT (8000)
	@scripts/bootstrap run
	@exec env TORGET_SUPERVISED=$$PPID $(BIN)/torget demo --port $(PORT)

setup: ## what tests and checks need
	@scripts/bootstrap dev

test: setup ## the suite, with a real WordPress and a real browser; minutes per folder
	@$(WHOLE) $(PYTEST) -m "not nightly"

test-postgres: setup ## what touches the database, again on a PostgreSQL server of its own
	@TORGET_TEST_ENGINE=postgresql $(PYTEST) -m "not nightly" $(APART:%=--ignore=tests/%)

check: setup lint types size migrations test test-postgres wheel-check ## all that must be green

lint: setup ## ruff, djlint and the import contracts
	$(BIN)/ruff check -q .
	$(BIN)/ruff format -q --check .
	$(BIN)/djlint src --quiet --lint
	$(BIN)/lint-imports --no-logo

types: setup ## mypy, strict
	$(BIN)/mypy

size: setup ## no file over 400 lines
	$(BIN)/python scripts/size.py

migrations: setup ## every change of a model has its migration
	TORGET_DATA=$$(mktemp -d) DJANGO_SETTINGS_MODULE=torget.project.settings \
	  $(BIN)/django-admin makemigrations --check --dry-run

wheel: setup ## the package, with the front end's files in it, in dist/
	@$(BIN)/hatchling build -t wheel

wheel-check: setup ## the package, installed where nothing else is, and used
	@$(BIN)/python scripts/wheel_check.py

nightly: setup ## what is too slow for every run
	@$(WHOLE) $(PYTEST) -m nightly
	$(BIN)/python scripts/mutate_clauses.py

bench: setup ## start, memory and the queue page, beside a floor
	$(BIN)/torget bench

pictures: setup ## the pictures of the user guide, taken anew
	@scripts/machine && $(BIN)/python scripts/pictures.py

lock: setup ## bring the hash-locked requirements in line with pyproject.toml
	scripts/lock
