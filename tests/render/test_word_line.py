"""A line of the Word document has the blanks that a page shows, and no others."""

import pytest

from pipeline.render.word.line import PLAIN, Line, Look
from pipeline.render.word.wordprocessing import w

BOLD = Look(bold=True)


def shown(*pieces, **how):
    """The runs of a line: ``|`` between them, ``↵`` for a line break, what is inside a link in brackets."""
    line = Line(**how)
    for piece in pieces:
        piece(line)
    return "|".join(map(_written, line.runs())), bool(line)


def _written(element):
    name = element.tag.rpartition("}")[2]
    if name == "r":
        return "".join({"t": one.text or "", "br": "↵"}.get(one.tag.rpartition("}")[2], "") for one in element)
    return f"[{'|'.join(map(_written, element))}]" if name == "hyperlink" else f"<{name}>"


def text(words, look=PLAIN):
    return lambda line: line.text(words, look)


def breaks(line):
    line.line_break()


def link(*pieces):
    def begin(line):
        line.begin(w("hyperlink"))
        for piece in pieces:
            piece(line)
        line.end()

    return begin


@pytest.mark.parametrize(
    ("pieces", "runs"),
    [
        ([text("  一 \n\t 二  ")], "一 二"),
        ([text("一 "), text(" 二")], "一 二"),
        ([text("一 "), text(" 二", BOLD)], "一 |二"),
        ([text("一 "), breaks, text(" 二")], "一↵二"),
        ([text("一"), breaks, breaks], "一"),
        ([text("一 "), link(text(" 二 ")), text(" 三 ")], "一 |[二 ]|三"),
        ([text("一"), link(text("二 "))], "一|[二]"),
        ([text("一 "), lambda line: line.add(w("bookmarkStart")), text(" 二")], "一 |<bookmarkStart>|二"),
        ([text("一 "), lambda line: line.add(w("r", w("tab"))), text(" ")], "一 |"),
        ([text(""), text(None), text("  ")], ""),
    ],
)
def test_blanks_are_those_of_a_page(pieces, runs):
    """Any white space is one blank, none stands at either end or beside a line break, in whatever pieces it comes."""
    said, seen = shown(*pieces)
    assert (said, seen) == (runs, bool(runs))


def test_what_was_set_out_by_hand_keeps_its_blanks():
    """Preformatted text has every blank and line end."""
    assert shown(text(" a  b\n c "), preformatted=True)[0] == " a  b↵ c "


def test_a_line_of_nothing_but_marks_is_empty():
    """Bookmarks and empty links take no room."""
    assert shown(lambda line: line.add(w("bookmarkStart")), link(text(" ")))[1] is False
    assert shown(lambda line: line.add(w("r", w("tab"))))[1] is True
