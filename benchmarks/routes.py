"""The contestants: what each makes, in which environment, by which commands."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .environments import OWN, Environment, environment

ROOT = Path(__file__).resolve().parents[1]
PERIOD = "2021H1"
HERE = Path(__file__).with_name("contestants")
_SKIPPED = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__", "outputs", ".halfyear-cache")


@dataclass(frozen=True)
class Route:
    """One way to some result.

    Attributes:
        key, shown: its name in options and in tables. makes: what is there at its end.
        stages: (name, command); they run one after another in ``folder``, a workspace of the route's own.
        before: called before each round, not timed; puts back what the last round changed.
        first: called once, not timed.
        unavailable: why it cannot be compared, or "".
    """

    key: str
    shown: str
    makes: str
    folder: Path
    stages: tuple[tuple[str, tuple[str, ...]], ...] = ()
    before: Callable[[], None] = lambda: None
    first: Callable[[], None] = lambda: None
    env: dict[str, str] = field(default_factory=dict)
    unavailable: str = ""
    versions: dict[str, str] = field(default_factory=dict)


def workspace(folder: Path) -> Path:
    """A copy of the project's workspace in ``folder``."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=_SKIPPED)
    return folder


def notebooks(folder: Path) -> list[str]:
    """The section notebooks of a workspace, relative to it."""
    return sorted(f"notebooks/{path.name}" for path in (folder / "notebooks").glob("[0-9]*-*.ipynb"))


def routes(work: Path, cache: Path, wanted: Callable[[str], bool]) -> Iterable[Route]:
    """Those that are ``wanted`` by key; environments are made for them alone."""
    makers = {
        "pass": _pass,
        "help": _help,
        "fresh-all": _unchanged,
        "one-cell": _one_cell,
        "run": _run,
        "run-cold": _run_cold,
        "floor": _floor,
        "programs": _programs,
        "render": _render,
        "typed": _typed,
        "nbconvert-execute": _nbconvert_execute,
        "jupyter-book": _jupyter_book,
        "nbprint": _nbprint,
        "sections": _sections,
        "papermill-loop": _papermill_loop,
        "jupyter-cache": _jupyter_cache,
        "ploomber-engine": _ploomber,
    }
    for key, make in makers.items():
        if wanted(key):
            yield make(key, work / key, cache)


