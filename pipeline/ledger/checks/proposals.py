"""Rules that the figures of a ledger keep to the last digit, and that nobody has declared yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count

from ..records import Records
from ..roles import Role
from .averages import quotients
from .column_sums import column_sums
from .opened_period import OpenedPeriod
from .ratios import named_quotients
from .row_rules import RowRule, apart, mixed_units, places_of, unknown_names
from .stated_rows import Row, total_of
from .totals import total_rows

_PLAIN = re.compile(r"[^\s+\-*/=＝＋－−÷／×＊·±.,，、%]*[^\W\d][^\s+\-*/=＝＋－−÷／×＊·±.,，、%]*")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Proposal:
    """A rule as the ledger of rules has it: the ledger it is about, by its sheet, its name, and its text."""

    table: str
    name: str
    rule: str


def proposals(opened: OpenedPeriod) -> list[Proposal]:
    """What could be declared of the period's ledgers, each rule once, in their order."""
    declared = {_bare(text) for records, field in opened.having(Role.RULE) for text in records.coded(field).values}
    names = {name for records, _ in opened.having(Role.RULE) for name in records.coded(_named(records)).values}
    found: dict[str, Proposal] = {}
    for records in opened.records.values():
        if not records.ledger.field(Role.RULE):
            for name, rule in (*_of_columns(records), *_of_rows(records)):
                if _bare(rule) not in declared and rule not in found:
                    found[rule] = Proposal(records.ledger.sheet, _new(name, names), rule)
    return list(found.values())


def _named(records: Records) -> str:
    return records.ledger.field(Role.ITEM)


def _new(name: str, names: set[str]) -> str:
    """A name that no rule has yet: 合计, 合计（2）; it is added to the names."""
    numbered = (f"{name}（{number}）" for number in count(2))
    free = next(each for each in chain([name], numbered) if each not in names)
    names.add(free)
    return free


def _bare(rule: str) -> str:
    return _BLANKS.sub("", rule)


def _of_columns(records: Records) -> Iterator[tuple[str, str]]:
    """Each column that is the sum of others in every row."""
    for found in column_sums(records):
        if not found.broken:
            whole, *parts = (records.ledger.column(name).heading for name in (found.whole, *found.parts))
            yield whole, f"{whole} = {' + '.join(parts)}"


def _of_rows(records: Records) -> Iterator[tuple[str, str]]:
    """Totals that are exactly their parts, rates and averages that two figures give as printed."""
    for total, parts in total_rows(records).items():
        if len(parts) > 1 and total.value == total_of(row.value for row in parts):
            yield from _written(records, total, sorted(parts, key=lambda row: row.position), " + ")
    for result, part, base in (*named_quotients(records), *quotients(records)):
        yield from _written(records, result, [part, base], " / ")


def _written(records: Records, result: Row, others: list[Row], sign: str) -> Iterator[tuple[str, str]]:
    """The rule in the shortest names that find these rows and hold wherever they are found."""
    rows = [result, *others]
    both = [f"{row.subject}{row.measure}" if row.subject else "" for row in rows]
    for names in ([row.subject for row in rows], [row.measure for row in rows], both):
        if len(set(names)) == len(names) and all(map(_PLAIN.fullmatch, names)):
            text = f"{names[0]} = {sign.join(names[1:])}"
            if _holds(records, text, result):
                yield names[0], text
                return


def _holds(records: Records, text: str, result: Row) -> bool:
    rule = RowRule.parse(text)
    if rule is None or unknown_names(records, rule):
        return False
    places = list(places_of(records, rule))
    found = {(there[rule.names[0]].column, there[rule.names[0]].position) for there in places}
    return (result.column, result.position) in found and not any(mixed_units(rule, t) or apart(rule, t) for t in places)
