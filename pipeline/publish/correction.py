"""Correcting a published edition: 更正说明 says each figure as it was and as it is, and the old files stay beside it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from ..archive import ChangedFigure, changed_figures
from ..archive.content import Content
from ..archive.difference import fact_changes
from ..archive.released import NOTICE, RECORD, corrections
from ..document.cell_notation import CellNotation
from ..errors import ReleaseError
from ..facts.element import escaped
from ..findings import Counted, Finding
from ..own_files import is_litter
from .gates import Candidate
from .sheets import sheet_notebook, sheet_table

BEFORE = "before-correction"  # before-correction-1/


class Correction(NamedTuple):
    """One correction of a published edition: its number, the reason given, and the figures."""

    number: int
    reason: str
    figures: tuple[ChangedFigure, ...]

    @property
    def notice(self) -> str:
        """What its files are called, without their form."""
        return f"{NOTICE}-{self.number}"

    @property
    def before(self) -> str:
        """The folder of the files that it replaced."""
        return f"{BEFORE}-{self.number}"

    def as_record(self) -> dict[str, Any]:
        """As ``release.json`` has it."""
        changed = [[one.cells, one.before, one.after] for one in self.figures]
        return {"number": self.number, "reason": self.reason, "figures": len(self.figures), "changed": changed}


def correction_of(candidate: Candidate, folder: Path, reason: str) -> Correction | None:
    """The correction that publishing ``candidate`` over the edition in ``folder`` is; None where no figure differs.

    Raises:
        ReleaseError: figures differ and no ``reason`` is given; or one is, and nothing is published there.
    """
    if not (folder / RECORD).is_file():
        if reason:
            raise ReleaseError("nothing-to-correct", folder=folder, period=candidate.period)
        return None
    figures = _figures(candidate, folder)
    if figures and not reason:
        told = [Finding("published-otherwise", params=one.params()) for one in figures]
        raise ReleaseError(
            "needs-correction", details=told, period=candidate.period, figures=Counted(len(figures), "figure")
        )
    return Correction(len(corrections(folder)) + 1, reason, figures) if figures else None


def of_corrections(folder: Path) -> Iterator[Path]:
    """What in the folder of a published edition is there for its corrections, and stays."""
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    yield from (path for path in there if path.name.startswith((f"{NOTICE}-", f"{BEFORE}-")))


def corrected_files(folder: Path) -> Iterator[Path]:
    """What a correction of the edition in ``folder`` replaces, and keeps."""
    kept = {path.name for path in of_corrections(folder)}
    yield from (path for path in sorted(folder.iterdir()) if path.name not in kept and not is_litter(path.name))


def notice_notebook(candidate: Candidate, made: Correction) -> dict[str, Any]:
    """更正说明 as a notebook."""
    title = str(candidate.metadata.get("title", ""))
    rows = [
        (str(number), one.where.zh, one.before or "（原无）", one.after or "（删去）", one.cells)
        for number, one in enumerate(made.figures, 1)
    ]
    lead = f"《{escaped(title)}》（公开版）发布后，下列数据经核对有误，现予更正。更正原因：{escaped(made.reason)}"
    cells = {
        "lead": lead + ("" if made.reason.endswith(("。", "！", "？")) else "。"),
        "figures": sheet_table(
            "corrected",
            f"{escape(title)}更正数据",
            ("序号", "所在位置", "原为", "更正为", "台账单元格"),
            rows,
            f"更正前发布的文件保存在 {made.before} 文件夹。",
        ),
    }
    return sheet_notebook("更正说明", candidate.metadata, cells)


def _figures(candidate: Candidate, folder: Path) -> tuple[ChangedFigure, ...]:
    page, notation = "report.html", CellNotation(candidate.metadata.get("ledgers", {}))
    if not (folder / page).is_file():
        return ()
    before, after = (folder / page).read_text(encoding="utf-8"), candidate.files[page].decode()
    return changed_figures(fact_changes(*(Content.of(one, notation) for one in (before, after))))
