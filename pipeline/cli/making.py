"""The commands by which a report is made: run, check, new, preview, fonts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..findings import language
from ..formats import format_names
from ..period import Period
from ..startup import allow_open_files
from . import console
from .options import (
    cold_option,
    debuggable,
    json_option,
    language_option,
    output_option,
    parameters,
    period_argument,
    set_aside_option,
    workspace_at,
    workspace_option,
)

_EDITIONS = ("internal", "public")


@click.command()
@period_argument
@workspace_option
@output_option
@click.option(
    "--format",
    "-f",
    "formats",
    type=click.Choice(format_names(), case_sensitive=False),
    multiple=True,
    help="Only this format; may be repeated.",
)
@click.option("--section", "-s", "sections", metavar="NAME", multiple=True, help="Only this section; may be repeated.")
@click.option(
    "--parameter",
    "-p",
    "given",
    metavar="NAME=VALUE",
    multiple=True,
    help="A further notebook parameter; may be repeated.",
)
@click.option(
    "--edition",
    type=click.Choice(_EDITIONS),
    default="internal",
    show_default=True,
    help="All, or what may be published; best with an --output of its own.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    help="Sections run side by side. [default: one more than processors, at most 5]",
)
@click.option("--fresh", is_flag=True, help="Make everything anew, though nothing changed.")
@set_aside_option
@cold_option
@click.option(
    "--embed-fonts", is_flag=True, help="Put the glyphs used into the HTML, for readers without Chinese fonts."
)
@language_option
@json_option
@debuggable
def run(
    period: str,
    workspace: Path | None,
    output: Path | None,
    formats: tuple[str, ...],
    sections: tuple[str, ...],
    given: tuple[str, ...],
    lang: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Build the report of PERIOD in every format into outputs/PERIOD."""
    from ..report import Request, build
    from .progress import Progress

    allow_open_files()
    request = Request(
        workspace=workspace_at(workspace),
        period=Period.parse(period),
        formats=tuple(dict.fromkeys(formats)) or format_names(),
        sections=sections,
        output=output,
        parameters=parameters(given),
        **options,
    )
    with Progress(quiet=as_json) as progress:
        built = build(request, on_progress=progress.section, on_stage=progress.stage)
    console.built(built, language(lang), as_json=as_json)
    if built.failures:
        raise SystemExit(1)


@click.command()
@period_argument
@workspace_option
@language_option
@json_option
@debuggable
def check(period: str, workspace: Path | None, lang: str | None, as_json: bool) -> None:
    """Say every problem in the data of PERIOD; no kernel is started."""
    from ..report import check as check_data

    problems = check_data(workspace_at(workspace), Period.parse(period))
    console.problems(problems, language(lang), as_json=as_json)
    if any(problem.severity == "error" for problem in problems):
        raise SystemExit(1)


@click.command(short_help="Make the folder of a new half-year, ready to be filled in.")
@period_argument
@click.option("--from", "from_", metavar="PERIOD", help="Carry over from this half-year. [default: the newest before]")
@click.option("--xlsx", is_flag=True, help="One workbook with a sheet a table instead of CSV files.")
@workspace_option
@json_option
@debuggable
def new(period: str, from_: str | None, xlsx: bool, workspace: Path | None, as_json: bool) -> None:
    """Make the folder of a new half-year, ready to be filled in; nothing is overwritten."""
    from .. import ledger

    place = workspace_at(workspace)
    written = ledger.new(place, Period.parse(period), from_=Period.parse(from_) if from_ else None, xlsx=xlsx)
    console.made(period, [path.relative_to(place.root).as_posix() for path in written], as_json=as_json)


@click.command(short_help="Show the report in the browser as it is written.")
@period_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port. [default: any that is free]",
)
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@cold_option
@workspace_option
@language_option
@debuggable
def preview(period: str, port: int, no_browser: bool, cold: bool, workspace: Path | None, lang: str | None) -> None:
    """Show the report in the browser and build it anew as files change (127.0.0.1 only); Ctrl-C ends it."""
    from ..preview import serve

    allow_open_files()
    serve(
        workspace_at(workspace),
        Period.parse(period),
        port=port,
        open_browser=not no_browser,
        cold=cold,
        lang=language(lang),
        tell=click.echo,
    )


@click.command(short_help="Say which typefaces the PDF wants, and which it has.")
@json_option
@debuggable
def fonts(as_json: bool) -> None:
    """Say which typefaces are wanted for each part of the PDF, and which of them sets it here."""
    from typing import get_args

    from ..render.fonts import Role, found, stack

    console.fonts({role: (stack(role), found()[role]) for role in get_args(Role)}, as_json=as_json)


COMMANDS = (run, check, new, preview, fonts)
