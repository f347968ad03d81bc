"""What a workbook shows for a number it stores: 0.77 under the format 0% is 77%, 44376 under yyyy-mm-dd a date.

A figure is what the ledger shows its keeper, with the decimals shown. What a format leaves in doubt is said, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from .built_in import BUILT_IN, GENERAL
from .code import BLANK, COMMA, DIGIT, LITERAL, MONEY, PERCENT, POINT, TEXT, Piece, Section, sections
from .digits import PLAIN, Setting, fits_general, set_number
from .moments import date_shown, day_written, is_date, moment, system_format

__all__ = ["BUILT_IN", "GENERAL", "Shown", "as_shown", "exact", "text_shown"]

IN_DOUBT, TOO_FINE, TOO_LONG = "number-format", "decimals-not-shown", "too-long"
_DASHES = frozenset("-－—–―−─")
_SIGN = re.compile(r"[-－−(（]")
_YUAN = re.compile(r"[¥￥]|CNY|RMB|人民币|元", re.IGNORECASE)
_JAPANESE = "411"


class Shown(NamedTuple):
    """A cell's number: as a figure or date of this product, and as the words that stand in the cell.

    ``fault`` is a problem's code where the figure cannot be told, ``words`` is None where the words cannot either;
    ``rounded`` where decimals are not shown.
    """

    text: str
    words: str | None = None
    fault: str = ""
    rounded: bool = False


def as_shown(stored: str, form: str, *, since_1904: bool = False) -> Shown:
    """The text of a cell that stores the number ``stored`` under the format ``form``.

    Raises:
        decimal.InvalidOperation: ``stored`` is no number.
    """
    number = exact(stored)
    if number is None:
        return Shown(f"{stored.strip()[:3]}…", fault=TOO_LONG)  # it may be the number of a person's card
    if form == GENERAL and fits_general(number):  # most cells
        plain = f"{number:f}"
        return Shown(plain, plain)
    section, magnitude, signed = _section(form or GENERAL, number)
    if section is None:
        return Shown(f"{number:f}", fault=IN_DOUBT)
    if section.has(*PLAIN) and not fits_general(number):
        return Shown(f"{number:f}", fault=TOO_FINE)
    if is_date(section) or system_format(section):
        return _date(number, section, since_1904=since_1904)
    setting = set_number(magnitude, section)
    if setting is None:
        return Shown(f"{number:f}", fault=IN_DOUBT)
    return _figure(number, section, setting, signed=signed)


def text_shown(text: str, form: str) -> str:
    """A text under the format's own section for texts, as in ``0;-0;0;@"号"``; the text alone where it has none."""
    section = _for_texts(form)
    if section is None:
        return text
    return "".join(text if piece.kind == TEXT else piece.text for piece in section.pieces)


def exact(text: str) -> Decimal | None:
    """The number with the fifteen digits that a workbook vouches for, without an exponent.

    None for whole numbers of more digits, whose last ones are lost.

    Raises:
        decimal.InvalidOperation: ``text`` is no number.
    """
    number = Decimal(text.strip())
    if not number.is_finite():
        raise InvalidOperation(text)
    if len(number.as_tuple().digits) > 15:
        number = Decimal(f"{number:.15g}")
    number = number.normalize()
    if number.adjusted() >= 15:
        return None
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


@lru_cache(maxsize=512)
def _for_texts(form: str) -> Section | None:
    """The section for texts, where it says more than the text."""
    parts = sections(form)
    last = parts[3] if len(parts) > 3 else parts[-1]
    plain = all(piece.kind in (TEXT, BLANK) for piece in last.pieces)
    return None if plain or not last.has(TEXT) else last


@lru_cache(maxsize=512)
def _for_numbers(form: str) -> tuple[Section, ...]:
    parts = sections(form)[:4]
    if len(parts) == 4 or (parts[-1].has(TEXT) and len(parts) > 1):
        parts = parts[:-1]
    return parts


