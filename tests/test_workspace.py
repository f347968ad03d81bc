"""The folder a report is made in."""

import json

import pytest

from pipeline import reads
from pipeline.errors import UnknownPeriod, UnknownSection, WorkspaceError
from pipeline.workspace import Workspace

SETTINGS = """title = "工作总结"\noffice = "政策法规科"\nbureau = "某局"\ndistrict = "某区"\ncity = "某市"
signed = 2021-06-30\nopening = "开头"\n"""


def notebook(folder, name, *sources):
    cells = [{"cell_type": "markdown", "metadata": {}, "source": source} for source in sources]
    (folder / "notebooks" / name).write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "2021H1").mkdir(parents=True)
    (tmp_path / "data" / "2021H1" / "report.toml").write_text(SETTINGS, encoding="utf-8")
    notebook(tmp_path, "02-lists.ipynb", "说明", "# 清单梳理\n正文")
    notebook(tmp_path, "01-reform.ipynb", "# 改革创新 #")
    return tmp_path


def test_sections_come_from_the_notebooks_themselves(folder):
    """The file names give order and name, the first headings the titles; a scratch notebook is no section."""
    notebook(folder, "Untitled.ipynb", "# 试算")
    sections = Workspace.at(folder).sections
    assert [(s.order, s.name, s.title) for s in sections] == [(1, "reform", "改革创新"), (2, "lists", "清单梳理")]


def test_a_sixth_section_is_one_more_notebook(folder):
    """Adding a notebook adds a section; nothing else has to be told."""
    notebook(folder, "06-training-and-study.ipynb", "# 培训学习")
    assert Workspace.at(folder).section("training-and-study").title == "培训学习"


def test_it_is_found_from_the_notebooks_folder_and_from_above(folder, monkeypatch):
    """The workspace is found from its root, from inside notebooks/, and from the environment variable."""
    monkeypatch.delenv("HALFYEAR_WORKSPACE", raising=False)
    for start in (folder, folder / "notebooks"):
        monkeypatch.chdir(start)
        assert Workspace.find().root == folder
    monkeypatch.chdir("/")
    with pytest.raises(WorkspaceError, match="a workspace holds notebooks/ and data/"):
        Workspace.find()
    monkeypatch.setenv("HALFYEAR_WORKSPACE", str(folder))
    assert Workspace.find().root == folder


@pytest.mark.parametrize("inside", ["notebooks", "data"])
def test_a_folder_with_half_of_it_is_no_workspace(folder, inside):
    """From a folder that itself has notebooks/ alone, or data/ alone, the workspace above it is found."""
    (folder / "drafts" / inside).mkdir(parents=True)
    assert Workspace.find(folder / "drafts").root == folder


def test_a_folder_that_is_none_says_what_it_lacks(tmp_path):
    """A folder without notebooks/ and data/ is refused with what is missing."""
    with pytest.raises(WorkspaceError, match="it has no notebooks/ and no data/; name the folder"):
        Workspace.at(tmp_path)


def test_an_unknown_section_brings_the_nearest_name(folder):
    """A mistyped section is refused with the names there are and the nearest one."""
    with pytest.raises(
        UnknownSection, match="no section 'lsts'; the notebooks are reform, lists .did you mean 'lists'?"
    ):
        Workspace.at(folder).section("lsts")


def test_a_period_without_data_says_which_there_are(folder):
    """A period without a folder is refused with those that have one and how to make it."""
    with pytest.raises(
        UnknownPeriod, match=r"no data for 2021H2.*\(there: 2021H1\); make it with: halfyear new 2021H2"
    ):
        Workspace.at(folder).data("2021H2")


def test_a_folder_of_a_period_that_is_named_otherwise_is_told(folder):
    """2021h2 is not 2021H2: the folder is named, with the period it was meant for; where a report stands is said all the same."""
    (folder / "data" / "2021h2").mkdir()
    with pytest.raises(UnknownPeriod) as refused:
        Workspace.at(folder).data("2021H2")
    assert (refused.value.code, refused.value.finding.params["found"]) == ("data-misnamed", "2021h2")
    assert Workspace.at(folder).outputs("2021H2") == folder / "outputs" / "2021H2"


