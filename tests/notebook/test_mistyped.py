"""Slips of the keyboard in a real kernel: each is told in one message with what was meant, without anything to look up."""

import json

import pytest
from kernel import Kernel

BEGIN = """\
from pipeline import Section, bar_chart, broken_down, chart, count, given, listed, say, share, stated, table, with_total
reform = Section("reform", "2021H1")
rows = reform.table("indicators")
handled = reform.compared("indicators", measure="办件量")
fact = handled.value.iloc[0]
"""
# A cell as somebody types it, and what its message names.
SLIPS = [
    ("from pipeline import tabel", "'table'"),
    ('Section("refrom", "2021H1")', "'reform'"),
    ('Section("reform", "2021h1x")', "2021H1"),
    ('Section("reform", "2031H1")', "halfyear new 2031H1"),
    ('Sectoin("reform", "2021H1")', "'Section'"),
    ('reform.tabel("indicators")', "'table'"),
    ('reform.table("indicator")', "'indicators'"),
    ('reform.table("指镖")', "'指标'"),
    ('reform.table("indicators", mesure="办件量")', "'measure'"),
    ('reform.table("indicators", 指镖="办件量")', "'指标'"),
    ('reform.table("indicators", measure="办件数")', "'办件量'"),
    ('reform.about("跨省通版").table("coordination")', "'跨省通办'"),
    ('rows["mesure"]', "'measure'"),
    ('rows["对像"]', "'对象'"),
    ("rows.mesure", "'measure'"),
    ('rows[["subject", "valeu"]]', "'value'"),
    ("rows.iloc[0].valeu", "'value'"),
    ("for row in rows.itertuples():\n    row.valeu", "'value'"),
    ('rows.sort_values("valeu")', "'value'"),
    ('rows.groupby("subjet").value.sum()', "'subject'"),
    ('reform.fact("一业一证", "办件")', "'(一业一证, 办件量)'"),
    ('reform.fact("一业一正", "办件量")', "'(一业一证, 办件量)'"),
    ('reform.fact("一业一证", "平均用时")', "they state (一业一证, 办件量)"),
    ('reform.fact("一业一证")', "lacks measure; it is written fact(subject, measure, as_of)"),
    ('reform.fact("一业一证", "办件量", as_off="2021")', "'as_of'"),
    ('reform.text("一业一证", "办件量")', "fact(…)"),
    ('reform.compared("indicators", value="valeu")', "'value'"),
    ('reform.compared("indicators", total_by="mesure")', "'measure'"),
    ('reform.prose("overwiev")', "'reform-overview.md'"),
    ("reform.period.called.befor", "'before'"),
    ('table(handled, {"subjekt": "改革事项"}, name="x", caption="y")', "'subject'"),
    ('table(handled, {"subject": "改革事项"}, caption="y")', "lacks name; it is written table(rows, columns, name="),
    ('table(handled, {"subject": "改革事项"}, name="x", captoin="y")', "'caption'"),
    ('table(handled, {"subject": "改革事项"}, "x", "y")', "it is written table(rows, columns, name=, caption="),
    ('table(handled, {"subject": "改革事项"}, name="办件", caption="y")', "handled-by-initiative"),
    ('bar_chart(handled, label="subjct", value="value", name="c", caption="y")', "'subject'"),
    ('bar_chart(handled, label="subject", value="subject", name="c", caption="y")', "一业一证 in subject is no fact"),
    ('listed(handled, "{subject}办件量{valeu}")', "'value'"),
    ('listed(handled, "{row.subject}")', "'subject'"),
    ('listed(handled, "{subject")', "{value}"),
    ('listed(handled, f"{subject}办件量{value}")', "has no f before it"),
    ('listed(handled, lambda row: f"{row.subject}{row.valeu}")', "'value'"),
    ('lsited(handled, "{subject}")', "'listed'"),
    ("reform.rest(）", "write )"),
    ('stated(handled, "valeu")', "'value'"),
    ('broken_down(rows, "mesure", "value")', "'measure'"),
    ('with_total(rows, per="subject", label="mesure", values=["value"])', "'measure'"),
    ("count(handled)", "lacks unit; it is written count(rows, unit)"),
    ("column_chart(handled)", "from pipeline import column_chart"),
    ("fact.valeu", "'value'"),
    ('f"{fact:.1}"', ".1f"),
    ("share(fact, 322)", "section.fact(…)"),
    ("fact + 3", "state it in a ledger"),
    ('say(f"受理{handled.value}。")', ".sum()"),
    ("handled", "show it with table(…)"),
]


@pytest.fixture(scope="module")
def kernel():
    """One kernel for all cells of this module: none of them changes what the next finds."""
    kernel = Kernel()
    try:
        assert kernel(BEGIN) == []
        yield kernel
    finally:
        kernel.end()


