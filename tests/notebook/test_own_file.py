"""An analyst's own file: its figures know their cells, are traced in the report, and a change of it is seen."""

import json

import pytest
from calling import Command

from pipeline.errors import DataError, FactError
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
