"""Rules that the figures keep are declared by a command: added to the ledger of rules, never instead of what is there."""

import csv
import json

import pytest
from calling import Command
from openpyxl import load_workbook
from slip_tables import tables

from pipeline.errors import DataError
from pipeline.ledger import new
from pipeline.ledger.taking_rules import take_rules
from pipeline.period import Period
from pipeline.workspace import Workspace

PERIOD = Period.parse("2021H1")
HEAD = "表,名称,规则,级别,备注"
TAKEN = {
    "district-and-towns-two-levels": [
        "区级小计 = 投资建设 + 市场准入 + 社会事务",
        "镇街小计 = 兴福街道 + 段店街道 + 玉清湖街道",
        "总计 = 区级小计 + 镇街小计",
    ],
    "exam-marks": ["合格率 = 合格 / 参考"],
    "matters-a-person": ["人均办件量 = 办件量 / 窗口人员"],
    "licences-of-two-years": [],
    "twelve-eight-twenty": [],
}


def workspace(root, name, rules=None):
    """A workspace with the right tables of that name, and a ledger of rules as bytes."""
    (table,) = [each for each in tables() if each.id == name]
    table.write(root)
    path = root / "data" / "2021H1" / "tables" / "checks.csv"
    if rules is not None:
        path.write_bytes(rules)
    return Workspace.at(root), path


@pytest.mark.parametrize("name", TAKEN)
def test_what_holds_to_the_last_digit_is_declared_once(name, tmp_path):
    """Sums, rates and averages become rules under the ledger's own names; a second time there is nothing to declare."""
    place, _ = workspace(tmp_path, name)
    assert [each.rule for each in take_rules(place, PERIOD).rules] == TAKEN[name]
    assert take_rules(place, PERIOD).rules == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("closed", [True, False])
def test_rows_that_are_there_stay_to_the_byte(encoding, end, closed, tmp_path):
    """New rows are added behind the old ones, in the file's own encoding, ends of lines and order of columns."""
    old = end.join(["名称,规则,表,级别", "合格率,参考 = 合格 + 不合格,指标,错误"]) + (end if closed else "")
    place, path = workspace(tmp_path, "exam-marks", old.encode(encoding))
    (taken,) = take_rules(place, PERIOD).rules
    text = path.read_bytes().decode(encoding)
    assert text == old + ("" if closed else end) + f"合格率（2）,{taken.rule},指标,{end}"


def test_the_separator_that_the_first_line_names_is_kept(tmp_path):
    """Under sep=; the new rows are parted by semicolons, though the rules hold commas."""
    old = "sep=;\n表;名称;规则;级别;备注\n指标;合格率;参考 = 合格 + 不合格;错误;一，二,三\n"
    place, path = workspace(tmp_path, "exam-marks", old.encode())
    (taken,) = take_rules(place, PERIOD).rules
    assert path.read_text(encoding="utf-8") == f"{old}指标;合格率（2）;{taken.rule};;\n"


@pytest.mark.parametrize("old", [b"\xb1\xed\xff\xff\n", '表,名称,"规则\n'.encode(), "没有表头\n".encode()])
def test_to_a_ledger_of_rules_that_cannot_be_read_nothing_is_added(old, tmp_path):
    """Where nobody can tell what stands there, the file stays as it is and its faults are told."""
    place, path = workspace(tmp_path, "exam-marks", old)
    with pytest.raises(DataError) as refused:
        take_rules(place, PERIOD)
    assert refused.value.details and path.read_bytes() == old


def test_a_workbook_is_the_clerks(tmp_path):
    """A workbook with a sheet of rules is not touched: the rows are said, as they can be pasted into it."""
    (root := tmp_path / "office").mkdir()
    place, _ = workspace(root, "exam-marks")
    indicators = (root / "data" / "2021H1" / "tables" / "indicators.csv").read_text(encoding="utf-8-sig")
    for path in (root / "data" / "2021H1").rglob("*.*"):
        path.unlink()
    (root / "data" / "2021H1" / "tables").rmdir()
    (root / "data" / "2021H1").rmdir()
    new(place, PERIOD, xlsx=True)
    book = root / "data" / "2021H1" / "tables.xlsx"
    filled = load_workbook(book)
    headings = [cell.value for cell in filled["指标"][1]]
    for line in csv.DictReader(indicators.splitlines()):
        filled["指标"].append([line.get(heading, "") for heading in headings])
    filled.save(book)
    before = book.read_bytes()
    taken = take_rules(place, PERIOD)
    assert taken.lines == ["指标\t合格率\t合格率 = 合格 / 参考\t\t"]
    assert book.read_bytes() == before and not (root / "data" / "2021H1" / "tables").exists()


def test_the_command_says_what_it_took(tmp_path):
    """check --take-rules names the file and each rule, then checks; with --json that goes beside the problems."""
    workspace(tmp_path, "exam-marks")
    call = Command(tmp_path)
    said = call("check", "2021H1", "--take-rules", "--lang", "zh")
    assert said.stdout.splitlines()[:2] == ["tables/checks.csv：登记了 1 条勾稽规则：", "  指标  合格率 = 合格 / 参考"]
    again = call("check", "2021H1", "--take-rules", "--lang", "zh", "--json")
    assert json.loads(again.stdout) == []
    assert "没有新的勾稽规则可以登记" in again.stderr
