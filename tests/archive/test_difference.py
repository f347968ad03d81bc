"""What differs between two reports."""

import json

import pytest
from material import body, chart, frame, handled, report, says, shows, value

from pipeline.archive import diff, difference_page, difference_text
from pipeline.errors import ReleaseError

ROWS = [
    {"subject": "一业一证", "measure": "办件量", "value": "322件", "as_of": "2021-06"},
    {"subject": "一链办理", "measure": "办件量", "value": "190件", "as_of": "2021-06"},
    {"subject": "跨省通办", "measure": "办件量", "value": "67件", "as_of": "2021-06"},
]
TITLES = {"reform": "改革创新"}
LEDGERS = {"tables/indicators.csv": {"sheet": "指标", "names": [], "letters": {"数值": "E"}}}


def built(folder, rows, period="2021H1", wording="办件量", extra=()):
    """A built report over ``rows``: each in prose, the first two in a table, and their sum."""
    ledger = frame("indicators", *rows)
    prose = "；".join(f"{row.subject}{wording}{row.value}" for row in ledger.itertuples())
    cells = [
        says(f"{prose}。"),
        says(f"前两项合计{value(2, ledger) + value(3, ledger)}。"),
        shows(handled(ledger).html),
        *extra,
    ]
    folder.mkdir()
    (folder / "report.html").write_text(body(report(*cells)), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({"parameters": {"period": period}}))
    (folder / "report.ipynb").write_text(json.dumps({"metadata": {"halfyear": {"ledgers": LEDGERS}}}))
    return folder


def with_value(row, value):
    return [{**one, "value": value} if number == row else one for number, one in enumerate(ROWS, 2)]


def test_two_builds_of_the_same_data_say_the_same(tmp_path):
    """Nothing differs between a report and itself built again."""
    difference = diff(built(tmp_path / "a", ROWS), built(tmp_path / "b", ROWS))
    assert not difference
    assert difference_text(difference, TITLES) == "a and b say the same"


@pytest.mark.parametrize(
    ("row", "new", "changed"),
    [
        (2, "323件", {("第1段", "322", "323"), ("第2段", "512", "513"), ("表1“一业一证”行“办件量”列", "322", "323")}),
        (3, "200件", {("第1段", "190", "200"), ("第2段", "512", "522"), ("表1“一链办理”行“办件量”列", "190", "200")}),
        (4, "68件", {("第1段", "67", "68")}),
        (4, "67余件", {("第1段", "67", "67余")}),
    ],
)
def test_one_cell_changes_its_facts_and_no_other(tmp_path, row, new, changed):
    """With one ledger cell changed, that fact and those derived from it are listed, and nothing else."""
    difference = diff(built(tmp_path / "a", ROWS), built(tmp_path / "b", with_value(row, new)))
    assert {(one.after.place, one.before.printed, one.after.printed) for one in difference.facts} == changed
    assert all(one.kind == "changed" for one in difference.facts)
    assert difference.wording == ()
    assert bool(difference.figures) == (row < 4)


def test_a_row_put_between_others_is_one_addition(tmp_path):
    """A record inserted above others moves their rows and changes none of their facts."""
    new = {"subject": "双全双百", "measure": "办件量", "value": "5件", "as_of": "2021-06"}
    difference = diff(built(tmp_path / "a", ROWS), built(tmp_path / "b", [*ROWS[:2], new, ROWS[2]]))
    assert [(one.kind, one.after.printed) for one in difference.facts] == [("added", "5")]
    assert [(one.before, one.after) for one in difference.wording] == [("", "双全双百办件量5件；")]


def test_a_row_taken_out_is_one_removal(tmp_path):
    """A record taken away is told as removed, with what it said."""
    difference = diff(built(tmp_path / "a", ROWS), built(tmp_path / "b", ROWS[:2]))
    assert "\n  跨省通办办件量 67件 -> —  第1段  指标!E4\n" in difference_text(difference, TITLES)
    assert [(one.kind, one.before.printed) for one in difference.facts] == [("removed", "67")]


def test_other_words_around_the_same_figures_change_no_fact(tmp_path):
    """A reworded sentence is a change of wording; its facts, from the same cells, stay the same facts."""
    difference = diff(built(tmp_path / "a", ROWS), built(tmp_path / "b", ROWS, wording="累计办理"))
    assert difference.facts == ()
    first = difference.wording[0]
    assert (first.before, first.after) == ("一业一证办件量322件；", "一业一证累计办理322件；")


