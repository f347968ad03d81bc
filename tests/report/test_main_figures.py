"""主要指标: a table behind the opening, where report.toml asks for it, of figures beside those of earlier periods."""

import csv
import shutil

import lxml.html
import pytest
from pypdf import PdfReader
from test_key_figures import settings

from pipeline.document.passages import read_passages


def with_earlier_periods(workspace):
    """2020H2 states one figure fewer and one that is higher, 2020H1 a small one."""
    for period, one, other in (("2020H2", "280", "210"), ("2020H1", "240", "5")):
        shutil.copytree(workspace / "data" / "2021H1", workspace / "data" / period)
        file = workspace / "data" / period / "tables" / "indicators.csv"
        text = file.read_text("utf-8-sig").replace("一业一证,办件量,322", f"一业一证,办件量,{one}")
        text = text.replace("一链办理,办件量,190", f"一链办理,办件量,{other}")
        text = text.replace("跨省通办,办件量,67,,", "跨省通办,办件量,60,余,") if period == "2020H2" else text
        file.write_text(text, "utf-8-sig")


@pytest.fixture
def told(workspace, halfyear):
    """Builds the report under these lines of report.toml; gives the run and the table's rows."""

    def built(*lines, edition="internal"):
        settings(workspace, "\n".join(["main_figures = true", *lines]))
        run = halfyear("run", "2021H1", "--edition", edition, "-f", "html", "-f", "pdf", "-f", "docx")
        folder = workspace / "outputs" / "2021H1"
        root = lxml.html.fromstring((folder / "report.html").read_text("utf-8"))
        (figure,) = root.xpath("//figure[@id='main-figures']")
        return run, [[cell.text_content() for cell in row] for row in figure.iter("tr")], folder

    return built


def test_each_figure_stands_beside_earlier_ones(workspace, told):
    """本期, 上期, 环比, 上年同期, 同比: rates are figures with their sign, each a fact with its cells; a cell without one says why."""
    with_earlier_periods(workspace)
    _, rows, folder = told('highlights = ["一业一证办件量", "一链办理办件量", "跨省通办办件量"]')
    assert rows == [
        ["指标", "本期", "上期", "环比（%）", "上年同期", "同比"],
        ["一业一证办件量", "322", "280", "15.0", "240", "34.2%"],
        ["一链办理办件量", "190", "210", "-9.5", "5", "185件"],
        ["跨省通办办件量", "67", "60余", "不可比", "67", "持平"],
    ]
    with (folder / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        facts = {(one["place"], one["printed"]): one for one in csv.DictReader(stream)}
    rate = facts["表1“一链办理办件量”行“环比（%）”列", "-9.5"]
    assert (rate["value"], rate["derivation"]) == ("-9.5", "change")
    assert {cell.partition("#")[0] for cell in rate["sources"].split()} == {"tables/indicators.csv", "../2020H2/tables/indicators.csv"}  # fmt: skip
    assert "主要指标见表1" in "".join(page.extract_text() for page in PdfReader(folder / "report.pdf").pages)


def test_without_earlier_periods_it_has_this_one(told):
    """The largest of each chapter stand there where nothing is named, and no column is empty."""
    _, rows, folder = told()
    assert rows[0] == ["指标", "本期"]
    assert len(rows) > 3
    said = [one.text for one in read_passages((folder / "report.html").read_text("utf-8"))]
    assert said.index("主要指标见表1。") < said.index("一、改革创新")


def test_a_public_table_holds_no_internal_row(workspace, told):
    """What the public edition does not state is not in its table either."""
    with_earlier_periods(workspace)
    file = workspace / "data" / "2020H2" / "tables" / "indicators.csv"
    text = file.read_text("utf-8-sig")
    lines = [line.replace("台账未注明累计起点", "") for line in text.splitlines()]
    head = lines[0].split(",").index("公开属性")
    marked = [",".join([*(cells := line.split(","))[:head], "内部", *cells[head + 1 :]]) if ",一链办理,办件量," in line else line for line in lines]  # fmt: skip
    file.write_text("\n".join(marked) + "\n", "utf-8-sig")
    _, rows, _ = told('highlights = ["一业一证办件量", "一链办理办件量", "跨省通办办件量"]', edition="public")
    assert [row[0] for row in rows[1:]] == ["一业一证办件量", "跨省通办办件量"]
