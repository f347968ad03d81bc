"""CSV files of every kind that offices save: titles, hints, separators, encodings and line ends, all at once."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import csv_bytes

from pipeline.ledger import TABLES, csv_grid, read

HEADINGS = TABLES["licences"].headings()[:7]
VALUES = ["2020", "", "110", "30215", "90", "10", "2"]
TITLES = {
    "": [],
    "a title": [["2020年度行政许可台账"]],
    "a title and who filled it in": [["2020年度行政许可台账"], ["填报单位：示例科", "", "", "", "单位：件"]],
    "a title with other separators": [["许可；受理, 办结; 统计"], [""]],
}
SEPARATORS = {"commas": ",", "tabs": "\t", "semicolons": ";"}
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be-mark")
LINE_ENDS = {"windows": "\r\n", "unix": "\n", "old macs": "\r"}


def content(rows, separator, encoding, end):
    lines = [separator.join(f'"{cell}"' if "," in cell or ";" in cell else cell for cell in row) for row in rows]
    return coded(end.join(lines) + end, encoding)


def coded(text, encoding):
    return b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-mark" else text.encode(encoding)


def holds(sample, raw, row):
    sample.only()
    sample.write("tables/licences.csv", raw)
    errors = [finding for finding in sample.check() if finding.severity == "error" and "licences" in finding.place.file]
    assert not errors, [finding.text() for finding in errors]
    frame = read(sample.folder, "licences")
    assert list(frame.index) == [row]
    assert str(frame.accepted[row]) == "30215件"


@pytest.mark.parametrize(("title", "separator"), list(itertools.product(TITLES, SEPARATORS)))
def test_a_title_stands_above_any_kind_of_file(sample, title, separator):
    """A title above the headings is none of the data whatever parts the cells, and rows count as Excel shows them."""
    for encoding, end in zip(ENCODINGS, itertools.cycle(LINE_ENDS), strict=False):
        rows = [*TITLES[title], HEADINGS, VALUES]
        holds(sample, content(rows, SEPARATORS[separator], encoding, LINE_ENDS[end]), len(rows))


@pytest.mark.parametrize("hint", ["sep=;", "SEP=;", '"sep=;"', "sep=;,,,,,,"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_hint_is_no_row(sample, hint, encoding):
    """A first line sep=; tells Excel the separator and is not shown: the headings are row 1."""
    text = content([HEADINGS, VALUES], ";", "utf-8", "\r\n").decode()
    holds(sample, coded(f"{hint}\r\n{text}", encoding), 2)


@pytest.mark.parametrize("separator", ["|", "\t", ",", ":"])
def test_a_hint_may_name_any_separator(sample, separator):
    """The separator that the hint names is the one, also one that is never guessed."""
    raw = f"sep={separator}\r\n" + f"{separator.join(HEADINGS)}\r\n{separator.join(VALUES)}\r\n"
    holds(sample, raw.encode("utf-8-sig"), 2)


def test_rows_count_as_excel_shows_them(sample):
    """Blank lines count, a line break within quotation marks does not, and line ends may differ within a file."""
    lines = [",".join(HEADINGS), '2019,"甲\n乙",1,2,3,4,5', "", ",,,,,,", ",".join(VALUES)]
    raw = "\r\n".join(lines[:3]) + "\r" + lines[3] + "\n" + lines[4]
    sample.only()
    sample.write("tables/licences.csv", raw.encode())
    assert list(read(sample.folder, "licences").index) == [2, 5]


def test_the_end_of_a_file_of_old_programs(sample):
    """A byte that once ended texts is none of the last row."""
    holds(sample, csv_bytes([HEADINGS, VALUES]) + b"\x1a", 2)


def test_semicolons_within_notes_part_nothing(sample):
    """A few semicolons or tabs within cells do not outweigh the commas that part every line."""
    headings = [*HEADINGS[:4], "备注"]
    rows = [headings, *([str(2016 + n), "", "1", "30215", "甲;乙;丙;丁;戊;己;庚"] for n in range(3))]
    sample.only()
    sample.write("tables/licences.csv", csv_bytes(rows))
    assert [str(each) for each in read(sample.folder, "licences").accepted] == ["30215件"] * 3


PIECES = [*",;\t\n\r\"", "\r\n", "甲", "０", "1.50", "NA", "null", " ", "\u3000", "\ufeff", "\x0b", "\x1c", "\x85", "\u2028", "#", "\\", "sep=;\n"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from(["utf-8", "gb18030"]))
def test_a_short_file_is_taken_apart_as_a_long_one(tmp_path_factory, text, encoding):
    """Which way a file's cells are told apart depends on its length; what they are does not."""
    path = tmp_path_factory.getbasetemp() / "short-or-long.csv"
    path.write_bytes(f"对象,数值\n{text}".encode(encoding, "replace"))
    short = csv_grid.read(path, path.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_grid, "_SHORT", 0)
        long = csv_grid.read(path, path.name)
    assert (short.content(), short.widths) == (long.content(), long.widths)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"sep=;\r\n", "empty-file"),
        ('年度;事项类别\r\n2020;"甲\r\n'.encode("gb18030"), "unclosed-quote"),
        ('年度,事项类别\r\n2020,甲,"乙\r\n'.encode("gb18030"), "unclosed-quote"),
    ],
)
def test_a_file_that_holds_no_table_is_told(sample, raw, code):
    """A hint without rows, and a quotation mark that is not closed, are told of a file in any encoding."""
    sample.only()
    sample.write("tables/licences.csv", raw)
    assert [finding.code for finding in sample.check() if "licences" in finding.place.file] == [code]
