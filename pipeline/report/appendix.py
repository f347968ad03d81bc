"""The list of sources at the end of a report: each fact, where it stands, and the ledger cells behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from ..document.record import RecordedFact

SECTION = "sources"
_HEADS = ("序号", "所在位置", "报告中的数", "数据来源")
_NOTE = "本表所列各数按在报告中出现的先后排列；来源写作“工作表!列行”（如 指标!E5），与 Excel 显示的一致。"


def appendix_cells(
    facts: Sequence[RecordedFact], titles: Mapping[str, str], worded: Callable[[str, str], str]
) -> list[dict[str, Any]]:
    """The cells of 数据来源, to be put after the last cell of the stitched notebook; none where there are no facts.

    Each row is ``<tr data-fact="12">``, 12 being the fact's number in facts.csv: what ``document.record.link_facts`` needs
    to lead from a number to its row and back. Its figures are text, not facts, so that nothing is counted twice.

    Args:
        facts: as read back from the report's body. titles: section → title.
        worded: puts ``data-source`` and derivation of a fact into words.
    """
    if not facts:
        return []
    head = "".join(f'<th scope="col">{title}</th>' for title in _HEADS)
    body = "\n".join(_row(fact, titles, worded) for fact in facts)
    html = (
        f'<figure class="table sources" id="{SECTION}-table">\n<figcaption>报告所列数据及其来源</figcaption>\n'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
        f'<p class="note">注：{_NOTE}</p>\n</figure>'
    )
    return [_heading(), _shown(html)]


def _row(fact: RecordedFact, titles: Mapping[str, str], worded: Callable[[str, str], str]) -> str:
    place = "，".join(filter(None, (titles.get(fact.section, fact.section), fact.place)))
    cells = (escape(place), escape(fact.printed), escape(worded(fact.sources, fact.derivation)))
    rest = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr data-fact="{fact.number}"><th scope="row">{fact.number}</th>{rest}</tr>'


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
