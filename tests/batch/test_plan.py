"""A batch file and its table of units: what they say, in what order, and every fault with its cell."""

from __future__ import annotations

import pytest

from pipeline.batch import read_batch
from pipeline.errors import DataError, HalfyearError, UsageError

HEADS = "行政区划代码,名称,上级,文件夹\n"


def batch(folder, units, settings='periods = ["2021H1"]\nunits = "units.csv"\n'):
    (folder / "units.csv").write_text(HEADS + units, encoding="utf-8")
    (folder / "batch.toml").write_text(settings, encoding="utf-8")
    return folder / "batch.toml"


def test_lower_offices_come_before_the_one_above(tmp_path):
    """Every report stands behind those it is made from, whatever the order of the table."""
    read = read_batch(batch(tmp_path, "37,省,,\n3701,市,37,\n370102,乙,3701,\n3702,二市,37,\n370101,甲,3701,\n"))
    order = [report.unit.code for report in read.reports]
    assert all(
        order.index(report.unit.code) > order.index(lower.code) for report in read.reports for lower in report.units
    )
    assert sorted(order) == ["37", "3701", "370101", "370102", "3702"]


def test_paths_start_where_the_batch_file_lies(tmp_path):
    """A blank folder is one called as the code; both start at the batch file, wherever the command is given."""
    read = read_batch(batch(tmp_path, "1,甲,,\n2,乙,,elsewhere/two\n"))
    assert [unit.folder for unit in read.units] == [tmp_path / "1", tmp_path / "elsewhere" / "two"]


@pytest.mark.parametrize(
    ("units", "code", "cell"),
    [
        ("1,甲,9,\n", "unit-unknown", "C2"),
        ("1,甲,2,\n2,乙,1,\n", "unit-circle", "C2"),
        ("1,甲,1,\n", "unit-circle", "C2"),
        ("1,甲,,\n1,乙,,\n", "duplicate", "A2:A3"),
        ("1,甲,,\n2,甲,,\n", "duplicate", "B2:B3"),
        ("1,,,there\n", "required", "B2"),
        (",甲,,there\n", "required", "A2"),
        ("1,甲,,\n2,乙,,1\n", "unit-folder-shared", "D2:D3"),
        ("1,甲,,./here/\n2,乙,,here\n", "unit-folder-shared", "D2:D3"),
        ("..,甲,,\n", "unit-code", "A2"),
        ("3701/04,甲,,there\n", "unit-code", "A2"),
        ("370104.0,甲,,there\n", "unit-code", "A2"),
        ("3.70104E+05,甲,,there\n", "unit-code", "A2"),
        ("３７０１０４,甲,,there\n", "unit-code", "A2"),
    ],
)
def test_each_fault_of_the_table_is_told_with_its_cell(tmp_path, units, code, cell):
    """What is wrong with a unit is told by the cell it stands in; nothing is made."""
    with pytest.raises(DataError) as told:
        read_batch(batch(tmp_path, units))
    problem = next(one for one in told.value.problems if one.code == code)
    assert problem.place.address.endswith(f"!{cell}")


@pytest.mark.parametrize(
    ("units", "nearest"),
    [
        ("3700,市,,\n3701,甲,370O,\n3702,乙,3700,\n", "3700"),
        ("3700,市,,\n3701,甲,3700,\n3702,乙,370l,\n370101,丙,3701,\n", "3701"),
        ("3700,市,,\n3701,甲,370O,\n", "3700"),
        ("3700,市,37O1,\n3701,甲,3700,\n370101,丙,3701,\n", ""),
    ],
)
def test_the_office_above_that_may_be_meant_makes_no_circle(tmp_path, units, nearest):
    """For a wrong 上级 a code is proposed that is close, of an office with units first, and never the unit or one below it."""
    with pytest.raises(DataError) as told:
        read_batch(batch(tmp_path, units))
    (problem,) = told.value.problems
    assert (problem.code, problem.params["nearest"]) == ("unit-unknown", nearest)


def test_a_code_given_twice_is_told_once(tmp_path):
    """Though it is the key of the table and to be there once, its rows are one problem."""
    with pytest.raises(DataError) as told:
        read_batch(batch(tmp_path, "1,甲,,\n1,乙,,there\n"))
    assert [one.code for one in told.value.problems] == ["duplicate"]


def test_units_of_different_offices_may_be_called_alike(tmp_path):
    """There is a 市中区 in more than one city of a province."""
    read = read_batch(batch(tmp_path, "1,一市,,\n2,二市,,\n11,市中区,1,\n21,市中区,2,\n"))
    assert [unit.name for unit in read.units].count("市中区") == 2


