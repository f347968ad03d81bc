"""A difference of two reports, told in a terminal: one screen of the figures that changed, or all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..findings import Counted, Said
from .difference import ADDED, CHANGED, REMOVED, Difference
from .statement_change import NEW, OLD, SAME, StatementChange
from .telling import Telling, ToldFigure, telling

_SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}
_MARKS = {SAME: "{}", OLD: "[-{}-]", NEW: "{{+{}+}}"}  # as wdiff has them
_SCREEN = 16  # figures; with heads and counts they are a screen of 24 lines
_LONGEST = 20


def difference_text(
    difference: Difference, titles: Mapping[str, str], lang: str = "en", *, everything: bool = False
) -> str:
    """The figures that changed by section, a line each: what, from, to, by how much, where.

    Args:
        titles: of the sections, by name. everything: all figures and, with old and new marked, all sentences and charts; else a screen.
    """
    if not difference:
        return Said("diff-same", before=difference.before, after=difference.after).text(lang)
    told = telling(difference)
    figures = [(change.shown.place.section, one) for change, some in told.figures for one in some]
    chosen = figures if everything else _of_each_section(figures)
    lines = [f"{difference.before} -> {difference.after}"]
    for section in difference.sections:
        own = [_figure(one, lang) for of, one in chosen if of == section]
        own += list(_rest(difference, told, section)) if everything else []
        if own:
            lines += [titles.get(section, section) or Said("diff-opening").text(lang), *(f"  {line}" for line in own)]
    counts = {
        "figures": Counted(told.count, "figure"),
        "sentences": Counted(len(told.wording), "sentence"),
        "charts": Counted(len(told.charts), "table or chart", "tables and charts"),
    }
    more = told.count - len(chosen) + len(told.wording) + len(told.charts) if not everything else 0
    return "\n".join([*lines, Said("diff-more" if more else "diff-counted", **counts, more=more).text(lang)])


def _of_each_section(figures: Sequence[tuple[str, ToldFigure]]) -> list[tuple[str, ToldFigure]]:
    """As many as a screen has room for, the first of each section before the second of any."""
    nth: dict[str, int] = {}
    turns = []
    for place, (section, _) in enumerate(figures):
        nth[section] = nth.get(section, 0) + 1
        turns.append((nth[section], place))
    return [figures[place] for place in sorted(place for _, place in sorted(turns)[:_SCREEN])]


def _figure(told: ToldFigure, lang: str) -> str:
    shift = told.shift
    called = shift.shown.called
    name = called if len(called) <= _LONGEST else f"…{called[1 - _LONGEST :]}"
    before, after = (side.printed if side else "—" for side in (shift.before, shift.after))
    amount = shift.amount.text(lang) if isinstance(shift.amount, Said) else shift.amount
    places = (
        Said("diff-places", place=told.places[0], more=len(told.places)) if len(told.places) > 1 else told.places[0]
    )
    where = places.text(lang) if isinstance(places, Said) else places
    return "  ".join(filter(None, (f"{name} {before} -> {after}".strip(), amount, where, shift.shown.cells)))


def _rest(difference: Difference, told: Telling, section: str) -> Iterator[str]:
    wanted = {id(change) for change in (*(one for one, _ in told.figures if one.reworded), *told.wording)}
    own = (one for one in difference.statements if id(one) in wanted and one.shown.place.section == section)
    yield from map(_marked, own)
    yield from (f"{_SIGNS[one.kind]} [{one.caption}]" for one in told.charts if one.section == section)


def _marked(change: StatementChange) -> str:
    """A statement on one line; of a row what changed, after its name."""
    marked = ["".join(_MARKS[run.kind].format(run.text) for run in runs) for _, runs in change.parts]
    if change.shown.is_row:
        columns = [column for column, _ in change.parts]
        marked = [
            part if not at else f"{column}{part}"
            for at, (column, part) in enumerate(zip(columns, marked, strict=True))
            if not at or any(run.kind != SAME for run in change.parts[at][1])
        ]
    return f"{change.shown.where}  {'  '.join(marked)}"
