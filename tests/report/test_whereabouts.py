"""From a ledger's cell to its places in the report, and from a number of the report to its cells."""

import csv
import json

import pytest
from calling import ROOT, Command

from pipeline.document.cell_notation import CellNotation
from pipeline.document.passages import read_passages
from pipeline.errors import UsageError
from pipeline.ledger import TABLES
from pipeline.period import Period
from pipeline.report.vouching import frames_of, ledgers_of, literals_of
from pipeline.report.whereabouts import whereabouts
from pipeline.vouch import audit
from pipeline.workspace import Workspace

PLACE, PERIOD = Workspace.at(ROOT), Period.parse("2021H1")


def asked(report, what):
    return whereabouts(PLACE, PERIOD, report, what)


def cells():
    """(sheet, address, text) of every cell of 2021H1 that is filled in."""
    for table, ledger in TABLES.items():
        file = ROOT / "data/2021H1/tables" / f"{table}.csv"
        if file.is_file():
            with file.open(encoding="utf-8-sig", newline="") as stream:
                for row, texts in enumerate(csv.reader(stream), 1):
                    yield from (
                        (ledger.sheet, f"{chr(65 + place)}{row}", text)
                        for place, text in enumerate(texts)
                        if text and row > 1
                    )


def test_every_cell_of_2021h1_is_answered(report):
    """Each filled-in cell leads to its places in the report, or to those of its row, or says why there are none."""
    unanswered = []
    for sheet, address, _ in cells():
        found = asked(report, f"{sheet}!{address}")
        if not (found.places or found.reasons):
            unanswered.append(f"{sheet}!{address}")
    assert unanswered == []


