"""A difference of two reports as one HTML page in Chinese, without script: a list of the changes, and the report marked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

from ..errors import ReleaseError
from ..findings import Said
from ..pages.plain_page import STYLE, is_own_page, page
from ..swap import replace_whole
from .difference import ADDED, CHANGED, REMOVED, Difference, FigureChange
from .statement_change import NEW, OLD, SAME, FigureShift, Run, StatementChange
from .telling import ToldFigure, telling

MADE_BY = "halfyear diff"
_WORDS = {ADDED: "新增", REMOVED: "删去", CHANGED: "改变"}
_TAGS = {OLD: "del", NEW: "ins"}
_HEADINGS = {"title": "h3", "heading": "h4"}


def difference_page(difference: Difference, titles: Mapping[str, str]) -> str:
    """The page: which figures changed and by how much, then what was worded otherwise, then the later report with old and
    new marked in it."""
    told = telling(difference)
    ids = {id(change): f"at-{number}" for number, change in enumerate(difference.statements, 1)}
    figures = (_Row(change, shifts, ids[id(change)]) for change, shifts in told.figures)
    wording = (_Row(change, (), ids[id(change)]) for change in told.wording)
    counts = f"数据变化{told.count}项，文字变化{len(told.wording)}处，图表变化{len(told.charts)}处。"
    body = "".join(
        [
            f"<p>{counts if difference else '两份报告内容一致。'}<del>删去的</del><ins>新增的</ins>这样标出。</p>",
            _list("figures", "数据变化", figures, titles),
            _list("wording", "文字变化", wording, titles),
            _charts(told.charts, titles),
            '<section id="marked"><h2>逐句标记</h2>',
            *_marked_report(difference.statements, ids),
            "</section>",
        ]
    )
    return page(f"{difference.before} 与 {difference.after} 对比", body, style=STYLE + _own_sheet(), made_by=MADE_BY)


def write_difference_page(file: Path, difference: Difference, titles: Mapping[str, str]) -> None:
    """Write :func:`difference_page` to ``file``, whole or not at all.

    Raises:
        ReleaseError: something else than such a page stands there, or one that somebody changed.
    """
    if os.path.lexists(file) and not is_own_page(file, MADE_BY):
        raise ReleaseError("no-comparison-of-ours", file=file)
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_whole(file, difference_page(difference, titles))


class _Row:
    """One row of a list: a statement with old and new in it, its figures with what they changed by, and where it stands."""

    def __init__(self, change: StatementChange, told: Sequence[ToldFigure], anchor: str) -> None:
        self.section = change.shown.place.section
        self._change, self._told, self._anchor = change, told, anchor

    def html(self) -> str:
        """The row."""
        figures = "".join(f"<li>{_shift(one.shift)}{_others(one)}</li>" for one in self._told)
        place = escape(self._change.shown.where)
        cells = "、".join(dict.fromkeys(one.shift.shown.cells for one in self._told))
        return (
            f'<li><p class="said">{_said(self._change)}</p>'
            + (f'<ul class="shifts">{figures}</ul>' if figures else "")
            + f'<p class="where"><a href="#{self._anchor}">{place}</a>{f"　{escape(cells)}" if cells else ""}</p></li>'
        )


def _list(name: str, title: str, rows: Iterable[_Row], titles: Mapping[str, str]) -> str:
    by_section: dict[str, list[_Row]] = {}
    for row in rows:
        by_section.setdefault(row.section, []).append(row)
    said = "".join(
        f'<h3>{escape(titles.get(section, section) or "导语")}</h3><ol class="changes">{"".join(row.html() for row in some)}</ol>'
        for section, some in by_section.items()
    )
    return f'<section id="{name}"><h2>{title}</h2>{said}</section>' if said else ""


def _charts(charts: Sequence[FigureChange], titles: Mapping[str, str]) -> str:
    items = "".join(
        f"<li>{_WORDS[one.kind]}：{escape(one.caption)}（{escape(titles.get(one.section, one.section) or '导语')}）</li>"
        for one in charts
    )
    return f'<section id="charts"><h2>图表变化</h2><ul>{items}</ul></section>' if items else ""


def _shift(shift: FigureShift) -> str:
    """办件量 322件 → 647件 +325件."""
    before, after = (escape(side.printed) if side else "—" for side in (shift.before, shift.after))
    amount = shift.amount.text("zh") if isinstance(shift.amount, Said) else shift.amount
    return f"{escape(shift.shown.called)} <span>{before} → {after}</span>{f' <strong>{escape(amount)}</strong>' if amount else ''}"


def _others(told: ToldFigure) -> str:
    return f"（另见{escape('、'.join(dict.fromkeys(told.places[1:])))}）" if len(told.places) > 1 else ""


def _said(change: StatementChange) -> str:
    """A sentence; a row by the names of its columns, those that stayed left out."""
    if not change.shown.is_row:
        return _runs(change.parts[0][1])
    (_, named), *rest = change.parts
    changed = (f"{escape(column)}{_runs(runs)}" for column, runs in rest if any(run.kind != SAME for run in runs))
    return f"{_runs(named)}：{'，'.join(changed)}"


def _runs(runs: Iterable[Run]) -> str:
    return "".join(
        f"<{_TAGS[run.kind]}>{escape(run.text)}</{_TAGS[run.kind]}>" if run.kind in _TAGS else escape(run.text)
        for run in runs
    )


def _marked_report(changes: Sequence[StatementChange], ids: Mapping[int, str]) -> Iterator[str]:
    """The later report with what differs marked in its sentences and cells, and what is gone where it stood."""
    for (is_row, _), some in groupby(
        changes, lambda one: (one.shown.is_row, one.shown.group if one.shown.is_row else ())
    ):
        block = list(some)
        if is_row:
            yield _table(block, ids)
            continue
        for (kind, _, _), paragraph in groupby(block, _paragraph):
            tag = _HEADINGS.get(kind, "p")
            said = "".join(f'<span id="{ids[id(one)]}">{_runs(one.parts[0][1])}</span>' for one in paragraph)
            yield f'<{tag} class="{kind}">{said}</{tag}>'


def _paragraph(change: StatementChange) -> tuple[str, int, bool]:
    return change.shown.place.kind, change.shown.passage, change.after is None


def _table(rows: Sequence[StatementChange], ids: Mapping[int, str]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column, _ in row.parts))
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f'<tr id="{ids[id(row)]}">{"".join(f"<td>{_runs(dict(row.parts).get(column, ()))}</td>" for column in columns)}</tr>'
        for row in rows
    )
    name = escape(rows[0].shown.place.figure or f"表格 {ids[id(rows[0])]}")
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{name}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


@cache
def _own_sheet() -> str:
    return Path(__file__).with_name("difference.css").read_text(encoding="utf-8")
