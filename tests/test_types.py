"""What a type checker makes of the package, for those who import it."""

import ast
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pipeline

ROOT = Path(__file__).parents[1]


def test_a_notebook_is_checked_as_it_is_written():
    """A checker knows what each name of the face takes and gives: right cells pass in strict mode, wrong ones do not."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "tests/notebook_as_written.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_types_of_the_package_are_for_others_too():
    """The package says that its annotations may be relied on (PEP 561)."""
    assert (ROOT / "pipeline/py.typed").is_file()


def named_for_types(module):
    """The names that a module imports for a type checker alone."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    asked = (node for node in tree.body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
    imports = (each for node in asked for each in ast.walk(node) if isinstance(each, ast.Import | ast.ImportFrom))
    return {alias.asname or alias.name.partition(".")[0] for each in imports for alias in each.names}


def test_what_only_a_type_checker_needs_is_not_loaded():
    """No module loads, when it is imported, what it names for types alone: libraries that take a second, rooms above it."""
    modules = [pipeline, *(import_module(one.name) for one in pkgutil.walk_packages(pipeline.__path__, "pipeline."))]
    loaded = {module.__name__: vars(module).keys() & named_for_types(module) for module in modules}
    assert {name: found for name, found in loaded.items() if found} == {}
