"""A report that nothing has changed is left alone; one that anything has changed is made again."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from calling import copied_workspace

from pipeline.errors import DataError, WorkspaceError
from pipeline.own_files import digests
from pipeline.period import Period
from pipeline.report import Built, Request, build
from pipeline.workspace import Workspace

PERIOD = Period.parse("2021H1")


def made(request: Request) -> Built:
    """The report of ``request``; the workspace is looked at anew, as by a new command."""
    return build(request._replace(workspace=Workspace.at(request.workspace.root)))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """A request whose report stands in a workspace of its own."""
    request = Request(Workspace.at(copied_workspace(tmp_path_factory.mktemp("kept") / "workspace")), PERIOD)
    assert not made(request).unchanged
    return request


@pytest.fixture
def request_(first: Request) -> Iterator[Request]:
    """The same request; what the test changes in data/ and notebooks/ is put back."""
    root, aside = first.workspace.root, first.workspace.root.with_name("aside")
    for name in ("data", "notebooks"):
        shutil.copytree(root / name, aside / name)
    yield first
    for name in ("data", "notebooks"):
        shutil.rmtree(root / name)
        shutil.move(aside / name, root / name)
    shutil.rmtree(root / "ledgers", ignore_errors=True)
    made(first)


def test_nothing_changed_leaves_the_report_alone(request_):
    """A second build says so, tells the same warnings and facts, and touches no file."""
    folder = request_.target
    before = {path: path.stat() for path in (folder, *folder.rglob("*"))}
    again = made(request_)
    assert again.unchanged
    assert {path: path.stat() for path in (folder, *folder.rglob("*"))} == before
    anew = made(request_._replace(fresh=True))
    assert again.numbers == anew.numbers
    assert again.files == anew.files
    for one, other in ((again.warnings, anew.warnings), (again.findings, anew.findings)):
        assert [each.text("zh") for each in one] == [each.text("zh") for each in other]
        assert [each.as_dict("en") for each in one] == [each.as_dict("en") for each in other]


def _append(root: Path, name: str, text: str) -> None:
    with (root / name).open("a", encoding="utf-8") as stream:
        stream.write(text)


def _replace(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def _another_section(root: Path) -> None:
    text = (root / "notebooks/03-evaluation.ipynb").read_text(encoding="utf-8")
    (root / "notebooks/06-more.ipynb").write_text(
        text.replace('Section(\\"evaluation', 'Section(\\"more').replace("# 简政放权评估", "# 其他工作"),
        encoding="utf-8",
    )
    (root / "data/2021H1/prose/more-overview.md").write_text("另有其他工作。\n", encoding="utf-8")


def _own_ledger(root: Path) -> None:
    (root / "ledgers").mkdir()
    (root / "ledgers/visits.toml").write_text(
        'title = "来访"\ndescription = "一行写一次来访。"\n[[fields]]\nname = "visitor"\ntitle = "来访单位"\nrole = "subject"\n'
        'description = "来访的单位。"\n',
        encoding="utf-8",
    )


EDITS = {
    "figure": lambda root: _replace(root, "data/2021H1/tables/indicators.csv", ",322,", ",323,"),
    "title": lambda root: _replace(root, "data/2021H1/report.toml", "工作总结", "工作小结"),
    "prose-file": lambda root: _append(root, "data/2021H1/prose/evaluation-overview.md", "\n\n另有一段。\n"),
    "literals": lambda root: _append(root, "data/2021H1/literals.toml", ""),
    "prose-in-notebook": lambda root: _replace(root, "notebooks/02-lists.ipynb", "清单梳理", "清单整理"),
    "half-year-before": lambda root: shutil.copytree(root / "data/2021H1", root / "data/2020H2"),
    "another-section": _another_section,
    "own-ledger": _own_ledger,
}


def test_what_stands_is_left_alone_without_what_would_make_it(request_):
    """A second run loads nothing of facts, ledgers, documents read back or rendering, nor what looks up packages."""
    command = f"sys.argv[1:] = ['run', '2021H1', '--workspace', {str(request_.workspace.root)!r}]"
    told = "atexit.register(lambda: print(json.dumps(sorted(sys.modules))))"
    script = f"import atexit, json, sys; {command}; {told}; from pipeline.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "pipeline.report.unchanged" in loaded
    assert not loaded & {
        "pipeline.facts", "pipeline.ledger", "pipeline.notebook", "pipeline.document.passages", "pipeline.report.production",
        "pandas", "lxml", "papermill", "importlib.metadata", "email",
    }  # fmt: skip


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_whatever_a_report_is_made_of_counts(request_, tmp_path, edit):
    """After any change to what a report is made of it is made again, to the bytes of a build from nothing."""
    edit(request_.workspace.root)
    again = made(request_)
    assert not again.unchanged
    made(request_._replace(fresh=True, output=tmp_path))
    assert digests(request_.target) == digests(tmp_path / "2021H1")
    assert made(request_).unchanged


@pytest.mark.parametrize("name", ["report.html", "report.pdf", "facts.csv", "sections/03-evaluation.ipynb"])
def test_a_file_that_is_gone_is_made_again(request_, name):
    """A report that lacks one of its files is made again as it was."""
    before = digests(request_.target)
    (request_.target / name).unlink()
    assert not made(request_).unchanged
    assert digests(request_.target) == before


@pytest.mark.parametrize("name", ["report.html", "facts.csv", "sections/03-evaluation.ipynb", "manifest.json"])
def test_a_file_that_was_altered_is_never_lost(request_, name):
    """A report one of whose files somebody altered is not made again over it, but beside it where that is asked for."""
    before = digests(request_.target)
    (request_.target / name).write_bytes(b"?")
    with pytest.raises(WorkspaceError, match=re.escape("report.html" if name == "manifest.json" else name)):
        made(request_)
    aside = made(request_._replace(set_aside=True)).set_aside
    assert digests(request_.target) == before
    assert [(folder / name).read_bytes() for folder in aside] == [b"?"]


def test_something_put_beside_the_report_is_not_kept(request_):
    """A stray file in the report's folder stops the next build, and moves aside where that is asked for."""
    (request_.target / "stray.txt").write_text("?")
    with pytest.raises(WorkspaceError, match=r"stray\.txt"):
        made(request_)
    assert not made(request_._replace(set_aside=True)).unchanged
    assert not (request_.target / "stray.txt").exists()


