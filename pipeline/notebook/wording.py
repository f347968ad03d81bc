"""Small pieces of official wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..document.markup import Prose
from ..facts import Fact
from ..facts.element import marked, plain
from ..facts.frame_cells import is_frame
from ..ledger.roles import Role, fields_of
from .display import NOT_FILLED, inside

if TYPE_CHECKING:
    import pandas

_PAIRS = ("》《", "”“")
# The columns of documents; by their usual names where a frame lost what it knew of them, as a merge's does.
_OF_DOCUMENTS = {Role.DOCUMENT_NAME: "title", Role.DOCUMENT_NUMBER: "number", Role.OFFICE: "issuer"}


def join(names: Iterable[object], between: str = "、") -> str:
    """Names or clauses in a row, with ``between`` between them; what is blank is left out.

    Between neighbouring 《》 or “” marks no 、 is put (GB/T 15834-2011, 4.5.3.5).
    """
    words = [word for name in names if (word := f"{name}")]
    return _row_of([(word, word) for word in words], between)


def _row_of(names: list[tuple[str, str]], between: str = "、") -> str:
    """The second of each pair in a row; the first is what a reader sees of it."""
    ends = pairwise(plain(said) for said, _ in names)
    joints = ["" if between == "、" and one[-1:] + two[:1] in _PAIRS else between for one, two in ends]
    return "".join(word + joint for (_, word), joint in zip(names, [*joints, ""], strict=False))


def given(value: object, before: str = "", after: str = "") -> str:
    """``before``, ``value`` and ``after`` where there is a value; nothing where the cell is blank."""
    filled = value.stated if isinstance(value, Fact) else bool(str(value).strip())
    return f"{before}{value}{after}" if filled else ""


def listed(
    rows: pandas.DataFrame | Iterable[Any],
    word: Callable[[Any], str | Prose],
    *,
    lead: str = "",
    between: str = "；",
    end: str = "。",
    most: int = 0,
    more: str = "",
    unfilled: str = "",
) -> Prose:
    """One sentence over all ``rows``: ``lead``, each row as ``word`` says it, ``end``; nothing where there are no rows.

    All of it is text; Markdown stands in a ``Prose`` that ``word`` gives.

    Args:
        rows: a frame (``word`` gets each row as a named tuple) or anything else to go through.
        most: how many rows are said, where not all; ``more`` follows the last of them: 等36场.
        unfilled: what stands before 尚未填报 where the whole ledger is still empty.
    """
    if unfilled and getattr(rows, "attrs", {}).get("unfilled"):
        return Prose(f"{marked(unfilled)}{NOT_FILLED}。")
    each = list(rows.itertuples() if is_frame(rows) else rows)
    marks = inside(rows) if is_frame(rows) else [False] * len(each)
    said = [words for row, mark in zip(each, marks, strict=True) if (words := _said(word(row), mark))]
    cut = more if 0 < most < len(said) else ""
    sentence = marked(between).join(said[:most] if cut else said)
    return Prose(f"{marked(lead)}{sentence}{marked(cut)}{marked(end)}" if said else "")


def _said(words: str | Prose, internal: bool) -> str:
    """What is said of a row, as Markdown."""
    markdown = words.markdown if isinstance(words, Prose) else marked(words)
    return f'<span data-disclosure="internal">{markdown}</span>' if markdown and internal else markdown


def documents(policies: pandas.DataFrame, *, lead: str = "", end: str = "。") -> Prose:
    """One sentence naming the documents of ``policies``: issuer, title, number in brackets; nothing where there are none.

    The issuer is left out where the title begins with it, as titles of official documents do.
    """
    return listed([policies] if len(policies) else [], _documents, lead=lead, end=end)


def _documents(policies: pandas.DataFrame) -> Prose:
    names = (next(iter(fields_of(policies, role)), usual) for role, usual in _OF_DOCUMENTS.items())
    parts = (policies[name] if name in policies else [""] * len(policies) for name in names)
    named = zip(map(_document, *parts), inside(policies), strict=True)
    return Prose(_row_of([(words, _said(words, internal)) for words, internal in named]))


def _document(title: str, number: str, issuer: str) -> str:
    before = "" if title.lstrip("《“").startswith(issuer) else issuer
    return f"{before}{title}{given(number, '（', '）')}"
