"""A small report for the tests of releasing: ledgers, two executed section notebooks, and what stitching makes of them."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pandas

from pipeline import render
from pipeline.document.carried import CarriedFact, carried
from pipeline.facts import Fact, Quantity, Sources, When
from pipeline.notebook import Table, table
from pipeline.period import Period
from pipeline.publish import Candidate
from pipeline.render.body import semantic_body
from pipeline.render.stitch import Chapter, stitch
from pipeline.report_settings import ReportSettings
from pipeline.vouch import Ledgers, Literals, audit
from pipeline.workspace import SectionNotebook

PERIOD = Period.parse("2021H1")
SETTINGS = ReportSettings(
    title="政策法规科2021年上半年工作总结", office="政策法规科", bureau="槐荫区行政审批服务局", district="槐荫区",
    city="济南市", signed=PERIOD.last, opening="", draft=False,
)  # fmt: skip
_VALUES = {"value": "数值", "count": "件数", "audience": "接待群众"}
_DATES = {"as_of": "截至", "date": "日期", "month": "月份"}
_TEXTS = {
    "initiative": "改革事项", "subject": "对象", "measure": "指标", "text": "内容", "title": "文件名称", "number": "文号",
    "issuer": "发文机关", "disclosure": "公开属性", "note": "备注", "kind": "类型", "cause": "案由", "activity": "活动",
    "name": "名称", "event": "事件", "detail": "说明", "received": "收案日期", "basis": "口径",
}  # fmt: skip
HEADINGS = _VALUES | _DATES | _TEXTS
ROLES = dict.fromkeys(_VALUES, "figure") | dict.fromkeys(_DATES, "as-of") | {
    "initiative": "initiative", "subject": "subject", "measure": "measure", "text": "words", "title": "document-name",
    "number": "document-number", "issuer": "office", "disclosure": "disclosure", "note": "note", "kind": "subject",
    "cause": "circumstance", "activity": "subject", "name": "initiative-name", "event": "item", "detail": "detail",
    "received": "as-of", "basis": "basis",
}  # fmt: skip
IDENTIFYING = ["kind", "cause", "received", "detail"]


def frame(name: str, *rows: dict[str, str], period: str = "") -> pandas.DataFrame:
    """A ledger as ``ledger.read`` gives it; a stated value is written like ``22小时``."""
    source = f"{period}tables/{name}.csv"
    fields = list(dict.fromkeys(field for row in rows for field in row))
    cells = [
        {field: _cell(field, row.get(field, ""), source, number) for field in fields}
        for number, row in enumerate(rows, 2)
    ]
    made = pandas.DataFrame(cells, index=pandas.RangeIndex(2, len(rows) + 2, name="row"), dtype=object)
    made.attrs = {"source": source, "headings": HEADINGS, "roles": ROLES, "identifying": IDENTIFYING}
    return made


def _cell(field: str, text: str, source: str, row: int) -> Any:
    where = Sources.cell(source, row, HEADINGS[field])
    if field in _VALUES:
        return Fact(Quantity.parse(text), where)
    return When.parse(text) if field in _DATES else text


INDICATORS = frame(
    "indicators",
    {"subject": "一业一证", "measure": "办件量", "value": "322件", "as_of": "2021-06"},
    {"subject": "一链办理", "measure": "办件量", "value": "190件", "as_of": "2021-06"},
    {"subject": "加班", "measure": "累计", "value": "22小时", "disclosure": "内部"},
    {"subject": "参与城市", "measure": "数量", "value": "7个", "text": "济南等7个城市"},
)
POLICIES = frame(
    "policies",
    {"title": "《关于推进“一窗受理”的协议书》", "number": "国办发〔2020〕35号", "issuer": "国务院办公厅"},
    {"title": "“2021年度普法工作实施方案”", "issuer": "政策法规科"},
    {"title": "《内部请示第9稿》", "disclosure": "内部"},
)
FRAMES = (INDICATORS, POLICIES)
LEDGERS = Ledgers.of(FRAMES)


def value(row: int, rows: pandas.DataFrame = INDICATORS) -> Fact:
    """The figure of a row, as a notebook has it."""
    return rows.loc[row, "value"]


def markdown(text: str, *tags: str) -> dict[str, Any]:
    """A text cell."""
    return {"cell_type": "markdown", "id": "m", "metadata": {"tags": list(tags)}, "source": text}


def says(text: str) -> dict[str, Any]:
    """A code cell that words a paragraph."""
    return _code({"text/markdown": text, "text/plain": "x"})


def shows(html: str, png: str = "") -> dict[str, Any]:
    """A code cell that shows a table or a chart."""
    return _code({"text/html": html, "text/plain": "x"} | ({"image/png": png} if png else {}))


def _code(data: dict[str, str]) -> dict[str, Any]:
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    return {"cell_type": "code", "id": "c", "metadata": {}, "source": "", "outputs": [output], "execution_count": None}


def handled(rows: pandas.DataFrame = INDICATORS) -> Table:
    """The table of what was handled."""
    columns = {"subject": "改革事项", "value": "办件量"}
    return table(rows.iloc[:2], columns, name="handled", caption="各改革事项办件量", unit="件")


def chart(alt: str, *, label: str = "一业一证", caption: str = "办件量", name: str = "bars") -> str:
    """A chart; ``label`` stands in its drawing."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>{label}</text></svg>'
    source = base64.b64encode(svg.encode()).decode()
    return (
        f'<figure class="chart" id="{name}">\n<img alt="{alt}" src="data:image/svg+xml;base64,{source}">\n'
        f"<figcaption>{caption}</figcaption>\n</figure>"
    )


def behind(*facts: Fact) -> str:
    """The attribute with which a chart carries ``facts``."""
    said = (
        CarriedFact(one.quantity.number, one.quantity.plain, one.quantity.qualifier, one.derivation, str(one.sources))
        for one in facts
    )
    return carried(list(said))


def notebook(*cells: dict[str, Any], title: str = "改革创新") -> dict[str, Any]:
    """An executed section notebook."""
    return {"cells": [markdown(f"# {title}"), *cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def report(*cells: dict[str, Any], opening: str = "", edition: str = "internal", draft: bool = False) -> dict[str, Any]:
    """The stitched report of one section with these cells."""
    chapter = Chapter(SectionNotebook(Path("01-reform.ipynb"), 1, "reform", "改革创新"), notebook(*cells))
    settings = SETTINGS if not draft else ReportSettings(**{**SETTINGS.__dict__, "draft": True})
    stitched = stitch([chapter], settings, PERIOD, opening=opening, edition=edition)
    for cell in stitched["cells"]:
        for output in cell.get("outputs", ()):
            html = output["data"].get("text/html", "")
            output["data"] |= {"text/html": html.replace('id="bars">', f'id="bars"{behind(value(2))}>')} if html else {}
    return stitched


def body(stitched: dict[str, Any]) -> str:
    """The semantic body of a stitched report."""
    return semantic_body(stitched)


def candidate_of(stitched: dict[str, Any], **more: Any) -> Candidate:
    """A stitched notebook rendered and audited, as it would be published."""
    files = {f"report.{form}": render.to_bytes(form, stitched) for form in ("html", "pdf", "docx")}
    literals = Literals.load(PERIOD, signed=SETTINGS.signed, names=LEDGERS.public.names)
    found = audit(body(stitched), literals, ledgers=LEDGERS, notebook=stitched).findings
    said = stitched["metadata"]["halfyear"]
    return Candidate(PERIOD, files, body(stitched), said, LEDGERS, findings=found, **more)
