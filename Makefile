# The words that people and CI type. The environment is built once from the lock file; `make test` works offline after that.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LIGHT := $(VENV)/.demo
EXAMPLE := docs/examples/csto.md

.PHONY: demo test check bench examples pictures lock install
.DEFAULT_GOAL := test

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

# The record and the checker need little: the demo does not wait for the engines that tests and panels use.
$(LIGHT): requirements-demo.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-demo.lock
	touch $@

demo: $(LIGHT)
	mkdir -p build/demo
	PYTHONPATH=src $(BIN)/python -m foedus check $(EXAMPLE)
	PYTHONPATH=src $(BIN)/python -m foedus check $(EXAMPLE) -o build/demo/csto.html
	@echo "The same as a page: build/demo/csto.html"

test: $(STAMP)
	$(BIN)/python -m pytest -n auto

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

examples: $(STAMP)
	for name in csto nato; do $(BIN)/foedus check docs/examples/$$name.md -o docs/examples/$$name.txt; done

pictures: $(STAMP)
	$(BIN)/python docs/pictures.py

bench: $(STAMP)
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/throughput.py
	$(BIN)/python benchmarks/measures.py
	$(BIN)/python benchmarks/panels.py --events 2
	$(BIN)/python benchmarks/profile.py

COMPILE := $(BIN)/python -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links

lock: $(STAMP)
	$(COMPILE) --extra documents --extra panels --extra spark --extra measures --extra profile --extra statistics --extra dev \
		--output-file requirements.lock pyproject.toml
	$(COMPILE) --constraint requirements.lock --extra documents --output-file requirements-demo.lock pyproject.toml
