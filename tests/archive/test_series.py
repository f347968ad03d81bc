"""Which figure of one half-year's report is which of another's."""

import pytest
from material import frame, says
from shelf import Shelf, handled, ledger

from pipeline.facts import Fact, Quantity, Sources
from pipeline.period import Period
from pipeline.vouch import Ledgers

HANDLED = ("一业一证", "办件量", "件", "")


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "outputs")


def test_a_figure_is_followed_by_what_it_is_about_not_by_its_row(shelf):
    """The same subject and measure make one series, wherever in the ledger its row stands."""
    shelf.put("2020H2", ledger("indicators", handled("300件"), handled("9件", subject="跨省通办")))
    shelf.put("2021H1", ledger("indicators", handled("7件", subject="跨省通办"), handled("322件")))
    assert shelf.rows() == {
        HANDLED: {"2020H2": "300件", "2021H1": "322件"},
        ("跨省通办", "办件量", "件", ""): {"2020H2": "9件", "2021H1": "7件"},
    }


def test_what_a_report_does_not_print_is_no_part_of_its_history(shelf):
    """A ledger's figure that the report leaves out is not drawn."""
    rows = ledger("indicators", handled("322件"), handled("67件", subject="跨省通办"))
    shelf.put("2020H2", ledger("indicators", handled("300件"), handled("60件", subject="跨省通办")))
    shelf.put("2021H1", rows, cells=(says(f"办件量{rows.loc[2, 'value']}。"),))
    assert list(shelf.rows()) == [HANDLED]
    assert shelf.archive().history.single == 1


def test_a_half_year_that_lacks_the_figure_is_a_gap(shelf):
    """A report without the figure, and a half-year without a report, have no point; the time between them stays."""
    shelf.put("2019H2", ledger("indicators", handled("300件")))
    shelf.put("2020H1", ledger("indicators", handled("9件", subject="跨省通办")))
    shelf.put("2021H1", ledger("indicators", handled("322件")))
    assert shelf.rows() == {HANDLED: {"2019H2": "300件", "2021H1": "322件"}}
    assert [str(period) for period in shelf.archive().periods["half"]] == ["2019H2", "2020H1", "2020H2", "2021H1"]


def test_figures_of_another_kind_of_period_are_another_series(shelf):
    """A month's figure and a half-year's are two things; months between stand as gaps, months up to one have none."""
    for number, period in enumerate(("2020H2", "2021-01", "2021-03", "2021H1", "2020-01..09", "2021-01..09")):
        shelf.put(period, ledger("indicators", handled(f"{300 + number}件")))
    archive = shelf.archive()
    assert [[str(point.period) for point in line.points] for line in archive.history.series] == [
        ["2020-01..09", "2021-01..09"],
        ["2020H2", "2021H1"],
        ["2021-01", "2021-03"],
    ]
    assert {kind: " ".join(map(str, periods)) for kind, periods in archive.periods.items()} == {
        "months": "2020-01..09 2021-01..09",
        "half": "2020H2 2021H1",
        "month": "2021-01 2021-02 2021-03",
    }


def test_a_figure_keeps_how_it_was_stated(shelf):
    """余 and 左右 stand with the figure, and a change gives what it came to."""
    shelf.put("2020H2", ledger("indicators", handled("10余件"), handled("由64%上升到81%", subject="网办率")))
    shelf.put("2021H1", ledger("indicators", handled("20件左右"), handled("83.50%", subject="网办率")))
    assert shelf.rows() == {
        HANDLED: {"2020H2": "10余件", "2021H1": "20件左右"},
        ("网办率", "办件量", "%", ""): {"2020H2": "81%", "2021H1": "83.50%"},
    }


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (handled("300件", basis="当期"), handled("622件", basis="本年累计"), ["当期", "本年累计"]),
        (handled("300件"), handled("322人次"), ["", ""]),
    ],
)
def test_other_units_and_bases_are_not_joined(shelf, before, after, told):
    """Where unit or 口径 changed there is no series; the thing is told as one that cannot be compared."""
    shelf.put("2020H2", ledger("indicators", before))
    shelf.put("2021H1", ledger("indicators", after))
    history = shelf.archive().history
    assert history.series == ()
    assert [[line.thing.basis for line in some] for some in history.split] == [told]
    assert history.single == 0


def test_what_two_rows_claim_is_no_series(shelf):
    """Where a half-year has two rows about the same thing, nobody can say which is meant."""
    shelf.put("2020H2", ledger("indicators", handled("300件"), handled("200件")))
    shelf.put("2021H1", ledger("indicators", handled("322件")))
    assert shelf.rows() == {}


def test_a_sum_over_all_cases_continues_a_summary(shelf):
    """Cases entered one by one and summed in the report are the same series as the one line of an earlier summary."""
    one_by_one = ledger(
        "cases", *({"kind": "行政诉讼", "count": "1件"} for _ in range(3)), {"kind": "行政复议", "count": "1件"}
    )
    shelf.put("2020H2", ledger("cases", {"kind": "行政诉讼", "count": "7件"}))
    total, partial = one_by_one["count"].iloc[:3].sum(), one_by_one["count"].iloc[:2].sum()
    shelf.put("2021H1", one_by_one, cells=(says(f"诉讼{total}，其中已结{partial}。"),))
    assert shelf.rows() == {("行政诉讼", "件数", "件", ""): {"2020H2": "7件", "2021H1": "3件"}}


