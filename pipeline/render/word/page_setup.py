"""The page of GB/T 9704-2012 as a section of the document, upright or turned."""

from __future__ import annotations

from .docx_package import DRAFT_HEADER
from .size import LEFT_MARGIN, TEXT_HEIGHT, TEXT_WIDTH
from .wordprocessing import Element, related, w

_LONG, _SHORT = 16838, 11906  # twips: A4 (5.1)


def section(*, draft: bool, turned: bool = False) -> Element:
    """``w:sectPr``: A4, margins of 37, 26, 35 and 28 mm, 22 lines 28.95 pt apart (5.2.1 to 5.2.3).

    A turned page has its head at the binding edge. Its number stands under the table, not where an upright page has it
    (chapter 8): Word's footers turn with the page. There is no grid of characters: LibreOffice gives each character two
    cells where a cell is narrower than the type.
    """
    kinds = ("even", "default") if draft else ()
    headers = (related("headerReference", f"rp-{DRAFT_HEADER}", type=kind) for kind in kinds)
    pages = (("even", "even"), ("default", "odd"))
    footers = (related("footerReference", f"rp-footer-{page}", type=kind) for kind, page in pages)
    return w("sectPr", *headers, *footers, *(_turned() if turned else _upright()))


def _upright() -> list[Element]:
    right, top, bottom = _SHORT - TEXT_WIDTH - LEFT_MARGIN, 2098, 1984
    return [
        w("pgSz", w=_SHORT, h=_LONG),
        w("pgMar", top=top, right=right, bottom=bottom, left=LEFT_MARGIN, header=1247, footer=1407, gutter=0),
        w("cols", space=425),
        w("docGrid", type="lines", linePitch=579),
    ]


def _turned() -> list[Element]:
    top, bottom, left = 1587, 1474, 1984
    right = _LONG - TEXT_HEIGHT - left
    return [
        w("pgSz", w=_LONG, h=_SHORT, orient="landscape"),
        w("pgMar", top=top, right=right, bottom=bottom, left=left, header=850, footer=900, gutter=0),
        w("cols", space=425),
    ]
