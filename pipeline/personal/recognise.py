"""Personal data in a text: resident ids, telephone and card numbers, e-mail addresses, names beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .addresses import addresses
from .digit_groups import windows
from .first_look import may_hold_number
from .identifying_numbers import kind_of
from .names_beside import SURNAMES, names_beside
from .plain_text import plain, with_han_numerals
from .readings import readings

_MANY_DIGITS = re.compile(r"\d(?:[\W_]{0,10}\d){10}")
_ALIKE = re.compile(r"(?<![0-9A-Za-z])[0-9OoIlОо]{11,18}(?=[Xx]?(?![0-9A-Za-z]))")
_ORDER = ("resident-id", "resident-id-mistyped", "bank-card", "mobile")
_MASKED_ID = re.compile(r"(?<![0-9A-Za-z*])\d{2,6}[*×xX]{6,14}[\dXx]{2,4}(?![0-9A-Za-z*])")


class Hit(NamedTuple):
    """Personal data in a line of a text, counted from 1; ``kind`` is the code of its message, ``masked`` what may be shown.

    ``address`` is an e-mail address as it is, to be held against those that are public; it is never printed.
    """

    kind: str
    line: int
    masked: str
    address: str = ""


def personal(text: str) -> Iterator[Hit]:
    """Every resident id, mobile and card number, e-mail address, and name beside an id or number.

    However it is disguised: in digits of any script, Han numerals, with separators or unseen characters between, glued to
    words, or in an encoding that programs read.
    """
    told: set[tuple[str, str]] = set()
    for begin, reading in readings(text):
        meant = plain(reading)
        hits = [(hit, start) for hit, start in _hits(meant) if (hit.kind, hit.masked) not in told]
        told |= {(hit.kind, hit.masked) for hit, _ in hits}
        for hit, start in hits:
            yield hit._replace(line=1 + text.count("\n", 0, begin) + meant.count("\n", 0, start))


def revealing(text: str) -> Iterator[Hit]:
    """What of it tells who someone is; a masked id does not, a name beside it does."""
    yield from (hit for hit in personal(text) if hit.kind != "masked-id")


def _hits(text: str) -> Iterator[tuple[Hit, int]]:
    """What a plain text holds, and where that begins."""
    taken: set[int] = set()
    spans: list[range] = []
    for kind, span, digits in (*_numbers(text), *_masked_ids(text)):
        if taken.isdisjoint(span):
            taken.update(span)
            spans.append(span)
            yield Hit(kind, 1, _masked(kind, digits)), span.start
    for span in spans:
        yield from ((Hit("name-beside-id", 1, name), span.start) for name in names_beside(text, span))
    for start, address in addresses(text):
        yield Hit("email", 1, f"{address[0]}***@{address.rpartition('@')[2]}", address), start


def _numbers(text: str) -> list[tuple[str, range, str]]:
    """Ids before cards before mobile numbers: what is part of a longer number is none of its own."""
    if not may_hold_number(text):
        return []
    numerals = with_han_numerals(text)
    written = dict.fromkeys((text, numerals, _names_kept(text, numerals), _ALIKE.sub(_as_digits, numerals)))
    found = [
        (kind, range(window.start, window.stop), window.digits)
        for each in written
        if _MANY_DIGITS.search(each)
        for window in windows(each)
        if (kind := kind_of(window))
    ]
    return sorted(found, key=lambda one: (_ORDER.index(one[0]), one[1].start))


def _names_kept(text: str, numerals: str) -> str:
    """``numerals`` with the 四 of 李四 as it was."""
    kept = list(numerals)
    for match in re.finditer(rf"(?<=[{SURNAMES}])[一二三四五六七八九]", text):
        kept[match.start()] = match[0]
    return "".join(kept)


def _as_digits(match: re.Match[str]) -> str:
    """O and l among digits as 0 and 1."""
    alike = match[0].translate(str.maketrans("OoОоIl", "000011"))
    return alike if sum(map(str.isdigit, match[0])) >= 6 else match[0]


def _masked_ids(text: str) -> Iterator[tuple[str, range, str]]:
    yield from (("masked-id", range(*match.span()), match[0]) for match in _MASKED_ID.finditer(text))


def _masked(kind: str, number: str) -> str:
    """As offices mask them: an id to its first two and last three characters, a mobile number to 138****1234."""
    if kind == "mobile":
        digits = number.rstrip("Xx")
        return f"{digits[-11:-8]}****{digits[-4:]}"
    if kind == "bank-card":
        digits = number.rstrip("Xx")
        return f"{'*' * (len(digits) - 4)}{digits[-4:]}"
    if kind == "masked-id":
        return "**"
    return f"{number[:2]}{'*' * (len(number) - 5)}{number[-3:]}"
