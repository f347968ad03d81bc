"""The gates before publishing: what is looked at, by which rule, and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..findings import Finding, Place, Said
from ..findings.catalogue import codes
from ..formats import report_files
from ..period import Period
from ..vouch.ledgers import Ledgers
from .accessibility import accessibility, fonts
from .privacy import leaks, privacy
from .small_cells import small_cells


@dataclass(frozen=True)
class Gate:
    """One thing that was looked at: ``name`` and ``rule`` in Chinese, and its faults; only errors stop publishing."""

    name: str
    rule: str
    faults: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing stops publishing here."""
        return not self.faults


@dataclass(frozen=True)
class Candidate:
    """A public edition that is to leave.

    ``files`` are the finished formats by file name, ``body`` the semantic body they were made from, ``metadata`` the
    ``metadata.halfyear`` of its notebook. ``ledgers`` are all ledgers, internal records among them; ``problems`` what
    their checks said; ``findings`` what was found about the numbers and names of this edition and whether the outputs
    are intact and current; ``failed`` the titles of sections that could not be made; ``withheld`` what the edition
    leaves out; ``coverage`` how many rows of the ledgers are in each state; ``addresses`` e-mail addresses that may leave.
    """

    period: Period
    files: Mapping[str, bytes]
    body: str
    metadata: Mapping[str, Any]
    ledgers: Ledgers
    problems: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    failed: tuple[str, ...] = ()
    withheld: tuple[Finding, ...] = ()
    addresses: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    coverage: Mapping[str, int] = field(default_factory=dict)


def review(candidate: Candidate) -> tuple[Gate, ...]:
    """Look at everything that must hold before a report is published, all of it, however much is wrong."""
    found = candidate.findings
    numbers = [one for one in found if one.code in _NUMBERS]
    outputs = [one for one in found if one.code.startswith(("output-", "input-", "tool-"))]
    content = [one for one in found if one.code in _CONTENT]
    others = [one for one in found if one not in (*numbers, *outputs, *content)]
    return (
        _gate("台账检查", "各台账的格式、取值和勾稽规则", candidate.problems),
        _gate("数字溯源", "每个数字有台账单元格可查，或属已登记的名称", numbers, stops=("untraced",)),
        _gate("前后一致", "同一对象、指标、时点只有一个数，名称写法统一", others),
        _gate(
            "内容完整",
            "各种格式、各节、台账各行齐备，无草稿标记",
            [*_incomplete(candidate), *content],
            stops=("left-out", "left-unfilled", "near-a-key"),
        ),
        _gate("文件一致", "文件与清单一致，台账此后没有改动", outputs, stops=_STALE),
        _gate(
            "公开属性",
            "内部记录不出现在任何文件中（条例第十六条）",
            leaks(candidate.files, candidate.ledgers),
            notes=candidate.withheld,
        ),
        _gate(
            "个人信息",
            "无证件号、手机号、卡号、邮箱（条例第十五条）",
            privacy(candidate.files, allowed=candidate.addresses),
            notes=small_cells(candidate.body, candidate.ledgers),
        ),
        _gate("字体嵌入", "PDF 所用字体全部嵌入（GB/T 23286）", fonts(candidate.files)),
        _gate("无障碍", "语言、标题、表头、替代文字齐备（PDF/UA）", accessibility(candidate.files)),
    )


_STALE = tuple(code for code in codes() if code.startswith("input-"))
_CONTENT = ("left-out", "left-unfilled", "near-a-key", "stated-there-only", "placeholder-printed")
_NUMBERS = ("untraced", "no-source", "not-a-source", "no-such-cell", "not-as-stated", "not-as-calculated")

_REPORT = Place(passage=Said("the-report"))


def _gate(
    name: str, rule: str, faults: Iterable[Finding], *, stops: tuple[str, ...] = (), notes: Iterable[Finding] = ()
) -> Gate:
    """A gate at which errors, and warnings whose code is in ``stops``, end the way."""
    each = list(faults)
    stopped = tuple(one for one in each if one.severity == "error" or one.code in stops)
    return Gate(name, rule, stopped, (*(one for one in each if one not in stopped), *notes))


def _incomplete(candidate: Candidate) -> Iterator[Finding]:
    yield from (Finding("file-missing", Place(name)) for name in report_files() if not candidate.files.get(name))
    yield from (Finding("section-missing", _REPORT, title) for title in candidate.failed)
    if candidate.metadata.get("draft"):
        yield Finding("draft", _REPORT)
    if candidate.metadata.get("edition") != "public":
        yield Finding("not-public", _REPORT, str(candidate.metadata.get("edition", "")))
