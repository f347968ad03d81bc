"""The shape of the house: who may import whom, what a start costs, what tests promise."""

import ast
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"
# Top to bottom; rooms of one floor stand side by side and do not know each other.
FLOORS = [
    {"__main__"},
    {"cli"},
    {"preview", "progress", "console"},
    {"build"},
    {"notebook"},
    {"ledger", "execute", "render", "release"},
    {"facts"},
    {"workspace", "swap", "lean"},
    {"period"},
    {"errors"},
]
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOK_ROOMS = {"notebook", "ledger", "facts", "period", "workspace", "errors"}
NOT_IN_A_KERNEL = {"papermill", "nbconvert", "click", "nbformat", "nbclient"}


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "__init__" if parts == ("__init__",) else parts[0]


def imported_rooms(path: Path) -> set[str]:
    """The rooms of the package that a module imports, anywhere in it."""
    depth = len(path.relative_to(PACKAGE).parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            found |= {(node.module or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline."):
            found.add(node.module.split(".")[1])
    return found & set(FLOOR)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path):
    """A module imports its own room and rooms below it, never one above or beside."""
    here = room(path)
    if here == "__init__":
        return  # the face of the package names what analysts import
    assert here in FLOOR, f"{here} has no floor yet; give it one in FLOORS and in docs/design.md"
    wrong = {other for other in imported_rooms(path) if other != here and FLOOR[other] <= FLOOR[here]}
    assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


@pytest.mark.parametrize(
    "path", [p for p in MODULES if room(p) in NOTEBOOK_ROOMS], ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_what_a_kernel_imports_is_free_of_the_machinery(path):
    """What an analyst's kernel imports never names papermill, nbconvert, click or the like, not even lazily."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    names = {
        name.split(".")[0]
        for node in tree
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and node.level == 0
            else []
        )
    }
    assert not names & NOT_IN_A_KERNEL


def loaded_by(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after ``statement``."""
    script = (
        f"import sys\n{statement}\nimport json\nprint(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_command_starts_without_heavy_imports():
    """Reading the command line loads nothing of pandas, matplotlib, papermill, nbconvert, Jinja or Typst."""
    heavy = {
        "pandas",
        "numpy",
        "matplotlib",
        "papermill",
        "nbconvert",
        "nbformat",
        "jinja2",
        "typst",
        "pandera",
        "lxml",
    }
    assert not loaded_by("import pipeline.cli") & heavy
    assert not loaded_by("import pipeline") & heavy


def test_a_notebook_loads_nothing_of_the_machinery():
    """A kernel that imports the notebook API has loaded no papermill, nbconvert or click."""
    assert not loaded_by("from pipeline import Section, bar_chart") & NOT_IN_A_KERNEL


def test_the_face_of_the_package_is_what_it_says():
    """Every name the package promises is there, documented, and the list is in order."""
    import pipeline

    assert pipeline.__all__ == sorted(pipeline.__all__)
    for name in pipeline.__all__:
        assert getattr(pipeline, name).__doc__, f"{name} has no docstring"


def test_every_test_says_what_it_promises():
    """Each test function begins with a sentence that promises something."""
    silent = [
        f"{path.relative_to(ROOT)}::{node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not (ast.get_docstring(node) or "").strip()
    ]
    assert not silent


NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_for_reading(path):
    """A notebook has a title, then its parameters, then one import cell; short cells; no stored output."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert "".join(cells[0]["source"]).startswith("# ")
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code[0]["metadata"]["tags"] == ["parameters"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    imports = [cell for cell in code if any(line.startswith(("import ", "from ")) for line in cell["source"])]
    assert imports == [code[1]]
    lengths = sorted(len(cell["source"]) for cell in code)
    assert lengths[len(lengths) // 2] <= 7
    assert lengths[-1] <= 35


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_text_leads_into_every_result(path):
    """No more than two code cells stand together: between them a text cell says what comes."""
    kinds = [cell["cell_type"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    assert not any(one == two == three == "code" for (one, two), (_, three) in pairwise(pairwise(kinds[3:])))
