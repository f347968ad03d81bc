"""A stored count of days as the date or time that a number format shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from .code import BLANK, DATE, ELAPSED, HALF_DAY, LITERAL, POINT, Piece, Section

_DIGITS, _WEEK = "〇一二三四五六七八九", "一二三四五六日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FORMS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y", "moment": "%Y-%m-%d %H:%M:%S"}
_SYSTEM = {"F800": 'yyyy"年"m"月"d"日"', "F400": "h:mm:ss"}  # the long date and the time as Windows shows them
_FROM, _BEHIND = 61, 2_958_466  # 1900-03-01, before which Excel counts a day that never was, and 10000-01-01
_KINDS = (LITERAL, BLANK, DATE, ELAPSED, HALF_DAY, POINT)


def system_format(section: Section) -> str:
    """The format that stands behind ``[$-F800]`` and ``[$-F400]`` in Chinese Windows; "" for any other."""
    return _SYSTEM.get(section.locale.upper(), "")


def is_date(section: Section) -> bool:
    """Whether a section shows a date or a time."""
    return section.has(DATE, ELAPSED, HALF_DAY)


def _seconds(number: Decimal) -> int:
    """Whole seconds: a day is not over before it is, but what lacks a breath of a second is one."""
    return int(number * 86400 + Decimal("0.0001"))


def moment(number: Decimal, *, since_1904: bool) -> datetime | None:
    """The day and time of a count of days, to the second; None outside the days that every program counts alike."""
    begin = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    if not (0 if since_1904 else _FROM) <= number < _BEHIND - (1462 if since_1904 else 0):
        return None
    return begin + timedelta(seconds=_seconds(number))


def day_written(when: datetime, section: Section) -> str:
    """The date as this product writes dates, as far as the section shows it; "" where it shows no year, month or day."""
    grain = _grain(section)
    return when.strftime(_FORMS[grain]) if grain else ""


def _grain(section: Section) -> str:
    shown = {_meant(section.pieces, index) for index, piece in enumerate(section.pieces) if piece.kind == DATE}
    if not shown & set("ymd"):
        return ""
    if shown & set("hi"):
        return "moment"
    if not shown & set("ym"):
        return ""  # a day of which month
    return "day" if "d" in shown else "month" if "m" in shown else "year"


def _meant(pieces: list[Piece], index: int) -> str:
    """What a date piece shows: y, m, d, h, i (minutes), s, or w (a day of the week); m beside h or s are minutes."""
    letters = pieces[index].text
    if letters[0] == "a" or (letters[0] == "d" and len(letters) > 2):
        return "w"
    if letters[0] != "m" or len(letters) > 2:
        return {"e": "y"}.get(letters[0], letters[0])
    times = [piece for piece in pieces if piece.kind in (DATE, ELAPSED)]
    place = next(number for number, piece in enumerate(times) if piece is pieces[index])
    before = times[place - 1].text[0] if place else ""
    behind = times[place + 1].text[0] if place + 1 < len(times) else ""
    return "i" if before == "h" or behind == "s" else "m"


def date_shown(number: Decimal, section: Section, *, since_1904: bool) -> str | None:
    """The date or time as it stands in the cell; None where that is in doubt."""
    if section.numerals > 1 or any(piece.kind not in _KINDS or "." in piece.text[1:] for piece in section.pieces):
        return None  # fractions of a second among them
    if section.locale.endswith("804") and any(piece.text[:3] in ("mmm", "ddd") for piece in section.pieces):
        return None  # Excel's versions differ in the names of months and days
    when = moment(number, since_1904=since_1904)
    if when is None:
        within = 0 <= number < 1 or (number >= 0 and section.has(ELAPSED))
        if _grain(section) or not within:
            return None
        when = datetime(1899, 12, 30) + timedelta(seconds=_seconds(number))
    half = section.has(HALF_DAY)
    return "".join(_part(section, index, when, number, half=half) for index in range(len(section.pieces)))


def _part(section: Section, index: int, when: datetime, number: Decimal, *, half: bool) -> str:
    kind, text = section.pieces[index]
    if kind == ELAPSED:
        size = {"h": 3600, "m": 60, "s": 1}[text[0].lower()]
        return f"{_seconds(number) // size:0{len(text)}d}"
    if kind == HALF_DAY:
        return text.split("/")[when.hour >= 12]
    if kind != DATE:
        return text
    return _numeral(_date_part(text, _meant(section.pieces, index), when, half=half), section.numerals)


def _date_part(letters: str, meant: str, when: datetime, *, half: bool) -> str:
    if meant == "w":
        chinese = f"星期{_WEEK[when.weekday()]}"
        english = _DAYS[when.weekday()]
        return {"aaa": chinese[2:], "aaaa": chinese, "ddd": english[:3]}.get(letters, english)
    if meant == "y":
        return f"{when.year % 100:02d}" if letters in ("y", "yy") else f"{when.year}"
    if meant == "m" and len(letters) > 2:
        return _MONTHS[when.month - 1][: {3: 3, 5: 1}.get(len(letters))]
    hour = (when.hour % 12 or 12) if half else when.hour
    value = {"m": when.month, "d": when.day, "h": hour, "i": when.minute, "s": when.second}[meant]
    return f"{value:02d}" if len(letters) > 1 else str(value)


def _numeral(text: str, numerals: int) -> str:
    """Digits as Chinese numerals: a year digit by digit, all else counted (二十九)."""
    if not numerals or not text.isdigit():
        return text
    if len(text) > 2:
        return "".join(_DIGITS[int(digit)] for digit in text)
    tens, ones = divmod(int(text), 10)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")
