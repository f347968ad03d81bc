"""审查单: one page on what was looked at before publishing, with blanks for those who answer for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from ..findings.catalogue import message
from ..own_files import digest
from .gates import Candidate, Gate
from .sheets import sheet_notebook, sheet_table

_SIGNERS = ("拟稿人", "科室负责人", "保密审查人", "分管领导")


def review_notebook(candidate: Candidate, gates: Sequence[Gate]) -> dict[str, Any]:
    """The sheet as a notebook for the same renderers as the report; no date, no name and nothing personal in it."""
    return sheet_notebook(
        "信息发布审查单", candidate.metadata, {"gates": _gates(gates, candidate), "signers": _signers()}
    )


def _gates(gates: Sequence[Gate], candidate: Candidate) -> str:
    rows = [(gate.name, gate.rule, _result(gate)) for gate in gates]
    said = "；".join(f"{name} {digest(data)[:16]}" for name, data in candidate.files.items())
    note = f"{_rows(candidate)}条例指《中华人民共和国政府信息公开条例》。发布文件及其 SHA-256 前16位：{said}。{_hints(gates)}"
    return sheet_table(
        "review-gates", f"{candidate.metadata.get('title', '')}（公开版）", ("项目", "要求和依据", "结果"), rows, note
    )


def _rows(candidate: Candidate) -> str:
    """How many rows the ledgers have, and what became of them."""
    count = candidate.coverage
    if not count:
        return ""
    there_only = count.get("stated-there-only", 0)
    stated = f"{count.get('stated', 0) + there_only} 行" + (f"（{there_only} 行只在“其他”）" if there_only else "")
    others = {"不公开": "kept-back", "未填报": "not-filled", "未入文": "left-out"}
    said = "".join(f"，{name} {count[state]} 行" for name, state in others.items() if count.get(state))
    return f"台账 {sum(count.values())} 行，入文 {stated}，备查 {count.get('for-reference', 0)} 行{said}。"


def _result(gate: Gate) -> str:
    if not gate.passed:
        return f"不通过（{len(gate.faults)}）"
    return f"通过（提示{len(gate.warnings)}）" if gate.warnings else "通过"


def _hints(gates: Sequence[Gate]) -> str:
    """What kinds of hints there are and how many of each; nothing of what was found, for the sheet is published, too."""
    counts = Counter((gate.name, hint.code) for gate in gates for hint in gate.warnings)
    said = (f"{name}{count}处，{_kind(code)}" for (name, code), count in counts.items())
    return f"提示：{'；'.join(said)}。" if counts else ""


def _kind(code: str) -> str:
    """The wording of a finding without its particulars."""
    return escape(re.sub(r"{[^{}]*}", "…", message(code).zh)).rstrip("。")


def _signers() -> str:
    return sheet_table("review-signers", "审签", ("环节", *_SIGNERS), [("意见、签名、日期", *[""] * len(_SIGNERS))])
