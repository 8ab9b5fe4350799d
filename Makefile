# The same commands people and CI use. On Windows without make, see the README for the plain forms.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
export QT_QPA_PLATFORM ?= offscreen

.PHONY: run test lint types contracts unit bench clean

$(VENV)/.run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable ".[fast]" --constraint constraints.txt
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable ".[test]" --constraint constraints.txt
	touch $@ $(VENV)/.run

run: $(VENV)/.run
	$(BIN)/slopedesign run examples/quarry/project.json -o out

test: lint types contracts unit

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

contracts: $(VENV)/.test
	$(BIN)/lint-imports

unit: $(VENV)/.test
	$(BIN)/pytest -n 2

$(VENV)/.bench: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	touch $@

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) out build
