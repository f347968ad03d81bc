"""Where checks and templates end: just inside nothing is told, just outside it is."""

import tomllib

import pytest

from pipeline.ledger import new
from pipeline.period import Period
from pipeline.workspace import Workspace


@pytest.mark.parametrize(("granted", "told"), [("0.5000000004", False), ("0.5000000015", True), ("0.6", True)])
def test_a_sum_may_be_apart_by_less_than_a_billionth(sample, granted, told):
    """Figures are summed as floating numbers: what that rounds is no difference, a billionth and more is one."""
    sample.put("licences", [{"受理数量": "0.5", "许可数量": granted, "不予许可数量": "0"}])
    found = [problem.code for problem in sample.check() if problem.code.startswith("rule")]
    assert found == (["rule-difference"] if told else [])


def test_only_rates_are_held_to_one_precision(sample):
    """Hours with and without decimals beside rates of one precision are no mixture, blank ones neither."""
    hours = [{"指标": "提速", "数值": text, "单位": "小时", "对象": text} for text in ("12.5", "3")]
    rates = [{"指标": "提速", "数值": text, "单位": "%", "对象": text} for text in ("84.50", "89.25", "")]
    sample.put("indicators", [*hours, *({**rate, "内容": "示例"} for rate in rates)])
    assert "mixed-precision" not in [problem.code for problem in sample.check()]
    sample.put("indicators", [*hours, *rates[:2], {**rates[0], "数值": "89.5", "对象": "示例"}])
    (mixed,) = [problem for problem in sample.check() if problem.code == "mixed-precision"]
    assert mixed.place.rows == (4, 5, 6)
    sample.put("indicators", [*rates[:2], {**rates[0], "数值": "89.5", "指标": "另一项"}])
    assert "mixed-precision" not in [problem.code for problem in sample.check()]


@pytest.mark.parametrize("heading", ["地点", "备注", "接待群众"])
def test_a_row_that_lacks_what_is_required_is_a_row(sample, heading):
    """A row in which only an optional cell is filled is not left out: it is told, once."""
    sample.write("tables/outreach.csv", f"月份,活动,{heading}\n2021-04,示例,\n,,5\n".encode())
    told = [problem.place.name() for problem in sample.check() if problem.place.file == "tables/outreach.csv"]
    assert told == (
        ["tables/outreach.csv!C3"] if heading != "接待群众" else ["tables/outreach.csv!A3", "tables/outreach.csv!B3"]
    )


@pytest.mark.parametrize(
    "opening",
    [
        "一行\n另一行",
        "C:\\示例\\n\n另一行\\",
        '说“三个""" 引号”\n另一行"',
        '一行里的 \\ 和 "引号"',
        "行尾反斜杠\\\n\\u4e00 不是字\n\ttab",
        'a\\"""\\\n""""',
    ],
)
def test_the_opening_moves_on_as_it_is(sample, opening):
    """Backslashes and quotation marks of an opening of several lines are the same in the next half-year's report.toml."""
    file = sample.folder / "report.toml"
    quoted = opening.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    file.write_text(file.read_text(encoding="utf-8").replace('opening = ""', f'opening = "{quoted}"'), encoding="utf-8")
    assert Workspace.at(sample.root).settings("2021H1").opening == opening
    new(Workspace.at(sample.root), Period.parse("2021H2"))
    moved = tomllib.loads((sample.root / "data/2021H2/report.toml").read_text(encoding="utf-8"))
    assert moved["opening"].strip("\n") == opening
