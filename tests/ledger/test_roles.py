"""What each role and property of a column does, in a ledger that a workspace declares for itself."""

import shutil

import pytest

from pipeline import publish
from pipeline.errors import UsageError
from pipeline.ledger import ledgers_in, read
from pipeline.notebook import Section
from pipeline.period import Period
from pipeline.report.vouching import ledgers_of
from pipeline.workspace import Workspace

DECLARED = """\
title = "窗口服务"
description = "一行写一个窗口的一项数。"
primaryKey = ["window", "matter", "until"]
order = 0
yearly = true

[[fields]]
role = "initiative"

[[fields]]
name = "window"
title = "窗口"
role = "subject"
description = "哪个窗口。"
identifying = true
default = "综合窗口"
constraints = { required = true }

[[fields]]
name = "matter"
title = "服务项"
role = "measure"
description = "哪一项。"

[[fields]]
name = "amount"
title = "数量值"
type = "figure"
description = "照原样写。"

[[fields]]
role = "qualifier"

[[fields]]
role = "unit"

[[fields]]
role = "basis"

[[fields]]
name = "said"
title = "情况"
role = "words"
description = "用文字说明。"

[[fields]]
name = "serial"
title = "流水号"
role = "item"
description = "每行一个。"
constraints = { unique = true }

[[fields]]
name = "until"
title = "截止时间"
type = "date"
identifying = true
description = "到什么时候。"

[[fields]]
role = "note"
"""
HEADINGS = "改革事项,窗口,服务项,数量值,限定词,单位,口径,情况,流水号,截止时间,备注"


@pytest.fixture
def windows(sample):
    """A function that fills the ledger of windows with these lines."""
    (sample.root / "ledgers").mkdir()
    (sample.root / "ledgers" / "windows.toml").write_text(DECLARED, encoding="utf-8")

    def filled(*lines, period="2021H1"):
        file = sample.root / "data" / period / "tables" / "windows.csv"
        file.write_text("\n".join([HEADINGS, *lines, ""]), encoding="utf-8")
        return sample

    return filled


def section(sample, period="2021H1", **more):
    """The section of reforms."""
    return Section("reform", period, workspace=Workspace.at(sample.root), **more)


def told(sample, *codes):
    """(code, place) of the problems with these codes."""
    found = sample.check()
    assert {one.code for one in found} == set(codes)
    return [(one.code, one.place.name()) for one in found]


def test_the_order_is_the_declarations(windows):
    """A ledger with a small number stands before those built in, and look-up asks it first."""
    sample = windows("示例通办,示例通办,办件量,99,,件,当期,,1,2020,")
    assert next(iter(ledgers_in(sample.root))) == "windows"
    assert str(section(sample).fact("示例通办", "办件量")) == "99件"


def test_either_name_of_a_ledger_serves(windows):
    """A section's tables and rules are had by the sheet's title, too; a title that is none is told with the nearest."""
    sample = windows()
    here = section(sample)
    assert here.table("指标").equals(here.table("indicators"))
    assert here.compared("指标").equals(here.compared("indicators"))
    assert here.checks("行政许可").equals(here.checks("licences"))
    with pytest.raises(UsageError) as refused:
        here.table("窗口服务表")
    assert "窗口服务" in refused.value.text("zh")


def test_qualifier_and_unit_are_those_beside_the_figure(windows):
    """The one figure takes unit and qualifier from the columns of those roles."""
    sample = windows(",甲窗口,接件,200,余,件,当期,,1,2020,", ",甲窗口,满意率,98.5,,%,,,2,2020,")
    assert [str(fact) for fact in read(sample.folder, "windows").amount] == ["200余件", "98.5%"]
    assert sample.check() == []


def test_a_unit_of_its_own_stands_before_the_columns(windows):
    """A figure whose declaration gives its unit has that one, whatever the column of units says of the others."""
    sample = windows(",甲窗口,接件,200,,件,当期,,1,2020,")
    own = DECLARED.replace('type = "figure"', 'type = "figure"\nunit = "户"')
    (sample.root / "ledgers" / "windows.toml").write_text(own, encoding="utf-8")
    assert [str(fact) for fact in read(sample.folder, "windows").amount] == ["200户"]


