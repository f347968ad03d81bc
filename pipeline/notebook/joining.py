"""Clauses of a sentence: one that is left out where its value is blank, several in a row."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ..facts import Fact
from ..facts.element import plain
from ..facts.frame_cells import there

_PAIRS = ("》《", "”“")


def is_given(value: object) -> bool:
    """Whether a cell says something that can stand in a sentence: no blank one, no ``/``, no 不适用."""
    if isinstance(value, Fact):
        return value.stated
    return there(value) and bool(str(value).strip())


def given(value: object, before: str = "", after: str = "") -> str:
    """``before``, ``value`` and ``after`` where there is a value; nothing where the cell is blank.

    Example:
        >>> given("大厅", "在", "举行"), given("", "在", "举行")
        ('在大厅举行', '')
    """
    return f"{before}{value}{after}" if is_given(value) else ""


def join(names: Iterable[object], between: str = "、") -> str:
    """Names or clauses in a row, with ``between`` between them; what is blank is left out.

    Between neighbouring 《》 or “” marks no 、 is put (GB/T 15834-2011, 4.5.3.5).

    Example:
        >>> join(["《甲》", "《乙》", "丙", ""])
        '《甲》《乙》、丙'
    """
    words = [word for name in names if (word := f"{name}")]
    return row_of([(word, word) for word in words], between)


def row_of(names: list[tuple[str, str]], between: str = "、") -> str:
    """The second of each pair in a row; the first is what a reader sees of it."""
    ends = pairwise(plain(said) for said, _ in names)
    joints = ["" if between == "、" and one[-1:] + two[:1] in _PAIRS else between for one, two in ends]
    return "".join(word + joint for (_, word), joint in zip(names, [*joints, ""], strict=False))
