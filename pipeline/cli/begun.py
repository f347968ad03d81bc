"""What the commands print by which an office begins: files made, what comes next, notebooks brought forward."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..findings import Finding, Place
from .saying import say, say_files, told, warn

if TYPE_CHECKING:
    from ..begin import Forward


def workspace_made(folder: Path, period: str, names: Sequence[str], lang: str, *, git: bool, as_json: bool) -> None:
    """The files of a new workspace, what git was told, and what comes next in it."""
    if as_json:
        _as_json({"folder": str(folder), "period": period, "written": list(names)})
        return
    say_files("made-files", names, lang)
    if git:
        say("begun-git", lang)
    say("begun-next", lang, folder=folder, period=period)


def chapter_made(names: Sequence[str], title: str, lang: str, *, as_json: bool) -> None:
    """The files of a new chapter, and how it is filled."""
    if as_json:
        _as_json({"written": list(names)})
        return
    say_files("made-files", names, lang)
    say("chapter-next", lang, title=title)
    if any(name.startswith("ledgers/") for name in names) and not any("/tables/" in name for name in names):
        from ..begin import HEADINGS

        say("chapter-sheet", lang, title=title, headings=HEADINGS)


def brought_forward(found: Forward, lang: str, *, as_json: bool) -> None:
    """What became of each notebook; of a changed one what differs from the shipped one."""
    if as_json:
        _as_json(found.as_dict())
        return
    for code in ("current", "replaced", "added", "missing"):
        names: tuple[str, ...] = getattr(found, code)
        if names:
            say(f"notebooks-{code}", lang, names=names)
    for name, difference in found.changed.items():
        warn(Finding("notebook-changed", Place(f"notebooks/{name}")), lang)
        click.echo(difference)


def machine(found: Sequence[Finding], lang: str, *, as_json: bool) -> None:
    """What this machine has and lacks, line by line."""
    if as_json:
        click.echo(json.dumps([one.as_dict(lang) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        told(one, lang) if one.severity else say("doctor-well", lang, text=one)


def _as_json(said: dict[str, Any]) -> None:
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))
