"""The preview as a server and as a process: whom it answers, what it builds, what it leaves behind."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error

import pytest
from running import processes, until


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "localhost.example.org:80", "[::1]", ""])
def test_a_foreign_name_is_refused(preview, host):
    """A request under any host name but this machine's own gets nothing, so that no foreign site can read the report."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        preview.get(Host=host)
    assert refused.value.code in (400, 403)


def test_this_machines_names_are_answered(preview):
    """127.0.0.1 and localhost show the report."""
    port = preview.address.rsplit(":", 1)[1].strip("/")
    assert preview.get(Host=f"localhost:{port}") == preview.get(Host=f"127.0.0.1:{port}")


def answered(preview, request):
    """The first line of what a request gets, sent as it is."""
    port = int(preview.address.rsplit(":", 1)[1].strip("/"))
    with socket.create_connection(("127.0.0.1", port), 20) as wire:
        wire.sendall(request.replace("PORT", str(port)).encode())
        return wire.recv(200).split(b"\r\n")[0].decode()


OWN = "Host: 127.0.0.1:PORT\r\n"
REFUSED = {
    "a foreign name before its body came": "POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 900\r\n\r\n",
    "a body": f"POST /report.html HTTP/1.1\r\n{OWN}Content-Length: 900\r\n\r\n",
    "a body of a terabyte": f"GET / HTTP/1.1\r\n{OWN}Content-Length: 1099511627776\r\n\r\n",
    "a body in pieces": f"GET / HTTP/1.1\r\n{OWN}Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
    "HTTP/1.0 without a name": "GET /report.html HTTP/1.0\r\n\r\n",
    "HTTP/1.1 without a name": "GET /report.html HTTP/1.1\r\n\r\n",
    "two names": f"GET /report.html HTTP/1.1\r\n{OWN}Host: evil.example\r\n\r\n",
    "a name that only begins like ours": "GET /report.html HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n",
    "another origin on this machine": f"GET /report.html HTTP/1.1\r\n{OWN}Origin: http://127.0.0.1:1\r\n\r\n",
    "another origin by its other name": f"GET /news HTTP/1.1\r\n{OWN}Origin: http://localhost:1\r\n\r\n",
    "another port of this machine, as browsers say": f"GET /news HTTP/1.1\r\n{OWN}Sec-Fetch-Site: same-site\r\n\r\n",
    "a foreign page, as browsers say": f"GET /report.html HTTP/1.1\r\n{OWN}Sec-Fetch-Site: cross-site\r\n\r\n",
    "a foreign page that frames ours": f"GET / HTTP/1.1\r\n{OWN}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: iframe\r\n\r\n",
    "an origin without a name": f"GET /report.html HTTP/1.1\r\n{OWN}Origin: null\r\n\r\n",
    "headers without end": f"GET / HTTP/1.1\r\n{OWN}X-Long: {'x' * 40000}\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_who_is_not_its_own_reader_is_refused_at_once(preview, case):
    """Foreign names and origins, and bodies, are refused from the head of a request alone, however long it goes on."""
    status = answered(preview, REFUSED[case])
    assert status == "" or status.split()[1].startswith("4"), status


def test_a_link_from_elsewhere_leads_to_the_page(preview):
    """A reader may come to the preview by a link on another site; its own pages are answered."""
    link = f"GET / HTTP/1.1\r\n{OWN}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: document\r\n\r\n"
    own = f"GET /report.html HTTP/1.1\r\n{OWN}Origin: http://127.0.0.1:PORT\r\nSec-Fetch-Site: same-origin\r\n\r\n"
    assert [answered(preview, one).split()[1] for one in (link, own)] == ["200", "200"]


@pytest.mark.parametrize(
    "path", ["/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/page/../server.py", "//etc/passwd", "/news/../x"]
)
def test_no_file_is_reached_by_its_path(preview, path):
    """Only the preview's own pages are there, whatever path is asked for."""
    port = int(preview.address.rsplit(":", 1)[1].strip("/"))
    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        assert wire.recv(100).split()[1] == b"404"


def test_other_machines_cannot_connect(preview):
    """The server listens at 127.0.0.1 and at no other address, not even the next one of this machine."""
    port = int(preview.address.rsplit(":", 1)[1].strip("/"))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), 5)


