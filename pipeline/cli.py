"""The command ``halfyear``: parse, call, print, exit code."""

from __future__ import annotations

import json
import os
import sys
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .errors import DataError, HalfyearError, UsageError
from .period import Period
from .workspace import Workspace

if TYPE_CHECKING:
    from .build import Built
    from .ledger import Problem

app = typer.Typer(
    name="halfyear",
    help="From a half-year's ledgers and notebooks to one work report: HTML, PDF and DOCX.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(str, Enum):
    """A form the report can take."""

    html = "html"
    pdf = "pdf"
    docx = "docx"


class Language(str, Enum):
    """The language of messages about data and prose."""

    zh = "zh"
    en = "en"


PeriodArgument = Annotated[str, typer.Argument(metavar="PERIOD", help="The half-year, written like 2021H1.")]
WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", "-w", metavar="DIR", help="The folder with notebooks/ and data/. [default: the one around here]"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
LanguageOption = Annotated[
    Language | None, typer.Option("--lang", help="Language of messages about data. [default: the locale's, else en]")
]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


@app.command()
def run(
    period: PeriodArgument,
    workspace: WorkspaceOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write DIR/PERIOD instead of outputs/PERIOD.")
    ] = None,
    format: Annotated[
        list[Format] | None, typer.Option("--format", "-f", help="Only this format; may be repeated.")
    ] = None,
    section: Annotated[
        list[str] | None, typer.Option("--section", "-s", metavar="NAME", help="Only this section; may be repeated.")
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A further notebook parameter; may be repeated."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Sections run side by side. [default: one a processor, at most 5]"),
    ] = None,
    cold: Annotated[bool, typer.Option("--cold", help="Start ordinary kernels, not warm ones.")] = False,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Build the report of PERIOD (html, pdf, docx) into outputs/PERIOD."""
    from .build import FORMATS, Request, build
    from .progress import Progress

    request = Request(
        workspace=_workspace(workspace),
        period=Period.parse(period),
        formats=tuple(dict.fromkeys(one.value for one in format)) if format else FORMATS,
        sections=tuple(section or ()),
        output=output,
        parameters=_parameters(parameter or []),
        jobs=jobs,
        cold=cold,
    )
    with Progress(quiet=as_json) as progress:
        built = build(request, on_progress=progress.section, on_stage=progress.stage)
    _print_built(built, _language(lang), as_json=as_json)
    if built.failures:
        raise typer.Exit(1)


@app.command()
def check(
    period: PeriodArgument,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say every problem in the data of PERIOD; no kernel is started."""
    from .build import check as check_data

    problems = check_data(_workspace(workspace), Period.parse(period))
    _print_problems(problems, _language(lang), as_json=as_json)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(1)


@app.command()
def new(
    period: PeriodArgument,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="PERIOD", help="Carry over from this half-year. [default: the newest before]"),
    ] = None,
    xlsx: Annotated[
        bool, typer.Option("--xlsx", help="One workbook with a sheet a table instead of CSV files.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Make the folder of a new half-year, ready to be filled in; nothing is overwritten."""
    from . import ledger

    place = _workspace(workspace)
    written = ledger.new(place, Period.parse(period), from_=Period.parse(from_) if from_ else None, xlsx=xlsx)
    names = [path.relative_to(place.root).as_posix() for path in written]
    typer.echo(
        json.dumps({"written": names}, ensure_ascii=False, indent=2)
        if as_json
        else "\n".join(["made:", *(f"  {name}" for name in names)])
    )
    if not as_json:
        typer.echo(f"Fill in the tables, then: halfyear check {period}, halfyear run {period}")


def _workspace(folder: Path | None) -> Workspace:
    return Workspace.at(folder) if folder else Workspace.find()


def _language(chosen: Language | None) -> str:
    if chosen:
        return chosen.value
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def _parameters(given: list[str]) -> dict[str, Any]:
    pairs = [one.partition("=") for one in given]
    for name, equals, _ in pairs:
        if not equals or not name.isidentifier():
            msg = f"--parameter {name!r} is not NAME=VALUE; write for example --parameter period=2021H1"
            raise UsageError(msg)
    return {name: value for name, _, value in pairs}


def _print_problems(problems: list[Problem], lang: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([problem.as_dict(lang) for problem in problems], ensure_ascii=False, indent=2))
        return
    file = ""
    for problem in problems:
        if problem.file != file:
            file = problem.file
            typer.echo(file)
        typer.echo(f"  {problem.severity}: {problem.text(lang)}")
    errors = sum(problem.severity == "error" for problem in problems)
    typer.echo(f"{errors} errors, {len(problems) - errors} warnings" if problems else "no problems")


def _print_built(built: Built, lang: str, *, as_json: bool) -> None:
    if as_json:
        result = {
            "folder": str(built.folder),
            "files": built.files,
            "facts": built.facts,
            "seconds": {name: round(seconds, 3) for name, seconds in built.stages.items()},
            "sections": [
                {
                    "name": one.section.name,
                    "seconds": round(one.seconds, 3),
                    "error": str(one.error) if one.error else None,
                }
                for one in built.sections
            ],
            "warnings": [problem.as_dict(lang) for problem in built.warnings],
        }
        typer.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    if built.warnings:
        typer.echo(f"{len(built.warnings)} warnings about the data: halfyear check tells them")
    for error in built.failures:
        typer.echo(f"error: {error}", err=True)
    total = sum(built.stages.values())
    typer.echo("  ".join(f"{name} {seconds:.2f} s" for name, seconds in built.stages.items()))
    state = (
        f"a draft without {len(built.failures)} section(s); the finished report was left as it was"
        if built.failures
        else f"{built.facts} facts"
    )
    typer.echo(
        f"{built.folder}{os.sep}: {', '.join(name for name in built.files if '/' not in name)} ({state}, {total:.1f} s)"
    )


def _print_error(error: HalfyearError, arguments: list[str]) -> None:
    if isinstance(error, DataError) and error.problems:
        lang = "zh" if "--lang=zh" in arguments or ("--lang", "zh") in pairwise(arguments) else None
        _print_problems(list(error.problems), lang or _language(None), as_json="--json" in arguments)
        if "--json" in arguments:
            return
    typer.echo(f"error: {error}", err=True)


def main(arguments: list[str] | None = None) -> None:
    """Run the command; an error of ours becomes its message and exit code, a traceback only with ``--debug``."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        app(arguments)
    except HalfyearError as error:
        if "--debug" in arguments:
            raise
        _print_error(error, arguments)
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        typer.echo("stopped; the outputs are as they were", err=True)
        raise SystemExit(130) from None
    except Exception as error:
        if "--debug" in arguments:
            raise
        typer.echo(
            f"error: {type(error).__name__}: {error}\nThis is a fault of halfyear itself; --debug shows where.",
            err=True,
        )
        raise SystemExit(1) from None
