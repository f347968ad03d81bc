"""The report as one HTML file: no script, nothing fetched, legible in the dark, on a telephone and on paper."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree
from nbconvert.exporters import Exporter
from traitlets import Bool, default

from .columns import align_figures
from .dark import for_dark_page
from .inline_svg import inline_svg
from .source_note import source_note
from .tables import width_of
from .title import document_metadata, document_title

_TEMPLATES = Path(__file__).parent / "templates" / "html"
_SHORT_ROWS, _WIDE_COLUMNS, _LONG_HEADING = 20, 9, 7.0
_UNIT = re.compile("[%％]|个百分点|余?(?:[万亿]?(?:人次|小时|[件份次个项人天版位条户家元名场期年月日]))")
_SVG_ADDRESS = "data:image/svg+xml;base64,"


def render_html(body: str, metadata: Mapping[str, Any], *, embed_fonts: bool = False) -> str:
    """The HTML page of a semantic body.

    Args:
        body: what ``semantic_body`` gives (docs/design.md), its charts as SVG.
        metadata: ``metadata.halfyear`` of the stitched notebook; only ``title`` is needed, or a heading in the body.
        embed_fonts: put a subset of exactly the glyphs used into the file, for machines without Chinese fonts.

    Raises:
        RenderError: ``embed_fonts`` is wanted and a character is in none of the fonts; it and its place are named.
    """
    article = _parse(body)
    align_figures(article)
    headings = _headings(article)
    _frame_tables(article)
    _explain_facts(article)
    _name_backlinks(article)
    _keep_units(article)
    _keep_period(article, metadata.get("label", ""))
    charts, colours = _inline_charts(article)
    text = _serialise(article, charts)
    page = {"title": document_title(article, metadata), "contents": headings, "body": text, "metadata": metadata}
    style = _style(colours, _embedded(article, charts) if embed_fonts else "")
    return _template().render(page, style=style, policy=_policy(style, embed_fonts))


class HalfyearHTMLExporter(Exporter):
    """``jupyter nbconvert --to halfyear-html``: any notebook as one self-contained page."""

    export_from_notebook = "Report page (halfyear HTML)"
    output_mimetype = "text/html"
    embed_fonts = Bool(False, help="Put a subset of the fonts into the file.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """The page of ``nb``, and nbconvert's resources."""
        from .body import semantic_body

        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        folder = resources.get("metadata", {}).get("path")
        body = semantic_body(notebook, folder=Path(folder) if folder else None)
        metadata = document_metadata(notebook, resources)
        return render_html(body, metadata, embed_fonts=self.embed_fonts), resources


def _parse(body: str) -> lxml.html.HtmlElement:
    article = lxml.html.fragment_fromstring(body, create_parent="div")
    etree.strip_tags(article, etree.Comment)
    etree.strip_attributes(article, "style")  # the page's policy would refuse it; classes say what is meant
    return article[0] if len(article) == 1 and article[0].tag == "article" else article


def _words(element: lxml.html.HtmlElement) -> str:
    return "".join(element.itertext())


def _headings(article: lxml.html.HtmlElement) -> list[dict[str, str]]:
    """The contents: one entry a heading of level 2 and 3, each with an id to lead to."""
    found = []
    for place, heading in enumerate(article.iter("h2", "h3"), 1):
        if not heading.get("id"):
            heading.set("id", f"heading-{place}")
        number = heading.find("span[@class='number']")
        mark = _words(number) if number is not None else ""
        entry = {"level": heading.tag[1], "id": heading.get("id"), "number": mark}
        found.append({**entry, "text": _words(heading).removeprefix(mark).strip()})
    return found


def _frame_tables(article: lxml.html.HtmlElement) -> None:
    """Each table in a region that scrolls, reached by the Tab key and named by its caption."""
    for place, table in enumerate(list(article.iter("table")), 1):
        if next(table.iterancestors("table"), None) is not None:
            continue
        _classify(table)
        region = lxml.html.Element("div", {"class": "scroll", "role": "region", "tabindex": "0"})
        caption = table.getparent().find("figcaption")
        if caption is None:
            region.set("aria-label", f"表格{place}")
        else:
            caption.set("id", caption.get("id") or f"caption-{place}")
            region.set("aria-labelledby", caption.get("id"))
        _wrap(table, region)


