"""Ledgers of earlier periods that cannot be read: told as theirs, never as this period's and never left out in silence."""

from __future__ import annotations

import json
import shutil

import pytest

from pipeline.findings import ERROR
from pipeline.period import Period
from pipeline.report import vouching
from pipeline.workspace import Workspace


def with_earlier(root, period):
    folder = root / "data" / period
    shutil.copytree(root / "data/2021H1", folder)
    return folder


def no_figure(folder, text="12之3"):
    file = folder / "tables/indicators.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace(",322,", f",{text},"), encoding="utf-8-sig")


def damaged_workbook(folder):
    shutil.rmtree(folder / "tables")
    (folder / "tables.xlsx").write_bytes(b"no package")


def workbook_of_another_program(folder):
    (folder / "tables.et").write_bytes(b"\xd0\xcf\x11\xe0")


def no_text(folder):
    (folder / "tables/cases.csv").write_bytes(b"\xff\xfe\x00\xd8\x00")


def without_a_heading(folder):
    file = folder / "tables/indicators.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace("数值", "数量值", 1), encoding="utf-8-sig")


def settings_that_are_no_toml(folder):
    shutil.copytree(folder, folder.with_name(str(Period.parse(folder.name).months_within[2])))
    (folder / "report.toml").write_text("title = ", encoding="utf-8")


@pytest.mark.parametrize("period", ["2020H2", "2020H1"])
@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (no_figure, "../{}/tables/indicators.csv!E"),
        (damaged_workbook, "../{}/tables.xlsx"),
        (workbook_of_another_program, "../{}/tables.et"),
        (no_text, "../{}/tables/cases.csv"),
        (without_a_heading, "../{}/tables/indicators.csv"),
        (settings_that_are_no_toml, "data/{}/report.toml"),
    ],
)
def test_check_tells_what_it_would_compare_with_and_cannot_read(workspace, period, broken, told):
    """The period before and the one of a year ago are errors of the check where they cannot be read, by the names of their files."""
    broken(with_earlier(workspace, period))
    errors = [one for one in vouching.check(Workspace.at(workspace), Period.parse("2021H1")) if one.severity == ERROR]
    assert errors
    assert all(f"{one.place}".startswith(told.format(period)) for one in errors), errors


def test_earlier_ledgers_that_can_be_read_are_no_matter_of_the_check(workspace):
    """Rules that an earlier period breaks, a file that nothing reads there and a missing report.toml stop nothing."""
    folder = with_earlier(workspace, "2020H1")
    (folder / "report.toml").unlink()
    (folder / "tables/notes.txt").write_text("随记", encoding="utf-8")
    errors = [one for one in vouching.check(Workspace.at(workspace), Period.parse("2021H1")) if one.severity == ERROR]
    assert errors == []


def test_a_period_of_long_ago_is_named_where_a_line_is_drawn_through_it(workspace, halfyear):
    """A notebook that goes through all periods stops at the one that cannot be read, and the cell is told as that period's."""
    for period in ("2019H2", "2020H1", "2020H2"):
        with_earlier(workspace, period)
    no_figure(workspace / "data/2019H2")
    done = halfyear("run", "2021H1", "-f", "html")
    assert done.returncode == 1
    told = [line.split(": ")[1].split(" ")[0] for line in done.stdout.splitlines() if "error: " in line]
    assert told == ["../2019H2/tables/indicators.csv!E5"]


def test_what_a_line_draws_of_long_ago_is_held_like_all_else(workspace, halfyear, tmp_path):
    """An internal figure of a period that only a line goes through is withheld from the public; a changed one makes the report
    stale, with the number of facts that are from it, and stops publishing."""
    for period in ("2019H1", "2019H2", "2020H1", "2020H2"):
        with_earlier(workspace, period)
    no_figure(workspace / "data/2019H1", "301")
    ledger = workspace / "data/2019H2/tables/indicators.csv"
    lines = ledger.read_text(encoding="utf-8-sig").splitlines()
    place = lines[0].split(",").index("公开属性")
    for number, line in enumerate(lines):
        if ",322," in line:
            cells = line.replace(",322,", ",289,").split(",")
            cells[place] = "内部"
            lines[number] = ",".join(cells)
    ledger.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    assert halfyear("run", "2021H1", "-f", "html", "--edition", "public").returncode == 0
    outputs = workspace / "outputs/2021H1"
    assert "289" not in (outputs / "report.html").read_text(encoding="utf-8")
    assert "2019H2" not in (outputs / "facts.csv").read_text(encoding="utf-8-sig")
    assert halfyear("run", "2021H1", "-f", "html").returncode == 0
    assert halfyear("verify", "2021H1").returncode == 0
    changed = workspace / "data/2019H1/tables/indicators.csv"
    changed.write_text(changed.read_text(encoding="utf-8-sig").replace(",301,", ",302,"), encoding="utf-8-sig")
    done = halfyear("verify", "2021H1", "--json")
    [found] = json.loads(done.stdout)["findings"]
    assert (done.returncode, found["place"]) == (1, "data/2019H1/tables/indicators.csv")
    cited = (outputs / "facts.csv").read_text(encoding="utf-8-sig").count("../2019H1/tables/indicators.csv")
    assert cited and f"from it: {cited})" in found["message"]
    assert halfyear("publish", "2021H1", "--to", tmp_path / "published").returncode == 1
