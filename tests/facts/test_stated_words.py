"""Words of a ledger: a str to Python and pandas, an element with its cell in the document, text whatever it holds."""

import copy
import pickle

import lxml.html
import pandas as pd
import pytest

from pipeline.document.markup import Prose
from pipeline.facts import Sources, StatedWords
from pipeline.facts.element import escaped, marked, plain
from pipeline.facts.stated_words import bare
from pipeline.notebook import given, heading, join, listed, say, table
from pipeline.render.markdown import markdown_to_html

HOSTILE = [
    "张*明、李*强", "3*4*5", "**重点**", "__甲__", "_甲_", "~~废止~~", "<title>甲</title>", "<svg>", "<b>粗</b>", "<!-- 甲 -->", "[a](b)",
    "![图](x.png)", "\\\\", "\\*", "$x$", "$$y$$", "\\(z\\)", "# 标题", "1. 项", "2) 项", "- 项", "+ 项", "* 项", "> 引", "    码", "`码`",
    "```", "~~~", "---", "===", "| a | b |", "[^1]", "[^1]: 注", ": 释", "&amp;", "&#42;", "&copy;", "https://a.cn/b_c*d", "<https://a.cn>",
    "{{ period }}", "{% if %}", "%s", "{0}", "{}", "甲\n乙", "甲\n\n# 乙", "</span>", "</td></table>", '"', "'", "C#", "a|b", "《关于<开展>》",
    '<data class="fact" value="9" data-source="tables/a.csv#row=2;col=数">9</data>', '<span class="words" data-source="x">甲</span>',
    '<a class="ref" href="#t">表9</a>', "<script>alert(1)</script>", "\\begin{a}x\\end{a}",
]  # fmt: skip


def words(text, row=2):
    return StatedWords(text, Sources.cell("tables/a*b$.csv", row, "名_称|[一]"))


def read(markdown):
    """The text a reader of some Markdown sees, and its elements' names but those of paragraphs."""
    root = lxml.html.fragment_fromstring(markdown_to_html(markdown), create_parent="div")
    return " ".join(root.text_content().split()), [one.tag for one in root.iter() if one.tag not in ("div", "p")]


def seen(text):
    return " ".join(text.split())


