"""What cells say on the side, too much of it, for too long, or in a form no page can show."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from calling import ROOT, Command, copied_workspace

from pipeline.execute import Ran
from pipeline.execute.kernels.cell_output import MOST_TEXT
from pipeline.execute.shown import script_of
from tests.execute.conftest import Bench

SCRIPT = "<div id='x'><script>draw()</script></div>"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def ran(
    tmp_path: Path, *sources: str, kernelspec: dict[str, str] | None = None, tags: tuple[str, ...] = (), **options: Any
) -> Ran:
    """A section with these code cells, executed."""
    bench = Bench(tmp_path / "workspace").put("prints-period")
    [path] = (bench.root / "notebooks").glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "metadata": {"tags": list(tags)}, "outputs": [], "execution_count": None}
    notebook["cells"][3:] = [{**cell, "id": f"a{number}", "source": source} for number, source in enumerate(sources)]
    if kernelspec is not None:
        notebook["metadata"]["kernelspec"] = kernelspec
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return bench.run(**options)[0]


def outputs(one: Ran) -> list[dict[str, Any]]:
    notebook = json.loads(one.path.read_text(encoding="utf-8"))
    return [output for cell in notebook["cells"] for output in cell.get("outputs", ())]


LOUD = {
    "one line of 100 MB": "print('x' * 100_000_000)",
    "a million lines": "for number in range(1_000_000): print(number)",
    "a million carriage returns": "print('50%\\r' * 1_000_000)",
    "80 kB before carriage returns": "print(('x' * 80_000 + '\\r') * 10)",
    "standard error": "import sys\nsys.stderr.write('y' * 50_000_000)\nNone",
    "a result": "'z' * 100_000_000",
    "a logger": "import logging\nlogging.warning('w' * 1_000_000)",
}


WARM_AND_COLD = pytest.mark.parametrize(
    "cold", [pytest.param(False, id="warm"), pytest.param(True, id="cold", marks=pytest.mark.soak)]
)


@WARM_AND_COLD
def test_too_much_output_is_cut_with_a_word_about_it(tmp_path: Path, cold: bool) -> None:
    """However cells say too much, so much of it is kept, and how much there was is said; the next cell runs."""
    one = ran(tmp_path, *LOUD.values(), "print('next')", cold=cold)
    assert one.error is None
    cells = json.loads(one.path.read_text(encoding="utf-8"))["cells"][-len(LOUD) - 1 :]
    *loud, after = [
        ["".join(each.get("text") or each["data"]["text/plain"]) for each in cell["outputs"]] for cell in cells
    ]
    assert after == ["next\n"]
    for name, (*_, text) in zip(LOUD, loud, strict=True):
        assert len(text) <= MOST_TEXT + 100, name
        assert "只保留前" in text, name


SPOKEN = {
    "flushed": "print('flushed', flush=True)",
    "between two displays": "display(1); print('between'); display(2)",
    "without an end of line": "import sys; _ = sys.stdout.write('open')",
    "by a thread": "import threading; one = threading.Thread(target=print, args=['thread']); one.start(); one.join()",
    "by a fork": "import os; number = os.fork()\nif not number: print('fork', flush=True); os._exit(0)\n_ = os.waitpid(number, 0)",
    "after much": "print('x' * 30_000); print('lost'); display(3)",
    "by an error": "import sys; print('error', file=sys.stderr)",
    "nothing": "pass",
}


@WARM_AND_COLD
def test_what_a_cell_prints_stands_in_that_cell(tmp_path: Path, cold: bool) -> None:
    """Whether it flushes or not, and whoever of the cell says it: all of a cell's text is in its own outputs."""
    one = ran(tmp_path, *SPOKEN.values(), cold=cold)
    assert one.error is None
    cells = json.loads(one.path.read_text(encoding="utf-8"))["cells"][-len(SPOKEN) :]
    said = ["".join(text for each in cell["outputs"] for text in each.get("text", ())).strip() for cell in cells]
    much = said.pop(5)
    assert said == ["flushed", "between", "open", "thread", "fork", "error", ""]
    assert much.startswith("xxx") and "共 30006 个字符" in much
    assert [len(cell["outputs"]) for cell in cells] == [1, 3, 1, 1, 1, 2, 1, 0]


AROUND = {
    "a descriptor": "import os\nfor _ in range(100_000): os.write(1, b'x' * 1000)",
    "standard error": "import os\nfor _ in range(100_000): os.write(2, b'x' * 1000)",
    "a program": "import subprocess\n_ = subprocess.run('yes | head -c 100000000', shell=True)",
}


