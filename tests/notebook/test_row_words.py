"""What is said of each row, written once as text with the row's fields."""

import re

import pandas
import pytest

from pipeline.errors import FactError
from pipeline.facts import Fact, Quantity, Sources
from pipeline.notebook import listed

HEADINGS = {"activity": "活动", "place": "地点", "audience": "接待群众", "materials": "发放宣传品"}


def row(activity, place, audience, materials=""):
    figures = [
        Fact(Quantity.parse(text), Sources.cell("tables/t.csv", 2, head))
        for text, head in ((audience, "接待群众"), (materials, "发放宣传品"))
    ]
    return [activity, place, *figures]


def rows(*each):
    frame = pandas.DataFrame(each, columns=list(HEADINGS), dtype=object)
    frame.attrs = {"headings": HEADINGS}
    return frame


FAIR, TALK = row("宣传周", "广场", "320人次", "500份"), row("讲座", "", "40余人次")


@pytest.mark.parametrize(
    ("word", "options", "said"),
    [
        ("activity", {}, "宣传周；讲座。"),
        ("活动", {"between": "、"}, "宣传周、讲座。"),
        ("{activity}接待{audience}", {}, "宣传周接待320人次；讲座接待40余人次。"),
        ("{活动}接待{接待群众:n}", {}, "宣传周接待320；讲座接待40余。"),
        ("{activity}[在{place}举办]", {}, "宣传周在广场举办；讲座。"),
        ("{activity}[在{place}发放{materials}]", {}, "宣传周在广场发放500份；讲座。"),
        ("[在{place}举办]", {}, "在广场举办。"),
        ("{activity}[1]", {}, "宣传周[1]；讲座[1]。"),
        ("{activity}，{place}", {}, "宣传周，广场；讲座，。"),
        (["接待{audience}", "发放{materials}"], {}, "接待320人次，发放500份；接待40余人次。"),
        (["在{place}", "发放{materials}"], {}, "在广场，发放500份。"),
        (["接待{audience}[（{place}）]", "发放{materials}"], {"within": "、"}, "接待320人次（广场）、发放500份；接待40余人次。"),
        ("{audience}", {"before": "{activity}接待", "after": "[（{place}）]"}, "宣传周接待320人次（广场）；讲座接待40余人次。"),
        (["发放{materials}"], {"before": "{activity}", "after": "等"}, "宣传周发放500份等。"),
        (lambda one: one.place, {"before": "在"}, "在广场。"),
    ],
)  # fmt: skip
def test_words_of_a_row(word, options, said):
    """Fields and headings stand in braces; what stands in [ ], a clause of several and what is around nothing goes where blank."""
    assert re.sub("<[^>]*>", "", listed(rows(FAIR, TALK), word, **options).markdown) == said.replace(
        "[1]", "&#91;1&#93;"
    )


def test_words_of_a_row_keep_its_cells():
    """A figure in braces is traced as one in an f-string is, and what a cell says is never taken for a field or a bracket."""
    said = listed(rows(row("{place}[{place}]", "", "3人次")), "{activity}{audience}").markdown
    assert 'data-source="tables/t.csv#row=2;col=接待群众"' in said
    assert "{place}" in said and "{place}&#93;" in said


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("{activty}", "no column activty; .* [(]did you mean 'activity'[?]"),
        ("接待群从", "no column 接待群从; .* [(]did you mean '接待群众'[?]"),
        (["{activity}", "{palce}"], "no column palce; .* [(]did you mean 'place'[?]"),
        ("{activity}{materials}", "states no number"),
    ],
)
def test_a_wrong_field_of_a_row_is_told(word, message):
    """A field that the rows have not is told with the nearest, also of no rows; a blank figure outside [ ] is told as in an f-string."""
    with pytest.raises(FactError, match=message):
        listed(rows(TALK), word)
