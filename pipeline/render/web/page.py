"""The report as one HTML file: no script, nothing fetched, legible in the dark, on a telephone and on paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import lxml.html
from lxml import etree

from ...document.elements import around
from ...formats import RenderOptions
from ..column_alignment import align_for_page
from ..title import document_title
from .dark import for_dark_page
from .inline_svg import InlineSvg, inline_svg
from .key_figures import add_key_figures
from .reading_aids import add_reading_aids, column_widths, contents, page_words, settle_title, size_pictures
from .source_notes import Note
from .style_sheets import FOLDER, sheet

_SVG_ADDRESS = "data:image/svg+xml;base64,"


def render_html(
    body: str, metadata: Mapping[str, Any], *, embed_fonts: bool = False, beside: Sequence[str] = ()
) -> str:
    """The HTML page of a semantic body.

    Args:
        body: what ``semantic_body`` gives (docs/design.md).
        metadata: ``metadata.halfyear`` of the stitched notebook; only ``title`` is needed, or a heading in the body.
        embed_fonts: put a subset of exactly the glyphs used into the file, for machines without Chinese fonts.
        beside: files of the same report that stand beside the page, which leads to them.

    Raises:
        RenderError: ``embed_fonts`` is wanted and a character is in none of the fonts; it and its place are named.
    """
    article = _parse(body)
    title = document_title(article, metadata)
    settle_title(article, title)
    align_for_page(article)
    headings, pictures = contents(article), size_pictures(article)
    notes = add_reading_aids(article, metadata)
    add_key_figures(article, metadata)
    charts, colours = _inline_charts(article)
    text = _serialise(article, charts)
    page: dict[str, Any] = {
        "title": title,
        "contents": headings,
        "body": text,
        "metadata": metadata,
        "words": page_words(article),
    }
    page |= {"notes": notes, "beside": {name.rpartition(".")[2].upper(): name for name in beside}}
    page["lang"] = metadata.get("lang") or article.get("lang") or "zh-CN"
    style = _style(colours, column_widths(article), pictures, _embedded(article, charts, notes) if embed_fonts else "")
    written: str = _template().render(page, style=style, policy=_policy(style, embed_fonts))
    return written


def render(body: str, metadata: Mapping[str, Any], options: RenderOptions) -> bytes:
    """The page as the format ``html`` gives it."""
    return render_html(body, metadata, embed_fonts=options.embed_fonts, beside=options.beside).encode()


def _parse(body: str) -> lxml.html.HtmlElement:
    article = lxml.html.fragment_fromstring(body, create_parent="div")
    etree.strip_tags(article, etree.Comment)
    etree.strip_attributes(article, "style")  # the page's policy would refuse it; classes say what is meant
    etree.strip_attributes(article, "data-raster", "data-chart")  # for Word
    return article[0] if len(article) == 1 and article[0].tag == "article" else article


def _inline_charts(article: lxml.html.HtmlElement) -> tuple[list[str], set[str]]:
    """Drawings that can be taken apart become part of the page, a comment holding their place; the rest stay images.

    Where a chart comes with a drawing for telephones (``data-narrow``), the style sheet shows one of the two.
    """
    charts: list[str] = []
    colours: set[str] = set()
    for image in list(article.iter("img")):
        drawings = [_drawing(source, image, len(charts)) for source in (image.get("src"), image.get("data-narrow"))]
        image.attrib.pop("data-narrow", None)
        drawn = [drawing for drawing in drawings if drawing is not None]
        if drawings[0] is None:
            continue
        if around(image).tag == "p":
            if "picture" not in around(image).classes:
                continue  # within words it stays one of them
            around(image).tag = "div"
        holder = lxml.html.Element("div", {"class": "drawing both" if len(drawn) > 1 else "drawing"})
        if len(drawn) == 1:  # wider than a telephone, it scrolls
            holder.attrib.update(
                {"role": "region", "tabindex": "0", "aria-label": f"{page_words(article)['drawing']}{len(charts) + 1}"}
            )
        holder.classes.update(image.classes)
        holder.append(etree.Comment(f"chart {len(charts)}"))  # type: ignore[arg-type]  # the stubs know elements alone
        holder.tail = image.tail
        around(image).replace(image, holder)
        charts.append("".join(drawing.markup for drawing in drawn))
        colours.update(*(drawing.colours for drawing in drawn))
    return charts, colours


def _drawing(source: str | None, image: lxml.html.HtmlElement, place: int) -> InlineSvg | None:
    if not source or not source.startswith(_SVG_ADDRESS):
        return None
    prefix = f"c{place}-" if source == image.get("src") else f"n{place}-"
    return inline_svg(base64.b64decode(source[len(_SVG_ADDRESS) :]), prefix=prefix, label=image.get("alt", ""))


def _serialise(article: lxml.html.HtmlElement, charts: list[str]) -> str:
    text = lxml.html.tostring(article, encoding="unicode")
    for place, markup in enumerate(charts):
        text = text.replace(f"<!--chart {place}-->", markup)
    return text


def _style(colours: set[str], widths: Iterable[str], pictures: Mapping[str, str], fonts: str) -> str:
    """The style sheet; a chart's white is the page's paper, its other colours change only in the dark.

    ``widths`` are classes such as ``w125``: on paper that column takes 12.5% of its table. ``pictures`` gives what each
    class of pictures declares.
    """
    dark = "".join(f"--c{colour[1:]}:{for_dark_page(colour)};" for colour in sorted(colours - {"#ffffff"}))
    chart_colours = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n" if dark else ""
    columns = "".join(f".{name}{{width:{int(name[1:]) / 10:g}%}}" for name in widths)
    printed = f"@media print{{{columns}}}\n" if columns else ""
    sized = "".join(f".{name}{{{rule}}}" for name, rule in pictures.items())
    return (
        "\n"
        + fonts
        + sheet("screen.css")
        + (f"{sized}\n" if sized else "")
        + chart_colours
        + sheet("print.css")
        + printed
    )


def _policy(style: str, embed_fonts: bool) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    fonts = " font-src data:;" if embed_fonts else ""
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;{fonts} base-uri 'none'; form-action 'none'"


def _embedded(article: lxml.html.HtmlElement, charts: list[str], notes: Iterable[Note]) -> str:
    from .webfont import font_faces

    words = page_words(article)
    said = [note.text for note in notes]
    own = "".join([*(words[name] for name in ("contents", "skip", "sources", "listed", "index")), *said, "　、"])
    return font_faces(article, charts, others=f"{own}草稿——未经审定，不得对外提供")


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader

    loader = FileSystemLoader(FOLDER)
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("page.html.j2")
