"""Numbers as Chinese text writes them: Arabic digits, and Chinese numerals that count something.

Which words are quantities follows GB/T 15835-2011: 三份, 十余次, 第二批, 百分之五, 二〇二一年. A numeral inside a word
(统一, 一体化, 进一步) counts nothing; an idiom or a name that does (三项制度) is for the declared literals to explain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGIT = "0-9０-９"
_HAN = "〇零一二两三四五六七八九十百千万亿"
_ONES = "一二两三四五六七八九"
_SIGNS = "①-⑳⑴-⒇㈠-㈩Ⅰ-Ⅻⅰ-ⅻ½¼¾⅓⅔"
_MEASURE_WORDS = (
    "个 件 份 次 项 位 名 人 天 日 月 年 周 岁 小时 分钟 秒 场 期 版 篇 条 张 批 类 种 家 户 处 起 例 宗 元 倍 成 季度 部 套 "
    "百分点 个百分点 本 册 轮 届 级 层 站 台 辆 组 支 队 村 镇 街道 社区 区 县 市 省 市场主体 企业 群众 单位 部门 事项 公里 平方米 吨 度 点"
)
_MEASURE = "|".join(sorted(_MEASURE_WORDS.split(), key=len, reverse=True))
_NUMBER = re.compile(
    rf"[{_DIGIT}]{{4}}年[{_DIGIT}]{{1,2}}月(?:[{_DIGIT}]{{1,2}}日)?|[{_DIGIT}]{{1,2}}月[{_DIGIT}]{{1,2}}日"
    rf"|[{_DIGIT}]+(?:[.,．][{_DIGIT}]+)*"
    rf"|[{_SIGNS}]+"
    rf"|百分之[{_HAN}点]+|千分之[{_HAN}点]+|[{_HAN}]+分之[{_HAN}]+"
    rf"|[{_ONES}〇零]{{4}}(?=年)"
    rf"|(?<![统唯单惟划归同{_HAN}{_DIGIT}])第?[数几上近]?[{_HAN}]+[几]?[余多来]?(?=(?:{_MEASURE}))"
    rf"|(?<![{_HAN}{_DIGIT}])第?[数几]?[{_ONES}][十百千万亿][{_HAN}]*[余多来]?|(?<![{_HAN}{_DIGIT}])第?[数几]?十[{_ONES}][余多来]?"
)
_TAIL = re.compile(r"[万亿余多来]*[%‰％]?")
_MARKS = re.compile(rf"[{_DIGIT}{_HAN}{_SIGNS}]")
_WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_AROUND = re.compile(rf"(?:{_MEASURE})(?:左右|以上|以下)?")


class Number(NamedTuple):
    """A number in a text: characters ``start`` to ``end``, and ``shown``, the number with its measure word."""

    start: int
    end: int
    shown: str


def numbers(text: str) -> Iterator[Number]:
    """Every number of ``text``, in order: 30215, 3.4万, 三份, 十余次, 百分之五, 第二批."""
    for match in _NUMBER.finditer(text):
        end = match.end()
        for more in (_TAIL, _AROUND):
            after = more.match(text, end)
            end = after.end() if after else end
        yield Number(match.start(), match.end(), text[match.start() : end])


def numerals(text: str, start: int, end: int) -> list[int]:
    """Where between ``start`` and ``end`` the digits and Chinese numerals stand."""
    return [match.start() for match in _MARKS.finditer(text, start, end)]


def names_something(text: str) -> bool:
    """Whether a text with numbers says more than a number and what it counts: 八五普法 does, 三份 and 2021 do not."""
    bare = _AROUND.sub("", _MARKS.sub("", text))
    return len(_WORD.findall(bare)) > 1
