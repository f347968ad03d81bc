"""Rows whose cells are made when they are asked for: of a million rows mostly one column is looked at."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy
import pandas

from ..facts.derived import summed

_Frame = TypeVar("_Frame", bound=pandas.DataFrame)
_Rows = TypeVar("_Rows", bound="RowsWhenAsked")
Make = Callable[[pandas.DataFrame, str], pandas.Series]


class Unmade:
    """What was read of some rows, and how the cells of a field are made of it."""

    def __init__(self, read: pandas.DataFrame, make: Make) -> None:
        self.read, self.make = read, make
        self._made: dict[str, pandas.Series] = {}

    def cells(self, field: str) -> pandas.Series:
        """The cells of a field, made once."""
        if field not in self._made:
            with collector_at_rest():
                self._made[field] = self.make(self.read, field)
        return self._made[field]


class Cells(pandas.Series):
    """A column of a ledger's rows."""

    def sum(self, *args: Any, **named: Any) -> Any:
        """As pandas adds up; facts, of which there may be a million, at once."""
        total = None if any((*args, *named.values())) or self.dtype != object else summed(self.tolist())
        return super().sum(*args, **named) if total is None else total


class RowsWhenAsked(pandas.DataFrame):
    """A frame that makes the cells of a column when that is taken, and with it rows and columns chosen of it.

    For all else pandas asks for its manager, or its ``ndim``: then all cells are made, and it is an ordinary frame from there on. So a
    step that is not known here costs time and changes nothing.
    """

    ndim = 2
    _unmade: Unmade

    @property
    def _constructor_sliced(self) -> type[Cells]:
        return Cells

    def __getitem__(self, key: Any) -> Any:
        unmade = self._unmade
        if isinstance(key, str) and key in self.columns:
            column: Any = self._constructor_sliced
            return column(unmade.cells(key), name=key).__finalize__(self)
        if isinstance(key, list | slice | numpy.ndarray | pandas.Series):
            chosen = unmade.read[key]
            if chosen.columns.is_unique:
                rows: Any = when_asked(type(self), chosen, unmade.make)
                return rows.__finalize__(self)
        return made(self)[key]

    @property
    def _mgr(self) -> Any:
        return made(self).__dict__["_mgr"]

    @_mgr.setter
    def _mgr(self, manager: Any) -> None:
        self.__dict__["_mgr"] = manager

    @property
    def index(self) -> Any:
        """The numbers of the rows."""
        return self._unmade.read.index

    @index.setter
    def index(self, labels: Any) -> None:
        made(self).index = labels

    @property
    def columns(self) -> Any:
        """The names of the fields."""
        return self._unmade.read.columns

    @columns.setter
    def columns(self, names: Any) -> None:
        made(self).columns = names


def when_asked(kind: type[_Rows], read: pandas.DataFrame, make: Make) -> _Rows:
    """The rows of ``read``, each column as ``make`` gives it."""
    rows = kind()
    rows.__dict__["_unmade"] = Unmade(read, make)
    return rows


def made(rows: _Frame) -> _Frame:
    """The same rows, all their cells made."""
    if isinstance(rows, RowsWhenAsked):
        ordinary: Any = rows._constructor
        whole: Any = pandas.DataFrame({field: rows._unmade.cells(field) for field in rows.columns})
        rows.__dict__["_mgr"] = whole._mgr
        rows.__class__ = ordinary  # only now: rows whose making was stopped are made the next time
        del rows.__dict__["_unmade"]
    return rows


def cells_of(rows: pandas.DataFrame, field: str) -> pandas.Series:
    """The cells of a field of such rows or ordinary ones, to make others of: they say nothing of where they are from."""
    return rows._unmade.cells(field) if isinstance(rows, RowsWhenAsked) else rows[field]


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Cells form no circles: looking for some among a million new ones would take longer than making them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
