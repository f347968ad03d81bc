"""A report as a page lists it."""

import lxml.html
import pytest

from pipeline.pages import Listed, table_of

REPORT = Listed(
    "2021H1",
    "2021年上半年",
    "2021年上半年工作总结 A&B",
    "2021-06-30",
    {"report.html": 1, "report.docx": 10 * 1024},
    "更正",
)


@pytest.mark.parametrize(("size", "said"), [(0, "1 KB"), (1024, "1 KB"), (2048, "2 KB"), (1_000_000, "977 KB")])
def test_a_download_says_its_size(size, said):
    """In whole KB, and never none at all."""
    assert f"（{said}）" in Listed("2021H1", "", "", "", {"report.pdf": size}).downloads()


def test_a_report_is_one_row_with_all_that_is_known_of_it():
    """Its label, its title that leads to the first of its files, its day as a document writes it, its files, and what is more."""
    table = lxml.html.fromstring(table_of([REPORT], "备注", named="材料"))
    assert table.get("aria-label") == "材料"
    heads, row = ([cell.text_content() for cell in line] for line in table.iter("tr"))
    assert heads == ["期间", "材料", "成文日期", "下载", "备注"]
    assert row == [
        "2021年上半年", "2021年上半年工作总结 A&B", "2021年6月30日", "HTML（1 KB）　DOCX（10 KB）", "更正",
    ]  # fmt: skip
    links = [link.get("href") for link in table.iter("a")]
    assert links == ["2021H1/report.html", "2021H1/report.html", "2021H1/report.docx"]
    assert [whole.text for whole in table.find_class("whole")] == ["2021年上半年"]


def test_a_report_without_a_day_or_a_label_says_so():
    """A day that nobody stated is 未注明; a title without a period's label stands as it is."""
    bare = Listed("2021H1", "", "小结", "", {"report.html": 1})
    assert (bare.day, bare.heading, bare.address) == ("未注明", "小结", "2021H1/report.html")
