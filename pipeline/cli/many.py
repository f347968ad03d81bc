"""The commands about many reports: batch, rollup."""

from __future__ import annotations

from pathlib import Path

import click

from ..findings import language
from ..period import Period
from .ending import say_when_stopped
from .options import FOLDER, debuggable, json_option, language_option, workspace_at, workspace_option


@click.command()
@click.argument("file", metavar="FILE", type=FOLDER)
@click.option("--dry-run", is_flag=True)
@click.option("--retry", type=click.IntRange(min=0), default=1, show_default=True, metavar="N")
@click.option("--fail-fast", is_flag=True)
@click.option("--scheduler", metavar="ADDRESS")
@click.option("--workers", type=click.IntRange(min=1), metavar="N")
@language_option
@json_option
@debuggable
def batch(
    file: Path,
    dry_run: bool,
    retry: int,
    fail_fast: bool,
    scheduler: str | None,
    workers: int | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Make the reports of all units that FILE names, those of the units below before that of the office above."""
    from ..batch.overview import refuse_others, write_overview
    from ..batch.plan import read_batch
    from ..batch.schedule import Plan, all_made, run
    from . import many_told

    asked = read_batch(file)
    refuse_others(asked.outputs or asked.file.parent)
    plan = Plan.of(asked)
    if dry_run:
        many_told.plan(plan, language(lang), as_json=as_json)
        return
    say_when_stopped("batch-stopped")
    progress = many_told.Progress(language(lang), quiet=as_json)
    outcomes = run(plan, scheduler=scheduler, workers=workers, retry=retry, fail_fast=fail_fast, tell=progress.done)
    many_told.outcomes(plan, outcomes, write_overview(asked, outcomes), language(lang), as_json=as_json)
    if not all_made(outcomes):
        raise SystemExit(1)


@click.command()
@click.argument("file", metavar="FILE", type=FOLDER)
@click.argument("period", metavar="PERIOD")
@workspace_option
@language_option
@json_option
@debuggable
def rollup(file: Path, period: str, workspace: Path | None, lang: str | None, as_json: bool) -> None:
    """Make the ledgers of the office whose workspace this is from the finished reports of its units in FILE."""
    from ..batch.plan import read_batch
    from ..batch.rollup import roll_up
    from . import many_told

    asked, place, parsed = read_batch(file), workspace_at(workspace), Period.parse(period)
    upper = asked.unit_at(place.root)
    units = [(unit, asked.finished(unit, parsed)) for unit in asked.below_of(upper)]
    made = roll_up(place, parsed, units)
    many_told.rolled_up(made, language(lang), as_json=as_json)
    if any(one.severity == "error" for one in made.findings):
        raise SystemExit(1)
