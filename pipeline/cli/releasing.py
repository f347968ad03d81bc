"""The commands about finished reports: diff, verify, publish, site."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import language
from ..period import Period
from . import console
from .options import (
    FOLDER,
    debuggable,
    json_option,
    language_option,
    output_option,
    period_argument,
    set_aside_option,
    workspace_at,
    workspace_option,
)

if TYPE_CHECKING:
    from ..workspace import Workspace


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--all", "everything", is_flag=True)
@click.option("--html", type=FOLDER, metavar="FILE")
@workspace_option
@language_option
@json_option
@debuggable
def diff(
    before: str,
    after: str,
    everything: bool,
    html: Path | None,
    workspace: Path | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Say which facts, sentences, tables and charts differ between two reports.

    A and B are periods, or folders of built reports; 2021H1@1 is the build that the present one replaced. B may be the
    Word document of A as somebody edited it.
    """
    from ..archive import diff as compare
    from ..archive import write_difference_page
    from ..archive.edited_word import edits

    place = workspace_at(workspace)
    if after.lower().endswith(".docx"):
        found = edits(_folder(place, before), Path(after))
        console.word_changes(found, language(lang), as_json=as_json)
        return
    difference = compare(*(_folder(place, one) for one in (before, after)), called=(before, after))
    places = [one.shown.place for one in difference.statements]
    titles = {one.section: one.title for one in places if one.title}  # of the reports, whatever the workspace has now
    if html:
        write_difference_page(html, difference, titles)
    console.difference(difference, titles, language(lang), as_json=as_json, everything=everything)


@click.command()
@period_argument
@click.option("--deep", is_flag=True)
@output_option
@workspace_option
@language_option
@json_option
@debuggable
def verify(
    period: str, deep: bool, output: Path | None, workspace: Path | None, lang: str | None, as_json: bool
) -> None:
    """Say whether the outputs are what the manifest says, and whether they are still current."""
    from ..vouch import Verification
    from ..vouch import verify as hold

    place = workspace_at(workspace)
    verification = hold(_outputs(place, Period.parse(period), output), place.root)
    if deep:
        from ..batch.lineage import verify_below

        verification = Verification((*verification.findings, *verify_below(place, period)))
    console.verification(verification, language(lang), as_json=as_json)
    if not (verification.intact and verification.current):
        raise SystemExit(1)


@click.command()
@period_argument
@click.argument("asked", metavar="CELL|NUMBER")
@output_option
@workspace_option
@language_option
@json_option
@debuggable
def where(
    period: str, asked: str, output: Path | None, workspace: Path | None, lang: str | None, as_json: bool
) -> None:
    """Say where a ledger's cell stands in the report, or which cells are behind a number of it.

    A cell is written as Excel shows it, 指标!E5; a sheet or a file alone means all its cells. In an office that rolls up
    its units, 370104:指标!E5 is a cell of the unit 370104.
    """
    from ..batch.lineage import cells_above, steps_behind
    from ..report.whereabouts import whereabouts, whereabouts_of

    place, of, tongue = workspace_at(workspace), Period.parse(period), language(lang)
    folder, above = _outputs(place, of, output), cells_above(place, str(of), asked)
    if above is None:
        found = whereabouts(place, of, folder, asked, tongue)
        behind = list(steps_behind(place, str(of), found.about))
    else:  # a unit's cell: what was made of it here
        found, behind = whereabouts_of(place, of, folder, asked, above.cells, tongue), []
        found = replace(found, in_row=found.in_row or above.in_row)
    console.whereabouts(found, list(dict.fromkeys(behind)), tongue, as_json=as_json)
    if not (found.places or found.reasons):
        raise SystemExit(1)


@click.command()
@period_argument
@click.option("--to", type=FOLDER, metavar="DIR", required=True)
@click.option("--correct", metavar="REASON", default="")
@set_aside_option
@output_option
@workspace_option
@language_option
@json_option
@debuggable
def publish(
    period: str,
    to: Path,
    correct: str,
    set_aside: bool,
    output: Path | None,
    workspace: Path | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Publish the public edition of a finished report with its review sheet, if every gate allows it."""
    from .. import render
    from ..publish import publish as let_out
    from ..report import candidate

    place, parsed = workspace_at(workspace), Period.parse(period)
    leaving = candidate(place, parsed, _outputs(place, parsed, output))
    published = let_out(leaving, to, render=render.to_bytes, set_aside=set_aside, correct=correct)
    console.published(published, language(lang), as_json=as_json, reason=correct)


@click.command()
@click.option("--to", type=FOLDER, metavar="DIR")
@click.option("--published", type=FOLDER, metavar="DIR")
@set_aside_option
@output_option
@workspace_option
@language_option
@json_option
@debuggable
def site(
    to: Path | None,
    published: Path | None,
    set_aside: bool,
    output: Path | None,
    workspace: Path | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Make the archive of all finished reports: the newest, the earlier ones, the history of their figures."""
    from ..archive import archive, write_site
    from ..render import sheet

    place = workspace_at(workspace)
    outputs = output or place.root / "outputs"
    held = archive(place, outputs, published)
    made = write_site(held, to or outputs / "site", style=sheet("screen.css"), set_aside=set_aside)
    console.site(made, language(lang), as_json=as_json)


def _folder(workspace: Workspace, name: str) -> Path:
    """The folder of a built report, named by its period or by its path; ``@2`` is the one that stood there two builds ago."""
    earlier = re.fullmatch(r"(.+)@(\d+)", name)
    if earlier and not Path(name).is_dir():
        from ..report.earlier import earlier_build

        return earlier_build(_folder(workspace, earlier[1]), int(earlier[2]))
    return Path(name) if os.sep in name or Path(name).is_dir() else workspace.outputs(name)


def _outputs(workspace: Workspace, period: Period, output: Path | None) -> Path:
    """The folder a report stands in."""
    return output / str(period) if output else workspace.outputs(period)
