"""A declared 勾稽 over rows, or with × and ÷ over columns: names as they stand in the ledger, 合计 = 区级 + 镇级."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ..records import Records
from .stated_rows import Bounds, Row, half_place, meet, rows_of, said, total_of

_WIDE = str.maketrans("＝＋－−÷／×＊·", "=+--//***")
_TOLERANCE = re.compile(r"(?:±|误差)\s*(?P<most>\d+(?:\.\d+)?)\s*$")
_PIECE = re.compile(r"(?P<sign>[+\-*/])|(?P<name>[^+\-*/]+)")
_BLANKS = re.compile(r"[\s\u3000]+")
Term = tuple[str, str]  # its operator, and a name or a number


class RowRule(NamedTuple):
    """Both sides as terms in order, and by how much they may be apart; ``None`` where the printed decimals say it."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]
    most: Decimal | None = None

    @classmethod
    def without_tolerance(cls, text: str) -> tuple[str, Decimal]:
        """A rule's text without ``± 1`` behind it, and that."""
        given = _TOLERANCE.search(text)
        return (text[: given.start()], Decimal(given["most"])) if given else (text, Decimal(0))

    @classmethod
    def parse(cls, text: str) -> RowRule | None:
        """``日均 = 全年 / 工作日``, ``合计 = 区级 + 镇级 ± 1``; None where it is no such rule."""
        plain = text.translate(_WIDE)
        given = _TOLERANCE.search(plain)
        halves = plain[: given.start() if given else None].split("=")
        sides = [_terms(half) for half in halves]
        if len(sides) != 2 or not all(sides):
            return None
        return cls(sides[0], sides[1], Decimal(given["most"]) if given else None)

    @property
    def names(self) -> list[str]:
        """What the ledger must state."""
        return [name for _, name in (*self.left, *self.right) if not _number(name)]

    @property
    def result(self) -> str:
        """The name that stands alone on one side: what the rule says comes of the others; "" where none does."""
        return next((side[0][1] for side in (self.left, self.right) if len(side) == 1 and not _number(side[0][1])), "")

    @property
    def is_sum_of_rows(self) -> bool:
        """Whether it says of one name that it is what others come to."""
        return len(self.left) == 1 and len(self.right) > 1 and all(sign == "+" for sign, _ in (*self.left, *self.right))

    @property
    def divides(self) -> bool:
        """Whether it multiplies or divides."""
        return any(sign in "*/" for sign, _ in (*self.left, *self.right))


def unknown_names(records: Records, rule: RowRule) -> list[str]:
    """The names that neither a column nor a row of the ledger has."""
    rows = list(rows_of(records, least=1))
    return [name for name in rule.names if not any(_is_called(row, name) for row in rows)]


def places_of(records: Records, rule: RowRule) -> Iterator[dict[str, Row]]:
    """The rows of each place at which all names of the rule are found, the first name's first."""
    rows = list(rows_of(records, least=1))
    for anchor in (row for row in rows if _is_called(row, rule.names[0])):
        cells = {name: anchor if name == rule.names[0] else _beside(anchor, name, rows) for name in rule.names}
        there = {name: cell for name, cell in cells.items() if cell is not None}
        if len(there) == len(cells):
            yield there


def mixed_units(rule: RowRule, there: dict[str, Row]) -> list[str]:
    """The units that a sum would add up though they are not the same; 万元 and 元 are one."""
    units = list(dict.fromkeys(row.unit for row in there.values()))
    return units if len(units) > 1 and not rule.divides else []


def apart(rule: RowRule, there: dict[str, Row]) -> tuple[str, str, str] | None:
    """(left, right, difference) in the figures' own unit where the rule does not hold; None where it does."""
    anchor = there[rule.names[0]]
    left, right = _side(rule.left, there.__getitem__), _side(rule.right, there.__getitem__)
    if not left or not right:
        return None
    if any(sign in "*/" for sign, _ in rule.right[1:]) and anchor.unit == "%":
        right = (right[0] * 100, right[1] * 100)
    return _compared(anchor, rule, left, right)