HELD = """
held = [os.path.realpath(f"/proc/self/fd/{each}") for each in os.listdir("/proc/self/fd")]
print([each for each in held if each.endswith("(deleted)")])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="open files are looked for in /proc")
@WARM_AND_COLD
@pytest.mark.parametrize("watched", [True, False], ids=["watched", "not watched"])
def test_what_is_written_around_python_fills_no_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watched: bool, cold: bool
) -> None:
    """100 MB written to a descriptor, by the cell or a program it starts, is kept nowhere, whether Jupyter listens or not."""
    if watched:
        monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it, ipykernel would leave the descriptors alone
    one = ran(tmp_path, *AROUND.values(), HELD, cold=cold)
    assert one.error is None
    *loud, last = [cell["outputs"] for cell in json.loads(one.path.read_text(encoding="utf-8"))["cells"][-4:]]
    assert all(len("".join(output["text"])) <= MOST_TEXT + 100 for outputs in loud for output in outputs)
    assert "".join(last[-1]["text"]) == "[]\n"


def test_the_last_words_of_a_dying_kernel_are_told(tmp_path: Path) -> None:
    """Of a kernel that dies after much talk the end of it is told."""
    source = "import os\nos.write(2, b'x' * 300_000 + b'\\nthe very end\\n')\nos._exit(3)"
    one = ran(tmp_path, source)
    assert one.error is not None and "the very end" in str(one.error)


def test_a_display_beyond_all_measure_is_an_error_that_names_the_cell(tmp_path: Path) -> None:
    """A table of 60 MB fails its cell, which is told, instead of filling memory and page."""
    one = ran(tmp_path, "from IPython.display import HTML\nHTML('<p>' + 'x' * 60_000_000 + '</p>')")
    assert one.error is not None and one.error.cell == 4 and "the output is too large" in str(one.error)


TOO_LONG = {
    "sleeps": "import time\ntime.sleep(600)",
    "counts": "while True: pass",
    "holds on": "import time\nwhile True:\n    try:\n        time.sleep(600)\n    except BaseException:\n        pass",
    "a program": "import subprocess\nsubprocess.run(['sleep', '600'])",
}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(source, id=name, marks=() if name in ("counts", "holds on") else pytest.mark.soak)
        for name, source in TOO_LONG.items()
    ],
)
def test_a_cell_that_runs_too_long_is_stopped_and_named(tmp_path: Path, source: str) -> None:
    """After its seconds a cell is interrupted, or its kernel killed, and told by notebook and cell with what to do."""
    error = ran(tmp_path, "1", source, "2", cell_timeout=2).error
    assert error is not None and (error.notebook, error.cell) == ("01-prints-period.ipynb", 5)
    assert "ran for more than 2 s" in str(error) and "cell_timeout" in str(error)


def test_the_seconds_of_a_cell_are_set_in_report_toml_and_by_option(tmp_path: Path) -> None:
    """report.toml gives how long a cell may run, the option more; what is no number of seconds is told by check."""
    root = copied_workspace(tmp_path / "workspace")
    settings = root / "data/2021H1/report.toml"
    good = settings.read_text(encoding="utf-8")
    for wrong in ("0", "true", '"1"', "-1", "1.5"):
        settings.write_text(f"cell_timeout = {wrong}\n{good}", encoding="utf-8")
        done = Command(root)("check", "2021H1")
        assert done.returncode == 1 and "a whole number above 0" in done.stdout, wrong
    settings.write_text(f"cell_timeout = 1\n{good}", encoding="utf-8")
    (path,) = (root / "notebooks").glob("*-lists.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "id": "x", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"].append({**cell, "source": "import time\ntime.sleep(3)"})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    done = Command(root)("run", "2021H1", "-f", "html", "-s", "lists")
    assert done.returncode == 1 and "02-lists.ipynb" in done.stderr and "more than 1 s" in done.stderr
    assert Command(root)("run", "2021H1", "-f", "html", "-s", "lists", "--cell-timeout", "100").returncode == 0


SCRIPTED = {
    "plotly": {"application/vnd.plotly.v1+json": {"data": []}, "text/html": SCRIPT, "text/plain": "Figure()"},
    "plotly alone": {"application/vnd.plotly.v1+json": {"data": []}},
    "bokeh": {"application/vnd.bokehjs_exec.v0+json": "", "application/javascript": "draw()"},
    "altair": {"application/vnd.vegalite.v5+json": {}, "text/plain": "alt.Chart(...)"},
    "vega": {"application/vnd.vega.v6+json": {}},
    "a page in the page": {"text/html": "<p>Make this Notebook Trusted to load map</p><iframe srcdoc='x'></iframe>"},
    "a script alone": {"text/html": f"<style>p {{}}</style>{SCRIPT}", "text/plain": "<Chart>"},
    "a canvas": {"text/html": "<canvas id='c'></canvas>"},
}


@pytest.mark.parametrize("bundle", SCRIPTED.values(), ids=SCRIPTED.keys())
def test_what_only_a_script_could_draw_is_known(bundle: dict[str, Any]) -> None:
    """An output that needs a script is told from others by its forms, and is none with a picture among them."""
    assert script_of({"data": bundle})
    assert not script_of({"data": {**bundle, "image/png": PNG}})


def test_what_only_a_script_could_draw_is_an_error_or_its_picture(tmp_path: Path) -> None:
    """An output without a picture names its cell; with a picture in its bundle, or tagged remove-cell, it does not."""
    show = "from IPython.display import display\n" + "\n".join(
        f"display({bundle}, raw=True)" for bundle in SCRIPTED.values()
    )
    error = ran(tmp_path / "bare", show).error
    assert error is not None and (error.notebook, error.cell) == ("01-prints-period.ipynb", 4)
    assert "only a script in a browser could draw" in str(error)
    pictured = show.replace("display({", f"display({{'image/png': {PNG!r}, ")
    assert ran(tmp_path / "pictured", pictured).error is None
    assert ran(tmp_path / "removed", show, tags=("remove-cell",)).error is None


HARMLESS = {
    "styled table": {"text/html": "<style>td {}</style><table><tr><td>1</td></tr></table>"},
    "a picture in HTML": {"text/html": "<script>x()</script><img alt='a' src='data:,'>"},
    "words beside a script": {"text/html": "<p>words</p><script>x()</script>"},
    "a comparison": {"text/html": "1 &lt; 2"},
    "nothing": {"text/html": ""},
    "text": {"text/plain": "<script>"},
}


@pytest.mark.parametrize("bundle", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_a_page_can_show_is_no_error(bundle: dict[str, Any]) -> None:
    """Outputs that say something without a script pass."""
    assert not script_of({"data": bundle})


FOREIGN = [
    {"name": "conda-env-report-py", "display_name": "Python [conda env:report]", "language": "python"},
    {"name": "venv-2023", "display_name": "venv"},
    {"name": "python311", "display_name": "Python 3.11", "language": "Python"},
    {},
]


@pytest.mark.parametrize("spec", FOREIGN, ids=lambda spec: spec.get("name", "none"))
@WARM_AND_COLD
def test_a_foreign_kernel_name_runs_here(tmp_path: Path, spec: dict[str, str], cold: bool) -> None:
    """A notebook saved in somebody's environment of another name runs in this one."""
    one = ran(tmp_path, "print('here')", kernelspec=spec, cold=cold)
    assert one.error is None and "".join(outputs(one)[-1]["text"]) == "here\n"


