"""The corpus of tables with slips holds to what it says of itself."""

import csv
import re
from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from slip_tables import GROUPS, Cell, tables

from pipeline.findings.catalogue import codes

TABLES = tables()
SLIPS = [table for table in TABLES if table.slip]
RIGHT_ONLY = [table for table in TABLES if not table.slip]
SCALES = {"万": 10**4, "亿": 10**8}
REFERENCE = re.compile(r"(?:(\w+)!)?([A-Z])(\d+)(?::[A-Z](\d+))?")


# What the tables do not slip in: long ledgers, rules, earlier periods and reports, and a process whose two days are columns.
ELSEWHERE = {
    "not-reckoned",
    "rule-row",
    "key-missing",
    "ledger-missing",
    "unit-changed",
    "key-changed",
    "rows-gone",
    "ledger-gone",
    "ends-before-begun",
}


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    """What ``check`` says of each right table, by its name."""
    root = tmp_path_factory.mktemp("right")
    return {table.id: table.told(root / table.id) for table in TABLES}


@pytest.fixture(scope="module")
def slipped(right, tmp_path_factory):
    """What it says of each slip, by the table's name."""
    root = tmp_path_factory.mktemp("slipped")
    return {table.id: table.slip_told(root / table.id, right[table.id]) for table in SLIPS}


@pytest.mark.parametrize("group", GROUPS)
def test_a_right_table_has_no_error_and_hardly_a_warning(group, right, capsys):
    """No right table has an error, and those of a group have less than one warning in five tables, which are printed."""
    of_group = [table.id for table in TABLES if table.group == group]
    found = [(name, finding) for name in of_group for finding in right[name]]
    assert [(name, finding.text()) for name, finding in found if finding.severity == "error"] == []
    with capsys.disabled():
        codes = ", ".join(f"{finding.code} ({name})" for name, finding in found)
        print(f"\n{group}: {len(of_group)} right tables, {len(found)} warnings {codes}")
    assert len(found) < 0.2 * len(of_group)


@pytest.mark.parametrize(("group", "most"), [("seen", 0), ("kept", 0.1), ("mended", 0), ("fresh", 0.1), ("blind", 0.1)])
def test_slips_are_told(group, most, slipped, capsys):
    """``check`` tells every slip that the checks were made for, and nine in ten of the others; those it does not tell are printed."""
    slips = [table.id for table in SLIPS if table.group == group]
    missed = [name for name in slips if not slipped[name]]
    with capsys.disabled():
        print(f"\n{group}: {len(slips) - len(missed)} of {len(slips)} slips are told, not {missed}")
    assert len(missed) <= most * len(slips)


def test_each_check_tells_a_slip(slipped):
    """Every message about sums, rates, changes and dates is said of some table, but for those tried elsewhere."""
    said = {finding.code for found in slipped.values() for finding in found}
    assert {*codes("reckoning")} - said == ELSEWHERE


def test_a_slip_is_one_cell(tmp_path):
    """The slipped version differs from the right one in the one cell that is named, and in no other."""
    for table in SLIPS:
        cells = {}
        for slipped in (False, True):
            root = tmp_path / f"{table.id}-{slipped}"
            table.write(root, slipped=slipped)
            cells[slipped] = {
                (path.stem, row, column): value
                for path in root.glob("data/2021H1/tables/*.csv")
                for row, line in enumerate(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()), 1)
                for column, value in zip("ABCDEFGHIJKLM", line, strict=False)
            }
        different = {place for place, value in cells[False].items() if cells[True][place] != value}
        assert different == {(table.slip.ledger, table.slip.row, table.slip.column)}, table.id
        assert cells[False].keys() == cells[True].keys(), table.id


def test_what_holds_holds_until_the_slip():
    """What a table says to hold does so where it is right, and no longer with the slip."""
    for table in SLIPS:
        assert [rule for rule in table.holds if not holds(rule, table.right)] == [], table.id
        if table.holds:
            assert [rule for rule in table.holds if not holds(rule, table.slipped)], table.id


