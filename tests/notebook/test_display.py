"""Paragraphs, tables and charts as cells show them."""

import base64
import re

import lxml.html
import pandas as pd
import pytest

from pipeline.charts.bars import bar_chart
from pipeline.errors import FactError
from pipeline.facts import Fact, Quantity, Sources
from pipeline.notebook import heading, listed, reference, say, table


def fact(text, row=2, unit="件"):
    return Fact(Quantity.parse(text, unit=unit), Sources.cell("tables/a.csv", row, "数值"))


@pytest.fixture
def rows():
    subjects = ["甲 <办>", "乙", "丙"]
    return pd.DataFrame(
        {"subject": subjects, "value": [fact("322"), fact("190", 3), fact("", 4)], "previous": [None, None, None]}
    )


def test_a_table_is_a_figure_with_caption_heads_and_facts(rows):
    """A table has its caption first, column heads and row heads for screen readers, and its figures as facts."""
    figure = lxml.html.fromstring(
        table(rows, {"subject": "事项", "value": "办件量"}, name="t", caption="办件量", unit="件").html
    )
    assert (figure.tag, figure.get("class"), figure.get("id"), figure[0].tag) == ("figure", "table", "t", "figcaption")
    assert [th.text for th in figure.xpath("//thead//th[@scope='col']")] == ["事项", "办件量"]
    assert [th.text for th in figure.xpath("//tbody//th[@scope='row']")] == ["甲 <办>", "乙", "丙"]
    assert [data.get("value") for data in figure.xpath("//td/data")] == ["322", "190"]
    assert figure.xpath("string(//p[@class='unit'])") == "单位：件"


def test_the_unit_stands_once(rows):
    """The cells hold bare figures, whether the table was told its unit or all figures have it."""
    columns = {"subject": "事项", "value": "办件量"}
    for unit in ("件", ""):
        shown = table(rows, columns, name="t", caption="c", unit=unit).html
        assert "</data></td>" in shown and shown.count("件") == shown.count("办件量") + 1


def test_a_column_blank_in_every_row_is_left_out(rows):
    """A column that says nothing in any row does not take up room."""
    html = table(rows, {"subject": "事项", "value": "办件量", "previous": "上期"}, name="t", caption="c").html
    assert "上期" not in html


def test_an_empty_ledger_says_so_and_no_rows_say_nothing(rows):
    """No rows show nothing; where the whole ledger is still empty, 尚未填报 stands in the table's place."""
    none = rows.iloc[:0].copy()
    assert not table(none, {"subject": "事项"}, name="t", caption="办件量")
    none.attrs["unfilled"] = True
    assert repr(table(none, {"subject": "事项"}, name="t", caption="办件量")) == "办件量：尚未填报。"


def test_a_missing_field_is_named(rows):
    """A field that the rows do not have is refused with those they have."""
    with pytest.raises(FactError, match="no column sum; the rows have subject, value, previous"):
        table(rows.assign(), {"subject": "事项", "sum": "合计"}, name="t", caption="c")


def test_what_a_merge_left_open_is_blank(rows):
    """None and NaN, which a merge leaves where nothing matched, are blank cells and bars that are not drawn."""
    merged = rows.assign(previous=[fact("287"), float("nan"), None])
    shown = lxml.html.fromstring(table(merged, {"subject": "事项", "previous": "上期"}, name="t", caption="表").html)
    assert [cell.text_content() for cell in shown.iter("td")] == ["287", "", ""]
    assert chart(merged, base="previous", legend=("本期", "上期")).alt.endswith("本期322件，上期287件；乙本期190件。")
    assert (
        "value"
        not in table(merged.assign(value=float("nan")), {"subject": "事项", "value": "数"}, name="t", caption="表").html
    )


def test_a_bar_without_a_source_is_refused(rows):
    """A chart is drawn from facts: a mean that numpy made has no source, and a field that is not there no bars."""
    with pytest.raises(FactError, match="256.0 in mean is no fact and has no source"):
        chart(rows.assign(mean=256.0), value="mean")
    with pytest.raises(FactError, match="no column valeu;.*did you mean 'value'"):
        chart(rows, value="valeu")


def test_a_row_that_may_not_leave_is_marked(rows):
    """A row whose 公开属性 is not 主动公开 is marked in tables and sentences, so that the public edition leaves it out."""
    mixed = rows.assign(disclosure=["主动公开", "内部", ""])
    shown = lxml.html.fromstring(table(mixed, {"subject": "事项", "value": "数"}, name="t", caption="表").html)
    assert [row.get("data-disclosure") for row in shown.iter("tr")] == [None, None, "internal", None]
    said = listed(mixed, lambda row: row.subject).markdown
    assert said == '甲 <办>；<span data-disclosure="internal">乙</span>；丙。'


def test_bars_that_did_not_move_are_still_told_apart(rows):
    """Where every figure equals the earlier one, each of the first pair of bars keeps its own name."""
    same = rows.assign(previous=rows["value"])
    drawn = base64.b64decode(
        re.search(r"base64,([^\"]+)", chart(same, base="previous", legend=("本期", "上期")).html)[1]
    )
    assert ["本期" in drawn.decode(), "上期" in drawn.decode()] == [True, True]


