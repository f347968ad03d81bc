"""Groups of digits that stand near each other, and what their surroundings say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

_GROUP = re.compile(r"\d+[Xx]?|(?<![0-9A-Za-z])[Xx](?![0-9A-Za-z])")
_GAP = re.compile(r"[\W_]{1,10}")
_WIDEST = 19  # digits of the longest card number
_TOTALS = frozenset({11, 12, 13, 15, 16, 17, 18, 19})
_NEAR = 24
_TOKEN = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])|[0-9A-Za-z]{16,}"
)
_LABELS = {
    "id": re.compile(r"(?:身份|证件|公民)[证件号码编\s:：为是(（]*$"),
    "mobile": re.compile(
        r"(?:手机|移动电话|电话|联系|联系人|联系方式|微信|致电|拨打|tel|phone|mobile|mob|cell|call)"
        r"[号码\s:：为是(（+.]*(?:(?:00)?86[\s)）-]*)?$",
        re.IGNORECASE,
    ),
    "card": re.compile(r"(?:卡|账|帐|账户|帐户|card)[号码\s:：为是(（.]*$", re.IGNORECASE),
    "code": re.compile(
        r"(?:编号|编码|代码|文号|案号|注册号|流水号|受理号|办件号|备案号|单号|序列号|条码|许可证|登记证|资格证|产权证|执照|纳税人识别号|税号"
        r"|ISBN|IMEI|DOI)[号码\s:：为是(（第]*$",
        re.IGNORECASE,
    ),
    "amount": re.compile(r"(?:[¥￥$€£]|人民币|RMB|CNY|USD)\s*$"),
}
_AMOUNT = re.compile(
    r"\s?[万亿]?(?:元|美元|欧元|日元|千瓦时|立方米|平方米|吨|公里|公顷|亩|字节|千克|公斤|件|户|次|人次|字|股|份|册|页|%|‰)|\s?[万亿]"
)


class Window:
    """Neighbouring groups of digits of ``text`` taken together: ``digits``, the ``lengths`` of groups, the ``gaps``."""

    def __init__(self, text: str, groups: list[re.Match[str]], first: int, last: int) -> None:
        self.text, self._groups, self._first, self._last = text, groups, first, last
        self.start, self.stop = groups[first].start(), groups[last].end()
        each = [group[0] for group in groups[first : last + 1]]
        self.digits = "".join(each)
        self.lengths = tuple(map(len, each))

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """What stands between the groups."""
        pairs = zip(self._groups[self._first : self._last], self._groups[self._first + 1 :], strict=False)
        return tuple(self.text[left.end() : right.start()] for left, right in pairs)

    @cached_property
    def alone(self) -> bool:
        """Whether no other digits stand near."""
        return self._first == 0 and self._last == len(self._groups) - 1

    @cached_property
    def in_cells(self) -> bool:
        """Whether the groups stand in cells or paragraphs of their own."""
        return any("\t" in gap or "\n\n" in gap for gap in self.gaps)

    @cached_property
    def uniform(self) -> bool:
        """Whether all groups but the last are of one length, the last not longer."""
        return len(set(self.lengths[:-1])) == 1 and self.lengths[-1] <= self.lengths[0]

    @cached_property
    def is_decimal(self) -> bool:
        """Whether it is a number with a decimal point, or one side of it."""
        before, after = self.text[: self.start][-2:], self.text[self.stop : self.stop + 2]
        beside = re.fullmatch(r"\d\.", before) or re.fullmatch(r"\.\d", after)
        return (len(self.lengths) == 1 and bool(beside)) or (self.gaps == (".",) and not beside)

    @cached_property
    def is_amount(self) -> bool:
        """Whether it is written as so much money or so many of something."""
        return self.says("amount") or bool(_AMOUNT.match(self.text, self.stop))

    def says(self, label: str) -> bool:
        """Whether the words right before say that it is an ``id``, ``mobile``, ``card`` or ``code``."""
        return bool(_LABELS[label].search(self.text[max(0, self.start - _NEAR) : self.start]))


def windows(text: str) -> Iterator[Window]:
    """Every run of neighbouring groups of 11 to 19 digits; digests and other mixed codes have none."""
    for groups in _chains(_TOKEN.sub(_without_digests, text)):
        for first, group in enumerate(groups):
            total = 0
            for last in range(first, len(groups)):
                total += len(groups[last][0])
                if total > _WIDEST:
                    break
                if total in _TOTALS and group[0][0] not in "Xx":
                    yield Window(text, groups, first, last)


def _without_digests(token: re.Match[str]) -> str:
    """What is left of a word of letters and digits: nothing of an UUID, a digest or another code of many changes."""
    changes = len(re.findall(r"[A-Za-z]+", token[0]))
    is_hexadecimal = bool(re.fullmatch(r"[0-9A-Fa-f]+", token[0])) and changes >= (1 if len(token[0]) >= 32 else 3)
    is_digest = "-" in token[0] or changes >= 4 or is_hexadecimal
    return "a" * len(token[0]) if is_digest else token[0]


def _chains(text: str) -> Iterator[list[re.Match[str]]]:
    chain: list[re.Match[str]] = []
    for group in _GROUP.finditer(text):
        if chain and not _GAP.fullmatch(text, chain[-1].end(), group.start()):
            yield chain
            chain = []
        chain.append(group)
    yield chain