def test_who_asks_for_the_settings_is_noted(folder, monkeypatch):
    """report.toml counts for whoever asked for it, by its content: another title is another state of it."""
    monkeypatch.setattr(reads, "_listeners", notes := [])
    heard = []
    notes.append(heard.append)
    Workspace.at(folder).settings("2021H1")
    (folder / "data/2021H1/report.toml").write_text(SETTINGS.replace("总结", "小结"), encoding="utf-8")
    Workspace.at(folder).settings("2021H1")
    assert [(kind, name) for kind, name, _ in heard] == [("file", str(folder / "data/2021H1/report.toml"))] * 2
    assert heard[0] != heard[1]


def test_two_notebooks_of_one_name_are_refused(folder):
    """Two notebooks that would be the same section are refused with both file names."""
    notebook(folder, "03-lists.ipynb", "# 又一个")
    with pytest.raises(WorkspaceError, match=r"02-lists.ipynb and 03-lists.ipynb; rename one"):
        _ = Workspace.at(folder).sections


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("title =", "titel ="), "'titel': there is no such setting .did you mean 'title'"),
        (("signed = 2021-06-30", 'signed = "30.6."'), "'signed' '30.6.': write a date, as in 2021-06-30"),
        (('city = "某市"', ""), "lacks city"),
        (("title =", "title"), "is not TOML"),
        (("2021-06-30", "2021-06-30T09:00:00"), "'signed' '2021-06-30 09:00:00': write a date"),
        (('"开头"', "5"), "'opening' '5': write a text between quotation marks"),
        (('"开头"', '"开头"\ncell_timeout = 0'), "'cell_timeout' '0': write a whole number above 0"),
        (('"开头"', '"开头"\ncell_timeout = true'), "'cell_timeout' 'True': write a whole number above 0"),
        (('"开头"', '"开头"\ndraft = 1'), "'draft' '1': write true or false"),
        (('"开头"', '"开头"\nhighlights = true'), "'highlights' 'True': write labels in square brackets"),
        (('"开头"', '"开头"\nhighlights = ["一", 2]'), "'highlights' .*: write labels in square brackets"),
        (('"开头"', '"开头"\nletterhead = "某局"'), "'letterhead' '某局': write a table"),
        (('"开头"', '"开头"\n[letterhead]\nnumber = 1'), "'letterhead.number' '1': only issuer, number, signer may"),
    ],
)
def test_report_toml_is_checked(folder, change, message):
    """A report.toml with a wrong, missing or mistyped key is refused with the file and the key."""
    (folder / "data/2021H1/report.toml").write_text(SETTINGS.replace(*change), encoding="utf-8")
    with pytest.raises(WorkspaceError, match=rf"data/2021H1/report\.toml.*{message}"):
        Workspace.at(folder).settings("2021H1")


@pytest.mark.parametrize("name", ["workspace.toml", "data/2021H1/report.toml", "notebooks/01-reform.ipynb"])
def test_no_file_from_outside_is_read(folder, tmp_path_factory, name):
    """A link that leads out of the workspace is told by the name it has inside, whatever it leads to."""
    outside = tmp_path_factory.mktemp("outside") / "letter"
    outside.write_text("mine", encoding="utf-8")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(outside)
    with pytest.raises(WorkspaceError) as refused:
        workspace = Workspace.at(folder)
        assert workspace.sections and workspace.settings("2021H1")
    assert (refused.value.code, refused.value.place.file) == ("link-outside", name)


def test_what_report_toml_may_leave_out_is_as_in_most_reports(folder):
    """No date and no headings unless asked for; a second is time enough for a cell if the office says so."""
    file = folder / "data/2021H1/report.toml"
    settings = Workspace.at(folder).settings("2021H1")
    assert (settings.cell_timeout, settings.draft, settings.highlights, settings.recipients) == (600, False, True, "")
    file.write_text(
        SETTINGS.replace("signed = 2021-06-30", 'signed = ""') + "cell_timeout = 1\nhighlights = false\n",
        encoding="utf-8",
    )
    settings = Workspace.at(folder).settings("2021H1")
    assert (settings.signed, settings.cell_timeout, settings.highlights) == (None, 1, False)
    file.write_bytes(SETTINGS.encode("gb18030"))
    with pytest.raises(WorkspaceError, match=r"report\.toml.* is not TOML"):
        Workspace.at(folder).settings("2021H1")
    file.unlink()
    with pytest.raises(WorkspaceError, match=r"report\.toml.* is missing; it gives the report's title, office"):
        Workspace.at(folder).settings("2021H1")


