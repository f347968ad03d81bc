"""What the ledgers state, as far as a finished report is held against it: names, figures, and what must stay inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ..document.cell_notation import CellNotation
from ..document.source_rows import Rows
from ..facts import Cell, Fact, When
from ..ledger.roles import NOT_SAID, Role, fields_of
from .ledger_record import Record

if TYPE_CHECKING:
    import pandas

PUBLIC = ("", "主动公开")
_COMMON = 4  # characters; a word so short may be part of any sentence
# What classes a record without telling which it is.
_CLASSES = (Role.SECTION, Role.MEASURE, Role.UNIT, Role.QUALIFIER, Role.BASIS, Role.STATUS, Role.CLASS, Role.TABLE)


class _Text(NamedTuple):
    """A text of a ledger and the first cell it stands in."""

    text: str
    role: str
    cell: str


class Ledgers:
    """The ledgers that a report may draw on, of its own period and of those it is compared with.

    Nothing is copied out of the frames but what is asked for: a ledger may have a million rows.
    """

    def __init__(self, frames: Iterable[pandas.DataFrame]) -> None:
        self._frames = {frame.attrs["source"]: frame for frame in frames}
        self._records: dict[tuple[str, int], Record] = {}

    @classmethod
    def of(cls, frames: Iterable[pandas.DataFrame]) -> Ledgers:
        """The ledgers of frames as ``ledger.read`` gives them (docs/design.md, "A ledger frame"); dates may be facts.

        ``attrs`` gives the Chinese heading and the role of each field, and which may identify a person. A frame of another period must have its source
        written as its facts write it (``../2020H2/tables/…``).
        """
        return cls(frames)

    def called(self, written: str) -> str:
        """The cells of a ``data-source`` as people write them: 指标!E5; what is no source stays as it is."""
        return self._notation.written(written)

    @cached_property
    def _notation(self) -> CellNotation:
        return CellNotation.of_frames(self._frames.values())

    @property
    def tables(self) -> frozenset[str]:
        """The tables there are."""
        return frozenset(self._frames)

    @cached_property
    def fields(self) -> frozenset[str]:
        """What the columns are called: their fields and their headings."""
        headings = [frame.attrs.get("headings", {}) for frame in self._frames.values()]
        return frozenset(str(name) for each in headings for pair in each.items() for name in pair)

    @cached_property
    def names(self) -> dict[str, str]:
        """Every text that a report can print → the first cell it stands in."""
        return {one.text: one.cell for one in reversed(list(self.texts()))}

    def texts(self, *roles: Role) -> Iterator[_Text]:
        """Each text of each column once (of those roles only, where there are any)."""
        for source, frame in self._frames.items():
            headings, has = frame.attrs.get("headings", {}), frame.attrs.get("roles", {})
            for name in frame:
                role = has.get(name, "")
                wanted = role in roles if roles else role not in NOT_SAID
                texts = frame[name].tolist() if wanted else []
                if not isinstance(next(iter(texts), None), str):
                    continue
                first = dict(zip(reversed(texts), reversed(frame.index.tolist()), strict=True))
                for text in dict.fromkeys(texts):
                    if text.strip():
                        cell = f"{source}#row={first[text]};col={headings.get(name, name)}"
                        yield _Text(" ".join(text.split()), role, cell)

    def has(self, rows: Rows) -> bool:
        """Whether all the rows are there; of a table that is not known, nothing can be said and they count as there."""
        if rows.table not in self._frames:
            return True
        index = self._frames[rows.table].index.to_numpy()
        return int(((index >= rows.first) & (index <= rows.last)).sum()) == rows.last - rows.first + 1

    def record(self, cell: Cell) -> Record | None:
        """The record a cell stands in."""
        key = (cell.table, cell.row)
        frame = self._frames.get(cell.table)
        if key not in self._records and frame is not None and cell.row in frame.index:
            headings, roles = (frame.attrs.get(name, {}) for name in ("headings", "roles"))
            fields = {str(name): value for name, value in frame.loc[cell.row].items()}
            known = frame.attrs.get("key")
            told = (None if known is None else tuple(known), tuple(frame.attrs.get("identifying", ())))
            self._records[key] = Record(*key, fields, headings, roles, *told)
        return self._records.get(key)

    def stated(self, cell: Cell) -> Fact | When | None:
        """The figure or date that a cell states."""
        record = self.record(cell)
        return record.stated(cell.column) if record else None

    def words(self, rows: Rows) -> list[str]:
        """What the cells of a stretch say in words, blanks and line breaks in a row being one blank."""
        frame = self._frames[rows.table]
        names = [name for name, heading in frame.attrs.get("headings", {}).items() if heading == rows.column]
        at = frame.index.to_numpy()
        inside = (at >= rows.first) & (at <= rows.last)
        chosen = (text for name in names if name in frame for text in frame[name].to_numpy(object)[inside])
        return [" ".join(str(text).split()) for text in chosen]

    def telling(self, table: str) -> tuple[str, tuple[str, ...]]:
        """(what the ledger is called, the fields that tell its rows apart in every period).

        The frame says so in ``attrs``: ``called`` and ``told_by``; without them the name of the table and no field.
        """
        attrs = self._frames[table].attrs
        return attrs.get("called", table), tuple(attrs.get("told_by", ()))

    def common(self, stretches: Sequence[Rows]) -> Record | None:
        """What the records of some stretches of one table agree on, as one record; None where one is not there.

        A field in which they differ is left out; of the figures it has those of the first.
        """
        table, column, first, _ = stretches[0]
        frame = self._frames[table]
        chosen = frame[_within(frame, stretches)]
        if len(chosen) != sum(one.last - one.first + 1 for one in stretches):
            return None
        start = self.record(Cell(table, column, first))
        if start is None:
            return None
        agreed = {
            name: value
            for name, value in start.fields.items()
            if _is_figures(frame[name]) or chosen[name].nunique() == 1
        }
        return replace(start, row=first, fields=agreed)

    def is_all(self, stretches: Sequence[Rows], said: Mapping[str, Any]) -> bool:
        """Whether these are all the rows that say ``said`` in their fields and state a figure in that column."""
        table, column, *_ = stretches[0]
        frame = self._frames[table]
        names = [name for name in frame if frame.attrs.get("headings", {}).get(name) == column]
        if not names or not _is_figures(frame[names[0]]):
            return False
        alike = frame[names[0]].map(lambda fact: fact.stated)
        for name, value in said.items():
            alike &= frame[name] == value
        return bool((alike == _within(frame, stretches)).all())

    def is_internal(self, rows: Rows) -> bool:
        """Whether one of the rows is a record that must stay inside."""
        return any(rows.first <= row <= rows.last for row in self._internal_rows.get(rows.table, ()))

    @cached_property
    def public(self) -> Ledgers:
        """Only the records that may leave the house: 公开属性 is 主动公开 or blank."""
        may_leave = [_is_public(frame) for frame in self._frames.values()]
        if all(rows.all() for rows in may_leave):
            return self
        return Ledgers(frame[rows] for frame, rows in zip(self._frames.values(), may_leave, strict=True))

    @cached_property
    def _internal(self) -> Ledgers:
        return Ledgers(frame[~_is_public(frame)] for frame in self._frames.values())

    @cached_property
    def _internal_rows(self) -> dict[str, tuple[int, ...]]:
        return {source: tuple(frame.index) for source, frame in self._internal._frames.items() if len(frame)}

    @cached_property
    def internal_texts(self) -> dict[str, str]:
        """Words that tell of an internal record (its names, events, details) and stand in no public one → their cell.

        A short word that is part of a public record's words is nothing that only internal records have.
        """
        inside = {
            one.text: one.cell for one in self._internal.texts() if one.role not in _CLASSES and len(one.text) > 1
        }
        public = self.public.names if inside else {}
        outside = "\n".join(public)
        return {
            text: cell
            for text, cell in inside.items()
            if text not in public and not (len(text) <= _COMMON and text in outside)
        }

    @cached_property
    def internal_figures(self) -> dict[str, str]:
        """Figures of internal records with their units (22小时) that no public record states → their cell."""
        inside = {str(fact): str(fact.sources) for fact in self._internal._figures()}
        values = {fact.quantity.value for fact in self._internal._figures()}
        outside = {str(fact) for fact in self.public._figures() if fact.quantity.value in values} if inside else set()
        return {figure: cell for figure, cell in inside.items() if figure not in outside}

    def _figures(self) -> Iterator[Fact]:
        """Every stated figure that has a unit."""
        for frame in self._frames.values():
            for name in frame:
                if _is_figures(frame[name]):
                    yield from (fact for fact in frame[name] if fact.stated and fact.unit)


def _within(frame: pandas.DataFrame, stretches: Sequence[Rows]) -> pandas.Series:
    """One truth a row: whether it lies in a stretch."""
    inside = frame.index.to_series() < 0
    for one in stretches:
        inside |= (frame.index >= one.first) & (frame.index <= one.last)
    return inside


def _is_figures(column: pandas.Series) -> bool:
    return isinstance(next(iter(column), None), Fact)


def _is_public(frame: pandas.DataFrame) -> pandas.Series:
    """One truth a row."""
    said = fields_of(frame, Role.DISCLOSURE)
    return frame[said[0]].isin(PUBLIC) if said else frame.index.to_series().notna()
