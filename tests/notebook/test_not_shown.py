"""What a cell words and does not show, in a real kernel: it is told, and nothing that is shown or used is."""

import pytest
from kernel import Kernel

BEGIN = """\
from IPython.display import display
from pipeline import Section, bar_chart, given, heading, join, listed, say, table
reform = Section("reform", "2021H1")"""
THEN = """\
rows = reform.table("indicators", measure="办件量").head(2)
def paragraph(words):
    shown = say(words)
    display(shown)
    return shown
def chapter():
    heading(3, "章")
    return 1"""
HINT = "not shown and are not in the report"


@pytest.fixture(scope="module")
def kernel():
    """One kernel for all cells of this module."""
    one = Kernel()
    try:
        assert one(BEGIN) + one(THEN) == []
        yield one
    finally:
        one.end()


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('say("第一句。")\nsay("第二句。")', ["第一句。"]),
        ('for one in rows.itertuples():\n    heading(3, one.subject)\n    say(f"{one.subject}有了。")',
         ["一业一证", "一业一证有了。", "一链办理", "一链办理有了。"]),
        ('if len(rows):\n    say("有。")', ["有。"]),
        ('with open("/dev/null"):\n    listed(rows, "{subject}")', ["一业一证；一链办理。"]),
        ('table(rows, ["subject"], name="t", caption="表")\n1', ["表 对象 一业一证 一链办理"]),
        ('bar_chart(rows, label="subject", value="value", name="c", caption="图")\n1', ["条形图：图。一业一证322件；一链办理190件。"]),
        ("chapter()", ["章"]),
        ('say("甲"), say("乙")\n1', ["甲", "乙"]),
        ('say("甲") + say("乙")\n1', ["甲 乙"]),
        ('say("分号。");', ["分号。"]),
    ],
)  # fmt: skip
def test_words_that_are_dropped_are_told(kernel, cell, words):
    """Two sentences in a cell, a heading in a loop, a table under a condition: whatever Python drops is named at the cell's end."""
    hint = kernel(cell)[-1]
    assert HINT in hint
    assert f"report: {len(words)}: {'、'.join(f'“{one}”' for one in words)};" in hint


@pytest.mark.parametrize(
    "cell",
    [
        'say("一句。")',
        'for one in rows.itertuples():\n    display(heading(3, one.subject), say(f"{one.subject}。"))',
        'if len(rows) > 9:\n    say("没有走到。")',
        'say("")\nlisted(rows.head(0), "{subject}")\ntable(rows.head(0), ["subject"], name="t", caption="表")\n1',
        'words = say("另有用处。")\nsay(f"其中，{words}")',
        'part = [say("甲"), say("乙")]\ndisplay(*part)',
        'few, many = say("少。"), say("多。")\nfew if len(rows) < 3 else many',
        'paragraph("显示过。")\nparagraph("也显示过。")',
        'each = []\neach.append(say("留着。"))',
        "rows\nreform.fact('一业一证', '办件量')\n1",
        "listed(rows, lambda row: say(row.subject))",
    ],
)
def test_words_that_are_shown_or_used_are_not_told(kernel, cell):
    """What is displayed, named, joined into another text or blank is nobody's loss."""
    assert not any(HINT in shown for shown in kernel(cell))
