"""``python -m benchmarks.mutants``: change the package a little, many times, and see whether a test notices.

Which tests reach which line is measured once (``--measure``: the whole suite under coverage, in kernels and commands too)
and kept. A change is drawn by a seed, every room in turn; only the tests that reach its line are run, those nearest
the room and of few lines first. A change that means the same as the original stands in mutants.toml with the reason; all others that no
test notices are printed.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
EQUIVALENT = Path(__file__).with_name("mutants.toml")
FIRST_TESTS = 40  # of those that reach a line; the others are run only where these do not notice the change
PATIENCE = 240, 1800  # seconds for the first tests of one change, and for the others: one that hangs is noticed
_COVERAGE = """\
[run]
source_pkgs = pipeline
context = ${MEASURED_TEST}
parallel = true
patch = subprocess
    _exit
data_file = %s/data
"""


class Change(NamedTuple):
    """One line of the package, before and after."""

    file: str
    line: int
    kind: str
    before: str
    after: str

    @property
    def room(self) -> str:
        return self.file.split("/")[1].removesuffix(".py")

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.kind}\n  - {self.before.strip()}\n  + {self.after.strip()}"


def changes_of(path: Path) -> Iterator[Change]:
    """Every small change that can be made to one line of a module."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(source)):
        for kind, part, text in _replacements(node, source):
            if part.lineno == part.end_lineno:
                before = lines[part.lineno - 1]
                raw = before.encode()
                after = (raw[: part.col_offset] + text.encode() + raw[part.end_col_offset :]).decode()
                if after != before:
                    yield Change(name, part.lineno, kind, before, after)


def _replacements(node: ast.AST, source: str) -> Iterator[tuple[str, ast.expr | ast.stmt, str]]:
    """(kind, the part replaced, its new text)."""

    def text(part: ast.AST) -> str:
        return ast.get_source_segment(source, part) or ""

    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARED:
            yield "compare", node, f"{text(left)} {_COMPARED[type(op)]} {text(right)}"
        case ast.BoolOp(op=op, values=[one, other, *_]):
            between = source.splitlines()[one.end_lineno - 1][one.end_col_offset :] if one.end_lineno else ""
            if between and one.lineno == node.end_lineno:
                words = (" and ", " or ") if isinstance(op, ast.And) else (" or ", " and ")
                yield "and-or", node, text(node).replace(*words, 1)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield "negate", test, f"not ({text(test)})"
        case ast.Constant(value=int(value)) if not isinstance(value, bool) and abs(value) < 100:
            yield "off-by-one", node, str(value + 1)
        case ast.Return(value=ast.expr()):
            yield "return-none", node, "return None"
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign():
            yield "delete-stmt", node, "pass"
        case ast.Call(args=[ast.expr() as one, ast.expr() as other], keywords=[]) if text(one) != text(other):
            if text(node.func) not in _IN_ANY_ORDER:
                yield "swap-args", node, f"{text(node.func)}({text(other)}, {text(one)})"


_IN_ANY_ORDER = ("max", "min", "contextlib.suppress")  # the greater of two is the same however they stand
_COMPARED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip


def drawn(seed: int, count: int, reached: dict[tuple[str, int], list[str]]) -> list[Change]:
    """``count`` changes of lines that tests reach, room by room in turn."""
    chance = random.Random(seed)
    rooms: dict[str, list[Change]] = {}
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        for change in changes_of(path):
            if (change.file, change.line) in reached:
                rooms.setdefault(change.room, []).append(change)
    for changes in rooms.values():
        chance.shuffle(changes)
    found: list[Change] = []
    while len(found) < count and any(rooms.values()):
        found += [change for changes in rooms.values() if changes and _is_python(change := changes.pop())]
    return found[:count]


def _is_python(change: Change) -> bool:
    try:
        ast.parse(changed(change))
    except SyntaxError:
        return False
    return True


def changed(change: Change) -> str:
    """The module's source with the change."""
    lines = (ROOT / change.file).read_text(encoding="utf-8").splitlines(keepends=True)
    lines[change.line - 1] = change.after + "\n"
    return "".join(lines)


def measure(folder: Path) -> None:
    """Run the whole suite once and keep which test reaches which line."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    settings = folder / "coveragerc"
    settings.write_text(_COVERAGE % folder, encoding="utf-8")
    (folder / "tell_the_test.py").write_text(_PLUGIN, encoding="utf-8")
    command = [sys.executable, "-m", "coverage", "run", f"--rcfile={settings}", "-m", "pytest", "-q"]
    command += ["-p", "tell_the_test", "-p", "no:cacheprovider", "--numprocesses", "auto", "--dist", "loadfile"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "MEASURED_TEST": "", "COVERAGE_RCFILE": str(settings)}
    subprocess.run(command, cwd=ROOT, env=environment, check=False)
    combine = [sys.executable, "-m", "coverage", "combine", f"--rcfile={settings}", "-q"]
    subprocess.run(combine, cwd=ROOT, check=True, env=environment)


# A process started by a test measures under that test's name; the test process itself changes the name as it goes on.
# What a shared fixture reaches is looked at by every test of the file, so it is measured under the file's name.
_PLUGIN = """\
import os
import coverage
import pytest

