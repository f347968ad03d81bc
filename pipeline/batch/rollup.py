"""An upper office's ledgers made from the finished reports of its units: what each states, and what that comes to.

Figures are one thing where ledger, chapter, initiative, subject and measure are the same, and 口径, date and unit of measure
where a unit itself states several (当期 beside 本年累计). Their sum is made where all share one unit of measure, one 口径 and one date;
else it is left blank, and who differs is told. Rates, ranks and changes
are never summed. Both ledgers are written whole and by this alone: a record beside the workspace's data
(``rollup/PERIOD/record.json``) says which files are ours, and ``lineage.csv`` there leads from each cell to the units' own.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..begin.shipped import UPPER
from ..errors import WorkspaceError
from ..facts import Fact
from ..facts.figure_text import AFTER
from ..findings import Finding
from ..findings.words import few
from ..ledger import schema
from ..own_files import digest, digest_of
from ..period import Period
from ..swap import replace_whole
from ..workspace import Workspace
from .lineage import LINEAGE, KnownUnit, Record, Step, lineage_table, signature
from .rows_within import rows_within, wholes_of
from .stated_figures import FIGURES, MIXED, TOTALS, Key, StatedFigure, stated_figures
from .units_table import Unit

_HEADINGS = {
    TOTALS: ("台账", "板块", "改革事项", "对象", "指标", "合计", "限定词", "单位", "口径", "截至", "范围", "含于行", "公开属性", "备注"),
    FIGURES: (
        "行政区划代码", "单位名称", "台账", "板块", "改革事项", "对象", "指标", "数值", "限定词", "单位", "口径", "截至", "含于行", "公开属性", "备注",
    ),
}  # fmt: skip
_MARK = "由 halfyear rollup 生成"
_OPEN = "主动公开"


@dataclass(frozen=True)
class RolledUp:
    """What was written: how many ``figures`` of how many units came to how many ``totals``; ``findings`` tell which units
    are missing and what could not be summed. ``changed`` says whether a ledger now has other content."""

    figures: int
    units: int
    totals: int
    findings: tuple[Finding, ...]
    changed: bool


def roll_up(
    workspace: Workspace, period: Period, units: Sequence[tuple[Unit, Path]], *, left_out: Collection[str] = ()
) -> RolledUp:
    """Write the generated ledgers of ``workspace`` for ``period``.

    Args:
        units: the units below, each with the folder of its finished report.
        left_out: the codes of units that count as missing, whatever stands in their folders.

    Raises:
        UnknownPeriod: the workspace has no data for the period.
        WorkspaceError: a ledger of that name is there that somebody keeps by hand or edited.
        HalfyearError: a unit's report, or a ledger behind it, is not what its manifest says.
    """
    tables = workspace.data(period) / "tables"
    _refuse_others(tables, Record.read(workspace, period).ledgers)
    there = [(unit, folder) for unit, folder in units if unit.code not in left_out and signature(folder)]
    missing = [unit for unit, folder in units if (unit, folder) not in there]
    below = [one for unit, folder in there for one in stated_figures(unit, str(period), folder)]
    found, faults = _apart([one for one in below if one.fact.stated])
    mixed = _mixed(one for one in below if not one.fact.stated)
    faults += [_missing(missing, len(there))] if missing else []
    rows: list[tuple[str, ...]] = []
    lineage: list[Step] = []
    things, wholes = list(_by_thing(found)), wholes_of(found)
    for number, (figures, within) in enumerate(zip(things, rows_within(things, wholes), strict=True), 2):
        total, covers, fault = _sum(figures, there, missing)
        faults += [fault] if fault else []
        covers += "".join(f"；{name}内{MIXED}，未合计" for name in mixed.get(figures[0].key, ()))
        rows.append(_total_row(figures, total, covers, within))
        lineage += [Step.to(TOTALS, number, "合计", one) for one in figures]
    for key in [key for key in mixed if key not in {one.key for one in found}]:
        covers = f"{MIXED}，未合计：{few(list(mixed[key])).zh}"
        rows.append(_total_row(list(mixed[key].values()), None, covers, ""))
        faults.append(Finding("rollup-mixed", value=key.words, params={"differing": tuple(mixed[key])}))
    lineage += [Step.to(FIGURES, number, "数值", one) for number, one in enumerate(found, 2)]
    each = map(_figure_row, found, rows_within([[one] for one in found], wholes))
    declarations = _declarations(workspace)
    written = {
        **declarations,
        tables / f"{TOTALS}.csv": _table(TOTALS, rows, _columns(workspace, period, TOTALS, declarations)),
        tables / f"{FIGURES}.csv": _table(FIGURES, each, _columns(workspace, period, FIGURES, declarations)),
        Record.of(workspace, period).folder / LINEAGE: lineage_table(lineage),
    }
    known = [KnownUnit.of(unit, folder, workspace.root, left_out=unit in missing) for unit, folder in units]
    changed = _write(workspace, period, written, known, faults)
    return RolledUp(len(found), len(there), len(rows), tuple(faults), changed)


# -- one measure -----------------------------------------------------------------------------------------


def _apart(stated: Sequence[StatedFigure]) -> tuple[list[StatedFigure], list[Finding]]:
    """The figures that a row each can tell apart, and what is wrong with the others: rates that nothing but a person's
    column tells from each other can neither be summed nor stand side by side."""
    often = Counter((one.unit.code, one.key, one.span) for one in stated)
    found: list[StatedFigure] = []
    left: dict[object, tuple[StatedFigure, list[str]]] = {}
    for one in stated:
        if often[name := (one.unit.code, one.key, one.span)] == 1 or one.fact.quantity.adds_up:
            found.append(one)
        else:
            left.setdefault(name, (one, []))[1].extend(one.cells)
    faults = [
        Finding("rollup-alike", value=one.key.words, params={"unit": one.unit.name, "cells": few(cells, 3)})
        for one, cells in left.values()
    ]
    return found, faults


def _mixed(unmade: Iterable[StatedFigure]) -> dict[Key, dict[str, StatedFigure]]:
    """The totals that units could not make of their own units' figures, by what they are of and the unit's name."""
    found: dict[Key, dict[str, StatedFigure]] = defaultdict(dict)
    for one in unmade:
        found[one.key][one.unit.name] = one
    return found


def _by_thing(found: Iterable[StatedFigure]) -> Iterator[list[StatedFigure]]:
    """The figures that are one thing, in the order of the first of them."""
    by_key: dict[Key, list[StatedFigure]] = defaultdict(list)
    for one in found:
        by_key[one.key].append(one)
    for figures in by_key.values():
        apart = [field for field in ("basis", "as_of", "measured_in") if _tells_apart(figures, field)]
        by_name: dict[tuple[str, ...], list[StatedFigure]] = defaultdict(list)
        for one in figures:
            by_name[tuple(getattr(one, field) for field in apart)].append(one)
        yield from by_name.values()


def _tells_apart(figures: Iterable[StatedFigure], field: str) -> bool:
    """Whether some unit states figures that differ in a field: it then belongs to their name."""
    stated = {(one.unit.code, getattr(one, field)) for one in figures}
    return len(stated) > len({code for code, _ in stated})


def _sum(
    figures: Sequence[StatedFigure], there: Sequence[tuple[Unit, Path]], missing: Sequence[Unit]
) -> tuple[Fact | None, str, Finding | None]:
    """The sum of one measure, what it covers in words, and what is wrong where there can be none."""
    by_span: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in figures:
        by_span[one.span].append(one.unit.name)
    if len(by_span) > 1:
        differing = [f"{few(names, 3).zh}（{_span(span)}）" for span, names in by_span.items()]
        text = f"{MIXED}，未合计：{'；'.join(differing)}"
        return None, text, Finding("rollup-mixed", value=figures[0].key.words, params={"differing": tuple(differing)})
    stating = {one.unit.code for one in figures}
    without = [unit.name for unit, _ in there if unit.code not in stating] + [unit.name for unit in missing]
    covers = f"含{len(stating)}个单位" + (f"，缺{len(without)}个：{few(without).zh}" if without else "")
    if gaps := [f"{one.unit.name}{one.gap}" for one in figures if one.gap]:
        covers += f"；其中{'，'.join(gaps)}"
    if any(not one.fact.quantity.adds_up for one in figures):
        return None, f"{covers}；比率、位次和变化不求和", None
    return sum((one.fact for one in figures[1:]), figures[0].fact), covers, None


def _span(span: tuple[str, str, str]) -> str:
    unit, basis, as_of = span
    return "，".join((f"单位{unit or '空'}", f"口径{basis or '空'}", f"截至{as_of or '空'}"))


def _missing(missing: Sequence[Unit], there: int) -> Finding:
    names = few([unit.name for unit in missing])
    return Finding("rollup-missing", params={"there": there, "missing": len(missing), "names": names})


# -- rows --------------------------------------------------------------------------------------------------


def _total_row(figures: Sequence[StatedFigure], total: Fact | None, covers: str, within: str) -> tuple[str, ...]:
    first = figures[0]
    unit, basis, as_of = first.span if len({one.span for one in figures}) == 1 else ("", "", "")
    disclosure = next((one.disclosure for one in figures if one.disclosure != _OPEN), _OPEN)
    value, qualifier = _stated(total) if total is not None else ("/" if "不求和" in covers else "", "")
    return (*first.key, value, qualifier, unit, basis, as_of, covers, within, disclosure, _MARK)


def _figure_row(one: StatedFigure, within: str) -> tuple[str, ...]:
    unit, basis, as_of = one.span
    value, qualifier = _stated(one.fact)
    return (one.unit.code, one.unit.name, *one.key, value, qualifier, unit, basis, as_of, within, one.disclosure, _MARK)


def _stated(fact: Fact) -> tuple[str, str]:
    """A figure and the hedge behind its unit, each as its column takes it."""
    quantity = fact.quantity
    return quantity.number, quantity.qualifier if quantity.qualifier in AFTER else ""


def _table(ledger: str, rows: Iterable[Sequence[str]], columns: Collection[str]) -> str:
    """The file; "" where there are no rows."""
    kept = [place for place, heading in enumerate(_HEADINGS[ledger]) if heading in columns]
    lines = [[row[place] for place in kept] for row in (_HEADINGS[ledger], *rows)]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines)
    return f"\ufeff{text.getvalue()}" if len(lines) > 1 else ""


# -- files -------------------------------------------------------------------------------------------------


def _declarations(workspace: Workspace) -> dict[Path, str]:
    """The two ledgers' declarations, as they are to be; one that somebody changed is left as it is."""
    known = {one for record in Record.all(workspace) for digests in record.ledgers.values() for one in digests}
    files = {workspace.root / "ledgers" / path.name: path for path in sorted(UPPER.glob("*.toml"))}
    return {
        to: path.read_text(encoding="utf-8") for to, path in files.items() if not to.exists() or digest_of(to) in known
    }


