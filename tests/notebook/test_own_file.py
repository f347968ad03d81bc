"""An analyst's own file: its figures know their cells, are traced in the report, and a change of it is seen."""

import json

import pytest
from calling import Command

from pipeline.errors import DataError, FactError
from pipeline.facts import Fact
from pipeline.facts.frame_cells import is_total
from pipeline.notebook import Section
from pipeline.workspace import Workspace

SURVEY = "窗口,满意率（%）,备注,公开属性\n综合窗口,98.5,抽样,\n\n涉税窗口,/,,\n人社窗口,97,,内部\n"


def opened(workspace):
    return Section("lists", "2021H1", workspace=Workspace.at(workspace))


def put(workspace, text=SURVEY, name="survey.csv", encoding="utf-8-sig"):
    (workspace / "data/2021H1" / name).write_text(text, encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_figures_and_words_of_a_file_know_their_cells(workspace, encoding):
    """Rows are those that Excel shows, a unit is that in the heading, a column with one word that is no figure holds words."""
    put(workspace, encoding=encoding)
    rows = opened(workspace).file("survey.csv")
    assert list(rows.index) == [2, 4, 5]
    assert list(rows) == ["窗口", "满意率", "备注", "公开属性"]
    first = rows["满意率"].iloc[0]
    assert (str(first), *first.sources.cells()) == ("98.5%", ("survey.csv", "满意率（%）", 2))
    assert not rows["满意率"].iloc[1].stated
    assert str(rows["窗口"].iloc[2].sources) == "survey.csv#row=5;col=窗口"


def test_a_row_knows_its_cells_however_columns_are_called(workspace):
    """A name that Python takes for none is found by the heading; one that is none is told, not sought for ever."""
    put(workspace, "窗 口,满意率（%）\n综合,97\n")
    [row] = opened(workspace).file("survey.csv").itertuples()
    assert (str(getattr(row, "窗 口")), str(row.满意率), str(getattr(row, "满意率（%）"))) == ("综合", "97%", "97%")
    with pytest.raises(FactError, match="no column 满意度.*did you mean '满意率'"):
        _ = row.满意度


@pytest.mark.parametrize(
    ("text", "totals", "sums"),
    [
        ("渠道,人数（人）\n电话,1200\n网络,300\n合计,1500\n", [4], "1500人"),
        ("渠道,人数（人）\n总计,1500\n电话,1200\n网络,300\n", [2], "1500人"),
        ("渠道,人数（人）\n电话,1200\n\n网络,300\n共计,1500\n", [5], "1500人"),
        ("地区,渠道,人数（人）\n东,电话,700\n东,网络,200\n东,小计,900\n西,电话,400\n西,网络,100\n西,小计,500\n,合计,1400\n", [4, 7, 8], "1400人"),
        ("渠道,指标,人数（人）\n电话,受理,100\n电话,办结,90\n网络,受理,30\n网络,办结,20\n合计,受理,130\n合计,办结,110\n", [6, 7], "240人"),
        ("渠道,人数（人）\n电话,1200\n网络,300\n", [], "1500人"),
        ("渠道,人数（人）\n电话,1200\n网络,300\n合计,1600\n", [], "3100人"),
        ("人数（人）,天数\n1200,3\n300,4\n", [], "1500人"),
    ],
)  # fmt: skip
def test_a_total_is_no_part_in_a_file_either(workspace, text, totals, sums):
    """A row that says it is a total and to which others come is not added to them, as in a ledger; any other row is."""
    put(workspace, text)
    rows = opened(workspace).file("survey.csv")
    assert (rows.attrs["totals"].get("人数", []), str(rows.人数.sum())) == (totals, sums)
    assert list(rows.index[is_total(rows, "人数")]) == totals
    assert all(isinstance(cell, Fact) and cell.sources.cells() for cell in rows.人数)


def test_rates_of_a_file_have_no_total(workspace):
    """What is in per cent adds up to nothing, whatever its row is called."""
    put(workspace, "渠道,占比（%）,人数（人）\n电话,80,1200\n网络,20,300\n合计,100,1500\n")
    assert opened(workspace).file("survey.csv").attrs["totals"] == {"人数": [4]}


@pytest.mark.parametrize(
    ("name", "text", "error", "told"),
    [
        ("other.csv", None, FactError, "has no other.csv"),
        ("../2020H2/survey.csv", None, FactError, "in the period's folder"),
        ("survey.xlsx", None, FactError, "in the period's folder"),
        ("survey.csv", "甲,,丙\n1,2,3\n", FactError, "name its columns"),
        ("survey.csv", "甲,甲\n1,2\n", FactError, "name its columns"),
        ("survey.csv", "", FactError, "name its columns"),
        ("survey.csv", '甲\n"1\n', DataError, "survey.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(workspace, name, text, error, told):
    """Each fault names the file and what to do."""
    if text is not None:
        put(workspace, text)
    with pytest.raises(error, match=told):
        opened(workspace).file(name)


def test_a_file_is_traced_recorded_and_published(workspace):
    """Its figures are no untraced numbers, check does not call it unread, a change of it runs the section again."""
    put(workspace)
    notebook = workspace / "notebooks/02-lists.ipynb"
    said = json.loads(notebook.read_text(encoding="utf-8"))
    code = 'survey = lists.file("survey.csv")\nlisted(survey, lambda row: given(row.满意率, row.窗口), lead="满意率：")'
    said["cells"][-1]["source"] = code
    said["cells"][3]["source"] = "".join(said["cells"][3]["source"]).replace("import Section", "import Section, given")
    notebook.write_text(json.dumps(said), encoding="utf-8")
    command = Command(workspace)
    assert "survey.csv" not in command("check", "2021H1").stdout
    done = command("run", "2021H1", "--format", "html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "untraced" not in done.stdout + done.stderr
    manifest = json.loads((workspace / "outputs/2021H1/manifest.json").read_text(encoding="utf-8"))
    assert manifest["numbers"]["untraced"] == 0
    assert "data/2021H1/survey.csv" in manifest["inputs"]
    assert "survey.csv!B2" in (workspace / "outputs/2021H1/facts.csv").read_text(encoding="utf-8-sig")
    assert "清单梳理" in command("where", "2021H1", "survey.csv!B2").stdout + command("where", "2021H1", "98.5").stdout
    assert command("verify", "2021H1").returncode == 0
    assert command("site").returncode == 0
    put(workspace, SURVEY.replace("98.5", "98.6"))
    done = command("run", "2021H1", "--format", "html")
    assert "lists: run, because survey.csv changed" in done.stderr
    assert "98.6" in (workspace / "outputs/2021H1/report.html").read_text(encoding="utf-8")
    done = command("run", "2021H1", "--format", "html", "--edition", "public", "--output", workspace / "public")
    page = (workspace / "public/2021H1/report.html").read_text(encoding="utf-8")
    assert "综合窗口" in page
    assert "人社窗口" not in page
