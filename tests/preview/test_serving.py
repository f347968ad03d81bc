"""How a preview begins: on which port it listens, and that a browser opens where it is wanted."""

import socket
import threading
import webbrowser

import pytest

from pipeline.errors import UnknownPeriod, UsageError
from pipeline.period import Period
from pipeline.preview import server
from pipeline.workspace import Workspace


@pytest.fixture
def begun(workspace, monkeypatch):
    """Begins to serve and ends at once; what was said, and which addresses were opened in a browser."""
    opened, said = [], []
    looked = threading.Event()
    monkeypatch.setattr(webbrowser, "open", lambda address: (opened.append(address), looked.set()))

    async def serve(preview, sockets, lang, ready):
        ready()
        for each in sockets:
            each.close()

    monkeypatch.setattr(server, "_serve", serve)

    def begin(**asked):
        server.serve(Workspace.at(workspace), Period.parse("2021H1"), tell=said.append, **asked)
        looked.wait(10 if asked.get("open_browser", True) else 0)
        return said[-1], opened

    return begin


@pytest.mark.parametrize("open_browser", [True, False])
def test_a_browser_opens_where_it_is_wanted(begun, open_browser):
    """The address is told, and opened unless nobody wants that."""
    said, opened = begun(open_browser=open_browser, lang="zh")
    assert "http://127.0.0.1:" in said and "2021H1" in said
    assert len(opened) == open_browser
    assert all(address in said for address in opened)


def test_a_port_that_is_taken_is_told(begun):
    """The port is named; nothing is said of an address."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match=str(taken.getsockname()[1])):
            begun(port=taken.getsockname()[1], open_browser=False)


def test_a_period_without_a_folder_is_told_before_anything_begins(workspace):
    """Nothing listens for a half-year that is not there."""
    with pytest.raises(UnknownPeriod):
        server.serve(Workspace.at(workspace), Period.parse("2019H1"), open_browser=False)
