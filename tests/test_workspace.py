"""The folder a report is made in."""

import json

import pytest

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
    ],
)
def test_report_toml_is_checked(folder, change, message):
    """A report.toml with a wrong, missing or mistyped key is refused with the file and the key."""
    (folder / "data/2021H1/report.toml").write_text(SETTINGS.replace(*change), encoding="utf-8")
    with pytest.raises(WorkspaceError, match=rf"data/2021H1/report\.toml.*{message}"):
        Workspace.at(folder).settings("2021H1")


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
