"""Changes, places and nothing as offices state them: from the cell to the words of the report, and borne out by the cell."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from material import PERIOD, SETTINGS

from pipeline.facts import DateFact, Fact, Quantity, Sources, StatedError
from pipeline.facts.when import When
from pipeline.vouch import Ledgers, Literals, audit

LITERALS = Literals.load(PERIOD, signed=SETTINGS.signed, names={})
SOURCE = "tables/indicators.csv"
FORMS = [
    # cell, unit of its column, as typed, in words
    ("由64%上升到81%", "", "由64%上升到81%", "由64%上升到81%"),
    ("由3万次上升到5万次", "", "由3万次上升到5万次", "由3万次上升到5万次"),
    ("由3万上升到5万", "次", "由3万次上升到5万次", "由3万次上升到5万次"),
    ("由8000件上升到1.2万件", "", "由8000件上升到1.2万件", "由8000件上升到1.2万件"),
    ("从0.50天压缩至0.35天", "", "由0.50天下降到0.35天", "由0.50天下降到0.35天"),
    ("由第5位上升到第3位", "", "由第5位上升到第3位", "由第5位上升到第3位"),
    ("由第2位下降到第6位", "", "由第2位下降到第6位", "由第2位下降到第6位"),
    ("-24.76%", "", "-24.76%", "下降24.76%"),
    ("-24.76", "%", "-24.76%", "下降24.76%"),
    ("3.5%", "", "3.5%", "增长3.5%"),
    ("-4件", "", "-4件", "减少4件"),
    ("+4件", "", "4件", "增加4件"),
    ("-0.35天", "", "-0.35天", "减少0.35天"),
    ("-1.6", "个百分点", "-1.6个百分点", "下降1.6个百分点"),
    ("1.1", "个百分点", "1.1个百分点", "上升1.1个百分点"),
    ("增长1.1个百分点", "", "增长1.1个百分点", "增长1.1个百分点"),
    ("同比下降24.76%", "", "同比下降24.76%", "同比下降24.76%"),
    ("减少4", "件", "减少4件", "减少4件"),
    ("0", "%", "0%", "持平"),
    ("持平", "%", "持平", "持平"),
    ("与上年同期持平", "", "与上年同期持平", "与上年同期持平"),
    ("没有", "件", "没有", "没有"),
    ("未产生", "件", "未产生", "未产生"),
    ("第一", "", "第一", "第一"),
    ("第一位", "", "第一位", "第一位"),
    ("第十二名", "", "第十二名", "第十二名"),
    ("第1", "位", "第1位", "第1位"),
]


def stated(text, unit=""):
    return Fact(Quantity.parse(text, unit=unit), Sources.cell(SOURCE, 2, "数值"))


def ledgers(*facts):
    frame = pd.DataFrame({"value": list(facts)}, index=pd.Index(range(2, 2 + len(facts)), name="row"))
    frame.attrs |= {"source": SOURCE, "headings": {"value": "数值"}, "roles": {"value": "figure"}, "identifying": []}
    return Ledgers.of([frame])


def faults(fact, words):
    """What the audit says of a paragraph of ``words``, whose cell states ``fact``."""
    body = f'<article class="report"><section id="sample"><h2>章</h2><p>本项{words}。</p></section></article>'
    return [finding.text("zh") for finding in audit(body, LITERALS, ledgers=ledgers(fact)).findings]


def plain(markup):
    return re.sub(r"<[^>]+>", "", markup)


@pytest.mark.parametrize(("cell", "unit", "typed", "worded"), FORMS)
def test_each_form_is_printed_and_borne_out(cell, unit, typed, worded):
    """A form is printed as typed and with its direction in a word, and its cell bears out both."""
    fact = stated(cell, unit)
    assert (plain(f"{fact}"), plain(f"{fact:+}")) == (typed, worded)
    assert faults(fact, f"{fact}") == faults(fact, f"{fact:+}") == faults(fact, f"{fact.worded}") == []


@pytest.mark.parametrize(
    ("cell", "printed", "other"),
    [
        ("-24.76%", "下降24.76", "上升24.76"),
        ("-24.76%", "下降24.76", "下降24.67"),
        ("由3万次上升到5万次", "由3万次", "由1万次"),
        ("由第5位上升到第3位", "第5位", "第7位"),
        ("第一", "第一", "第二"),
        ("没有", "没有", "3"),
        ("由64%上升到81%", "到81", "到18"),
    ],
)
def test_another_figure_is_not_borne_out(cell, printed, other):
    """A direction, an origin, a place or a zero that the cell does not state is told."""
    fact = stated(cell)
    words = f"{fact:+}"
    assert f"{printed}<" in words or printed in words
    assert faults(fact, words.replace(printed, other)) != []


@given(
    st.decimals("-999", "999", places=2),
    st.sampled_from(["%", "个百分点", "件", "天", "万元", "亿元", "‰"]),
    st.sampled_from(["+", "+n", "", "n", "没有", "未产生"]),
)
def test_a_signed_change_is_read_back(value, unit, form):
    """Any change, whatever its sign and unit, is read back from its words, and never prints a minus beside a word."""
    fact = stated(f"{value:f}".replace("-0.00", "0.00"), unit)
    words = f"{fact:{form}}"
    assert faults(fact, words) == []
    if form.startswith("+"):
        assert "-" not in plain(words)
        assert Quantity.parse(plain(f"{fact:+}")).value == fact.value
    if form in ("没有", "未产生"):
        assert (plain(words) == form) == (not fact.value)


@given(st.integers(1, 99), st.integers(1, 99))
def test_places_rise_towards_the_first(before, now):
    """由第几位上升到第几位 is read where the verb agrees with the order of places, and only there."""
    for verb, rises in (("上升到", True), ("下降到", False)):
        text = f"由第{before}位{verb}第{now}位"
        try:
            assert faults(stated(text), f"{stated(text)}") == []
            assert (now < before) == rises and plain(f"{stated(text)}") == text
        except StatedError:
            assert now == before or (now < before) != rises


@pytest.mark.parametrize(
    "typed",
    [
        "2021",
        "2021年度",
        "2021H1",
        "2021H2",
        "2021H1末",
        "2021Q3",
        "2021-03",
        "2021-03-15",
        "2021年初",
        "2021年3月上旬",
    ],
)
def test_a_date_of_any_kind_is_borne_out_by_its_cell(typed):
    """A year, a half-year, a quarter, a month, a day are printed in words, and read back as what the cell says."""
    date = DateFact(When.parse(typed), Sources.cell(SOURCE, 2, "截至"))
    frame = pd.DataFrame({"as_of": [date]}, index=pd.Index([2], name="row"))
    frame.attrs |= {"source": SOURCE, "headings": {"as_of": "截至"}, "roles": {"as_of": "as-of"}, "identifying": []}
    body = f'<article class="report"><section id="sample"><h2>章</h2><p>截至{date}。</p></section></article>'
    assert audit(body, LITERALS, ledgers=Ledgers.of([frame])).findings == ()
