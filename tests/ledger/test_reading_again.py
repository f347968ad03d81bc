"""A ledger is read once as long as it stays the same, and what was read is not held for ever."""

from __future__ import annotations

import os

from workbooks import book_of, saved

from pipeline.ledger import TABLES, places, read, shared


def test_a_ledger_saved_again_is_read_again(sample):
    """The same frame is given until the file's content changes, whatever its time stamp says."""
    sample.put("indicators", [{"数值": "1"}])
    folder, file = sample.folder, sample.folder / "tables" / "indicators.csv"
    os.utime(file, (1, 1))
    first = shared(folder, "indicators")
    assert shared(folder, "indicators") is first
    file.write_text(file.read_text(encoding="utf-8-sig").replace(",1,", ",2,"), encoding="utf-8-sig")
    os.utime(file, (1, 1))
    assert str(shared(folder, "indicators")["value"].iloc[0].quantity.value) == "2"


def test_words_shown_otherwise_are_read_again(sample):
    """Where only the format of a number changes that stands in a column of words, the words are read again."""
    shown = {}
    for form in ("0.00", "#,##0.00"):
        book = book_of("indicators", 内容=1250.5)
        book.active.cell(2, TABLES["indicators"].headings().index("内容") + 1).number_format = form
        sample.only()
        sample.write("tables.xlsx", saved(book))
        shown[form] = str(shared(sample.folder, "indicators")["text"].iloc[0])
    assert shown == {"0.00": "1250.50", "#,##0.00": "1,250.50"}


def test_who_reads_may_change_what_was_read(sample):
    """``read`` gives a frame of one's own."""
    sample.put("indicators", [{"数值": "1"}])
    mine = read(sample.folder, "indicators")
    mine["subject"] = "?"
    assert "?" not in set(read(sample.folder, "indicators")["subject"])


def test_what_was_read_is_not_held_for_ever():
    """Of many ledgers the ones read last are kept."""
    kept = {}
    for number in range(1000):
        places.keep(kept, number, number)
    assert list(kept) == list(range(1000 - places.MOST_LEDGERS, 1000))