def test_ordinary_kernels_give_the_same_report(request_, tmp_path):
    """Built with ordinary kernels, one at a time, every output has the bytes of the one built with warm ones."""
    made(request_._replace(cold=True, fresh=True, jobs=1, output=tmp_path))
    assert digests(tmp_path / "2021H1") == digests(request_.target)


def test_another_request_is_another_report(request_):
    """Other formats, another edition or embedded fonts are not taken for the report that is there."""
    for other in ({"formats": ("html",)}, {"edition": "public"}, {"embed_fonts": True}):
        assert not made(request_._replace(**other)).unchanged
        assert made(request_._replace(**other)).unchanged


def test_a_new_font_counts(request_, tmp_path, monkeypatch):
    """A font that appears where fonts are looked for may set the next PDF, so the report is made again."""
    monkeypatch.setenv("HALFYEAR_FONTS", str(tmp_path))
    assert not made(request_).unchanged
    assert made(request_).unchanged
    shutil.copy(pylopdf_fonts_zh_cn.serif_path(), tmp_path)
    assert not made(request_).unchanged


def test_a_damaged_entry_is_told_and_counts_as_none(request_):
    """A kept report that was damaged in the cache is a warning and a build."""
    told = []
    for file in (request_.workspace.root / ".halfyear-cache").glob("report-*"):
        file.write_bytes(file.read_bytes()[:-9])
    request = request_._replace(workspace=Workspace.at(request_.workspace.root))
    again = build(request, on_progress=lambda event: told.append(event))
    assert not again.unchanged
    assert any(event.kind == "warning" and "was damaged and has been removed" in event.text for event in told)


def test_prose_that_a_notebook_begins_to_ask_for_is_looked_for(request_):
    """What a notebook begins to ask for is looked for at once, though the ledgers are as they were."""
    _replace(
        request_.workspace.root,
        "notebooks/02-lists.ipynb",
        '"listed(counted',
        '"lists.prose(\\"missing\\")\\n",\n    "listed(counted',
    )
    with pytest.raises(DataError) as raised:
        made(request_)
    assert [problem.place.file for problem in raised.value.problems if problem.severity == "error"] == [
        "prose/lists-missing.md"
    ]


@pytest.mark.parametrize("stage", ["execute", "record"])
def test_what_is_saved_during_a_build_is_not_taken_for_what_was_built(request_, stage):
    """A file saved while a report is being made, after it was read, has the report made again."""
    root = request_.workspace.root
    _append(root, "data/2021H1/prose/evaluation-overview.md", "\n\n另有一段。\n")

    def save(name: str) -> None:
        if name == stage:
            _replace(root, "data/2021H1/report.toml", "工作总结", "工作简报")

    build(request_._replace(workspace=Workspace.at(root)), on_stage=save)
    assert not made(request_).unchanged
    assert "工作简报" in (request_.target / "report.html").read_text(encoding="utf-8")
    assert made(request_).unchanged


def test_what_was_saved_during_a_build_and_taken_back_is_made_again(request_):
    """What was made while a file read otherwise is never taken for what its old state gives."""
    root = request_.workspace.root
    _append(root, "data/2021H1/prose/evaluation-overview.md", "\n\n又有一段。\n")
    settings = root / "data/2021H1/report.toml"
    before = settings.read_text(encoding="utf-8")

    def save(name: str) -> None:
        if name == "execute":
            settings.write_text(before.replace("工作总结", "工作简报"), encoding="utf-8")

    build(request_._replace(workspace=Workspace.at(root)), on_stage=save)
    settings.write_text(before, encoding="utf-8")
    assert not made(request_).unchanged
    assert "工作简报" not in (request_.target / "report.html").read_text(encoding="utf-8")


def test_an_error_in_the_ledgers_is_never_kept(request_):
    """Errors are looked for each time; when they are mended the report is there at once."""
    file = request_.workspace.root / "data/2021H1/tables/indicators.csv"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace(",322,", ",三百,"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DataError):
            made(request_)
    file.write_text(good, encoding="utf-8")
    assert made(request_).unchanged
