"""The shape of the house: who may import whom, what a start costs, what tests promise."""

import ast
import json
import re
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"
# Top to bottom; rooms of one floor stand side by side and do not know each other.
FLOORS = [
    {"__main__"},
    {"cli", "lab"},
    {"preview", "batch"},
    {"manual", "report"},
    {"publish"},
    {"notebook", "archive", "begin"},
    {"vouch", "execute"},
    {"ledger", "render", "charts"},
    {"document", "personal", "pages"},
    {"workspace", "swap", "startup"},
    {"facts"},
    {"period", "report_settings"},
    {"errors"},
    {"input_file"},
    {"findings", "formats", "installed_code", "leftovers", "notebook_file", "own_files", "reads", "workbook_file"},
    {"renaming"},
]
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOK_ROOMS = {
    "notebook", "ledger", "charts", "document", "personal", "facts", "period", "workspace", "findings", "errors",
    "input_file", "report_settings",
}  # fmt: skip
NOT_IN_A_KERNEL = {"papermill", "nbconvert", "click", "nbformat", "nbclient"}
MOST_LINES = 300
# The same part of the page, the PDF and the Word document has the same name in each.
PARTS_OF_A_FORM = {"blocks", "document", "inline", "mathematics", "tables"}
FORMS = {"web", "typst", "word"}


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "__init__" if parts == ("__init__",) else parts[0]


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {module_name(path): path for path in MODULES}


def imported_modules(path: Path, *, at_start: bool = False) -> set[str]:
    """The modules of the package that a module imports: anywhere in it, or ``at_start``, as it is loaded itself."""
    package = module_name(path).split(".")[: None if path.name == "__init__.py" else -1]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in loaded_with(tree) if at_start else ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        base = package[: len(package) - node.level + 1] if node.level else []
        target = ".".join([*base, *filter(None, [node.module])])
        for alias in node.names:
            name = f"{target}.{alias.name}" if f"{target}.{alias.name}" in NAMES else target
            found |= {name} & NAMES.keys()
    return found - {module_name(path)}


def loaded_with(tree: ast.Module) -> list[ast.stmt]:
    """The statements that run when a module is loaded, those for type checkers aside."""
    found = []
    for node in tree.body:
        typing = isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        found += [] if typing else [node]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path):
    """A module imports its own room and rooms below it, never one above or beside."""
    here = room(path)
    if here == "__init__":
        return  # the face of the package names what analysts import
    assert here in FLOOR, f"{here} has no floor yet; give it one in FLOORS and in docs/design.md"
    rooms = {name.split(".")[1] for name in imported_modules(path) if "." in name}
    wrong = {other for other in rooms if other != here and FLOOR[other] <= FLOOR[here]}
    assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


def test_forked_kernels_have_one_way_in():
    """Nobody reaches behind the short face of ``execute/kernels``: what is behind it can be mended alone."""
    kernels = "pipeline.execute.kernels"
    inside = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        if not module_name(path).startswith(kernels)
        for name in imported_modules(path)
        if name.startswith(f"{kernels}.")
    ]
    assert not inside


def test_no_module_leads_back_to_itself():
    """No chain of imports that run at start leads from a module back to it, inside rooms either."""
    imports = {name: imported_modules(path, at_start=True) for name, path in NAMES.items() if name != "pipeline"}
    done: set[str] = set()

    def visit(name: str, chain: tuple[str, ...]) -> None:
        assert name not in chain, " -> ".join((*chain[chain.index(name) :], name))
        if name not in done:
            for other in sorted(imports.get(name, ())):
                visit(other, (*chain, name))
            done.add(name)

    for name in sorted(imports):
        visit(name, ())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_stay_small(path):
    """No module is longer than can be read in one go."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_a_name_means_one_thing():
    """Two modules have one name only where they are the same part of the page, the PDF and the Word document."""
    places = defaultdict(list)
    for path in MODULES:
        if path.stem not in ("__init__", "__main__"):
            places[path.stem].append(path)
    for name, paths in places.items():
        same_part = name in PARTS_OF_A_FORM and len({path.parent for path in paths}) == len(paths)
        assert len(paths) == 1 or (same_part and {path.parent.name for path in paths} <= FORMS), paths


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
        "lxml",
    }
    assert not loaded_by("import pipeline.cli") & heavy
    assert not loaded_by("import pipeline") & heavy


def test_checking_ordinary_data_opens_no_font():
    """Which characters fonts have is asked for rare characters alone: else a check loads neither Typst nor fontTools."""
    checked = (
        "from pipeline.period import Period\nfrom pipeline.report import check\nfrom pipeline.workspace import Workspace\n"
        f"assert check(Workspace.at({str(ROOT)!r}), Period.parse('2021H1'))"
    )
    assert not loaded_by(checked) & {"typst", "fontTools"}


def test_a_notebook_loads_nothing_of_the_machinery():
    """A kernel that imports the notebook API has loaded no papermill, nbconvert or click."""
    assert not loaded_by("from pipeline import Section, bar_chart") & NOT_IN_A_KERNEL


def test_the_face_of_the_package_is_what_it_says():
    """Every name the package promises is there, documented, and the list is in order."""
    import pipeline

    assert pipeline.__all__ == sorted(pipeline.__all__)
    for name in pipeline.__all__:
        assert getattr(pipeline, name).__doc__, f"{name} has no docstring"


def undocumented(body: list[ast.stmt], at: str = "") -> list[str]:
    """The public functions and classes, and the public methods of classes, that do not say what they are."""
    found = []
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        again = any(ast.unparse(each) in ("overload", f"{node.name}.setter") for each in node.decorator_list)
        found += [] if again or ast.get_docstring(node) else [f"{at}{node.name}"]
        found += undocumented(node.body, f"{at}{node.name}.") if isinstance(node, ast.ClassDef) else []
    return found


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_what_others_use_says_what_it_is(path):
    """Every module, public function and public class begins with a sentence; types that are ignored say why."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree) or path.name == "__main__.py"
    assert not undocumented(tree.body)
    ignored = [line for line in text.splitlines() if "# type: ignore" in line]
    assert [line for line in ignored if not re.search(r"# type: ignore\[[\w, -]+\]  # \S", line)] == []


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


NOTEBOOKS = sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(PACKAGE / "begin" / "files").rglob("*.ipynb")])


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
    assert lengths[len(lengths) // 2] <= 5
    assert lengths[-1] <= 25


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_for_people_who_do_not_program(path):
    """No cell defines a function, named or not: words of a row are text with fields, longer work is done by the package."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [ast.parse("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    assert not [node for tree in code for node in ast.walk(tree) if isinstance(node, ast.Lambda | ast.FunctionDef)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_text_leads_into_every_result(path):
    """No more than two code cells stand together: between them a text cell says what comes."""
    kinds = [cell["cell_type"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    assert not any(one == two == three == "code" for (one, two), (_, three) in pairwise(pairwise(kinds[3:])))


def test_no_two_test_modules_have_one_name():
    """pytest cannot collect two modules of one name from folders that are no packages."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))
