"""Personal data in a text: resident ids, telephone and card numbers, e-mail addresses, names beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_GAP = r"[ \u00a0-]?"  # people group long numbers with a blank or a hyphen
_EDGE, _END = r"(?<![0-9A-Za-z*])(?<!\d[.])", r"(?![0-9A-Za-z*])(?![.]\d)"
_ID = re.compile(_EDGE + r"[1-8]\d" + "".join([_GAP + r"\d"] * 15) + _GAP + r"[\dXx]" + _END)
_MOBILE = re.compile(_EDGE + rf"(?:(?:\+|00)?86{_GAP})?(1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}})" + _END)
_CARD = re.compile(
    _EDGE + r"[3-6]\d{3}" + _GAP + r"\d{4}" + _GAP + r"\d{4}" + _GAP + r"\d{4}(?:" + _GAP + r"\d{1,3})?" + _END
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w-])", re.ASCII
)
_MASKED_ID = re.compile(r"(?<![0-9A-Za-z*])\d{2,6}[*×xX]{6,14}[\dXx]{2,4}(?![0-9A-Za-z*])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    [11, 12, 13, 14, 15, *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)
# The hundred commonest surnames cover some 85 of 100 people; the double ones follow.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_NAME = rf"(?:欧阳|司马|上官|诸葛|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_JOINT = r"[\s,，、;；:：()（）|]*(?:(?:公民)?身份证(?:号码?|件号)?|居民身份号码|证件号码?|手机号?码?|电话|联系方式|卡号)?[\s:：为是]*"
_BEFORE = re.compile(
    rf"(?:^|[^\u4e00-\u9fff]|姓名|当事人|申请人|被申请人|原告|被告|联系人|联络员|同志)[:：]?\s*({_NAME}){_JOINT}$"
)
_AFTER = re.compile(rf"^[\s,，、;；:：()（）|]*(?:姓名[:：]?)?\s*({_NAME})(?![\u4e00-\u9fff])")
_NEAR = 24


class Hit(NamedTuple):
    """Personal data at ``start``; ``kind`` is the code of its message, ``masked`` what may be shown of it."""

    kind: str
    start: int
    masked: str


def personal(text: str) -> Iterator[Hit]:
    """Every resident id, mobile and card number, e-mail address, and name beside an id or number.

    Read alike are full-width digits, digits grouped by blanks or hyphens, and digits with invisible characters between.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    if not re.search(r"\d{3}|@|\*\*", plain):
        return
    taken: list[range] = []
    for kind, match in _numbers(plain):
        if not any(match.start() in span for span in taken):
            taken.append(range(match.start(), match.end()))
            yield Hit(kind, match.start(), _masked(kind, match[0]))
    for span in taken:
        yield from _names(plain, span)
    for match in _EMAIL.finditer(plain):
        yield Hit("email", match.start(), f"{match[0][0]}***@{match[0].rpartition('@')[2]}")


def _numbers(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _ID.finditer(text):
        kind = _kind_of_id(_digits(match[0]))
        if kind:
            yield kind, match
    yield from (("mobile", match) for match in _MOBILE.finditer(text))
    yield from (("bank-card", match) for match in _CARD.finditer(text) if _luhn(_digits(match[0])))
    yield from (("masked-id", match) for match in _MASKED_ID.finditer(text))


def _kind_of_id(number: str) -> str:
    """resident-id, resident-id-mistyped where only the check character is wrong, or nothing (GB 11643-1999)."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return ""
    if int(number[:2]) not in _PROVINCES or not 1900 <= born.year <= 2100:
        return ""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "resident-id" if _CHECKS[total % 11] == number[-1].upper() else "resident-id-mistyped"


def _luhn(number: str) -> bool:
    """Whether the check digit of a card number holds (ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return len(number) >= 16 and len(set(number)) > 2 and sum(one // 10 + one % 10 for one in doubled) % 10 == 0


def _names(text: str, span: range) -> Iterator[Hit]:
    before = _BEFORE.search(text[max(0, span.start - _NEAR) : span.start])
    after = _AFTER.search(text[span.stop : span.stop + _NEAR])
    for match in filter(None, (before, after)):
        yield Hit("name-beside-id", span.start, match[1][0] + "*" * (len(match[1]) - 1))


def _digits(text: str) -> str:
    return re.sub(r"[^0-9Xx]", "", text)


def _masked(kind: str, text: str) -> str:
    """As offices mask them: an id to its first two and last three characters, a mobile number to 138****1234."""
    number = _digits(text)
    if kind == "mobile":
        return f"{number[-11:-8]}****{number[-4:]}"
    if kind == "bank-card":
        return f"{'*' * (len(number) - 4)}{number[-4:]}"
    if kind == "masked-id":
        return "**"
    return f"{number[:2]}{'*' * 13}{number[-3:]}"
