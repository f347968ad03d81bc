"""Whether the ledger cell that a fact names bears it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal

from ..document.carried import CarriedFact
from ..document.numerals import numbers
from ..document.passages import Mark, Passage
from ..document.sentences import sentence_around
from ..document.source_rows import rows_of
from ..facts import Fact, Quantity, StatedError, When
from ..findings import Finding
from .ledgers import Ledgers
from .notebook_cells import Cells

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_Said = tuple[str, str | None, str, str, int]


def unfounded(passage: Passage, ledgers: Ledgers | None, cells: Cells) -> Iterator[Finding]:
    """The facts and words of a passage whose cells do not bear them out."""
    if passage.place.kind == "chart":
        said = [_of_carried(fact) for fact in passage.carried]
    else:
        said = [_of_mark(mark, passage) for mark in passage.marks if mark.kind in ("fact", "words")]
    for printed, value, derivation, sources, start in said:
        fault = _fault(printed, value, derivation, sources, ledgers)
        if fault:
            code, params = fault
            sentence = sentence_around(passage.text, start)
            yield Finding(code, cells.place(passage), printed, {**params, "sentence": sentence})


def _of_carried(fact: CarriedFact) -> _Said:
    return fact.printed, fact.value, fact.derivation, fact.sources, 0


def _of_mark(mark: Mark, passage: Passage) -> _Said:
    if mark.kind == "words":
        return passage.text[mark.start : mark.end], None, "", mark.said("data-source"), mark.start
    printed = passage.text[mark.start : mark.end]
    return printed, mark.said("value"), mark.said("data-derivation"), mark.said("data-source"), mark.start


def _fault(
    printed: str, value: str | None, derivation: str, written: str, ledgers: Ledgers | None
) -> tuple[str, dict[str, str]] | None:
    """The code and parameters of what is wrong with a fact or words, or None."""
    if not written.strip():
        return "no-source", {}
    try:
        sources = rows_of(written)
    except ValueError:
        return "not-a-source", {"source": written}
    if value is not None and not _agree(printed, value):
        return "not-as-calculated", {"calculated": value}
    if ledgers is None:
        return None
    if not all(map(ledgers.has, sources)):
        return "no-such-cell", {"source": ledgers.called(written)}
    cell = sources[0].cell if len(sources) == 1 and not derivation else None
    stated = ledgers.stated(cell) if cell else None
    if stated is None:
        return None
    own = stated.quantity.plain if isinstance(stated, Fact) else stated.value
    if value is None:
        return None
    if isinstance(stated, Fact) and not (_same_number(own, value) and _same_origin(printed, stated.quantity)):
        return "not-as-stated", {"source": ledgers.called(written), "stated": str(stated)}
    if isinstance(stated, When) and own != value:
        return "not-as-stated", {"source": ledgers.called(written), "stated": str(stated)}
    return None


def _agree(printed: str, value: str) -> bool:
    """Whether what is printed is the value, as far as it was rounded; a fall is printed without its sign, or with its word."""
    with suppress(StatedError):
        if When.parse(printed).value == When.parse(value).value:  # 2023年下半年 reads as a number of 年下半年, too
            return True
    try:
        shown = Quantity.parse(printed)
    except StatedError:
        return printed == value or not next(numbers(printed), None)
    if shown.value is None or not _PLAIN.fullmatch(value):
        return printed == value
    calculated = shown.with_value(Decimal(value)).mantissa
    return calculated == shown.mantissa if shown.said else abs(calculated) == abs(shown.mantissa)


def _same_origin(printed: str, stated: Quantity) -> bool:
    """Whether a change (由64%上升到81%) is printed from where its cell has it begin."""
    try:
        return Quantity.parse(printed).origin in (stated.origin, None)
    except StatedError:
        return True


def _same_number(stated: str, value: str) -> bool:
    """Whether a fact as stated has the cell's value; one printed with fewer decimals was rounded by the analyst."""
    if not (_PLAIN.fullmatch(stated) and _PLAIN.fullmatch(value)):
        return stated == value
    return Decimal(stated).quantize(Decimal(value), ROUND_HALF_UP) == Decimal(value)
