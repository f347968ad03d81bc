"""A report as statements that another report may make too: sentences, headings, captions, and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import groupby

from ..document.cell_notation import CellNotation
from ..document.passages import Mark, Passage, PassagePlace, read_passages
from ..document.sentences import sentences
from ..period import Period
from .own_figures import is_of_another

_UNSAID = {"alternative", "label", "chart"}
_UNIT = re.compile(
    r"[%％‰]|个?百分点|[万亿]?(?:人次|小时|平方米|公里|[件份次个项人天版位条户家元名场期年月日起宗部篇类种批辆台套间所例处市县区镇村])"
)
_UNIT_OF_HEAD = re.compile(r"（([^（）\d]{1,4})）$")  # 环比（%）, 接待群众（人次）
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+|\s+|.", re.DOTALL)
_CLAUSE = re.compile(r"[，；。！？、：（(,;]")
OWN, PAST, DATE, PERIOD = "\0own", "\0past", "\0date", "\0period"  # what figures are, where only the words count


@dataclass(frozen=True)
class StatedFigure:
    """A figure as a statement has it: what it is called there, as printed with its unit, and its cells."""

    called: str
    printed: str
    unit: str
    value: Decimal | None
    qualifier: str
    cells: str

    @property
    def is_rank(self) -> bool:
        """Whether it is an order (第1位), in which less is better."""
        return self.printed.startswith("第")


@dataclass(frozen=True)
class Token:
    """A piece of a statement: a character, a number or a figure. Two are ``alike`` where they stand for the same."""

    text: str
    alike: str
    figure: StatedFigure | None = None


@dataclass(frozen=True)
class Part:
    """What a statement says: all of a sentence, or what stands in one ``column`` of a row."""

    column: str
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """As it is printed."""
        return "".join(token.text for token in self.tokens)


@dataclass(frozen=True)
class Statement:
    """A sentence, heading, caption or row of a table. ``group`` is what it can be a statement of in both reports: a
    chapter's text, or one table by its caption; ``passage`` numbers the paragraphs and tables of the report."""

    place: PassagePlace
    group: tuple[str, str, str]
    passage: int
    parts: tuple[Part, ...]

    @cached_property
    def alike(self) -> tuple[str, ...]:
        """All it says but for the figures."""
        return tuple(token.alike for part in self.parts for token in part.tokens)

    @property
    def head(self) -> str:
        """The name of a row, where words name it; "" for a sentence."""
        first = self.parts[0]
        return "" if not self.is_row or any(token.alike[0] == "\0" for token in first.tokens) else first.text

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.place.kind == "cell"

    @property
    def where(self) -> str:
        """Its place in words: 第3段, 表1“一业一证”行."""
        place = self.place
        return f"{place.figure or '表'}“{place.row}”行" if self.is_row else place.text()

    @property
    def text(self) -> str:
        """A sentence as printed; a row as one: 一业一证：办件量322，截至2021年6月."""
        if not self.is_row:
            return self.parts[0].text
        named, *rest = self.parts
        return f"{named.text}：{'，'.join(part.column + part.text for part in rest)}" if rest else named.text


def statements(
    document: str, notation: CellNotation, *, period_label: str, period: Period | None = None
) -> list[Statement]:
    """The statements of a body or page in reading order.

    Args:
        notation: that of the ledgers it comes from. period_label: what its period is called, where it is held against a
            report of another one: then figures of other periods are none of its own; "" against one of the same. period: the period, whose months' figures are its own too.
    """
    reader = _Statements(notation, period_label, period)
    passages = [one for one in read_passages(document) if one.place.kind not in _UNSAID and one.text]
    if period_label:
        passages = [one for one in passages if one.place.kind != "signature"]
    return list(reader.read(passages))


