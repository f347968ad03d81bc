"""Headings under which nothing is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.render.silent_headings import without_silent_headings


def markdown(text, *tags):
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": text}


def code(*shown, source="x", tags=(), kind="text/markdown"):
    outputs = [{"output_type": "display_data", "data": {kind: one}, "metadata": {}} for one in shown]
    return {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source, "outputs": outputs}


def said(*cells):
    """Every line that a notebook shows, None where it is left out as a whole."""
    notebook = without_silent_headings({"cells": list(cells), "metadata": {}})
    if notebook is None:
        return None
    texts = [
        text
        for cell in notebook["cells"]
        for text in ([cell["source"]] if cell["cell_type"] == "markdown" else [*map(shown, cell["outputs"])])
        if "remove-cell" not in cell["metadata"]["tags"]
    ]
    return [line for text in texts for line in text.split("\n") if line.strip()]


def shown(output):
    return "".join(output.get("data", {}).values()) or output.get("text", "")


PRINTED = {"output_type": "stream", "name": "stdout", "text": "印"}


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ([markdown("# 甲")], None),
        ([markdown("# 甲\n\n## 乙\n\n### 丙"), code()], None),
        ([markdown("# 甲"), markdown("分析用", "remove-cell"), code("")], None),
        ([markdown("# 甲\n\n<!-- 说明\n# 乙 -->")], None),
        ([markdown('# 甲\n\n<div data-role="rest">\n\n</div>')], None),
        ([markdown("# 甲"), {**code(), "outputs": [PRINTED]}], None),
        ([markdown("# 甲"), code("文")], ["# 甲", "文"]),
        ([markdown("# 甲"), code("<table></table>", kind="text/html")], ["# 甲", "<table></table>"]),
        ([markdown("# 甲"), code(source="y", tags=["show-input"])], ["# 甲"]),
        ([markdown("# 甲\n\n## 乙"), markdown("## 丙"), code("文")], ["# 甲", "## 丙", "文"]),
        ([markdown("# 甲\n\n## 乙"), code("文"), markdown("## 丙")], ["# 甲", "## 乙", "文"]),
        ([markdown("# 甲\n\n## 乙\n\n### 丙"), code("文")], ["# 甲", "## 乙", "### 丙", "文"]),
        ([markdown("# 甲"), code("## 乙", "### 丙", "文", "### 丁")], ["# 甲", "## 乙", "### 丙", "文"]),
        (
            [markdown("# 甲"), code("## 乙\n\n文\n\n## 丙\n\n尚未填报。")],
            ["# 甲", "## 乙", "文", "## 丙", "尚未填报。"],
        ),
        ([markdown("# 甲\n\n## 乙\n\n```\n# 注\n```")], ["# 甲", "## 乙", "```", "# 注", "```"]),
        ([markdown("# 甲\n\n# 乙"), code("文")], ["# 甲", "# 乙", "文"]),
        ([markdown("前言"), markdown("# 甲")], ["前言", "# 甲"]),
    ],
)
def test_a_heading_with_nothing_under_it_goes(cells, left):
    """What stands is what something is said under; the title stays as long as anything is said, else the chapter goes."""
    assert said(*cells) == left


@given(some.lists(some.sampled_from(["# 甲", "## 乙", "### 丙", "#### 丁", "文", ""]), max_size=12), some.booleans())
def test_nothing_said_is_lost_and_no_heading_left_alone(lines, by_code):
    """Every text stays, in order; behind each heading but the title something is said before the next that is no deeper."""
    cells = [code(*lines)] if by_code else [markdown(line) for line in lines]
    left = said(*cells) or []
    assert [line for line in left if line == "文"] == [line for line in lines if line == "文"]
    for place, line in enumerate(left):
        if line != "文" and line != next(one for one in left if one != "文"):
            rest = left[place + 1 :]
            deeper = next(
                (k for k, one in enumerate(rest) if one != "文" and one.count("#") <= line.count("#")), len(rest)
            )
            assert "文" in rest[:deeper]
