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

from ..errors import WorkspaceError
from ..findings import Said
from ..own_files import digest, digest_of
from ..pages import page
from ..pages.plain_page import is_own_page
from ..swap import replace_whole
from .one_report import BUILT, CRASHED, DRAFT, NOT_REACHED, NOT_SENT, REFUSED, Outcome
from .plan import Batch, Report

PAGE, TABLE = "batch.html", "batch.csv"
_MADE_BY = "halfyear batch"
_STATES = (BUILT, DRAFT, REFUSED, CRASHED, NOT_SENT, NOT_REACHED)
_HEADS = ("行政区划代码", "名称", "上级", "期间", "结果", "说明", "报告")
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
    if outcome.state == DRAFT and not finished.is_dir():
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
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    order = [Said(f"batch-state-{state}").text("zh") for state in _STATES]
    worst_first = sorted(rows, key=lambda row: -order.index(row[4]))
    body = f"<p>共{len(rows)}份：{counts}。</p>\n<table><thead><tr>{heads}</tr></thead><tbody>\n"
    body += "\n".join(map("".join, map(_cells, worst_first)))
    return page("批量生成结果", f"{body}</tbody></table>\n<p>{TABLE}：SHA-256 {table}</p>", made_by=_MADE_BY)


def _cells(row: tuple[str, ...]) -> Iterator[str]:
    *said, link = row
    yield "<tr>"
    for text in said:
        yield f"<td>{'<br>'.join(map(escape, text.splitlines()))}</td>"
    yield f"<td>{f'<a href={chr(34)}{escape(link)}{chr(34)}>打开</a>' if link else ''}</td></tr>"