class _Statements:
    def __init__(self, notation: CellNotation, period_label: str, period: Period | None) -> None:
        self._notation, self._label, self._period = notation, period_label, period
        self._unit = self._caption = ""

    def read(self, passages: Iterable[Passage]) -> Iterator[Statement]:
        """One passage after another; the cells of a row, and the heads of a table, are one statement."""
        for number, (_, some) in enumerate(groupby(enumerate(passages), _row_or_own)):
            row = [passage for _, passage in some]
            place = row[0].place
            if place.kind == "caption":
                self._unit, self._caption = "", "".join(token.alike for token in self._tokens(row[0], unnumbered=True))
            if place.kind == "unit":
                self._unit = _one_unit(row[0].text.partition("：")[2])
            group = (place.section, self._caption if place.figure else "", "row" if place.kind == "cell" else "")
            if place.kind == "head":
                heads = "、".join(dict.fromkeys(passage.text for passage in row))
                yield Statement(place, group, number, (Part("", tuple(_words(heads))),))
            elif place.kind == "cell":
                columns = _told_apart([one.place.column for one in row])
                parts = (Part(name, tuple(self._tokens(one))) for name, one in zip(columns, row, strict=True))
                yield Statement(place, group, number, tuple(parts))
            else:
                yield from self._sentences(row[0], group, number)

    def _sentences(self, passage: Passage, group: tuple[str, str, str], number: int) -> Iterator[Statement]:
        for match in sentences(passage.text):
            tokens = tuple(self._tokens(passage, *match.span()))
            if tokens:
                yield Statement(passage.place, group, number, (Part("", tokens),))

    def _tokens(
        self, passage: Passage, start: int = 0, end: int | None = None, *, unnumbered: bool = False
    ) -> Iterator[Token]:
        """The pieces of a passage from ``start`` to ``end``; numbers of headings, tables and references are alike."""
        text, at = passage.text, start
        end = len(text) if end is None else end
        for mark in sorted(passage.marks, key=lambda mark: mark.start):
            if not at <= mark.start < end or mark.kind not in ("fact", "number", "reference"):
                continue
            yield from self._plain(text[at : mark.start])
            at = mark.end
            if mark.kind == "fact":
                token = self._figure(passage, mark, start)
                at = mark.start + len(token.text)
                yield token
            elif not (unnumbered and mark.kind == "number"):
                yield Token(text[mark.start : mark.end], f"\0{mark.kind}")
        yield from self._plain(text[at:end])

    def _figure(self, passage: Passage, mark: Mark, start: int) -> Token:
        place, text = passage.place, passage.text
        unit = _UNIT.match(text, mark.end)
        printed = text[mark.start : unit.end() if unit else mark.end]
        called = f"{place.row} {place.column}" if place.kind == "cell" else _called(text[start : mark.start])
        value = _number(mark.said("value"))
        sources = mark.said("data-source")
        is_past = bool(self._label) and is_of_another(sources, self._period)
        headed = next((found[1] for head in (place.column, place.row) if (found := _UNIT_OF_HEAD.search(head))), "")
        of_table = (headed or self._unit) if place.kind == "cell" and value is not None and not unit else ""
        figure = StatedFigure(
            called,
            printed + of_table,
            unit[0] if unit else of_table,
            value,
            mark.said("data-qualifier"),
            self._notation.written(sources),
        )
        kind = PAST if is_past else DATE if value is None else OWN + figure.unit
        return Token(printed, kind, figure)

    def _plain(self, text: str) -> Iterator[Token]:
        """Words without figures; the period's own name stands for itself whichever it is."""
        before, found, after = text.partition(self._label) if self._label else (text, "", "")
        yield from _words(before)
        if found:
            yield Token(found, PERIOD)
            yield from self._plain(after)


def _row_or_own(numbered: tuple[int, Passage]) -> tuple[object, ...]:
    """What passages that are one statement have in common: the cells of a row, the heads of a table."""
    number, passage = numbered
    place = passage.place
    if place.kind == "cell":
        return ("row", place.line)
    return ("heads", place.section, place.figure) if place.kind == "head" else (number,)


def _one_unit(said: str) -> str:
    """The unit of a whole table; none where it has several, each for some of its columns."""
    return "" if re.search(r"[、，,；;/ ]", said) else said


def _told_apart(columns: Sequence[str]) -> list[str]:
    """The names of columns, those that come again or have none by their number."""
    return [
        name if name and name not in columns[:at] else f"{name}（{at + 1}）" if name else f"第{at + 1}列"
        for at, name in enumerate(columns)
    ]


def _words(text: str) -> Iterator[Token]:
    yield from (Token(match[0], match[0]) for match in _WORD.finditer(text))


def _called(before: str) -> str:
    """The words of its clause that stand before a figure, and those of the clause before where they are too few."""
    clauses = list(_CLAUSE.finditer(before))
    said = before[clauses[-1].end() :] if clauses else before
    if len(said.strip()) < 2 and len(clauses) > 1:
        said = before[clauses[-2].end() :]
    return said.strip()


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:  # a date
        return None
