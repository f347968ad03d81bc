"""What is said of prose before any notebook runs."""

import re

import pytest

from pipeline.ledger.settings import settings
from pipeline.notebook.proofread import proofread
from pipeline.period import Period
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
    ],
)
def test_a_malformed_placeholder_is_told_in_chinese(workspace, text, zh):
    """Whoever writes the prose reads Chinese: the signs typed in full width and what is missing are named, in no English."""
    (workspace / "data/2021H1/prose/lists-more.md").write_text(f"一\n{text}\n", encoding="utf-8")
    (problem,) = proofread(Workspace.at(workspace), Period(2021, 1))
    assert problem.text("zh") == (
        f'prose/lists-more.md:2：占位符写得不对（{zh}）；占位符写成 {{{{ fact("对象", "指标") }}}}。'
    )
    assert problem.text("en").startswith("prose/lists-more.md:2: a placeholder is not well formed (")


def test_personal_data_in_prose_is_a_warning_with_its_line(workspace):
    """A number that is someone's is told with file and line, masked, however it is written; the rest is read on."""
    text = "一\n\n请联系1３８ 1234·5678。\n<!-- 13987654321 -->\n{{ fact(“甲”) }}\n"
    (workspace / "data/2021H1/prose/lists-more.md").write_text(text, encoding="utf-8")
    personal, malformed = proofread(Workspace.at(workspace), Period(2021, 1))
    assert personal.text("zh") == "prose/lists-more.md:3：含有手机号 138****5678；请从数据或文字中删去。"
    assert (personal.severity, malformed.code) == ("warning", "prose-syntax")


def test_personal_data_in_the_opening_is_a_warning(workspace):
    """report.toml is read like prose: its opening is printed too."""
    file = workspace / "data/2021H1/report.toml"
    said = re.sub(
        r'^opening = ("+)', r"opening = \1联系 zhang.san [at] example.cn", file.read_text(encoding="utf-8"), flags=re.M
    )
    file.write_text(said, encoding="utf-8")
    (finding,) = settings(Workspace.at(workspace), Period(2021, 1))
    assert (finding.place.key, finding.value, finding.severity) == ("opening", "z***@example.cn", "warning")
