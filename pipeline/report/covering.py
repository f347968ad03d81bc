"""What became of every row of a period's ledgers in a report of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..document.coverage_record import COVERAGE, KEPT_BACK, read_coverage
from ..facts.stated_words import bare
from ..period import Period
from ..report_settings import ReportSettings
from ..workspace import Workspace
from .assemble import assemble
from .executed import Executed

if TYPE_CHECKING:
    import pandas

    from ..ledger import KeyAsked
    from ..vouch import Coverage
    from ..vouch.left_out import Requests


def cover(
    workspace: Workspace,
    period: Period,
    settings: ReportSettings,
    body: str,
    executed: Sequence[Executed],
    *,
    edition: str,
) -> Coverage:
    """The coverage of the edition whose semantic body is ``body``, made of the executed sections."""
    from .. import render
    from ..vouch import coverage

    frames, asked = list(_frames(workspace, period)), _asked(workspace, period)
    if edition != "public":
        return coverage(body, frames, asked)
    internal = assemble(workspace, period, settings, executed, edition="internal").notebook
    states = coverage(render.semantic_body(internal), frames, asked).stated
    return coverage(body, frames, asked, withheld=states)


def cover_again(
    workspace: Workspace, period: Period, settings: ReportSettings, body: str, executed: Sequence[Executed], folder: Path, *, edition: str
) -> Coverage:  # fmt: skip
    """The coverage of a public edition made of the finished report in ``folder``, which is of the edition ``edition``.

    The sections of a public edition have lost what was kept back: its own record says which rows those were.
    """
    from ..vouch import coverage

    if edition != "public" or not (folder / COVERAGE).is_file():
        return cover(workspace, period, settings, body, executed, edition="public")
    recorded = read_coverage(folder / COVERAGE)
    withheld = frozenset((row["ledger"], int(row["row"])) for row in recorded if row["state"] == KEPT_BACK)
    return coverage(body, _frames(workspace, period), _asked(workspace, period), withheld=withheld)


def _frames(workspace: Workspace, period: Period) -> Iterator[pandas.DataFrame]:
    from ..notebook.frames import with_sources
    from ..notebook.from_months import ledgers_of, of_months

    for name in ledgers_of(workspace, period):
        made = of_months(workspace, period, name)
        yield from [with_sources(workspace.data(period), name)] if made is None else made.taken


def _asked(workspace: Workspace, period: Period) -> Requests:
    from ..ledger import keys_asked, keys_in_prose, rows_asked
    from ..vouch.left_out import Requests

    sections = workspace.sections
    prose = sorted((workspace.data(period) / "prose").glob("*.md"))
    in_prose = (key for file in prose for key in keys_in_prose(file.read_text("utf-8-sig"), f"prose/{file.name}"))
    return Requests(
        [one for section in sections for one in rows_asked(section.path, section.title)],
        [*(key for section in sections for key in keys_asked(section.path)), *in_prose],
        list(_stated_earlier(workspace, period)),
    )


def _stated_earlier(workspace: Workspace, period: Period) -> Iterator[KeyAsked]:
    """The keys of the period before and of the year before."""
    from ..ledger import KeyAsked
    from ..notebook.from_months import ledgers_of, rows_of
    from ..vouch.left_out import key_fields

    for other in workspace.compared_with(period):
        for frame in (rows_of(workspace, other, name) for name in ledgers_of(workspace, other)):
            about, measure = key_fields(frame)
            keys = zip(frame[about], frame[measure], strict=True) if measure else ()
            yield from (KeyAsked(other.label, *map(bare, key)) for key in keys)
