"""What several commands can be given, and what is made of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from ..workspace import Workspace

LANGUAGES = ("zh", "en")

FOLDER = click.Path(path_type=Path)
period_argument = click.argument("period", metavar="PERIOD")
workspace_option = click.option(
    "--workspace",
    "-w",
    type=FOLDER,
    metavar="DIR",
    help="The folder with notebooks/ and data/. [default: the one around here]",
)
output_option = click.option(
    "--output", "-o", type=FOLDER, metavar="DIR", help="The report's place is DIR/PERIOD, not outputs/PERIOD."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
language_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Language of messages about data. [default: the locale's, else en]",
)
set_aside_option = click.option(
    "--set-aside",
    is_flag=True,
    help="Keep beside the new folder what others put or changed in the old one, instead of refusing.",
)
cold_option = click.option("--cold", is_flag=True, help="Start ordinary kernels, not warm ones.")


def debuggable(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take ``--debug``, which only :func:`pipeline.cli.main` looks at."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")(command)


def workspace_at(folder: Path | None) -> Workspace:
    """The workspace that was named, else the one around here."""
    return Workspace.at(folder) if folder else Workspace.find()


def language(chosen: str | None) -> str:
    """``zh`` or ``en``: what was chosen, else the locale's."""
    if chosen:
        return chosen
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def language_asked_for(arguments: list[str]) -> str | None:
    """The language asked for, also where the command did not come to read its options."""
    said = [two for one, two in pairwise(arguments) if one == "--lang"]
    said += [one.removeprefix("--lang=") for one in arguments if one.startswith("--lang=")]
    return said[-1] if said and said[-1] in LANGUAGES else None


def parameters(given: tuple[str, ...]) -> dict[str, Any]:
    """``NAME=VALUE`` as name → value.

    Raises:
        UsageError: one is not written so, or is the half-year.
    """
    pairs = [one.partition("=") for one in given]
    for name, equals, _ in pairs:
        if not equals or not name.isidentifier():
            msg = f"--parameter {name!r} is not NAME=VALUE; write for example --parameter top=10"
            raise UsageError(msg)
        if name == "period":
            msg = "--parameter period cannot be given: the half-year is the command's own argument, as in halfyear run 2021H1"
            raise UsageError(msg)
    return {name: value for name, _, value in pairs}
