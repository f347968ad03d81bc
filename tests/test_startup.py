"""What a start leaves out is left out for good and nothing else, and what is loaded late is loaded once it is asked for."""

import subprocess
import sys
from types import ModuleType

import pytest

from pipeline import startup

FORMATS = ["isoduration", "rfc3986_validator", "rfc3987_syntax"]


@pytest.fixture
def modules(monkeypatch):
    """The modules of this process, which a test may change."""
    found = {name: module for name, module in sys.modules.items() if name.partition(".")[0] not in (*FORMATS, "black")}
    monkeypatch.setattr(sys, "modules", found)
    return found


@pytest.mark.parametrize(
    ("skip", "skipped"), [(startup.skip_formats, FORMATS), (startup.skip_optional, [*FORMATS, "black"])]
)
def test_what_is_skipped_cannot_be_imported(modules, skip, skipped):
    """Each is marked as not to be imported, and nothing else is."""
    skip()
    assert sorted(name for name, module in modules.items() if module is None and name in skipped) == sorted(skipped)
    assert ("black" in modules) == ("black" in skipped)


def test_what_is_loaded_already_stays(modules):
    """Whoever has imported one of them keeps it."""
    modules["isoduration"] = loaded = ModuleType("isoduration")
    startup.skip_formats()
    assert modules["isoduration"] is loaded


def test_a_module_is_loaded_late(monkeypatch):
    """Who imports it within gets a stand-in that has all it has; afterwards the module itself is imported."""
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with startup.loaded_late("colorsys"):
        import colorsys as stand_in
    assert "colorsys" not in sys.modules
    assert stand_in.rgb_to_hsv(1, 1, 1) == (0, 0, 1)
    assert sys.modules["colorsys"] is not stand_in


def test_a_module_that_is_there_is_no_stand_in():
    """What was imported before is what is imported within, and stays."""
    import colorsys

    with startup.loaded_late("colorsys"):
        assert sys.modules["colorsys"] is colorsys
    assert sys.modules["colorsys"] is colorsys


def test_garbage_is_looked_for_seldom_and_not_at_the_end():
    """Looked for after fifty thousand new objects; at the end of the process all that is there is left to the system."""
    script = (
        "import atexit, gc\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0))\n"  # what was asked first is done last
        "from pipeline.startup import seldom_look_for_circles\n"
        "before = gc.get_threshold()\n"
        "seldom_look_for_circles()\n"
        "print(gc.get_threshold() == (50_000, *before[1:]), gc.get_freeze_count() > 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "True"]
