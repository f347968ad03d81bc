"""A semantic body as a Typst document: source, pictures and what stands before the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html

from ...document.elements import ids_in, links_within
from ..fonts import Role, bold_file, found, rare_faces
from ..wide_tables import divide_wide_tables
from .blocks import BlockWriter, Paragraph
from .inline import InlineWriter
from .mathematics import typst_mathematics
from .text import markup, string

_TEMPLATES = Path(__file__).parents[1] / "templates" / "pdf"
_FALLBACK = ("Noto Serif SC", "Noto Sans SC", "DejaVu Sans Mono")
_SHORT = 40  # characters of a cell that no page divides
_STROKES: dict[Role, str] = {"title": "0.5pt", "kai": "0.3pt"}


@dataclass(frozen=True)
class TypstDocument:
    """``source`` to compile, the ``files`` it draws, by the names it calls them, and whether words head a table's row."""

    source: str
    files: dict[str, bytes]
    has_row_headers: bool = False


@dataclass(frozen=True)
class Spared:
    """What is not drawn because it cannot be: all ``formulas`` (their TeX is shown), ``pictures`` by name."""

    formulas: bool = False
    pictures: frozenset[str] = frozenset()


def typst_document(
    article: lxml.html.HtmlElement, settings: Mapping[str, Any], spared: Spared = Spared()
) -> TypstDocument:
    """The document for a semantic body; ``settings`` are title, author, lang, draft and, where wanted, 版头 and 版记."""
    divide_wide_tables(article)
    notes = {note.get("id"): note for note in article.xpath(".//section[contains(@class, 'footnotes')]//li")}
    drawn = {} if spared.formulas else {formula: typst_mathematics(formula) for formula in article.iter("math")}
    inline = InlineWriter(notes, _names(article), drawn, spared.pictures)
    blocks = _with_their_tables(_kept_signature(list(BlockWriter(inline).blocks(article))))
    blocks = [*_contents(settings), *_called("letterhead", settings, "issuer", "number", "signer"), *blocks]
    blocks += _called("colophon", settings, "copied", "printer", "date")
    blocks += [inline.anchor(name) for name in sorted(inline.names - inline.placed)]
    flow = "".join(f"[{block}\n],\n" for block in blocks)
    source = "\n".join([_preamble(settings), _template(), "#show: report", f"#flow({flow})"])
    return TypstDocument(source, inline.files, _has_row_headers(article))


def _has_row_headers(article: lxml.html.HtmlElement) -> bool:
    heads = article.xpath(
        ".//th[not(ancestor::thead) and not(.//*[not(self::span or self::data)]) and normalize-space()]"
    )
    return any(len(head.text_content()) <= _SHORT for head in heads)


def _names(article: lxml.html.HtmlElement) -> frozenset[str]:
    """The ids that a link in the text leads to and that are there."""
    return frozenset({target for _, target in links_within(article)} & ids_in(article))


def _kept_signature(blocks: list[str]) -> list[str]:
    """A signature stands alone on no page: the last line of the text goes with it, or the table or chart at its end."""
    place = next((at for at, block in enumerate(blocks) if block.startswith("#signature(")), 0)
    first = place - 1 if place and blocks[place - 1].startswith("#attachments(") else place
    if first < 1:
        return blocks
    last, closing = blocks[first - 1], "\n\n".join(blocks[first : place + 1])
    call = "closed" if isinstance(last, Paragraph) else "sticking"
    return [*blocks[: first - 1], f"#{call}[{last}\n][{closing}]", *blocks[place + 1 :]]


def _with_their_tables(blocks: list[str]) -> list[str]:
    """Headings right before a turned table turn with it: on the upright sheet they would end a page."""
    kept: list[str] = []
    for block in blocks:
        if block.startswith("#turned("):
            heads: list[str] = []
            while kept and kept[-1].startswith("#head("):
                heads.insert(0, kept.pop())
            block = f"#turned[{''.join(heads)}#{block[len('#turned(') : -1]}]"
        kept.append(block)
    return kept


def _contents(settings: Mapping[str, Any]) -> list[str]:
    called = "目录" if settings["lang"].startswith("zh") else "Contents"
    return [f"#contents[{called}]"] if settings.get("contents") else []


def _called(part: str, settings: Mapping[str, Any], *names: str) -> list[str]:
    """The call that sets 版头 or 版记, where the settings want one."""
    given = settings.get(part) or {}
    return [f"#{part}({', '.join(_given(given.get(name, '')) for name in names)})"] if given else []


def _given(words: str) -> str:
    return f"[{markup(words)}]" if words else "none"


def _preamble(settings: Mapping[str, Any]) -> str:
    language, _, region = settings["lang"].partition("-")
    chinese = language == "zh"
    stroked = {role: width for role, width in _STROKES.items() if chinese and _stands_in(role) and not bold_file(role)}
    strokes = "".join(f"{role}: {width}, " for role, width in stroked.items()) or ":"
    values = {
        "title": string(settings["title"]),
        "author": string(settings["author"]) if settings["author"] else "()",
        "lang": string(language),
        "region": string(region.lower()) if region else "none",
        "draft": "true" if settings["draft"] else "false",
        "strokes": f"({strokes})",
        "kai-weight": "700" if _stands_in("kai") and bold_file("kai") else "400",
    }
    faces = "".join(f"{role}: ({_families(role, chinese)}), " for role in found())
    return f"#let faces = ({faces})\n#let settings = ({''.join(f'{key}: {value}, ' for key, value in values.items())})"


def _stands_in(role: Role) -> bool:
    """Whether the ground sets a role, whose own faces are darker than its regular weight."""
    return found()[role][0].is_ground


def _families(role: Role, chinese: bool) -> str:
    """Families in order; text in other languages has its letters from a text face of theirs."""
    latin = ("Libertinus Serif",) if not chinese and role != "mono" else ()
    faces = (face.family for face in found()[role])
    families = dict.fromkeys((*latin, *faces, *_FALLBACK, *(face.family for face in rare_faces())))
    return "".join(f"{string(family)}, " for family in families)


@cache
def _template() -> str:
    return "\n".join(
        (_TEMPLATES / name).read_text(encoding="utf-8") for name in ("official.typ", "attached.typ", "flow.typ")
    )
