"""The command ``halfyear``: parse, call, print, exit code."""

from __future__ import annotations

import os
import sys
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer

from . import console
from .errors import HalfyearError, UsageError
from .lean import skip_optional
from .period import Period
from .workspace import Workspace

app = typer.Typer(
    name="halfyear",
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


class Edition(str, Enum):
    """For whom a report is."""

    internal = "internal"
    public = "public"


class Language(str, Enum):
    """The language of messages about data and prose."""

    zh = "zh"
    en = "en"


def _version(asked: bool) -> None:
    """Say which release this is, and end."""
    if asked:
        from importlib.metadata import version

        typer.echo(f"halfyear {version('halfyear')}")
        raise typer.Exit


PeriodArgument = Annotated[str, typer.Argument(metavar="PERIOD", help="The half-year, written like 2021H1.")]
WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", "-w", metavar="DIR", help="The folder with notebooks/ and data/. [default: the one around here]"
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="DIR", help="The report's place is DIR/PERIOD, not outputs/PERIOD."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
LanguageOption = Annotated[
    Language | None, typer.Option("--lang", help="Language of messages about data. [default: the locale's, else en]")
]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


@app.callback()
def halfyear(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """From a half-year's ledgers and notebooks to one work report: HTML, PDF and DOCX."""


@app.command()
def run(
    period: PeriodArgument,
    workspace: WorkspaceOption = None,
    output: OutputOption = None,
    format: Annotated[
        list[Format] | None,
        typer.Option("--format", "-f", case_sensitive=False, help="Only this format; may be repeated."),
    ] = None,
    section: Annotated[
        list[str] | None, typer.Option("--section", "-s", metavar="NAME", help="Only this section; may be repeated.")
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A further notebook parameter; may be repeated."),
    ] = None,
    edition: Annotated[
        Edition, typer.Option("--edition", help="All, or what may be published; best with an --output of its own.")
    ] = Edition.internal,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Sections run side by side. [default: one a processor, at most 5]"),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Execute every section, though nothing changed.")] = False,
    cold: Annotated[bool, typer.Option("--cold", help="Start ordinary kernels, not warm ones.")] = False,
    embed_fonts: Annotated[
        bool,
        typer.Option("--embed-fonts", help="Put the glyphs used into the HTML, for readers without Chinese fonts."),
    ] = False,
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
        edition=edition.value,
        parameters=_parameters(parameter or []),
        jobs=jobs,
        fresh=fresh,
        cold=cold,
        embed_fonts=embed_fonts,
    )
    with Progress(quiet=as_json) as progress:
        built = build(request, on_progress=progress.section, on_stage=progress.stage)
    console.built(built, _language(lang), as_json=as_json)
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
    console.problems(problems, _language(lang), as_json=as_json)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(1)


@app.command(short_help="Make the folder of a new half-year, ready to be filled in.")
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
        console.as_json({"written": names}) if as_json else "\n".join(["made:", *(f"  {name}" for name in names)])
    )
    if not as_json:
        typer.echo(f"Fill in the tables, then: halfyear check {period}, halfyear run {period}")


@app.command(short_help="Say what differs between two reports.")
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A half-year, or the folder of a built report.")],
    after: Annotated[str, typer.Argument(metavar="B", help="Another, to be compared with it.")],
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the comparison as a page, too.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say which facts, sentences, tables and charts differ between two reports."""
    from .release import diff as compare
    from .release import difference_page, difference_text

    place = _workspace(workspace)
    difference = compare(*(_folder(place, one) for one in (before, after)))
    titles = {section.name: section.title for section in place.sections}
    if html:
        html.write_text(difference_page(difference, titles), encoding="utf-8")
    typer.echo(console.as_json(difference.as_dict()) if as_json else difference_text(difference, titles))


@app.command(short_help="Say whether outputs are intact and still current.")
def verify(
    period: PeriodArgument,
    output: OutputOption = None,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say whether the outputs are what the manifest says, and whether they are still current."""
    from .release import verify as hold

    place = _workspace(workspace)
    parsed = Period.parse(period)
    folder = output / str(parsed) if output else place.outputs(parsed)
    verification = hold(folder, place.root)
    console.verification(verification, _language(lang), as_json=as_json)
    if not (verification.intact and verification.current):
        raise typer.Exit(1)


