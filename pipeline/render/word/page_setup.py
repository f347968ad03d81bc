"""The page of GB/T 9704-2012 as a section of the document, upright or turned."""

from __future__ import annotations

from .docx_package import DRAFT_HEADER
from .size import TEXT_HEIGHT, TEXT_WIDTH

_LONG, _SHORT = 16838, 11906  # twips: A4 (5.1)


def section(*, draft: bool, turned: bool = False) -> str:
    """``w:sectPr``: A4, margins of 37, 26, 35 and 28 mm, 22 lines 28.95 pt apart (5.2.1 to 5.2.3).

    A turned page has its head at the binding edge. Its number stands under the table, not where an upright page has it
    (chapter 8): Word's footers turn with the page. There is no grid of characters: LibreOffice gives each character two
    cells where a cell is narrower than the type.
    """
    kinds = ("even", "default") if draft else ()
    header = "".join(f'<w:headerReference w:type="{kind}" r:id="rp-{DRAFT_HEADER}"/>' for kind in kinds)
    footers = (("even", "even"), ("default", "odd"))
    footer = "".join(f'<w:footerReference w:type="{kind}" r:id="rp-footer-{page}"/>' for kind, page in footers)
    return f"<w:sectPr>{header}{footer}{_turned() if turned else _upright()}</w:sectPr>"


def _upright() -> str:
    left, top = 1587, 2098
    right, bottom = _SHORT - TEXT_WIDTH - left, 1984
    return (
        f'<w:pgSz w:w="{_SHORT}" w:h="{_LONG}"/>{_margins(top, right, bottom, left, header=1247, footer=1407)}'
        '<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="579"/>'
    )


def _turned() -> str:
    top, bottom, left = 1587, 1474, 1984
    right = _LONG - TEXT_HEIGHT - left
    return (
        f'<w:pgSz w:w="{_LONG}" w:h="{_SHORT}" w:orient="landscape"/>'
        f'{_margins(top, right, bottom, left, header=850, footer=900)}<w:cols w:space="425"/>'
    )


def _margins(top: int, right: int, bottom: int, left: int, *, header: int, footer: int) -> str:
    return (
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{header}" w:footer="{footer}" w:gutter="0"/>'
    )
