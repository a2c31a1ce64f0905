# Every target works on a fresh machine that has Python 3.11 or later and a package registry.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
LOWEST := .venv-lowest
RECORDED = $(or $(basename $(notdir $(MODEL))),smollm2-135m-instruct)

.DEFAULT_GOAL := help
.PHONY: help install demo test test-lowest check format bench docs docs-faults recordings baselines schemas clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

install: $(STAMP) ## create the environment with everything that development needs

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("dateline needs Python 3.11 or later: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable ".[all]" --group dev
	@touch $@

demo: ## extract a shipped article with the embedded model: no key, no account
	@test -x $(VENV)/bin/dateline || { \
	  $(PYTHON) -c 'import sys; sys.exit("dateline needs Python 3.11 or later: make PYTHON=python3.12 demo") if sys.version_info < (3, 11) else None' && \
	  $(PYTHON) -m venv $(VENV) && echo "installing dateline ..." && \
	  $(BIN)/python -m pip install --quiet --upgrade "pip>=25.1" && \
	  $(BIN)/python -m pip install --quiet --editable ".[local,html]"; }
	@$(BIN)/dateline models pull smollm2-135m-instruct
	@mkdir -p out
	@$(BIN)/dateline extract examples/articles/ferry-crossing.txt --published 2026-03-12 --provider local --format table --html out/demo.html
	@echo "The page with the highlighted article: out/demo.html"

test: $(STAMP) ## run all tests with real parts: embedded model, loopback servers, browser where there is one
	@$(BIN)/dateline models pull smollm2-135m-instruct
	$(BIN)/python -m pytest

test-lowest: ## the tests again, with the oldest releases that pyproject.toml allows
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	$(LOWEST)/bin/python -m pip install --quiet --editable ".[all]" --group test --constraint tests/lowest.txt
	$(LOWEST)/bin/dateline models pull smollm2-135m-instruct
	$(LOWEST)/bin/python -m pytest -m "not packaging"

check: $(STAMP) ## format, lint, types, import layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP) ## the performance claims of the docs, as ratios in one run
	$(BIN)/python -m benchmarks

docs: $(STAMP) ## run every snippet of the docs and check that every command and error is documented
	$(BIN)/python -m pytest tests/docs -q

docs-faults: $(STAMP) ## write the tables of faults in docs/failures.md anew from their tests
	$(BIN)/python tests/providers/test_fault_table.py
	$(BIN)/python tests/cache/test_cache_faults.py

recordings: $(STAMP) ## record the corpus anew: the demo model, or MODEL=FILE.gguf (minutes to an hour)
	@mkdir -p out/recording
	@printf '[providers.recorded]\nkind = "local"\nmodel = "%s"\n' "$(or $(abspath $(MODEL)),smollm2-135m-instruct)" > out/recording/dateline.toml
	@test -n "$(MODEL)" || $(BIN)/dateline models pull smollm2-135m-instruct
	DATELINE_CACHE_DIR=out/recording/cache $(BIN)/dateline eval run corpus --config out/recording/dateline.toml \
	  --provider recorded --resume --out out/recording/$(RECORDED)
	$(BIN)/dateline cache export evals/recorded/$(RECORDED).jsonl.gz --dir out/recording/cache --model $(RECORDED)

baselines: $(STAMP) ## what the recorded answers score now becomes what later runs are compared with
	rm -rf out/baselines
	$(BIN)/dateline eval run regression --out out/baselines --save-baseline

schemas: $(STAMP) ## write schemas/*.json anew from the models
	for name in extraction failure draft; do $(BIN)/dateline schema export $$name --out schemas/$$name.schema.json; done

clean: ## remove environments and caches
	rm -rf .venv .venv-lowest out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
