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


@pytest.mark.parametrize(("number", "en"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors")])
def test_english_counts_in_singular_and_plural(number, en):
    """One error, two errors; Chinese needs the number alone."""
    assert (Counted(number, "error").text("en"), Counted(number, "error").text("zh")) == (en, str(number))


def test_an_error_says_its_code_and_place():
    """Whoever catches one knows what it is and where, without reading its words."""
    error = FactError("chart-glyph", Place("tables/a.csv"), chart="x", character="y")
    assert (error.code, error.place.file) == ("chart-glyph", "tables/a.csv")
