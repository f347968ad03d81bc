"""Markdown of a notebook cell to HTML: tables, footnotes, mathematics and attachments as Jupyter writes them.

nbconvert's own reader is not used because importing nbconvert costs more than rendering the whole report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import unquote

import mistune
from mistune.plugins import Plugin

PREFERRED_IMAGES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")

_ENVIRONMENT = r"\\begin\{(?P<%s>[a-zA-Z]+\*?)\}[\s\S]*?\\end\{(?P=%s)\}"
_BLOCK_MATH = (
    r"^ {0,3}(?P<math_block>\$\$[\s\S]+?\$\$|\\\\\[[\s\S]+?\\\\\]|"
    + _ENVIRONMENT % ("environment", "environment")
    + r")[ \t]*(?:\n|$)"
)
# A dollar sign before a digit closes nothing, so that "costs $5 and $6" stays text; nor does one inside code.
_INLINE_MATH = (
    r"(?P<math_inline>\$\$[^$]+?\$\$|\\\\\[.+?\\\\\]|\\\\\(.+?\\\\\)|\$(?![\s$])(?:[^$\\`]|\\.)+?(?<!\s)\$(?!\d)|"
    + _ENVIRONMENT % ("inner", "inner")
    + ")"
)
# Only ASCII: in Chinese text an address ends where the next Han character or full-width mark begins.
_BAR = "\ufdd0"  # no character: stands for a | of a formula while a row is parted into cells
_DELIMITERS = re.compile(r" {0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*$")
_PARTING_BAR = re.compile(r"(?<!\\)\|")
_FORMULA = re.compile(_INLINE_MATH)
_ADDRESS = r"https?://[!-Z^-~]*[A-Za-z0-9/#=&~]"


def markdown_to_html(source: str, attachments: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """HTML of one Markdown cell.

    Raw HTML passes through as written (it is cleaned later). Formulas become
    ``<span class="math inline|display">`` holding their TeX; footnotes an ordered list in
    ``<section class="footnotes">`` at the end; ``attachment:`` images data URIs.
    """
    renderer = _Renderer(attachments or {})
    plugins: list[str | Plugin] = [
        "table",
        "strikethrough",
        "footnotes",
        "task_lists",
        "def_list",
        _mathematics,
        _addresses,
    ]
    markdown = mistune.create_markdown(escape=False, renderer=renderer, plugins=plugins)
    return str(markdown(_formulas_of_tables_kept(source))).replace(_BAR, "|")


def data_address(bundle: Mapping[str, Any]) -> str:
    """The best picture of a MIME bundle as a data URI, or nothing."""
    for kind in PREFERRED_IMAGES:
        if bundle.get(kind):
            return f"data:{kind};base64,{''.join(bundle[kind].split())}"
    return ""


def _formulas_of_tables_kept(source: str) -> str:
    """A table's rows with the bars inside formulas hidden where they would part cells: Jupyter takes formulas out first."""
    lines, cells = source.split("\n"), 0
    for place, line in enumerate(lines):
        if place and "|" in line and _DELIMITERS.match(line):
            cells = _cells(line)
            lines[place - 1] = _row_kept(lines[place - 1], cells)
        elif cells and line.strip():
            lines[place] = _row_kept(line, cells)
        else:
            cells = 0
    return "\n".join(lines)


def _row_kept(line: str, cells: int) -> str:
    if _cells(line) == cells:
        return line
    return _FORMULA.sub(lambda formula: _PARTING_BAR.sub(_BAR, formula[0]), line)


def _cells(line: str) -> int:
    return len(_PARTING_BAR.findall(line.strip().strip("|"))) + 1


class _Renderer(mistune.HTMLRenderer):
    def __init__(self, attachments: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(escape=False, allow_harmful_protocols=True)
        self._attachments = attachments

    def image(self, text: str, url: str, title: str | None = None) -> str:
        if url.startswith("attachment:"):
            url = data_address(self._attachments.get(unquote(url[len("attachment:") :]), {}))
        return super().image(text, url, title)

    def math(self, text: str, *, display: bool) -> str:
        kind, left, right = ("display", r"\[", r"\]") if display else ("inline", r"\(", r"\)")
        return f'<span class="math {kind}">{left}{escape(text, quote=False)}{right}</span>'

    def block_mathematics(self, text: str) -> str:
        return f"<p>{self.math(text, display=True)}</p>\n"


def _mathematics(md: mistune.Markdown) -> None:
    md.block.register("block_mathematics", _BLOCK_MATH, _parse_block, before="fenced_code")
    md.inline.register("mathematics", _INLINE_MATH, _parse_inline, before="escape")
    assert md.renderer, "made with one"
    md.renderer.register("mathematics", lambda renderer, text, display: renderer.math(text, display=display))


def _parse_block(_block: Any, match: re.Match[str], state: Any) -> int:
    state.append_token({"type": "block_mathematics", "raw": _tex(match["math_block"])})
    return match.end()


def _parse_inline(_inline: Any, match: re.Match[str], state: Any) -> int:
    written = match["math_inline"]
    display = written.startswith(("$$", r"\\[", r"\begin"))
    state.append_token({"type": "mathematics", "raw": _tex(written), "attrs": {"display": display}})
    return match.end()


def _tex(written: str) -> str:
    """The formula without its delimiters; an environment keeps its own."""
    if written.startswith("$"):
        return written.strip("$").strip()
    return written[3:-3].strip() if written.startswith(r"\\") else written


def _addresses(md: mistune.Markdown) -> None:
    md.inline.register("url_link", _ADDRESS, _parse_address)


def _parse_address(inline: Any, match: re.Match[str], state: Any) -> int:
    if state.in_link:
        inline.process_text(match[0], state)
    else:
        link = {"type": "link", "children": [{"type": "text", "raw": match[0]}], "attrs": {"url": match[0]}}
        state.append_token(link)
    return match.end()
