"""Executed sections become one report: edition, opening, numbering, list of sources."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..document.cell_notation import CellNotation
from ..findings import Finding
from ..period import Period
from ..report_settings import ReportSettings
from ..workspace import Workspace
from .executed import Executed
from .figures_to_show import key_figures
from .main_figures import main_figures
from .vouching import frames_of, ledgers_of

if TYPE_CHECKING:
    from ..publish import PublicEdition


@dataclass(frozen=True)
class Assembled:
    """A report as one notebook, the sections it is made of, and what a public edition leaves out."""

    notebook: dict[str, Any]
    sections: tuple[dict[str, Any] | None, ...]
    withheld: tuple[Finding, ...] = ()


def assemble(
    workspace: Workspace, period: Period, settings: ReportSettings, executed: Sequence[Executed], *, edition: str
) -> Assembled:
    """Stitch executed sections into the report of an edition: those that say something, and the places of failed ones.

    Raises:
        ProseError: the opening cannot be worded. RenderError: a reference leads nowhere, or a name is given twice.
    """
    from ..notebook.period_words import PeriodWords
    from ..notebook.prose import word_text
    from ..render.silent_headings import without_silent_headings
    from ..render.stitch import Chapter, stitch

    opening = word_text(settings.opening, f"data/{period}/report.toml", {"period": PeriodWords(period)})
    notebooks: tuple[dict[str, Any] | None, ...] = tuple(one.notebook for one in executed)
    withheld: tuple[Finding, ...] = ()
    if edition == "public":
        made = _public(workspace, period, notebooks, opening)
        notebooks, opening, withheld = made.notebooks, made.opening, made.withheld
    saying = [None if notebook is None else without_silent_headings(notebook) for notebook in notebooks]
    chapters = [
        Chapter(one.section, said) for one, said in zip(executed, saying, strict=True) if said or one.notebook is None
    ]
    how: dict[str, Any] = {"opening": opening, "edition": edition}
    report = stitch(chapters, settings, period, **how)
    is_asked = settings.highlights is not False or settings.main_figures
    figures = key_figures(workspace, period, edition=edition) if is_asked else []
    labels = settings.highlights if isinstance(settings.highlights, list) else []
    if settings.main_figures:
        summary = main_figures(report, figures, labels, period)
        if edition == "public" and summary:
            (summary,) = _public(workspace, period, [summary], "").notebooks
        report = stitch(chapters, settings, period, summary=summary, **how)
    report["metadata"]["halfyear"]["ledgers"] = CellNotation.of_frames(
        frames_of(workspace, period, json.dumps(report))
    ).ledgers
    if settings.highlights is not False:
        report["metadata"]["halfyear"] |= {"key_figures": [one.entry for one in figures], "highlights": labels}
    if settings.sources:
        _add_sources(report, {one.section.name: one.section.title for one in executed})
    return Assembled(report, notebooks, withheld)


def _public(
    workspace: Workspace, period: Period, notebooks: Sequence[Mapping[str, Any] | None], opening: str
) -> PublicEdition:
    from ..publish import public

    return public(notebooks, ledgers_of(workspace, period, json.dumps(notebooks)), opening=opening)


def _add_sources(report: dict[str, Any], titles: Mapping[str, str]) -> None:
    """Put 附件：数据来源 behind the report."""
    from ..document.record import read_facts
    from ..document.source_note import SourceNotes
    from ..render import semantic_body
    from .appendix import appendix_cells

    notes = SourceNotes(report["metadata"]["halfyear"])
    report["cells"] += appendix_cells(read_facts(semantic_body(report)), titles, notes.worded)
