"""Which braces of a text are placeholders that nobody filled, and which are meant to be there."""

import pytest

from pipeline.document.left_braces import left_braces, left_in_prose

KNOWN = frozenset({"fact", "text", "as_of", "period", "activities", "count", "received", "接待群众"})


@pytest.mark.parametrize(
    "typed",
    [
        '｛｛ fact("公示报告", "公示") ｝｝',
        '{ text("公示报告", "公示") }',
        "{ fact(“公示报告”，“公示”) }",
        '｛{ fact("公示报告", "公示") }｝',
        "{｛ period ｝}",
        "｛｛period.year｝｝",
        '｛% if fact("甲", "乙") %｝',
        '{ fact("甲", "乙" }',
        "{received}",
        "｛received｝",
        "{received!r}",
        "{received=}",
        "{received:.1f}",
        "{count(activities, '场')}",
        "{count（activities，‘场’）}",
        "{activities.audience.sum()}",
        "{activities['audience']}",
        "{received / 2}",
        "{接待群众}",
    ],
)
def test_a_placeholder_that_nobody_filled_is_found(typed):
    """What stands in braces of any kind and calls or names something known is found with its line, as it was typed."""
    assert [*left_braces(f"第一行\n公示报告{typed}份。", KNOWN)] == [(2, typed)]
    assert [*left_in_prose(f'{{{{ fact("甲", "乙") }}}}\n公示报告{typed}份。', KNOWN)] == [(2, typed)]


@pytest.mark.parametrize(
    "typed",
    [
        r"集合$\{received\}$和$S_{received}$",
        r"$$S_{received} = 1$$",
        r"\(S_{received}\)",
        r"集合\{received\}",
        "`{received}`",
        "```\n{received}\n{count(activities)}\n```",
        "~~~\n{received}\n~~~",
        "<code>{received}</code>",
        "<style>p {received: 1}</style>",
        '{"received": 1}',
        "{received: 1}",
        "{1, 2, 3}",
        "{received, count}",
        "{未知的名称}",
        "{unknown(1)}",
        "{}",
        "{甲：乙}",
        "【received】",
        "received",
    ],
)
def test_braces_that_are_meant_are_left_alone(typed):
    """Formulas, code, sets, objects and names that nothing knows are no placeholders, whatever their braces."""
    assert [*left_braces(typed, KNOWN)] == []


@pytest.mark.parametrize(
    "filled", ['{{ fact("甲", "乙") }}', '{% if text("甲", "乙") %}有{% endif %}', "{# fact(1) #}", "{{ period.year }}"]
)
def test_a_well_formed_placeholder_of_prose_is_still_to_be_filled(filled):
    """In prose, what Jinja reads is no fault."""
    assert [*left_in_prose(f"公示{filled}。", KNOWN)] == []


def test_what_a_cell_worded_is_read_as_its_reader_reads_it():
    """Signs that a notebook escapes, and elements of facts around, do not hide a placeholder."""
    shown = '受理<data class="fact" value="3" data-source="a#row=2;col=b">3</data>件，共{activities&#91;"audience"&#93;.sum()}。'
    assert [*left_braces(shown, KNOWN)] == [(1, '{activities["audience"].sum()}')]