def _columns(workspace: Workspace, period: Period, ledger: str, declarations: Collection[Path]) -> Collection[str]:
    """The columns that a ledger has: those of a declaration that somebody changed, which may lack what came later."""
    ours = workspace.root / "ledgers" / f"{ledger}.toml" in declarations
    return _HEADINGS[ledger] if ours else schema(workspace.data(period), ledger).headings()


def _refuse_others(tables: Path, known: Mapping[str, Sequence[str]]) -> None:
    """Hold that the ledgers in the way are those that were generated, as they were."""
    for name in (f"{TOTALS}.csv", f"{FIGURES}.csv"):
        file = tables / name
        if os.path.lexists(file) and (file.is_symlink() or digest_of(file) not in known.get(name, ())):
            raise WorkspaceError("rollup-in-the-way", file=file)


def _write(
    workspace: Workspace,
    period: Period,
    written: Mapping[Path, str],
    known: Sequence[KnownUnit],
    told: Sequence[Finding],
) -> bool:
    """Put the files there; whether any of them is new."""
    record, before = Record.of(workspace, period), Record.read(workspace, period)
    new = {file.name: digest(text.encode()) for file, text in written.items()}
    both = {name: sorted({one, *before.ledgers.get(name, ())}) for name, one in new.items()}
    # the record vouches for the ledgers, at every instant: for old and new while they are replaced, and for these units'
    # reports only when all of them are there
    record.write(both, before.units, before.told)
    for file, text in written.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(file, text) if text else file.unlink(missing_ok=True)  # an empty ledger would be one to fill in
    record.write({name: [one] for name, one in new.items()}, known, told)
    return any(before.ledgers.get(name) != [one] for name, one in new.items())