def test_another_language_is_told_by_its_kernel(tmp_path: Path) -> None:
    """A notebook in a language whose kernel is not installed says which kernel is asked for."""
    one = ran(tmp_path, "1", kernelspec={"name": "ir", "display_name": "R", "language": "R"})
    assert one.error is not None and "ir" in str(one.error)


def test_what_cells_say_on_the_side_is_told_and_stays_out_of_the_report(tmp_path: Path) -> None:
    """Warnings never reach the report, print only where the cell is tagged so; both are told with notebook and cell, again
    where nothing has changed; a picture without a text is told too."""
    root = copied_workspace(tmp_path / "workspace")
    (path,) = (root / "notebooks").glob("*-lists.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    before = len(notebook["cells"])
    cell = {"cell_type": "code", "outputs": [], "execution_count": None}
    added = [
        ("import warnings\nwarnings.warn('库的提示甲')\nprint('打印的乙')", []),
        ("import sys\nprint('给读者的丙')\nprint('提示丁', file=sys.stderr)", ["show-output"]),
        ("print('分析员的戊')", ["remove-cell"]),
        (f"from IPython.display import display\ndisplay({{'image/png': {PNG!r}}}, raw=True)", []),
        (
            f"display({{'image/png': {PNG!r}}}, raw=True, metadata={{'image/png': {{'alt': '一个点'}}}})",
            [],
        ),
    ]
    for number, (source, tags) in enumerate(added):
        notebook["cells"].append({**cell, "id": f"a{number}", "metadata": {"tags": tags}, "source": source})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    for _ in range(2):
        done = Command(root)("run", "2021H1", "-f", "html", "--lang", "zh")
        assert done.returncode == 0, done.stderr
        page = (root / "outputs/2021H1/report.html").read_text(encoding="utf-8")
        assert [word in page for word in ("库的提示甲", "打印的乙", "给读者的丙", "提示丁", "分析员的戊")] == [
            0,
            0,
            1,
            0,
            0,
        ]
        told = [line for line in done.stdout.splitlines() if "02-lists.ipynb" in line]
        assert [f"第{before + place}单元格" in line for place, line in zip((1, 1, 2, 4), told, strict=True)] == [
            True
        ] * 4
        words = ("打印的乙", "库的提示甲", "提示丁", "没有替代文字")
        assert sorted(words) == sorted(word for word in words for line in told if word in line)


DRAWN = """
import io, warnings
from matplotlib.figure import Figure
import matplotlib
with warnings.catch_warnings(record=True) as missing:
    warnings.simplefilter("always")
    axes = Figure().subplots()
    axes.set_title("办件量（件）abc")
    axes.figure.savefig(io.BytesIO(), format="png")
print([str(one.message)[:60] for one in missing], matplotlib.rcParams["font.family"])
"""
FACES = "[] ['sans-serif', 'Noto Sans SC']\n"
IMPORTS = {
    "first": "import pipeline.notebook",
    "last": "import matplotlib.pyplot\nimport pipeline.notebook",
    "never": "",
}


@WARM_AND_COLD
@pytest.mark.parametrize("imports", IMPORTS.values(), ids=IMPORTS.keys())
def test_what_matplotlib_draws_has_the_chinese_face(tmp_path: Path, imports: str, cold: bool) -> None:
    """In every kernel a chart of the analyst's own shows Chinese, in whichever order the libraries were imported."""
    one = ran(tmp_path, f"{imports}\n{DRAWN}", cold=cold)
    assert one.error is None and "".join(outputs(one)[-1]["text"]) == FACES


def test_jupyterlabs_kernel_has_the_chinese_face() -> None:
    """A kernel that is none of ours has the face as soon as the package is imported."""
    script = f"from pipeline import Section\n{DRAWN}"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == FACES


OVERLAPPING = "<table><tr><td>1</td><td rowspan=2>2</td></tr><tr><td colspan=2>3</td></tr></table>"
MENDED = {
    "an empty heading": ("##\n\n字", "heading-empty"),
    "a heading of blanks": ("## \u3000 ##", "heading-empty"),
    "an empty heading in HTML": (f"HTML({'<h3> </h3><p>字</p>'!r})", "heading-empty"),
    "a heading that a cell words": ("heading(2, '')", "heading-empty"),
    "cells over each other": (f"HTML({OVERLAPPING!r})", "cells-overlap"),
    "cells over each other in a text cell": (OVERLAPPING, "cells-overlap"),
    "merged cells": (f"HTML({OVERLAPPING.replace('colspan=2', 'colspan=1')!r})", ""),
    "a mark of code": ("```\n##\n```", ""),
}


def added(root: Path, sources: list[str]) -> int:
    """Put cells at the end of a section's notebook; how many stood there before."""
    (path,) = (root / "notebooks").glob("*-lists.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    before = len(notebook["cells"])
    for number, source in enumerate(sources):
        is_code = source.startswith(("HTML(", "heading(", "say(", "SVG("))
        cell = {"cell_type": "code", "outputs": [], "execution_count": None} if is_code else {"cell_type": "markdown"}
        head = "from IPython.display import HTML, SVG\nfrom pipeline import heading, say\n" if is_code else ""
        notebook["cells"].append({**cell, "id": f"a{number}", "metadata": {}, "source": head + source})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return before


def test_what_is_mended_of_headings_and_tables_is_told_with_notebook_and_cell(tmp_path: Path) -> None:
    """Empty headings and cells that lie over each other are set as well as can be, and told by notebook and cell."""
    root = copied_workspace(tmp_path / "workspace")
    before = added(root, [source for source, _ in MENDED.values()])
    done = Command(root)("run", "2021H1", "--json")
    assert done.returncode == 0, done.stderr
    found = [one for one in json.loads(done.stdout)["findings"] if one["code"] in ("heading-empty", "cells-overlap")]
    told = {one["cell"] - before: (one["file"], one["code"]) for one in found}
    wanted = enumerate((code for _, code in MENDED.values()), 1)
    assert told == {number: ("02-lists.ipynb", code) for number, code in wanted if code}


SMALL_DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='20'><text y='15'>甲😀</text></svg>"


@pytest.mark.parametrize("source", ["say('好的😀呀')", "say('😀')", f"SVG({SMALL_DRAWING!r})"])
def test_what_only_the_page_shows_cannot_be_set_is_told_with_notebook_and_cell(tmp_path: Path, source: str) -> None:
    """A character that no font has and that a cell itself makes is told by notebook, cell and the words around it."""
    root = copied_workspace(tmp_path / "workspace")
    before = added(root, [source])
    done = Command(root)("run", "2021H1", "-f", "pdf")
    assert done.returncode == 1
    assert f"02-lists.ipynb, cell {before + 1}: no font has '😀' U+1F600" in done.stderr