def test_the_preview_shows_the_bytes_that_are_published(preview, tmp_path):
    """The report in the preview is byte for byte what ``run`` writes but for its cells' names, and ``outputs/`` is not touched."""
    preview.command("run", "2021H1", "--format", "html", "--output", tmp_path)
    shown = preview.get()
    assert re.sub(rb' data-cell="[a-z-]+-\d+"', b"", shown) == (tmp_path / "2021H1" / "report.html").read_bytes()
    assert shown.count(b' data-cell="reform-') > 10
    assert not (preview.workspace / "outputs").exists()


def test_changes_during_a_build_make_one_more(own):
    """However often files are saved while a build runs, exactly one build follows it."""
    notebook = own.workspace / "notebooks" / "05-disclosure.ipynb"
    text = notebook.read_text(encoding="utf-8")
    own.start()
    until(own.builds)
    slow = text.replace('"from pipeline import', '"import time; time.sleep(5)\\n", "from pipeline import', 1)
    assert slow != text
    notebook.write_text(slow, encoding="utf-8")
    table = own.data("tables/outreach.csv")
    text_of_table = table.read_text(encoding="utf-8")
    until(lambda: b'"building": "' in own.news())
    time.sleep(1)
    for number in range(5):
        table.write_text(text_of_table + "\n" * number, encoding="utf-8")
        time.sleep(0.3)
    until(lambda: own.builds() >= 3)
    time.sleep(2)
    until(lambda: b'"building": null' in own.news())
    assert own.builds() == 3


def test_a_cell_that_never_ends_does_not_hold_up_its_mending(own):
    """A build stuck in a cell is given up once the mended notebook has been saved, and leaves no kernel behind."""
    notebook = own.workspace / "notebooks" / "05-disclosure.ipynb"
    good = notebook.read_text(encoding="utf-8")
    notebook.write_text(
        good.replace('"from pipeline import', '"while True: pass\\n", "from pipeline import', 1), encoding="utf-8"
    )
    own.start()
    until(lambda: "事前公示 4/".encode() in own.news())
    notebook.write_text(good, encoding="utf-8")
    until(lambda: "built in" in own.said(), 120)
    assert "given up" in own.said()
    until(lambda: len(processes(str(own.home))) == 3)  # the preview, its builder, the warm process


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
@pytest.mark.parametrize("when", ["building", "idle"])
def test_the_end_leaves_nothing(own, how, when):
    """Interrupted, ended or killed, in a build or between two: no process and no folder of it stays."""
    own.start()
    if when == "idle":
        until(own.builds)
    else:
        until(lambda: len(processes(str(own.home))) > 3)  # a kernel too
    code = own.stop(how)
    assert code == (0 if how != signal.SIGKILL else -how)
    until(lambda: not processes(str(own.home)), 20)
    until(lambda: not list(own.home.glob("halfyear-*")), 20)


def test_a_killed_builder_is_replaced(own):
    """When the process that builds is killed this is told, and the next change is built as ever."""
    own.start()
    until(own.builds)
    (builder,) = [pid for pid in processes("pipeline.preview.builder") if pid in processes(str(own.home))]
    subprocess.run(["kill", "-9", str(builder)], check=True)
    table = own.data("tables/outreach.csv")
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    until(lambda: own.builds() == 2)
    assert own.said().count("built in") == 2


def test_a_port_that_is_taken_is_told(preview):
    """A taken port is an error that names it and says what to do."""
    port = preview.address.rsplit(":", 1)[1].strip("/")
    from pipeline.errors import UsageError
    from pipeline.period import Period
    from pipeline.preview import serve
    from pipeline.workspace import Workspace

    with pytest.raises(UsageError, match=f"port {port} cannot be used.*--port"):
        serve(Workspace.at(preview.workspace), Period.parse("2021H1"), port=int(port), open_browser=False)


def test_asking_for_the_preview_costs_nothing_before():
    """Importing the package's preview loads neither tornado nor watchfiles."""
    script = "import pipeline.preview, sys; print({'tornado', 'watchfiles'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
