"""Numbers that remember where they came from."""

from decimal import Decimal

import pandas as pd
import pytest

from pipeline.errors import FactError
from pipeline.facts import DateFact, Fact, Quantity, Sources, When, count, share


def fact(text, row=2, unit="件"):
    return Fact(Quantity.parse(text, unit=unit), Sources.cell("tables/a.csv", row, "数值"))


def test_an_f_string_words_a_fact_with_its_source_and_unit():
    """In an f-string a fact is its number inside a data element with value and source, its unit behind it."""
    element = '<data class="fact" value="322" data-source="tables/a.csv#row=2;col=数值">322</data>'
    assert f"办件量{fact('322')}" == f"办件量{element}件"
    assert f"{fact('322'):n}" == element
    assert str(fact("322")) == "322件"


def test_a_qualifier_stays_where_it_was_stated():
    """余 stands between number and unit and is told to machines too; 左右 stands behind the unit."""
    assert f"{fact('10余', unit='次')}" == (
        '<data class="fact" value="10" data-source="tables/a.csv#row=2;col=数值" data-qualifier="余">10余</data>次'
    )
    assert f"{fact('200人左右', unit='')}".endswith(">200</data>人左右")


def test_pandas_adds_selects_and_groups_facts():
    """A column of facts sums, filters, sorts and groups like a column of numbers, and the sum names all its cells."""
    rows = pd.DataFrame({"kind": list("aab"), "value": [fact("322", 2), fact("190", 3), fact("67", 4)]})
    total = rows["value"].sum()
    assert (total.value, str(total.sources)) == (Decimal(579), "tables/a.csv#row=2-4;col=数值")
    assert total.derivation == "sum"
    assert rows[rows["value"] > 100]["kind"].tolist() == ["a", "a"]
    assert [str(f) for f in rows["value"].sort_values()] == ["67件", "190件", "322件"]
    assert str(rows.groupby("kind")["value"].sum()["a"].sources) == "tables/a.csv#row=2-3;col=数值"


def test_a_share_rounds_half_up_and_names_both_cells():
    """A share is in %, rounded half up (四舍五入), and leads to part and whole."""
    part = share(fact("815", 5), fact("30215", 3))
    assert (str(part), part.derivation) == ("2.7%", "share")
    assert str(part.sources) == "tables/a.csv#row=3;col=数值 tables/a.csv#row=5;col=数值"
    assert str(share(fact("1"), fact("8"), decimals=2)) == "12.50%"
    assert str(share(fact("5"), fact("1000"), decimals=0)) == "1%"


def test_a_format_rounds_and_turns_a_ratio_into_percent():
    """The format .1% words a ratio as a percentage, .1f rounds, and both keep the sources."""
    ratio = fact("815", 5) / fact("30215", 3)
    assert f"{ratio:.1%}".endswith(">2.7</data>%")
    assert f"{fact('7') / 2:.1f}".endswith(">3.5</data>件")


def test_a_percentage_is_made_of_ratios_only():
    """A share is rounded by .1%, not multiplied again; a count is no ratio and is refused."""
    assert f"{share(fact('815'), fact('30215'), 3):.1%}".endswith(">2.7</data>%")
    with pytest.raises(FactError, match=r"30215件 is no ratio.*share\(part, whole\)"):
        f"{fact('30215'):.1%}"


def test_rounding_keeps_the_cells_and_rounds_half_up():
    """round() of a fact or a column is a fact, half up (四舍五入), unlike Python's own."""
    assert str(round(fact("5") / 2)) == "3件"
    assert str(round(fact("815") / fact("30215", 3), 3)) == "0.027"
    rounded = pd.Series([fact("2.25"), fact("", 3)], dtype=object).round(1)
    assert [str(one) for one in rounded] == ["2.3件", ""]
    assert str(rounded[0].sources) == "tables/a.csv#row=2;col=数值"


def test_a_bare_number_is_added_to_ratios_only():
    """accepted / granted - 1 and 100 - share keep their cells; 322件 + 5 is refused, for 5 has no source."""
    growth = fact("361", 2) / fact("322", 9) - 1
    assert f"{growth:.1%}".endswith(">12.1</data>%")
    assert str(growth.sources) == "tables/a.csv#row=2;col=数值 tables/a.csv#row=9;col=数值"
    assert str(100 - share(fact("815"), fact("30215", 3))) == "97.3%"
    assert str(round(1 - fact("1") / fact("4", 3), 2)) == "0.75"
    for calculate in (
        lambda: fact("322") + 5,
        lambda: fact("322") - 5,
        lambda: 5 - fact("322"),
        lambda: 5 + fact("7%", unit=""),
    ):
        with pytest.raises(FactError, match="are not added or subtracted: 5 has no source"):
            calculate()


