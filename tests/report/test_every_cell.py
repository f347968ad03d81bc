"""The figures of the report come from the ledgers: change a cell, and the report changes."""

import csv
import json
import re

import lxml.html
import pytest
from calling import Command, copied_workspace

from pipeline.document.record import read_facts
from pipeline.facts import Sources
from pipeline.ledger import TABLES


def stated_cells(folder):
    """(table, row, heading, text) of every figure that the ledgers state of their own period."""
    for file in sorted((folder / "tables").glob("*.csv")):
        ledger = TABLES[file.stem]
        figures = [column.heading for column in ledger.columns if column.kind == "figure" and not column.base_of]
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for row, record in enumerate(csv.DictReader(stream), 2):
                yield from ((file, row, heading, record[heading]) for heading in figures if record[heading].strip())


def rewrite(file, changes):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    for row, heading, text in changes:
        rows[row - 1][rows[0].index(heading)] = text
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A workspace with every figure of every ledger changed to one that stands nowhere else, and its report."""
    root = copied_workspace(tmp_path_factory.mktemp("changed") / "workspace")
    new = {}
    for number, (file, row, heading, text) in enumerate(list(stated_cells(root / "data/2021H1"))):
        new[f"tables/{file.name}", heading, row] = str(70001 + 13 * number), text
    for file in {root / "data/2021H1" / table for table, _, _ in new}:
        cells = [
            (row, heading, value) for (table, heading, row), (value, _) in new.items() if table == f"tables/{file.name}"
        ]
        rewrite(file, [(row, heading, value) for row, heading, value in cells])
    done = Command(root)("run", "2021H1", "--format", "html")
    assert done.returncode == 0, done.stderr
    html = lxml.html.parse(str(root / "outputs/2021H1/report.html")).getroot()
    return new, [
        (fact.get("value"), Sources.parse(fact.get("data-source")).cells(), fact) for fact in html.find_class("fact")
    ]


def test_a_chart_is_drawn_from_the_cells_it_names(changed):
    """Each chart carries its facts with their cells, and the figures drawn and spoken are those of the changed cells."""
    new, facts = changed
    html = facts[0][2].getroottree()
    charts = html.xpath("//figure[contains(@class, 'chart')]")
    assert charts
    for chart in charts:
        carried = json.loads(chart.get("data-facts"))
        assert carried
        for printed, value, _, _, sources in carried:
            (cell,) = Sources.parse(sources).cells()
            assert value == new[tuple(cell)][0]
            assert printed in chart.text_content()
            assert any(
                printed in (spoken or "") for spoken in (*chart.xpath(".//@alt"), *chart.xpath(".//@aria-label"))
            )


def test_every_changed_cell_shows_in_the_report(changed):
    """After changing every stated figure, each new one stands in the report as a fact whose only source is its cell."""
    new, facts = changed
    assert len(new) >= 37
    shown = {(value, *sources[0]) for value, sources, _ in facts if len(sources) == 1}
    missing = [(place, value) for place, (value, _) in new.items() if (value, *place) not in shown]
    assert not missing


def test_no_old_figure_is_left(changed):
    """No fact still shows the figure that a changed cell held before."""
    new, facts = changed
    for value, sources, _ in facts:
        if len(sources) == 1 and tuple(sources[0]) in new:
            assert value == new[tuple(sources[0])][0]


def test_calculated_figures_follow(changed):
    """Sums, differences and shares are worked out anew from the changed cells they name; a count of rows names rows."""
    new, facts = changed
    derived = [
        (value, [new[tuple(cell)][0] for cell in cells], fact)
        for value, cells, fact in facts
        if len(cells) > 1 and fact.get("data-derivation") != "count"
    ]
    kinds = {fact.get("data-derivation") for _, _, fact in derived}
    assert {"sum", "share", "difference"} <= kinds
    for value, parts, fact in derived:
        numbers = [int(part) for part in parts]
        if fact.get("data-derivation") == "sum":
            assert int(value) == sum(numbers)
        elif fact.get("data-derivation") == "share":
            shares = {round(100 * a / b, 1) for a in numbers for b in numbers if a != b}
            assert float(value) in shares


def test_hedges_are_not_invented(changed):
    """A figure restated without 余 is printed without it."""
    _, facts = changed
    assert not [
        fact for _, _, fact in facts if re.search("余|约", fact.text_content()) and not fact.get("data-qualifier")
    ]


def built_facts(root):
    """(value, source cells) of every fact of a workspace's report, those behind charts too, in reading order."""
    done = Command(root)("run", "2021H1", "--format", "html")
    assert done.returncode == 0, done.stderr
    page = (root / "outputs/2021H1/report.html").read_text(encoding="utf-8")
    return [(fact.value, {tuple(cell) for cell in Sources.parse(fact.sources).cells()}) for fact in read_facts(page)]


@pytest.fixture(scope="module")
def influence(tmp_path_factory):
    """Reports in which ever other halves of the cells were raised by one, so that any two cells part company in some.

    Yields the unchanged facts, and for each report the places changed and its facts.
    """
    root = copied_workspace(tmp_path_factory.mktemp("influence") / "workspace")
    # Out of balance by more than ones make up for: the note that tells of it stands in every report.
    rewrite(root / "data/2021H1/tables/licences.csv", [(2, "不予许可数量", "805")])
    cells = list(stated_cells(root / "data/2021H1"))
    original = {file: file.read_bytes() for file, *_ in cells}
    unchanged = built_facts(root)
    reports = []
    for bit in range(len(cells).bit_length()):
        chosen = [cell for number, cell in enumerate(cells, 1) if number >> bit & 1]
        for file, content in original.items():
            file.write_bytes(content)
            raised = [
                (row, h, re.sub(r"\d+", lambda m: str(int(m[0]) + 1), text))
                for at, row, h, text in chosen
                if at == file
            ]
            rewrite(file, raised)
        places = {(f"tables/{file.name}", heading, row) for file, row, heading, _ in chosen}
        reports.append((places, built_facts(root)))
    return unchanged, reports


def test_a_cell_changes_its_own_facts_and_no_other(influence):
    """Over every cell: a fact changes when a cell it names does, and never when none of its cells does."""
    unchanged, reports = influence
    for places, facts in reports:
        assert [sources for _, sources in facts] == [sources for _, sources in unchanged]
        for (before, sources), (after, _) in zip(unchanged, facts, strict=True):
            if not sources & places:
                assert after == before, sources
            elif len(sources) == 1:
                assert after != before, sources
