"""Reading a figure as people type it, in its cell and in the columns of unit and qualifier beside it.

The wording follows GB/T 15835-2011: Arabic digits for counts and rates, 万 and 亿 but never 千, 百 or 十
after Arabic digits (3000余人, not 3千余人), and one hedge at most (约200人 or 200余人, not 约200余人).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ..errors import FactError
from .figure_words import CHANGE, HAN_RANK, MOVED, STILL, ordinal, rises

QUALIFIERS = ("余", "近", "约", "超", "左右", "以上", "以下")
SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
NO_VALUE = {"": "blank", "/": "slash", "不适用": "not-applicable"}

BEFORE, AFTER = ("近", "约", "超"), ("左右", "以上", "以下")
_OTHER_BEFORE = ("大约", "约莫", "超过", "接近", "将近", "不足", "不到", "至少", "至多", "最多", "逾", "上", "几", "数")
_OTHER_AFTER = ("上下", "以内", "之多", "多", "来", "几")
_LATIN_UNITS = ("km", "m", "cm", "mm", "kg", "g", "t", "h", "min", "s", "kWh", "KB", "MB", "GB", "TB", "m²", "m³")
_THOUSAND_UNITS = ("千克", "千米", "千瓦", "千字", "千卡", "千帕", "百分", "百帕")
_WORDS_FOR_NOTHING = ("-", "--", "—", "——", "\\", "无", "暂无", "空", "N/A", "NA", "n/a", "null", "None", "nan")
FORMULA_ERROR = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z/0]+[!?]|#+)")

_WIDE = str.maketrans("０１２３４５６７８９．，％－＋／−﹣＃（）　\u00a0", "0123456789.,%-+/--#()  ")
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # a blank between two digits is doubtful and stays
_NUMBER = r"[+-]?\d[\d,]*(?:\.\d+)?"
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_STATED = re.compile(
    rf"(?P<before>近|约|超)?(?P<rank>第)?(?P<number>{_NUMBER})(?![\d.,])(?P<inner>余(?=[万亿]))?(?P<scale>[万亿])?(?P<more>余)?"
    r"(?P<unit>.*?)(?P<after>左右|以上|以下)?"
)
_UNIT = re.compile(r"[\u4e00-\u9fff]{0,6}(?:/[\u4e00-\u9fff]{1,6})?|%|‰|℃|°|㎡")
_NO_UNIT = re.compile("[由从到至升降增减第]")
_LEADING_ZERO = re.compile(r"-?0\d")
_AT_A_GLANCE = tuple(  # what is no figure, and why
    (re.compile(form), reason)
    for form, reason in (
        (r"\A[=@]", "formula"),
        (r"\A(?!\d{4}\.\d{1,2}\Z)\d{4}[-/年.]\d{1,2}(?:[-/月.]\d{0,2}日?)?\Z", "date"),
        (r"\d[OoIl]|[OoIl](?=[\d.])", "letter-among-digits"),
        (r"\d\s+\d", "blank-among-digits"),
        (r"\A[+-]?\d+(?:\.\d+)?[eE][+-]?\d+\Z", "scientific"),
        (r"\A\(.*\)\Z", "parentheses"),
    )
)
_SEVERAL = re.compile(r"\d[^\d由从]*[、;；~～至–—-][^\d]*\d")
_HAN_NUMERAL = re.compile(r"第?[〇零一二三四五六七八九十百千万两]")


class StatedError(FactError):
    """A cell that cannot be read as a figure or a date without doubt.

    Attributes:
        found: the text. reason: why it was refused, a code of the catalogue such as ``two-qualifiers``.
        allowed: what may stand there instead.
    """

    def __init__(self, text: str, reason: str, allowed: str = "") -> None:
        super().__init__(reason, value=text, allowed=tuple(allowed.split()))
        self.found, self.reason, self.allowed = text, reason, allowed


class Stated(NamedTuple):
    """The parts of a figure; what they mean is told at ``Quantity``."""

    value: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    decimals: int = 0
    scale: str = ""
    rank: bool = False
    origin: Decimal | None = None
    state: str = "value"
    inner: bool = False
    origin_scale: str = ""
    said: str = ""

    @property
    def present(self) -> Decimal:
        """The value of what states a number."""
        assert self.value is not None, "neither blank nor / is a number"
        return self.value


def read(text: str, unit: str = "", qualifier: str = "") -> Stated:
    """The parts of the figure in ``text``, completed by the unit and the qualifier of their own columns.

    Raises:
        StatedError: the text can be read in no way or in more than one; ``reason`` says why.
    """
    words, unit, qualifier, shown = _plain(text), _plain(unit), _plain(qualifier), str(text).strip()
    if qualifier not in ("", *QUALIFIERS):
        raise StatedError(qualifier, "unknown-qualifier", " ".join(QUALIFIERS))
    scale, unit = _scale_and_unit(unit)
    if words in NO_VALUE:
        if qualifier:
            raise StatedError(qualifier, "qualifier-without-value")
        return Stated(unit=unit, scale=scale, state=NO_VALUE[words])
    return _complete(_figure(words, shown), unit, scale, qualifier, shown)


def _plain(text: str) -> str:
    """Half-width, without the blanks that cannot separate figures."""
    return _SPACE.sub("", str(text).translate(_WIDE).strip())


def _scale_and_unit(unit: str) -> tuple[str, str]:
    """万件 is 万 and 件; a unit carries neither figures nor hedges."""
    scale = unit[:1] if unit[:1] in ("万", "亿") else ""
    _check_unit(unit[len(scale) :], unit)
    return scale, unit[len(scale) :]


def _check_unit(unit: str, text: str) -> None:
    if unit.startswith(("千", "百", "十")) and not unit.startswith(_THOUSAND_UNITS):
        raise StatedError(text, "arabic-with-thousand")
    if unit.startswith(("万", "亿")):
        raise StatedError(text, "two-scales")
    if unit.startswith(_OTHER_AFTER) or unit.endswith(("上下", "以内", "之多")):
        raise StatedError(text, "unknown-qualifier", " ".join(QUALIFIERS))
    if any(word in unit for word in QUALIFIERS if word != "超"):
        raise StatedError(text, "two-qualifiers")
    if unit not in _LATIN_UNITS and (not _UNIT.fullmatch(unit) or _NO_UNIT.search(unit)):
        raise StatedError(text, "unknown-unit")


def _figure(words: str, text: str) -> Stated:
    """The figure in ``words``; ``text`` is what the message shows."""
    for reason, allowed in _refusals(words):
        raise StatedError(text, reason, allowed)
    change, moved, still, rank = (form.fullmatch(words) for form in (CHANGE, MOVED, STILL, HAN_RANK))
    if change:
        return _change(change, text)
    if still:
        return Stated(value=Decimal(0), said=still["said"])
    if rank:
        return _han_rank(rank, text)
    return _moved(moved, text) if moved else _one(words, text)


def _refusals(words: str) -> Iterator[tuple[str, str]]:
    """Why ``words`` is no figure, where the reason can be told at a glance."""
    if words in _WORDS_FOR_NOTHING:
        yield "word-for-nothing", " ".join(("0", "/", "不适用"))
    if FORMULA_ERROR.fullmatch(words):
        yield "formula-error", ""
    yield from ((reason, "") for form, reason in _AT_A_GLANCE if form.search(words))
    if _SEVERAL.search(words) and not CHANGE.fullmatch(words):
        yield "several-figures", ""
    if _HAN_NUMERAL.match(words) and not HAN_RANK.fullmatch(words):
        yield "hanzi-number", ""


def _change(match: re.Match[str], text: str) -> Stated:
    """由64%上升到81%, 由第5位上升到第3位: two figures of one kind, and a verb that agrees with them."""
    origin, value = _one(match["origin"], text), _one(match["value"], text)
    if origin.qualifier or value.qualifier:
        raise StatedError(text, "qualifier-in-change")
    value = value._replace(unit=value.unit or origin.unit)  # where the unit stands behind it: 由3万次上升到5万
    same_unit = origin.unit == value.unit or (not origin.unit and value.unit not in ("%", "‰"))
    if origin.rank != value.rank or not same_unit:
        raise StatedError(text, "two-units")
    became_more = (origin.present < value.present) != value.rank  # the first place is the best
    if origin.value == value.value or became_more != rises(match["verb"]):
        raise StatedError(text, "direction")
    return value._replace(origin=origin.value, origin_scale=origin.scale)


def _moved(match: re.Match[str], text: str) -> Stated:
    """下降24.76%, 减少4件: a figure below zero where the verb says so."""
    size = _one(match["size"], text)
    if size.rank or size.present <= 0:
        raise StatedError(text, "direction")
    value = size.present if rises(match["verb"]) else -size.present
    return size._replace(value=value, said=match["said"])


def _han_rank(match: re.Match[str], text: str) -> Stated:
    place = ordinal(match["numeral"])
    if place is None:
        raise StatedError(text, "hanzi-number")
    return Stated(value=Decimal(place), unit=match["unit"], rank=True, said=match["said"])


def _one(words: str, text: str) -> Stated:
    match = _STATED.fullmatch(words)
    if match is None:
        raise StatedError(text, *_why_not(words))
    found = [word for word in (match["before"], match["inner"], match["more"], match["after"]) if word]
    if len(found) > 1:
        raise StatedError(text, "two-qualifiers")
    _check_unit(match["unit"], text)
    number = _number(match["number"], text)
    scale = match["scale"] or ""
    figure = Stated(
        value=number * SCALES[scale],
        unit=match["unit"],
        qualifier="".join(found),
        decimals=decimals_of(number),
        scale=scale,
        rank=bool(match["rank"]),
        inner=bool(match["inner"]),
    )
    if figure.rank and (found or scale or number < 1 or figure.decimals):
        raise StatedError(text, "not-a-rank")
    return figure


def _why_not(words: str) -> tuple[str, str]:
    if re.match(rf"(?:{'|'.join(_OTHER_BEFORE)})第?{_NUMBER}", words):
        return "unknown-qualifier", " ".join(QUALIFIERS)
    return ("two-qualifiers" if re.match(r"(?:近|约|超){2,}\d", words) else "no-figure"), ""


def decimals_of(number: Decimal) -> int:
    """How many decimals a number is written with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def decimals_needed(number: Decimal) -> int:
    """How many decimals a number that was worked out needs: none of the zeros at its end."""
    return 0 if number == number.to_integral_value() else decimals_of(number.normalize())


