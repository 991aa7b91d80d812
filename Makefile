.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 5000
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
export PORT

help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: $(VENV)/ready assets ## Set up what is missing and start the site and one worker on http://127.0.0.1:5000
	@$(FLASK) db upgrade
	@$(FLASK) demo load --if-empty
	@exec $(FLASK) serve

test: $(VENV)/ready-dev assets ## Set up what is missing and run every test
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: $(VENV)/ready-dev ## Lint, types, templates, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint procure/templates --lint --quiet
	$(BIN)/lint-imports

bench: $(VENV)/ready-dev ## Run the benchmarks side by side with peers
	@for bench in bench/*.py; do echo "== $$bench"; PYTHONPATH=. $(BIN)/python $$bench || exit 1; done

pictures: $(VENV)/ready-dev assets ## Take the pictures of the README from the demonstration place
	$(BIN)/python scripts/take_pictures.py

lock: $(VENV)/ready-dev ## Pin the libraries again, with hashes
	for set in "" -extras -semantic -cluster -dev -assets; do $(BIN)/python -m uv pip compile --universal --python-version 3.11 --generate-hashes requirements$$set.in -o requirements$$set.txt || exit 1; done

clean: ## Remove what was installed or built, but no data
	rm -rf $(VENV) node_modules procure/static/vendor

assets: procure/static/vendor/govuk-frontend.min.css

procure/static/vendor/govuk-frontend.min.css: package-lock.json scripts/install_assets.py | $(VENV)/ready
	@$(BIN)/python scripts/install_assets.py
	@touch $@

$(VENV)/ready: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing libraries (once, about a minute)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt $(VENV)/ready
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: help run test check bench pictures lock clean assets
