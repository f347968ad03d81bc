"""From a generated ledger's cell to the cells of the units below, and back, through three levels."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch.lineage import LINEAGE, KnownUnit, Record, Step, cells_above, lineage_table, steps_behind
from pipeline.swap import replace_whole
from pipeline.workspace import Workspace

COUNTY = Step(
    "unit_totals", 2, "数值", "370101", "示例县", "7件", "370101:指标!E5", "370101:tables/indicators.csv#row=5;col=数值"
)
TOWN = Step("unit_totals", 3, "数值", "370102", "示例二县", "2件", "370102:指标!E2、370102:指标!E3", "370102:tables/indicators.csv#row=2-3;col=数值")  # fmt: skip
CITY = Step(
    "unit_totals",
    9,
    "数值",
    "370100",
    "示例市",
    "7件",
    "370100:下级合计!E2",
    "370100:tables/unit_totals.csv#row=2;col=数值",
)


def rolled_up(root: Path, steps: list[Step]) -> Workspace:
    """A workspace whose ledgers were rolled up from units that lie beside it."""
    for name in ("notebooks", "data"):
        (root / name).mkdir(parents=True, exist_ok=True)
    workspace = Workspace.at(root)
    record = Record.of(workspace, "2021H1")
    units = {step.code: KnownUnit(step.code, step.name, f"../{step.code}", "", "signature") for step in steps}
    record.write({"unit_totals.csv": ["digest"]}, list(units.values()))
    replace_whole(record.folder / LINEAGE, lineage_table(steps))
    return workspace


@pytest.fixture
def province(tmp_path: Path) -> Workspace:
    """A province of one city of two counties."""
    for code in ("370101", "370102"):
        for name in ("notebooks", "data"):
            (tmp_path / code / name).mkdir(parents=True)
    rolled_up(tmp_path / "370100", [COUNTY, TOWN])
    return rolled_up(tmp_path / "370000", [CITY])


def test_a_record_is_read_as_it_was_written(province: Workspace) -> None:
    """Ledgers and units; one that is cut off counts as none, for what it says is then unknown."""
    record = Record.read(province, "2021H1")
    assert record.ledgers == {"unit_totals.csv": ["digest"]}
    assert record.units == (KnownUnit("370100", "示例市", "../370100", "", "signature"),)
    (record.folder / "record.json").write_text('{"units": [', encoding="utf-8")
    assert Record.read(province, "2021H1") == Record.of(province, "2021H1") == Record(record.folder)


@pytest.mark.parametrize(
    ("source", "steps"),
    [
        ("tables/unit_totals.csv#row=9;col=数值", [(0, CITY), (1, COUNTY)]),
        ("tables/unit_totals.csv#row=8-9;col=数值", [(0, CITY), (1, COUNTY)]),
        ("tables/unit_totals.csv#row=9", [(0, CITY), (1, COUNTY)]),
        ("tables/unit_totals.csv#row=9;col=单位", []),
        ("tables/unit_totals.csv#row=8;col=数值", []),
        ("tables/unit_figures.csv#row=9;col=数值", []),
    ],
)
def test_a_cell_leads_to_what_went_into_it(province: Workspace, source: str, steps: list[tuple[int, Step]]) -> None:
    """Its own row and column alone, one level after another, each with its depth."""
    assert list(steps_behind(province, "2021H1", source)) == steps


def test_a_county_has_nothing_behind_its_cells(province: Workspace) -> None:
    """Where nothing was rolled up, nothing is told."""
    county = Workspace.at(province.root.parent / "370101")
    assert list(steps_behind(county, "2021H1", "tables/indicators.csv#row=5;col=数值")) == []


@pytest.mark.parametrize(
    ("asked", "cells"),
    [
        ("370101:指标!E5", ["tables/unit_totals.csv#row=9;col=数值"]),
        (" 370101：指标!E5 ", ["tables/unit_totals.csv#row=9;col=数值"]),
        ("370100:下级合计!E2", ["tables/unit_totals.csv#row=9;col=数值"]),
        ("370102:指标!E3", []),
        ("370101:指标!E6", []),
        ("370199:指标!E5", None),
    ],
)
def test_a_units_cell_leads_to_what_rests_on_it(province: Workspace, asked: str, cells: list[str] | None) -> None:
    """At whatever level the unit is; a cell that nothing rests on has none above, a unit that is none of ours is told so."""
    assert cells_above(province, "2021H1", asked) == cells


def test_a_cell_that_was_added_to_others_leads_to_their_sum(province: Workspace) -> None:
    """Each of several cells that one figure was stated in leads to it."""
    city = Workspace.at(province.root.parent / "370100")
    for cell in ("E2", "E3"):
        assert cells_above(city, "2021H1", f"370102:指标!{cell}") == ["tables/unit_totals.csv#row=3;col=数值"]
