"""What several commands can be given, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..findings import LANGUAGES

if TYPE_CHECKING:
    from ..workspace import Workspace

FOLDER = click.Path(path_type=Path)
period_argument = click.argument("period", metavar="PERIOD")
workspace_option = click.option(
    "--workspace",
    "-w",
    type=FOLDER,
    metavar="DIR",
)
output_option = click.option("--output", "-o", type=FOLDER, metavar="DIR")
json_option = click.option("--json", "as_json", is_flag=True)
language_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
)
set_aside_option = click.option(
    "--set-aside",
    is_flag=True,
)
cold_option = click.option("--cold", is_flag=True)


def debuggable(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take ``--debug``, which only :func:`pipeline.cli.main` looks at."""
    return click.option("--debug", is_flag=True, expose_value=False)(command)


def workspace_at(folder: Path | None) -> Workspace:
    """The workspace that was named, else the one around here; what killed commands have left is removed from it."""
    import tempfile

    from ..leftovers import sweep
    from ..swap import sweep as put_away
    from ..workspace import Workspace

    found = Workspace.at(folder) if folder else Workspace.find()
    for place in ("outputs", "data"):
        put_away(found.root / place)
    sweep(found.root / ".halfyear-cache", tempfile.gettempdir())
    return found


def language_asked_for(arguments: list[str]) -> str | None:
    """The language asked for, also where the command did not come to read its options."""
    said = [two for one, two in pairwise(arguments) if one == "--lang"]
    said += [one.removeprefix("--lang=") for one in arguments if one.startswith("--lang=")]
    return said[-1] if said and said[-1] in LANGUAGES else None


def parameters(given: tuple[str, ...]) -> dict[str, Any]:
    """``NAME=VALUE`` as name → value.

    Raises:
        UsageError: one is not written so, or is the period.
    """
    pairs = [one.partition("=") for one in given]
    for name, equals, _ in pairs:
        if not equals or not name.isidentifier():
            raise UsageError("parameter-form", value=name)
        if name == "period":
            raise UsageError("parameter-period")
    return {name: value for name, _, value in pairs}
