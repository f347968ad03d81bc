"""What of the catalogue is printed, and how: a line, a warning, a finding behind its severity."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ..findings import Said
from .terminal import echo

if TYPE_CHECKING:
    from ..findings import Finding


def say(code: str, lang: str, **params: Any) -> None:
    """Print what the catalogue says under that code."""
    echo(Said(code, **params).text(lang))


def say_files(code: str, names: Iterable[object], lang: str) -> None:
    """Print what the catalogue says under that code and below it the files, a line each, whatever their length."""
    say(code, lang)
    click.echo("\n".join(f"  {name}" for name in names))


def warn(what: Finding | Said, lang: str) -> None:
    """Print something as a warning."""
    echo(Said("told-warning", text=what).text(lang))


def told(finding: Finding, lang: str, *, indent: str = "", err: bool = False) -> None:
    """A finding behind its severity."""
    echo(indent + Said(f"told-{finding.severity}", text=finding).text(lang), err=err)
