"""The commands about ledgers: ``collect`` merges them, ``check`` says their problems, once or at each save."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import HalfyearError
from ..findings import ERROR, language
from ..period import Period
from . import console, console_ledgers
from .options import (
    FOLDER,
    debuggable,
    json_option,
    language_option,
    output_option,
    period_argument,
    workspace_at,
    workspace_option,
)

if TYPE_CHECKING:
    from ..findings import Finding
    from ..workspace import Workspace


@click.command()
@period_argument
@click.option("--mark", "mark", is_flag=True)
@click.option("--watch", is_flag=True)
@click.option("--take-rules", "taking", is_flag=True)
@output_option
@workspace_option
@language_option
@json_option
@debuggable
def check(
    period: str,
    mark: bool,
    watch: bool,
    taking: bool,
    output: Path | None,
    workspace: Path | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Say every problem in the data of PERIOD; no kernel is started."""
    place, parsed = workspace_at(workspace), Period.parse(period)
    if taking:
        from ..ledger.taking_rules import take_rules

        console_ledgers.taken(take_rules(place, parsed), language(lang), err=as_json)
    outputs = output / str(parsed) if output else place.outputs(parsed)
    one = _Check(place, parsed, outputs, language(lang), as_json=as_json, marking=mark)
    if watch:
        with contextlib.suppress(KeyboardInterrupt):
            _at_each_save(one)
    elif any(problem.severity == ERROR for problem in one.told()):
        raise SystemExit(1)


@click.command()
@period_argument
@click.argument("files", metavar="FILES", nargs=-1, required=True, type=FOLDER)
@workspace_option
@language_option
@json_option
@debuggable
def collect(period: str, files: tuple[Path, ...], workspace: Path | None, lang: str | None, as_json: bool) -> None:
    """Merge departments' workbooks into the ledgers of PERIOD and say who has not sent."""
    from ..ledger.collecting import collect as merge

    collected = merge(workspace_at(workspace), Period.parse(period), files)
    console_ledgers.collected(collected, language(lang), as_json=as_json)
    if any(finding.severity == ERROR for finding in collected.findings):
        raise SystemExit(1)


@dataclass(frozen=True)
class _Check:
    """What is checked, and how it is told."""

    workspace: Workspace
    period: Period
    outputs: Path
    lang: str
    as_json: bool
    marking: bool

    def found(self) -> list[Finding]:
        from ..report import check as check_data

        return check_data(self.workspace, self.period, last=self.outputs)

    def told(self) -> list[Finding]:
        """The problems, all of them told."""
        found = self.found()
        console_ledgers.problems(found, self.lang, as_json=self.as_json)
        self.mark(found)
        return found

    def mark(self, found: Sequence[Finding]) -> None:
        if self.marking:
            from ..report.marking import mark

            console_ledgers.marked(
                mark(self.workspace, self.period, found, self.outputs), len(found), self.lang, err=self.as_json
            )


def _at_each_save(one: _Check) -> None:
    """Check once, and again at each save: then only what is new is told, and the count."""
    from ..preview.watch import saves

    before: list[Finding] = []
    for files in saves(one.workspace):
        try:
            if not files:
                before = one.told()
                console_ledgers.watching(one.lang)
                continue
            found = one.found()
            console_ledgers.checked_again(files, before, found, one.lang, as_json=one.as_json)
            before = found
            one.mark(found)
        except (HalfyearError, OSError) as error:  # it may be mended by the next save
            console.error(console.known(error), one.lang, as_json=one.as_json)