@pytest.mark.parametrize("name", ["表一", "a b", "1st", ""])
def test_a_name_that_cannot_be_referred_to_is_refused(name):
    """A table's name becomes an address inside the document, so only plain letters, digits and hyphens will do."""
    with pytest.raises(FactError, match="cannot name a table or chart"):
        reference(name)


def test_a_paragraph_joins_the_lines_of_its_source():
    """Lines broken in the code are one line in the report, paragraphs stay apart, and a heading can be made in a loop."""
    assert say("受理\n    办结\n\n下一段").markdown == "受理办结\n\n下一段"
    assert heading(3, "事项").markdown == "### 事项"


def test_a_sentence_over_rows(rows):
    """One sentence runs over all rows with its lead and end, and is nothing where there are no rows."""
    said = listed(rows.iloc[:2], lambda row: f"{row.subject}{row.value:n}件", lead="其中，")
    assert repr(said) == "其中，甲 <办>322件；乙190件。"
    assert not listed(rows.iloc[:0], lambda row: "x", lead="其中，")


def chart(rows, **options):
    return bar_chart(rows, **{"label": "subject", "value": "value", "name": "c", "caption": "办件量", **options})


def test_a_chart_says_in_words_what_it_shows(rows):
    """The alt text gives kind, caption and every figure, the blank one left out, from the facts themselves."""
    assert chart(rows).alt == "条形图：办件量。甲 <办>322件；乙190件。"
    assert 'alt="条形图：办件量。甲 &lt;办&gt;322件；乙190件。"' in chart(rows).html


def test_a_chart_keeps_its_text_as_text_in_a_chinese_face(rows):
    """The drawing holds labels and figures as text, in a font stack that begins with the face that is installed with it."""
    svg = base64.b64decode(re.search(r"base64,([^\"]+)", chart(rows).html)[1]).decode()
    assert "322件" in svg
    assert "'Noto Sans SC'" in svg
    assert not re.search(r"\d{4}-\d\d-\d\dT", svg)


def test_a_bar_without_a_name_is_drawn(rows):
    """A blank label leaves its place empty; the chart is drawn all the same."""
    assert "322件" in chart(rows.assign(subject=["", *rows.subject[1:]])).alt


def test_a_chart_is_the_same_every_time(rows):
    """Drawn twice, a chart has the same bytes as drawing and as picture."""
    assert chart(rows).html == chart(rows).html
    assert chart(rows).png == chart(rows).png


def test_a_chart_is_drawn_for_telephones_too(rows):
    """A second drawing, as wide as a telephone, says the same; long names of bars stand in it on several lines."""
    long = rows.assign(subject=["省会经济圈行政审批服务一体化", "乙", "丙"])
    image = lxml.html.fromstring(chart(long).html).find("img")
    wide, narrow = (
        lxml.etree.fromstring(base64.b64decode(image.get(name).partition(",")[2])) for name in ("src", "data-narrow")
    )
    assert float(wide.get("width").removesuffix("pt")) == pytest.approx(156 / 25.4 * 72, abs=1)
    assert float(narrow.get("width").removesuffix("pt")) == pytest.approx(328 * 0.75, abs=1)
    words = ["".join("".join(drawing.itertext("{*}text")).split()) for drawing in (wide, narrow)]
    assert words[0] == words[1]
    assert max(len(text.text) for text in narrow.iter("{*}text")) <= 7


def test_a_character_no_font_has_is_an_error(rows):
    """A label with a character that would be drawn as an empty box is refused, the character and the chart named."""
    with pytest.raises(FactError, match=r"chart 'c' cannot be drawn: no font has '𠮷' U\+20BB7"):
        chart(rows.assign(subject=["𠮷", "乙", "丙"]))


def test_an_earlier_period_is_drawn_only_where_there_is_one(rows):
    """Without earlier figures no legend appears; with them each bar has a lighter one and the first pair is labelled."""
    assert "本期" not in chart(rows, base="previous", legend=("本期", "上期")).alt
    both = rows.assign(previous=[fact("287"), fact("200", 3), None])
    assert chart(both, base="previous", legend=("本期", "上期")).alt == (
        "条形图：办件量。甲 <办>本期322件，上期287件；乙本期190件，上期200件。"
    )


def test_bars_of_different_units_are_refused(rows):
    """Figures in 件 and 次 do not stand on one axis."""
    mixed = rows.assign(value=[fact("3"), fact("4", unit="次"), fact("")])
    with pytest.raises(FactError, match="its rows have the units 件, 次; draw one chart a unit"):
        chart(mixed)


def test_a_chart_leaves_the_analysts_settings_alone(rows):
    """Drawing in the house style changes nothing for the analyst's own charts."""
    from matplotlib import rcParams

    before = dict(rcParams)
    chart(rows)
    assert dict(rcParams) == before


def test_a_column_of_signs_for_nothing_stays():
    """A column that says / or 不适用 in every row says something, and stays; one that is blank does not."""
    none = pd.DataFrame(
        {"subject": ["甲", "乙"], "value": [fact("/"), fact("不适用", 3)], "other": [fact(""), fact("", 3)]}
    )
    shown = lxml.html.fromstring(
        table(none, {"subject": "事项", "value": "数", "other": "另"}, name="t", caption="表").html
    )
    assert [cell.text_content() for cell in shown.iter("th", "td")] == ["事项", "数", "甲", "/", "乙", "不适用"]