def _section(form: str, number: Decimal) -> tuple[Section | None, Decimal, bool]:
    """The section that applies, the number it sets and whether Excel puts a minus before it."""
    parts = _for_numbers(form)
    if any(part.holds for part in parts):
        return _by_condition(parts, number), abs(number), False
    if number < 0 and len(parts) > 1:
        return parts[1], abs(number), False
    if number == 0 and len(parts) > 2:
        return parts[2], number, False
    return parts[0], abs(number), number < 0


def _by_condition(parts: tuple[Section, ...], number: Decimal) -> Section | None:
    """The first section whose condition holds, else the first that has none."""
    if parts[0].holds is None:
        return None  # programs differ on a condition that only a later section has
    for part in parts:
        if part.holds is None or part.holds(number):
            return part
    return None  # Excel fills the cell with ####


def _date(number: Decimal, section: Section, *, since_1904: bool) -> Shown:
    standing = system_format(section)
    section = sections(standing)[0] if standing else section
    when = moment(number, since_1904=since_1904)
    written = day_written(when, section) if when else ""
    words = date_shown(number, section, since_1904=since_1904)
    return Shown(written or f"{number:f}", words, "" if written else IN_DOUBT)


def _figure(number: Decimal, section: Section, setting: Setting, *, signed: bool) -> Shown:
    pieces = ((Piece(LITERAL, "-"),) if signed else ()) + setting.pieces
    words = "".join(piece.text for piece in pieces).strip()
    text = _as_figure(number, section, setting.pieces, signed=signed)
    if text is None:
        return Shown(f"{number:f}", words, IN_DOUBT)
    if section.numerals:
        return Shown(text, rounded=setting.rounded)  # 322 was typed, and counts are printed in Arabic digits
    if number < 0 and not (signed or _SIGN.search(section.literals)):
        words = text  # its colour is its sign
    return Shown(text, words, rounded=setting.rounded)


def _as_figure(number: Decimal, section: Section, pieces: tuple[Piece, ...], *, signed: bool) -> str | None:
    """The figure without what only decorates it: separators of thousands, brackets for minus, ¥ for 元."""
    literals = section.literals
    if any(each.isdigit() or (unicodedata.category(each) == "Sc" and each not in "¥￥") for each in literals):
        return None
    yuan = _is_yuan(section)
    if yuan is None:
        return None
    digits = "".join(piece.text for piece in pieces if piece.kind == DIGIT)
    bare = _joined(pieces, yuan=yuan)
    suffix = "元" if yuan and "元" not in bare else ""
    if not digits:
        return f"0{suffix}" if number == 0 and bare and set(bare) <= _DASHES else None
    if number >= 0:
        return None if number and _SIGN.match(bare) else bare + suffix
    if not signed and not _SIGN.search(literals) and not section.coloured:
        return None
    bare = bare if signed else _SIGN.sub("", bare.replace(")", "").replace("）", ""), count=1)
    return f"-{bare}{suffix}" if digits.strip("0") else bare + suffix


def _joined(pieces: tuple[Piece, ...], *, yuan: bool) -> str:
    kinds = (DIGIT, POINT, PERCENT, LITERAL, MONEY)
    kept = [piece for piece in pieces if piece.kind in kinds and piece.kind not in (BLANK, COMMA)]
    if yuan:
        kept = [Piece(each.kind, _without_yuan(each)) for each in kept]
    text = "".join(piece.text for piece in kept).strip()
    text = re.sub(r"\.(?!\d)", "", text)
    return re.sub(r"(?<!\d)\.(?=\d)", "0.", text)


def _without_yuan(piece: Piece) -> str:
    return piece.text if piece.kind not in (LITERAL, MONEY) else re.sub(r"[¥￥]|CNY|RMB|人民币", "", piece.text).strip()


@lru_cache(maxsize=512)
def _is_yuan(section: Section) -> bool | None:
    """Whether the section shows yuan; None where it shows other money."""
    named = [piece.text.strip() for piece in section.pieces if piece.kind == MONEY]
    if any(re.fullmatch(r"[A-Za-z]{2,}\$?", name) and not _YUAN.fullmatch(name) for name in named):
        return None
    shows = bool(re.search(r"[¥￥]|CNY|RMB|人民币", section.literals, re.IGNORECASE))
    return None if shows and section.locale.upper().endswith(_JAPANESE) else shows
