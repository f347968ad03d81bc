"""Errors say what is wrong in the reader's language and keep it wherever they are carried."""

import pickle

import pytest

from pipeline.errors import DataError, FactError, ProseError, ReleaseError, SectionError, UnknownSection
from pipeline.facts import StatedError
from pipeline.findings import Counted, Finding, Place, Words, nearest_of
from pipeline.notebook.lookup import NotStated, StatedTwice

ERRORS = [
    FactError("fact-format", value=".2x"),
    StatedError("3千余", "arabic-with-thousand"),
    UnknownSection("no-section", value="lsts", allowed=["lists"], nearest=nearest_of("lsts", ["lists"])),
    DataError(
        "data-has-errors", details=[Finding("required", Place("a.csv"))], period="2021H1", errors=Counted(1, "error")
    ),
    ReleaseError("not-publishable", details=[Finding("draft")], period="2021H1", reasons=Counted(1, "reason")),
    ProseError("prose-cannot", Place("prose/a.md", line=2), source="一\n{{ 二 }}", what=Words("不行", "it cannot")),
    SectionError(
        "section-failed", Place("01-a.ipynb", cell=3, line=2), section="a", saved="x", called="a", what="E", quoted=""
    ),
    NotStated("stated-nothing", known=[("甲", "乙")], where="2021H1", asked="(丙, 丁)", nearest="", allowed="(甲, 乙)"),
    StatedTwice("stated-often", places=("a", "b"), where="2021H1", asked="(丙, 丁)", times=2),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling(error):
    """A kernel, a worker, a process of its own: an error that comes back says and carries the same."""
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert [again.text(lang) for lang in ("zh", "en")] == [error.text(lang) for lang in ("zh", "en")]
    assert (str(again), again.place, again.code) == (str(error), error.place, error.code)
    assert [each.text("zh") for each in again.details] == [each.text("zh") for each in error.details]


def test_an_error_speaks_the_language_of_its_reader(monkeypatch):
    """Printed in a notebook, an error speaks as HALFYEAR_LANG says, and tells all it carries."""
    error = ERRORS[3]
    assert (
        str(error)
        == "data/2021H1 has 1 error; mend what is told and run again.\n  - a.csv: it is required; fill it in."
    )
    monkeypatch.setenv("HALFYEAR_LANG", "zh")
    assert str(error) == "data/2021H1 有1个错误；请改正后再运行。\n  - a.csv：必填，不能空着。"


def test_an_error_of_prose_quotes_its_line():
    """The line in question stands under the message."""
    assert ERRORS[5].text("zh") == "prose/a.md:2：这个占位符算不出来：不行\n    {{ 二 }}"


@pytest.mark.parametrize(("line", "quoted"), [(0, ""), (1, "一"), (2, "二"), (3, "")])
def test_the_line_of_prose_is_counted_from_one(line, quoted):
    """First and last line are quoted; what is of no line, or of one beyond the end, quotes none."""
    error = ProseError(
        "prose-cannot", Place("prose/a.md", line=line), source="一\n 二 ", what=Words("不行", "it cannot")
    )
    assert error.quoted == quoted
    assert error.text("zh").count("\n") == bool(quoted)


@pytest.mark.parametrize(("number", "en"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors")])
def test_english_counts_in_singular_and_plural(number, en):
    """One error, two errors; Chinese needs the number alone."""
    assert (Counted(number, "error").text("en"), Counted(number, "error").text("zh")) == (en, str(number))


def test_an_error_says_what_the_command_ends_with():
    """1 where something is to be mended, 2 where the call was worded wrongly; whatever else it is."""
    assert [type(error).__name__ for error in ERRORS if error.exit_code == 2] == ["UnknownSection"]
    assert {error.exit_code for error in ERRORS} == {1, 2}


def test_an_error_carries_what_was_found():
    """The ledgers' problems, the reasons against letting a report out; who only prints its arguments reads its code."""
    found = [Finding("required", Place("a.csv"))]
    data = DataError("data-has-errors", details=found, period="2021H1", errors=Counted(1, "error"))
    refused = ReleaseError("not-publishable", details=found, period="2021H1", reasons=Counted(1, "reason"))
    assert data.problems == refused.reasons == tuple(found)
    assert data.args == ("data-has-errors",)


def test_the_saved_notebook_of_a_section_may_be_told_later():
    """Where the executed notebook is kept is known once it stands in its place, and the message then says so."""
    error = next(error for error in ERRORS if isinstance(error, SectionError))
    error = pickle.loads(pickle.dumps(error))
    error.saved = "outputs/2021H1.draft/sections/01-a.ipynb"
    assert error.saved in error.text("zh")
    assert (error.section, error.notebook, error.cell, error.line) == ("a", "01-a.ipynb", 3, 2)


def test_an_error_says_its_code_and_place():
    """Whoever catches one knows what it is and where, without reading its words."""
    error = FactError("chart-glyph", Place("tables/a.csv"), chart="x", character="y")
    assert (error.code, error.place.file, error.args) == ("chart-glyph", "tables/a.csv", ("chart-glyph",))
