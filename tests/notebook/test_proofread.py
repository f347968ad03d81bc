"""What is said of prose before any notebook runs."""

import re

import pytest

from pipeline.ledger.settings import settings
from pipeline.notebook.proofread import proofread
from pipeline.period import Period
from pipeline.report.vouching import check
from pipeline.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("{{ fact(“甲”，“乙”) }}", "有全角符号 “ ，括号、引号、逗号都要用半角"),
        ('{{ fact（"甲", "乙"） }}', "有全角符号 （ ，括号、引号、逗号都要用半角"),
        ('{{ fact("甲", "乙" }}', "} 前面缺少 )"),
        ('{{ fact("甲, "乙") }}', "乙 前面缺少逗号、引号或 }}"),
        ('{{ fact("甲", "乙")', "没有写完，缺少括号或 }}"),
        ('{{ fact("甲", "乙")) }}', "多出 ) ，或括号没有成对"),
        ("{% fact %}", "写法不完整"),
        ("{{ '甲'|center(1000000000) }}", "写法不完整"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}甲{% endfor %}{% endfor %}",
            "占位符里不能用循环、宏和引入",
        ),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "占位符里不能用循环、宏和引入"),
    ],
)
def test_a_malformed_placeholder_is_told_in_chinese(workspace, text, zh):
    """Whoever writes the prose reads Chinese: the signs typed in full width and what is missing are named, in no English."""
    (workspace / "data/2021H1/prose/rule-of-law-overview.md").write_text(f"一\n{text}\n", encoding="utf-8")
    (problem,) = proofread(Workspace.at(workspace), Period.parse("2021H1"))
    assert problem.text("zh") == (
        f'prose/rule-of-law-overview.md:2：占位符写得不对（{zh}）；占位符写成 {{{{ fact("对象", "指标") }}}}。'
    )
    assert problem.text("en").startswith("prose/rule-of-law-overview.md:2: a placeholder is not well formed (")


def test_a_placeholder_that_is_none_is_told_with_file_and_line(workspace):
    """Braces of full width, or single ones, around what a placeholder can ask for are errors: they would be printed as typed."""
    text = '公示｛｛ fact("公示报告", "公示") ｝｝，\n在{ text("公示报告", "公示") }公示，集合$\\{x\\}$、`{period}`和{甲}。\n'
    (workspace / "data/2021H1/prose/disclosure-overview.md").write_text(text, encoding="utf-8")
    told = proofread(Workspace.at(workspace), Period.parse("2021H1"))
    assert [(one.code, one.severity, one.place.text("zh"), one.value) for one in told] == [
        ("placeholder-left", "error", "prose/disclosure-overview.md:1", '｛｛ fact("公示报告", "公示") ｝｝'),
        ("placeholder-left", "error", "prose/disclosure-overview.md:2", '{ text("公示报告", "公示") }'),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{ '甲' * 10000000000 }}",
        "{{ 10000000000 * ['甲'] }}",
        "{{ 9 ** 9999999999 }}",
        "{{ 9 ** 20 ** 20 ** 20 ** 20 ** 20 ** 20 ** 20 }}",
        "{{ 2 ** -1000000000 }}",
        "{{ '%1000000000d' % 5 }}",
        "{{ '甲'.center(10000000000) }}",
        "{{ '{:1000000000}'.format(5) }}",
        "{{ '甲'.zfill(10000000000) }}",
        "{{ range(10000000000)|list }}",
        "{{ lipsum(100000) }}",
    ],
)
def test_a_placeholder_cannot_ask_for_much(workspace, text):
    """An expression that would fill the memory or never end is refused with its line, at once."""
    (workspace / "data/2021H1/prose/rule-of-law-overview.md").write_text(f"一\n{text}\n", encoding="utf-8")
    (problem,) = proofread(Workspace.at(workspace), Period.parse("2021H1"))
    assert (problem.place.line, problem.severity) == (2, "error")


def test_a_placeholder_that_asks_for_a_number_is_told_like_any_other(workspace):
    """Where the ledgers state nothing of what was asked, that is said, though a number stands where words should."""
    (workspace / "data/2021H1/prose/lists-more.md").write_text('{{ fact("一业一证", 5) }}\n', encoding="utf-8")
    told = [(problem.code, problem.value) for problem in proofread(Workspace.at(workspace), Period.parse("2021H1"))]
    assert ("prose-unstated", "一业一证, 5") in told


def test_personal_data_in_prose_is_a_warning_with_its_line(workspace):
    """A number that is someone's is told with file and line, masked, however it is written; the rest is read on."""
    text = "一\n\n请联系1３８ 1234·5678。\n<!-- 13987654321 -->\n{{ fact(“甲”) }}\n"
    (workspace / "data/2021H1/prose/rule-of-law-overview.md").write_text(text, encoding="utf-8")
    personal, malformed = proofread(Workspace.at(workspace), Period.parse("2021H1"))
    assert personal.text("zh") == "prose/rule-of-law-overview.md:3：含有手机号 138****5678；请从数据或文字中删去。"
    assert (personal.severity, malformed.code) == ("warning", "prose-syntax")


def test_personal_data_in_the_opening_is_a_warning(workspace):
    """report.toml is read like prose: its opening is printed too."""
    file = workspace / "data/2021H1/report.toml"
    said = re.sub(
        r'^opening = ("+)', r"opening = \1联系 zhang.san [at] example.cn", file.read_text(encoding="utf-8"), flags=re.M
    )
    file.write_text(said, encoding="utf-8")
    (finding,) = settings(Workspace.at(workspace), Period.parse("2021H1"))
    assert (finding.place.key, finding.value, finding.severity) == ("opening", "z***@example.cn", "warning")


def opened(workspace, opening):
    file = workspace / "data/2021H1/report.toml"
    settings = file.read_text(encoding="utf-8")
    file.write_text(settings[: settings.index("\nopening = ")] + f"\nopening = {opening}\n", encoding="utf-8")
    return [
        (one.code, one.place.text("zh"))
        for one in check(Workspace.at(workspace), Period.parse("2021H1"))
        if one.severity == "error"
    ]


@pytest.mark.parametrize(
    ("opening", "code"),
    [
        ('"{{ perid }}工作"', "prose-unknown"),
        ('\'{{ fact("甲", "乙") }}\'', "prose-unknown"),
        ('"{{ period"', "prose-syntax"),
        ('"｛｛ period ｝｝工作"', "placeholder-left"),
        ('"工\\u202e作"', "control-character"),
        ('"工\\u0007作"', "control-character"),
    ],
)
def test_the_opening_is_proofread(workspace, opening, code):
    """What is wrong with the opening of report.toml is told before a run, at its setting."""
    assert opened(workspace, opening)[0] == (code, "report.toml “opening”")


@pytest.mark.parametrize(
    "character", ["\x07", "\x85", "\u202e", "\u2066", "\u200b", "\ufdd0", "\U0001ffff", "\U000e0041"]
)
def test_a_character_that_cannot_be_printed_is_told_with_its_line(workspace, character):
    """A control, a bidi mark, a tag or what is no character at all is told at its line of prose."""
    file = workspace / "data/2021H1/prose/lists-overview.md"
    file.write_text(f"一\n二{character}三\n", encoding="utf-8")
    found = proofread(Workspace.at(workspace), Period.parse("2021H1"))
    assert ("control-character", "prose/lists-overview.md:2") in [(one.code, one.place.address) for one in found]
