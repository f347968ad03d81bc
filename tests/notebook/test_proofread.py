"""What is said of prose before any notebook runs."""

import pytest

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
