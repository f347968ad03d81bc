"""Finished reports in a folder of outputs, made as a build makes them, and the ledgers they were made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas
from material import frame, report, says

from pipeline.archive.collection import Archive
from pipeline.document.cell_notation import CellNotation
from pipeline.document.manifest import describe, write_manifest
from pipeline.document.record import read_facts, write_facts
from pipeline.notebook_file import write_notebook
from pipeline.period import Period
from pipeline.render import render_html, semantic_body
from pipeline.vouch import Ledgers

TOLD_BY = {"indicators": ("initiative", "subject", "measure"), "cases": ("kind",)}
CALLED = {"indicators": "指标", "cases": "案件"}


def ledger(table: str, *rows: dict[str, str]) -> pandas.DataFrame:
    """A ledger that says what tells its rows apart."""
    made = frame(table, *rows)
    made.attrs |= {"called": CALLED[table], "told_by": [name for name in TOLD_BY[table] if name in made]}
    return made


def handled(value: str, *, subject: str = "一业一证", **more: str) -> dict[str, str]:
    """A row of the indicators."""
    return {"subject": subject, "measure": "办件量", "value": value, **more}


class Shelf:
    """A folder of outputs with a report a half-year."""

    def __init__(self, outputs: Path) -> None:
        self.outputs, self.ledgers = outputs, {}

    def put(
        self,
        period: str,
        *frames: pandas.DataFrame,
        cells: tuple[dict[str, Any], ...] = (),
        edition: str = "internal",
        **said: Any,
    ) -> Path:
        """A finished report that says every figure of ``frames``, or the cells given."""
        at = Period.parse(period)
        stitched = report(*(cells or (says(_sentence(frames)),)), edition=edition)
        about = {"period": period, "label": at.label, "signed": str(at.last), "title": f"{at.label}工作总结", **said}
        stitched["metadata"]["halfyear"] |= about
        body = semantic_body(stitched)
        folder = self.outputs / period
        folder.mkdir(parents=True)
        write_notebook(folder / "report.ipynb", stitched)
        (folder / "report.html").write_text(render_html(body, stitched["metadata"]["halfyear"]), encoding="utf-8")
        said_by = CellNotation({})  # of ledgers that nobody named
        facts = [replace(fact, cells=said_by.written(fact.sources)) for fact in read_facts(body)]
        write_facts(facts, folder / "facts.csv")
        parameters = {"period": period, "edition": edition}
        sections = [{"name": "reform", "title": "改革创新", "failed": False}]
        made = describe(
            inputs={}, outputs=folder, parameters=parameters, checks=[], sections=sections, asked={}, fonts=[]
        )
        write_manifest(made, folder / "manifest.json")
        self.ledgers[at] = Ledgers.of(frames)
        return folder

    def archive(self, published: Path | None = None) -> Archive:
        """What the reports put here say, and what is said of the corrections of published ones."""
        return Archive.of(self.outputs, lambda one: self.ledgers[one.period], published)

    def rows(self) -> dict[tuple[str, str, str, str], dict[str, str]]:
        """The history: subject, measure, unit and 口径 of a series → what each half-year's report says."""
        return {
            (line.thing.subject, line.thing.measure, line.thing.unit, line.thing.basis): {
                str(point.period): line.said(point) for point in line.points
            }
            for line in self.archive().history.series
        }


def _sentence(frames: tuple[pandas.DataFrame, ...]) -> str:
    facts = [
        fact for rows in frames for name in ("value", "count") if name in rows for fact in rows[name] if fact.stated
    ]
    return "；".join(f"办理{fact}" for fact in facts) + "。"