def _env(folder: Path) -> dict[str, str]:
    return {
        "PYTHONPATH": str(ROOT),
        "HALFYEAR_WORKSPACE": str(folder),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


def _halfyear(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pipeline", *arguments)


def _emptied(folder: Path, *names: str) -> Callable[[], None]:
    """Remove ``names`` from the route's workspace."""
    return lambda: [shutil.rmtree(folder / name, ignore_errors=True) for name in names] and None


def _ours(key: str, shown: str, folder: Path, *options: str, before: Callable[[], None] | None = None) -> Route:
    forget = _emptied(workspace(folder), ".halfyear-cache", "outputs")
    stages = (("run", _halfyear("run", PERIOD, "--json", *options)),)
    return Route(key, shown, "HTML, PDF, DOCX", folder, stages, before or forget, env={"PYTHONPATH": str(ROOT)})


def _run(key: str, folder: Path, cache: Path) -> Route:
    return _ours(key, "halfyear run, nothing cached", folder)


def _run_cold(key: str, folder: Path, cache: Path) -> Route:
    return _ours(key, "halfyear run --cold, nothing cached", folder, "--cold")


def _unchanged(key: str, folder: Path, cache: Path) -> Route:
    return _ours(key, "halfyear run, nothing changed", folder, before=lambda: None)


def _one_cell(key: str, folder: Path, cache: Path) -> Route:
    """One figure of one table changed since the last run, to a value that was never there before."""
    numbers = iter(range(1000, 10_000))

    def change() -> None:
        file = folder / "data" / PERIOD / "tables" / "outreach.csv"
        lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        cells = lines[2].split(",")
        cells[lines[0].split(",").index("接待群众")] = f"{next(numbers)}"
        file.write_text("".join([*lines[:2], ",".join(cells), *lines[3:]]), encoding="utf-8-sig")

    return _ours(key, "halfyear run, one table cell changed", folder, before=change)


def _pass(key: str, folder: Path, cache: Path) -> Route:
    folder.mkdir(parents=True, exist_ok=True)
    return Route(key, "python -c pass", "nothing", folder, (("run", (sys.executable, "-c", "pass")),))


def _help(key: str, folder: Path, cache: Path) -> Route:
    return Route(
        key,
        "halfyear --help",
        "nothing",
        workspace(folder),
        (("run", _halfyear("--help")),),
        env={"PYTHONPATH": str(ROOT)},
    )


def _floor(key: str, folder: Path, cache: Path) -> Route:
    command = ("taskset", "--cpu-list", "0", sys.executable, str(HERE / "floor.py"), "notebooks", PERIOD)
    shown = "floor: the cells in one plain Python process, one processor"
    return Route(key, shown, "results in memory", workspace(folder), (("execute", command),), env=_env(folder))


def _programs(key: str, folder: Path, cache: Path) -> Route:
    """pandoc and Typst on a finished report; what they read is made once beforehand."""
    workspace(folder)
    peer = environment(cache, "pypandoc-binary", f"typst=={OWN.versions('typst')['typst']}")

    def first() -> None:
        from .programs_input import write_input

        write_input(folder, PERIOD)

    stages = tuple((name, (str(peer.python), str(HERE / "programs.py"), name)) for name in ("docx", "pdf"))
    shown = "pandoc and Typst on the finished text"
    return Route(
        key, shown, "DOCX, PDF", folder, stages, first=first, env=_env(folder),
        unavailable=peer.missing, versions={} if peer.missing else peer.versions("pypandoc-binary", "typst"),
    )  # fmt: skip


def _render(key: str, folder: Path, cache: Path) -> Route:
    """The executed report rendered; it is made once beforehand."""
    workspace(folder)

    def first() -> None:
        from pipeline.period import Period
        from pipeline.report import Request, build
        from pipeline.workspace import Workspace

        build(Request(Workspace.at(folder), Period.parse(PERIOD), output=folder))

    command = (sys.executable, str(HERE / "render.py"), f"{PERIOD}/report.ipynb")
    shown = "halfyear, rendering alone (start and end: imports, fonts)"
    return Route(
        key, shown, "HTML, PDF, DOCX", folder, (("render", command),), first=first, env={"PYTHONPATH": str(ROOT)}
    )


def _typed(key: str, folder: Path, cache: Path) -> Route:
    """What a user would type: papermill a notebook, merge, convert."""
    files = notebooks(workspace(folder))
    jupyter, papermill = OWN.program("jupyter"), OWN.program("papermill")
    run = [
        (papermill, file, f"done/{Path(file).name}", "-p", "period", PERIOD, "--cwd", "notebooks", "--no-progress-bar")
        for file in files
    ]
    merge = (sys.executable, str(HERE / "merge.py"), *(one[2] for one in run), "report.ipynb")
    convert = (jupyter, "nbconvert", "--to", "html", "--no-input", "report.ipynb")
    stages = (*(("execute", one) for one in run), ("stitch", merge), ("html", convert))
    shown = "papermill CLI per notebook, merge script, nbconvert CLI"
    (folder / "done").mkdir()
    return Route(key, shown, "HTML", folder, stages, env=_env(folder))


def _nbconvert_execute(key: str, folder: Path, cache: Path) -> Route:
    command = (
        OWN.program("jupyter"),
        "nbconvert",
        "--execute",
        "--to",
        "html",
        "--no-input",
        *notebooks(workspace(folder)),
    )
    return Route(
        key,
        "jupyter nbconvert --execute --to html",
        "one HTML file a notebook",
        folder,
        (("run", command),),
        env=_env(folder),
    )


def _jupyter_book(key: str, folder: Path, cache: Path) -> Route:
    own = environment(cache, "jupyter-book<2")
    files = notebooks(workspace(folder))
    chapters = "".join(f"  - file: {file.removesuffix('.ipynb')}\n" for file in files[1:])
    (folder / "_toc.yml").write_text(
        f"format: jb-book\nroot: {files[0].removesuffix('.ipynb')}\nchapters:\n{chapters}", encoding="utf-8"
    )
    (folder / "_config.yml").write_text(
        "title: 报告\nexecute:\n  execute_notebooks: force\n  timeout: 300\nonly_build_toc_files: true\n",
        encoding="utf-8",
    )
    command = (own.program("jupyter-book"), "build", "--builder", "singlehtml", "--quiet", ".")
    shown = "jupyter-book 1 singlehtml, forced execution"
    return _peer(key, shown, "HTML with its assets", folder, [command], own, ("jupyter-book",), leftovers=("_build",))


def _nbprint(key: str, folder: Path, cache: Path) -> Route:
    """It takes one notebook, so the five are put one after another first."""
    own = environment(cache, "nbprint")
    merge = (str(own.python), str(HERE / "merge.py"), *notebooks(workspace(folder)), "report.ipynb")
    commands = [merge, (own.program("nbprint"), "report.ipynb")]
    return _peer(key, "merge script, nbprint", "HTML", folder, commands, own, ("nbprint",), leftovers=("outputs",))


def _sections(key: str, folder: Path, cache: Path) -> Route:
    command = (sys.executable, str(HERE / "sections.py"), str(workspace(folder)), "done", PERIOD)
    return Route(
        key,
        "halfyear, execution alone, nothing cached",
        "executed notebooks",
        folder,
        (("execute", command),),
        env={"PYTHONPATH": str(ROOT)},
    )


def _papermill_loop(key: str, folder: Path, cache: Path) -> Route:
    (workspace(folder) / "done").mkdir()
    command = (sys.executable, str(HERE / "papermill_loop.py"), "notebooks", "done", PERIOD)
    return Route(
        key, "papermill's API in a loop", "executed notebooks", folder, (("execute", command),), env=_env(folder)
    )


def _jupyter_cache(key: str, folder: Path, cache: Path) -> Route:
    own = environment(cache, "jupyter-cache")
    command = (str(own.python), str(HERE / "side_by_side.py"), str(workspace(folder) / "notebooks"), "cached")
    shown = "jupyter-cache, executor local-parallel"
    return _peer(key, shown, "executed notebooks", folder, [command], own, ("jupyter-cache",), leftovers=("cached",))


def _ploomber(key: str, folder: Path, cache: Path) -> Route:
    """In-process execution: there is no kernel, so the commands run where the cells expect to be."""
    own = environment(cache, "ploomber-engine", "papermill")
    (workspace(folder) / "done").mkdir()
    options = ("-p", "period", PERIOD, "--engine", "profiling", "--no-progress-bar")
    names = [Path(file).name for file in notebooks(folder)]
    commands = [(own.program("papermill"), name, f"../done/{name}", *options) for name in names]
    shown = "ploomber-engine through papermill's CLI, per notebook"
    return _peer(
        key, shown, "executed notebooks", folder, commands, own, ("ploomber-engine", "papermill"), at="notebooks"
    )


def _peer(
    key: str,
    shown: str,
    makes: str,
    folder: Path,
    commands: list[tuple[str, ...]],
    own: Environment,
    packages: tuple[str, ...],
    *,
    at: str = ".",
    leftovers: tuple[str, ...] = (),
) -> Route:
    """A route in an environment of its own, whose kernelspec python3 is its own Python."""
    return Route(
        key,
        shown,
        makes,
        folder / at,
        tuple(("execute" if makes == "executed notebooks" else "run", command) for command in commands),
        before=_emptied(folder, *leftovers),
        env={**_env(folder), "PATH": f"{own.python.parent}:{os.environ['PATH']}"},
        unavailable=own.missing,
        versions={} if own.missing else own.versions(*packages),
    )
