"""One wrong cell is one problem, told at that cell: no other is told because of it."""

import pytest
from samples import ROWS, csv_bytes
from workbooks import book_of, saved

from pipeline.findings.place import letter
from pipeline.ledger import TABLES

HEADINGS = TABLES["indicators"].headings()
COLUMNS = {heading: letter(place) for place, heading in enumerate(HEADINGS)}
WRONG = {
    "板块": ["改革创薪", "别的", "", "改革创新。"],
    "改革事项": ["示例通力", "没有的事项"],
    "对象": ["", "#REF!", "=A1"],
    "指标": ["", "#N/A", "办件\x01量"],
    "数值": [
        "三百",
        "32O",
        "322份",
        "3月5日",
        "322/350",
        "-5",
        "——",
        "=1+1",
        "#DIV/0!",
        "1.2w",
        "约322左右",
        "(322)",
    ],
    "限定词": ["多", "大约"],
    "单位": ["10件", "约件"],
    "口径": ["上半年", "本年累记", ""],
    "截至": ["6月", "21-6-30", "2021-02-30", "上午", "44377", "2020-06", "2021-12"],
    "公开属性": ["公开", "不公开"],
}
CASES = [(heading, text) for heading, texts in WRONG.items() for text in texts]


@pytest.mark.parametrize("form", ["csv", pytest.param("xlsx", marks=pytest.mark.soak)])
@pytest.mark.parametrize(("heading", "text"), CASES, ids=[f"{heading} {text!r}" for heading, text in CASES])
def test_one_wrong_cell_is_one_problem(sample, heading, text, form):
    """Each kind of wrong cell among right rows gives one problem, at that cell."""
    rows = [{}, {"对象": "二", "数值": "190"}, {"对象": "三", "数值": "67", heading: text}]
    lines = [HEADINGS, *([{**ROWS["indicators"], **row}.get(name, "") for name in HEADINGS] for row in rows)]
    if form == "csv":
        sample.write("tables/indicators.csv", csv_bytes(lines))
    elif not ("\x01" in text or text.startswith(("=", "#"))):  # openpyxl writes none of these as texts
        sample.write("tables.xlsx", as_workbook(lines))
        (sample.folder / "tables/indicators.csv").unlink()
    else:
        pytest.skip("no such text in a workbook of openpyxl")
    assert places(sample) == [f"{COLUMNS[heading]}4"]


def as_workbook(lines):
    book = book_of("indicators")
    sheet = book.active
    sheet.delete_rows(1, 2)
    for line in lines:
        sheet.append([cell or None for cell in line])
    return saved(book)


def places(sample):
    return [f"{one.place.column}{row}" for one in sample.check() for row in one.place.rows or [""]]


@pytest.mark.parametrize("heading", [name for name in HEADINGS if name not in ("备注", "上期值")])
@pytest.mark.parametrize("renamed", ["{}列", "{}（新）", "某某"])
def test_one_renamed_heading_is_one_problem(sample, heading, renamed):
    """A heading called otherwise is told once, whatever depends on its column; what was meant is asked where it is near."""
    head = [renamed.format(name) if name == heading else name for name in HEADINGS]
    lines = [head, [ROWS["indicators"].get(name, "") for name in HEADINGS]]
    sample.write("tables/indicators.csv", csv_bytes(lines))
    assert places(sample) == ([] if renamed.endswith("（新）") else [f"{COLUMNS[heading]}1"])


@pytest.mark.parametrize("rows", [1, 2])
def test_groups_of_headings_above_them_are_no_problem(sample, rows):
    """What stands merged over several headings, in one row or two, is no row of data above them."""

    def change(sheet):
        sheet.insert_rows(1, rows)
        for row in range(1, rows + 1):
            for first, last, text in (("A", "B", "对象"), ("C", "E", "办理"), ("F", "G", "其他"), ("H", "I", "说明")):
                sheet[f"{first}{row}"] = f"{text}{row}"
                sheet.merge_cells(f"{first}{row}:{last}{row}")

    sample.only()
    sample.write("tables.xlsx", saved(book_of("licences", change)))
    assert sample.check() == []


def test_two_rows_of_headings_need_no_row_below_them(sample):
    """A text file with headings in two rows and nothing below them is not filled in yet; that is all there is to say."""
    head = TABLES["licences"].headings()
    upper = [*head[:2], "许可情况", "", "", "", "", *head[7:]]
    sample.write("tables/licences.csv", csv_bytes([upper, ["", "", *head[2:7], *("" for _ in head[7:])]]))
    assert [one.code for one in sample.check() if one.place.file.endswith("licences.csv")] == ["not-filled"]


def test_of_two_rows_of_headings_the_lower_one_is_told(sample):
    """A misspelt heading under one that stands over several is told as it is written, not by what stands over it."""
    head = TABLES["licences"].headings()
    upper = [*head[:2], "许可情况", "", "", "", "", *head[7:]]
    lower = ["", "", "申请数目", *head[3:7], *("" for _ in head[7:])]
    sample.write("tables/licences.csv", csv_bytes([upper, lower, [ROWS["licences"].get(name, "") for name in head]]))
    assert [(one.code, one.value) for one in sample.check()] == [("unknown-heading", "申请数目")]


@pytest.mark.parametrize(
    ("area", "told"), [("E2:E4", ["E2", "E3", "E4"]), ("C3:D3", ["C3"]), ("A3:L3", ["A3"]), ("G2:J2", ["G2"])]
)
def test_one_merged_area_is_one_problem(sample, area, told):
    """Cells merged where they should not be are told together, and nothing of the blanks that merging leaves."""
    lines = [
        HEADINGS,
        *(
            [{**ROWS["indicators"], "对象": name, "改革事项": ""}.get(head, "") for head in HEADINGS]
            for name in "一二三"
        ),
    ]
    book = book_of("indicators")
    sheet = book.active
    sheet.delete_rows(1, 2)
    for line in lines:
        sheet.append([cell or None for cell in line])
    sheet.merge_cells(area)
    sample.only()
    sample.write("tables.xlsx", saved(book))
    assert places(sample) == told


@pytest.mark.parametrize("place", range(len(HEADINGS) - 2))
def test_one_comma_too_many_is_one_problem(sample, place):
    """A comma within an unquoted cell shifts all that follows, and is told once, of its row."""
    cells = [ROWS["indicators"].get(name, "") for name in HEADINGS]
    cells[place] = f"{cells[place]},示例"
    other = [{**ROWS["indicators"], "对象": "二"}.get(name, "") for name in HEADINGS]
    text = "\n".join(",".join(line) for line in (HEADINGS, cells, other))
    sample.write("tables/indicators.csv", text.encode())
    assert places(sample) == ["2"]
