"""An error as the preview's page tells it."""

from pipeline.errors import DataError, UnknownPeriod
from pipeline.findings import Counted, Finding, Place
from pipeline.period import Period
from pipeline.preview.told import remarks, told


def test_each_problem_of_the_ledgers_is_told_by_itself():
    """Errors alone, with their ledger; warnings are told elsewhere."""
    found = [
        Finding("required", Place("tables.xlsx", "指标", (2,), "E", "数值")),
        Finding("sheet-unread", Place("a.xlsx", "草稿"), params={"nearest": ""}),
    ]
    error = DataError("data-has-errors", details=found, period="2021H1", errors=Counted(1, "error"))
    assert [(one["place"], one["group"]) for one in told(error, "zh")] == [("", "tables.xlsx 指标")]
    assert [one["group"] for one in remarks(found, "zh")] == ["tables.xlsx 指标", "a.xlsx 草稿"]


def test_an_error_of_ours_is_told_in_its_words():
    """In the reader's language, and nothing besides."""
    error = UnknownPeriod("data-misnamed", period="2021H1", found="2021h1")
    assert told(error, "zh") == [{"place": "", "text": error.text("zh")}]
    assert told(DataError("data-has-errors", period="2021H1", errors=Counted(0, "error")), "en")[0]["text"]


def fault(source):
    """The error that some code raises."""
    try:
        exec(source, {"Period": Period})
    except Exception as error:
        return error
    raise AssertionError(source)


def test_any_other_fault_is_told_with_the_last_line_of_ours_it_passed():
    """Its type, its words, and file and line of ours; code that does not parse says where; what passed nothing of ours, nothing."""
    (passed,) = told(fault("Period(None, 'x', None).first"), "en")
    assert passed["place"].startswith("pipeline/period.py, line ")
    (foreign,) = told(fault("1 / 0"), "en")
    assert foreign == {"place": "", "text": "ZeroDivisionError: division by zero"}
    (unread,) = told(fault("compile('a = (', 'cell.py', 'exec')"), "en")
    assert unread["place"] == "cell.py, line 1"
