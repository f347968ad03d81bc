"""A new workspace, one more chapter, notebooks brought forward: what is made, and that nothing is overwritten."""

import csv
import json
import shutil

import pytest
from calling import ROOT, Command

from pipeline.begin import another_chapter, bring_forward, new_workspace
from pipeline.begin.shipped import for_period, known_marks, mark_of, period_of, shipped_notebooks
from pipeline.errors import UsageError, WorkspaceError
from pipeline.notebook_file import write_notebook
from pipeline.period import Period
from pipeline.workspace import Workspace

PERIOD = Period.parse("2023Q2")


@pytest.fixture
def begun(tmp_path):
    new_workspace(tmp_path / "work", PERIOD, bureau="某区政务服务局")
    return Workspace.at(tmp_path / "work")


def everything(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_workspace_is_all_that_a_first_period_needs(begun):
    """Notebooks set to the period, its ledgers and prose, who reports, literals, a guide, what git is told."""
    names = {path.as_posix() for path in everything(begun.root)}
    assert {"说明.md", ".gitattributes", ".gitignore", "data/2023Q2/literals.toml", "data/2023Q2/report.toml"} <= names
    assert [section.name for section in begun.sections][-1] == "outlook"
    assert begun.settings(PERIOD).bureau == "某区政务服务局"
    assert begun.settings(PERIOD).title == "某区政务服务局2023年第二季度工作总结"
    for section in begun.sections:
        assert 'period = \\"2023Q2\\"' in section.path.read_text(encoding="utf-8")
    assert "PERIOD" not in (begun.root / "说明.md").read_text(encoding="utf-8")


def test_the_example_comes_filled_in(tmp_path):
    """With the example a workspace has its period as the project has it; a further one is made from it."""
    made, _ = new_workspace(tmp_path / "one", None, example=True)
    assert str(made) == "2021H1"
    assert everything(tmp_path / "one/data/2021H1") == everything(ROOT / "data/2021H1")
    new_workspace(tmp_path / "two", Period.parse("2021H2"), bureau="某局", example=True)
    assert "某局" in (tmp_path / "two/data/2021H2/report.toml").read_text(encoding="utf-8")
    assert "结转待核" in (tmp_path / "two/data/2021H2/tables/policies.csv").read_text(encoding="utf-8-sig")
    with pytest.raises(UsageError, match="of its own"):
        new_workspace(tmp_path / "three", None, office="某科", example=True)


@pytest.mark.parametrize("name", ["notebooks/01-reform.ipynb", "data/x", "说明.md", ".gitignore", ".gitattributes"])
def test_init_overwrites_nothing(tmp_path, name):
    """A file of that name in the folder is told, and nothing is written; other files are left beside the workspace."""
    there = tmp_path / "work" / name
    there.parent.mkdir(parents=True)
    there.write_text("mine", encoding="utf-8")
    before = everything(tmp_path)
    with pytest.raises(WorkspaceError, match="nothing is overwritten"):
        new_workspace(tmp_path / "work", PERIOD)
    assert everything(tmp_path) == before
    shutil.rmtree(tmp_path / "work")
    (tmp_path / "work").mkdir()
    (tmp_path / "work/readme.txt").write_text("mine", encoding="utf-8")
    new_workspace(tmp_path / "work", PERIOD)
    assert (tmp_path / "work/readme.txt").read_text(encoding="utf-8") == "mine"
    with pytest.raises(WorkspaceError, match="workspace already"):
        new_workspace(tmp_path / "work", PERIOD)


@pytest.mark.parametrize("own_ledger", [False, True])
def test_a_further_chapter_reads_its_own_rows(begun, own_ledger):
    """Its rows of 指标 and those of its own ledger are stated with text before them, in their place, and none is left over."""
    folder = begun.root / "data/2023Q2"
    for path in [*(folder / "tables").glob("*.csv"), *(folder / "prose").glob("*.md")]:
        if path.name != "indicators.csv":
            path.unlink()
    made = another_chapter(begun, "petitions", "信访工作", own_ledger=own_ledger)
    assert (begun.root / "notebooks/06-petitions.ipynb") in made
    (folder / "prose/petitions-overview.md").write_text("全部按期答复。", encoding="utf-8")
    row = {
        "板块": "信访工作",
        "对象": "初次信访",
        "指标": "办理",
        "单位": "件",
        "数值": "47",
        "口径": "当期",
        "截至": "2023Q2",
    }
    _append(folder / "tables/indicators.csv", row, {**row, "指标": "要求", "数值": "", "单位": "", "内容": "首接负责"})
    if own_ledger:
        _append(
            folder / "tables/petitions.csv",
            {"事项": "来访", "数量": "12", "单位": "批次", "口径": "当期", "截至": "2023-05"},
        )
    done = Command(begun.root)("run", "2023Q2", "--format", "html")
    assert done.returncode == 0, done.stdout
    page = (begun.root / "outputs/2023Q2/report.html").read_text(encoding="utf-8")
    assert "一、</span>信访工作" in page
    assert ("批次" in page) == own_ledger
    with (begun.root / "outputs/2023Q2/coverage.csv").open(encoding="utf-8-sig", newline="") as stream:
        states = [row["state"] for row in csv.DictReader(stream)]
    assert states == ["stated", "stated-there-only", *["stated"] * own_ledger]


def _append(file, *rows):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        head = next(csv.reader(stream))
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, head, restval="").writerows(rows)


