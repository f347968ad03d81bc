"""``batch.html`` and ``batch.csv``: what became of each report, at a glance."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from urllib.parse import quote

from ..errors import WorkspaceError
from ..findings import Said
from ..own_files import digest, digest_of
from ..pages import page
from ..pages.plain_page import STYLE, is_own_page
from ..swap import replace_whole
from .one_report import BUILT, CRASHED, DRAFT, NOT_REACHED, NOT_SENT, REFUSED, Outcome
from .plan import Batch, Report

PAGE, TABLE = "batch.html", "batch.csv"
_MADE_BY = "halfyear batch"
_STATES = (BUILT, DRAFT, REFUSED, CRASHED, NOT_SENT, NOT_REACHED)
_HEADS = ("行政区划代码", "名称", "上级", "期间", "结果", "说明", "报告")
# On a telephone a report is a block with its headings inside; roles keep it a table for who hears it.
_NARROW = """
.sum { overflow-wrap: anywhere; font-size: .8rem; }
@media (min-width: 40rem) {
  td:not([data-head="名称"], [data-head="说明"]) { white-space: nowrap; }
}
@media (max-width: 40rem) {
  thead { display: none; }
  table, tbody, tr, td { display: block; }
  tr { border: 1px solid var(--line); margin-bottom: .75rem; padding: .25rem 0; }
  td { border: 0; } td:empty { display: none; }
  td::before { content: attr(data-head) "："; }
}
"""
_SUM = re.compile(r"\b[0-9a-f]{64}\b")


def write_overview(batch: Batch, outcomes: Mapping[str, Outcome]) -> tuple[Path, Path]:
    """Write both beside the finished reports (beside the batch file where reports stand in their workspaces).

    Raises:
        WorkspaceError: a file of that name is there that no batch made.
    """
    folder = batch.outputs or batch.file.parent
    folder.mkdir(parents=True, exist_ok=True)
    refuse_others(folder)
    rows = [_row(batch, report, outcomes[report.name], folder) for report in batch.reports]
    table = io.StringIO(newline="")
    csv.writer(table, lineterminator="\n").writerows([_HEADS, *rows])
    text = "\ufeff" + table.getvalue()
    new, old = digest(text.encode()), digest_of(folder / TABLE) if (folder / TABLE).is_file() else ""
    # the page vouches for the table, at every instant: of both while the table is replaced
    for file, content in (
        (folder / PAGE, _page(rows, outcomes, f"{new} {old}")),
        (folder / TABLE, text),
        (folder / PAGE, _page(rows, outcomes, new)),
    ):
        replace_whole(file, content)
    return folder / PAGE, folder / TABLE


def refuse_others(folder: Path) -> None:
    """Hold that what stands where the overview will be was made by an earlier batch."""
    here, table = folder / PAGE, folder / TABLE
    own = is_own_page(here, _MADE_BY)
    if os.path.lexists(here) and not own:
        raise WorkspaceError("batch-in-the-way", file=here)
    if os.path.lexists(table):
        named = _SUM.findall(here.read_text(encoding="utf-8")) if own else []
        if table.is_symlink() or not table.is_file() or digest_of(table) not in named:
            raise WorkspaceError("batch-in-the-way", file=table)


def _row(batch: Batch, report: Report, outcome: Outcome, folder: Path) -> tuple[str, ...]:
    unit = report.unit
    finished = batch.finished(unit, report.period)
    if outcome.state == DRAFT and not outcome.stands:
        finished = finished.with_name(f"{finished.name}.draft")
    shown = finished / "report.html" if (finished / "report.html").is_file() else finished
    link = os.path.relpath(shown, folder).replace(os.sep, "/") if outcome.state in (BUILT, DRAFT) else ""
    told = "\n".join([*(one.text("zh") for one in outcome.findings), *filter(None, [outcome.log])])
    state = Said(f"batch-state-{outcome.state}").text("zh")
    return unit.code, unit.name, unit.upper, report.period.label, state, told, link


def _page(rows: list[tuple[str, ...]], outcomes: Mapping[str, Outcome], table: str) -> str:
    counted = Counter(one.state for one in outcomes.values())
    counts = "，".join(
        f"{Said(f'batch-state-{state}').text('zh')}{counted[state]}" for state in _STATES if counted[state]
    )
    heads = "".join(f'<th role="columnheader" scope="col">{head}</th>' for head in _HEADS)
    order = [Said(f"batch-state-{state}").text("zh") for state in _STATES]
    worst_first = sorted(rows, key=lambda row: -order.index(row[4]))
    body = f"<p>共{len(rows)}份：{counts}。</p>\n"
    body += f'<table role="table"><thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">\n'
    body += "\n".join(map("".join, map(_cells, worst_first)))
    foot = f'</tbody></table>\n<p class="sum">{TABLE}：SHA-256 {table}</p>'
    return page("批量生成结果", body + foot, style=STYLE + _NARROW, made_by=_MADE_BY)


def _cells(row: tuple[str, ...]) -> Iterator[str]:
    built = Said(f"batch-state-{BUILT}").text("zh")
    yield '<tr role="row">'
    for head, text in zip(_HEADS, row, strict=True):
        shown = "<br>".join(map(escape, text.splitlines()))
        if head == "报告" and text:
            shown = f'<a href="{escape(quote(text))}">打开</a>'
        bad = ' class="failed"' if head == "结果" and text != built else ""
        yield f'<td role="cell" data-head="{head}"{bad}>{shown}</td>'
    yield "</tr>"
