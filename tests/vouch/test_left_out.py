"""Why a row stands nowhere: what asks for one like it, and in which field the two differ."""

import pandas
import pytest

from pipeline.ledger import KeyAsked, Role, RowsAsked
from pipeline.vouch.left_out import Requests, key_fields, near_key, why_left_out

ATTRS = {
    "stem": "indicators",
    "headings": {"section": "板块", "subject": "对象", "measure": "指标", "note": "备注"},
    "roles": {"section": Role.SECTION, "subject": Role.SUBJECT, "measure": Role.MEASURE, "note": Role.NOTE},
}


def rows(*given):
    frame = pandas.DataFrame([dict(zip(ATTRS["headings"], each, strict=True)) for each in given])
    frame.attrs = dict(ATTRS)
    return frame


def asks(chapter, table="indicators", **where):
    return RowsAsked("01-reform.ipynb", chapter, table, where)


FRAME = rows(("改革创新", "一业一证", "办件量", ""))
RECORD = FRAME.iloc[0].to_dict()


@pytest.mark.parametrize(
    ("asked", "said", "field"),
    [
        (Requests(), "没有一章用这张台账", ""),
        (Requests([asks("改革创新", "cases")]), "没有一章用这张台账", ""),
        (Requests([asks("改革创新")]), "改革创新取了这张台账，没有写到这一行", ""),
        (Requests([asks("改革创新", measure="办件数")]), "指标是“办件量”，改革创新要的是“办件数”", "measure"),
        (Requests([asks("法治建设")]), "板块是“改革创新”，法治建设要的是“法治建设”", "section"),
        (Requests([asks("法治建设", measure="满意率"), asks("改革创新", measure="满意率")]), "指标是“办件量”，改革创新要的是“满意率”", "measure"),
        (Requests([asks("改革创新", measure="满意率"), asks("改革创新", measure="办件数")]), "指标是“办件量”，改革创新要的是“办件数”", "measure"),
        (Requests([], [KeyAsked("a.md", "一业一照", "办件量")]), "对象是“一业一证”，a.md要的是“一业一照”", "subject"),
        (Requests([], [KeyAsked("a.md", "一业一照", "办件数")]), "没有一章用这张台账", ""),
        (Requests([], [KeyAsked("a.md", "一业一证", "办件量")]), "没有一章用这张台账", ""),
    ],
)  # fmt: skip
def test_what_is_nearest_tells_why(asked, said, field):
    """Fewest fields, then the most alike; a chapter that takes the ledger and passes the row over; a key of which half is right."""
    reason, tells = why_left_out(RECORD, FRAME, asked)
    assert (reason.text("zh"), tells) == (said, field)


@pytest.mark.parametrize(
    ("asked", "field", "begins"),
    [
        (Requests([], [KeyAsked("a.md", "一业一照", "办件量")]), "subject", "对象是“一业一证”"),
        (Requests([], [], [KeyAsked("2020H2", "一业一照", "办件量")]), "subject", "对象是“一业一证”"),
        (Requests([], [KeyAsked("a.md", "跨省通办", "办件量")]), "", ""),
        (Requests([asks("改革创新", measure="办件数")]), "measure", "指标是“办件量”"),
        (Requests([asks("法治建设", measure="办件数")]), "", ""),
        (Requests([asks("改革创新")]), "", ""),
    ],
)
def test_a_row_may_be_meant_for_what_is_nearly_asked_for(asked, field, begins):
    """One field alone may differ, and by a slip: another name is another thing."""
    said, tells = near_key(RECORD, FRAME, asked)
    assert tells == field
    assert said.text("zh").startswith(begins) if begins else said is None


def test_a_name_that_was_looked_at_is_not_asked_after():
    """备注 that says 名称已核 answers the question."""
    asked = Requests([], [KeyAsked("a.md", "一业一照", "办件量")])
    assert near_key({**RECORD, "note": "名称已核"}, FRAME, asked) == (None, "")


def test_what_a_ledger_states_is_not_asked_for_in_vain():
    """Requests for rows of another ledger, and keys that some row has, say nothing of the rows that are left."""
    keys = [KeyAsked("a.md", "一业一证", "办件量"), KeyAsked("a.md", "一链办理", "办件量")]
    unmet = Requests([asks("改革创新"), asks("改革创新", "cases")], keys, keys[:1]).unmet(FRAME)
    assert unmet == Requests([asks("改革创新")], keys[1:], [])


def test_a_ledger_without_a_measure_has_no_keys():
    """Where a ledger does not say of what or which measure, nothing is known by such a pair."""
    frame = rows(("改革创新", "一业一证", "办件量", ""))
    assert key_fields(frame) == ("subject", "measure")
    frame.attrs["roles"] = {"section": Role.SECTION, "subject": Role.SUBJECT}
    assert key_fields(frame) == ("", "")
    assert near_key(RECORD, frame, Requests([], [KeyAsked("a.md", "一业一照", "办件量")])) == (None, "")
