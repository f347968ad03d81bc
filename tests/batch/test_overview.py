"""``batch.html`` and ``batch.csv``: what became of each report, and a link to what was made."""

from __future__ import annotations

import csv

import lxml.html
import pytest

from pipeline.batch import read_batch
from pipeline.batch.one_report import BUILT, CRASHED, DRAFT, Outcome
from pipeline.batch.overview import refuse_others, write_overview
from pipeline.errors import WorkspaceError

UNITS = "行政区划代码,名称,上级,文件夹\n1,甲,,甲 县#1\n2,乙,,\n3,丙,,\n"


def test_each_report_leads_to_what_was_made_of_it_now(tmp_path):
    """A draft for want of a section is linked itself, not the older report beside it; a crash has its log and no link."""
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "batch.toml").write_text('periods = ["2021H1"]\nunits = "units.csv"\n', encoding="utf-8")
    for folder in ("甲 县#1/outputs/2021H1", "2/outputs/2021H1", "2/outputs/2021H1.draft"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "report.html").touch()
    outcomes = {"1": Outcome(BUILT, stands=True), "2": Outcome(DRAFT), "3": Outcome(CRASHED, log="a < b")}
    page, table = write_overview(
        read_batch(tmp_path / "batch.toml"), {f"{code} 2021H1": one for code, one in outcomes.items()}
    )
    shown = lxml.html.parse(str(page)).getroot()
    rows = {row[0].text: row for row in shown.iter("tr") if row[0].tag == "td"}
    links = {code: [link.get("href") for link in row.iter("a")] for code, row in rows.items()}
    assert links == {
        "3": [],
        "2": ["2/outputs/2021H1.draft/report.html"],
        "1": ["%E7%94%B2%20%E5%8E%BF%231/outputs/2021H1/report.html"],
    }
    assert list(rows) == ["3", "2", "1"] and "a < b" in rows["3"].text_content()
    with table.open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.DictReader(stream))["报告"] == "甲 县#1/outputs/2021H1/report.html"


def test_a_draft_that_was_put_in_the_place_of_the_report_is_linked_there(tmp_path):
    """Only a draft that stands beside the report is linked beside it; a report that was built now stands in its place."""
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "batch.toml").write_text('periods = ["2021H1"]\nunits = "units.csv"\n', encoding="utf-8")
    outcomes = {"1": Outcome(BUILT), "2": Outcome(DRAFT, stands=True), "3": Outcome(DRAFT)}
    page, _ = write_overview(
        read_batch(tmp_path / "batch.toml"), {f"{code} 2021H1": one for code, one in outcomes.items()}
    )
    links = {link.get("href") for link in lxml.html.parse(str(page)).getroot().iter("a")}
    assert {"%E7%94%B2%20%E5%8E%BF%231/outputs/2021H1", "2/outputs/2021H1", "3/outputs/2021H1.draft"} <= links


@pytest.fixture
def written(tmp_path):
    """The folder in which a batch wrote what became of it."""
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "batch.toml").write_text('periods = ["2021H1"]\nunits = "units.csv"\n', encoding="utf-8")
    outcomes = {"1 2021H1": Outcome(BUILT), "2 2021H1": Outcome(BUILT), "3 2021H1": Outcome(CRASHED)}
    refuse_others(tmp_path)
    write_overview(read_batch(tmp_path / "batch.toml"), outcomes)
    return tmp_path


def test_a_page_counts_and_marks_what_was_not_made(written):
    """How many there are and of which end comes first; every end but a report that was built is marked."""
    shown = lxml.html.parse(str(written / "batch.html")).getroot()
    assert shown.find(".//p").text == "共3份：已生成2，程序中断1。"
    marked = [cell.get("class") for cell in shown.iter("td") if cell.get("data-head") == "结果"]
    assert marked == ["failed", None, None]
    assert not any(cell.get("class") for cell in shown.iter("td") if cell.get("data-head") != "结果")


def edited(file):
    file.write_text(file.read_text(encoding="utf-8").replace("甲", "丁"), encoding="utf-8")


def linked(file):
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


@pytest.mark.parametrize("change", [edited, linked])
@pytest.mark.parametrize("name", ["batch.html", "batch.csv"])
def test_only_what_a_batch_wrote_is_written_over(written, name, change):
    """An overview that is as it was written may be replaced; one that was edited, or is a link, is named."""
    refuse_others(written)
    change(written / name)
    with pytest.raises(WorkspaceError, match=name.replace(".", r"\.")):
        refuse_others(written)


def test_a_table_without_its_page_is_nobodys(written):
    """Which table a batch wrote is said by its page alone; a page without its table is in nobody's way."""
    (written / "batch.csv").rename(written / "kept.csv")
    refuse_others(written)
    (written / "kept.csv").rename(written / "batch.csv")
    (written / "batch.html").unlink()
    with pytest.raises(WorkspaceError, match=r"batch\.csv"):
        refuse_others(written)
