"""One output of a code cell as HTML: the richest of its forms that still says something on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import lxml.html

from ..document.chart_data import CHART_DATA
from .clean import FindPicture, cleaned, svg_address
from .markdown import data_address, markdown_to_html
from .style_wishes import ends_page

_ORDER = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
_LAST = ("text/latex", "text/plain")
_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m|\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
_SVG_SOURCE = re.compile(r'src="data:image/svg\+xml[;,][^"]*"')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def output_part(output: Mapping[str, Any], find_picture: FindPicture) -> lxml.html.HtmlElement | None:
    """One output as :func:`cleaned` HTML; None where it says nothing.

    Of a bundle, the first form that is not empty once cleaned: HTML, Markdown, picture, LaTeX, text. A widget or an
    interactive chart thus falls back to its picture or its text. Streams and tracebacks are ``<pre>`` with their
    ANSI colours as ``<span class="ansi-red">``.
    """
    parts = (cleaned(html, find_picture) for html in _candidates(output))
    return next(filter(_says_something, parts), None)


def ansi_to_html(text: str) -> str:
    """``text`` escaped for HTML; SGR colours and bold become spans of class ``ansi-…``, other controls vanish."""
    pieces: list[str] = []
    classes: tuple[str, ...] = ()
    position = 0
    for match in _ESCAPE.finditer(text):
        pieces.append(_span(text[position : match.start()], classes))
        position = match.end()
        if match[1] is not None:
            classes = _after(classes, [int(code or 0) for code in match[1].split(";")])
    return "".join([*pieces, _span(text[position:], classes)])


def overwritten(text: str) -> str:
    """``text`` as a terminal leaves it: a carriage return begins its line anew, as progress bars do."""
    return "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in text.split("\n"))


def _candidates(output: Mapping[str, Any]) -> Iterator[str]:
    kind = output["output_type"]
    if kind == "stream":
        yield _preformatted(_text(output.get("text", "")), f"output {output.get('name', 'stdout')}")
    elif kind == "error":
        lines = output.get("traceback") or [f"{output.get('ename', '')}: {output.get('evalue', '')}"]
        yield _preformatted("\n".join(lines), "output traceback")
    else:
        yield from _forms(output.get("data", {}), output.get("metadata", {}))


def _forms(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Iterator[str]:
    for kind in (*_ORDER, *_LAST):
        if kind not in data:
            continue
        content = _text(data[kind])
        if kind == "text/html":
            yield _with_raster(content, data)
        elif kind == "text/markdown":
            yield markdown_to_html(content)
        elif kind.startswith("image/"):
            yield _picture(kind, content, data, metadata)
        elif kind == "text/latex":
            yield _latex(content)
        else:
            yield _preformatted(content, "output result")


def _with_raster(html: str, data: Mapping[str, Any]) -> str:
    """Our charts carry the same drawing twice: SVG inside the HTML, PNG beside it; and the numbers of those that Word draws."""
    if CHART_DATA in data:
        numbers = escape(json.dumps(data[CHART_DATA], ensure_ascii=False, sort_keys=True))
        html = html.replace('<figure class="chart"', f'<figure class="chart" data-chart="{numbers}"', 1)
    return _SVG_SOURCE.sub(lambda match: match[0] + _raster(data), html, count=1)


def _raster(data: Mapping[str, Any]) -> str:
    """The attribute that gives a drawing's picture, for who shows no drawings."""
    address = data_address({"image/png": _text(data.get("image/png", ""))})
    return f' data-raster="{address}"' if address else ""


def _picture(kind: str, content: str, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
    own = metadata.get(kind) or {}
    plain = _text(data.get("text/plain", "")).strip().splitlines()
    alternative = own.get("alt") or metadata.get("alt") or (plain[0].strip("<>") if plain else "") or "Figure"
    is_drawing = kind == "image/svg+xml"
    address = svg_address(content) if is_drawing else data_address({kind: content})
    sizes = "".join(f' {side}="{int(own[side])}"' for side in ("width", "height") if str(own.get(side, "")).isdigit())
    source = f'src="{address}"{_raster(data) if is_drawing else ""}'
    return f'<p class="picture"><img alt="{escape(alternative)}"{sizes} {source}></p>' if address else ""


def _latex(content: str) -> str:
    body = content.strip()
    if not body.startswith(("$", r"\(", r"\[", r"\begin{")) or body.startswith((r"\begin{tab", r"\begin{fig")):
        return ""
    body = re.sub(r"^(\$\$?|\\\(|\\\[)|(\$\$?|\\\)|\\\])$", "", body).removeprefix(r"\displaystyle").strip()
    return rf'<p><span class="math display">\[{escape(body, quote=False)}\]</span></p>'


def _says_something(part: lxml.html.HtmlElement) -> bool:
    return bool(part.text_content().strip()) or part.find(".//img") is not None or ends_page(part)


def _preformatted(text: str, kind: str) -> str:
    text = overwritten(text).strip("\n")
    return f'<pre class="{kind}">{ansi_to_html(text)}</pre>' if text.strip() else ""


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _span(text: str, classes: tuple[str, ...]) -> str:
    shown = escape(_CONTROL.sub("", text), quote=False)
    return f'<span class="{" ".join(classes)}">{shown}</span>' if shown and classes else shown


def _after(classes: tuple[str, ...], codes: list[int]) -> tuple[str, ...]:
    """The classes in force after one SGR sequence (ECMA-48, 8.3.117); colours of the larger palettes are left plain."""
    for code in codes:
        if code in (38, 48):
            break
        if code == 0:
            classes = ()
        elif code == 1:
            classes = (*(name for name in classes if name != "ansi-bold"), "ansi-bold")
        elif code == 22:
            classes = tuple(name for name in classes if name != "ansi-bold")
        elif code in range(30, 38) or code in range(90, 98) or code == 39:
            kept = tuple(name for name in classes if name == "ansi-bold")
            classes = kept if code == 39 else (*kept, f"ansi-{_COLOURS[code % 10]}")
    return classes
