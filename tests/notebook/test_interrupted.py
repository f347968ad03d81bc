"""A cell that is stopped, a kernel that is restarted: nothing half-made stays behind, and nothing goes on running."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).parents[2]
READ = """
from pipeline import Section, bar_chart, table
law = Section("reform", "2021H1")
def said():
    rows = law.compared("indicators", initiative="", measure="办件量")
    shown = table(rows, {"subject": "事项", "value": "数"}, name="t", caption="办件量")._repr_html_()
    return shown + law.prose("overview")._repr_markdown_() + repr(law.rest())
"""
STOPPED = (
    READ
    + """
import os, signal, sys
def child(moment):
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, moment)
        said()
    except KeyboardInterrupt:
        pass
    signal.setitimer(signal.ITIMER_REAL, 0)
    return said()
def answer(moment):
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        with open(writing, "w") as stream:
            stream.write(child(moment))
        os._exit(0)
    os.close(writing)
    with open(reading) as stream:
        text = stream.read()
    os.wait()
    return text
right = answer(60)
moments = [each / 1000 for each in range(1, 120, int(sys.argv[1]))]
wrong = [moment for moment in moments if answer(moment) != right]
print(len(right) > 500, wrong)
"""
)


@pytest.mark.parametrize("step", [20, pytest.param(1, marks=pytest.mark.soak)])
def test_a_cell_that_was_stopped_says_the_same_when_it_runs_again(step):
    """Stopped at any moment of reading, comparing and wording, the next try gives what one that was not stopped gives."""
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, str(step)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.split(maxsplit=1) == ["True", "[]\n"], done.stdout


def ran(client, code):
    """The status of a cell that ran."""
    return client.execute_interactive(code, timeout=120, output_hook=lambda message: None)["content"]["status"]


def test_a_kernel_starts_nothing_and_leaves_nothing():
    """Stopped in the middle of a cell the kernel goes on as before; it has no process of its own, and restarted it is gone."""
    manager = KernelManager()
    manager.start_kernel(cwd=str(ROOT))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        assert ran(client, READ + "before = said()") == "ok"
        kernel = psutil.Process(manager.provisioner.process.pid)
        stopped = client.execute("print('begun', flush=True)\nwhile True: said()", stop_on_error=False)
        while client.get_iopub_msg(timeout=120)["content"].get("text") != "begun\n":
            pass
        manager.interrupt_kernel()
        assert client.get_shell_msg(timeout=120)["parent_header"]["msg_id"] == stopped
        assert ran(client, "assert said() == before") == "ok"
        assert kernel.children(recursive=True) == []
        manager.restart_kernel(now=False)
        assert not kernel.is_running()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