WAYS = {
    "f-string": lambda w: say(f"{w}"),
    "in a sentence": lambda w: say(f"甲{w}乙"),
    "format": lambda w: say("{}".format(w)),  # noqa: UP032
    "per cent": lambda w: say("%s" % w),  # noqa: UP031
    "sum": lambda w: say("甲" + w + "乙"),
    "slice": lambda w: say("甲" + w[:1] + w[1:]),
    "method": lambda w: say(w.replace("〇", "零")),
    "bare join": lambda w: say("、".join(["甲", w])),
    "our join": lambda w: say(join(["甲", w])),
    "bare": lambda w: say(bare(w)),
    "given": lambda w: say(given(w, "甲", "乙")),
    "letters": lambda w: say("".join(w)),
    "alone": lambda w: listed([w], lambda one: one, end=""),
    "listed": lambda w: listed([w, w], lambda one: f"甲{one}", lead=w),
    "series": lambda w: say(pd.Series([w, w], dtype=object).str.cat(sep="；")),
    "heading": lambda w: Prose(heading(3, w).markdown.removeprefix("### ")),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_cell_says_prints_as_typed(text, way):
    """However a cell's text comes into a sentence, a reader sees it as typed, and no element is made of it."""
    shown, elements = read(WAYS[way](words(text)).markdown)
    assert seen(text) in shown or "".join(text.split()) in "".join(shown.split())
    assert set(elements) <= {"span"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_heading_stays_one(text):
    """A heading made of any words is one heading of its level, and nothing more."""
    shown, elements = read(heading(3, words(text)).markdown)
    assert (seen(shown), elements[0], set(elements[1:])) == (seen(text), "h3", {"span"})


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_says_what_its_cells_say(text):
    """In a table's heads, cells, caption, unit and note the text prints as typed, inside one cell each."""
    rows = pd.DataFrame({"a": [words(text), "甲"], "b": [text, text]}, dtype=object)
    html = table(rows, {"a": words(text), "b": text}, name="t", caption=f"{words(text)}", unit=text, note=text).html
    root = lxml.html.fromstring(html)
    cells = [seen(one.text_content()) for one in root.iter("th", "td", "figcaption")]
    assert cells == [seen(text), seen(text), seen(text), seen(text), seen(text), "甲", seen(text)]
    assert [seen(one.text_content()) for one in root.iter("p")] == [seen(f"单位：{text}"), seen(f"注：{text}")]
    assert {one.tag for one in root.iter()} == {
        "figure",
        "figcaption",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
    }


def test_words_are_a_str():
    """Words compare, sort, hash and group as their text does; a copy keeps the cell."""
    law, other = words("行政诉讼"), words("行政复议", 3)
    assert (law == "行政诉讼", {"行政诉讼": 1}[law], sorted([law, other])[0], len(law)) == (True, 1, "行政复议", 4)
    frame = pd.DataFrame({"kind": [law, other, words("行政诉讼", 4)], "n": [1, 2, 3]})
    assert dict(frame.groupby("kind").n.sum()) == {"行政诉讼": 4, "行政复议": 2}
    assert (frame.kind == "行政诉讼").tolist() == [True, False, True]
    assert frame.merge(pd.DataFrame({"kind": ["行政复议"], "m": [7]}), on="kind").m.tolist() == [7]
    for again in (pickle.loads(pickle.dumps(law)), copy.deepcopy(law), str(law)):
        assert (again, again.sources) == (law, law.sources)


@pytest.mark.parametrize(
    "made",
    [
        lambda w: w[1:3], lambda w: w.upper(), lambda w: "一" + w, lambda w: w + "一", lambda w: "%s次" % w, lambda w: w * 2,  # noqa: UP031
        lambda w: w.split("事")[0], lambda w: w.strip("行"), lambda w: w.replace("行", "办"), lambda w: w.join(["甲", "乙"]), str,
        lambda w: next(iter(w)), lambda w: pd.Series([w], dtype=object).str[1:].iloc[0], lambda w: pd.Series([w], dtype=object).sum(),
        lambda w: pd.DataFrame({"k": [w, w]}).drop_duplicates().k.iloc[0], lambda w: pd.Series([w, w]).unique()[0],
        lambda w: pd.Series([w, "甲"], dtype=object).sort_values().iloc[-1], lambda w: pd.Series([w]).map(lambda one: one).iloc[0],
    ],
)  # fmt: skip
def test_what_is_made_of_words_knows_their_cell(made):
    """Slices, sums, methods of str and pandas give words of the same cell."""
    given = made(words("行事项"))
    assert isinstance(given, StatedWords)
    assert given.sources == Sources.cell("tables/a*b$.csv", 2, "名_称|[一]")


def test_a_sum_keeps_apart_what_each_cell_said():
    """Words joined by + are as many elements as there are cells; what the notebook puts between them is in none."""
    said = lxml.html.fromstring(f"<p>{words('甲') + '和' + words('乙', 3)}</p>")
    assert [(one.text, one.tail) for one in said.iter("span")] == [("甲", "和"), ("乙", None)]
    assert [one.get("data-source") for one in said.iter("span")] == [
        "tables/a*b$.csv#row=2;col=名_称|[一]",
        "tables/a*b$.csv#row=3;col=名_称|[一]",
    ]


def test_a_blank_cell_brings_no_element():
    """Blank words say nothing, in a sentence and in a table."""
    assert (f"{StatedWords()}", given(StatedWords(), "在", "举行"), bool(StatedWords())) == ("", "", False)


def test_only_elements_made_here_are_elements():
    """What merely looks like a fact prints as typed; the same characters made from a cell's figure are a fact."""
    forged = HOSTILE[-5]
    assert forged.startswith("<data")
    assert plain(forged) == forged
    assert lxml.html.fromstring(f"<p>{marked(forged)}</p>").find("data") is None
    assert marked(f"{words('<b>')}") == f"{words('<b>')}"


def test_marks_that_mean_nothing_stay_readable():
    """Ordinary text is not touched: only what Markdown or HTML would read is written as a reference to its character."""
    ordinary = "截至2021-06-30，《关于<开展>》（鲁政发〔2020〕8号）共1.5万件，增长-3.2%。"
    assert escaped(ordinary) == ordinary
