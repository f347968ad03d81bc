"""The figures of a ledger row by row, with what they are called and between what they lie: what sums are looked for in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from ...facts.figure_text import SCALES
from ...facts.figure_words import RATES
from ...facts.quantity import Quantity
from ..records import Records
from ..roles import Role
from .things import upright

MOST_ROWS = 1000  # sums are written by people; what is longer is a register
Bounds = tuple[Decimal, Decimal]
_BLANKS = re.compile(r"[\s\u3000]+")
SUMMED = re.compile(r"[合总小共]计(?!局|师|划)")
TOTAL = re.compile(
    SUMMED.pattern
    + r"|总[数量额]$|累计|总.{0,6}[数量额]$|总(?:面积|投资|时长|费用|批次|人次|规模|里程|学时|工时|用时)$|^全部$|^总体$|^1月?(?:—{1,2}|[–\-~～至到])\d{1,2}月$|共(?:梳理|办理|受理|召开|开展|完成|发放)"
)
_SPAN = re.compile(r"^(?:上半年|下半年|半年|全年|前三季度|本年)$")
_THEN = re.compile(r"20\d\d年[底末]|期初|上年|去年|上期")  # what had come together before this period
_ONCE = re.compile(r"不重复|去重|[剔扣]除重复|计一次")
_OVERLAPS = re.compile(r"交叉|重叠|不累加|不可?相加|重复(?:计|统)")
AVERAGE = re.compile(
    r"[日周月季年人案户场件次窗亩车店企单班科期批站村校家项台席厅街镇组队均]均|平均|每(?P<many>[千万百]?)[人户件套家张次个份场日天周月]|均(?:参训|罚款)|单[价个台窗户套场件家]|每(?:[台窗所亩]|公里|平方米)"
)
PARTLY = re.compile(r"其中|(?P<of>[^：:]{2,12})中[：:]")
# What is told of a row so that other checks need not look at it.
_TOLD = frozenset(
    "rule-difference total-apart total-near part-above-whole more-than-came running-falls each-apart formula-apart".split()
)


@dataclass(frozen=True, eq=False)
class Row:
    """One figure: the position of its row, its group (chapter, initiative, what it has added up since), what it is about.

    Its ``bounds`` are in units of one: a rounded figure may be half a last place off, 3万余 is below 40000.
    """

    records: Records
    column: str
    position: int
    group: tuple[str, ...]
    subject: str
    measure: str
    classed: tuple[str, ...]
    as_of: str
    basis: str
    words: str
    note: str
    quantity: Quantity

    @property
    def line(self) -> int:
        """Its row as Excel shows it."""
        return int(self.records.rows[self.position])

    @property
    def chapter(self) -> tuple[str, ...]:
        """Its group, whatever it has added up since."""
        return self.group[: len(self.group) - len(_since(self.basis))]

    @property
    def unit(self) -> str:
        """Its unit."""
        return self.quantity.unit

    @property
    def value(self) -> Decimal:
        """The number, in units of one."""
        return _number(self.quantity)

    @property
    def is_rate(self) -> bool:
        """Whether it is in per cent, per mille or points."""
        return self.unit in RATES

    @cached_property
    def is_partial(self) -> bool:
        """Whether it is one of several under 其中."""
        return bool(PARTLY.match(self.subject) or PARTLY.match(self.measure))

    @cached_property
    def is_total(self) -> bool:
        """Whether its name says that it is a total."""
        if _THEN.search(self.measure):
            return False
        return any(TOTAL.search(name) for name in (self.subject, self.measure, *self.classed)) or bool(
            _SPAN.match(self.subject)
        )

    @cached_property
    def counts_once(self) -> bool:
        """Whether it says that what stands in several rows is counted once."""
        return any(map(_ONCE.search, (self.subject, self.measure, self.note)))

    @cached_property
    def overlaps(self) -> bool:
        """Whether it says that what it counts may stand in other rows too."""
        return bool(_OVERLAPS.search(self.note)) and not self.counts_once

    @cached_property
    def is_average(self) -> bool:
        """Whether it is so many a day, a head, a piece, which adds up to nothing."""
        return any(map(AVERAGE.search, (self.subject, self.measure)))

    @cached_property
    def is_total_of_others(self) -> bool:
        """Whether its subject or class says that it is a total, and not only a measure that other rows have as well."""
        return any(TOTAL.search(name) for name in (self.subject, *self.classed)) or bool(_SPAN.match(self.subject))

    @cached_property
    def is_sum(self) -> bool:
        """Whether its name says so in the words for sums: 累计 and 总量 are names of single figures too."""
        return any(map(SUMMED.search, (self.subject, self.measure, *self.classed)))

    @property
    def is_told(self) -> bool:
        """Whether a simpler check has told of its row."""
        return any(each.code in _TOLD and self.line in each.place.rows for each in self.records.problems)

    @property
    def is_settled(self) -> bool:
        """Whether that is so, or a declared rule says what the figure comes to."""
        return (self.column, self.position) in self.records.declared or self.is_told

    @cached_property
    def bounds(self) -> Bounds:
        """Between what the figure lies."""
        return _bounds(self.quantity)

    @property
    def rounded_bounds(self) -> Bounds:
        """The same of a figure that was worked out: a whole number may have been rounded too."""
        half = half_place(self.quantity) or Decimal("0.5")
        return self.bounds if self.quantity.qualifier else (self.value - half, self.value + half)

    def report(self, code: str, others: tuple[Row, ...] | list[Row] = (), **params: Any) -> None:
        """Tell a fault of this row; where the rows of one file are concerned, of all of them."""
        positions = [self.position, *(o.position for o in others if o.records is self.records)]
        self.records.report(code, sorted(set(positions)), self.column, str(self.quantity), **params)


def rows_of(records: Records, least: int = 2, *, most: int = MOST_ROWS, ranks: bool = False) -> Iterable[Row]:
    """Every figure that is a number, and no rank; or those that are ranks. They are made once, but for a long ledger."""
    if not least <= len(records) <= most:
        return ()
    if len(records) > MOST_ROWS:
        return _rows(records, ranks=ranks)
    if ranks not in records.stated:
        rows = list(_rows(records, ranks=ranks))
        records.stated[ranks] = upright(rows) if records.ledger.field(Role.MEASURE) else rows
    return records.stated[ranks]


def _rows(records: Records, *, ranks: bool) -> Iterator[Row]:
    ledger = records.ledger
    text = {column.field: records.coded(column.field).spread() for column in ledger.columns if column.kind == "string"}
    dates = [records.dates(name).spread() for name in ledger.fields(Role.AS_OF)]
    added = [name for name in ledger.fields(Role.INITIATIVE) if any(map(SUMMED.search, records.coded(name).values))]
    grouped = [name for name in ledger.fields(Role.SECTION, Role.INITIATIVE) if name not in added]
    classes = dict.fromkeys(
        (*added, *ledger.fields(Role.CLASS, Role.ITEM, Role.CIRCUMSTANCE), *filter(None, [ledger.total_over]))
    )
    about, measure, note = ledger.about, ledger.field(Role.MEASURE), ledger.field(Role.NOTE)
    basis, words = ledger.field(Role.BASIS), ledger.field(Role.WORDS)
    for column in ledger.figures:
        for position, quantity in enumerate(records.figures(column.field).spread()):
            if quantity is None or quantity.value is None or quantity.rank != ranks:
                continue
            yield Row(
                records, column.field, position,
                group=(*(text[name][position] for name in grouped), *_since(text[basis][position] if basis else "")),
                subject=_BLANKS.sub("", text[about][position]) if about in text else "",
                measure=_BLANKS.sub("", text[measure][position]) if measure else column.heading,
                classed=tuple(_BLANKS.sub("", text[name][position]) for name in classes),
                as_of=" ".join(date[position].value for date in dates if date[position]),
                basis=text[basis][position] if basis else "",
                words=text[words][position] if words else "",
                note=text[note][position] if note else "",
                quantity=quantity,
            )  # fmt: skip


def _since(basis: str) -> tuple[str, ...]:
    """A 口径 whose figures belong together: what was added up since the year or the office began."""
    return (basis,) if basis.endswith("累计") else ()


def _bounds(quantity: Quantity) -> Bounds:
    value, hedge = _number(quantity), quantity.qualifier
    if hedge:
        step = _last_place(value)
        near = {"余": (0, 1), "超": (0, 1), "以上": (0, 1), "近": (-1, 0), "以下": (-1, 0)}.get(hedge, (-1, 1))
        return value + near[0] * step, value + near[1] * step
    return value - half_place(quantity), value + half_place(quantity)


def _number(quantity: Quantity) -> Decimal:
    """The number, which every row has: those without are no rows."""
    return Decimal(0) if quantity.value is None else quantity.value


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """Their sum, exact."""
    return sum(amounts, Decimal(0))


def bounds_of(rows: Iterable[Row]) -> Bounds:
    """Between what the sum of some rows lies."""
    each = [row.bounds for row in rows]
    return total_of(low for low, _ in each), total_of(high for _, high in each)


def exact_amounts(records: Records, figure: str) -> np.ndarray:
    """The figures of a column; not a number where one is not stated exactly."""
    figures = records.figures(figure)
    exact = [float(q.value) if q and q.value is not None and not q.qualifier else np.nan for q in figures.values]
    amounts: np.ndarray = np.array(exact, float)[figures.codes]
    return amounts


def half_place(quantity: Quantity) -> Decimal:
    """Half of the last printed place; nothing for a whole number in the unit of one, which was counted."""
    if not quantity.decimals and not quantity.scale and quantity.unit not in RATES:
        return Decimal(0)
    return SCALES[quantity.scale].scaleb(-quantity.decimals) / 2


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 10000 of 30000."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def meet(one: Bounds, other: Bounds) -> bool:
    """Whether two stretches have a point in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def said(value: Decimal, like: Row) -> str:
    """An amount in the unit and scale of a row's figure."""
    scale = SCALES[like.quantity.scale]
    amount = round(value / scale, max(2, like.quantity.decimals)).normalize()
    return f"{amount:f}{like.quantity.scale}{like.unit}"
