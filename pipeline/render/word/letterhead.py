"""版头 over the title and 版记 at the foot of the last page: GB/T 9704-2012, 7.2 and 7.4."""

from __future__ import annotations

from collections.abc import Mapping

from .line import Look, run
from .paragraph import paragraph, styled
from .size import LEFT_MARGIN, TEXT_WIDTH, em_width
from .wordprocessing import Element, w

_RED = "D7000F"
_LARGEST = 96  # half points: 48 pt, if the issuer's name fits the line
_CHARACTER = 320  # twips: one character of the text
_SMALL = 280  # twips: one character of 14 pt, which stays free on both sides of a 版记
_THICK, _THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm


def letterhead(said: Mapping[str, str]) -> list[Element]:
    """The issuer in red 35 mm under the upper edge, two lines, the number, 4 mm under it a red line, two lines.

    Where somebody signs for it (签发人, 7.2.6), the number stands one character from the left, the name one from the right.
    """
    if not said:
        return []
    issuer, signer = said.get("issuer", ""), said.get("signer", "")
    size = min(_LARGEST, int(2 * TEXT_WIDTH / 20 / max(1.0, em_width(issuer))))
    name = paragraph(styled("LetterheadIssuer"), run(issuer, Look(size=size)))
    border = w("pBdr", w("bottom", val="single", sz=8, space=11, color=_RED))
    tabs = [w("tabs", w("tab", val="left", pos=_CHARACTER), w("tab", val="right", pos=TEXT_WIDTH - _CHARACTER))]
    number = run(f"\t{said.get('number', '')}\t签发人：" if signer else said.get("number", ""))
    by = run(signer, Look(face="楷体_GB2312")) if signer else []
    side = w("jc", val="left" if signer else "center")
    line = paragraph(styled("LetterheadNumber", border, *(tabs if signer else []), side), [*number, *by])
    return [name, line]


def colophon(said: Mapping[str, str]) -> list[Element]:
    """抄送, who printed it and when, between lines as wide as the text: a table that floats at the foot of the page where the text ends."""
    if not said:
        return []
    wide = TEXT_WIDTH * 6 // 10
    date = f"{said['date']}印发" if said.get("date") else ""
    rows = [[_cell(TEXT_WIDTH, f"抄送：{said['copied']}。", span=2)]] if said.get("copied") else []
    rows.append([_cell(wide, said.get("printer", "")), _cell(TEXT_WIDTH - wide, date, side="right")])
    first, *others = (w("tr", w("trPr", w("cantSplit")), *cells) for cells in rows)
    first[0].append(w("tblHeader"))  # what reads tables out wants to know where one begins
    grid = w("tblGrid", w("gridCol", w=wide), w("gridCol", w=TEXT_WIDTH - wide))
    end = paragraph(styled("Colophon", w("spacing", line=20, lineRule="exact")))  # the table floats on its page
    return [w("tbl", _at_the_foot(), grid, first, *others), end]


def _at_the_foot() -> Element:
    # LibreOffice lets a table as wide as the text float only where it is placed by the page's edge.
    place = {"vertAnchor": "margin", "horzAnchor": "page", "tblpX": LEFT_MARGIN, "tblpYSpec": "bottom"}
    widths = {"top": _THICK, "bottom": _THICK, "insideH": _THIN}
    return w(
        "tblPr",
        w("tblpPr", leftFromText=0, rightFromText=0, topFromText=289, **place),
        w("tblW", w=TEXT_WIDTH, type="dxa"),
        w("tblBorders", *(w(edge, val="single", sz=width, space=0, color="auto") for edge, width in widths.items())),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(edge, w=_SMALL, type="dxa") for edge in ("left", "right"))),
    )


def _cell(width: int, text: str, *, span: int = 1, side: str = "left") -> Element:
    across = [w("gridSpan", val=span)] if span > 1 else []
    said = paragraph(styled("Colophon", w("jc", val=side)), run(text))
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *across), said)
