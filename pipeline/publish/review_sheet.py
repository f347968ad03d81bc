"""审查单: one page on what was looked at before publishing, with blanks for those who answer for it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape
from typing import Any

from .gates import Candidate, Gate

_SIGNERS = ("拟稿人", "科室负责人", "保密审查人", "分管领导")


def review_notebook(candidate: Candidate, gates: Sequence[Gate]) -> dict[str, Any]:
    """The sheet as a notebook for the same renderers as the report; no date, no name and nothing personal in it."""
    said = candidate.metadata
    title = "信息发布审查单"
    cells = [
        _cell("title", f"# {title}"),
        _cell("gates", _gates(gates, candidate)),
        _cell("signers", _signers()),
    ]
    kept = {key: said[key] for key in ("period", "label", "office", "bureau", "lang") if key in said}
    metadata = {"title": title, "halfyear": {**kept, "title": title, "draft": False, "edition": "public", "signed": ""}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _cell(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": f"review-{name}", "metadata": {}, "source": source}


def _gates(gates: Sequence[Gate], candidate: Candidate) -> str:
    rows = [(gate.name, gate.rule, _result(gate)) for gate in gates]
    said = "；".join(f"{name} {hashlib.sha256(data).hexdigest()[:16]}" for name, data in candidate.files.items())
    note = f"{_rows(candidate)}条例指《中华人民共和国政府信息公开条例》。发布文件及其 SHA-256 前16位：{said}。"
    return _table(
        "review-gates", f"{candidate.metadata.get('title', '')}（公开版）", ("项目", "要求和依据", "结果"), rows, note
    )


def _rows(candidate: Candidate) -> str:
    """How many rows the ledgers have, and what became of them."""
    count = candidate.coverage
    if not count:
        return ""
    there_only = count.get("stated-there-only", 0)
    stated = f"{count.get('stated', 0) + there_only} 行" + (f"（{there_only} 行只在“其他”）" if there_only else "")
    others = {"不公开": count.get("kept-back", 0), "未入文": count.get("left-out", 0)}
    said = "".join(f"，{name} {number} 行" for name, number in others.items() if number)
    return f"台账 {sum(count.values())} 行，入文 {stated}，备查 {count.get('for-reference', 0)} 行{said}。"


def _result(gate: Gate) -> str:
    if not gate.passed:
        return f"不通过（{len(gate.faults)}）"
    return f"通过（提示{len(gate.warnings)}）" if gate.warnings else "通过"


def _signers() -> str:
    pairs = zip(_SIGNERS[::2], _SIGNERS[1::2], strict=True)
    heads = ("环节", "意见、签名、日期", "环节", "意见、签名、日期")
    return _table("review-signers", "审签", heads, [(one, "", other, "") for one, other in pairs])


def _table(name: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> str:
    head = "".join(f'<th scope="col">{title}</th>' for title in heads)
    body = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(one) or '　'}</td>" for one in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<figure class="table" id="{name}">\n<figcaption>{caption}</figcaption>\n<table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
        + (f'<p class="note">注：{note}</p>\n' if note else "")
        + "</figure>"
    )
