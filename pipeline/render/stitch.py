"""Five executed notebooks become one: headings, tables and charts numbered, cross-references resolved.

Notebooks are plain ``dict`` here, as JSON gives them: nothing in this step needs nbformat's second of imports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from ..document.markup import NOT_SHOWN
from ..errors import RenderError
from ..facts.element import escaped
from ..period import Period
from ..report_settings import ReportSettings
from ..workspace import SectionNotebook
from .heading_lines import with_headings_changed
from .lead_to_figures import lead_to_figures
from .markdown_captions import with_numbered_captions

Notebook = dict[str, Any]
Change = Callable[[str], str]
_FIGURE = re.compile(r'(<figure class="(table|chart)" id="([^"]+)"[^>]*>.*?<figcaption>)', re.DOTALL)
_REFERENCE = re.compile(r'<a class="ref" href="#([^"]+)">[^<]*</a>')
_DIGITS = "零一二三四五六七八九"
_LABELS = {"table": "表", "chart": "图"}
DRAFT_NOTE = "本节未能生成，内容待补。"


@dataclass(frozen=True)
class Chapter:
    """A section to be stitched in: its executed notebook, or None where it failed."""

    section: SectionNotebook
    notebook: Notebook | None


def stitch(
    chapters: Sequence[Chapter],
    settings: ReportSettings,
    period: Period,
    *,
    opening: str = "",
    summary: Notebook | None = None,
    edition: str = "internal",
) -> Notebook:
    """The report as one notebook (docs/design.md, "The stitched notebook").

    Levels are numbered 一、（一）1.（1） (GB/T 9704-2012, 7.3.3); tables and charts are numbered through the report.
    ``summary`` is a notebook whose cells stand behind the opening. A chapter without a notebook is a marked placeholder, and the report is then a draft.

    Raises:
        RenderError: two tables or charts have one name, or a reference names none.
    """
    cells = [
        _markdown("title", f"# {escaped(' '.join(settings.title.split()))}"),
        *([_markdown("recipients", _recipients(settings.recipients))] if settings.recipients.strip() else []),
        *([_markdown("opening", opening)] if opening.strip() else []),
        *(summary["cells"] if summary else []),
    ]
    for chapter in chapters:
        cells += _chapter(chapter)
    cells = [cell for cell in cells if "remove-cell" not in cell["metadata"].get("tags", ())]
    _number_headings(cells)
    lead_to_figures(cells)
    _resolve_references(cells, _number_figures(cells))
    cells.append(_markdown("signature", _signature(settings)))
    failed = any(chapter.notebook is None for chapter in chapters)
    first: dict[str, Any] = next((chapter.notebook for chapter in chapters if chapter.notebook), {"metadata": {}})
    return {
        "cells": cells,
        "metadata": {
            **{key: first["metadata"][key] for key in ("kernelspec", "language_info") if key in first["metadata"]},
            "title": settings.title,
            "halfyear": {
                "title": settings.title,
                "period": str(period),
                "label": period.label,
                "office": settings.office,
                "bureau": settings.bureau,
                "district": settings.district,
                "city": settings.city,
                "signed": settings.signed.isoformat() if settings.signed else "",
                "draft": settings.draft or failed,
                "edition": edition,
                "lang": "zh-CN",
                **({"contents": True} if settings.contents else {}),
                **({"letterhead": settings.letterhead} if settings.letterhead else {}),
                **({"colophon": settings.colophon} if settings.colophon else {}),
            },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _chapter(chapter: Chapter) -> Iterator[dict[str, Any]]:
    """A section's cells for the report: one level deeper, code hidden, ids made from name and place."""
    name = chapter.section.name
    if chapter.notebook is None:
        text = f'## {chapter.section.title}\n\n<p class="placeholder">{DRAFT_NOTE}</p>'
        yield _markdown(f"{name}-1", text, section=name)
        return
    place = 0  # as JupyterLab counts: no injected parameters, but what a public edition lacks
    for cell in chapter.notebook["cells"]:
        injected = "injected-parameters" in cell["metadata"].get("tags", ())
        place = cell["metadata"].get("halfyear", {}).get("cell", place + (not injected))
        metadata = {key: value for key, value in cell["metadata"].items() if key in ("tags", "jupyter")}
        metadata["halfyear"] = {"section": name}
        copy = {**cell, "id": f"{name}-{place}{'-injected' * injected}", "metadata": metadata}
        if cell["cell_type"] == "code":
            copy["outputs"] = [output for output in cell["outputs"] if belongs(output, metadata.get("tags", ()))]
        if cell["cell_type"] == "code" and "show-input" not in metadata.get("tags", ()):
            metadata["tags"] = [*metadata.get("tags", ()), "remove-input"]
            metadata["jupyter"] = {**metadata.get("jupyter", {}), "source_hidden": True}
        each_markdown(copy, _one_level_deeper)
        yield copy


