"""``check --mark``: a copy of the ledgers in which each problem stands on its cell."""

import csv
import re
import shutil
import zipfile
from hashlib import sha256

import openpyxl
import pytest
from half_year import as_workbook, put_cell
from office import converted
from programs import needs_calc

NAME = "outputs/2021H1-台账问题.xlsx"
FIRST, SECOND = "指标!E5", "指标!E6"


@pytest.fixture
def filled(workspace):
    """A workspace whose ledgers are one workbook."""
    as_workbook(workspace / "data/2021H1")
    return workspace / "data/2021H1"


def commented(file):
    """Cell → what its comment says, of all sheets."""
    book = openpyxl.load_workbook(file)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def marked(halfyear, code=1):
    """Mark, and give the copy."""
    done = halfyear("check", "2021H1", "--mark", "--lang", "zh")
    assert done.returncode == code, done.stdout + done.stderr
    assert NAME in done.stdout
    return halfyear.folder / NAME


def test_each_problem_is_on_its_cell_and_the_original_untouched(filled, halfyear):
    """A cell has its problems as a comment and a colour, the list leads to it, and the workbook is to the byte what it was."""
    put_cell(filled, "indicators", "数值", "3百", row=5)
    before = sha256((filled / "tables.xlsx").read_bytes()).digest()
    file = marked(halfyear)
    assert sha256((filled / "tables.xlsx").read_bytes()).digest() == before
    said = commented(file)
    assert "不写“千”“百”“十”" in said[FIRST]
    assert "口径未注明" in said["指标!H5"]
    book = openpyxl.load_workbook(file)
    assert book["指标"]["E5"].fill.fgColor.rgb == "00FFC7CE"
    assert book["指标"]["H5"].fill.fgColor.rgb == "00FFEB9C"
    assert book.active.title == "问题清单"
    links = {
        cell.hyperlink.location for row in book["问题清单"].iter_rows() for cell in row if cell.hyperlink is not None
    }
    assert {"'指标'!E5", "'指标'!H5"} <= links


def test_ledgers_in_csv_files_become_a_workbook(workspace, halfyear):
    """Of CSV files the copy has a sheet each, with the texts as they stand, none of them a formula, and the same marks."""
    file = workspace / "data/2021H1/tables/indicators.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[4][4], rows[5][9] = "3百", "=1+1"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    copy = marked(halfyear)
    assert FIRST in commented(copy)
    sheet = openpyxl.load_workbook(copy)["指标"]
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert (sheet["J6"].value, sheet["J6"].data_type) == ("=1+1", "s")


def test_rows_left_out_of_the_last_build_are_marked(filled, halfyear):
    """A row that the report does not state has its colour and the reason; where the ledger changed since, that is said instead."""
    put_cell(filled, "indicators", "指标", "办件数", row=5)
    book = openpyxl.load_workbook(filled / "tables.xlsx")
    row = book["文件依据"].max_row + 1
    for heading, text in {"板块": "清单梳理", "文件名称": "《某办法》", "关系": "签署"}.items():
        [head] = [cell.column for cell in book["文件依据"][1] if cell.value == heading]
        book["文件依据"].cell(row, head, text)
    book.save(filled / "tables.xlsx")
    assert halfyear("run", "2021H1", "--format", "html").returncode == 0
    copy = marked(halfyear, 0)
    said = commented(copy)
    assert "没有写进报告" in said[f"文件依据!A{row}"]
    assert "只写进了本章末尾的“其他”" in said["指标!A5"]
    sheet = openpyxl.load_workbook(copy)["文件依据"]
    assert sheet[f"A{row}"].fill.fgColor.rgb == sheet[f"C{row}"].fill.fgColor.rgb == "00D9D2E9"
    put_cell(filled, "indicators", "备注", "示例", row=6)
    copy = marked(halfyear, 0)
    assert f"文件依据!A{row}" not in commented(copy)
    assert "又改过" in openpyxl.load_workbook(copy)["问题清单"]["A3"].value


def test_a_copy_somebody_worked_in_is_never_overwritten(filled, halfyear):
    """An untouched copy is made anew; one that was saved, and any other file of that name, stays and is told."""
    copy = marked(halfyear, 0)
    first = copy.read_bytes()
    marked(halfyear, 0)
    assert copy.read_bytes() == first
    book = openpyxl.load_workbook(copy)
    book["指标"]["E5"] = 323
    book.save(copy)
    saved = copy.read_bytes()
    done = halfyear("check", "2021H1", "--mark", "--lang", "zh")
    assert (done.returncode, copy.read_bytes()) == (1, saved)
    assert "没有覆盖" in done.stderr
    copy.write_text("别人的", encoding="utf-8")
    assert halfyear("check", "2021H1", "--mark").returncode == 1
    assert copy.read_text(encoding="utf-8") == "别人的"


