# Two commands matter: `make demo` and `make test`. Both set up what they need: a .venv from the hashed lock, and lkjip in it.

VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
# The first interpreter that really runs and is new enough; override with `make PYTHON=/path/to/python demo`.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
OUT    ?= out

.DEFAULT_GOAL := help
.PHONY: help demo test lint format golden bench bench-faults bench-scale lock clean install

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

install: $(STAMP) ## set up .venv from requirements.lock

$(STAMP): requirements.lock pyproject.toml setup.py extractors/read/_native.c
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found; name one with make PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "python venv failed; on Debian and Ubuntu: apt install python3.11-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## read samples/ into out/, print what is wrong in them, write the report
	$(BIN)/lkjip ingest samples --out $(OUT)
	$(BIN)/lkjip findings $(OUT)
	$(BIN)/lkjip report $(OUT)
	@echo
	@echo "The report:   $(abspath $(OUT))/laporan/index.html (open it in a browser)"
	@echo "The datasets: $(OUT)/<dataset>/agency=.../year=.../*.parquet (docs/datasets.md)"
	@echo "What each sample shows is in samples/README.md; a dashboard opens with: $(BIN)/lkjip dashboard $(OUT)"

test: $(STAMP) ## ruff, mypy and pytest
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2

lint: $(STAMP) ## ruff and mypy only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP) ## let ruff lay out the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(STAMP) ## write tests/golden/ anew from samples/; read the difference before committing it
	LKJIP_REGENERATE_GOLDEN=1 $(BIN)/pytest -n 0 tests/test_golden.py

SHARED ?= ../shared
bench: $(STAMP) ## time the readers on the PDFs of SHARED, the stages, memory, a text report, the start (QUICK=--quick for a part)
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/text.py
	$(BIN)/python benchmarks/reading.py $(QUICK) $(SHARED)
	$(BIN)/python benchmarks/stages.py $(SHARED)
	$(BIN)/python benchmarks/memory.py $(SHARED)

bench-faults: $(STAMP) ## hurt runs in every way and compare with undisturbed ones (FAULTS="--many 0 --only disk" for a part)
	$(BIN)/python benchmarks/faults.py $(FAULTS)
	$(BIN)/python benchmarks/cluster.py
	$(BIN)/python benchmarks/hosts.py
	$(BIN)/python benchmarks/hostile.py $(HOSTILE)
	$(BIN)/python benchmarks/fuzz.py --seconds 60

bench-scale: $(STAMP) ## what a page costs by kind, what 10,000 documents cost, what a document asks of an object store
	$(BIN)/python benchmarks/cost.py $(SHARED)
	$(BIN)/python benchmarks/many.py
	$(BIN)/python benchmarks/puts.py

lock: $(STAMP) ## resolve pyproject.toml into requirements.lock (UPGRADE=--upgrade takes newer versions)
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet $(UPGRADE) --generate-hashes --allow-unsafe --strip-extras \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra dev --extra dashboard --extra s3 --extra gs --extra cluster --output-file requirements.lock pyproject.toml

clean: ## remove .venv and what tools left behind (not out/)
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
