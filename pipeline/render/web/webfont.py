"""A subset of the fonts of exactly the glyphs a page uses, inside the page."""

from __future__ import annotations

import base64
import io
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import lxml.html
from lxml import etree

from ...errors import RenderError
from ...findings import Said

_SANS = frozenset(("h2", "h3", "table", "figcaption", "nav", "code", "pre"))
_FAMILIES = {"halfyear serif": "serif", "halfyear sans": "sans"}
_FEATURES = ["kern", "locl", "ccmp", "mark", "mkmk", "halt", "chws"]  # the last two set punctuation closer
_NOT_DRAWN = ("Cc", "Cf", "Zl", "Zp")


def font_faces(article: lxml.html.HtmlElement, charts: Iterable[str], others: str = "") -> str:
    """``@font-face`` rules for the page's two families, each with the glyphs of the text it sets.

    Args:
        article: the page's text. charts: the drawings in it, as markup. others: words the page adds by itself.

    Raises:
        RenderError: a character is in none of the fonts; the message names it and its place.
    """
    drawings = [text for chart in charts for text in etree.fromstring(f"<div>{chart}</div>").itertext()]
    sans = _characters([*_texts(article, _SANS), *drawings, others])
    serif = _characters([*_texts(article), others])  # on paper it sets tables and lower headings too
    for character in sorted((sans | serif) - _has("sans") - _has("serif")):
        raise _missing(character, article, drawings)
    # each stands in for what the other lacks
    wanted = {"sans": sans | (serif - _has("serif")), "serif": serif | (sans - _has("sans"))}
    return "".join(_rule(family, kind, wanted[kind]) for family, kind in _FAMILIES.items())


def _texts(article: lxml.html.HtmlElement, inside: frozenset[str] = frozenset()) -> list[str]:
    """The texts of the article, or those inside elements of these names; formulas have fonts of their own."""
    found = []
    for element in article.iter():
        if not isinstance(element.tag, str):
            continue
        around = {parent.tag for parent in element.iterancestors()}
        if "math" in around:
            continue
        if element.tag != "math" and (not inside or inside & {*around, element.tag}):
            found.append(element.text or "")
        if not inside or inside & around:
            found.append(element.tail or "")
    return found


def _characters(texts: Iterable[str]) -> set[int]:
    every = set("".join(texts)) | set("0123456789 —")
    return {ord(character) for character in every if unicodedata.category(character) not in _NOT_DRAWN}


@cache
def _has(kind: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(_file(kind), lazy=True).getBestCmap())


def _file(kind: str) -> Path:
    from pylopdf_fonts_zh_cn import sans_path, serif_path

    return sans_path() if kind == "sans" else serif_path()


def _missing(character: int, article: lxml.html.HtmlElement, drawings: list[str]) -> RenderError:
    shown = f"{chr(character)!r} U+{character:04X} {unicodedata.name(chr(character), '')}".rstrip()
    around: Said | str = ""
    for text in (*drawings, *article.itertext()):
        place = text.find(chr(character))
        if place >= 0:
            around = Said("glyph-around", around=" ".join(text[max(0, place - 12) : place + 13].split()))
            break
    return RenderError("no-glyph-to-embed", character=shown, around=around)


def _rule(family: str, kind: str, characters: set[int]) -> str:
    data = base64.b64encode(_subset(kind, characters & _has(kind))).decode()
    return f'@font-face {{ font-family: "{family}"; src: url(data:font/woff;base64,{data}) format("woff"); }}\n'


def _subset(kind: str, characters: set[int]) -> bytes:
    """The face with these characters alone, as WOFF: WOFF2 would need a compressor that is not installed everywhere."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=_FEATURES, hinting=False, name_IDs=[1, 2], notdef_outline=True)
    font = TTFont(_file(kind), lazy=True, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = "woff"
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()
