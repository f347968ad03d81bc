"""The notebooks of ``stitched`` as PDFs, each made once a session, and ways to measure them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

import pdfplumber
import pikepdf
import stitched

from pipeline.render import render_pdf, semantic_body

MM = 72 / 25.4
PITCH, SIZE = 225 * MM / 22, 156 * MM / 28  # GB/T 9704-2012, 5.2.3
FILLER = "坚持以人民为中心的发展思想持续深化改革优化营商环境推动各项工作取得新的进展成效" * 40


@cache
def pdf(name: str) -> bytes:
    """The PDF of ``stitched``, ``stress``, ``foreign`` or ``full`` (three pages of plain text)."""
    notebook = full_pages() if name == "full" else getattr(stitched, name)()
    return render_pdf(semantic_body(notebook), notebook.metadata.get("halfyear", {}), strict=name != "foreign")


def full_pages():
    """A report of nothing but paragraphs without punctuation: every line but the last of each is full."""
    return stitched.report([stitched._markdown("text", FILLER)])


def article(inside: str, title: str = "工作总结") -> bytes:
    """The PDF of a body made of ``inside`` under a title."""
    return render_pdf(
        f'<article class="report" lang="zh-CN"><header class="front"><h1 id="t">{title}</h1></header>{inside}</article>',
        {"title": title, "signed": "2021-06-30"},
    )


@cache
def opened(made: bytes) -> pikepdf.Pdf:
    """The file, kept open: pikepdf's objects live as long as it does."""
    return pikepdf.open(io.BytesIO(made))


def font_names(made: bytes) -> set[str]:
    """The names of the embedded fonts, without the tags of their subsets."""
    fonts = (thing for thing in opened(made).objects if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing)
    return {str(font.BaseFont).rpartition("+")[2].lstrip("/") for font in fonts}


@cache
def pages(made: bytes) -> list[pdfplumber.page.Page]:
    """Its pages, open for measuring."""
    return pdfplumber.open(io.BytesIO(made)).pages


def lines(page: pdfplumber.page.Page) -> list[tuple[float, str, list[dict]]]:
    """The lines of body size on an upright page, from the top: baseline below the page's top, text, characters."""
    found: dict[float, list[dict]] = {}
    for character in page.chars:
        if abs(character["size"] - SIZE) < 0.02:
            found.setdefault(round(float(page.height) - character["matrix"][5], 1), []).append(character)
    return [
        (baseline, "".join(character["text"] for character in line), line) for baseline, line in sorted(found.items())
    ]


def all_lines(made: bytes) -> Iterator[str]:
    """The texts of all lines of body size, page after page."""
    for page in pages(made):
        yield from (text for _, text, _ in lines(page))
