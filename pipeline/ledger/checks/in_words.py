"""Days, years and names that stand in a ledger's words, against the calendar, the row's date and its figure."""

from __future__ import annotations

import calendar
import re
from decimal import Decimal

from ...facts.figure_text import SCALES
from ..columns import DATE
from ..distinct import combined
from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod
from .slips import could_be

_DAY = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
_YEAR = re.compile(r"^(?:(?P<year>20\d\d)年(?=是|为|系|[，,]|[上下]半年|全年|度)|截[至止]到?(?P<until>20\d\d)年)")
_OF_NUMBER = re.compile(r"[〔\[（(](?P<year>(?:19|20)\d\d)[〕\]）)]")
_PROSE = re.compile(r"[，。；;：:\d]|等(?:\d|[个市区县家项]|$)")
_LONGEST_NAME = 16
_TELLING = 3  # digits that are nearly the same by no chance
_TO = re.compile(r"\s*(?:至|到|—{1,2}|-|～|~)\s*")


def days(opened: OpenedPeriod) -> None:
    """Report a day that no month has, and a stretch of days that ends before it begins."""
    for records, name in opened.having(Role.WORDS):
        coded = records.coded(name)
        for code, text in enumerate(coded.values):
            if "月" in text:
                _days(records, name, coded.positions(code), text, opened.period.year)


def _days(records: Records, name: str, where: object, text: str, usual: int) -> None:
    last, year = None, usual
    for match in _DAY.finditer(text):
        year = int(match["year"] or year)
        month, day = int(match["month"]), int(match["day"])
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            records.report("day-in-words", where, name, text[:40], found=match[0])
            return
        if last and _TO.fullmatch(text[last[1] : match.start()]) and (year, month, day) < last[0]:
            records.report("days-backwards", where, name, text[:40], first=last[2], last=match[0])
        last = ((year, month, day), match.end(), match[0])


def years(opened: OpenedPeriod) -> None:
    """Report words that begin with another year than that of their row."""
    for records, name in opened.having(Role.WORDS):
        dated = records.ledger.field(Role.AS_OF)
        coded = records.coded(name)
        begin = {code: match for code, text in enumerate(coded.values) if (match := _YEAR.match(text))}
        if not begin:
            continue
        texts, figures = coded.spread(), [records.figures(column.field).spread() for column in records.ledger.figures]
        dates = records.dates(dated).spread() if dated else [None] * len(records)
        for position in (int(place) for code in begin for place in coded.positions(code)):
            match, when = begin[int(coded.codes[position])], dates[position]
            stated = [int(q.value) for figure in figures if (q := figure[position]) and q.unit == "年" and q.value]
            year = next(iter(stated), when.first.year if when else None)
            said = match["year"] or match["until"]
            if year is not None and int(said) != year:
                found = f"{said}年"
                records.report("year-in-words", [position], name, texts[position][:40], found=found, year=year)


def numbers(opened: OpenedPeriod) -> None:
    """Report a document whose number is of another year than the one beside it."""
    for records, name in opened.having(Role.DOCUMENT_NUMBER):
        for column in records.ledger.columns:
            if column.kind == DATE and records.ledger.roles[column.field] == Role.AS_OF:
                pairs = combined([records.coded(name), records.dates(column.field)])
                for code, (text, when) in enumerate(pairs.values):
                    match = _OF_NUMBER.search(text)
                    if match and when and int(match["year"]) != when.first.year:
                        records.report(
                            "year-of-number",
                            pairs.positions(code),
                            column.field,
                            str(when),
                            number=text,
                            found=match["year"],
                            year=when.first.year,
                        )


def parts(opened: OpenedPeriod) -> None:
    """Report a figure that is not the sum of the parts named beside it: 线上2次、线下3次."""
    for records in opened.records.values():
        for name in records.ledger.fields(Role.WORDS, Role.DETAIL) if len(records) else ():
            for column in records.ledger.figures:
                pairs = combined([records.coded(name), records.figures(column.field)])
                for code, (text, quantity) in enumerate(pairs.values):
                    if quantity is None or quantity.value is None or quantity.qualifier or not quantity.unit:
                        continue
                    summed = _parts_of(text, quantity.unit)
                    if summed is not None and summed != quantity.value:
                        told = {"words": text[:30], "sum": f"{summed}{quantity.unit}"}
                        records.report("parts-in-words", pairs.positions(code), column.field, str(quantity), **told)


def _parts_of(text: str, unit: str) -> int | None:
    """What ``线上2次、线下3次`` comes to; None where it is not such a list."""
    pattern = rf"(?!其中|.*(?:共|均|累计|总|比))[^\d]+?(\d+){re.escape(unit)}"
    listed = re.split("[、，；]", text.rstrip("。"))
    each = [match for part in listed if (match := re.fullmatch(pattern, part))]
    return sum(int(match[1]) for match in each) if len(each) == len(listed) > 1 else None


def numbers_of_figures(opened: OpenedPeriod) -> None:
    """Report a figure where the words beside it state another number of its unit, one slip of the pen away."""
    for records, name in opened.having(Role.WORDS):
        for column in records.ledger.figures:
            pairs = combined([records.coded(name), records.figures(column.field)])
            for code, (text, quantity) in enumerate(pairs.values):
                if text and quantity and quantity.value is not None and quantity.unit and not quantity.qualifier:
                    written = re.findall(rf"(?<![\d.])(\d+(?:\.\d+)?){re.escape(quantity.scale + quantity.unit)}", text)
                    amounts = {number: Decimal(number) * SCALES[quantity.scale] for number in written}
                    slipped = [n for n, amount in amounts.items() if len(n) >= _TELLING and could_be(quantity, amount)]
                    if slipped and quantity.value not in amounts.values():
                        told = {"words": text[:30], "found": f"{slipped[0]}{quantity.scale}{quantity.unit}"}
                        records.report("figure-in-words", pairs.positions(code), column.field, str(quantity), **told)


def names(opened: OpenedPeriod) -> None:
    """Report a number of things that is not the number of names listed beside it."""
    for records, name in opened.having(Role.WORDS):
        for column in records.ledger.figures:
            pairs = combined([records.coded(name), records.figures(column.field)])
            for code, (text, quantity) in enumerate(pairs.values):
                listed = text.rstrip("。").split("、")
                plain = (
                    len(listed) > 1
                    and not _PROSE.search(text.rstrip("。"))
                    and all(0 < len(each) <= _LONGEST_NAME for each in listed)
                )
                counted = (
                    quantity is not None and quantity.value is not None and not quantity.qualifier and not quantity.rank
                )
                if (
                    plain
                    and counted
                    and not quantity.scale
                    and 1 < quantity.value < 100
                    and quantity.unit != "%"
                    and quantity.value != len(listed)
                ):
                    records.report(
                        "names-counted",
                        pairs.positions(code),
                        column.field,
                        str(quantity),
                        words=text[:30],
                        names=len(listed),
                        found=str(quantity),
                    )


CHECKS = (days, years, numbers, parts, numbers_of_figures, names)
