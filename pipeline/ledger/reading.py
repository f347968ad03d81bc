"""A ledger as a frame: one row a source row, figures as facts that know their cell."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import reads
from ..errors import DataError, UsageError
from ..findings import ERROR, Finding, nearest_of
from .columns import DATE, FIGURE, Column, Ledger, Shared
from .declared_ledgers import ledgers_for
from .distinct import Coded
from .grid import Grid
from .places import Places, keep
from .records import Records
from .roles import Role

if TYPE_CHECKING:
    import pandas as pd

    from .declared_ledgers import DeclaredLedgers


MOST_KEPT = 10_000  # rows; who reads a longer ledger twice waits rather than holds it in memory
_KEPT: dict[tuple[str, str], tuple[str, pd.DataFrame]] = {}  # the last reading of each ledger and what it was read from
_RULES: dict[tuple[str, str], tuple[str, list[tuple[str, str]]]] = {}  # of each ledger of rules, alike


def read(folder: str | Path, table: str) -> pd.DataFrame:
    """The ledger ``table`` of ``data/PERIOD``, an empty frame where the folder has none.

    Columns have English field names: stated ones hold ``Fact``, dates ``When`` (false where blank), all others ``str``.
    The index, named ``row``, is the row number as Excel shows it; ``attrs["source"]`` is ``tables/indicators.csv``
    or ``tables.xlsx#indicators``, ``attrs["headings"]`` the Chinese heading of each field, ``attrs["roles"]`` its role, ``attrs["letters"]`` the
    letter of its column as Excel shows it; ``attrs["sheet"]`` is the ledger's name; ``attrs["totals"]`` the rows of each
    field that are the total of others.

    Raises:
        UsageError: there is no ledger of that name.
        DataError: a cell or the file cannot be read; carries the problems.
    """
    frame = shared(folder, table)
    return frame.copy() if len(frame) <= MOST_KEPT else frame  # a longer one is nobody else's


def shared(folder: str | Path, table: str) -> pd.DataFrame:
    """What ``read`` gives, as one and the same frame as long as its file stays the same: look, do not touch."""
    with reads.known():
        places = Places.of(Path(folder))
        ledger = _named(table, places.ledgers)
        table = ledger.stem
        mark = places.mark(table)
        reads.note("ledger", os.path.abspath(folder), table, mark)
        for rules in _with_rules(places):
            declared = places.mark(rules)
            reads.note("ledger", os.path.abspath(folder), rules, declared)
            mark += declared
        known, frame = _KEPT.get((str(folder), table), ("", None))
        if frame is None or known != mark:
            frame = _read(places, ledger)
            if len(frame) <= MOST_KEPT:
                keep(_KEPT, (str(folder), table), (mark, frame))
    return frame


def state(folder: str | Path, table: str = "") -> str:
    """What a ledger was read from, by content; without ``table`` the names of those that are there."""
    places = Places.of(Path(folder))
    return places.mark(table) if table else " ".join(sorted(places.found))


def _read(places: Places, ledger: Ledger) -> pd.DataFrame:
    table = ledger.stem
    grid = places.grid(table) or Grid(f"tables/{table}.csv", f"tables/{table}.csv")
    records = Records.of(grid, ledger) if table in places.found else Records.none(grid, ledger)
    frame = to_frame(records, _rules(places, ledger))
    problems = [each for each in (*places.problems, *records.problems) if each.severity == ERROR]
    problems = [each for each in problems if (each.place.file, each.place.sheet) == (grid.file, grid.sheet)]
    if problems:
        raise DataError("ledger-has-errors", details=problems, table=ledger.sheet)
    return frame


def _rules(places: Places, ledger: Ledger) -> list[str]:
    """The rules that are declared of a ledger."""
    pairs = (pair for stem in _with_rules(places) if stem != ledger.stem for pair in _declared(places, stem))
    return [rule for named, rule in pairs if ledger.stem in (named, places.ledgers.stem_of(named))]


def _declared(places: Places, stem: str) -> list[tuple[str, str]]:
    """The rules of a ledger of rules, each behind the name of the ledger that it is about; read once for all of those."""
    mark, key = places.mark(stem), (str(places.folder), stem)
    known, rules = _RULES.get(key, ("", []))
    if known != mark:
        grid, schema = places.grid(stem), places.ledgers[stem]
        table, text = schema.field(Role.TABLE), schema.field(Role.RULE)
        records = Records.of(grid, schema) if table and grid is not None else None
        read = () if records is None else zip(records.coded(table).spread(), records.coded(text).spread(), strict=True)
        rules = list(read)
        keep(_RULES, key, (mark, rules))
    return rules


def _with_rules(places: Places) -> list[str]:
    """The ledgers that declare rules, also those that are not there: whoever reads another asks for them."""
    return list(places.ledgers.having(Role.RULE))


def schema(folder: str | Path, table: str) -> Ledger:
    """The ledger called ``table``, by its file's name or its sheet's, of the workspace of ``data/PERIOD``.

    Raises:
        UsageError: there is none of that name. DataError: its declaration has errors; carries the problems.
    """
    return _named(table, ledgers_for(folder))


def _named(table: str, ledgers: DeclaredLedgers) -> Ledger:
    stem = ledgers.stem_of(table)
    if stem:
        return ledgers[stem]
    if table in ledgers.faulty:
        raise DataError("declarations-have-errors", details=ledgers.problems)
    near = nearest_of(table, (*ledgers, *ledgers.sheets))
    raise UsageError("unknown-ledger", value=table, allowed=tuple(ledgers), nearest=near)


def tables(folder: str | Path) -> tuple[str, ...]:
    """The stems of the ledgers that ``data/PERIOD`` holds, in their order."""
    with reads.known():
        places = Places.of(Path(folder))
        there = tuple(stem for stem in places.ledgers if stem in places.found)
    reads.note("ledgers", os.path.abspath(folder), " ".join(sorted(places.found)))
    return there


def broken_files(folder: str | Path) -> list[Finding]:
    """The errors of the files of ``data/PERIOD`` as such: a workbook that cannot be opened, a ledger that is there twice."""
    with reads.known():
        places = Places.of(Path(folder))
    return [each for each in places.problems if each.severity == ERROR and each not in places.ledgers.problems]


def to_frame(records: Records, rules: Iterable[str] = ()) -> pd.DataFrame:
    """The rows of ``records`` with every value read; what cannot be read is among their problems.

    ``rules`` are those declared of the ledger: they too say what is a total.
    """
    import pandas as pd

    from .cells_when_asked import RowsWhenAsked, when_asked

    ledger, source = records.ledger, records.grid.source
    read = {column.field: _read_column(records, column) for column in ledger.columns}

    def cells(codes: pd.DataFrame, field: str) -> pd.Series:
        return _cells(Coded(codes[field].to_numpy(), read[field].values), ledger.column(field), source, codes.index)

    index = pd.Index(records.rows, dtype="int64", name="row")
    frame = when_asked(RowsWhenAsked, pd.DataFrame({field: each.codes for field, each in read.items()}, index), cells)
    frame.attrs["source"] = source
    frame.attrs |= records.ledger.attrs() | {"stem": records.ledger.stem, "file": records.grid.file}
    frame.attrs |= {"sheet": records.grid.sheet or records.ledger.sheet, "called": records.ledger.sheet}
    frame.attrs |= {"letters": Shared(records.letters), "totals": Shared(with_parts(frame, records, rules))}
    return frame


def with_parts(frame: pd.DataFrame, records: Records, rules: Iterable[str] = ()) -> dict[str, list[int]]:
    """Field → the rows, as Excel shows them, that are the total of others; in the frame they know their parts."""
    from ..facts.total_fact import TotalFact

    totals = _said_within(frame, records.ledger) if records.ledger.within else _found_totals(records, rules)
    found: dict[str, list[int]] = {}
    for name, line in sorted(totals):
        lines = _all_below(name, line, totals)
        figures: Any = frame[name]
        fact, parts = figures[line], [figures[below] for below in sorted(lines) if figures[below].stated]
        by_cell = {part.sources.cells()[0]: part for part in parts}
        total: Any = TotalFact(fact.quantity, fact.sources, fact.derivation, parts=by_cell)
        frame.at[line, name] = total
        found.setdefault(name, []).append(line)
    return found


def _found_totals(records: Records, rules: Iterable[str]) -> dict[tuple[str, int], set[int]]:
    """(field, row) of the totals that names, figures and declared rules tell, with the rows that each is of."""
    from .checks.totals import total_rows

    return {(row.column, row.line): {part.line for part in parts} for row, parts in total_rows(records, rules).items()}


def _said_within(frame: pd.DataFrame, ledger: Ledger) -> dict[tuple[str, int], set[int]]:
    """The same where each row says itself in which row it is."""
    found: dict[tuple[str, int], set[int]] = {}
    for line, said in zip(frame.index.tolist(), frame[ledger.within], strict=True):
        total = int(said) if str(said).isdecimal() else line
        if total != line and total in frame.index:
            for name in (column.field for column in ledger.figures if frame[column.field][total].stated):
                found.setdefault((name, total), set()).add(line)
    return found


def _all_below(name: str, line: int, totals: dict[tuple[str, int], set[int]]) -> set[int]:
    """The rows that a total is of, with those that its subtotals are of."""
    found: set[int] = set()
    waiting = set(totals[name, line])
    while waiting:
        below = waiting.pop()
        if below not in found and below != line:
            found.add(below)
            waiting |= totals.get((name, below), set())
    return found


def _read_column(records: Records, column: Column) -> Coded:
    if column.kind == FIGURE:
        return records.figures(column.field)
    return records.dates(column.field) if column.kind == DATE else records.coded(column.field)


def _cells(read: Coded, column: Column, source: str, index: pd.Index) -> pd.Series:
    """The cells of a column in some of its rows."""
    import pandas as pd

    from ..facts.fact import Fact
    from ..facts.sources import Sources

    values = read.spread()
    if column.kind != FIGURE:
        return pd.Series(values, index=index, dtype=object if column.kind == DATE else str)
    facts = map(Fact, values.tolist(), Sources.down(source, index.tolist(), column.heading))
    return pd.Series(list(facts), index=index, dtype=object)