@pytest.mark.parametrize(
    ("name", "title", "told"),
    [
        ("Petitions", "信访", "small letters"),
        ("../x", "信访", "small letters"),
        ("petitions", 'a"b', "one line"),
        ("petitions", "", "one line"),
        ("reform", "信访", "already"),
        ("petitions", "改革创新", "already"),
        ("cases", "办案", "there is a ledger"),
        ("petitions", "案件", "there is a ledger"),
    ],
)
def test_a_chapter_that_cannot_be_is_refused(begun, name, title, told):
    """A name or title that is none, or is taken by a chapter or a ledger, is told with what to do; nothing is written."""
    before = everything(begun.root)
    with pytest.raises(UsageError, match=told):
        another_chapter(begun, name, title, own_ledger=True)
    assert everything(begun.root) == before


def test_a_chapter_overwrites_nothing(begun):
    """A file in the way of one of its files is told, and none is written."""
    (begun.root / "data/2023Q2/prose/petitions-overview.md").write_text("mine", encoding="utf-8")
    before = everything(begun.root)
    with pytest.raises(WorkspaceError, match="petitions-overview"):
        another_chapter(begun, "petitions", "信访工作")
    assert everything(begun.root) == before


def test_notebooks_as_shipped_are_brought_forward_and_others_left(tmp_path):
    """An earlier version is replaced though it was run and set to its period; a changed one is left and what differs told."""
    root = shutil.copytree(ROOT / "tests/kept", tmp_path / "kept")
    path = root / "notebooks/05-disclosure.ipynb"
    run = for_period(json.loads(path.read_text(encoding="utf-8")), "2022H1")
    for cell in run["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"], cell["outputs"] = 3, [{"name": "stdout", "output_type": "stream", "text": "…"}]
    write_notebook(path, run)
    changed = root / "notebooks/04-rule-of-law.ipynb"
    changed.write_text(changed.read_text(encoding="utf-8").replace("## 执法资格", "## 执法队伍"), encoding="utf-8")
    before = changed.read_bytes()
    found = bring_forward(Workspace.at(root), add=True)
    assert found.replaced == ("05-disclosure.ipynb",)
    replaced = json.loads(path.read_text(encoding="utf-8"))
    assert mark_of(replaced) == mark_of(shipped_notebooks()["05-disclosure.ipynb"])
    assert period_of(replaced) == "2022H1"
    assert changed.read_bytes() == before
    assert "-## 执法队伍\n+## 执法资格\n" in found.changed["04-rule-of-law.ipynb"]
    assert found.added == ("01-reform.ipynb", "02-lists.ipynb", "03-evaluation.ipynb", "99-outlook.ipynb")
    again = bring_forward(Workspace.at(root))
    assert (again.replaced, again.missing, len(again.current)) == ((), (), 5)


def test_an_upper_offices_chapter_is_brought_forward_and_nobody_else_lacks_it(begun, tmp_path):
    """The chapter about the units below is replaced, left and told like any other; without it no workspace lacks one."""
    assert not {"06-units.ipynb"} & {*bring_forward(begun).current, *bring_forward(begun).missing}
    new_workspace(tmp_path / "upper", PERIOD, upper=True)
    path = tmp_path / "upper/notebooks/06-units.ipynb"
    workspace = Workspace.at(tmp_path / "upper")
    assert path.name in bring_forward(workspace).current
    path.write_text(path.read_text(encoding="utf-8").replace("# 各单位情况", "# 下级情况"), encoding="utf-8")
    assert "-# 下级情况\n+# 各单位情况\n" in bring_forward(workspace).changed[path.name]


def test_every_notebook_as_it_is_now_is_known():
    """The next version tells what this one ships from what an office changed: the marks of all notebooks are written down."""
    for name, notebook in shipped_notebooks(upper=True).items():
        assert mark_of(notebook) in known_marks()[name], "python -m pipeline.begin.shipped"


def test_the_notebooks_that_were_shipped_with_the_kept_report_are_known():
    """What an earlier version shipped is told from what an office changed."""
    for path in (ROOT / "tests/kept/notebooks").glob("*.ipynb"):
        assert mark_of(json.loads(path.read_text(encoding="utf-8"))) in known_marks()[path.name]


def test_a_chapters_cells_are_named_by_it_and_counted_from_one(workspace):
    """So that two who make the same chapter have the same notebook, and git can tell their changes apart."""
    made = another_chapter(Workspace.at(workspace), "training", "培训学习")
    (notebook,) = (path for path in made if path.suffix == ".ipynb")
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert [cell["id"] for cell in cells] == [f"training-{number:02}" for number in range(1, len(cells) + 1)]
