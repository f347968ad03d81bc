"""Cells as people write them and as documents have them."""

import pytest

from pipeline.document.cell_notation import CellNotation, CellsAsked
from pipeline.document.source_rows import Rows

OWN, BEFORE, COURTS = "tables/indicators.csv", "../2020H2/tables/indicators.csv", "tables/court cases.csv"
NOTATION = CellNotation(
    {
        OWN: {"sheet": "指标", "names": ["indicators"], "letters": {"数值": "E", "单位": "G"}},
        BEFORE: {"sheet": "指标", "names": ["indicators"], "letters": {"数值": "F"}},
        COURTS: {"sheet": "法院 案件", "names": [], "letters": {"数值": "B"}},
    }
)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (f"{OWN}#row=5;col=数值", "指标!E5"),
        (f"{OWN}#row=5-9;col=数值", "指标!E5:E9"),
        (f"{OWN}#row=5", "指标!5:5"),
        (f"{OWN}#row=5-9", "指标!5:9"),
        (f"{BEFORE}#row=5;col=数值", "2020H2 指标!F5"),
        (f"{OWN}#row=5;col=数值 {BEFORE}#row=5;col=数值 {OWN}#row=5;col=数值", "指标!E5 2020H2 指标!F5"),
        (f"{OWN}#row=5;col=备注", f"{OWN}#row=5;col=备注"),
        ("tables/other.csv#row=5;col=数值", "tables/other.csv#row=5;col=数值"),
        ("no source", "no source"),
    ],
)
def test_sources_are_written_as_excel_shows_them(source, written):
    """Sheet, letter and row, each cell once; what is not known or is no source stands as it is."""
    assert NOTATION.written(source) == written


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("指标!E5", CellsAsked(OWN, "数值", 5, 5)),
        (" '指标'!$E$5 ", CellsAsked(OWN, "数值", 5, 5)),
        ("指标！Ｅ５：Ｅ９", CellsAsked(OWN, "数值", 5, 9)),
        ("'指标'！＄Ｅ＄5", CellsAsked(OWN, "数值", 5, 5)),
        ("指标!e5:e9", CellsAsked(OWN, "数值", 5, 9)),
        ("indicators!G2", CellsAsked(OWN, "单位", 2, 2)),
        ("tables/indicators.csv!E5", CellsAsked(OWN, "数值", 5, 5)),
        ("indicators.csv!5", CellsAsked(OWN, "", 5, 5)),
        ("指标!E", CellsAsked(OWN, "数值", 0, 0)),
        ("指标!Z5", CellsAsked(OWN, "Z", 5, 5)),
        ("指标", CellsAsked(OWN)),
        ("2020H2 指标!F5", CellsAsked(BEFORE, "数值", 5, 5)),
        ("法院 案件!B2", CellsAsked(COURTS, "数值", 2, 2)),
        (f"{OWN}#row=5;col=数值", CellsAsked(OWN, "数值", 5, 5)),
        ("2019H2 指标!E5", None),
        ("指表!E5", None),
        ("指标!5E", None),
        ("指标!", CellsAsked(OWN)),
    ],
)
def test_cells_are_read_however_they_are_called(text, asked):
    """By sheet, ledger or file, of this or an earlier period, with $, in small letters or full width; a wrong name or cell is none."""
    assert NOTATION.read(text) == asked


@pytest.mark.parametrize(
    ("asked", "rows", "touches"),
    [
        (CellsAsked(OWN), Rows(OWN, "数值", 5, 5), True),
        (CellsAsked(OWN), Rows(BEFORE, "数值", 5, 5), False),
        (CellsAsked(OWN, "数值", 5, 5), Rows(OWN, "单位", 5, 5), False),
        (CellsAsked(OWN, "数值", 5, 5), Rows(OWN, "", 5, 5), True),
        (CellsAsked(OWN, "数值", 5, 9), Rows(OWN, "数值", 9, 12), True),
        (CellsAsked(OWN, "数值", 5, 9), Rows(OWN, "数值", 2, 5), True),
        (CellsAsked(OWN, "数值", 5, 9), Rows(OWN, "数值", 10, 12), False),
        (CellsAsked(OWN, "数值", 5, 9), Rows(OWN, "数值", 2, 4), False),
        (CellsAsked(OWN, "", 5, 9), Rows(OWN, "数值", 6, 6), True),
    ],
)
def test_what_is_asked_for_touches_what_it_has_in_common(asked, rows, touches):
    """Rows that overlap by one are touched, in the same column or in whole rows."""
    assert asked.touches(rows) is touches


def test_a_wrong_sheet_brings_the_nearest():
    """With or without a cell behind it; the sheets there are stand once each."""
    assert "指标" in NOTATION.near("指标表!E5").text("zh") and "指标" in NOTATION.near("指标表").text("zh")
    assert NOTATION.names == ("指标", "法院 案件")
