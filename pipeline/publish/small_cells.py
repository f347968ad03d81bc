"""Small numbers beside details that may identify someone."""

from __future__ import annotations

from collections.abc import Iterator

from ..document.passages import Passage, read_passages
from ..document.source_rows import only_cell
from ..facts import Fact
from ..facts.stated_words import bare
from ..findings import Finding
from ..vouch.ledger_record import Record
from ..vouch.ledgers import Ledgers

LIMIT = 3  # as offices do when they remove identifying details from what they publish (去标识化)
_UNITS = ("件", "人", "名", "位", "户", "起", "例", "宗", "人次", "家")


def small_cells(body: str, ledgers: Ledgers) -> tuple[Finding, ...]:
    """Figures of persons or cases of at most 3 that stand in one paragraph or row with two details of their record.

    One detail classes a case (行政复议1件); a second one (its cause, its month, its result) may tell whose it is.
    """
    passages = read_passages(body)
    rows: dict[tuple[str, str, str], str] = {}
    for passage in passages:
        rows[_block(passage)] = rows.get(_block(passage), "") + "\n" + passage.text
    return tuple(
        Finding(
            "small-cell",
            passage.place.reported(),
            printed,
            {"limit": LIMIT, "detail": tuple(details), "sentence": passage.text},
        )
        for passage in passages
        for printed, record in _small(passage, ledgers)
        if len(details := _details(record, rows[_block(passage)])) > 1
    )


def _block(passage: Passage) -> tuple[str, str, str]:
    """What a reader takes in at once: a row of a table, or a paragraph."""
    place = passage.place
    return (place.figure, place.row, "") if place.kind == "cell" else (place.section, passage.text, "text")


def _small(passage: Passage, ledgers: Ledgers) -> Iterator[tuple[str, Record]]:
    for mark in passage.marks:
        if mark.kind != "fact":
            continue
        cell = only_cell(mark.attributes.get("data-source", ""))
        record = ledgers.record(cell) if cell else None
        stated = record.stated(cell.column) if cell and record else None
        if not (record and isinstance(stated, Fact) and stated.stated):
            continue
        if 0 < stated.value <= LIMIT and stated.unit in _UNITS:
            yield passage.text[mark.start : mark.end] + stated.unit, record


def _details(record: Record, words: str) -> list[str]:
    said = [bare(record.fields.get(name, "")) for name in record.identifying]
    return [text for text in said if text and text in words]
