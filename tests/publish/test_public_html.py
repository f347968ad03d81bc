"""What of a cell's markup leaves the house: everything but rows, charts and words that show something internal."""

import base64

import pytest

from pipeline.document.carried import CarriedFact, carried
from pipeline.findings import Place
from pipeline.publish.public_html import public_html


class Inside:
    """Everything that says 内部 is internal, and every cell of the ledger ``kept``."""

    def __call__(self, markup):
        return "内部" in markup or self.rests_on(markup)

    def says(self, markup):
        return "内部" in markup

    def rests_on(self, written):
        return "tables/kept.csv" in written


def leaves(html):
    """What is left, which codes tell what went, and the names of the figures that went."""
    withheld, gone = [], set()
    left = public_html(html, Inside(), withheld, Place("01-reform.ipynb", cell=3), gone)
    assert all(one.place.cell == 3 for one in withheld)
    return left, [(one.code.removeprefix("withheld-"), one.value) for one in withheld], gone


@pytest.mark.parametrize(
    ("html", "left", "told"),
    [
        ("公开", "公开", []),
        ("内部", "", []),
        ("<p>公开</p><p>内部 一</p>", "<p>公开</p>", [("part", "内部 一")]),
        ("<ul><li>公开</li><li>内部</li></ul>", "<ul><li>公开</li></ul>", [("part", "内部")]),
        ("<h2>内部</h2><p>公开</p>", "<p>公开</p>", [("part", "内部")]),
        ("公开<b>内部</b>", "", [("part", "公开内部")]),
        ("<p>内部</p>", "", [("part", "内部")]),
        ("<p></p>", "", []),
        ('<p><img src="a.png"></p>', '<p><img src="a.png"></p>', []),
        ('<p><data data-source="tables/kept.csv#row=2">3</data>件</p>公开', "公开", [("part", "3件")]),
    ],
)
def test_words_leave_without_those_that_are_internal(html, left, told):
    """Paragraph by paragraph; words that stand in none go whole, and a picture is something that is left."""
    assert leaves(html) == (left, told, set())


TABLE = '<figure class="table" id="t1"><figcaption>{0}</figcaption><table><tbody>{1}</tbody></table></figure>'
ROW = "<tr><td>{}</td></tr>"
GROUP = '<tr class="group"><th>{}</th></tr>'


def test_a_table_leaves_without_its_internal_rows():
    """The rest stays as it was; each row that went is told."""
    left, told, gone = leaves(TABLE.format("办件", ROW.format("甲") + ROW.format("内部乙")))
    assert left == TABLE.format("办件", ROW.format("甲"))
    assert (told, gone) == ([("row", "内部乙")], set())


def test_the_head_of_a_group_goes_with_the_last_of_its_rows():
    """A group in the end of which nothing is left has no head; another keeps its own."""
    rows = GROUP.format("一组") + ROW.format("甲") + GROUP.format("二组") + ROW.format("内部")
    assert leaves(TABLE.format("办件", rows))[0] == TABLE.format("办件", GROUP.format("一组") + ROW.format("甲"))


@pytest.mark.parametrize(
    "html",
    [
        TABLE.format("办件", ROW.format("内部")),
        TABLE.format("内部办件", ROW.format("甲")),
        TABLE.format("办件", ROW.format("甲")).replace('id="t1"', 'id="t1" data-disclosure="internal"'),
        TABLE.format("办件", ROW.format("甲") + ROW.format("内部")).replace("<table>", '<table class="record">'),
    ],
    ids=["no row left", "caption", "declared", "one record"],
)
def test_a_table_of_which_nothing_may_leave_goes_whole(html):
    """Its name is told, so that references to it go, too; what stands beside it stays."""
    left, told, gone = leaves(f"<p>公开</p>{html}")
    assert (left, gone) == ("<p>公开</p>", {"t1"})
    assert told[-1][0] == "figure"


def chart(words="公开", alt="公开", source="tables/a.csv#row=2;col=数值"):
    drawn = base64.b64encode(f"<svg><text>{words}</text></svg>".encode()).decode()
    facts = carried([CarriedFact("3", "3", "", "", source)])
    return f'<figure class="chart" id="c1"{facts}><img src="data:image/svg+xml;base64,{drawn}" alt="{alt}"></figure>'


@pytest.mark.parametrize(
    ("html", "goes"),
    [
        (chart(), False),
        (chart(words="内部"), True),
        (chart(alt="内部"), True),
        (chart(source="tables/kept.csv#row=2;col=数值"), True),
        (chart(words="内部").replace('class="chart"', 'class="picture"'), False),
    ],
    ids=["public", "drawn", "spoken", "from an internal cell", "no chart"],
)
def test_a_chart_that_shows_something_internal_goes_whole(html, goes):
    """What is drawn, what is said in place of the drawing, and the cells it was drawn from are looked at."""
    left, told, gone = leaves(html)
    assert (gone, [code for code, _ in told]) == (({"c1"}, ["figure"]) if goes else (set(), []))
    assert bool(left) is not goes
