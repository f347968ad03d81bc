"""One class for a wrong thing: wherever it stands, it says so in both languages and is read back as it was."""

import json

import pytest

from pipeline.document.passages import PassagePlace
from pipeline.findings import Finding, Place, Words, nearest_of

CELLS = Place("tables/outreach.csv", rows=(3, 4, 7), column="F", heading="接待群众")
PASSAGE = PassagePlace("paragraph", "reform", "改革创新", count=3)
CASES = {
    "cells": (
        Finding("unknown-unit", CELLS, "3千余"),
        "tables/outreach.csv!F3:F4,F7 接待群众 “3千余”：",
        "tables/outreach.csv!F3:F4,F7 接待群众 '3千余': ",
    ),
    "a row of a sheet": (
        Finding("duplicate", Place("tables.xlsx", "指标", (4, 5)), params={"key": ("对象", "指标")}),
        "tables.xlsx 指标!4:5：这几行说的是同一件事（对象、指标相同）",
        "tables.xlsx 指标!4:5: these rows state the same thing (same 对象, 指标)",
    ),
    "a line of prose": (
        Finding("prose-unstated", Place("prose/a.md", line=3), "一业一证, 数", {"nearest": nearest_of("数值", ["数 值"])}),
        "prose/a.md:3 “一业一证, 数”：台账里没有（是不是“数 值”？）",
        "prose/a.md:3 '一业一证, 数': the ledgers do not state it (did you mean '数 值'?)",
    ),
    "a setting": (
        Finding("settings-type", Place("report.toml", key="signed"), params={"wanted": Words("日期", "a date")}),
        "report.toml “signed”：应写成日期。",
        "report.toml 'signed': write a date.",
    ),
    "a passage": (
        Finding("untraced", PASSAGE.reported(7), "三份", {"sentence": "起草三份。"}),
        "改革创新，第7单元格，第3段：“三份”没有来源，见“起草三份。”",
        "reform, cell 7, paragraph 3: '三份' is untraced in “起草三份。”",
    ),
    "another place of the report": (
        Finding("title-two-ways", PASSAGE.reported(), "《甲》", {"other_found": "《乙》", "other": PASSAGE.reported()}),
        "改革创新，第3段：文件名“《甲》”另写作“《乙》”（改革创新，第3段）",
        "reform, paragraph 3: the document 《甲》 is also written 《乙》 (reform, paragraph 3)",
    ),
    "a file": (
        Finding("output-altered", Place("report.pdf")),
        "report.pdf：文件在生成之后被改动过",
        "report.pdf: the file was altered",
    ),
    "nowhere": (Finding("no-title"), "没有标题属性。", "it has no title among its properties."),
}  # fmt: skip


@pytest.mark.parametrize(("finding", "zh", "en"), CASES.values(), ids=CASES)
def test_a_finding_says_where_and_what(finding, zh, en):
    """The place comes first, as its reader calls it, then what was found where the message does not name it itself."""
    assert finding.text("zh").startswith(zh)
    assert finding.text("en").startswith(en)


@pytest.mark.parametrize("finding", [case[0] for case in CASES.values()], ids=CASES)
def test_what_was_kept_says_the_same(finding):
    """A finding of an earlier build, read back from JSON, tells the same to people and to programs."""
    again = Finding.of_kept(json.loads(json.dumps(finding.as_kept())))
    for lang in ("zh", "en"):
        assert again.text(lang) == finding.text(lang)
        assert again.as_dict(lang) == finding.as_dict(lang)
    assert (again.code, again.severity, again.place) == (finding.code, finding.severity, finding.place)


def test_programs_find_every_field_by_one_name():
    """Every finding has the same keys for programs, whatever it is about."""
    assert len({tuple(finding.as_dict()) for finding, _, _ in CASES.values()}) == 1
    cells = CASES["cells"][0].as_dict("zh")
    assert (cells["file"], cells["row"], cells["rows"], cells["column"]) == ("tables/outreach.csv", 3, [3, 4, 7], "F")
    assert (cells["heading"], cells["value"], cells["place"]) == ("接待群众", "3千余", "tables/outreach.csv!F3:F4,F7")
    passage = CASES["a passage"][0].as_dict("zh")
    assert (passage["section"], passage["cell"], passage["place"]) == ("reform", 7, "第3段")
    assert (passage["found"], passage["sentence"]) == ("三份", "起草三份。")
    line = CASES["a line of prose"][0].as_dict()
    assert (line["row"], line["rows"]) == (3, [3])


def test_a_severity_of_its_own_stands_before_the_catalogues():
    """A rule may be declared an error where the catalogue says warning."""
    assert Finding("rule-difference").severity == "warning"
    assert Finding("rule-difference", severity="error").severity == "error"


@pytest.mark.parametrize(
    ("word", "words", "expected"),
    [
        ("指示", ["指标"], "指标"),
        ("截止", ["截至", "对象"], "截至"),
        ("截止", ["截至", "禁止"], ""),
        ("全不同", ["指标"], ""),
    ],
)
def test_the_nearest_is_one_that_is_near(word, words, expected):
    """One character of two may differ if that leaves a single word; what is not near is not proposed."""
    assert nearest_of(word, words) == expected


def test_the_nearest_is_a_question_in_the_readers_language():
    """The nearest name is asked for in both languages, and nothing is said where there is none."""
    assert (nearest_of("指示", ["指标"]).text("zh"), nearest_of("指示", ["指标"]).text("en")) == (
        "（是不是“指标”？）",
        " (did you mean '指标'?)",
    )
    assert nearest_of("x", []).text("zh") == ""