def test_a_total_over_all_subjects_is_followed(shelf):
    """The sum of a measure over every subject is the series 合计, whichever subjects there are."""
    for period, rows in {
        "2020H2": ledger("indicators", handled("300件"), handled("60件", subject="跨省通办")),
        "2021H1": ledger(
            "indicators", handled("322件"), handled("190件", subject="一链办理"), handled("67件", subject="跨省通办")
        ),
    }.items():
        shelf.put(period, rows, cells=(says(f"合计{rows['value'].sum()}。"),))
    assert shelf.rows() == {("合计", "办件量", "件", ""): {"2020H2": "360件", "2021H1": "579件"}}


def test_shares_and_other_half_years_figures_are_no_series(shelf):
    """Shares follow from other figures, and the base of a comparison is the other report's own."""
    for period in ("2020H2", "2021H1"):
        rows = ledger("indicators", handled("300件"), handled("60件", subject="跨省通办"))
        base = Fact(Quantity.parse("280件"), Sources.cell("../2020H1/tables/indicators.csv", 2, "数值"))
        ratio = rows.loc[3, "value"] / rows.loc[2, "value"]
        shelf.put(period, rows, cells=(says(f"占{ratio:.1%}，上期{base}。"),))
    assert shelf.rows() == {}
    assert shelf.archive().left_out == ()


def test_a_years_figure_told_in_both_half_years_counts_once(shelf):
    """A figure for one date that several reports repeat is one point, the last; it is told as another time's."""
    for period, year, value in (("2020H1", "2019", "90件"), ("2021H1", "2020", "100件"), ("2021H2", "2020", "101件")):
        shelf.put(period, ledger("indicators", handled(value, as_of=year)))
    assert shelf.rows() == {HANDLED: {"2020H1": "90件", "2021H2": "101件"}}
    points = shelf.archive().history.series[0].points
    assert [(point.as_of, point.is_of_another_time) for point in points] == [("2019年", True), ("2020年", True)]


def test_a_year_is_no_quantity(shelf):
    """2021年 names a year; its growth is no history."""
    shelf.put("2020H2", ledger("indicators", handled("2020年")))
    shelf.put("2021H1", ledger("indicators", handled("2021年")))
    assert shelf.rows() == {}


def test_a_ledger_that_changed_gives_no_names(shelf):
    """A report whose ledger is not what it was keeps its place and loses its figures, which is told."""
    shelf.put("2020H1", ledger("indicators", handled("200件")))
    shelf.put("2020H2", ledger("indicators", handled("300件")))
    shelf.put("2021H1", ledger("indicators", handled("322件")))
    shelf.ledgers[Period.parse("2020H2")] = Ledgers.of(())
    assert shelf.rows() == {HANDLED: {"2020H1": "200件", "2021H1": "322件"}}
    assert [finding.text("en") for finding in shelf.archive().left_out] == [
        "2020H2: tables/indicators.csv was changed or removed since the report was built, or cannot be read: "
        "the history lacks its figures; build the report again."
    ]


def test_a_ledger_that_says_nothing_of_its_rows_makes_no_series(shelf):
    """Without the fields that tell its rows apart, a ledger's figures cannot be followed."""
    for period in ("2020H2", "2021H1"):
        shelf.put(period, frame("indicators", handled("300件")))
    assert shelf.rows() == {}


def test_a_figure_leads_to_the_closest_place_with_a_name(shelf):
    """The anchor of a figure is an id of its report's page: its own, or that of the heading it stands under."""
    shelf.put("2020H2", ledger("indicators", handled("300件")))
    shelf.put("2021H1", ledger("indicators", handled("322件")))
    for point in shelf.archive().history.series[0].points:
        page = (shelf.outputs / str(point.period) / "report.html").read_text(encoding="utf-8")
        assert page.index(f'id="{point.anchor}"') < page.index(f">{point.printed}<", page.index("<main"))


def test_a_figure_made_of_months_continues_the_same_of_a_plain_report(shelf):
    """A sum through the ledgers of a report's months, and what its last month states, are figures of its period; another period's are not."""
    shelf.put("2020H2", ledger("indicators", handled("300件"), handled("9件", subject="跨省通办")))
    months = [ledger("indicators", handled(f"{n}件"), handled(f"{n}件", subject="跨省通办")) for n in range(1, 7)]
    for number, rows in enumerate(months, 1):
        rows.attrs["source"] = f"../2021-0{number}/tables/indicators.csv"
    facts = [
        [
            Fact(Quantity.parse(f"{n}件"), Sources.cell(f"../2021-0{n}/tables/indicators.csv", row, "数值"))
            for n in range(1, 7)
        ]
        for row in (2, 3)
    ]
    said = says(f"一业一证{sum(facts[0][1:], facts[0][0])}，跨省通办{facts[1][-1]}。")
    shelf.put("2021H1", *months, cells=(said,))
    assert shelf.rows() == {
        HANDLED: {"2020H2": "300件", "2021H1": "21件"},
        ("跨省通办", "办件量", "件", ""): {"2020H2": "9件", "2021H1": "6件"},
    }
