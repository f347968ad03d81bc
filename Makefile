# Two commands on a fresh machine with Python 3.11 or newer: make report, make test.
PYTHON ?= python3
PERIOD ?= 2021H1
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: report test soak lint lab lock clean

report: $(READY)
	$(BIN)/halfyear run $(PERIOD)

test: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(PYTEST)

soak: $(READY)
	$(BIN)/python -m pytest -m soak --numprocesses auto --dist loadfile $(PYTEST)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lab: $(READY)
	$(BIN)/jupyter lab --ip 127.0.0.1 --notebook-dir . notebooks/01-reform.ipynb

# The lock file has every package with its version and hashes, for every platform; the project itself is installed
# in place, with the build tool from the same lock.
$(READY): requirements.lock pyproject.toml pipeline/formats.py
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "halfyear needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url --upgrade --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .halfyear-cache
