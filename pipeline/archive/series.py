"""Figures of one thing through the periods: which fact of one report is which of another, by the ledger cells behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property

from ..document.record import Anchor, RecordedFact, anchors
from ..document.source_rows import Rows, rows_of
from ..facts import Cell, Fact
from ..facts.figure_text import AFTER
from ..findings import Finding, Place
from ..ledger.roles import Role, in_order
from ..period import Period
from ..vouch.ledger_record import Record
from ..vouch.ledgers import Ledgers
from .finished import FinishedReport
from .own_figures import is_of_another

_TOTAL = "合计"
_YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Point:
    """One figure of a report: ``printed`` as the report has it, without its unit (10余); ``as_of`` the date that the
    ledger gives it, or "", ``is_of_another_time`` says that it is none of the period's; ``anchor`` the id of its place in the report's page, or ""; ``order`` its number there."""

    period: Period
    value: Decimal
    printed: str
    qualifier: str
    as_of: str
    is_of_another_time: bool
    anchor: str
    order: int

    @property
    def short(self) -> str:
        """Where a change was stated (由64%上升到81), what it came to (81)."""
        return self.printed.rpartition("到")[2] if self.printed.startswith("由") else self.printed


@dataclass(frozen=True)
class Thing:
    """What figures are figures of. ``key`` tells it from others; subject, measure, unit and basis (口径) name it."""

    key: tuple[str, ...]
    subject: str
    measure: str
    unit: str
    basis: str


@dataclass(frozen=True)
class Series:
    """A thing's figures in two reports or more, the oldest first; ``section`` is that of the newest."""

    thing: Thing
    section: str
    points: tuple[Point, ...]

    @property
    def kind(self) -> str:
        """The kind of the periods it goes through."""
        return self.points[0].period.kind

    @property
    def is_constant(self) -> bool:
        """Whether every report states the same."""
        return len({point.short for point in self.points}) == 1

    @property
    def is_rank(self) -> bool:
        """Whether the figures are an order (第1位), in which less is better."""
        return all(point.printed.startswith("第") for point in self.points)

    def said(self, point: Point) -> str:
        """A figure with its unit: 10余次, 200件左右."""
        return point.short + self.thing.unit + (point.qualifier if point.qualifier in AFTER else "")


@dataclass(frozen=True)
class History:
    """What the reports say of the same things.

    ``split`` are things whose unit or 口径 changed, so that a figure stands alone: all that is said of each; ``single`` counts what only one report states; ``findings`` what could not be read.
    """

    series: tuple[Series, ...]
    split: tuple[tuple[Series, ...], ...]
    single: int
    findings: tuple[Finding, ...]


def history(reports: Sequence[FinishedReport], ledgers: Mapping[Period, Ledgers]) -> History:
    """The series that finished reports state.

    A report's figure counts as it is printed there; the ledgers as they were when it was built give it its name. It is
    the same thing in another report where the fields agree that tell a ledger's rows apart (dates are none of them),
    and its unit and 口径. A sum counts where it is that of all rows which agree. What two rows claim, what another
    period's ledger states, and shares, rates and changes, which follow from other figures, are no series.

    Of figures for one date that several reports repeat (a year's, in both periods after it) the last holds.

    Args:
        reports: the newest first. ledgers: what is left of each report's ledgers as they were.
    """
    findings: list[Finding] = []
    found: dict[Thing, list[tuple[str, Point]]] = {}
    for report in reversed(reports):
        told = _Told(report, ledgers[report.period])
        findings += [Finding("history-lacks-ledger", Place(str(report.period)), table) for table in told.lost]
        for thing, point, section in told.figures():
            found.setdefault(thing, []).append((section, point))
    lines = [
        Series(thing, points[-1][0], _of_different_dates(point for _, point in points))
        for thing, points in found.items()
    ]
    lines.sort(key=lambda line: line.points[-1].order)
    lines.sort(key=lambda line: line.points[-1].period, reverse=True)
    drawn = tuple(line for line in lines if len(line.points) > 1)
    split = tuple(_split(lines))
    told_apart = {line.thing for some in split for line in some}
    single = sum(len(line.points) == 1 and line.thing not in told_apart for line in lines)
    return History(drawn, split, single, tuple(findings))


def _of_different_dates(points: Iterable[Point]) -> tuple[Point, ...]:
    last = {point.as_of or str(point.period): point for point in points}
    return tuple(sorted(last.values(), key=lambda point: point.period))


