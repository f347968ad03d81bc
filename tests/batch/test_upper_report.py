"""The report of an office above: it may leave the house, compares what can be compared, and tells its rows apart."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import lxml.html
import pytest
from calling import Command

from tests.batch.offices import fill, province, row

ROOT = Path(__file__).parents[2]
MEASURES = [row(f"示例事项{number}", "办件量", str(100 * number)) for number in range(1, 7)]


def page(folder, code, period="2021H1"):
    file = folder / code / "outputs" / period / "report.html"
    return lxml.html.fromstring(file.read_text(encoding="utf-8")).find(".//article").text_content()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three counties of two cities; one measure stands for the half-year and for the year so far, one under two initiatives."""
    folder = tmp_path_factory.mktemp("offices")
    rows = [*MEASURES, row("受理", "数量", "30"), row("受理", "数量", "50", basis="本年累计")]
    both = (("跨省通办", "7"), ("双全双百", "9"))
    rows += [
        ["改革创新", name, "工作", "调度", number, "", "次", "当期", "2021-06", "", "", ""] for name, number in both
    ]
    codes = ("370101", "370102", "370201")
    file = province(folder, dict.fromkeys(codes, rows))
    named = (ROOT / "data/2021H1/tables/initiatives.csv").read_text(encoding="utf-8-sig").splitlines()
    for code in codes:
        ledger = folder / code / "data/2021H1/tables/initiatives.csv"
        ledger.write_text(
            "\n".join([named[0], *(one for one in named if any(f",{name}," in one for name, _ in both))]),
            encoding="utf-8",
        )
    for settings in folder.glob("*/data/2021H1/report.toml"):  # a title with a code in it is told as a number
        settings.write_text(re.sub(r"示例\d+", "示例", settings.read_text(encoding="utf-8")), encoding="utf-8")
    done = Command(folder)("batch", file)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.parametrize("code", ["370100", "370000"])
def test_a_right_report_of_an_upper_office_can_be_published(made, code, tmp_path):
    """No figure of a unit is held against the sum over units, nor a row against another that its key tells apart."""
    done = Command(made / code)("publish", "2021H1", "--to", tmp_path / "published")
    assert done.returncode == 0, done.stdout + done.stderr


def test_rows_called_the_same_say_what_tells_them_apart(made):
    """The table of totals and the tables of units say 口径 and initiative behind the measure, where there are two of its name."""
    said = page(made, "370000")
    for measure in ("数量（当期）", "数量（本年累计）", "调度（跨省通办）", "调度（双全双百）"):
        assert said.count(measure) >= 2, measure
    assert "办件量（" not in said.split("表2")[1].split("表3")[0].replace("办件量（件）", "")
    assert "各单位改革创新指标（续）" in said


def test_totals_over_other_units_are_not_compared(tmp_path):
    """Where a unit lacks the earlier period, the total over all of them has no rate; the year so far has none beside the half-year."""
    counties = {code: [row("一业一证", "办件量", "1100"), row("受理", "数量", "90", basis="本年累计")] for code in ("370101", "370102")}  # fmt: skip
    file = province(tmp_path, counties)
    for code in ("370101", "370100", "370000"):
        shutil.copytree(tmp_path / code / "data/2021H1", tmp_path / code / "data/2020H2")
    earlier = [row("一业一证", "办件量", "1000", as_of="2020-12"), row("受理", "数量", "80", basis="本年累计", as_of="2020-12")]  # fmt: skip
    fill(tmp_path / "370101", earlier, "2020H2")
    file.write_text('periods = ["2020H2", "2021H1"]\nunits = "units.csv"\nformats = ["html"]\n', encoding="utf-8")
    command = Command(tmp_path)
    command("batch", file, "--lang", "zh")
    city = page(tmp_path, "370100")
    assert "一业一证办件量2200件，与上期范围不同，不可比" in city
    assert "增长" not in city
    shutil.copytree(tmp_path / "370102/data/2021H1", tmp_path / "370102/data/2020H2")
    fill(tmp_path / "370102", earlier, "2020H2")
    assert command("batch", file, "--lang", "zh").returncode == 0
    city = page(tmp_path, "370100")
    assert "一业一证办件量2200件，环比增长10.0%（上期2000件）" in city
    assert "受理数量180件；" in city or "受理数量180件（" in city
