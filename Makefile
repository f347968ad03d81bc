# Two commands on a fresh machine with Python 3.11 or newer: make report, make test.
PYTHON ?= python3
PERIOD ?= 2021H1
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TESTED := $(VENV)/.ready-to-test

COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
    --no-annotate --no-emit-index-url --quiet

.PHONY: report test quick soak lint lab lock wheelhouse clean

report: $(READY)
	$(BIN)/halfyear run $(PERIOD)

test: $(TESTED)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(PYTEST)

# The most telling ones, in about a minute: the house, facts and words, every fact of the example, what is said of a report.
QUICK := tests/test_house.py tests/facts tests/document tests/findings tests/notebook tests/vouch tests/ledger/test_check.py \
    tests/report/test_facts_2021H1.py
quick: $(TESTED)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -q $(QUICK)

soak: $(TESTED)
	$(BIN)/python -m pytest -m soak --numprocesses auto --dist worksteal $(PYTEST)

lint: $(TESTED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lab: $(READY)
	$(BIN)/jupyter lab --ip 127.0.0.1 --notebook-dir . notebooks/01-reform.ipynb

# The lock files have every package with its version and hashes, for every platform: requirements.lock what a report
# needs, requirements-test.lock that and what tests and style need. The project itself is installed in place, with the
# build tool from the same lock.
$(READY): requirements.lock pyproject.toml pipeline/formats.py $(wildcard pipeline/lab/*.json pipeline/lab/extension/*.json pipeline/lab/extension/static/*)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "halfyear needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	-@git config filter.without-outputs.clean "'$(abspath $(BIN)/python)' -P -m pipeline.notebook_file" 2>/dev/null
	@touch $@

$(TESTED): $(READY) requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

lock: $(TESTED)
	$(COMPILE) --extra build --upgrade --output-file requirements.lock
	$(COMPILE) --extra build --extra scale --extra test --upgrade --constraint requirements.lock --output-file requirements-test.lock

# Every wheel that a machine without a registry needs, and the project's own: make wheelhouse, or with SYSTEM=windows for
# 64-bit Windows and Python 3.11. The README says how to install from it.
SYSTEM ?= $(shell uname -s | tr A-Z a-z)
FOREIGN := $(if $(filter windows,$(SYSTEM)),--platform win_amd64 --python-version 3.11.9,)
wheelhouse: $(TESTED)
	mkdir -p wheelhouse
	$(BIN)/uv pip compile requirements.lock --python-platform $(SYSTEM) --python-version 3.11 --no-deps --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url --quiet --output-file wheelhouse/requirements.txt
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: $(FOREIGN) \
	    --require-hashes -r wheelhouse/requirements.txt --dest wheelhouse
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir wheelhouse .

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .halfyear-cache outputs/.earlier