def _split(lines: Iterable[Series]) -> Iterator[tuple[Series, ...]]:
    """Things with a figure that stands alone because its unit or 口径 is another than that of the rest."""
    alike: dict[tuple[str, ...], list[Series]] = {}
    for line in lines:
        alike.setdefault(line.thing.key, []).append(line)
    for some in alike.values():
        if len(some) > 1 and any(len(line.points) == 1 for line in some):
            yield tuple(sorted(some, key=lambda line: line.points[0].period))


class _Told:
    """The figures of one report, each with what it is the figure of."""

    def __init__(self, report: FinishedReport, ledgers: Ledgers) -> None:
        self._report, self._ledgers = report, ledgers

    @cached_property
    def lost(self) -> tuple[str, ...]:
        """The tables of the report's figures that are not what they were."""
        named = {rows.table: None for fact in self._own for rows in rows_of(fact.sources)}
        return tuple(table for table in named if table not in self._ledgers.tables)

    def figures(self) -> Iterator[tuple[Thing, Point, str]]:
        """Each figure once, with the name of the section that states it first."""
        said: dict[str, list[RecordedFact]] = {}
        for fact in self._own:
            said.setdefault(fact.sources, []).append(fact)
        yield from (made for facts in said.values() if (made := self._figure(facts)))

    @cached_property
    def _own(self) -> list[RecordedFact]:
        """Figures as stated, and sums, from the ledgers of this period and of the months it is made of."""
        period, stated = self._report.period, (fact for fact in self._report.facts if fact.derivation in ("", "sum"))
        return [fact for fact in stated if _is_of_columns(fact.sources) and not is_of_another(fact.sources, period)]

    @cached_property
    def _anchors(self) -> dict[int, Anchor]:
        return anchors((self._report.folder / "report.html").read_text(encoding="utf-8"))

    def _figure(self, facts: list[RecordedFact]) -> tuple[Thing, Point, str] | None:
        first = facts[0]
        value = _number(first.value)
        stretches = rows_of(first.sources)
        one_column = len({(one.table.rpartition("/")[2], one.column) for one in stretches}) == 1
        if value is None or not one_column or any(one.table in self.lost for one in stretches):
            return None
        record = self._common(stretches)
        thing = self._thing(stretches, record) if record else None
        if record is None or thing is None or (thing.unit == "年" and value in _YEARS):  # a year is a name, no quantity
            return None
        closest = min((self._anchors[fact.number] for fact in facts if fact.number in self._anchors), default=None)
        anchor = closest.id if closest else ""
        period, when = self._report.period, record.dated
        elsewhen = bool(when.first and when.last and (when.last < period.first or when.first > period.last))
        point = Point(period, value, first.printed, first.qualifier, str(when), elsewhen, anchor, first.number)
        return thing, point, first.section

    def _common(self, stretches: Sequence[Rows]) -> Record | None:
        """What the records agree on, through the ledgers of all the months that they stand in."""
        tables = _by_table(stretches)
        each = [record for some in tables if (record := self._ledgers.common(some))]
        if not each or len(each) < len(tables):
            return None
        first, *others = each
        agreed = {
            name: value
            for name, value in first.fields.items()
            if isinstance(value, Fact) or all(other.fields.get(name) == value for other in others)
        }
        return replace(first, fields=agreed)

    def _thing(self, stretches: Sequence[Rows], record: Record) -> Thing | None:
        """What cells of one column state together, whose records agree on ``record``; None where other rows claim the same."""
        table, column, row, _ = stretches[0]
        called, told_by = self._ledgers.telling(table)
        agreed = {name: record.fields[name] for name in told_by if name in record.fields}
        bases = {name: record.fields[name] for name in in_order(record.roles, (Role.BASIS,)) if name in record.fields}
        if not told_by or not all(self._ledgers.is_all(some, agreed | bases) for some in _by_table(stretches)):
            return None
        cell = Cell(table, column, row)
        subject, measure, _ = replace(record, fields=agreed).about(cell)
        summed = stretches[0].cell is None or len(stretches) > 1
        if summed and set(in_order(record.roles, (Role.MEASURE,))) & {*told_by} - {*agreed}:
            measure = _TOTAL
        subject = subject or (_TOTAL if summed else called)
        unit = getattr(record.stated(column), "unit", "")
        key = (self._report.period.kind, called, column, *(str(agreed.get(name, "")) for name in told_by))
        return Thing(key, subject, measure, unit, record.said(Role.BASIS))


def _by_table(stretches: Sequence[Rows]) -> list[list[Rows]]:
    return [[one for one in stretches if one.table == table] for table in dict.fromkeys(one.table for one in stretches)]


def _is_of_columns(sources: str) -> bool:
    try:
        stretches = rows_of(sources)
    except ValueError:
        return False
    return bool(stretches) and all(one.column for one in stretches)


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:  # a date
        return None