def test_every_number_of_2021h1_leads_to_its_cells_and_back(report):
    """Each figure of facts.csv names its cells in both notations; each of these leads back to that place."""
    with (report / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        facts = list(csv.DictReader(stream))
    notation = CellNotation.of_frames(frames_of(PLACE, PERIOD))
    for fact in facts:
        assert fact["cells"] == notation.written(fact["sources"])
        by_number = asked(report, fact["printed"])
        assert any(fact["cells"].split() == one["cells"] for one in by_number.places), fact
        for cell in fact["cells"].split():
            places = [one["place"] for one in asked(report, cell).places if one["printed"] == fact["printed"]]
            assert any(place.endswith(fact["place"]) for place in places), (fact, cell)


def test_every_number_a_reader_meets_is_answered(report):
    """Each number of the page, whatever makes it one, leads to the cells behind it, or to what explains it otherwise."""
    ledgers = ledgers_of(PLACE, PERIOD)
    literals = literals_of(PLACE, PERIOD, PLACE.settings(PERIOD), ledgers)
    numbers = audit((report / "report.html").read_text(encoding="utf-8"), literals, ledgers=ledgers).numbers
    assert len(numbers) > 100
    found = {shown: asked(report, shown) for shown in {one.number.shown for one in numbers}}
    assert [shown for shown, answer in found.items() if not (answer.places or answer.reasons)] == []
    for one in numbers:
        written = " ".join(source for source in one.why.split() if "#row=" in source)
        if written:
            cells = ledgers.called(written).split()
            assert any(place["cells"] == cells for place in found[one.number.shown].places), one


def test_a_number_inside_words_leads_to_their_cell(report):
    """35 of 国办发〔2020〕35号 leads to the document's cell; 2021年6月30日 to the day of the report itself."""
    assert [one["cells"] for one in asked(report, "35").places] == [["文件依据!D3"]]
    assert "期间" in asked(report, "2021年6月30日").reasons[0]


@pytest.mark.parametrize(
    "written", ["指标!E5", "指标!$E$5", "'指标'!e5", "indicators!E5", "tables/indicators.csv!E5", "indicators.csv!E5"]
)
def test_a_cell_may_be_called_by_sheet_ledger_or_file(report, written):
    """The sheet's name, the ledger's and the file's lead to one cell, as Excel writes it or in small letters."""
    found = asked(report, written)
    assert [one["cells"] for one in found.places] == [["指标!E5"]] * 2
    assert [one["made"] for one in found.places] == ["照录"] * 2


@pytest.mark.parametrize(
    ("lang", "state", "said"),
    [
        ("zh", "left-out", "指标!5:5 未入文：没有一章用它"),
        ("en", "left-out", "指标!5:5 left out：没有一章用它"),
        ("zh", "not-filled", "指标!5:5 尚未填报：没有一章用它"),
        ("zh", "for-reference", "指标!5:5 备查：没有一章用它"),
    ],
)
def test_a_cell_that_stands_nowhere_says_why(report, tmp_path, lang, state, said):
    """What coverage.csv has of the row is the answer, where the page has neither the cell nor another of its row."""
    (tmp_path / "report.html").write_text("<p>别的</p>", encoding="utf-8")
    lines = (report / "coverage.csv").read_text(encoding="utf-8-sig").splitlines()
    told = [
        f"tables/indicators.csv,指标,5,{state},,没有一章用它"
        if line.startswith("tables/indicators.csv,指标,5,")
        else line
        for line in lines
    ]
    assert told != lines
    (tmp_path / "coverage.csv").write_text("\n".join(told) + "\n", encoding="utf-8-sig")
    found = whereabouts(PLACE, PERIOD, tmp_path, "指标!E5", lang)
    assert (found.places, found.reasons) == ((), (said,))


def test_a_cell_that_is_not_printed_leads_to_its_row(report):
    """A unit has no place of its own: the places of its row are given, and said to be the row's."""
    found, figure = asked(report, "指标!G5"), asked(report, "指标!E5")
    assert (found.in_row, figure.in_row) == (True, False)
    assert {one["place"] for one in found.places} >= {one["place"] for one in figure.places}


def test_what_is_made_of_a_cell_is_said(report):
    """A share and a sum in which a figure took part are among its places, with the other cells behind them."""
    made = {one["made"]: one["cells"] for one in asked(report, "行政许可!D2").places}
    assert made["占比"] == ["行政许可!F2", "行政许可!D2"]
    made = {one["made"]: one["cells"] for one in asked(report, "指标!E9").places}
    assert made["合计"] == ["指标!E9:E10"]


def test_a_column_a_row_and_a_sheet_can_be_asked_for(report):
    """A row, a column, or a whole sheet gathers the places of all its cells."""
    whole, row, column = (asked(report, text).places for text in ("指标", "指标!5", "指标!E"))
    assert len(whole) > len(column) > 0
    assert {one["printed"] for one in row} >= {"322", "一业一证"}


def test_what_does_not_exist_is_told(report):
    """A sheet that is not there is refused with the nearest; a number that the report has not is answered so."""
    with pytest.raises(UsageError, match="指标"):
        asked(report, "指桩!E5")
    assert asked(report, "98765").places == ()


def test_the_command_answers_in_words_and_as_json(report):
    """`halfyear where` says place, number, what was made of it and the sentence; as JSON the same."""
    command = Command(ROOT)
    said = command("where", "2021H1", "指标!E5", "--output", report.parent, "--lang", "zh")
    assert said.returncode == 0
    assert "改革创新，第3段：322（照录）指标!E5" in said.stdout
    found = json.loads(command("where", "2021H1", "322", "--output", report.parent, "--json").stdout)
    assert (found["cell"], found["places"][0]["cells"]) == (False, ["指标!E5"])
    assert command("where", "2021H1", "98765", "--output", report.parent).returncode == 1
    assert command("where", "2021H1", "指桩!E5", "--output", report.parent).returncode == 2


def test_the_report_is_read_whole(report):
    """Every passage of a kind that carries figures is searched: paragraphs, cells, captions and charts."""
    kinds = {passage.place.kind for passage in read_passages((report / "report.html").read_text(encoding="utf-8"))}
    assert {"paragraph", "cell", "caption", "chart"} <= kinds