@app.command(short_help="Publish the public edition, if every gate allows it.")
def publish(
    period: PeriodArgument,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder of published reports.")],
    output: OutputOption = None,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Publish the public edition of a finished report with its review sheet, if every gate allows it."""
    from . import render
    from .build import candidate
    from .release import publish as let_out

    place, parsed = _workspace(workspace), Period.parse(period)
    folder = output / str(parsed) if output else place.outputs(parsed)
    published = let_out(candidate(place, parsed, folder), to, render=render.to_bytes)
    console.published(published, _language(lang), as_json=as_json)


@app.command(short_help="Make the archive of all finished reports.")
def site(
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="The folder of the pages. [default: outputs/site]")
    ] = None,
    output: OutputOption = None,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Make the archive of all finished reports: the newest, the earlier ones, the history of their figures."""
    from .build import archive
    from .release import write_site
    from .render import sheet

    place = _workspace(workspace)
    outputs = output or place.root / "outputs"
    made = write_site(archive(place, outputs), to or outputs / "site", style=sheet("screen.css"))
    console.site(made, _language(lang), as_json=as_json)


@app.command(short_help="Show the report in the browser as it is written.")
def preview(
    period: PeriodArgument,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port. [default: any that is free]")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the page.")] = False,
    cold: Annotated[bool, typer.Option("--cold", help="Start ordinary kernels, not warm ones.")] = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
    debug: DebugOption = False,
) -> None:
    """Show the report in the browser and build it anew as files change (127.0.0.1 only); Ctrl-C ends it."""
    from .preview import serve

    place, language = _workspace(workspace), _language(lang)
    serve(
        place, Period.parse(period), port=port, open_browser=not no_browser, cold=cold, lang=language, tell=typer.echo
    )


@app.command(short_help="Say which typefaces the PDF wants, and which it has.")
def fonts(as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """Say which typefaces are wanted for each part of the PDF, and which of them sets it here."""
    from typing import get_args

    from .render.fonts import Role, found, stack

    console.fonts({role: (stack(role), found()[role]) for role in get_args(Role)}, as_json=as_json)


def _folder(workspace: Workspace, name: str) -> Path:
    """The folder of a built report, named by its half-year or by its path."""
    return Path(name) if os.sep in name or Path(name).is_dir() else workspace.outputs(name)


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
            msg = f"--parameter {name!r} is not NAME=VALUE; write for example --parameter top=10"
            raise UsageError(msg)
        if name == "period":
            msg = "--parameter period cannot be given: the half-year is the command's own argument, as in halfyear run 2021H1"
            raise UsageError(msg)
    return {name: value for name, _, value in pairs}


def _lang_of(arguments: list[str]) -> Language | None:
    """The language asked for, also where the command did not come to read its options."""
    said = [two for one, two in pairwise(arguments) if one == "--lang"]
    said += [one.removeprefix("--lang=") for one in arguments if one.startswith("--lang=")]
    return Language(said[-1]) if said and said[-1] in Language.__members__ else None


def _of_system(error: OSError) -> str:
    """What the system refused, with the file: a folder that may not be written to, a full disk, a path that is a file."""
    named = [str(name) for name in (error.filename, error.filename2) if name]
    said = (error.strerror or str(error)).lower()
    about = f"{' -> '.join(named)}: {said}" if named else said
    return f"{about}; see that the folder exists, that you may write to it and that the disk is not full (--debug shows where)"


def main(arguments: list[str] | None = None) -> None:
    """Run the command; an error of ours becomes its message and exit code, a traceback only with ``--debug``."""
    if arguments is None:
        arguments = sys.argv[1:]
        skip_optional()  # the process is ours alone
    try:
        app(arguments)
    except HalfyearError as error:
        if "--debug" in arguments:
            raise
        console.error(error, _language(_lang_of(arguments)), as_json="--json" in arguments)
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        typer.echo("stopped; the outputs are as they were", err=True)
        raise SystemExit(130) from None
    except OSError as error:
        if "--debug" in arguments:
            raise
        console.error(HalfyearError(_of_system(error)), "en", as_json="--json" in arguments)
        raise SystemExit(1) from None
    except Exception as error:
        if "--debug" in arguments:
            raise
        typer.echo(
            f"error: {type(error).__name__}: {error}\nThis is a fault of halfyear itself; --debug shows where.",
            err=True,
        )
        raise SystemExit(1) from None