def test_the_cells_to_be_named_are_there():
    """Each cell that a message should name has something in it."""
    for table in SLIPS:
        assert table.named, table.id
        assert all(cell.of(table.slipped) for cell in table.named), table.id


def test_there_are_many_tables():
    """At least seventy-five tables with a slip and fifteen without, no name twice, each with its sentence."""
    assert len(SLIPS) >= 75 and len(RIGHT_ONLY) >= 15
    names = [table.id for table in TABLES]
    assert len(set(names)) == len(names)
    assert all(table.what.endswith(".") and table.origin and table.shape for table in TABLES)
    assert all(bool(table.kind) == bool(table.slip) for table in TABLES)


def test_a_third_is_kept_of_every_kind():
    """A third of the tables is kept, and of each kind of slip with three tables or more at least one and at most half."""
    judged = [[table for table in group if table.group in ("seen", "kept")] for group in (SLIPS, RIGHT_ONLY)]
    for group in judged:
        assert 0.3 < sum(table.group == "kept" for table in group) / len(group) < 0.37
    everywhere = Counter(table.kind for table in judged[0])
    kept = Counter(table.kind for table in judged[0] if table.group == "kept")
    assert all(1 <= kept[kind] <= count / 2 for kind, count in everywhere.items() if count >= 3), (everywhere, kept)
    assert {table.group for table in TABLES} == set(GROUPS)


def holds(rule, ledgers):
    """Whether a rule in formulas holds, each figure as exact as its printed decimals."""
    if "<" in rule or ">" in rule:
        return eval(REFERENCE.sub(lambda found: str(float(amount(one(found, ledgers), ledgers))), rule))
    left, right = rule.split("=")
    result, calculated = spread(left, ledgers, "/" in right), spread(right, ledgers)
    return min(result) <= max(calculated) and min(calculated) <= max(result)


def one(found, ledgers):
    """The cell that a reference names; without a ledger it is in the table's first."""
    return Cell(found[1] or next(iter(ledgers)), found[2], int(found[3]))


def spread(formula, ledgers, rounded=False):
    """What a formula may come to, its figures being rounded as they are printed."""
    cells = []

    def placed(found):
        first = one(found, ledgers)
        rows = range(first.row, int(found[4] or first.row) + 1)
        cells.extend(Cell(first.ledger, first.column, row) for row in rows)
        return ",".join(f"x[{len(cells) - len(rows) + n}]" for n in range(len(rows)))

    text = REFERENCE.sub(placed, formula).strip()
    ends = []
    for cell in cells:
        value, half = amount(cell, ledgers), half_of_last_place(cell, ledgers, rounded)
        ends.append({value - half, value + half})
    return [eval(text, {"x": x, "SUM": lambda *values: sum(values)}) for x in product(*ends)]


def amount(cell, ledgers):
    """The figure in a cell, in the unit of one; what is none counts as zero."""
    text = cell.of(ledgers).replace(",", "")
    number = re.search(r"-?\d+(?:\.\d+)?", text)
    return Fraction(number[0]) * scale(cell, ledgers) if number else Fraction(0)


def scale(cell, ledgers):
    """What one in the cell's unit is worth."""
    row = ledgers[cell.ledger][cell.row - 2]
    text, unit = cell.of(ledgers), row.get("单位", "")
    if "%" in text or unit in ("%", "个百分点"):
        return Fraction(1, 100)
    return SCALES.get(unit[:1], 1) * next((scale for word, scale in SCALES.items() if word in text), 1)


def half_of_last_place(cell, ledgers, rounded):
    """By how much the figure may be off; a whole number in the unit of one is exact unless it was calculated."""
    decimals = re.search(r"\.(\d+)", cell.of(ledgers))
    one_unit = scale(cell, ledgers)
    exact = not decimals and one_unit == 1 and not rounded
    return Fraction(0) if exact else one_unit / 10 ** len(decimals[1] if decimals else "") / 2
