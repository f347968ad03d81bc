"""A section that fails: the others run on, the place is exact, the evidence stays."""

from __future__ import annotations

import json

import pytest

from pipeline.errors import SectionError
from tests.execute.conftest import Bench


def fail(bench: Bench, name: str, **options: object) -> SectionError:
    [ran] = bench.put(name).run(**options)
    assert isinstance(ran.error, SectionError)
    return ran.error


@pytest.mark.parametrize(
    ("name", "cell", "line", "what"),
    [
        ("fails-in-function", 5, 2, "ZeroDivisionError: division by zero"),
        ("fails-in-own-function", 3, 2, "ZeroDivisionError: division by zero"),
        ("fails-in-parameters", 2, 2, "NameError: name 'undefined_name' is not defined"),
        ("syntax-error", 3, 2, "SyntaxError: invalid syntax"),
        ("exits-quietly", 3, 0, "SystemExit: 0"),
        ("kernel-dies", 3, 0, "the kernel died while the cell ran"),
    ],
)
def test_place_is_that_of_the_source_notebook(bench: Bench, name: str, cell: int, line: int, what: str) -> None:
    """Cell and line are counted in the notebook as its author sees it, without the injected parameters."""
    error = fail(bench, name)
    assert (error.section, error.notebook, error.cell, error.line) == (name, f"01-{name}.ipynb", cell, line)
    assert f"01-{name}.ipynb, cell {cell}{f', line {line}' if line else ''}: {what}" in str(error)


def test_failure_shows_the_line_and_leaves_the_notebook(bench: Bench) -> None:
    """The message quotes the failing line; the executed notebook is kept with its traceback."""
    error = fail(bench, "fails-in-own-function")
    assert "return 1 / whole" in str(error)
    saved = json.loads((bench.into / "01-fails-in-own-function.ipynb").read_text(encoding="utf-8"))
    assert error.saved == str(bench.into / "01-fails-in-own-function.ipynb")
    [output] = [output for cell in saved["cells"] for output in cell.get("outputs", ())]
    assert output["ename"] == "ZeroDivisionError" and output["traceback"]


def test_one_failure_does_not_hide_the_others(bench: Bench) -> None:
    """Sections beside a failing one are executed and returned."""
    ran = bench.put("kernel-dies", "prints-period", "fails-in-function", "two-parameters").run()
    assert [one.error is None for one in ran] == [False, True, False, True]
    assert bench.printed(ran[3]) == "2020H2 3\n"


@pytest.mark.parametrize("cold", [False, True])
def test_dead_kernel_passes_on_its_last_words(bench: Bench, cold: bool) -> None:
    """What a dying kernel wrote to standard error is in the message, warm or cold, and is not on ours."""
    assert "last words" in str(fail(bench, "kernel-dies", cold=cold))


def test_kernels_do_not_write_to_our_terminal(bench: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    """A run leaves standard output and error to the command."""
    bench.put("kernel-dies", "warns", "fails-in-function").run()
    assert capfd.readouterr() == ("", "")
