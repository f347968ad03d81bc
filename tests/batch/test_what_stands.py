"""Whether a report is to be made again is told by its folder and what it was made of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.lineage import KnownUnit, Record, signature
from pipeline.batch.one_report import BUILT, DRAFT, Order
from pipeline.batch.units_table import Unit
from pipeline.batch.what_stands import state_of, why_make
from pipeline.document.manifest import MANIFEST, read_manifest, write_manifest
from pipeline.errors import UnknownPeriod, WorkspaceError
from pipeline.own_files import digests
from pipeline.period import Period
from pipeline.report import Request
from pipeline.report.unchanged import inputs_of
from pipeline.workspace import Workspace
from tests.batch.offices import office, province, row

HERE = {"python": "3", "pipeline": "digest"}
UNIT = Unit("370101", "示例县", "370100", Path("370101"), 2)


def order(folder: Path, **other: Any) -> Order:
    said = {"output": None, "formats": ("html", "pdf"), "edition": "internal", "cell_timeout": None}
    return Order("370100", folder, "2021H1", **{**said, **other})


@pytest.fixture
def stands(tmp_path: Path) -> Path:
    """A workspace whose finished report is what its manifest says."""
    province(tmp_path, {"370101": [row("一业一证", "办件量", "7")]})
    workspace = Workspace.at(tmp_path / "370101")
    finished = workspace.outputs("2021H1")
    finished.mkdir(parents=True)
    (finished / "report.html").write_text("page", encoding="utf-8")
    manifest = {
        "inputs": inputs_of(Request(workspace, Period.parse("2021H1"))),
        "outputs": digests(finished),
        "parameters": {"edition": "internal"},
        "asked": {"formats": ["html", "pdf"]},
        "versions": HERE,
    }
    write_manifest(manifest, finished / MANIFEST)
    return workspace.root


def why(root: Path, **other: Any) -> str:
    """The code of why its report is to be made, "" where it need not be."""
    said = why_make(order(root, **other), root / "outputs" / "2021H1", HERE)
    return said.code if said else ""


def ledger(root: Path) -> None:
    file = root / "data/2021H1/tables/indicators.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace(",7,", ",8,"), encoding="utf-8-sig")


def manifested(**said: Any):
    def change(root: Path) -> None:
        file = root / "outputs/2021H1" / MANIFEST
        write_manifest({**read_manifest(file), **said}, file)

    return change


CHANGES = {
    "nothing": (lambda root: None, ""),
    "no report": (lambda root: (root / "outputs/2021H1" / MANIFEST).unlink(), "batch-new"),
    "an edited report": (lambda root: (root / "outputs/2021H1/report.html").write_text("mine"), "batch-altered"),
    "one file more": (lambda root: (root / "outputs/2021H1/more.txt").write_text("mine"), "batch-altered"),
    "other forms": (manifested(asked={"formats": ["html"]}), "batch-asked-otherwise"),
    "one section": (manifested(asked={"formats": ["html", "pdf"], "sections": ["reform"]}), "batch-asked-otherwise"),
    "another edition": (manifested(parameters={"edition": "public"}), "batch-asked-otherwise"),
    "nobody knows by what": (manifested(versions=None), "batch-other-version"),
    "another version": (manifested(versions={**HERE, "python": "4"}), "batch-other-version"),
    "a changed ledger": (ledger, "batch-changed"),
    "a ledger more": (lambda root: (root / "data/2021H1/prose/a.md").write_text("x"), "batch-changed"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_report_is_made_again_for_each_thing_that_is_other(stands: Path, case: str) -> None:
    """What stands is left alone only where all it was made of and with is as it was, and nobody changed it."""
    change, code = CHANGES[case]
    change(stands)
    assert why(stands) == code


def test_of_many_changes_the_first_are_named(stands: Path) -> None:
    """Three of them and how many there are, in the order of their names; three alone are all named."""
    for number, said in (
        (3, "改动了 data/2021H1/prose/a.md、data/2021H1/prose/b.md、data/2021H1/prose/c.md"),
        (4, " 等4项"),
    ):
        for name in "abcd"[:number]:
            (stands / f"data/2021H1/prose/{name}.md").write_text("x", encoding="utf-8")
        text = why_make(order(stands), stands / "outputs" / "2021H1", HERE).text("zh")
        assert text.endswith(said) and text.count(".md") == 3


def test_a_unit_that_sent_nothing_is_told(tmp_path: Path) -> None:
    """No workspace is one thing, a workspace without the period another, one that cannot be read a third."""
    with pytest.raises(WorkspaceError) as none:
        why_make(order(tmp_path / "nowhere"), tmp_path, HERE)
    assert none.value.code == "unit-not-sent"
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").mkdir()
    with pytest.raises(UnknownPeriod):
        why_make(order(tmp_path), tmp_path, HERE)
    (tmp_path / "workspace.toml").write_text("notebooks = 1", encoding="utf-8")
    with pytest.raises(WorkspaceError) as unread:
        why_make(order(tmp_path), tmp_path, HERE)
    assert unread.value.code == "workspace-settings"


def test_a_report_above_is_made_again_where_one_below_is_another(stands: Path, tmp_path: Path) -> None:
    """Built anew, gone, left out, come or no longer below: each is told by the unit's name, or its code where it has none now."""
    below = office(tmp_path / "370102", "示例二县", None) / "outputs" / "2021H1"
    below.mkdir(parents=True)
    (below / MANIFEST).write_text("{}", encoding="utf-8")
    workspace = Workspace.at(stands)
    units = ((UNIT, below),)
    known = KnownUnit.of(UNIT, below, stands, left_out=False)
    assert why(stands, units=units) == "batch-other-below"
    record = Record.of(workspace, "2021H1")
    record.write({}, [known])
    assert known.signature == signature(below) != ""
    assert why(stands, units=units) == ""
    assert why(stands, units=units, left_out=("370101",)) == "batch-other-below"
    gone = why_make(order(stands), stands / "outputs" / "2021H1", HERE)
    assert (gone.code, "370101" in gone.text("zh")) == ("batch-other-below", True)
    record.write({}, [KnownUnit.of(UNIT, below, stands, left_out=True)])
    assert why(stands, units=units, left_out=("370101",)) == ""
    record.write({}, [known])
    (below / MANIFEST).write_text("{} ", encoding="utf-8")
    other = why_make(order(stands, units=units), stands / "outputs" / "2021H1", HERE)
    assert "示例县" in other.text("zh")


@pytest.mark.parametrize(
    ("checks", "state"), [([], BUILT), ([{"code": "not-filled-prose"}], DRAFT), ([{"code": "rates"}, {}], BUILT)]
)
def test_what_stands_is_a_draft_while_something_is_to_be_filled_in(tmp_path: Path, checks: list, state: str) -> None:
    """A finished report tells itself whether something of it waits to be filled in."""
    said = {"inputs": {}, "outputs": {}, "parameters": {}, "checks": checks}
    (tmp_path / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    assert state_of(tmp_path) == state
