"""Blanks in a passage: as a reader sees them, whatever the markup around."""

from __future__ import annotations

import pytest

from pipeline.document.passages import read_passages


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<b>one</b> <i>two</i>", "one two"),
        ("<b>one</b>\n  <i>two</i>", "one two"),
        ("<b>one </b> <i> two</i>", "one two"),
        ("<b>一</b><i>二</i>", "一二"),
        (" <b>one</b> ", "one"),
        ("<b> </b>one", "one"),
        ("one<br> <b>two</b>", "one two"),
        ("a  <data class='fact' value='1'>1</data>  b", "a 1 b"),
    ],
)
def test_blanks_in_a_row_are_one(markup, text):
    """Between words one blank, at the ends none, between characters of Chinese that touch none."""
    (passage,) = read_passages(f"<article><p>{markup}</p></article>")
    assert passage.text == text
    for mark in passage.marks:
        assert passage.text[mark.start : mark.end] == "1"
