"""What becomes of a report that cannot be made."""

import errno

from pipeline.batch.one_report import BUILT, CRASHED, REFUSED, Order, Outcome, not_made, outcome_of
from pipeline.errors import DataError, ReleaseError
from pipeline.findings import Counted, Finding, Place

FOUND = [
    Finding("required", Place("a.csv", rows=(2,), column="E")),
    Finding("sheet-unread", Place("b.xlsx"), params={"nearest": ""}),
]


def test_what_the_system_refuses_is_a_crash_with_its_file():
    """The file is named where there is one; the unit's ledgers are not at fault."""
    for name in ("/srv/370101/tables.xlsx", None):
        outcome = not_made(OSError(errno.EACCES, "", name))
        assert (outcome.state, outcome.findings[0].code, outcome.findings[0].place.file) == (
            CRASHED,
            "unreadable",
            name or "",
        )


def test_what_the_unit_is_to_mend_is_a_refusal():
    """Of its ledgers the errors, not the warnings, behind what they come to; else the reason with all that it carries."""
    wrong = DataError("data-has-errors", details=FOUND, period="2021H1", errors=Counted(1, "error"))
    assert not_made(wrong) == Outcome(REFUSED, (wrong.finding, FOUND[0]))
    altered = ReleaseError("not-publishable", details=FOUND, period="2021H1", reasons=Counted(2, "reason"))
    assert not_made(altered) == Outcome(REFUSED, (altered.finding, *FOUND))


def test_an_outcome_comes_back_as_it_was_sent():
    """A worker answers in plain data, from which the same is told."""
    answer = {"state": BUILT, "findings": [one.as_kept() for one in FOUND], "stands": True, "seconds": 1.5}
    told = outcome_of(answer)
    assert (told.state, told.stands, told.seconds) == (BUILT, True, 1.5)
    assert [one.text("zh") for one in told.findings] == [one.text("zh") for one in FOUND]
    assert Order("370101", "w", "2021H1", None, ("html",), "internal", None).files == b""
