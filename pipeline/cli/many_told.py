"""What the command prints of many reports: the plan, each outcome as it is known, the sum of them."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import Counted, Said
from .console import findings
from .saying import say
from .terminal import echo

if TYPE_CHECKING:
    from ..batch.one_report import Outcome
    from ..batch.plan import Report
    from ..batch.rollup import RolledUp
    from ..batch.schedule import Plan

_MINUTE = 60
_SHOWN = 5  # findings of one report; the overview has them all
_ENOUGH = 4  # reports after which it can be said how long the others will take


class Progress:
    """A line a report on standard error, with how long the rest will take by those made so far."""

    def __init__(self, lang: str, *, quiet: bool) -> None:
        self._lang, self._quiet, self._began = lang, quiet, time.monotonic()

    def done(self, report: Report, outcome: Outcome, done: int, of: int) -> None:
        """A report is made, or cannot be."""
        if self._quiet:
            return
        left = (time.monotonic() - self._began) / done * (of - done)
        rest = self._span(left) if _ENOUGH <= done < of else ""
        state = Said(f"batch-state-{outcome.state}")
        params = {"done": done, "of": of, "name": report.name, "office": report.unit.name, "state": state, "left": rest}
        echo(Said("batch-progress", **params).text(self._lang), err=True)

    def _span(self, seconds: float) -> Said:
        minutes = round(seconds / _MINUTE)
        return Said("batch-minutes", number=minutes) if minutes else Said("batch-seconds", number=round(seconds))


def plan(made: Plan, lang: str, *, as_json: bool) -> None:
    """What would be made and why, and what would not."""
    rows = [
        {
            "report": report.name,
            "office": report.unit.name,
            "make": report.name in made.to_make,
            "why": _why(made, report.name, lang),
        }
        for report in made.batch.reports
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        say("batch-would-make" if row["make"] else "batch-would-leave", lang, **row)
    say("batch-planned", lang, make=len(made.to_make), reports=Counted(len(rows), "report"))


def _why(made: Plan, name: str, lang: str) -> str:
    """Why a report would be made; what is known of one that would not, and what stands against it."""
    if name in made.to_make:
        return made.to_make[name].text(lang)
    known = made.known[name]
    return " ".join([Said(f"batch-state-{known.state}").text(lang), *(f"({one.text(lang)})" for one in known.findings)])


def outcomes(made: Plan, found: Mapping[str, Outcome], pages: tuple[Path, Path], lang: str, *, as_json: bool) -> None:
    """What became of each report that is not whole, the counts, and where to look."""
    from ..batch.one_report import NOT_REACHED

    tried = [name for name in made.to_make if found[name].state != NOT_REACHED]
    if as_json:
        said = [
            {
                "report": name,
                "state": one.state,
                "made": name in tried,
                "seconds": round(one.seconds, 3),
                "findings": [finding.as_dict(lang) for finding in one.findings],
                "log": one.log,
            }
            for name, one in found.items()
        ]
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    for report in made.batch.reports:
        one = found[report.name]
        if one.findings or one.log:
            say("batch-told", lang, name=report.name, office=report.unit.name, state=Said(f"batch-state-{one.state}"))  # fmt: skip
            findings(one.findings[:_SHOWN], lang)
            if (more := len(one.findings) - _SHOWN) > 0:
                say("batch-more", lang, number=more)
            echo(one.log) if one.log else None
    counted = Counter(one.state for one in found.values())
    counts = tuple(Said("batch-count", state=Said(f"batch-state-{state}"), number=number) for state, number in counted.items())  # fmt: skip
    say("batch-done", lang, counts=counts, made=len(tried), page=pages[0])


def rolled_up(made: RolledUp, lang: str, *, as_json: bool) -> None:
    """What was added up of how many units, and what could not be."""
    if as_json:
        said = {
            "units": made.units,
            "figures": made.figures,
            "totals": made.totals,
            "changed": made.changed,
            "findings": [one.as_dict(lang) for one in made.findings],
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    findings(made.findings, lang)
    params = {
        "units": Counted(made.units, "unit"),
        "figures": Counted(made.figures, "figure"),
        "totals": Counted(made.totals, "total"),
    }
    say("rollup-made" if made.changed else "rollup-unchanged", lang, **params)
