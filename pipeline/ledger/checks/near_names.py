"""Names that stand once, a slip of the pen from one that stands elsewhere in the period: 法制审核 beside 法治审核."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..columns import TEXT, Column
from ..records import Records
from ..roles import NOT_SAID, Role
from .opened_period import OpenedPeriod
from .stated_rows import MOST_ROWS

CONFIRMED = "名称已核"  # what 备注 says of a row whose name is right, though another is close to it
_NO_NAMES = NOT_SAID | {Role.TABLE, Role.UNIT}
_BETWEEN = re.compile("[、，；]")
_SHORTEST = 4  # of fewer characters one may well be left out of a longer name that is another
# What is another name when it is exchanged, doubled or left out: 第一批, 市级, 办件总量.
_APART = frozenset(
    "0123456789〇零一二三四五六七八九十百千甲乙丙丁上中下前后省市区县镇乡村街国大小多少东南西北正副总共不未非"
)
# Characters that sound or look alike and are taken for one another. Any other pair may well be two names: 商会, 协会.
_TAKEN_FOR = (
    "治制", "权全", "受授", "审申", "帐账", "象像", "份分", "做作", "已己以", "须需", "定订", "连联", "形型", "记计纪", "察查", "规归", "在再",
    "即及", "复覆", "检捡", "反返", "证正政", "办辨辩", "侯候", "划画", "布部", "度渡", "事示", "理里", "件建", "式试", "询讯", "监鉴", "服符",
    "务物", "平评", "实时", "标表", "项向", "成城", "费废", "执职", "材才", "徽微", "末未", "土士", "人入", "日目", "干千", "拔拨", "管官", "程成",
)  # fmt: skip


_ALIKE = {
    one: [other for others in _TAKEN_FOR if one in others for other in others if other != one]
    for one in "".join(_TAKEN_FOR)
}


class _Names:
    """The names of a period with their places, and those that one slip makes a text of."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = defaultdict(list)
        self._but_one: dict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, name: str, place: str) -> None:
        if name not in self.places and len(name) >= _SHORTEST:
            for at in range(1, len(name) - 1):
                self._but_one[name[:at], name[at + 1 :]].append(name)
        self.places[name].append(place)

    def meant(self, text: str) -> str:
        """The name that became ``text``, which stands once, by one slip; "" where there is none."""
        found = (*self._exchanged_or_doubled(text), *self._left_out(text), *self._mistaken(text))
        return next((name for name in found if self.places.get(name)), "")

    def _exchanged_or_doubled(self, text: str) -> Iterator[str]:
        for at in range(len(text) - 1):
            one, two, rest = text[at], text[at + 1], text[at + 2 :]
            if not {one, two} <= _APART:
                yield text[:at] + (one + rest if one == two else two + one + rest)

    def _left_out(self, text: str) -> Iterator[str]:
        for at in range(1, len(text)):
            yield from (name for name in self._but_one.get((text[:at], text[at:]), ()) if name[at] not in _APART)

    def _mistaken(self, text: str) -> Iterator[str]:
        for at, one in enumerate(text):
            yield from (text[:at] + other + text[at + 1 :] for other in _ALIKE.get(one, ()))


def near_names(opened: OpenedPeriod) -> None:
    """Report a part of a key that stands nowhere else, where one slip makes it of a name that does."""
    each = [records for records in opened.records.values() if len(records) <= MOST_ROWS]
    names = _names(opened, each)
    for records in each:
        for column in _named(records):
            if column.field in records.ledger.known_by and not column.refers_to:
                _tell(records, column.field, names)


def _names(opened: OpenedPeriod, each: Iterable[Records]) -> _Names:
    """The texts of all ledgers, those that a cell lists one by one, and the chapters' titles."""
    names = _Names()
    for section in opened.workspace.sections:
        names.add(section.title, section.path.name)
    for records in each:
        for column in _named(records):
            place = f"{records.ledger.sheet}!{records.letters.get(column.field, '')}"
            for row, text in zip(records.rows.tolist(), records.coded(column.field).spread(), strict=True):
                for name in {text, *_BETWEEN.split(text)} - {""}:
                    names.add(name, f"{place}{row}")
    return names


def _named(records: Records) -> Iterator[Column]:
    """The columns of which any text may be, and that a report says."""
    for column in records.ledger.columns:
        if column.kind == TEXT and not column.choices and column.role not in _NO_NAMES:
            yield column


def _tell(records: Records, field: str, names: _Names) -> None:
    note = records.ledger.field(Role.NOTE)
    notes = records.coded(note).spread() if note else [""] * len(records)
    for position, text in enumerate(records.coded(field).spread()):
        if len(names.places.get(text, ())) == 1 and CONFIRMED not in notes[position] and (name := names.meant(text)):
            records.report("near-a-name", [position], field, text, other=name, where=names.places[name][0])


CHECKS = (near_names,)
