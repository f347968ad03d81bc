"""Inputs that have a fault: what is said of each, to the letter, in both languages, and that nothing else happens."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest
from bad_files import FILES

from pipeline.cli import main
from pipeline.findings.catalogue import codes

HERE = Path(__file__).parent
BY_NAME = {"ids": lambda case: case["name"]}


def corpus(name):
    with (HERE / "bad" / name).open("rb") as stream:
        return tomllib.load(stream)["case"]


CELLS, WHOLE_FILES = corpus("cells.toml"), corpus("files.toml")


def put_cells(sample, case):
    sample.put(case["table"], case["rows"])
    for period, rows in case.get("before", {}).items():
        sample.put(case["table"], rows, period)
    if case["table"] == "initiatives":  # that others refer to the row is not what this is about
        for name in ("indicators", "policies", "coordination", "milestones"):
            (sample.folder / "tables" / f"{name}.csv").unlink()


def said(capsys, *arguments):
    """The exit code and all that the command printed."""
    with pytest.raises(SystemExit) as left:
        main([*map(str, arguments)])
    printed = capsys.readouterr()
    return left.value.code, printed.out + printed.err


def holds_exactly(sample, case, capsys):
    """The messages of ``case`` in both languages, its exit code, no traceback, and the outputs as they were."""
    report = sample.root / "outputs" / "2021H1" / "report.html"
    report.parent.mkdir(parents=True)
    report.write_text("the old report", encoding="utf-8")
    made = {"report.html": hashlib.sha256(b"the old report").hexdigest()}
    manifest = {"inputs": {}, "outputs": made, "parameters": {}}
    (report.parent / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    problems = sample.check()
    assert [problem.text("zh") for problem in problems] == case["zh"]
    assert [problem.text("en") for problem in problems] == case["en"]
    assert [problem.code for problem in problems] == case["codes"]
    is_error = case["severity"] == "error"
    for command in ["check", "run"] if is_error else ["check"]:
        left, printed = said(capsys, command, "2021H1", "--workspace", sample.root, "--lang", "zh")
        assert left == (1 if is_error else 0)
        named = {"error": "错误", "warning": "警告"}[case["severity"]]
        assert all(f"{named}：{message}" in printed for message in case["zh"])
        assert "Traceback" not in printed
        errors = sum(problem.severity == "error" for problem in problems)
        assert f"{errors}个错误，{len(problems) - errors}个警告\n" in printed
        assert (f"data/2021H1 有{errors}个错误" in printed) is (command == "run")
    assert report.read_text(encoding="utf-8") == "the old report"
    assert sorted(path.name for path in (sample.root / "outputs").rglob("*")) == [
        "2021H1",
        "manifest.json",
        "report.html",
    ]


@pytest.mark.parametrize("case", CELLS, **BY_NAME)
def test_a_faulty_cell_is_told_exactly(sample, case, capsys):
    """A faulty cell or row gives its exact message, exit 1 for an error, no traceback, and leaves the outputs alone."""
    put_cells(sample, case)
    holds_exactly(sample, case, capsys)


@pytest.mark.parametrize("case", WHOLE_FILES, **BY_NAME)
def test_a_faulty_file_is_told_exactly(sample, case, capsys):
    """A faulty file gives its exact message, exit 1 for an error, no traceback, and leaves the outputs alone."""
    FILES[case["name"]](sample)
    holds_exactly(sample, case, capsys)


def test_every_faulty_file_has_its_message():
    """Each file that can be made faulty is in the corpus, once."""
    assert [case["name"] for case in WHOLE_FILES] == list(FILES)


def test_there_are_many_ways_to_be_wrong():
    """The corpus holds at least a hundred different faults, and no name twice."""
    names = [case["name"] for case in (*CELLS, *WHOLE_FILES)]
    assert len(names) == len(set(names)) >= 100


def test_several_faults_are_told_at_once_by_file(sample, capsys):
    """All faults of all files are told in one go, grouped by file."""
    sample.put("outreach", [{"接待群众": "3千余", "月份": "昨天"}])
    sample.put("cases", [{"类型": "行政诉诉"}])
    _, printed = said(capsys, "check", "2021H1", "--workspace", sample.root, "--lang", "en")
    assert re.findall(r"^\S.*$", printed, re.MULTILINE) == [
        "tables/outreach.csv",
        "tables/cases.csv",
        "3 errors, 0 warnings",
    ]
    assert re.findall(r"!(\w+)", printed) == ["A2", "F2", "A2"]


def test_json_names_every_part_of_a_fault(sample, capsys):
    """With --json each fault is an object with its file, row, column, heading, value and message."""
    sample.put("outreach", [{}, {"活动": "示例二", "接待群众": "3千余"}])
    _, printed = said(capsys, "check", "2021H1", "--workspace", sample.root, "--json", "--lang", "en")
    (fault,) = json.loads(printed)
    told = {
        "severity": "error",
        "code": "arabic-with-thousand",
        "file": "tables/outreach.csv",
        "sheet": "",
        "row": 3,
        "rows": [3],
        "column": "F",
        "heading": "接待群众",
        "value": "3千余",
        "place": "tables/outreach.csv!F3",
        "message": (
            "tables/outreach.csv!F3 接待群众 '3千余': Arabic digits are not followed by 千, 百 or 十; "
            "write it out, as in 3000."
        ),
    }
    assert {**fault, **told} == fault


def test_one_fault_in_many_rows_is_told_once(sample):
    """Cells of a column that share a fault are one problem that names them all, as ranges."""
    faulty = {"接待群众": "3千余"}
    rows = [{"活动": f"示例{n}", **(faulty if n in (1, 2, 5) else {})} for n in range(7)]
    sample.put("outreach", rows)
    (problem,) = sample.check()
    assert problem.place.rows == (3, 4, 7)
    assert problem.place.name() == "tables/outreach.csv!F3:F4,F7"


def test_every_message_is_tried():
    """Every message of the catalogue about ledgers is given by an input of the corpus, but for those that other tests give."""
    given = {code for case in (*CELLS, *WHOLE_FILES) for code in case["codes"]}
    hostile = {"too-many-cells", "too-many-elements", "too-many-sheets", "too-many-merges", "too-slow", "link-outside"}
    unread = {"sheet-unread", "file-unread", "no-ledger-but", "no-font-has"}
    look = {"hidden-rows", "hidden-column", "struck-through", "struck-in-part", "not-seen", "zero-not-shown"}
    habits = {*look, "format-by-condition", "figure-in-comment", "no-record", "row-of-one-cell", "row-shifted"}
    begun = {"not-filled", "not-filled-figure", "base-apart"}
    months = {f"not-filled-{what}" for what in ("months", "row-of-months", "basis-of-month", "rate-of-months")}
    months |= {"not-filled-units-of-months"}
    elsewhere = {"rule-differences", "rule-units", *hostile, *unread, *habits, *begun, *months}
    assert set(codes("data")) - given == elsewhere
