"""What an earlier period states and this one does not is told, with what may be the same under another name."""

import pytest
from samples import REPORT

from pipeline.ledger import check
from pipeline.workspace import Workspace

HEADINGS = "板块,改革事项,对象,指标,数值,限定词,单位,口径,截至,内容,公开属性,备注\n"
NOTEBOOK = '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# 示例"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
USUAL = [("甲局", "办件量", "322", "件"), ("甲局", "办结率", "97.5", "%"), ("乙局", "培训", "12", "场")]


def told(root, *, earlier="2020H2", before=USUAL, now=()):
    """What check says, of missing keys and changed units."""
    (root / "notebooks").mkdir(parents=True)
    (root / "notebooks" / "01-sample.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    for period, rows, day in ((earlier, before, f"{earlier[:4]}-06"), ("2021H1", now, "2021-05")):
        folder = root / "data" / period / "tables"
        folder.mkdir(parents=True)
        (folder.parent / "report.toml").write_text(REPORT, encoding="utf-8")
        lines = "".join(
            f"示例,,{about},{what},{value},,{unit},{basis[0] if basis else '当期'},{day},,,\n"
            for about, what, value, unit, *basis in rows
        )
        (folder / "indicators.csv").write_text(HEADINGS + lines, encoding="utf-8-sig")
    found = check(Workspace.at(root), "2021H1")
    return [each for each in found if each.code in ("key-missing", "unit-changed")]


@pytest.mark.parametrize("earlier", ["2020H2", "2020H1"])
@pytest.mark.parametrize("gone", range(3))
def test_a_row_that_is_gone_is_told(earlier, gone, tmp_path):
    """Each key of the period before, or of a year ago, that is missing now is told by its name."""
    rows = [(a, b, f"{value}1", d) for a, b, value, d in USUAL]
    left = rows.pop(gone)
    (finding,) = told(tmp_path, earlier=earlier, now=rows)
    assert (finding.code, finding.severity, finding.value) == ("key-missing", "warning", f"{left[0]} · {left[1]}")


@pytest.mark.parametrize(("column", "typed"), [(0, "甲句"), (1, "办件数"), (1, "办件总量")])
def test_another_name_is_asked_about(column, typed, tmp_path):
    """A key under nearly the same name is named, at its row: 是不是同一项？"""
    rows = [list(row) for row in USUAL]
    rows[0][column], rows[0][2] = typed, "400"
    (finding,) = told(tmp_path, now=rows)
    assert finding.place.rows == (2,)
    assert f"是不是“{rows[0][0]} · {rows[0][1]}”" in finding.text("zh")


def test_another_unit_is_told(tmp_path):
    """A unit that changed since is told with both."""
    rows = [("甲局", "办件量", "400", "项"), *((a, b, f"{value}1", d) for a, b, value, d in USUAL[1:])]
    (finding,) = told(tmp_path, now=rows)
    assert (finding.code, finding.value, finding.params["unit"]) == ("unit-changed", "项", "件")


def test_the_same_keys_say_nothing(tmp_path):
    """Where every key of last time is there, and new ones too, nothing is said."""
    rows = [*((a, b, f"{value}1", d) for a, b, value, d in USUAL), ("丙局", "走访企业", "7", "家")]
    assert told(tmp_path, now=rows) == []


@pytest.mark.parametrize(
    ("gone", "named"), [(2, ["甲局 · 办件量 · 本年累计"]), (1, ["甲局 · 办件量 · 当期"]), (None, [])]
)
def test_one_of_two_spans_of_a_figure_that_is_gone_is_told(gone, named, tmp_path):
    """Where 当期 and 本年累计 stood beside each other, the one that is missing is told by its 口径; another 口径 is not."""
    before = [
        ("乙局", "培训", "12", "场", "未注明"),
        ("甲局", "办件量", "3", "件", "当期"),
        ("甲局", "办件量", "9", "件", "本年累计"),
    ]
    now = [(a, b, f"{n}1", unit, "当期" if a == "乙局" else basis) for a, b, n, unit, basis in before]
    found = told(tmp_path, before=before, now=[row for place, row in enumerate(now) if place != gone])
    assert [one.value for one in found] == named


def month(root, period, *rows):
    folder = root / "data" / period / "tables"
    folder.mkdir(parents=True)
    (folder.parent / "report.toml").write_text(REPORT, encoding="utf-8")
    lines = "".join(f"示例,,{about},{what},7,,件,当期,,,,\n" for about, what in rows)
    (folder / "indicators.csv").write_text(HEADINGS + lines, encoding="utf-8-sig")


def test_the_months_of_a_period_are_what_it_states(tmp_path):
    """What any month of a period made of its months states is there; what none states and the year before does is told."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/01-sample.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    for year, left_out in (("2020", None), ("2021", "走访企业")):
        for number in (1, 2):
            rows = [
                ("甲局", what)
                for what in ("办件量", "培训", "走访企业")
                if what != left_out and (number, what) != (2, "培训")
            ]
            month(tmp_path, f"{year}-{number:02}", *rows)
        month(tmp_path, f"{year}-01..02", ("甲局", "满意率"))
        settings = tmp_path / f"data/{year}-01..02/report.toml"
        settings.write_text(f"from_months = true\n{REPORT}", encoding="utf-8")
    found = [
        one for one in check(Workspace.at(tmp_path), "2021-01..02") if one.code in ("key-missing", "ledger-missing")
    ]
    assert [one.value for one in found] == ["甲局 · 走访企业"]
    (tmp_path / "data/2021-01..02/tables/indicators.csv").unlink()
    found = [
        one for one in check(Workspace.at(tmp_path), "2021-01..02") if one.code in ("key-missing", "ledger-missing")
    ]
    assert {(one.value, one.place.file) for one in found} == {
        ("甲局 · 走访企业", "../2021-02/tables/indicators.csv"),
        ("甲局 · 满意率", "../2021-02/tables/indicators.csv"),
    }
