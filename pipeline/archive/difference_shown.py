"""A difference of two reports, told in a terminal and as a page."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from ..errors import ReleaseError
from ..findings import Counted, Said
from ..pages.plain_page import is_own_page, page
from ..swap import replace_whole
from .difference import ADDED, CHANGED, REMOVED, Difference, FactChange

MADE_BY = "halfyear diff"
_SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}
_WORDS = {ADDED: "新增", REMOVED: "删去", CHANGED: "改变"}


def difference_text(difference: Difference, titles: Mapping[str, str], lang: str = "en") -> str:
    """One line a change, by section: ``~ 322 -> 323``, where it stands, its sentence and its cells."""
    if not difference:
        return Said("diff-same", before=difference.before, after=difference.after).text(lang)
    lines = [f"{difference.before} -> {difference.after}"]
    for section in difference.sections:
        lines.append(titles.get(section, section) or Said("diff-opening").text(lang))
        lines += [
            f"  {_SIGNS[one.kind]} {_fact_words(one, lang)}" for one in difference.facts if one.section == section
        ]
        for change in difference.wording:
            if change.section == section:
                lines += [f"  - {change.before}"] * bool(change.before) + [f"  + {change.after}"] * bool(change.after)
        lines += [f"  {_SIGNS[one.kind]} [{one.caption}]" for one in difference.figures if one.section == section]
    counts = {
        "facts": Counted(len(difference.facts), "fact"),
        "sentences": Counted(len(difference.wording), "sentence"),
        "figures": Counted(len(difference.figures), "table or chart", "tables and charts"),
    }
    return "\n".join([*lines, Said("diff-counted", **counts).text(lang)])


def _fact_words(change: FactChange, lang: str) -> str:
    shown = change.shown
    values = " -> ".join(side.printed for side in (change.before, change.after) if side)
    context = f" “{shown.sentence}”" if shown.sentence and shown.sentence != shown.printed else ""
    return f"{values}  {shown.place}{context} ({shown.cells})"


def difference_page(difference: Difference, titles: Mapping[str, str]) -> str:
    """The same as one HTML page in Chinese, without script."""
    heading = f"{difference.before} 与 {difference.after} 对比"
    sections = "".join(_section(difference, section, titles) for section in difference.sections)
    counts = (len(difference.facts), len(difference.wording), len(difference.figures))
    lead = "两份报告内容一致。" if not difference else "数据变化{}处，文字变化{}处，图表变化{}处。".format(*counts)
    return page(heading, f"<p>{lead}</p>{sections}", made_by=MADE_BY)


def write_difference_page(file: Path, difference: Difference, titles: Mapping[str, str]) -> None:
    """Write :func:`difference_page` to ``file``, whole or not at all.

    Raises:
        ReleaseError: something else than such a page stands there, or one that somebody changed.
    """
    if os.path.lexists(file) and not is_own_page(file, MADE_BY):
        raise ReleaseError("no-comparison-of-ours", file=file)
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_whole(file, difference_page(difference, titles))


def _section(difference: Difference, section: str, titles: Mapping[str, str]) -> str:
    facts = "".join(_fact_row(one) for one in difference.facts if one.section == section)
    wording = "".join(
        f"<li>{f'<del>{escape(one.before)}</del>' if one.before else ''}{f'<ins>{escape(one.after)}</ins>' if one.after else ''}</li>"
        for one in difference.wording
        if one.section == section
    )
    figures = "".join(
        f"<li>{_WORDS[one.kind]}：{escape(one.caption)}</li>" for one in difference.figures if one.section == section
    )
    return "".join(
        [
            f"<h2>{escape(titles.get(section, section) or '开头')}</h2>",
            f"<h3>数据</h3><table><thead><tr>{_HEAD}</tr></thead><tbody>{facts}</tbody></table>" if facts else "",
            f"<h3>文字</h3><ul>{wording}</ul>" if wording else "",
            f"<h3>图表</h3><ul>{figures}</ul>" if figures else "",
        ]
    )


_HEAD = "".join(f'<th scope="col">{title}</th>' for title in ("变化", "原为", "现为", "所在位置", "语句", "来源"))


def _fact_row(change: FactChange) -> str:
    shown = change.shown
    cells: Iterator[str] = (side.printed if side else "—" for side in (change.before, change.after))
    words = (*cells, shown.place, shown.sentence, shown.cells)
    return (
        f'<tr><th scope="row">{_WORDS[change.kind]}</th>'
        + "".join(f"<td>{escape(word)}</td>" for word in words)
        + "</tr>"
    )