def test_a_copy_saved_as_the_ledger_is_read_and_marked_once(filled, halfyear):
    """The list is no ledger, and what an earlier copy said of a cell that is mended is gone; others' comments stay."""
    put_cell(filled, "indicators", "数值", "3百", row=5)
    book = openpyxl.load_workbook(filled / "tables.xlsx")
    book["指标"]["E6"].comment = openpyxl.comments.Comment("问过窗口", "某科")
    book.save(filled / "tables.xlsx")
    shutil.copy(marked(halfyear), filled / "tables.xlsx")
    put_cell(filled, "indicators", "数值", "322", row=5)
    done = halfyear("check", "2021H1", "--mark", "--lang", "zh")
    assert "问题清单" not in done.stdout
    said = commented(halfyear.folder / NAME)
    assert FIRST not in {cell for cell, text in said.items() if text}
    assert said[SECOND] == "问过窗口"
    assert said["指标!H5"].count("口径未注明") == 1


def test_merged_cells_and_headings_are_marked_where_they_can_be(filled, halfyear):
    """A problem inside merged cells is on their first, one of the whole column on its heading."""
    book = openpyxl.load_workbook(filled / "tables.xlsx")
    book["指标"].merge_cells("E5:E6")
    book["指标"]["N1"] = "随手记"
    book.save(filled / "tables.xlsx")
    said = commented(marked(halfyear))
    assert FIRST in said
    assert SECOND not in said
    assert "随手记" in said["指标!N1"]


def test_a_workbook_that_only_we_can_read_is_marked_all_the_same(filled, halfyear):
    """Where openpyxl does not open the workbook, the copy has its texts."""
    file = filled / "tables.xlsx"
    put_cell(filled, "indicators", "数值", "3百", row=5)
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/styles.xml"] = re.sub(
        rb"<cellXfs.*</cellXfs>", b"<cellXfs><xf numFmtId='x'/></cellXfs>", parts["xl/styles.xml"]
    )
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(Exception, match="."):
        openpyxl.load_workbook(file)
    assert FIRST in commented(marked(halfyear))


def test_a_damaged_workbook_has_its_problem_in_the_list(filled, halfyear):
    """Of what cannot be opened the copy has the list alone."""
    (filled / "tables.xlsx").write_bytes(b"PK\x03\x04 broken")
    copy = marked(halfyear)
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames == ["问题清单"]
    assert any("tables.xlsx" in str(cell.value) for row in book["问题清单"].iter_rows() for cell in row)


def test_office_shows_the_comments_at_their_cells(filled, halfyear, tmp_path):
    """LibreOffice opens the copy and has every comment and colour at the same cell."""
    needs_calc()
    put_cell(filled, "indicators", "数值", "3百", row=5)
    copy = marked(halfyear)
    home = tmp_path / "office"
    home.mkdir()
    opened = converted(copy, "xlsx:Calc MS Excel 2007 XML", home)
    assert {cell: text.strip() for cell, text in commented(opened).items()} == commented(copy)
    assert openpyxl.load_workbook(opened)["指标"]["E5"].fill.fgColor.rgb == "FFFFC7CE"


def test_a_long_ledger_is_listed_and_not_copied(filled, halfyear, monkeypatch):
    """Of a ledger with very many rows the copy has the list alone: the others are copied."""
    from pipeline.findings import Finding, Place
    from pipeline.ledger import marked_workbook
    from pipeline.ledger.places import Places

    monkeypatch.setattr(marked_workbook, "_MOST_ROWS", 5)
    problem = Finding("required", Place("tables.xlsx", "指标", (9,), "E", "数值"))
    copy = filled / "copy.xlsx"
    copy.write_bytes(marked_workbook.marked(Places.of(filled), [problem], []))
    book = openpyxl.load_workbook(copy)
    assert book["指标"]["A1"].value is None
    assert book["执法人员"]["A1"].value == "人员类别"
    assert "E9" in [cell.value for row in book["问题清单"].iter_rows() for cell in row]


@pytest.mark.soak
@pytest.mark.parametrize("form", ["csv", "office"])
def test_office_shows_what_was_marked_in_any_kind_of_ledger(workspace, halfyear, tmp_path, form):
    """The copy of CSV files, and of a workbook that LibreOffice wrote, opens there with every comment at the same cell."""
    needs_calc()
    home = tmp_path / "office"
    home.mkdir()
    folder = workspace / "data/2021H1"
    file = folder / "tables/indicators.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace(",322,", ",3百,"), encoding="utf-8-sig")
    if form == "office":
        as_workbook(folder)
        shutil.move(converted(folder / "tables.xlsx", "xlsx:Calc MS Excel 2007 XML", home), folder / "tables.xlsx")
    copy = marked(halfyear)
    opened = converted(copy, "xlsx:Calc MS Excel 2007 XML", home)
    assert FIRST in commented(copy)
    assert {cell: text.strip() for cell, text in commented(opened).items()} == commented(copy)