def _number(text: str, shown: str) -> Decimal:
    """A decimal number, its separators in their places."""
    if "," in text and not _GROUPED.fullmatch(text):
        raise StatedError(shown, "misplaced-separator")
    digits = text.replace(",", "").lstrip("+")
    if _LEADING_ZERO.match(digits):
        raise StatedError(shown, "leading-zero")
    if sum(character.isdigit() for character in digits) > 15:
        if "." in digits:
            raise StatedError(shown, "too-many-decimals")
        raise StatedError(shown, "too-long")  # a workbook keeps fifteen digits; more is a number of a card, not a count
    if digits.startswith("-") and not digits.strip("-0."):
        raise StatedError(shown, "minus-zero")
    return Decimal(digits)


def _complete(figure: Stated, unit: str, scale: str, qualifier: str, text: str) -> Stated:
    """The figure of the text with the unit and the qualifier of their own columns."""
    if qualifier and figure.qualifier:
        raise StatedError(f"{text} + {qualifier}", "two-qualifiers")
    if (qualifier and (figure.rank or figure.origin is not None)) or (figure.rank and scale):
        raise StatedError(f"{text} + {qualifier or scale}", "qualifier-in-change")
    if scale and figure.scale:
        if not figure.unit or figure.unit != unit or figure.scale != scale:
            raise StatedError(f"{text} + {scale}{unit}", "two-scales")
        scale = ""
    if figure.unit and unit and figure.unit != unit:
        raise StatedError(f"{text} + {scale}{unit}", "two-units")
    if scale and figure.origin_scale:
        raise StatedError(f"{text} + {scale}{unit}", "two-scales")
    factor = SCALES[scale]
    return figure._replace(
        value=figure.present * factor,
        origin=None if figure.origin is None else figure.origin * factor,
        origin_scale=figure.origin_scale or (scale if figure.origin is not None else ""),
        unit=figure.unit or unit,
        scale=figure.scale or scale,
        qualifier=figure.qualifier or qualifier,
    )