@pytest.mark.parametrize("missing", [None, float("nan"), fact(""), fact("/"), fact("不适用")], ids=str)
def test_what_is_calculated_with_nothing_is_nothing(missing):
    """A missing number makes no difference, product, ratio, share or comparison: nothing is guessed, and nothing crashes."""
    for made in (fact("3") - missing, fact("3") * missing, fact("3") / missing):
        assert not made.stated
        assert not (made.value if made.stated else 0)
        with pytest.raises(FactError, match="states no number"):
            f"{made}"
    assert not (fact("3") > missing or fact("3") <= missing)
    if isinstance(missing, Fact):
        assert not (missing - fact("3")).stated
        assert not (-missing).stated
        assert not share(missing, fact("3")).stated
        assert not share(fact("3"), missing).stated


def test_a_share_of_zero_is_nothing():
    """Where the whole is 0 there is no share to print."""
    assert not share(fact("0"), fact("0", 3)).stated


def test_cells_without_a_number_add_nothing():
    """Blank, / and 不适用 are left out of a sum, as pandas leaves out missing numbers, and cannot be worded."""
    for text in ("", "/", "不适用"):
        assert (fact("3") + fact(text, 3)).value == 3
        assert not fact(text).stated
        with pytest.raises(FactError, match="states no number"):
            f"{fact(text)}"
    assert not fact("") > 0
    assert not fact("") < 0


def test_zero_is_a_number():
    """A stated 0 is stated, false as a number, and printed."""
    assert fact("0").stated
    assert not fact("0")
    assert str(fact("0")) == "0件"


def test_units_do_not_mix():
    """Adding 件 and 次 is refused with both; the difference of two rates is in 百分点."""
    with pytest.raises(FactError, match="different units, 件 and 次"):
        fact("3") + fact("4", unit="次")
    assert str(fact("81%", unit="") - fact("64%", unit="")) == "17个百分点"


def test_hedges_survive_arithmetic():
    """A sum with a hedged part is hedged: the same hedge if there is one, 约 where they differ."""
    assert str(fact("200余") + fact("1000余")) == "1200余件"
    assert str(fact("200余") + fact("5")) == "205余件"
    assert str(fact("200余") + fact("约5")) == "约205件"
    assert str(fact("200余") - fact("5")) == "195余件"


def test_a_hedge_that_turned_round_is_only_about():
    """What is more than 10 less than a figure is not 余; nor does 余 stand behind decimals."""
    assert str(fact("30") - fact("10余")) == "约20件"
    assert str(fact("30余") - fact("10余")) == "约20件"
    assert str(fact("30") / fact("10余")) == "约3"
    assert str(fact("10余") / 4) == "约2.5件"
    assert str(share(fact("10余"), fact("50"))) == "约20.0%"


def test_dividing_by_zero_says_what_to_write_instead():
    """A zero base is refused with its cell and the words that stand in such a case."""
    with pytest.raises(FactError, match="无可比基数"):
        fact("3") / fact("0", 9)


def test_an_unknown_format_is_refused():
    """A format that means nothing for a fact is refused with those that do."""
    with pytest.raises(FactError, match="allowed: nothing, n, "):
        f"{fact('3'):>10}"


def test_rows_are_counted_with_their_rows_as_sources():
    """A count of records leads to every record's row."""
    counted = count([Sources.cell("tables/a.csv", row) for row in (2, 3, 7)], "件")
    assert (str(counted), str(counted.sources)) == ("3件", "tables/a.csv#row=2-3 tables/a.csv#row=7")


def test_rows_of_a_ledger_are_counted_as_they_are():
    """A frame of a ledger is counted by its rows, filtered or grouped too; rows that lost their place are refused."""
    rows = pd.DataFrame({"kind": list("aab")}, index=pd.Index([2, 3, 7], name="row"))
    rows.attrs["source"] = "tables/a.csv"
    assert f"{count(rows, '项')}".endswith(
        'data-source="tables/a.csv#row=2-3 tables/a.csv#row=7" data-derivation="count">3</data>项'
    )
    assert str(count(rows[rows.kind == "b"], "项").sources) == "tables/a.csv#row=7"
    assert [str(count(each, "项")) for _, each in rows.groupby("kind")] == ["2项", "1项"]
    assert str(count(rows[rows.kind == "c"], "项")) == "0项"
    for lost in (rows.reset_index(drop=True), rows.merge(rows, on="kind"), pd.DataFrame({"kind": ["a"]})):
        with pytest.raises(FactError, match="not those of a ledger"):
            count(lost, "项")


def test_a_date_is_worded_as_the_report_writes_dates():
    """A date prints without leading zeros, keeps its canonical form for machines, and leads to its cell."""
    day = DateFact(When.parse("2021-06-09"), Sources.cell("tables/m.csv", 2, "日期"))
    assert (
        f"{day}"
        == '<data class="fact" value="2021-06-09" data-source="tables/m.csv#row=2;col=日期">2021年6月9日</data>'
    )
    assert f"{DateFact(When.parse(''), Sources())}" == ""