def test_periods_come_in_the_order_of_time(folder):
    """Folders that are no period are none of them, whatever else lies in data/; the bases that are there are compared with."""
    for name in ("2020H1", "2020H2", "2019H1", "草稿"):
        (folder / "data" / name).mkdir()
    (folder / "data" / "2022H1").write_text("", encoding="utf-8")
    workspace = Workspace.at(folder)
    assert [str(one) for one in workspace.periods] == ["2019H1", "2020H1", "2020H2", "2021H1"]
    assert {str(one) for one in workspace.compared_with(workspace.periods[-1])} == {"2020H1", "2020H2"}


def test_a_half_year_is_made_of_its_months_only_where_it_says_so(folder):
    """The months in data/ count once report.toml says ``from_months``, and then belong to what a report draws on."""
    for name in ("2021-01", "2021-02", "2020-12"):
        (folder / "data" / name).mkdir()
    workspace, half = Workspace.at(folder), Workspace.at(folder).periods[-1]
    assert str(half) == "2021H1"
    assert (workspace.made_of(half), workspace.looked_at(half)) == ((), (half,))
    file = folder / "data/2021H1/report.toml"
    file.write_text(SETTINGS + "from_months = true\n", encoding="utf-8")
    assert [str(one) for one in workspace.looked_at(half)] == ["2021H1", "2021-01", "2021-02"]
    file.write_text("title", encoding="utf-8")
    assert workspace.made_of(half) == ()


def test_a_workspace_may_use_the_notebooks_of_another(folder, tmp_path):
    """workspace.toml names their folder, and a manifest calls them as if they lay here; anything else in it is refused."""
    (folder / "notebooks").rename(tmp_path.parent / f"{tmp_path.name}-shared")
    file = folder / "workspace.toml"
    file.write_text(f'notebooks = "../{tmp_path.name}-shared"\n', encoding="utf-8")
    workspace = Workspace.at(folder)
    notebook_file = workspace.sections[0].path
    assert notebook_file.parent == tmp_path.parent / f"{tmp_path.name}-shared"
    assert workspace.name_of(notebook_file) == "notebooks/01-reform.ipynb"
    assert workspace.path_of("notebooks/01-reform.ipynb") == notebook_file
    assert workspace.name_of(workspace.path_of("data/2021H1/report.toml")) == "data/2021H1/report.toml"
    for wrong in ('notebook = "x"\n', "notebooks = 1\n"):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(WorkspaceError, match=r"workspace\.toml"):
            Workspace.at(folder)


def test_a_notebook_that_is_none_or_has_no_title_is_refused(folder):
    """A section file that is not a notebook, or has no heading, is refused with its name and what to do."""
    notebook(folder, "03-empty.ipynb", "没有标题")
    with pytest.raises(WorkspaceError, match=r"03-empty.ipynb has no title: begin its first cell with '# '"):
        _ = Workspace.at(folder).sections
    (folder / "notebooks/03-empty.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"03-empty.ipynb is not a notebook"):
        _ = Workspace.at(folder).sections


def test_letterhead_and_colophon_are_read_and_checked(folder):
    """[letterhead] and [colophon] give 版头 and 版记; an unknown part of them is refused with those there are."""
    file = folder / "data/2021H1/report.toml"
    head = 'recipients = "区委"\ncontents = true\n[letterhead]\nissuer = "某局文件"\nnumber = "某审〔2021〕1号"\n'
    file.write_text(SETTINGS + head, encoding="utf-8")
    settings = Workspace.at(folder).settings("2021H1")
    assert (settings.recipients, settings.contents) == ("区委", True)
    assert settings.letterhead == {"issuer": "某局文件", "number": "某审〔2021〕1号"}
    assert settings.colophon is None
    file.write_text(SETTINGS + '[colophon]\nprinted = "某局"\n', encoding="utf-8")
    with pytest.raises(
        WorkspaceError,
        match=r"'colophon.printed' '某局': only copied, printer, date may stand here .did you mean 'printer'",
    ):
        Workspace.at(folder).settings("2021H1")
