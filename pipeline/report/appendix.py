"""The list of sources at the end of a report: what each paragraph, table and chart states, and the cells behind it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from ..document.record import RecordedFact
from ..document.source_note import SHOWN
from ..document.source_rows import Rows, only_cell
from ..facts import Cell

SECTION = "sources"
_HEADS = ("所在位置", "报告中的数及其来源")
_NOTE = (
    "各数按所在位置的先后排列，取自同一列的列在一起；来源写作“工作表!列行”（如 指标!E5），与 Excel 显示的一致，"
    "几个数对应一段单元格（如 指标!E5:E7）的，自上而下一一对应。"
)
_WHOLE = re.compile(r"[表图]\d+")  # the table or chart that a place is in

Worded = Callable[[str, str], str]


def appendix_cells(facts: Sequence[RecordedFact], titles: Mapping[str, str], worded: Worded) -> list[dict[str, Any]]:
    """The cells of 数据来源, to be put after the last cell of the stitched notebook; none where there are no facts.

    Each paragraph, table and chart with facts has one row, ``<tr data-fact="12 13">``, 12 and 13 being the facts' numbers
    in facts.csv, and in it ``<span data-fact="12">`` around what is printed: what ``document.record.link_facts`` needs to
    lead from a number to its row and back. Its figures are text, not facts, so that nothing is counted twice.

    Args:
        facts: as read back from the report's body. titles: section → title.
        worded: puts ``data-source`` and derivation of a fact into words.
    """
    if not facts:
        return []
    head = "".join(f'<th scope="col">{title}</th>' for title in _HEADS)
    chapters = itertools.groupby(facts, lambda fact: fact.section)
    body = "\n".join(_chapter(titles.get(name, name), stated, worded) for name, stated in chapters)
    html = (
        f'<figure class="table sources" id="{SECTION}-table">\n<figcaption>报告所列数据及其来源</figcaption>\n'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
        f'<p class="note">注：{_NOTE}</p>\n</figure>'
    )
    return [_heading(), _shown(html)]


def _chapter(title: str, facts: Iterable[RecordedFact], worded: Worded) -> str:
    places = itertools.groupby(facts, _place)
    rows = "\n".join(_row(place, list(stated), worded) for place, stated in places)
    return f'<tr class="group"><th scope="rowgroup" colspan="2">{escape(title)}</th></tr>\n{rows}' if title else rows


def _place(fact: RecordedFact) -> str:
    whole = _WHOLE.match(fact.place)
    return whole[0] if whole else fact.place


def _row(place: str, facts: Sequence[RecordedFact], worded: Worded) -> str:
    said = "；".join(_said(run, worded) for run in _told_together(facts))
    numbers = " ".join(str(fact.number) for fact in facts)
    return f'<tr data-fact="{numbers}"><th scope="row">{escape(place)}</th><td>{said}</td></tr>'


def _told_together(facts: Iterable[RecordedFact]) -> Iterator[list[RecordedFact]]:
    """The facts of one place by the ledger's column they stand in, as far as few stretches of it name their cells.

    What is calculated, or stands in several cells, is told by itself; what is said twice from one cell, once.
    """
    columns: dict[str, dict[tuple[str, str], RecordedFact]] = {}
    for fact in facts:
        cell = _cell(fact)
        column = f"{cell.table} {cell.column}" if cell else f"{fact.derivation} {fact.sources}"
        columns.setdefault(column, {}).setdefault((fact.printed, fact.sources), fact)
    for stated in columns.values():
        run: list[RecordedFact] = []
        for fact in stated.values():
            if run and len(_stretches([*run, fact])) > SHOWN:
                yield run
                run = []
            run.append(fact)
        yield run


def _cell(fact: RecordedFact) -> Cell | None:
    return None if fact.derivation else only_cell(fact.sources)


def _stretches(run: Sequence[RecordedFact]) -> list[str]:
    """The sources of facts that are told together; cells under each other are one."""
    cells = [cell for fact in run if (cell := _cell(fact))]
    if not cells:
        return run[0].sources.split()
    found: list[Rows] = []
    for cell in cells:
        if found and found[-1].last == cell.row - 1:
            found[-1] = found[-1]._replace(last=cell.row)
        elif not found or found[-1].last != cell.row:
            found.append(Rows(cell.table, cell.column, cell.row, cell.row))
    return [rows.written for rows in found]


def _said(run: Sequence[RecordedFact], worded: Worded) -> str:
    """``322、190：指标!E5、E8``; where all cells say the same, it is said once, and a sheet is named once."""
    alike = len({fact.printed for fact in run}) == 1
    shown = (f'<span data-fact="{fact.number}">{escape(fact.printed)}</span>' for fact in (run[:1] if alike else run))
    source = worded(" ".join(_stretches(run)), run[0].derivation).removeprefix("来源：").replace("自：", "自", 1)
    sheet, mark, cells = source.partition("!")
    source = sheet + mark + cells.replace(f"、{sheet}!", "、") if _cell(run[0]) else source
    return f"{'、'.join(shown)}：{escape(source)}"


def _heading() -> dict[str, Any]:
    metadata = {"halfyear": {"section": SECTION}, "tags": ["attachment"]}
    return {"cell_type": "markdown", "id": f"{SECTION}-1", "metadata": metadata, "source": "## 数据来源"}


def _shown(html: str) -> dict[str, Any]:
    output = {"output_type": "display_data", "data": {"text/html": html, "text/plain": "数据来源"}, "metadata": {}}
    return {
        "cell_type": "code",
        "id": f"{SECTION}-2",
        "metadata": {
            "halfyear": {"section": SECTION},
            "tags": ["attachment", "remove-input"],
            "jupyter": {"source_hidden": True},
        },
        "source": "",
        "outputs": [output],
        "execution_count": None,
    }