def test_two_half_years_are_compared_by_words_not_by_rows(tmp_path):
    """Between half-years a row number means nothing: the same words around a figure make it the same fact."""
    other = [ROWS[2], {**ROWS[0], "value": "300件"}, ROWS[1]]
    difference = diff(built(tmp_path / "a", other, period="2020H2"), built(tmp_path / "b", ROWS))
    changed = {(one.before.printed, one.after.printed) for one in difference.facts if one.kind == "changed"}
    assert ("300", "322") in changed
    assert ("67", "322") not in changed


def test_the_same_cell_of_another_half_year_is_another_fact(tmp_path):
    """Between half-years a figure in other words is not taken for the same one because its row number is the same."""
    difference = diff(built(tmp_path / "a", ROWS, period="2020H2"), built(tmp_path / "b", ROWS, wording="累计办理"))
    assert {one.kind for one in difference.facts} == {"added", "removed"}


def test_a_chart_that_is_new_or_shows_something_else_is_told(tmp_path):
    """Charts are compared by their caption, facts, labels and alternative text."""
    plain = built(tmp_path / "a", ROWS)
    one = built(tmp_path / "b", ROWS, extra=[shows(chart("条形图。"))])
    two = built(tmp_path / "c", ROWS, extra=[shows(chart("条形图。", label="一链办理"))])
    assert [(figure.kind, figure.caption) for figure in diff(plain, one).figures] == [("added", "办件量")]
    assert [(figure.kind, figure.caption) for figure in diff(one, two).figures] == [("changed", "办件量")]


def test_the_terminal_and_the_page_tell_the_same(tmp_path):
    """Text, JSON and page name section, both values, by how much, place and cells; the page has no script."""
    difference = diff(built(tmp_path / "a", ROWS), built(tmp_path / "b", with_value(4, "68件")))
    assert difference_text(difference, TITLES) == (
        "a -> b\n改革创新\n  跨省通办办件量 67件 -> 68件  +1件（+1.5%）  第1段  指标!E4\n"
        "1 figure, 0 sentences, 0 tables and charts"
    )
    page = difference_page(difference, TITLES)
    assert "跨省通办办件量<del>67件</del><ins>68件</ins>。" in page
    assert "跨省通办办件量 <span>67件 → 68件</span> <strong>+1件（+1.5%）</strong>" in page
    assert "数据变化1项，文字变化0处，图表变化0处。" in page
    assert "<script" not in page
    [statement] = difference.as_dict()["statements"]
    assert (statement["before"], statement["after"]) == ("跨省通办办件量67件。", "跨省通办办件量68件。")
    assert statement["figures"][0]["amount"] == "+1件（+1.5%）"
    after = difference.as_dict()["facts"][0]["after"]
    assert (after["printed"], after["cells"]) == ("68", "指标!E4")
    assert after["sources"] == "tables/indicators.csv#row=4;col=数值"


def test_a_report_that_does_not_know_its_ledgers_tells_sources_as_they_stand(tmp_path):
    """Of a build of an earlier version, which has no notation, the machine form is told."""
    one, other = built(tmp_path / "a", ROWS), built(tmp_path / "b", with_value(4, "68件"))
    (other / "report.ipynb").unlink()
    assert "  tables/indicators.csv#row=4;col=数值\n" in difference_text(diff(one, other), TITLES)


def test_a_folder_without_a_report_is_refused(tmp_path):
    """A folder that holds no report is named, with what to do."""
    with pytest.raises(ReleaseError, match=r"holds no report to compare: there is no report\.html; build it"):
        diff(tmp_path, tmp_path)


def test_a_notebook_is_read_where_there_is_no_page(tmp_path):
    """Without report.html the stitched notebook is compared, through the body that is handed in."""
    for name, figure in (("a", 2), ("b", 3)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.ipynb").write_text(json.dumps(report(says(f"办件量{value(figure)}。"))))
    difference = diff(tmp_path / "a", tmp_path / "b", body_of=body)
    assert [(one.before.printed, one.after.printed) for one in difference.facts] == [("322", "190")]