def _classify(table: lxml.html.HtmlElement) -> None:
    """``short`` tables stay on one printed page; ``wide`` ones are printed smaller."""
    rows = list(table.iter("tr"))
    for corner in table.xpath(".//th[not(normalize-space())]"):
        corner.tag = "td"  # an empty cell heads nothing
        corner.attrib.pop("scope", None)
    for heading in table.xpath(".//th[@scope='col']"):
        if width_of(heading.text_content().strip()) > _LONG_HEADING:
            heading.classes.add("long")
    if len(rows) <= _SHORT_ROWS:
        table.classes.add("short")
    if max((sum(int(cell.get("colspan") or 1) for cell in row) for row in rows), default=0) >= _WIDE_COLUMNS:
        table.classes.add("wide")


def _wrap(element: lxml.html.HtmlElement, wrapper: lxml.html.HtmlElement) -> None:
    wrapper.tail, element.tail = element.tail, None
    element.getparent().replace(element, wrapper)
    wrapper.append(element)


def _explain_facts(article: lxml.html.HtmlElement) -> None:
    """Each fact shows its source on hover, focus and touch: the style sheet shows the words of ``data-note``."""
    for fact in article.iter("data"):
        note = source_note(fact.get("data-source", ""), fact.get("data-derivation", ""))
        if note:
            fact.set("data-note", note)
            fact.set("tabindex", "0")


def _name_backlinks(article: lxml.html.HtmlElement) -> None:
    """The way back from a footnote has a name to be read out, and a sign that Chinese fonts have."""
    for link in article.find_class("footnote-back"):
        link.text = "↑"
        link.set("aria-label", "返回正文")


def _keep_units(article: lxml.html.HtmlElement) -> None:
    """No line ends between a figure and its unit."""
    for fact in list(article.iter("data")):
        unit = _UNIT.match(fact.tail or "")
        if unit and fact.getparent().tag not in ("td", "th"):
            rest = fact.tail[unit.end() :]
            whole = lxml.html.Element("span", {"class": "whole"})
            _wrap(fact, whole)
            fact.tail, whole.tail = unit[0], rest


def _keep_period(article: lxml.html.HtmlElement, label: str) -> None:
    """The title does not break inside 2021年上半年."""
    for heading in article.iter("h1"):
        before, found, after = (heading.text or "").partition(label) if label else ("", "", "")
        if found:
            whole = lxml.html.Element("span", {"class": "whole"})
            heading.text, whole.text, whole.tail = before, found, after
            heading.insert(0, whole)


def _inline_charts(article: lxml.html.HtmlElement) -> tuple[list[str], set[str]]:
    """Drawings that can be taken apart become part of the page, a comment holding their place; the rest stay images."""
    charts: list[str] = []
    colours: set[str] = set()
    for image in list(article.iter("img")):
        source = image.get("src", "")
        if not source.startswith(_SVG_ADDRESS):
            continue
        chart = inline_svg(
            base64.b64decode(source[len(_SVG_ADDRESS) :]), prefix=f"c{len(charts)}-", label=image.get("alt", "")
        )
        if chart is not None:
            holder = lxml.html.Element("div", {"class": "drawing", "role": "region", "tabindex": "0"})
            holder.set("aria-label", f"图形{len(charts) + 1}")
            holder.append(etree.Comment(f"chart {len(charts)}"))
            holder.tail = image.tail
            image.getparent().replace(image, holder)
            charts.append(chart.markup)
            colours |= chart.colours
    return charts, colours


def _serialise(article: lxml.html.HtmlElement, charts: list[str]) -> str:
    text = lxml.html.tostring(article, encoding="unicode")
    for place, markup in enumerate(charts):
        text = text.replace(f"<!--chart {place}-->", markup)
    return text


def _style(colours: set[str], fonts: str) -> str:
    """The style sheet; a chart's white is the page's paper, its other colours change only in the dark."""
    dark = "".join(f"--c{colour[1:]}:{for_dark_page(colour)};" for colour in sorted(colours - {"#ffffff"}))
    chart_colours = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n" if dark else ""
    return "\n" + fonts + _sheet("screen.css") + chart_colours + _sheet("print.css")


def _policy(style: str, embed_fonts: bool) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    fonts = " font-src data:;" if embed_fonts else ""
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;{fonts} base-uri 'none'; form-action 'none'"


def _embedded(article: lxml.html.HtmlElement, charts: list[str]) -> str:
    from .webfont import font_faces

    return font_faces(article, charts, others="目录跳到正文草稿——未经审定，不得对外提供")


@cache
def _sheet(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader

    loader = FileSystemLoader(_TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("page.html.j2")