def test_its_counts_need_a_span(windows):
    """Where there is 口径, a count must say it and 未注明 is told; rates need none."""
    sample = windows(
        ",甲窗口,接件,200,,件,,,1,2020,", ",甲窗口,满意率,98.5,,%,,,2,2020,", ",乙窗口,接件,20,,件,未注明,,3,2020,"
    )
    assert told(sample, "basis-missing", "basis-unstated") == [
        ("basis-missing", "tables/windows.csv!G2"),
        ("basis-unstated", "tables/windows.csv!G4"),
    ]


def test_its_shares_are_held_to_their_parts(windows):
    """A share beside its part and its total is worked out."""
    sample = windows(
        ",甲窗口,网办件数,30,,件,当期,,1,2020,", ",甲窗口,总量,120,,件,当期,,2,2020,", ",甲窗口,网办率,20,,%,,,3,2020,"
    )
    assert told(sample, "ratio-apart") == [("ratio-apart", "tables/windows.csv!D4")]


def test_a_row_without_figure_and_words_states_nothing(windows):
    """It is not filled in yet; with either it is."""
    sample = windows(
        ",甲窗口,接件,,,件,,,1,2020,", ",乙窗口,接件,,,,,已开设,2,2020,", ",丙窗口,接件,20,,件,当期,,3,2020,"
    )
    assert told(sample, "not-filled-value") == [("not-filled-value", "tables/windows.csv!D2")]
    assert section(sample).text("乙窗口", "接件") == "已开设"


def test_a_default_a_unique_text_and_a_missing_year_are_seen(windows):
    """A blank is its default, a serial number stands once, and the year before the period is there."""
    sample = windows(",,接件,20,,件,当期,,1,2021-01,", ",乙窗口,接件,20,,件,当期,,1,2021-02,")
    assert read(sample.folder, "windows").window.tolist() == ["综合窗口", "乙窗口"]
    assert told(sample, "duplicate", "year-not-covered") == [
        ("year-not-covered", "tables/windows.csv!J"),
        ("duplicate", "tables/windows.csv!I2:I3"),
    ]


def test_the_date_tells_figures_of_one_thing_apart(windows):
    """The third argument of ``fact`` is the row's date; an initiative's section sees its own rows."""
    sample = windows(",甲窗口,接件,20,,件,当期,,1,2020,", "示例通办,甲窗口,接件,30,,件,当期,,2,2021-02,")
    assert str(section(sample).fact("甲窗口", "接件", "2021年2月")) == "30件"
    assert str(section(sample).about("示例通办").fact("甲窗口", "接件")) == "30件"


def test_an_initiative_must_exist(windows):
    """A name that the ledger of initiatives does not have is told, with the nearest."""
    sample = windows("示例通半,甲窗口,接件,20,,件,当期,,1,2020,")
    assert told(sample, "unknown-initiative") == [("unknown-initiative", "tables/windows.csv!A2")]


@pytest.mark.parametrize(("basis", "compared"), [("当期", True), ("时点", False)])
def test_figures_over_other_spans_are_not_compared(windows, basis, compared):
    """A change is said where both half-years count over the same span, and of rows found by the key without its date."""
    sample = windows(",甲窗口,接件,20,,件,当期,,1,2021-06,")
    shutil.copytree(sample.folder, sample.root / "data" / "2021H2")
    windows(f",甲窗口,接件,30,,件,{basis},,1,2021-12,", period="2021H2")
    (row,) = section(sample, "2021H2").compared("windows").itertuples()
    assert str(row.previous) == "20件"
    assert ("增长" in row.change, "不可比" in row.change) == (compared, not compared)


def test_what_is_declared_identifying_counts_beside_small_numbers(windows):
    """A subject and a date that may identify someone are details; a measure is none."""
    sample = windows(",甲窗口,接件,2,,件,当期,,1,2021-06,")
    fact = section(sample).fact("甲窗口", "接件")
    body = f"<p>甲窗口2021年6月接件{fact}。</p><p>甲窗口接件{fact}。</p>"
    found = publish.small_cells(body, ledgers_of(Workspace.at(sample.root), Period.parse("2021H1")))
    assert [one.params["detail"] for one in found] == [("甲窗口", "2021年6月")]
