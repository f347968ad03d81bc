"""Numbers inside a ledger's words: 批次 2021-2, 第二批, a 文号. The cell that states the words explains them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document.numerals import numbers
from ..document.passages import Passage
from ..document.source_rows import rows_of
from .ledgers import Ledgers


def words_spans(passage: Passage, ledgers: Ledgers | None) -> Iterator[tuple[int, int, str]]:
    """(start, end, source) of each stretch of a passage that a ledger's words explain.

    Words that were cut or joined explain only the numbers that one of their cells says too.
    """
    for start, end, source in _said(passage):
        text = passage.text[start:end]
        cells = None if ledgers is None else _texts(source, ledgers)
        if cells is None or any(text in cell for cell in cells):
            yield start, end, source
        else:
            for number in numbers(text):
                if any(text[number.start : number.end] in cell for cell in cells):
                    yield start + number.start, start + number.end, source


def _said(passage: Passage) -> Iterator[tuple[int, int, str]]:
    for mark in passage.marks:
        if mark.kind == "words":
            yield mark.start, mark.end, mark.attributes.get("data-source", "")
    for words in passage.words:
        for match in re.finditer(re.escape(" ".join(words.printed.split())) or r"(?!)", passage.text):
            yield *match.span(), words.sources


def _texts(source: str, ledgers: Ledgers) -> list[str] | None:
    """What the cells say, without their line breaks; None where one is of a table that is not known."""
    try:
        stretches = rows_of(source)
    except ValueError:
        return []
    if any(one.table not in ledgers.tables for one in stretches):
        return None
    return [text for one in stretches for text in ledgers.words(one)]
