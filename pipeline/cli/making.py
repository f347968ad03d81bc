"""The commands by which a report is made: run, new, preview, fonts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..findings import language
from ..formats import format_names
from ..period import Period
from ..startup import allow_open_files
from . import console, console_ledgers
from .options import (
    FOLDER,
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
from .terminal import echo

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
)
@click.option("--section", "-s", "sections", metavar="NAME", multiple=True)
@click.option(
    "--parameter",
    "-p",
    "given",
    metavar="NAME=VALUE",
    multiple=True,
)
@click.option(
    "--edition",
    type=click.Choice(_EDITIONS),
    default="internal",
    show_default=True,
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="N",
)
@click.option("--cell-timeout", type=click.IntRange(min=1), metavar="SECONDS")
@click.option("--fresh", is_flag=True)
@set_aside_option
@cold_option
@click.option("--embed-fonts", is_flag=True)
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
    with Progress(language(lang), quiet=as_json) as progress:
        built = build(request, on_progress=progress.section, on_stage=progress.stage)
    console.built(built, language(lang), as_json=as_json)
    if built.failures:
        raise SystemExit(1)


@click.command()
@period_argument
@click.option("--from", "from_", metavar="PERIOD")
@click.option("--xlsx", is_flag=True)
@workspace_option
@language_option
@json_option
@debuggable
def new(period: str, from_: str | None, xlsx: bool, workspace: Path | None, lang: str | None, as_json: bool) -> None:
    """Make the folder of a new period, ready to be filled in; nothing is overwritten."""
    from .. import ledger

    place = workspace_at(workspace)
    written = ledger.new(place, Period.parse(period), from_=Period.parse(from_) if from_ else None, xlsx=xlsx)
    names = [path.relative_to(place.root).as_posix() for path in written]
    console_ledgers.made(period, names, language(lang), as_json=as_json)


@click.command()
@period_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=0,
)
@click.option("--no-browser", is_flag=True)
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
        tell=echo,
    )


@click.command()
@language_option
@json_option
@debuggable
def fonts(lang: str | None, as_json: bool) -> None:
    """Say which typefaces are wanted for each part of the PDF, and which of them sets it here."""
    from typing import get_args

    from ..render.fonts import Role, found, stack

    by_role = {role: (stack(role), found()[role]) for role in get_args(Role)}
    console.fonts(by_role, language(lang), as_json=as_json)


@click.command()
@click.option("--to", type=FOLDER, metavar="DIR", default=Path("."))
@click.option("--format", "-f", "formats", type=click.Choice(format_names()), multiple=True, default=("html",))
@click.option("--no-browser", is_flag=True)
@language_option
@debuggable
def manual(to: Path, formats: tuple[str, ...], no_browser: bool, lang: str | None) -> None:
    """Write the clerk's manual and the page of questions, and open the manual in the browser."""
    import webbrowser

    from ..manual import write_manuals

    written = write_manuals(to, dict.fromkeys(formats))
    console_ledgers.manuals(written, language(lang))
    if not no_browser:
        webbrowser.open(written[0].resolve().as_uri())
