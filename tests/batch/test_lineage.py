"""From a generated ledger's cell to the cells of the units below, and back, through three levels."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.batch.lineage import (
    LINEAGE,
    CellsAbove,
    KnownUnit,
    Record,
    Step,
    cells_above,
    lineage_table,
    steps_behind,
)
from pipeline.document.cell_notation import CellsAsked
from pipeline.document.source_rows import rows_of
from pipeline.errors import ReleaseError, UsageError
from pipeline.findings import Finding
from pipeline.findings.words import few
from pipeline.swap import replace_whole
from pipeline.workspace import Workspace

COUNTY = Step(
    "unit_totals", 2, "数值", "370101", "示例县", "7件", "370101:指标!E5", "370101:tables/indicators.csv#row=5;col=数值"
)
TOWN = Step("unit_totals", 3, "数值", "370102", "示例二县", "2件", "370102:指标!E2、370102:指标!E3", "370102:tables/indicators.csv#row=2-3;col=数值")  # fmt: skip
CITY = Step("unit_totals", 9, "数值", "370100", "示例市", "7件", "370100:下级合计!E2", "370100:tables/unit_totals.csv#row=2;col=数值")  # fmt: skip
BEFORE = Step("unit_totals", 9, "数值", "370100", "示例市", "6件", "370100:下级合计!E2", "370100:tables/unit_totals.csv#row=2;col=数值")  # fmt: skip
LEDGERS = {
    "tables/indicators.csv": {"sheet": "指标", "names": ["indicators"], "letters": {"数值": "E", "单位": "G"}},
    "tables/unit_totals.csv": {"sheet": "下级合计", "names": ["unit_totals"], "letters": {"数值": "E"}},
}
ABOVE = "tables/unit_totals.csv"


def known(code: str, name: str) -> KnownUnit:
    return KnownUnit(code, name, f"../{code}", f"../{code}/outputs/2021H1", "signature")


def rolled_up(root: Path, steps: list[Step], period: str = "2021H1") -> Workspace:
    """A workspace whose ledgers were rolled up from units that lie beside it, each with a finished report."""
    for name in ("notebooks", "data"):
        (root / name).mkdir(parents=True, exist_ok=True)
    workspace = Workspace.at(root)
    record = Record.of(workspace, period)
    units = {step.code: known(step.code, step.name) for step in steps}
    for unit in units.values():
        (root / unit.report).mkdir(parents=True, exist_ok=True)
        said = json.dumps({"metadata": {"halfyear": {"ledgers": LEDGERS}}})
        (root / unit.report / "report.ipynb").write_text(said, encoding="utf-8")
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
    """Ledgers, units and what was told; one that is cut off counts as none, for what it says is then unknown."""
    record = Record.read(province, "2021H1")
    assert record.ledgers == {"unit_totals.csv": ["digest"]}
    assert record.units == (known("370100", "示例市"),)
    missing = Finding("rollup-missing", params={"there": 1, "missing": 1, "names": few(["示例县"])})
    record.write(record.ledgers, record.units, [missing])
    again = Record.read(province, "2021H1")
    assert (again.ledgers, again.units) == (record.ledgers, record.units)
    assert [one.text("zh") for one in again.told] == [missing.text("zh")]
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
    assert list(steps_behind(province, "2021H1", asked(source))) == steps


def test_a_county_has_nothing_behind_its_cells(province: Workspace) -> None:
    """Where nothing was rolled up, nothing is told."""
    county = Workspace.at(province.root.parent / "370101")
    assert list(steps_behind(county, "2021H1", asked("tables/indicators.csv#row=5;col=数值"))) == []


def asked(sources: str) -> list[CellsAsked]:
    return [CellsAsked(*rows) for rows in rows_of(sources)]


def test_a_cell_of_an_earlier_period_leads_to_what_went_into_that(province: Workspace) -> None:
    """What a comparison draws on is followed in its own period's record, and this period's same cell is not."""
    rolled_up(province.root, [BEFORE], "2020H2")
    before = "../2020H2/tables/unit_totals.csv#row=9;col=数值"
    assert list(steps_behind(province, "2021H1", asked(before))) == [(0, BEFORE)]
    both = [(0, CITY), (1, COUNTY), (0, BEFORE)]
    assert list(steps_behind(province, "2021H1", asked(f"{ABOVE}#row=9;col=数值 {before}"))) == both


CITYS = CellsAsked(ABOVE, "数值", 9, 9)


@pytest.mark.parametrize(
    ("cell", "above"),
    [
        ("370101:指标!E5", CellsAbove((CITYS,))),
        ("370101:指标!$E$5", CellsAbove((CITYS,))),
        ("370101:指标!e5", CellsAbove((CITYS,))),
        ("370101:指标!5", CellsAbove((CITYS,))),
        ("370101:指标!E", CellsAbove((CITYS,))),
        ("370101:指标!E2:E5", CellsAbove((CITYS,))),
        ("370101:指标", CellsAbove((CITYS,))),
        ("370101:indicators!E5", CellsAbove((CITYS,))),
        ("370101:tables/indicators.csv!E5", CellsAbove((CITYS,))),
        (" 370101：指标!E5 ", CellsAbove((CITYS,))),
        ("３７０１０１：指标！Ｅ５", CellsAbove((CITYS,))),
        ("370101:指标!G5", CellsAbove((CITYS,), in_row=True)),
        ("370100:下级合计!E2", CellsAbove((CITYS,))),
        ("370102:指标!E3", CellsAbove(())),
        ("370101:指标!E6", CellsAbove(())),
        ("370199:指标!E5", None),
        ("指标!E2:E5", None),
        ("322", None),
    ],
)
def test_a_units_cell_leads_to_what_rests_on_it(province: Workspace, cell: str, above: CellsAbove | None) -> None:
    """However the unit itself may call it, at whatever level the unit is; a cell that nothing rests on has none above, one
    that is no figure those of its row, and a unit that is none of ours is told so."""
    assert cells_above(province, "2021H1", cell) == above


def test_a_ledger_that_the_unit_has_not_is_told(province: Workspace) -> None:
    """With the ledgers that its report was made of; where that report is gone, nothing is known of it, and that is told."""
    with pytest.raises(UsageError, match="指标"):
        cells_above(province, "2021H1", "370101:指表!E5")
    shutil.rmtree(province.root.parent / "370101" / "outputs")
    with pytest.raises(ReleaseError, match="370101"):
        cells_above(province, "2021H1", "370101:指标!E5")


def test_a_cell_that_was_added_to_others_leads_to_their_sum(province: Workspace) -> None:
    """Each of several cells that one figure was stated in leads to it."""
    city = Workspace.at(province.root.parent / "370100")
    for cell in ("E2", "E3"):
        assert cells_above(city, "2021H1", f"370102:指标!{cell}") == CellsAbove((CellsAsked(ABOVE, "数值", 3, 3),))
