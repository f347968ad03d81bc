"""A ledger's rows: texts, figures and dates by field, with the problems found on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..facts.figure_text import FORMULA_ERROR
from ..facts.quantity import QUALIFIERS, Quantity, StatedError
from ..facts.unprintable import UNSEEN
from ..facts.when import When
from ..findings import Finding, nearest_of
from ..findings.place import letter
from .columns import TEXT, Column, Ledger
from .distinct import Coded, combined
from .grid import AROUND, LOST, Grid
from .headings import find
from .rows import as_words, filled, not_records, unmerge

if TYPE_CHECKING:
    import numpy as np

_MONTH_OR_TEN = re.compile(r"(\d{4})\.1")

_CASES = ("件", "宗", "起", "例")  # words for one case


@dataclass
class Records:
    """The data rows of one ledger in one file.

    ``rows`` are their numbers as Excel shows them, ``places`` the column index of each field that the file has,
    ``first`` how many rows stand above them all. Problems are added to ``problems`` as columns are asked for. ``declared`` are the cells, by field and position, of which a declared
    rule says what they come to; ``stated`` keeps the figures row by row, and in lists, for the checks that look for sums in them.
    """

    ledger: Ledger
    grid: Grid
    rows: np.ndarray
    problems: list[Finding] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    first: int = 0
    declared: set[tuple[str, int]] = field(default_factory=set)
    stated: dict[object, list[Any]] = field(default_factory=dict)
    _coded: dict[str, Coded] = field(default_factory=dict)
    _read: dict[str, Coded] = field(default_factory=dict)

    @classmethod
    def of(cls, grid: Grid, ledger: Ledger) -> Records:
        """Find the headings in ``grid`` and the rows below them; what is in doubt is in ``problems``."""
        import numpy as np

        nothing = np.empty(0, int)
        if grid.problems and not grid.columns:
            return cls(ledger, grid, nothing, list(grid.problems))
        headings = find(grid, ledger)
        as_words(grid, ledger, headings.places)
        records = cls(ledger, grid, nothing, [*grid.problems, *headings.problems], headings.places, headings.first)
        if headings.places:
            positions = filled(grid, ledger, headings.places, headings.first)
            none = not_records(grid, ledger, headings.places, positions)
            records.problems += none.values()
            records.problems += unmerge(grid, ledger, headings.places, headings.first, none)
            records.rows = positions[~np.isin(positions, [*none, *headings.shifted])] + 1
            records._without_repeated_headings()
            records._head_problems()
        return records

    @classmethod
    def none(cls, grid: Grid, ledger: Ledger) -> Records:
        """No rows: the period does not have this ledger."""
        import numpy as np

        return cls(ledger, grid, np.empty(0, int))

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, name: str) -> bool:
        """Whether the file has a column for that field."""
        return name in self.places

    @property
    def letters(self) -> dict[str, str]:
        """The letter of each column that the file has, by field."""
        return {name: letter(place) for name, place in self.places.items()}

    def coded(self, name: str) -> Coded:
        """The texts of a field without the blanks around them, defaults filled in; an absent column is blank."""
        if name not in self._coded:
            self._coded[name] = self._code(self.ledger.column(name))
        return self._coded[name]

    def figures(self, name: str) -> Coded:
        """A stated column as ``Quantity``; None where it cannot be read, which is a problem."""
        if name not in self._read:
            self._read[name] = self._figures(self.ledger.column(name))
        return self._read[name]

    def dates(self, name: str) -> Coded:
        """A date column as ``When``; None where it cannot be read, which is a problem."""
        if name not in self._read:
            column, coded = self.ledger.column(name), self.coded(name)
            values = [self._date(column, code, text) for code, text in enumerate(coded.values)]
            self._read[name] = Coded(coded.codes, values)
        return self._read[name]

    def report(self, code: str, where: Any, name: str = "", value: str = "", /, **details: Any) -> None:
        """Add a problem for the rows of a mask (or of positions) in the column of a field."""
        import numpy as np

        column = self.ledger.column(name) if name else None
        place, where = self.places.get(name), np.asarray(where)
        rows = tuple(self.rows[where].tolist()) if where.size else ()
        told = self.grid.told.get(-1 if place is None else place, ())
        if rows and all(row in told for row in rows):
            return
        self.problems.append(
            self.grid.problem(
                code,
                rows=tuple(row for row in rows if row not in told),
                column="" if place is None else letter(place),
                heading=column.heading if column else "",
                value=value,
                severity=details.pop("severity", ""),
                **details,
            )
        )

    # -- texts -----------------------------------------------------------------------------------------

    def _code(self, column: Column) -> Coded:
        import numpy as np

        place = self.places.get(column.field)
        if place is None:
            return Coded(np.zeros(len(self), int), [column.default])
        written = Coded.of(self.grid.columns[place][self._positions()])
        codes, as_written = written.codes, written.values
        texts = [text.strip(AROUND) or column.default for text in as_written]
        texts = [column.aliases.get(text, text) for text in texts] if column.aliases else texts
        values = texts if texts == as_written else list(dict.fromkeys(texts))
        if len(values) < len(texts):
            number = {text: index for index, text in enumerate(values)}
            codes = np.fromiter((number[text] for text in texts), int, len(texts))[codes]
        coded = Coded(codes, values)
        if not self.grid.clean:
            self._screen(column, coded)
        return coded

    def _screen(self, column: Column, coded: Coded) -> None:
        """Characters no one meant, and formulas that failed or that a file of texts cannot hold."""
        for code, text in enumerate(coded.values):
            fault = _fault(text)
            if fault and (column.kind == TEXT or fault == "control-character"):
                self.report(fault, coded.positions(code), column.field, text)

    def _positions(self) -> slice | np.ndarray:
        """Where the rows lie in the grid: a slice where nothing lies between them, which spares a copy."""
        first, last = (int(self.rows[0]), int(self.rows[-1])) if len(self) else (1, 0)
        return slice(first - 1, last) if last - first + 1 == len(self) else self.rows - 1

    # -- figures and dates -----------------------------------------------------------------------------

    def _figures(self, column: Column) -> Coded:
        text = self.coded(column.field)
        parts = [self.coded(name) for name in (column.qualifier_from, column.unit_from) if name]
        figures = combined([text, *parts])
        refused = {each: self._refusal(column, text, code) for code, each in enumerate(text.values)}
        for code, (own, *others) in enumerate(figures.values):
            qualifier = others.pop(0) if column.qualifier_from else ""
            unit = others.pop(0) if column.unit_from else _usual_unit(column, own)
            readable = not refused[own]
            figures.values[code] = self._figure(column, (figures, code), own, qualifier, unit) if readable else None
        return figures

    def _refusal(self, column: Column, coded: Coded, code: int) -> bool:
        """Whether a text is no figure whatever stands in the columns beside it."""
        try:
            Quantity.parse(coded.values[code])
        except StatedError as error:
            text, params = coded.values[code], {"allowed": tuple(error.allowed.split())}
            shown = f"{text[:3]}…" if error.reason == "too-long" else text  # it may be the number of a person's card
            self.report(error.reason, coded.positions(code), column.field, shown, **params)
            return True
        return False

    def _figure(
        self, column: Column, place: tuple[Coded, int], text: str, qualifier: str, unit: str
    ) -> Quantity | None:
        try:
            return Quantity.parse(text, unit=unit, qualifier=qualifier)
        except StatedError as error:
            params: dict[str, Any] = {"allowed": tuple(error.allowed.split())}
            name, code, found = column.field, error.reason, error.found
        if qualifier and qualifier not in QUALIFIERS:
            name, code, found = column.qualifier_from, "choice", qualifier
            params = {"allowed": QUALIFIERS, "nearest": nearest_of(qualifier, QUALIFIERS)}
        elif found == unit and column.unit_from:
            if column.base_of:
                return None  # told of the figure it belongs to
            name = column.unit_from
            code = code if code == "arabic-with-thousand" else "unit"
        elif found == qualifier:
            name = column.qualifier_from
        figures, which = place
        self.report(code, figures.positions(which), name, found, **params)
        return None

    def _date(self, column: Column, code: int, text: str) -> When | None:
        coded = self.coded(column.field)
        match = _MONTH_OR_TEN.fullmatch(text)
        if match and self._typed_as_number(column, coded.positions(code)):
            months = {"january": f"{match[1]}-01", "october": f"{match[1]}-10"}
            self.report("month-or-ten", coded.positions(code), column.field, text, **months)
            return None
        try:
            return When.parse(text)
        except StatedError as error:
            allowed = tuple(error.allowed.split())
            self.report(error.reason, coded.positions(code), column.field, text, allowed=allowed)
            return None

    def _typed_as_number(self, column: Column, positions: np.ndarray) -> bool:
        place = self.places.get(column.field, -1)
        return any((row - 1, place) in self.grid.ambiguous for row in self.rows[positions].tolist())

    # -- rows ------------------------------------------------------------------------------------------

    def _without_repeated_headings(self) -> None:
        """Leave out rows that say the headings again: they are one fault, not as many as there are columns."""
        names = list(self.places)[:2]
        masks = [self.coded(name).where(self.ledger.column(name).heading.__eq__) for name in names]
        repeated = masks[0] & masks[-1]
        if len(names) > 1 and repeated.any():
            self.report("heading-repeated", repeated, names[0], self.ledger.column(names[0]).heading)
            self.rows = self.rows[~repeated]
            self._coded.clear()

    def _head_problems(self) -> None:
        """Add the heading to problems of single cells that were found before the headings were known."""
        headings = {letter(place): self.ledger.column(name).heading for name, place in self.places.items()}
        self.problems = [
            replace(each, place=each.place._replace(heading=headings.get(each.place.column, "")))
            if each.place.rows and not each.place.heading and each.code != "unknown-heading"
            else each
            for each in self.problems
        ]


def _fault(text: str) -> str:
    if FORMULA_ERROR.fullmatch(text):
        return "formula-error"
    if LOST.search(text):
        return "lost-character"
    if UNSEEN.search(text):
        return "control-character"
    return "formula" if text.startswith("=") else ""


def _usual_unit(column: Column, text: str) -> str:
    """The unit of the column, where the cell does not say another word for the same: 412宗."""
    others = _CASES if column.unit in _CASES else ()
    return "" if text.endswith(tuple(word for word in others if word != column.unit)) else column.unit
