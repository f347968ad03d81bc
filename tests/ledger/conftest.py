"""A small workspace whose ledgers have no fault, for tests that put one in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from samples import SECTIONS, Sample

from pipeline.ledger import TABLES, workbook


@pytest.fixture(autouse=True)
def nobody_saves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken files of tests are not being saved: nothing is waited for."""
    monkeypatch.setattr(workbook, "PAUSE", 0)


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """A workspace whose ledgers have no fault."""
    notebooks = tmp_path / "workspace" / "notebooks"
    notebooks.mkdir(parents=True)
    for stem, title in SECTIONS.items():
        cell = {"cell_type": "markdown", "metadata": {}, "source": [f"# {title}"]}
        notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (notebooks / f"{stem}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    made = Sample(tmp_path / "workspace")
    for table in TABLES:
        made.put(table, [{}])
    return made
