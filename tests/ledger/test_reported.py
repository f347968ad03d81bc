"""Faults that users of other readers reported, with the input of each and what is right."""

import shutil
import tomllib
from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.ledger import read

HERE = Path(__file__).parent / "reported"
CASES = tomllib.loads((HERE / "reported.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_reported_fault_is_not_ours(sample, case):
    """The cell reads as its keeper sees it, or is told by a message that says what to do."""
    sample.only()
    file = case["file"]
    name = "tables.xlsx" if file.endswith(".xlsx") else f"tables/{case['ledger']}.csv"
    shutil.copy(HERE / file, sample.folder / name)
    findings = [finding for finding in sample.check() if finding.place.file == name]
    try:
        found = str(read(sample.folder, case["ledger"])[case["field"]].loc[case["row"]])
    except DataError as error:
        found = str(error)
    told = {finding.code for finding in findings}
    right = found in case["right"] or bool(told & set(case.get("or_codes", ()))) or not case["right"]
    assert right, (found, told)
    for word in case.get("without", ()):
        assert not any(word in finding.text("zh") for finding in findings)
