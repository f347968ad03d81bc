"""The commands by which an office begins and goes on: init, chapter, upgrade, doctor."""

from __future__ import annotations

from pathlib import Path

import click

from ..findings import language
from ..period import Period
from . import begun
from .options import FOLDER, debuggable, json_option, language_option, workspace_at, workspace_option


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--period", metavar="PERIOD")
@click.option("--bureau", metavar="NAME", default="")
@click.option("--office", metavar="NAME", default="")
@click.option("--example", is_flag=True)
@click.option("--xlsx", is_flag=True)
@click.option("--upper", is_flag=True)
@language_option
@json_option
@debuggable
def init(
    folder: Path,
    period: str | None,
    bureau: str,
    office: str,
    example: bool,
    xlsx: bool,
    upper: bool,
    lang: str | None,
    as_json: bool,
) -> None:
    """Make a workspace with its notebooks and a first period ready to be filled in; nothing is overwritten."""
    from ..begin import new_workspace
    from ..begin.git_filter import tell_git

    given = Period.parse(period) if period else None
    first, names = new_workspace(folder, given, bureau=bureau, office=office, example=example, xlsx=xlsx, upper=upper)
    begun.workspace_made(folder, str(first), names, language(lang), git=tell_git(folder), as_json=as_json)


@click.command()
@click.argument("name", metavar="NAME")
@click.argument("title", metavar="TITLE")
@click.option("--ledger", "own_ledger", is_flag=True)
@workspace_option
@language_option
@json_option
@debuggable
def chapter(name: str, title: str, own_ledger: bool, workspace: Path | None, lang: str | None, as_json: bool) -> None:
    """Make one more chapter: a notebook, a piece of prose and, asked for, a ledger of its own."""
    from ..begin import another_chapter

    place = workspace_at(workspace)
    made = another_chapter(place, name, title, own_ledger=own_ledger)
    begun.chapter_made(
        [path.relative_to(place.root).as_posix() for path in made], title, language(lang), as_json=as_json
    )


@click.command()
@click.option("--add", is_flag=True)
@workspace_option
@language_option
@json_option
@debuggable
def upgrade(add: bool, workspace: Path | None, lang: str | None, as_json: bool) -> None:
    """Bring a workspace's notebooks to those of this version; a changed one is left, and what differs is told."""
    from ..begin import bring_forward

    begun.brought_forward(bring_forward(workspace_at(workspace), add=add), language(lang), as_json=as_json)


@click.command()
@workspace_option
@language_option
@json_option
@debuggable
def doctor(workspace: Path | None, lang: str | None, as_json: bool) -> None:
    """Say what this machine has of what reports need, and what to do about the rest."""
    from ..begin.machine import machine

    found = list(machine(workspace))
    begun.machine(found, language(lang), as_json=as_json)
    if any(one.severity == "error" for one in found):
        raise SystemExit(1)
