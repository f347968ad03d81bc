"""Small pieces of official wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..document.markup import Prose
from ..facts.element import marked
from ..facts.frame_cells import is_frame
from ..ledger.roles import Role, fields_of
from .display import NOT_FILLED
from .joining import given, row_of
from .row_words import around, phrases
from .table_markup import inside

if TYPE_CHECKING:
    import pandas

# The columns of documents; by their usual names where a frame lost what it knew of them, as a merge's does.
_OF_DOCUMENTS = {Role.DOCUMENT_NAME: "title", Role.DOCUMENT_NUMBER: "number", Role.OFFICE: "issuer"}


def listed(
    rows: pandas.DataFrame | Iterable[Any],
    word: str | Sequence[str] | Callable[[Any], str | Prose],
    *,
    before: str = "",
    after: str = "",
    within: str = "，",
    lead: str = "",
    between: str = "；",
    end: str = "。",
    most: int = 0,
    more: str = "",
    unfilled: str = "",
) -> Prose:
    """One sentence over all ``rows``: ``lead``, each row as ``word`` says it, ``end``; nothing where there are no rows.

    ``word`` is text with the row's fields in braces: ``"{activity}[在{place}举办]，接待群众{audience}"``. What stands in [ ]
    is left out where its field is blank. All of it is text; Markdown stands in a ``Prose`` that a function gives.

    Args:
        word: also a field's name; or several clauses, each left out where its field is blank, with ``within`` between them;
            or a function of the row (a named tuple of a frame's row, else what ``rows`` gives).
        before, after: what stands before and after each row that says something; with fields in braces, too.
        most: how many rows are said, where not all; ``more`` follows the last of them: 等36场.
        unfilled: what stands before 尚未填报 where the whole ledger is still empty.

    Raises:
        FactError: the rows have no such field, or a figure that does not stand in [ ] is blank.

    Example:
        >>> listed(law.table("cases"), "{kind}{count}", lead="本期经办", between="、")
        本期经办行政诉讼7件、行政复议1件。
    """
    if unfilled and getattr(rows, "attrs", {}).get("unfilled"):
        return Prose(f"{marked(unfilled)}{NOT_FILLED}。")
    rows = rows if is_frame(rows) else list(rows)
    marks = inside(rows) if is_frame(rows) else [False] * len(rows)
    each = zip(around(rows, before), _words(rows, word, within), around(rows, after), marks, strict=True)
    said = [words for one in each if (words := _said(*one))]
    cut = more if 0 < most < len(said) else ""
    sentence = marked(between).join(said[:most] if cut else said)
    return Prose(f"{marked(lead)}{sentence}{marked(cut)}{marked(end)}" if said else "")


def _words(rows: Any, word: str | Sequence[str] | Callable[[Any], str | Prose], within: str) -> list[str | Prose]:
    if not callable(word):
        return [*phrases(rows, word, within)]
    return [word(row) for row in (rows.itertuples() if is_frame(rows) else rows)]


def _said(before: str, words: str | Prose, after: str, internal: bool) -> str:
    """What is said of a row, as Markdown."""
    markdown = words.markdown if isinstance(words, Prose) else marked(given(words, before, after))
    return f'<span data-disclosure="internal">{markdown}</span>' if markdown and internal else markdown


def documents(policies: pandas.DataFrame, *, lead: str = "", end: str = "。") -> Prose:
    """One sentence naming the documents of ``policies``: issuer, title, number in brackets; nothing where there are none.

    The issuer is left out where the title begins with it, as titles of official documents do.

    Example:
        >>> documents(law.table("policies", relation="制定"), lead="制定")
        制定“2021年度普法工作实施方案”、普法责任清单。
    """
    return listed([policies] if len(policies) else [], _documents, lead=lead, end=end)


def _documents(policies: pandas.DataFrame) -> Prose:
    names = (next(iter(fields_of(policies, role)), usual) for role, usual in _OF_DOCUMENTS.items())
    parts = (policies[name] if name in policies else [""] * len(policies) for name in names)
    named = zip(map(_document, *parts), inside(policies), strict=True)
    return Prose(row_of([(words, _said("", words, "", internal)) for words, internal in named]))


def _document(title: str, number: str, issuer: str) -> str:
    before = "" if title.lstrip("《“").startswith(issuer) else issuer
    return f"{before}{title}{given(number, '（', '）')}"
