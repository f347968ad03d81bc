"""版头 over the title and 版记 at the foot of the last page: GB/T 9704-2012, 7.2 and 7.4."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from .line import Look, run
from .paragraph import paragraph, styled
from .size import TEXT_WIDTH, em_width
from .wordprocessing import Element, w

_RED = "D7000F"
_LARGEST = 96  # half points: 48 pt, if the issuer's name fits the line
_CHARACTER = 320  # twips: one character of the text
_SMALL = 280  # twips: one character of 14 pt, which stays free on both sides of a 版记
_HANGING = w("ind", left=_SMALL * 4, right=_SMALL, hanging=_SMALL * 3)  # what 抄送： takes
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
    """抄送, who printed it and when, between lines as wide as the text, in a frame at the foot of the page where the text ends."""
    if not said:
        return []
    copied = [_framed(f"抄送：{said['copied']}。", _HANGING), _line(_THIN)] if said.get("copied") else []
    date = f"{said['date']}印发" if said.get("date") else ""
    printed = _framed(f"{said.get('printer', '')}\t{date}", w("ind", left=_SMALL, right=_SMALL))
    return [
        _line(_THICK),
        *copied,
        printed,
        _line(_THICK),
        paragraph(styled("Colophon", w("spacing", line=20, lineRule="exact"))),
    ]


def _framed(text: str, indent: Element) -> Element:
    tab = w("tabs", w("tab", val="right", pos=TEXT_WIDTH - _SMALL))
    return paragraph(styled("Colophon", _frame(), tab, deepcopy(indent)), run(text))


def _line(width: int) -> Element:
    border = w("pBdr", w("bottom", val="single", sz=width, space=0, color="auto"))
    return paragraph(styled("Colophon", _frame(), border, w("spacing", line=20, lineRule="exact")))


def _frame() -> Element:
    """Paragraphs of one frame say the same of it."""
    place = {"wrap": "notBeside", "vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
    return w("framePr", w=TEXT_WIDTH, vSpace=289, **place)
