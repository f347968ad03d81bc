"""Functions called in a process that the warm process forks: the same answers, without pandas in the command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.execute import kernels
from pipeline.execute.kernels.forked_calls import Calls, ForkedCalls
from tests.execute.test_warm import alive

ROOT = Path(__file__).parents[2]
FUNCTIONS = """
    import os, signal, sys, time
    from pipeline.errors import UsageError

    def where(*asked, **named): return os.getpid(), os.getcwd(), os.environ["HALFYEAR_TEST"], "pandas" in sys.modules, asked, named
    def refuses(): raise UsageError("no-such-earlier", value="x", folder="y", kept=3)
    def fails(): raise ZeroDivisionError(os.getpid())
    def gives_what_cannot_be_sent(): return os.getpid, lambda: None
    def prints(): print("aloud", flush=True); os.system("echo aloud"); return "said"

    def dies_elsewhere(here):
        if os.getpid() != here: os.kill(os.getpid(), signal.SIGKILL)
        return "made here"

    def writes_on(path):
        while True:
            with open(path, "a") as stream: stream.write(f"{os.getpid()}\\n")
            time.sleep(0.001)
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


@pytest.fixture(scope="module")
def functions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A module that this process and one forked for it can import."""
    folder = tmp_path_factory.mktemp("functions")
    (folder / "called_elsewhere.py").write_text(textwrap.dedent(FUNCTIONS))
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        patch.setenv("PYTHONPATH", str(folder))
        patch.setenv("HALFYEAR_TEST", "这里")
        import called_elsewhere  # type: ignore[import-not-found]  # written above

        yield called_elsewhere
        kernels.stop()
    del sys.modules["called_elsewhere"]


@pytest.fixture(autouse=True)
def warm(functions: Any) -> None:
    """A warm process, whatever the test before made of it."""
    kernels.start()


@pytest.fixture
def calls(functions: Any) -> Iterator[ForkedCalls]:
    with ForkedCalls(kernels.current()) as calls:
        yield calls


def test_calls_are_answered_by_one_other_process_that_stands_where_we_do(calls: ForkedCalls, functions: Any) -> None:
    """One process answers all calls in turn, in our folder and environment, with pandas loaded."""
    first = calls.begin(functions.where, 1, two="二")()
    pid, folder, said, has_pandas, *asked = first
    assert (folder, said, has_pandas, asked) == (os.getcwd(), "这里", True, [(1,), {"two": "二"}])
    assert pid != os.getpid() and alive(pid)
    assert calls.begin(functions.where)()[0] == pid


def test_our_own_errors_are_raised_as_they_were_there(calls: ForkedCalls, functions: Any) -> None:
    """An error of halfyear's comes with its code, what its words need and where it was raised; the process stays for the next call."""
    answer = calls.begin(functions.refuses)
    with pytest.raises(UsageError) as raised:
        answer()
    assert raised.value.code == "no-such-earlier" and raised.value.finding.params == {"folder": "y", "kept": 3}
    assert "called_elsewhere.py" in raised.value.__notes__[0]
    assert calls.begin(functions.where)()[0] != os.getpid()


def test_whatever_else_goes_wrong_goes_wrong_here(calls: ForkedCalls, functions: Any) -> None:
    """An error that nobody foresaw is raised where it can be looked at, and from then on all calls are made here."""
    with pytest.raises(ZeroDivisionError, match=str(os.getpid())):
        calls.begin(functions.fails)()
    assert calls.begin(functions.where)()[0] == os.getpid()


def test_a_call_whose_process_is_killed_is_made_here(calls: ForkedCalls, functions: Any) -> None:
    """Nothing is lost with the process: the call is made again."""
    assert calls.begin(functions.dies_elsewhere, os.getpid())() == "made here"


def test_an_answer_that_cannot_be_sent_is_made_here(calls: ForkedCalls, functions: Any) -> None:
    """What pickle cannot carry is found here."""
    asked, _ = calls.begin(functions.gives_what_cannot_be_sent)()
    assert asked() == os.getpid()


def test_what_is_printed_there_is_no_answer(calls: ForkedCalls, functions: Any, capfd: pytest.CaptureFixture) -> None:
    """What a library or its child prints comes neither into the answer nor onto the terminal."""
    assert calls.begin(functions.prints)() == "said"
    assert capfd.readouterr() == ("", "")


def test_nothing_is_written_once_calls_have_ended(functions: Any, tmp_path: Path, until: Callable[..., Any]) -> None:
    """After the end of the calls, in the middle of one too, its process writes nothing more."""
    file = tmp_path / "written"
    with ForkedCalls(kernels.current()) as calls:
        calls.begin(functions.writes_on, file)
        pid = int(until(lambda: file.exists() and file.read_text().splitlines())[0])
    length = file.stat().st_size
    time.sleep(0.05)
    assert file.stat().st_size == length
    assert not alive(pid)
    assert kernels.current().busy == 0


def test_without_a_warm_process_calls_are_made_here(functions: Any) -> None:
    """Where the warm process has gone, or there never was one, the same calls work."""
    warm = kernels.current()
    warm.process.kill()
    warm.process.wait()
    assert type(kernels.calls()) is Calls
    with pytest.raises(BrokenPipeError):
        ForkedCalls(warm)
    assert warm.busy == 0
    assert Calls().begin(functions.where, 1)()[0] == os.getpid()


def test_who_has_pandas_calls_here(functions: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that makes one report after another has loaded pandas, and is spared the other process."""
    import pandas  # noqa: F401

    assert type(kernels.calls()) is Calls
    monkeypatch.delitem(sys.modules, "pandas")
    with kernels.calls() as calls:
        assert isinstance(calls, ForkedCalls)


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_who_is_ended_takes_the_process_along(tmp_path: Path, until: Callable[..., Any], signal_: int) -> None:
    """Whatever ends a command in the middle of a call, its process ends too, and no folder stays."""
    (tmp_path / "called_elsewhere.py").write_text(textwrap.dedent(FUNCTIONS))
    file = tmp_path / "written"
    script = f"""
        import sys; from pipeline.execute import kernels; from pipeline.cli.ending import end_when_told
        end_when_told(); kernels.start(); import called_elsewhere
        with kernels.calls() as calls:
            print(kernels.folder(), flush=True)
            calls.begin(called_elsewhere.writes_on, {str(file)!r})()
    """
    paths = os.pathsep.join(map(str, (tmp_path, ROOT)))
    environment = {**os.environ, "PYTHONPATH": paths, "TMPDIR": str(tmp_path), "HALFYEAR_TEST": "x"}
    command = [sys.executable, "-c", textwrap.dedent(script)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as client:
        folder = Path(client.stdout.readline().decode().strip())
        pid = int(until(lambda: file.exists() and file.read_text().splitlines())[0])
        assert pid != client.pid and folder.is_dir()
        client.send_signal(signal_)
    until(lambda: not alive(pid) and not folder.exists())