@pytest.mark.parametrize(("cell", "named"), SLIPS, ids=[json.dumps(cell)[1:-1] for cell, _ in SLIPS])
def test_a_slip_is_told_in_one_message(kernel, cell, named):
    """Whatever Python makes of it: one output, whose last line names what was meant, a few lines below the cell's own."""
    [shown] = kernel(cell)
    message = shown.splitlines()[-1]
    assert named in message
    assert len(shown.splitlines()) <= 12 or "</table>" in shown


def test_a_slip_is_told_in_chinese(kernel):
    """Where the reader's language is Chinese, so is the message, Python's own words included."""
    assert kernel("import os\nos.environ['HALFYEAR_LANG'] = 'zh'") == []
    try:
        for cell, message in (
            ("lsited(rows)", "没有“lsited”这个名字（是不是“listed”？）。"),
            ("rows.mesure", "没有 mesure 列"),
            ("count(rows)", "count 缺少参数 unit；写法：count(rows, unit)。"),
            ("rows.head(2)", "要写进报告，请用 table(…) 或 listed(…)。"),
        ):
            assert message in kernel(cell)[0]
    finally:
        kernel("os.environ['HALFYEAR_LANG'] = 'en'")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ('reform.table("indicators")', 'reform.table("指标")'),
        ('reform.table("indicators", measure="办件量")', 'reform.table("指标", 指标="办件量")'),
        ('reform.compared("indicators", value="value")', 'reform.compared("指标", value="数值")'),
        ('reform.compared("indicators", total_by="measure")', 'reform.compared("指标", total_by="指标")'),
        ('rows["value"]', 'rows["数值"]'),
        ("rows.value", "rows.数值"),
        ('rows[["subject", "value"]]', 'rows[["对象", "数值"]]'),
        ('rows.sort_values("subject")', 'rows.sort_values("对象")'),
        ('rows.groupby("measure").value.sum()', 'rows.groupby("指标").数值.sum()'),
        ("rows.iloc[3].value", "rows.iloc[3].数值"),
        ("[row.value for row in rows.itertuples()]", "[row.数值 for row in rows.itertuples()]"),
        ('stated(rows, "value")', 'stated(rows, "数值")'),
        ('listed(handled, "{subject}{value}")', 'listed(handled, "{对象}{数值}")'),
        ('listed(handled, lambda row: f"{row.value}")', 'listed(handled, lambda row: f"{row.数值}")'),
        ('broken_down(handled, "subject", "value")', 'broken_down(handled, "对象", "数值")'),
        (
            'table(handled, {"subject": "对象", "value": "数值"}, name="t", caption="c")',
            'table(handled, ["对象", "数值"], name="t", caption="c")',
        ),
        (
            'bar_chart(handled, label="subject", value="value", name="b", caption="c")',
            'bar_chart(handled, label="对象", value="数值", name="b", caption="c")',
        ),
    ],
)
def test_chinese_names_work_wherever_english_ones_do(kernel, english, chinese):
    """Ledgers and fields go by the words of the workbook, too, and give the same."""
    [one], [two] = kernel(english), kernel(chinese)
    assert one == two
    assert "Traceback" not in one


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ('reform.table("ind', 'reform.table("indicators'),
        ('reform.table("指', 'reform.table("指标'),
        ('reform.fact("一业', 'reform.fact("一业一证'),
        ('reform.fact("一业一证", "', 'reform.fact("一业一证", "办件量'),
        ('reform.table("indicators", mea', 'reform.table("indicators", measure='),
        ('x = 1\nreform.table("指标", 指', 'x = 1\nreform.table("指标", 指标='),
        ('reform.table("indicators", measure="办', 'reform.table("indicators", measure="办件量'),
        ('reform.prose("over', 'reform.prose("overview'),
        ('reform.about("跨', 'reform.about("跨省通办'),
        ('rows["val', 'rows["value'),
        ('rows["数', 'rows["数值'),
        ("rows.数", "rows.数值"),
        ("reform.ta", "reform.table"),
        ('listed(rows, "{sub', 'listed(rows, "{subject'),
        ('bar_chart(rows, label="sub', 'bar_chart(rows, label="subject'),
        ('table(rows, {"sub', 'table(rows, {"subject'),
    ],
)
def test_tab_knows_the_period(kernel, typed, offered):
    """Ledgers, fields, subjects, measures, values and parts of prose are completed, in English and in Chinese."""
    assert offered in kernel.completions(typed)


def test_tab_leaves_free_text_alone(kernel):
    """In a caption nothing of a ledger is offered."""
    assert not [line for line in kernel.completions('table(rows, ["subject"], caption="sub') if "subject" in line[-9:]]
