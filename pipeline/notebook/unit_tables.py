"""What each unit states, side by side: one row a unit, one column a measure, the largest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas

from ..facts import Fact
from ..facts.frame_cells import as_dicts
from ..facts.stated_words import bare

if TYPE_CHECKING:
    from ..facts.stated_words import StatedWords

_WIDEST = 4  # measures in one table
_APART = ("initiative", "unit", "basis", "as_of")  # what tells figures of one subject and measure apart
_SAID = ("initiative", "basis", "as_of")  # of it what is said behind the measure; the unit stands with the figures
_WHERE = ("chapter", "ledger")  # said only where nothing else tells them apart


def by_unit(figures: pandas.DataFrame) -> list[pandas.DataFrame]:
    """The rows of unit_figures as tables to show, a few measures each, those of one chapter together.

    Returns:
        Frames with the column ``office`` and one for each measure, blank where a unit does not state it;
        ``attrs["heads"]`` gives their headings, ``attrs["title"]`` what the table is of, ``attrs["goes_on"]`` （续）
        where it goes on with a chapter.

    Example:
        >>> by_unit(reform.table("indicators")[:0])
        []
    """
    found = []
    for title, rows in _chapters(figures):
        told = [rows[field].map(lambda said: bare(str(said))) for field in ("subject", "measure", *_APART)]
        measures = [one for _, one in rows.groupby(told, sort=False)]
        firsts = [as_dicts(rows[:1])[0] for rows in measures]
        apart = zip(firsts, _apart(firsts), strict=True)
        heads = [f"{first['subject']}{first['measure']}{behind}" for first, behind in apart]
        for first in range(0, len(measures), _WIDEST):
            some = slice(first, first + _WIDEST)
            found.append(_side_by_side(measures[some], heads[some]))
            found[-1].attrs |= {"title": title, "goes_on": "（续）" if first else ""}
    return found


def _chapters(figures: pandas.DataFrame) -> Iterator[tuple[str, pandas.DataFrame]]:
    """Rows of one chapter of the units' reports; those that name none by their ledger."""
    if figures.empty:
        return
    named = figures["chapter"].where(figures["chapter"] != "", figures["ledger"]).map(bare)
    yield from ((str(title), rows) for title, rows in figures.groupby(named, sort=False))


def told_apart(figures: pandas.DataFrame) -> pandas.DataFrame:
    """The rows of unit_totals or unit_figures, behind each measure what tells it from others called the same: 调度（跨省通办）.

    Example:
        >>> told_apart(reform.table("indicators")[:0])["measure"].tolist()
        []
    """
    told = figures.copy()
    told.attrs = dict(figures.attrs)
    rows = as_dicts(figures)
    measures = [f"{row['measure']}{behind}" for row, behind in zip(rows, _apart(rows), strict=True)]
    told["measure"] = pandas.Series(measures, index=figures.index, dtype=object)
    return told


def _apart(rows: Sequence[Mapping[Any, Any]]) -> list[str]:
    """Of each row in brackets what tells it from those of the same subject and measure, "" where there is none."""
    names = [(bare(row["subject"]), bare(row["measure"])) for row in rows]
    found = []
    for name, row in zip(names, rows, strict=True):
        alike = [other for called, other in zip(names, rows, strict=True) if called == name]
        differing = _differing(alike, _SAID)
        for field in _WHERE:
            alike = [one for one in alike if all(bare(str(one[name])) == bare(str(row[name])) for name in differing)]
            differing += _differing(alike, (field,))
        said = "，".join(f"{row[field]}" for field in differing if row[field])
        found.append(f"（{said}）" if said else "")
    return found


def _differing(rows: Sequence[Mapping[Any, Any]], fields: Sequence[str]) -> list[str]:
    return [field for field in fields if len({bare(str(row[field])) for row in rows}) > 1]


def _side_by_side(measures: list[pandas.DataFrame], called: list[str]) -> pandas.DataFrame:
    offices: dict[str, StatedWords] = {}
    columns: dict[str, dict[str, Fact]] = {}
    heads: dict[str, str] = {"office": "单位"}
    for number, (rows, head) in enumerate(zip(measures, called, strict=True)):
        name = f"measure_{number}"
        heads[name] = head
        columns[name] = dict(zip(rows["office"].map(str), rows["value"], strict=True))
        for office in rows["office"]:
            offices.setdefault(str(office), office)
    shown = pandas.DataFrame({"office": pandas.Series(list(offices.values()), dtype=object)})
    for name, values in columns.items():
        shown[name] = pandas.Series([values.get(office) for office in offices], dtype=object)
    ranked = sorted(range(len(shown)), key=lambda place: -_size(shown["measure_0"].iloc[place]))
    shown = shown.iloc[ranked].reset_index(drop=True)
    shown.attrs = {"heads": heads}
    return shown


def _size(fact: Fact | None) -> float:
    return float(fact.value) if fact is not None and fact.stated else float("-inf")
