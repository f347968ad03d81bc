"""What became of a statement: its words with old and new marked in them, and the figures that changed, by how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, NamedTuple

from ..findings import Said
from .pairing import Pair, paired
from .statements import DATE, OWN, StatedFigure, Statement, Token

SAME, OLD, NEW = "same", "old", "new"
_ISLAND = 2  # so few words between two changes are no rest in the reading
_ONE_NAME = 0.5  # more of two names must be the same for two figures to be one that changed
_RATES = ("%", "％", "‰")


class Run(NamedTuple):
    """Words that stayed, went or came."""

    kind: str
    text: str


@dataclass(frozen=True)
class FigureShift:
    """A figure that is another one now; either side is None where it was not, or is no more."""

    before: StatedFigure | None
    after: StatedFigure | None

    @property
    def shown(self) -> StatedFigure:
        """The later one."""
        shown = self.after or self.before
        assert shown is not None, "a shift is of something"
        return shown

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others, wherever it is stated."""
        values = (str(side.value) + side.qualifier if side else "" for side in (self.before, self.after))
        return (*values, self.shown.cells)  # type: ignore[return-value]  # two values and the cells

    @property
    def amount(self) -> str | Said:
        """By how much: +325件（+100.9%）, +1.2个百分点; "" where one side is missing, hedged or of another unit."""
        one, other = self.before, self.after
        if one is None or other is None or one.value is None or other.value is None:
            return ""
        if one.qualifier or other.qualifier or one.unit != other.unit:
            return ""
        by = other.value - one.value
        if other.is_rank:
            return Said("change-up" if by < 0 else "change-down", places=abs(by)) if by else ""
        if other.unit in _RATES:
            return Said("change-points", points=f"{by:+}") if other.unit != "‰" else f"{by:+}‰"
        return f"{by:+f}{other.unit}{_rate(one.value, by)}"

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        amount = self.amount
        return {
            "called": self.shown.called,
            "before": self.before.printed if self.before else "",
            "after": self.after.printed if self.after else "",
            "amount": amount.text("zh") if isinstance(amount, Said) else amount,
            "cells": self.shown.cells,
        }


def _rate(base: Decimal, by: Decimal) -> str:
    """In percent of what it was; no base under ten has one, as in a report."""
    return f"（{100 * by / base:+.1f}%）" if base >= 10 and by else ""


@dataclass(frozen=True)
class StatementChange:
    """A statement as it was and as it is; ``parts`` are its words by column, ``shifts`` the period's own figures that
    changed, and it is ``reworded`` where anything else did."""

    before: Statement | None
    after: Statement | None
    parts: tuple[tuple[str, tuple[Run, ...]], ...]
    shifts: tuple[FigureShift, ...]
    reworded: bool

    @property
    def shown(self) -> Statement:
        """The later one."""
        shown = self.after or self.before
        assert shown is not None, "a change is of something"
        return shown

    def __bool__(self) -> bool:
        """Whether anything changed at all."""
        return any(run.kind != SAME for _, runs in self.parts for run in runs)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "section": self.shown.place.section,
            "place": self.shown.where,
            "before": self.before.text if self.before else "",
            "after": self.after.text if self.after else "",
            "figures": [shift.as_dict() for shift in self.shifts],
        }


def statement_changes(before: Sequence[Statement], after: Sequence[Statement]) -> list[StatementChange]:
    """What became of each statement, those that stayed among them."""
    columns = _columns_of(before), _columns_of(after)
    return [_changed(pair, columns) for pair in paired(before, after)]


def _columns_of(statements: Sequence[Statement]) -> dict[object, set[str]]:
    found: dict[object, set[str]] = {}
    for one in statements:
        found.setdefault(one.group, set()).update(part.column for part in one.parts)
    return found


def _changed(pair: Pair, columns: tuple[Mapping[object, set[str]], Mapping[object, set[str]]]) -> StatementChange:
    """What became of a pair; ``columns`` are those of each table, before and after: what only one has is no change of a row."""
    before, after = pair
    parts: list[tuple[str, tuple[Run, ...]]] = []
    shifts: list[FigureShift] = []
    reworded = before is None or after is None
    for column, one, other in _columns(before, after, columns):
        runs, moved = _compared(one, other)
        parts.append((column, tuple(runs)))
        shifts += moved
        figures = len([token for token in one if _is_own(token)])
        reworded |= _words_of(one) != _words_of(other) or figures != len([token for token in other if _is_own(token)])
    return StatementChange(before, after, tuple(parts), tuple(shifts), reworded)


