"""Which numbers are resident ids, mobile numbers and bank cards, and which only look so."""

from __future__ import annotations

import re
from datetime import date

from .digit_groups import Window

_ID, _OLD_ID = re.compile(r"[1-8]\d{16}[\dXx]"), re.compile(r"[1-8]\d{14}")
_MOBILE = re.compile(r"((?:00)?86|0)?(1[3-9]\d{9})")
# UnionPay, Visa, Mastercard, JCB, and the first cards of 工商银行 (ISO/IEC 7812; GB/T 19584).
_CARD = re.compile(
    r"(?:62\d{14,17}|60\d{14,17}|9558\d{12,15}|4\d{15}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|35\d{14})"
)
_PROVINCES = frozenset(
    [11, 12, 13, 14, 15, *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)
_TOO_MUCH = 16  # digits of no amount
_GROWN_UP = 2010  # who is born later has few papers, but numbers of this office's cases begin with area and day
# How people group them; any other grouping needs a word before it, or separators that no list of figures has.
_OLD_ID_GROUPS = {(6, 6, 3), (6, 9), (12, 3), (6, 2, 2, 2, 3)}
_ID_GROUPS = {
    (6, 8, 4),
    (6, 12),
    (14, 4),
    (6, 4, 4, 4),
    (6, 8, 3, 1),
    (17, 1),
    (6, 4, 2, 2, 4),
    (6, 4, 2, 2, 3, 1),
    (3, 3, 8, 4),
}
_MOBILE_GROUPS = {
    (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (3, 4, 2, 2), (3, 2, 2, 4), (3, 2, 2, 2, 2), (3, 3, 3, 2),
    (3, 5, 3), (1, 10), (1, 2, 4, 4), (1, 2, 8), (1, 3, 3, 4),
}  # fmt: skip
_CARD_GROUPS = {
    (8, 8),
    (6, 10),
    (6, 13),
    (6, 12),
    (6, 11),
    (4, 12),
    (4, 15),
    (8, 11),
    (6, 4, 4, 4),
    (6, 4, 4, 5),
    (4, 2, 10),
    (4, 2, 13),
}
_BLANK_OR_HYPHEN = re.compile(r"[\s\u2010-\u2015-]+")
_OF_LISTS = re.compile(r"[\s.,，、;；:：/\\|_~～—–-]+")


def kind_of(window: Window) -> str:
    """resident-id, resident-id-mistyped, mobile, bank-card, or nothing."""
    if re.search(r"[Xx].", window.digits):
        return ""
    return _id(window) or _old_id(window) or _card(window) or _mobile(window)


def _id(window: Window) -> str:
    """A resident id; mistyped where only its check character is wrong (GB 11643-1999)."""
    number = window.digits.upper()
    if not _ID.fullmatch(number) or not _is_person(number[:6], number[6:14]) or window.is_decimal:
        return ""
    grown_up = int(number[6:10]) <= _GROWN_UP
    if _iso7064(number):
        in_order = len(window.lengths) <= 6 or window.uniform or window.says("id")
        return "resident-id" if in_order and (grown_up or not window.says("code")) else ""
    one_number = len(window.lengths) == 1 or (window.lengths in _ID_GROUPS and not window.in_cells)
    taken_for_one = grown_up and one_number and not window.says("code") and not _of_an_organisation(number)
    return "resident-id-mistyped" if taken_for_one or window.says("id") else ""


def _old_id(window: Window) -> str:
    """An id of 15 digits, as it was given out until 1999: no check digit, the year of birth in two digits."""
    number = window.digits
    if not _OLD_ID.fullmatch(number) or not _is_person(number[:6], f"19{number[6:12]}"):
        return ""
    return "resident-id" if window.says("id") or _is_one_number(window, _OLD_ID_GROUPS) else ""


def _card(window: Window) -> str:
    number = window.digits.rstrip("Xx")
    if not 15 <= len(number) <= 19 or len(set(number)) < 3 or not _luhn(number):
        return ""
    fours = window.uniform and window.lengths[0] == 4 and not _is_loose(window)
    taken_for_one = _CARD.fullmatch(number) and (fours or _is_one_number(window, _CARD_GROUPS))
    return "bank-card" if taken_for_one or window.says("card") else ""


def _mobile(window: Window) -> str:
    match = _MOBILE.fullmatch(window.digits.rstrip("Xx"))
    if not match:
        return ""
    return "mobile" if window.says("mobile") or _is_one_number(window, _MOBILE_GROUPS, len(match[1] or "")) else ""


def _is_one_number(window: Window, groups: set[tuple[int, ...]], prefix: int = 0) -> bool:
    """Whether digits in these groups are meant as one number, and not as a list of figures, a date or an amount."""
    lengths = (window.lengths[0] - prefix, *window.lengths[1:])
    if window.is_decimal or (window.is_amount and len(window.digits) < _TOO_MUCH):
        return False
    if len(lengths) == 1:
        return not (window.says("code") and len(window.digits) > 11)
    if any(not _OF_LISTS.fullmatch(gap) for gap in window.gaps):
        return window.alone or (lengths in groups and not window.in_cells)
    if _is_loose(window) or _begins_with_a_year(window):
        return False
    in_two = len(lengths) == 2 and bool(_BLANK_OR_HYPHEN.fullmatch(window.gaps[0]))
    return lengths in groups or (window.alone and (in_two or set(lengths) == {1}))


def _is_loose(window: Window) -> bool:
    """Whether the groups stand in cells of their own or are listed with commas."""
    return window.in_cells or any(re.search(r"[,，、;；:：]", gap) for gap in window.gaps)


def _begins_with_a_year(window: Window) -> bool:
    return window.lengths[0] == 4 and window.digits.startswith("19") and window.lengths != (4, 3, 4)


def _is_person(area: str, born: str) -> bool:
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:8]))
    except ValueError:
        return False
    return int(area[:2]) in _PROVINCES and 1900 <= day.year <= 2100


def _iso7064(number: str) -> bool:
    from stdnum.iso7064 import mod_11_2

    return mod_11_2.is_valid(number)


def _of_an_organisation(number: str) -> bool:
    """Whether it is a 统一社会信用代码 (GB 32100-2015)."""
    from stdnum.cn import uscc

    return uscc.is_valid(number)


def _luhn(number: str) -> bool:
    from stdnum import luhn

    return luhn.is_valid(number)