# What coverage hands on to processes has no test's name yet; they read the settings, and with them the name, anew.
os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
os.environ["COVERAGE_PROCESS_START"] = os.environ["COVERAGE_RCFILE"]

def pytest_runtest_logstart(nodeid, location):
    tell(nodeid)

@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    test = os.environ["MEASURED_TEST"]
    if fixturedef.scope != "function":
        tell(request._pyfuncitem.nodeid.partition("::")[0])
    made = yield
    tell(test)
    return made

def tell(name):
    os.environ["MEASURED_TEST"] = name
    running = coverage.Coverage.current()
    if running is not None:
        running.switch_context(name)
"""


_BEFORE_A_TEST = re.compile(r"\|(?=tests/)")  # a process's context stands before that of a test inside it


def reaching(folder: Path) -> dict[tuple[str, int], list[str]]:
    """(file, line) → the tests that reach it."""
    from coverage import CoverageData

    data = CoverageData(str(folder / "data"))
    data.read()
    found: dict[tuple[str, int], list[str]] = {}
    for name in data.measured_files():
        path = Path(name)
        if not path.is_relative_to(ROOT):
            continue
        for line, contexts in data.contexts_by_lineno(name).items():
            tests = sorted({_BEFORE_A_TEST.split(test)[-1] for test in contexts} - {""})
            if tests:
                found[path.relative_to(ROOT).as_posix(), line] = tests
    return found


def widths(reached: dict[tuple[str, int], list[str]]) -> Counter[str]:
    """How many lines each test reaches: one that reaches few is quick, and looks at what it reaches."""
    return Counter(test for tests in reached.values() for test in tests)


def nearest_first(change: Change, tests: list[str], width: Counter[str]) -> list[str]:
    """The tests that reach a change: those named like its room first, then few of each file, then all the others."""
    by_file: dict[str, list[str]] = {}
    for test in sorted(tests, key=lambda test: (width[test], test)):
        by_file.setdefault(test.partition("::")[0], []).append(test)
    files = sorted(by_file, key=lambda file: f"/{change.room}/" not in file and change.room not in file)
    share = max(2, FIRST_TESTS // max(1, len(files)))
    few = [test for file in files for test in by_file[file][:share]][:FIRST_TESTS]
    return [*few, *(test for test in tests if test not in set(few))]


def noticed(change: Change, tests: list[str]) -> str:
    """By what ``change`` is noticed: a test's name, ``time``, or "" where nothing notices it."""
    steps = zip((tests[:FIRST_TESTS], tests[FIRST_TESTS:]), PATIENCE, strict=True)
    return next((by for some, patience in steps if some and (by := _noticed(change, some, patience))), "")


def _noticed(change: Change, tests: list[str], patience: int) -> str:
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "outputs", ".halfyear-cache"))
        (tree / "outputs").mkdir()
        (tree / change.file).write_text(changed(change), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPATH"] = str(tree)
        try:
            done = subprocess.run(
                command, cwd=tree, env=environment, capture_output=True, text=True, timeout=patience, check=False
            )
        except subprocess.TimeoutExpired:
            return "time"
        if " not found: " in done.stderr or done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED:
            raise RuntimeError(f"{tests}: {done.stderr or done.stdout}")  # else each change would seem noticed
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return failed[0] if failed else "" if done.returncode == 0 else "it does not start"


def main() -> None:
    """Draw, run, print."""
    options = _options()
    if options.measure or not (options.cache / "data").exists():
        measure(options.cache)
    reached = reaching(options.cache)
    changes = drawn(options.seed, options.count, reached)
    known = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["same"] if EQUIVALENT.exists() else []
    same = {(one["file"], one["before"], one["after"]) for one in known}
    asked = [one for one in changes if (one.file, one.before.strip(), one.after.strip()) not in same]
    print(f"seed {options.seed}: {len(changes)} changes, {len(changes) - len(asked)} of them mean the same")
    width = widths(reached)
    with ThreadPoolExecutor(options.jobs) as pool:
        found = pool.map(lambda one: noticed(one, nearest_first(one, reached[one.file, one.line], width)), asked)
        missed = 0
        for change, by in zip(asked, found, strict=True):
            missed += not by
            print(f"{'noticed  ' if by else 'UNNOTICED'} {change}\n  {by}", flush=True)
    print(f"{len(asked) - missed} of {len(asked)} noticed ({(len(asked) - missed) / max(1, len(asked)):.1%})")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="which changes are drawn [default: %(default)s]")
    parser.add_argument("--count", type=int, default=120, help="how many [default: %(default)s]")
    parser.add_argument("--jobs", type=int, default=2, help="how many side by side [default: %(default)s]")
    parser.add_argument("--measure", action="store_true", help="measure anew which tests reach which line")
    cache = Path.home() / ".cache" / "halfyear-mutants"
    parser.add_argument("--cache", type=Path, default=cache, help="where that is kept [default: %(default)s]")
    return parser.parse_args()


if __name__ == "__main__":
    main()