def _words_of(tokens: Sequence[Token]) -> list[str]:
    """What is said but for the period's own figures; dates by what they are."""
    return [token.text if token.alike == DATE else token.alike for token in tokens if not _is_own(token)]


def _columns(
    before: Statement | None, after: Statement | None, columns: tuple[Mapping[object, set[str]], ...]
) -> Iterator[tuple[str, Sequence[Token], Sequence[Token]]]:
    one, other = ({part.column: part.tokens for part in side.parts} if side else {} for side in (before, after))
    for column in dict.fromkeys((*other, *one)):
        new_column = before and after and after.is_row and column not in columns[0].get(before.group, ())
        old_column = before and after and after.is_row and column not in columns[1].get(after.group, ())
        if new_column:
            yield column, other[column], other[column]
        elif not old_column:
            yield column, one.get(column, ()), other.get(column, ())


def _compared(before: Sequence[Token], after: Sequence[Token]) -> tuple[list[Run], list[FigureShift]]:
    """The words of both, and the figures that changed; figures stand against each other where the words around them agree."""
    runs: list[Run] = []
    shifts: list[FigureShift] = []
    for tag, first, last, begin, end in _blocks([one.alike for one in before], [one.alike for one in after]):
        old, new = before[first:last], after[begin:end]
        if tag != "equal":
            runs += _replaced("".join(one.text for one in old), "".join(one.text for one in new))
            shifts += _facing([one for one in old if _is_own(one)], [one for one in new if _is_own(one)])
            continue
        for one, other in zip(old, new, strict=True):
            if one.text == other.text or other.alike[0] != "\0" or not (_is_own(other) or other.alike == DATE):
                runs.append(Run(SAME, other.text))
            else:
                runs += _replaced(one.text, other.text)
                shifts += _facing([one], [other]) if _is_own(other) else []
    return _joined(runs), shifts


def _blocks(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """What is equal and what is not, where a word or two between two changes are part of the change."""
    found: list[tuple[str, int, int, int, int]] = []
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for at, (tag, first, last, begin, end) in enumerate(codes):
        inside = 0 < at < len(codes) - 1 and last - first <= _ISLAND
        small = tag == "equal" and inside and not any(one[0] == "\0" for one in before[first:last])
        kind = "replace" if tag != "equal" or small else "equal"
        if found and kind == found[-1][0] == "replace":
            found[-1] = ("replace", found[-1][1], last, found[-1][3], end)
        else:
            found.append((kind, first, last, begin, end))
    return found


def _is_own(token: Token) -> bool:
    return token.figure is not None and token.alike.startswith(OWN)


def _facing(old: Sequence[Token], new: Sequence[Token]) -> list[FigureShift]:
    """Figures that stand against each other: one by one where there are as many of one name, else gone and new."""
    one, other = ([token.figure for token in side if token.figure] for side in (old, new))
    if len(one) == len(other):
        pairs = [pair for pair in zip(one, other, strict=True) if _says(pair[0]) != _says(pair[1])]
        return [shift for pair in pairs for shift in _shifts(*pair)]
    return [*(FigureShift(each, None) for each in one), *(FigureShift(None, each) for each in other)]


def _shifts(one: StatedFigure, other: StatedFigure) -> Iterator[FigureShift]:
    if one.called == other.called or SequenceMatcher(None, one.called, other.called).ratio() > _ONE_NAME:
        yield FigureShift(one, other)
    else:
        yield from (FigureShift(one, None), FigureShift(None, other))


def _says(figure: StatedFigure) -> tuple[object, ...]:
    return (figure.value, figure.qualifier, figure.printed)


def _replaced(old: str, new: str) -> list[Run]:
    return [Run(kind, text) for kind, text in ((OLD, old), (NEW, new)) if text]


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Neighbours of a kind as one; between words that stayed all that went stands before all that came: 增长8% 下降3%."""
    joined: list[Run] = []
    for stayed, some in groupby(runs, lambda run: run.kind == SAME):
        block = list(some)
        for kind in (SAME,) if stayed else (OLD, NEW):
            text = "".join(run.text for run in block if run.kind == kind)
            joined += [Run(kind, text)] if text else []
    return joined
