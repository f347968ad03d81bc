"""What a sheet shows otherwise than it is read: hidden rows and columns, what is struck through or unseen, comments with figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..columns import FIGURE, Column
from ..records import Records
from .opened_period import OpenedPeriod

_NO_FIGURE = re.compile(
    r"https?://\S+|^[^\n:：]{1,20}[:：]\n|\d{4}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}日?)?|\d{1,2}月(?:\d{1,2}日)?|\d{4}年度?|\d{1,2}[:：]\d\d"
)
_LEGACY = re.compile(
    r"\A\[.*?(?:Comment|注释|批注)[:：]\s*\n", re.DOTALL
)  # what stands before a comment of newer Excels
_SHOWN = 30  # characters of a comment


def appearance(opened: OpenedPeriod) -> None:
    """Report what is read though the sheet does not show it, or takes it back."""
    for records in opened.records.values():
        if len(records) and records.grid.sheet:
            _hidden(records)
            _marked(records)
            _conditional(records)
            _remarked(records)


def _hidden(records: Records) -> None:
    hidden = records.grid.look.hidden_rows
    rows = [at for at, row in enumerate(records.rows.tolist()) if row - 1 in hidden] if hidden else []
    if rows:
        records.report("hidden-rows", rows)
    for column, place in _columns(records):
        holds = records.grid.look.hides(place) and any(
            records.grid.text(row - 1, place) for row in records.rows.tolist()
        )
        if holds:
            records.report("hidden-column", [], column.field)


def _marked(records: Records) -> None:
    """Cells that are struck through, unseen or blank zeros; a row of such cells is told as a row."""
    look = records.grid.look
    for code, cells in (
        ("struck-through", look.struck),
        ("not-seen", look.unseen),
        ("zero-not-shown", look.blank_zeros),
    ):
        whole = _whole_rows(records, cells) if cells else []
        if whole:
            records.report(code, whole)
        for column, place in _columns(records) if cells else ():
            rows = [at for at in _at(records, place, cells) if at not in whole]
            if rows:
                records.report(code, rows, column.field, str(records.coded(column.field).spread()[rows[0]]))


def _whole_rows(records: Records, cells: set[tuple[int, int]]) -> list[int]:
    """The positions of rows of several filled cells that are all among ``cells``."""
    found = []
    for at, row in enumerate(records.rows.tolist()):
        filled = [place for _, place in _columns(records) if records.grid.text(row - 1, place)]
        if len(filled) > 1 and all((row - 1, place) in cells for place in filled):
            found.append(at)
    return found


def _conditional(records: Records) -> None:
    for column, place in _columns(records):
        areas = [each for each in records.grid.look.conditional if each[1] <= place <= each[3]]
        if areas and column.kind == FIGURE:
            texts = records.coded(column.field).spread()
            for at, row in enumerate(records.rows.tolist()):
                numeric = (row - 1, place) in records.grid.ambiguous
                if numeric and any(first <= row - 1 <= last for first, _, last, _ in areas):
                    records.report("format-by-condition", [at], column.field, found=str(texts[at]))


def _remarked(records: Records) -> None:
    comments = records.grid.look.comments
    for column, place in _columns(records) if comments else ():
        for at in _at(records, place, comments) if column.kind == FIGURE else ():
            text = _LEGACY.split(comments[int(records.rows[at]) - 1, place])[-1]
            if _figures(text) - _figures(str(records.coded(column.field).spread()[at])):
                records.report("figure-in-comment", [at], column.field, comment=" ".join(text.split())[:_SHOWN])


def _figures(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", _NO_FIGURE.sub("", text).replace(",", "")))


def _at(records: Records, place: int, cells: set[tuple[int, int]] | dict[tuple[int, int], str]) -> list[int]:
    """The positions of the records whose cell in that column is among ``cells``."""
    return [at for at, row in enumerate(records.rows.tolist()) if (row - 1, place) in cells]


def _columns(records: Records) -> Iterator[tuple[Column, int]]:
    yield from ((records.ledger.column(name), place) for name, place in records.places.items())


CHECKS = (appearance,)
