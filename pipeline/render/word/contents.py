"""目录: a field with the headings of the first two levels in it, which Word makes anew when it opens the document (dirty)."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html

from ...document.elements import level_of
from .context import Context
from .line import field_runs, run
from .paragraph import page_end, paragraph, styled
from .wordprocessing import Element, w, words

_HEADINGS = ("h2", "h3")
_FIELD = 'TOC \\o "1-2" \\h \\z \\u'


def headings_in(article: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The headings that the 目录 lists."""
    return [heading for heading in article.iter(*_HEADINGS) if heading.get("id") and heading.text_content().strip()]


def contents(article: lxml.html.HtmlElement, context: Context) -> list[Element]:
    """The paragraphs of the 目录, on pages of its own before all else: each heading with the number of its page, which programs work out."""
    found = headings_in(article)
    if not found:
        return []
    lines = [list(_line(heading, context)) for heading in found]
    lines[0][:0] = [_mark("begin", dirty="true"), w("r", words("instrText", f" {_FIELD} ")), _mark("separate")]
    lines[-1].append(_mark("end"))
    styles = (f"TOC{level_of(heading) - 1}" for heading in found)
    entries = [paragraph(styled(style), line) for style, line in zip(styles, lines, strict=True)]
    return [
        paragraph(styled("TOCHeading"), run("目录" if str(article.get("lang")).startswith("zh") else "Contents")),
        *entries,
        page_end(),
    ]


def _line(heading: lxml.html.HtmlElement, context: Context) -> Iterator[Element]:
    name = context.bookmarks[heading.get("id", "")]
    link = w("hyperlink", anchor=name, history=1)
    link.extend([*run(f"{' '.join(heading.text_content().split())}\t"), *field_runs(f"PAGEREF {name} \\h", "")])
    yield link


def _mark(kind: str, **more: str) -> Element:
    return w("r", w("fldChar", fldCharType=kind, **more))
