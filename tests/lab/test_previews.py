"""Which preview a Jupyter server shows, and how long it runs."""

import asyncio
import gc
import json
import weakref
from typing import ClassVar

import pytest

from pipeline.errors import UnknownPeriod, WorkspaceError
from pipeline.lab import previews
from pipeline.lab.previews import Previews, preview_of
from pipeline.period import Period
from pipeline.workspace import Workspace


@pytest.fixture
def root(tmp_path):
    """The folder of a server, and in it a workspace of two periods."""
    desk = tmp_path / "desk"
    for name in ("notebooks", "data/2020H2", "data/2021H1"):
        (desk / name).mkdir(parents=True)
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["# 改革创新"]}
    (desk / "notebooks" / "01-reform.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path", ["desk", "desk/notebooks", "desk/notebooks/01-reform.ipynb", "desk/data/2020H2"])
@pytest.mark.parametrize(("asked", "shown"), [("", "2021H1"), ("2020H2", "2020H2")])
def test_a_preview_is_of_the_workspace_around_a_notebook(root, path, asked, shown):
    """From a notebook or any folder of a workspace; of the period that is asked for, else of the latest."""
    workspace, period = preview_of(root, path, asked)
    assert (workspace.root, str(period)) == (root / "desk", shown)


def test_no_preview_is_shown_of_what_lies_outside_the_servers_folder(root):
    """A path that leads out is taken for the server's own folder."""
    (root / "server").mkdir()
    with pytest.raises(WorkspaceError, match="no workspace"):
        preview_of(root / "server", "../desk", "")


def test_a_workspace_without_periods_or_without_that_one_is_told(root):
    """There is nothing to preview where data/ has no period, or not the one that is asked for."""
    with pytest.raises(UnknownPeriod, match="no data for 2019H1"):
        preview_of(root, "desk", "2019H1")
    for folder in (root / "desk" / "data").iterdir():
        folder.rmdir()
    with pytest.raises(UnknownPeriod):
        preview_of(root, "desk", "")


class _Runs:
    """A preview that runs until it is cancelled, and tells so."""

    there: ClassVar = weakref.WeakSet()

    def __init__(self, workspace, period, *, lang, tell):
        self.board, self.tell = object(), tell
        self.there.add(self)

    async def run(self):
        self.tell("begun")
        try:
            await asyncio.Event().wait()
        finally:
            self.tell("ended")


@pytest.fixture
def said(monkeypatch):
    """What becomes of previews that cost nothing; nobody is waited for."""
    monkeypatch.setattr(previews, "LivePreview", _Runs)
    monkeypatch.setattr(previews, "_GRACE", 0)
    return []


def listened(root, said, story):
    """Let a story happen to the previews of a server; they are ended after it, and what they say is noted."""

    async def told():
        server = Previews("zh", said.append)
        key = server.key(Workspace.at(root / "desk"), Period.parse("2021H1"))
        await story(server, key)
        said.append("the server ends")
        await server.end()
        said.append("all is gone")

    asyncio.run(told())


async def moment():
    """Until all that is due has happened."""
    for _ in range(5):
        await asyncio.sleep(0.001)


def test_a_preview_ends_with_the_last_who_listens(root, said):
    """It begins once, goes on while anybody listens, ends after the last, and begins anew for the next."""

    async def story(server, key):
        with server.board(key, listens=True) as board:
            with server.board(key, listens=True) as same:
                assert same is board
            await moment()
            said.append("one left")
        await moment()
        with server.board(key, listens=True) as board:
            assert board is not same
            await moment()

    listened(root, said, story)
    assert said == ["begun", "one left", "ended", "begun", "the server ends", "ended", "all is gone"]


def test_who_comes_back_at_once_finds_the_same_preview(root, said):
    """A page that is loaded again asks before the preview has been ended, which therefore goes on."""

    async def story(server, key):
        with server.board(key, listens=True) as before:
            await moment()
        with server.board(key, listens=True) as after:
            await moment()
            assert after is before

    listened(root, said, story)
    assert said == ["begun", "the server ends", "ended", "all is gone"]


def test_a_preview_that_ended_is_let_go(root, said):
    """A server that runs for weeks keeps nothing of the previews that nobody looks at any more."""

    async def story(server, key):
        with server.board(key, listens=True):
            await moment()
            assert len(_Runs.there) == 1
        await moment()
        gc.collect()
        assert not _Runs.there

    _Runs.there.clear()
    listened(root, said, story)


def test_asking_for_a_part_of_the_page_keeps_no_preview(root, said):
    """Only who listens to the news counts: a page that is fetched begins a preview, which ends if nobody listens."""

    async def story(server, key):
        with server.board(key, listens=False):
            await moment()
        await moment()

    listened(root, said, story)
    assert said == ["begun", "ended", "the server ends", "all is gone"]


def test_nothing_is_begun_that_nobody_asked_for(root, said):
    """A key that was not given out is none."""

    async def story(server, key):
        with pytest.raises(KeyError), server.board("0123456789abcdef", listens=True):
            pass

    listened(root, said, story)
    assert said == ["the server ends", "all is gone"]


def test_each_workspace_and_period_has_its_own_key(root):
    """The key is the same each time it is asked for, another for another period, and says nothing of folders."""
    server, workspace = Previews("zh", print), Workspace.at(root / "desk")
    keys = [server.key(workspace, Period.parse(period)) for period in ("2021H1", "2020H2", "2021H1")]
    assert keys[0] == keys[2] != keys[1]
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in keys)
