"""Places (排名) beside the figures that they are by: who is second has the second most, or the second least."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from ...facts.figure_words import ordinal
from ...facts.quantity import Quantity
from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod
from .stated_rows import MOST_ROWS, Row, meet, rows_of

_PLACE = re.compile(r"(?:全[国省市区县])?(?:排名|名次|位次|排位)$")
_IN_NAME = re.compile(r"(?:排名?)?第(?P<place>\d{1,2}|[一二三四五六七八九十]{1,3})[位名]")
_FEW = 4  # with fewer the order of others is chance
Pair = tuple[Row, Row]  # a place, and the figure that it is by


def rankings(opened: OpenedPeriod) -> None:
    """Report the one place that does not go with the figure beside it, where all others do."""
    for records in opened.records.values():
        for pairs in (*_named(records), *(_ranked(records) if _has_places(records) else ())):
            odd = [pair for pair in pairs if _is_in_order([other for other in pairs if other is not pair])]
            if odd and len(pairs) >= _FEW and not _is_in_order(pairs):
                _tell(*odd[0])
            elif shared := _shared(pairs) or _beyond(pairs):
                _tell(*shared)


def _has_places(records: Records) -> bool:
    measure = records.ledger.field(Role.MEASURE)
    names = records.coded(measure).values if measure and len(records) <= MOST_ROWS else []
    return any(map(_PLACE.search, names))


def _named(records: Records) -> Iterator[list[Pair]]:
    """Figures whose names say which place they have: 办件量（第1位）."""
    found: dict[tuple[object, ...], list[Pair]] = defaultdict(list)
    measured = bool(records.ledger.field(Role.MEASURE))
    for row in rows_of(records) if measured else ():
        name = next((name for name in (row.measure, row.subject) if _IN_NAME.search(name)), "")
        if match := _IN_NAME.search(name):
            place = replace(row, quantity=Quantity.parse(f"第{_number(match['place'])}位"))
            found[row.column, row.group, row.unit, row.measure.replace(match[0], "")].append((place, row))
    yield from (pairs for pairs in found.values() if len(pairs) >= _FEW - 1)


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else ordinal(numeral) or 0


def _shared(pairs: list[Pair]) -> Pair | None:
    """A place that two of a whole list have though their figures differ."""
    places = [place.value for place, _ in pairs]
    is_whole_list = min(places) == 1 and max(places) <= len(places) > 2
    return next((one for one, other in combinations(pairs, 2) if is_whole_list and _differ(one, other)), None)


def _beyond(pairs: list[Pair]) -> Pair | None:
    """The one place that is more than there are, of a list whose others are all within."""
    beyond = [pair for pair in pairs if pair[0].value > len(pairs)]
    others = {place.value for place, _ in pairs} - {place.value for place, _ in beyond}
    return beyond[0] if len(beyond) == 1 and len(others) == len(pairs) - 1 >= _FEW - 1 else None


def _differ(one: Pair, other: Pair) -> bool:
    return one[0].value == other[0].value and not meet(one[1].bounds, other[1].bounds)


def _tell(place: Row, figure: Row) -> None:
    stated = {"figure": str(figure.quantity), "place": str(place.quantity)}
    figure.report("rank-apart", [place], measure=figure.measure, **stated)


def _ranked(records: Records) -> Iterator[list[Pair]]:
    """What each place of a list is by: the one other measure of its subjects or the one rate, or the one that its name begins with."""
    found: dict[tuple[object, ...], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in (*rows_of(records), *rows_of(records, ranks=True)):
        found[row.column, row.group][row.measure].append(row)
    for measures in found.values():
        for name, places in measures.items():
            if _PLACE.search(name):
                by_subject = {row.subject: row for row in places}
                others = [rows for other, rows in measures.items() if not _PLACE.search(other)]
                of = _PLACE.sub("", name)
                alike = [
                    rows for rows in others if of in rows[0].measure and {r.subject for r in rows} >= {*by_subject}
                ]
                rates = [rows for rows in alike if rows[0].is_rate]
                alike = rates if len(rates) == 1 else alike
                if len(alike) == 1 and len(by_subject) == len(places):
                    yield [(by_subject[row.subject], row) for row in alike[0] if row.subject in by_subject]


def _is_in_order(pairs: list[Pair]) -> bool:
    """Whether the figures rise or fall with the places; who has the same place has the same figure."""
    return any(all(_go_together(one, other, sign) for one, other in combinations(pairs, 2)) for sign in (1, -1))


def _go_together(one: Pair, other: Pair, sign: int) -> bool:
    places, figures = other[0].value - one[0].value, other[1].value - one[1].value
    return meet(one[1].bounds, other[1].bounds) or places * figures * sign > 0


CHECKS = (rankings,)
