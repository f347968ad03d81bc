"""The figures that differ between two builds of one period, each told once however many places state it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..findings import Said, Words
from .difference import FactChange


class ChangedFigure(NamedTuple):
    """A figure as it was and as it is, "" where it was not or is no more; the cells behind it and where it stands."""

    before: str
    after: str
    cells: str
    places: tuple[str, ...]
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {**self._asdict(), "places": list(self.places)}

    @property
    def where(self) -> Words:
        """The first place, and how many there are."""
        several = len(self.places) > 1
        zh, en = f"等{len(self.places)}处", f" and {len(self.places) - 1} more"
        return Words(self.places[0] + zh * several, self.places[0] + en * several)

    def said(self) -> Said:
        """One line: both figures, the cells, where it stands and in which sentence."""
        return Said("figure-changed", **self.params())

    def params(self) -> dict[str, Any]:
        """What a message about it needs."""
        sentence = f"“{self.sentence}”" if self.sentence else ""
        before, after = self.before or "—", self.after or "—"
        return {"before": before, "after": after, "cells": self.cells, "where": self.where, "sentence": sentence}


def changed_figures(changes: Iterable[FactChange]) -> tuple[ChangedFigure, ...]:
    """The figures of these changes, those of the same cells and values being one."""
    found: dict[tuple[str, str, str], ChangedFigure] = {}
    for change in changes:
        shown = change.shown
        before, after = (side.printed if side else "" for side in (change.before, change.after))
        place = "，".join(filter(None, (shown.title or shown.section, shown.place)))
        known = found.get((before, after, shown.cells))
        said = shown.sentence if shown.kind == "text" else ""
        found[before, after, shown.cells] = ChangedFigure(
            before,
            after,
            shown.cells,
            (*(known.places if known else ()), place),
            (known.sentence if known else "") or said,
        )
    return tuple(found.values())
