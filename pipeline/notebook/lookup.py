"""Find a stated figure by what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..errors import FactError
from ..facts import Fact
from ..workspace import nearest

if TYPE_CHECKING:
    import pandas

# The field that says what a row is about, for tables whose stated columns name the measure themselves.
_SUBJECTS = ("subject", "list_name", "activity", "category", "kind", "title", "name", "year")
_MEASURES = ("measure", "action")


class NotStated(FactError):
    """The ledgers state nothing of what was asked; ``known`` are the (subject, measure) they do state."""

    def __init__(self, message: str, known: list[tuple[str, str]]) -> None:
        super().__init__(message)
        self.known = known


class StatedTwice(FactError):
    """The ledgers state what was asked more than once; ``places`` are the cells."""

    def __init__(self, message: str, places: tuple[str, ...]) -> None:
        super().__init__(message)
        self.places = places


class Lookup:
    """The facts and texts of a period's tables by (subject, measure).

    Args:
        tables: name → rows, as ``ledger.read`` gives them.
        where: what they are the tables of, for messages.
    """

    def __init__(self, tables: Mapping[str, pandas.DataFrame], where: str) -> None:
        self._tables, self._where = tables, where

    def fact(self, subject: str, measure: str, as_of: str = "") -> Fact:
        """The stated figure; see ``Section.fact``."""
        found = [
            fact
            for about, what, when, fact in self._facts()
            if (about, what) == (subject, measure) and as_of in ("", when)
        ]
        return self._only(found, subject, measure, [(about, what) for about, what, _, _ in self._facts()])

    def text(self, subject: str, measure: str) -> str:
        """The stated words; see ``Section.text``."""
        said = [
            ((str(row.subject), str(row.measure)), str(row.text))
            for rows in self._tables.values()
            if {"subject", "measure", "text"} <= set(rows)
            for row in rows.itertuples()
            if row.text
        ]
        return self._only(
            [text for key, text in said if key == (subject, measure)], subject, measure, [key for key, _ in said]
        )

    def _only(self, found: list, subject: str, measure: str, known: list[tuple[str, str]]):
        if len(found) == 1:
            return found[0]
        asked = f"({subject}, {measure})"
        if found:
            places = tuple(str(getattr(one, "sources", one)) for one in found)
            msg = f"{self._where}: {asked} is stated {len(found)} times ({'; '.join(places)}); give the as-of date as third argument, or rename one"
            raise StatedTwice(msg, places)
        keys = [f"({about}, {what})" for about, what in known]
        msg = f"{self._where}: the ledgers state nothing for {asked}{nearest(asked, keys)}"
        raise NotStated(msg, known)

    def _facts(self) -> Iterator[tuple[str, str, str, Fact]]:
        """Every stated figure as (subject, measure, as-of, fact)."""
        for rows in self._tables.values():
            about = next((field for field in _SUBJECTS if field in rows), None)
            what = next((field for field in _MEASURES if field in rows), None)
            if about is None:
                continue
            headings = rows.attrs.get("headings", {})
            for row in rows.to_dict("records"):
                for field, cell in row.items():
                    if isinstance(cell, Fact) and cell.stated:
                        measure = str(row[what]) if what else headings.get(field, field)
                        yield str(row[about]), measure, str(row.get("as_of", "")), cell