def declared_totals(records: Records, rules: Iterable[str]) -> dict[Row, list[Row]]:
    """The rows that a declared sum over rows confirms as totals, each with its parts."""
    found: dict[Row, list[Row]] = {}
    for rule in filter(None, map(RowRule.parse, rules)):
        for there in places_of(records, rule) if rule.is_sum_of_rows else ():
            if not mixed_units(rule, there) and apart(rule, there) is None:
                whole, *parts = there.values()
                if all(part.column == whole.column for part in parts):
                    found[whole] = parts
    return found


def _compared(anchor: Row, rule: RowRule, left: Bounds, right: Bounds) -> tuple[str, str, str] | None:
    divided = any(sign == "/" for sign, _ in rule.right)
    slack = (half_place(anchor.quantity) or Decimal("0.5")) - half_place(anchor.quantity) if divided else Decimal(0)
    if rule.most is not None:
        slack += rule.most
    if meet((left[0] - slack, left[1] + slack), right):
        return None
    one, two = total_of(left) / 2, total_of(right) / 2
    return said(one, anchor), said(two, anchor), said(one - two, anchor)


def _terms(side: str) -> tuple[Term, ...]:
    """The terms of ``a + b / c``, each with the operator before it; nothing where one is missing."""
    found: list[Term] = []
    sign, wanting = "+", True
    for match in _PIECE.finditer(side.strip()):
        name = _BLANKS.sub("", match["name"] or "")
        if match["sign"]:
            if wanting and (found or match["sign"] in "*/"):
                return ()
            sign, wanting = match["sign"], True
        elif name:
            found.append((sign, name))
            wanting = False
    return () if wanting else tuple(found)


def _number(name: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?%?", name))


def _is_called(row: Row, name: str) -> bool:
    heading = row.records.ledger.column(row.column).heading
    return name in (row.subject, row.measure, *row.classed, heading, f"{row.subject}{row.measure}")


def _beside(anchor: Row, name: str, rows: list[Row]) -> Row | None:
    """The row of that name that has most in common with the anchor; None where that is in doubt."""
    called = [row for row in rows if row is not anchor and _is_called(row, name)]
    if len(called) < 2:
        return called[0] if called else None
    ranked = sorted(called, key=lambda row: _common(anchor, row), reverse=True)
    best, next_best = _common(anchor, ranked[0]), _common(anchor, ranked[1])
    near = (
        anchor.position == ranked[0].position
        or ranked[0].subject == anchor.subject
        or ranked[0].measure == anchor.measure
    )
    return ranked[0] if best > next_best and near else None


def _common(one: Row, other: Row) -> int:
    same = (
        one.group == other.group, one.subject == other.subject, one.measure == other.measure,
        one.as_of == other.as_of, one.column == other.column, one.unit == other.unit,
    )  # fmt: skip
    return sum(same) + 5 * (one.position == other.position)


def _side(terms: tuple[Term, ...], cell: Callable[[str], Row]) -> Bounds | None:
    """Between what a side lies, × and ÷ before + and -; None where it cannot be worked out."""
    products: list[tuple[str, Bounds]] = []
    for sign, name in terms:
        amount = (Decimal(name.rstrip("%")),) * 2 if _number(name) else cell(name).bounds
        if sign in "+-":
            products.append((sign, amount))
            continue
        before, (low, high) = products[-1]
        if sign == "/" and amount[0] <= 0:
            return None
        ends = [a * b if sign == "*" else a / b for a in (low, high) for b in amount]
        products[-1] = (before, (min(ends), max(ends)))
    low = total_of(a if sign == "+" else -b for sign, (a, b) in products)
    high = total_of(b if sign == "+" else -a for sign, (a, b) in products)
    return low, high