def _one_level_deeper(text: str) -> str:
    return with_headings_changed(text, lambda level, title: f"{'#' * min(level + 1, 6)} {title}")


def belongs(output: dict[str, Any], tags: Sequence[str]) -> bool:
    """Whether an output is meant for readers: what a cell prints is if it is tagged so, its warnings never are."""
    if NOT_SHOWN in output.get("metadata", {}):
        return False
    return output["output_type"] != "stream" or (output["name"] == "stdout" and "show-output" in tags)


def _markdown(name: str, text: str, section: str = "") -> dict[str, Any]:
    metadata = {"halfyear": {"section": section}} if section else {}
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": text}


def _recipients(named: str) -> str:
    """主送机关: flush left over the text, closed by a colon of full width (GB/T 9704-2012, 7.3.2)."""
    return f'<p class="recipients">{escape(named.strip().rstrip(":：。"))}：</p>'


def _signature(settings: ReportSettings) -> str:
    """落款 without seal: who, and the day in Arabic figures without leading zeros (GB/T 9704-2012, 7.3.5.2, 7.3.5.4)."""
    day = settings.signed
    signed = f'<p class="date">{day.year}年{day.month}月{day.day}日</p>' if day else ""
    return (
        f'<footer class="signature"><p class="signer">{escape(settings.bureau + settings.office)}</p>{signed}</footer>'
    )


def each_markdown(cell: dict[str, Any], change: Change) -> None:
    """Put every Markdown text of a cell, its own or an output's, through ``change``."""
    _each_text(cell, {"text/markdown": change})


def _each_text(cell: dict[str, Any], changes: Mapping[str, Change]) -> None:
    """Put the texts of a cell, its own and those of its outputs one after another, through the change of their kind."""
    if cell["cell_type"] == "markdown" and "text/markdown" in changes:
        cell["source"] = changes["text/markdown"](_text(cell["source"]))
    if not cell.get("outputs"):
        return
    cell["outputs"] = [
        {
            **output,
            "data": {
                kind: changes[kind](_text(said)) if kind in changes else said for kind, said in output["data"].items()
            },
        }
        if "data" in output
        else output
        for output in cell["outputs"]
    ]


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _number_headings(cells: list[dict[str, Any]]) -> None:
    counts = [0] * 7

    def numbered(level: int, title: str) -> str:
        counts[level] += 1
        counts[level + 1 :] = [0] * (6 - level)
        number = _number(level, counts[level])
        return f"{'#' * level} " + (f'<span class="number">{number}</span>' if number else "") + title

    for cell in cells:
        if cell["id"] != "title":
            each_markdown(cell, lambda text: with_headings_changed(text, numbered))


def _number(level: int, count: int) -> str:
    """The number of a heading: the report's title is level 1 and has none."""
    return {2: f"{hanzi(count)}、", 3: f"（{hanzi(count)}）", 4: f"{count}.", 5: f"（{count}）"}.get(level, "")


def hanzi(count: int) -> str:
    """1 to 999 in Chinese numerals, as headings use them: 一, 十, 十二, 二十, 一百零一, 一百一十."""
    if count >= 100:
        hundreds, rest = divmod(count, 100)
        joint = "零" if rest < 10 else "一" if rest < 20 else ""
        return f"{_DIGITS[hundreds]}百{joint + hanzi(rest) if rest else ''}"
    tens, ones = divmod(count, 10)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")


def _number_figures(cells: list[dict[str, Any]]) -> dict[str, str]:
    """Put 表1, 图1 before each caption; returns what each name is called."""
    called: dict[str, str] = {}
    counts = dict.fromkeys(_LABELS, 0)

    def number(kind: str, name: str) -> str:
        if name in called:
            raise RenderError("two-figures-of-a-name", value=name, first=called[name])
        counts[kind] += 1
        shown = f"{_LABELS[kind]}{counts[kind]}"
        return called.setdefault(name, shown) if name else shown

    def numbered(match: re.Match[str]) -> str:
        opening, kind, name = match.groups()
        return f'{opening}<span class="number">{number(kind, name)}</span> '

    changes: dict[str, Change] = {
        "text/html": lambda html: _FIGURE.sub(numbered, html),
        "text/markdown": lambda text: with_numbered_captions(text, partial(number, "table")),
    }
    for cell in cells:
        _each_text(cell, changes)
    return called


def _resolve_references(cells: list[dict[str, Any]], called: dict[str, str]) -> None:
    def resolved(match: re.Match[str]) -> str:
        name = match[1]
        if name not in called:
            raise RenderError("reference-to-nothing", value=name, allowed=tuple(called) or "—")
        return f'<a class="ref" href="#{name}">{called[name]}</a>'

    def resolve(text: str) -> str:
        return _REFERENCE.sub(resolved, text)

    for cell in cells:
        _each_text(cell, {"text/html": resolve, "text/markdown": resolve})
