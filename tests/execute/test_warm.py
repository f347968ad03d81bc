"""Kernels forked from one warm process: the same as ordinary ones in all but the wait."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pipeline import installed_code as code
from pipeline.execute import prepare
from pipeline.execute.kernels import fork_client as warm
from pipeline.execute.kernels.preload import modules_for
from pipeline.workspace import Workspace
from tests.execute.conftest import Bench

ROOT = Path(__file__).parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="warm kernels are forked on Linux only")
Until = Callable[[Callable[[], Any]], Any]


def parents(bench: Bench, **options: Any) -> list[int]:
    return [int(bench.printed(ran)) for ran in bench.run(**options)]


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@linux
def test_warm_kernels_are_children_of_the_warm_process(bench: Bench) -> None:
    """Kernels of a run have one parent, which is the warm process and outlives them."""
    [parent] = parents(bench.put("who-is-parent"))
    assert parent == warm.current().process.pid != os.getpid()
    assert parents(bench) == [parent]


def test_cold_kernels_are_our_own_children(bench: Bench) -> None:
    """On request kernels are started as ever, by this process."""
    assert parents(bench.put("who-is-parent"), cold=True) == [os.getpid()]


@linux
def test_other_kernelspec_gets_an_ordinary_kernel(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notebook whose kernelspec starts Python otherwise is not given a warm kernel."""
    folder = tmp_path / "share" / "kernels" / "halfyear-test"
    folder.mkdir(parents=True)
    argv = [sys.executable, "-X", "utf8", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (folder / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "other", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    assert parents(bench.put("other-kernelspec")) == [os.getpid()]


def test_matplotlibrc_beside_the_notebooks_gets_an_ordinary_kernel(bench: Bench) -> None:
    """Settings that matplotlib would read in the kernel's folder are not passed over by one that has loaded already."""
    bench.put("finds-traces", "who-is-parent")
    (bench.root / "notebooks" / "matplotlibrc").write_text("font.size: 17\n")
    traces, parent = bench.run()
    assert "17.0" in bench.printed(traces)
    assert bench.printed(parent) == f"{os.getpid()}\n"


@linux
def test_module_named_like_a_library_gets_an_ordinary_kernel(bench: Bench) -> None:
    """A module beside the notebooks that hides a library is found first, as under JupyterLab; others do no harm."""
    bench.put("who-is-parent")
    for name in ("helper", "not.a-name", "__main__"):
        (bench.root / "notebooks" / f"{name}.py").write_text("")
    assert parents(bench) != [os.getpid()]
    (bench.root / "notebooks" / "jinja2.py").write_text("")
    assert parents(bench) == [os.getpid()]


def test_warm_and_cold_kernels_give_the_same_bytes(bench: Bench) -> None:
    """Text, tables, charts, warnings and errors do not tell by which kernel they were made."""
    bench.put("table-and-chart", "warns", "fails-in-function", "working-folder", "prints-in-pieces")
    warm_ran, cold_ran = bench.run(), bench.run(cold=True, into=bench.root / "cold")
    assert [one.path.read_bytes() for one in warm_ran] == [one.path.read_bytes() for one in cold_ran]
    assert "image/png" in warm_ran[0].path.read_text(encoding="utf-8")


def test_sections_do_not_see_each_other(bench: Bench) -> None:
    """What a section changes (environment, options, settings, modules, names) is not there in the next."""
    _, second = bench.put("leaves-traces", "finds-traces").run(jobs=1)
    assert bench.printed(second) == "False 60 10.0\nFalse False\n"


def test_sections_draw_different_random_numbers(bench: Bench) -> None:
    """Kernels of one warm process do not share the state of their random generators."""
    bench.put("draws-numbers")
    drawn = " ".join(bench.printed(bench.run()[0]) for _ in range(2)).split()
    assert len(set(drawn)) == 4


@pytest.mark.parametrize("cold", [False, True])
def test_end_of_a_kernel_is_a_proper_one(bench: Bench, marks: Path, cold: bool) -> None:
    """Open files are written, atexit functions run and temporary files go, warm or cold."""
    assert bench.put("leaves-file-open").run(cold=cold)[0].error is None
    assert {path.name: path.read_text() for path in marks.iterdir()} == {"opened": "written", "atexit": "ran"}


@linux
def test_killed_warm_process_is_replaced(bench: Bench) -> None:
    """After the warm process was killed the next run has another one."""
    [first] = parents(bench.put("who-is-parent"))
    os.kill(first, signal.SIGKILL)
    [second] = parents(bench)
    assert second not in (first, os.getpid())


@linux
def test_section_runs_again_when_the_warm_process_is_killed_under_it(bench: Bench, marks: Path) -> None:
    """A kernel that went with its warm process is no failure of the section."""
    [ran] = bench.put("kills-parent-once").run()
    assert ran.error is None
    assert bench.printed(ran) == "second attempt\n"


@linux
def test_changed_code_gets_a_new_warm_process(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A warm process is not used again after the package's files have changed on disk."""
    [first] = parents(bench.put("who-is-parent"))
    monkeypatch.setattr(warm, "package_digest", lambda: "changed")
    assert parents(bench) != [first]


@linux
def test_changed_environment_gets_a_new_warm_process(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that libraries read while they load are those of the run, not of an earlier one."""
    [first] = parents(bench.put("who-is-parent"))
    monkeypatch.setenv("MPLBACKEND", "svg")
    assert parents(bench) != [first]
    assert not alive(first)


@linux
def test_warm_process_whose_kernels_are_at_work_is_let_be(
    bench: Bench, marks: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run that needs another warm process does not take away the kernels of one that is not finished."""
    bench.put("sleeps")
    with ThreadPoolExecutor(1) as pool, monkeypatch.context() as patch:
        running = pool.submit(bench.run, cell_timeout=20)
        kernel = int(until(lambda: [path.name for path in marks.iterdir() if path.name.isdigit()])[0])
        busy = warm.current().process.pid
        patch.setenv("MPLBACKEND", "svg")
        other = Bench(bench.root.with_name("other")).put("who-is-parent")
        assert parents(other) not in ([busy], [os.getpid()])
        assert alive(busy) and alive(kernel)
        warm.stop()
        running.result()


def test_nothing_is_warmed_up_that_nobody_needs(bench: Bench) -> None:
    """Neither a run of ordinary kernels nor one that has all results starts a warm process."""
    bench.put("prints-period")
    options = {"parameters": {"period": "2020H2"}, "workspace": Workspace.at(bench.root)}
    warm.stop()
    prepare(options["workspace"].sections, cold=True, **options)
    bench.run(cold=True, cache=True)
    prepare(options["workspace"].sections, **options)
    assert bench.run(cache=True)[0].why == "fresh"
    assert warm.current() is None


@linux
def test_warm_process_that_cannot_start_is_done_without(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the warm process ends at once sections run in ordinary kernels."""
    warm.stop()
    monkeypatch.setattr(warm, "_SERVER", Path("/nowhere/fork_server.py"))
    assert parents(bench.put("who-is-parent")) == [os.getpid()]


@pytest.mark.parametrize("cold", [False, True])
def test_long_path_of_the_temporary_folder_is_no_hindrance(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cold: bool
) -> None:
    """Kernels are reached also where a socket in the temporary folder would have a longer name than a socket may have."""
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    warm.stop()
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        [ran] = bench.put("prints-period").run(cold=cold)
        warm.stop()
    assert ran.error is None
    assert bench.printed(ran) == "2020H2\n"
    assert not list(folder.iterdir())


@linux
def test_killed_client_leaves_no_process_and_no_folder(bench: Bench, marks: Path, until: Until) -> None:
    """Kernels and the warm process end, and their folder goes, when the command is killed."""
    bench.put("sleeps")
    script = f"""
        import sys; from pathlib import Path; from pipeline.execute import run_sections; from pipeline.execute.kernels import fork_client as warm
        from pipeline.workspace import Workspace
        warm.start(); Path({str(marks)!r}, "folder").write_text(warm.folder() + " " + str(warm.current().process.pid))
        here = Workspace.at({str(bench.root)!r})
        run_sections(here.sections, parameters={{}}, workspace=here, into=here.root / "out", cache=False)
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], env=environment) as client:
        kernel = int(until(lambda: [path.name for path in marks.iterdir() if path.name.isdigit()])[0])
        folder, _, server = (marks / "folder").read_text().partition(" ")
        assert alive(kernel) and alive(int(server)) and Path(folder).is_dir()
        client.kill()
    until(lambda: not alive(kernel) and not alive(int(server)) and not Path(folder).exists())


@linux
def test_the_folder_of_a_command_goes_though_its_sockets_close_first(tmp_path: Path, until: Until) -> None:
    """A killed command's sockets close before it has ended: the warm process that sees the first waits for the second."""
    script = """
        import time; from pipeline.execute.kernels import fork_client as warm
        warm.start(); print(warm.folder(), flush=True)
        warm.current().control.close(); time.sleep(60)
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}  # other commands sweep theirs
    command = [sys.executable, "-c", textwrap.dedent(script)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as client:
        folder = Path(client.stdout.readline().strip())
        time.sleep(0.2)
        client.kill()
    until(lambda: not folder.exists())


@pytest.mark.parametrize("cold", [False, True])
def test_interrupted_run_ends_its_kernels(bench: Bench, marks: Path, until: Until, cold: bool) -> None:
    """Ctrl-C ends the run as an interrupt, with no kernel left."""
    bench.put("sleeps")
    script = f"""
        from pipeline.execute import run_sections; from pipeline.workspace import Workspace
        here = Workspace.at({str(bench.root)!r})
        run_sections(here.sections, parameters={{}}, workspace=here, into=here.root / "out", cold={cold}, cache=False)
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", textwrap.dedent(script)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as client:
        kernel = int(until(lambda: [path.name for path in marks.iterdir() if path.name.isdigit()])[0])
        client.send_signal(signal.SIGINT)
        _, said = client.communicate(timeout=30)
    assert said.rstrip().endswith("KeyboardInterrupt")
    until(lambda: not alive(kernel))


def test_what_is_preloaded_exists() -> None:
    """Every module named for preloading can be imported here: a renamed one would silently cost its time again."""
    missing = f"import importlib.util as u; print([n for n in {modules_for(None)!r} if u.find_spec(n) is None])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    found = subprocess.run([sys.executable, "-c", missing], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_only_what_notebooks_want_is_preloaded() -> None:
    """Drawing is loaded where the code speaks of it, and for notebooks not known yet."""
    assert "matplotlib.figure" not in modules_for(["table('cases')"])
    assert "matplotlib.figure" in modules_for(["table('cases')", "bar_chart(rows)"])
    assert set(modules_for(["rows.plot()"])) == set(modules_for(None))


def test_starting_early_loads_nothing_heavy() -> None:
    """The warm process can be started before jupyter, papermill and pandas are imported here."""
    heavy = {"jupyter_client", "papermill", "nbformat", "pandas", "asyncio"}
    script = f"import sys; from pipeline.execute.kernels import fork_client; print({heavy} & set(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    found = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"


def test_what_hardly_anybody_asks_for_is_loaded_by_who_asks() -> None:
    """Executing loads neither papermill's way into the network nor, for the list of kernels, IPython; both are there when asked for."""
    script = """
        import sys
        import pipeline.execute.papermill_engine
        from pipeline.execute.kernel_names import OURS, specifications
        specifications().get_kernel_spec(OURS)
        print({"urllib3", "IPython"} & set(sys.modules))
        import papermill.iorw, requests
        print(papermill.iorw.requests.get is requests.get)
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", textwrap.dedent(script)]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert found.stdout == "set()\nTrue\n"


def test_digest_follows_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package's digest changes with a file's content or name, and not with byte code."""
    monkeypatch.setattr(code, "PACKAGE", tmp_path)
    (tmp_path / "one.py").write_text("1")
    digests = [code.package_digest()]
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "one.pyc").write_text("x")
    assert code.package_digest() == digests[0]
    (tmp_path / "one.py").write_text("2")
    digests.append(code.package_digest())
    (tmp_path / "one.py").rename(tmp_path / "two.py")
    digests.append(code.package_digest())
    assert len(set(digests)) == 3


def test_other_platforms_get_ordinary_kernels(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes cannot be forked safely everything runs as ever, without a warm process."""
    warm.stop()
    monkeypatch.setattr(warm, "_LINUX", False)
    assert parents(bench.put("who-is-parent")) == [os.getpid()]
    assert warm.current() is None