def test_a_code_keeps_its_leading_noughts(tmp_path):
    """010101 and 10101 are two units, and a code above is found as it is written."""
    read = read_batch(batch(tmp_path, "010100,市,,\n010101,甲,010100,\n10101,乙,010100,\n"))
    assert [unit.code for unit in read.below["010100"]] == ["010101", "10101"]


def test_a_table_without_units_is_told(tmp_path):
    """A table of headings alone is no batch."""
    with pytest.raises(HalfyearError) as told:
        read_batch(batch(tmp_path, ""))
    assert told.value.code == "units-empty"


@pytest.mark.parametrize("file", ["nowhere.toml", "."])
def test_a_batch_file_that_is_none_is_told_as_wrong_usage(tmp_path, file):
    """A missing file, or a folder, is named, with what the file is to say."""
    with pytest.raises(UsageError, match="periods"):
        read_batch(tmp_path / file)


def test_a_unit_without_units_rolls_nothing_up(tmp_path):
    """Who has nothing below is told so, and nothing is written."""
    read = read_batch(batch(tmp_path, "1,市,,\n11,甲,1,\n"))
    assert [unit.code for unit in read.below_of(read.units[0])] == ["11"]
    with pytest.raises(UsageError, match="甲"):
        read.below_of(read.units[1])


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ('units = "units.csv"\n', "periods"),
        ('periods = ["2021H1"]\n', "units"),
        ('periods = "2021H1"\nunits = "units.csv"\n', "periods"),
        ('periods = ["2021H9"]\nunits = "units.csv"\n', "2021H9"),
        ('periods = ["2021H1"]\nunits = "units.csv"\nformat = ["pdf"]\n', "formats"),
        ('periods = ["2021H1"]\nunits = "units.csv"\nformats = ["pdff"]\n', "pdf"),
        ('periods = ["2021H1"]\nunits = "units.csv"\nedition = "secret"\n', "public"),
        ('periods = ["2021H1"]\nunits = "units.csv"\ncell_timeout = 0\n', "cell_timeout"),
        ('periods = ["2021H1"]\nunits = "units.csv"\ncell_timeout = true\n', "cell_timeout"),
        ('periods = ["2021H1"]\nunits = "units.csv"\nshared = "no"\n', "shared"),
        ('periods = ["2021H1"]\nunits = "units.csv"\nshared = 1\n', "shared"),
        ('periods = ["2021H1"]\nunits = "units.csv"\nformats = []\n', "formats"),
        ('periods = ["2021H1", 2020]\nunits = "units.csv"\n', "periods"),
        ('periods = []\nunits = "units.csv"\n', "periods"),
        ("periods = [", "batch.toml"),
    ],
)
def test_each_fault_of_the_file_is_told(tmp_path, settings, word):
    """A setting that is missing, unknown, of another kind or has another value is told with what is allowed."""
    with pytest.raises(HalfyearError) as told:
        read_batch(batch(tmp_path, "1,甲,,\n", settings))
    assert word in str(told.value)


def test_what_a_batch_file_leaves_out_is_as_for_one_report(tmp_path):
    """Every form, internal, in the workspaces' own outputs/, which workers see; a second is time enough if it says so."""
    read = read_batch(batch(tmp_path, "1,甲,,\n", 'periods = ["2021H1", "2021H1"]\nunits = "units.csv"\n'))
    assert (read.formats, read.edition, read.outputs, read.cell_timeout, read.shared) == (
        ("html", "pdf", "docx"), "internal", None, None, True,
    )  # fmt: skip
    assert [report.name for report in read.reports] == ["1 2021H1"]
    said = 'periods = ["2021H1"]\nunits = "units.csv"\ncell_timeout = 1\nshared = false\nformats = ["pdf", "html", "pdf"]\n'
    read = read_batch(batch(tmp_path, "1,甲,,\n", said))
    assert (read.formats, read.cell_timeout, read.shared) == (("pdf", "html"), 1, False)


def test_a_workspace_is_known_as_that_of_its_unit(tmp_path):
    """By whatever path it is called; a folder that is no unit's is told."""
    read = read_batch(batch(tmp_path, "1,市,,\n11,甲,1,\n"))
    assert read.unit_at(tmp_path / "1" / ".." / "11").name == "甲"
    with pytest.raises(UsageError, match="batch.toml"):
        read.unit_at(tmp_path)


def test_earlier_periods_come_first(tmp_path):
    """Reports of earlier periods stand before those that are compared with them or made of them, however the file lists them."""
    said = 'periods = ["2021H1", "2020H2", "2021-06", "2021-05"]\nunits = "units.csv"\n'
    read = read_batch(batch(tmp_path, "1,甲,,\n", said))
    assert [str(report.period) for report in read.reports] == ["2020H2", "2021-05", "2021-06", "2021H1"]
