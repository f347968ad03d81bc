"""Name and day under the report, without seal: GB/T 9704-2012, 7.3.5.2."""

from __future__ import annotations

import lxml.html

from .context import Context, Place
from .inline import add_contents
from .line import Line
from .paragraph import paragraph, styled
from .size import TEXT_WIDTH, em_width
from .wordprocessing import Element, w

_CHARACTER = 315  # twips a character takes in a full line: 16 pt set closer by a quarter of a point


def signature(footer: lxml.html.HtmlElement, context: Context) -> list[Element]:
    """The paragraphs of ``<footer class="signature">``, the first after a blank line.

    The name ends two characters from the right; the day begins two characters to the right of the name's first.
    Where the day would then stand out, it ends two characters from the right and the name moves left.
    """
    lines = [line for line in footer.iter("p") if line.text_content().strip()]
    ends = [em_width(line.text_content().strip()) + (2 if "date" in line.classes else 0) for line in lines]
    blocks = []
    for number, (line, end) in enumerate(zip(lines, ends, strict=True)):
        before = [w("spacing", before=579)] if number == 0 else []
        style = "Date" if "date" in line.classes else "Signature"
        blocks.append(paragraph(styled(style, *before, *_indent(line, end, max(ends))), _text(line, context)))
    return blocks


def _indent(line: lxml.html.HtmlElement, end: float, longest: float) -> list[Element]:
    """The longest line is set from the right, where its end must be; others from the left, where they must begin."""
    if end == longest:
        return [w("ind", right=640, rightChars=200)]
    offset = 2 if "date" in line.classes else 0
    left = TEXT_WIDTH - round((2 + longest - offset) * _CHARACTER)
    return [w("ind", left=max(0, left)), w("jc", val="left")]


def _text(element: lxml.html.HtmlElement, context: Context) -> list[Element]:
    line = Line()
    add_contents(element, line, context, Place())
    return line.runs()
