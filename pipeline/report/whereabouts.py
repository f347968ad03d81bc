"""From a ledger's cell to its places in a finished report, and from a number of the report to the cells behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..document.coverage_record import COVERAGE, read_coverage
from ..document.numerals import numbers
from ..errors import ReleaseError, UsageError
from ..facts.quantity import Quantity, StatedError
from ..findings import Said
from ..period import Period
from ..workspace import Workspace

if TYPE_CHECKING:
    from ..document.cell_notation import CellNotation, CellsAsked
    from ..vouch.standing import Standing

_OWN = ("number", "axis")  # what the audit says of numbers that the report gives itself
_MADE = ("sum", "difference", "product", "ratio", "share", "change", "count")  # derivations that have a word


@dataclass(frozen=True)
class Whereabouts:
    """What was asked, and each place of the report that answers it.

    ``cells`` says that a cell was asked for and not a number; ``reasons`` why a row of it stands nowhere, or what explains a
    number that no cell does; ``in_row`` that the cell itself is not printed (a unit, a class, a 口径), and the places are
    those of its row. ``about`` are the cells that the answer is about: those asked for, in their rows where ``in_row``, or
    those behind the number.
    """

    asked: str
    cells: bool
    places: tuple[dict[str, Any], ...]
    reasons: tuple[str, ...] = ()
    in_row: bool = False
    about: tuple[CellsAsked, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "asked": self.asked,
            "cell": self.cells,
            "in_row": self.in_row,
            "places": list(self.places),
            "reasons": list(self.reasons),
        }


def whereabouts(workspace: Workspace, period: Period, folder: Path, asked: str, lang: str = "zh") -> Whereabouts:
    """Where the cell, sheet or file ``asked`` stands in the report in ``folder``; or, of a number, what is behind it.

    Raises:
        ReleaseError: there is no report. UsageError: what is asked is neither a cell of a ledger nor a number.
    """
    from ..document.cell_notation import CellsAsked

    opened = _Opened.of(workspace, period, folder)
    notation = opened.notation
    if (cells := notation.read(asked)) is not None:
        return opened.of_cells(asked, [cells], lang)
    wanted, is_cell = _number(asked), "!" in asked or "！" in asked
    chosen = [one for one in opened.standings if _says(one, asked, wanted)]
    explained = () if chosen or is_cell else _explained(workspace, period, opened.document, asked, lang)
    reasons = tuple(dict.fromkeys(explained))
    if not chosen and not reasons and (is_cell or wanted is None):
        raise UsageError("no-such-cell-or-number", value=asked, nearest=notation.near(asked), allowed=notation.names)
    about = tuple(dict.fromkeys(CellsAsked(*rows) for one in chosen for rows in one.rows))
    return Whereabouts(asked, False, tuple(_as_dict(one, notation, lang) for one in chosen), reasons, about=about)


def whereabouts_of(
    workspace: Workspace, period: Period, folder: Path, asked: str, cells: Sequence[CellsAsked], lang: str = "zh"
) -> Whereabouts:
    """Where some cells stand in the report in ``folder``, whatever they were asked for as.

    Raises:
        ReleaseError: there is no report.
    """
    return _Opened.of(workspace, period, folder).of_cells(asked, cells, lang)


class _Opened(NamedTuple):
    """A finished report, opened to look things up."""

    folder: Path
    document: str
    notation: CellNotation
    standings: tuple[Standing, ...]

    @classmethod
    def of(cls, workspace: Workspace, period: Period, folder: Path) -> _Opened:
        from ..document.cell_notation import CellNotation
        from ..document.passages import read_passages
        from ..vouch.standing import standings
        from .vouching import frames_of

        page = folder / "report.html"
        if not page.is_file():
            raise ReleaseError("no-report-to-search", folder=folder, period=period)
        notation = CellNotation.of_frames(frames_of(workspace, period))
        document = page.read_text(encoding="utf-8")
        return cls(folder, document, notation, tuple(standings(read_passages(document))))

    def of_cells(self, asked: str, cells: Sequence[CellsAsked], lang: str) -> Whereabouts:
        """The places of the cells; of their rows, where the cells have none of their own."""
        chosen, about = self._touched(cells), tuple(cells)
        if in_row := not chosen and any(one.column for one in cells):
            in_rows = tuple(one.whole_rows for one in cells)
            chosen = self._touched(in_rows)
            in_row = bool(chosen)
            about = in_rows if in_row else about
        places = tuple(_as_dict(one, self.notation, lang) for one in chosen)
        reasons = () if places else tuple(line for one in cells for line in _reasons(self.folder, one, lang))
        return Whereabouts(asked, True, places, reasons, in_row, about)

    def _touched(self, cells: Sequence[CellsAsked]) -> list[Standing]:
        return [one for one in self.standings if any(asked.touches(rows) for asked in cells for rows in one.rows)]


def _as_dict(one: Standing, notation: CellNotation, lang: str) -> dict[str, Any]:
    section = one.place.title or one.place.section
    return {
        "place": f"{section}{'，' if lang == 'zh' else ', '}{one.place.text(lang)}",
        "printed": one.printed,
        "made": _made(one.derivation, lang),
        "cells": list(dict.fromkeys(map(notation.of, one.rows))),
        "sources": " ".join(dict.fromkeys(rows.written for rows in one.rows)),
        "sentence": one.sentence,
    }


def _made(derivation: str, lang: str) -> str:
    return Said(f"made-{derivation or 'as-stated'}").text(lang) if derivation in ("", *_MADE) else derivation


def _number(text: str) -> Decimal | None:
    try:
        return Quantity.parse(text).value
    except StatedError:
        return None


def _says(one: Standing, asked: str, wanted: Decimal | None) -> bool:
    """Whether a figure is the number asked for, or a date or words are the text asked for or hold it."""
    if one.printed == asked or (wanted is not None and wanted in _numbers(one)):
        return True
    is_figure = (one.value or one.derivation) and wanted is not None
    return not is_figure and any(asked in (n.shown, one.printed[n.start : n.end]) for n in numbers(one.printed))


def _explained(workspace: Workspace, period: Period, document: str, asked: str, lang: str) -> Iterator[str]:
    """What explains a number of the report that no cell does: the period, a declared name, a number of the report's own."""
    from ..vouch import audit
    from .vouching import ledgers_of, literals_of

    ledgers = ledgers_of(workspace, period)
    literals = literals_of(workspace, period, workspace.settings(period), ledgers)
    for one in audit(document, literals, ledgers=ledgers).numbers:
        text = one.passage.text[one.number.start : one.number.end]
        if asked in (one.number.shown, text):
            place = one.passage.place
            where = ("，" if lang == "zh" else ", ").join(filter(None, (place.title, place.text(lang))))
            why = one.why if one.why and one.why not in _OWN else Said(f"traced-{one.why or 'nowhere'}").text(lang)
            yield Said("where-explained", where=where, number=one.number.shown, why=why).text(lang)


def _numbers(one: Standing) -> Iterator[Decimal]:
    """The number as printed, and the value behind it where it was scaled or rounded."""
    if one.value or one.derivation:
        yield from (number for text in (one.printed, one.value) if (number := _number(text)) is not None)


def _reasons(folder: Path, cells: CellsAsked, lang: str) -> Iterator[str]:
    """What the report's record of coverage says of the rows asked for."""
    for row in read_coverage(folder / COVERAGE):
        if row["ledger"] == cells.table and (not cells.first or cells.first <= int(row["row"]) <= cells.last):
            state = Said(f"row-{row['state']}").text(lang)
            yield f"{row['sheet']}!{row['row']}:{row['row']} {'：'.join(filter(None, (state, row['why'])))}"
