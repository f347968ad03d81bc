"""What a notebook imports from the package is loaded when it is asked for, and a mistyped name is answered."""

import subprocess
import sys
from types import ModuleType

import pytest

import pipeline
from pipeline.notebook import help_at_hand


@pytest.fixture
def offered(monkeypatch):
    """How often help was offered."""
    times = []
    monkeypatch.setattr(help_at_hand, "offer", lambda: times.append(1))
    return times


def test_a_mistyped_name_brings_the_nearest_and_all_there_are():
    """Asked for what it does not have, the package says what was meant and what it has."""
    with pytest.raises(
        AttributeError, match=r"no attribute 'bar_chrat' .did you mean 'bar_chart'.*it has Fact, Section"
    ):
        _ = pipeline.bar_chrat
    assert dir(pipeline) == pipeline.__all__


@pytest.mark.parametrize(
    ("name", "helps"), [("Fact", True), ("bar_chrat", True), ("_private", False), ("ledger", False), ("cli", False)]
)
def test_help_is_offered_to_who_imports_what_notebooks_import(monkeypatch, offered, name, helps):
    """In IPython what notebooks import, or a slip of it, brings help; a name of Python's own or a room of the package does not."""
    monkeypatch.setitem(sys.modules, "IPython", ModuleType("IPython"))
    try:
        pipeline.__getattr__(name)
    except AttributeError:
        assert name != "Fact"
    assert bool(offered) is helps


def test_no_help_is_offered_outside_ipython(monkeypatch, offered):
    """A script has nobody who types."""
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    pipeline.__getattr__("Fact")
    assert not offered


def test_the_package_runs_as_a_command_and_is_imported_as_none():
    """``python -m pipeline`` is the command; importing that module starts nothing."""
    for call, said in ((["-m", "pipeline", "--version"], "halfyear "), (["-c", "import pipeline.__main__"], "")):
        done = subprocess.run([sys.executable, *call], capture_output=True, text=True, check=True)
        assert done.stdout.startswith(said) and bool(done.stdout) is bool(said)
