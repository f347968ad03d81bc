"""What of a unit's finished report goes up: every figure under its own key, and nothing that may name a person."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.traced_totals import traced
from pipeline.batch.lineage import Record, cells_above
from pipeline.batch.rollup import roll_up
from pipeline.batch.rows_within import wholes_of
from pipeline.batch.stated_figures import Key, StatedFigure, stated_figures
from pipeline.batch.units_table import Unit
from pipeline.document.cell_notation import CellNotation, CellsAsked
from pipeline.document.record import RecordedFact
from pipeline.facts import Fact, Quantity, Sources
from pipeline.ledger import read, tables
from pipeline.ledger.checks import check
from pipeline.notebook.frames import with_sources
from pipeline.own_files import digest_of
from pipeline.period import Period
from pipeline.workspace import Workspace
from tests.batch.offices import CHAPTER, SETTINGS, notebook

INDICATORS = "板块,改革事项,对象,指标,数值,限定词,单位,口径,截至,内容,公开属性,备注"
CASES = "类型,角色,阶段,案由,结果,件数,收案日期,口径,公开属性,备注"
VISITS = """\
title = "来访"
description = "一行写一批来访。"
[[fields]]
name = "visitor"
title = "来访人"
role = "subject"
identifying = true
description = "谁。"
[[fields]]
name = "kind"
title = "类别"
role = "class"
description = "哪一类。"
[[fields]]
name = "matter"
title = "事由"
role = "detail"
description = "为什么。"
[[fields]]
name = "people"
title = "人数"
type = "figure"
unit = "人"
description = "几个人。"
[[fields]]
name = "pleased"
title = "满意率"
type = "figure"
unit = "%"
description = "满意的。"
[[fields]]
name = "day"
title = "日期"
type = "date"
identifying = true
description = "哪一天。"
"""


def handled(subject: str, value: int | str) -> str:
    return f"改革创新,,{subject},办件量,{value},,件,当期,2021-06,,,"


def finished(root: Path, code: str, ledgers: dict[str, list[str]], printed=lambda _: True) -> tuple[Unit, Path]:
    """A unit with those ledgers, and a report that prints the figures of their rows (those for which ``printed`` holds)."""
    folder = root / code
    data, report = folder / "data" / "2021H1", folder / "outputs" / "2021H1"
    for one in (folder / "notebooks", folder / "ledgers", data / "tables", report):
        one.mkdir(parents=True, exist_ok=True)
    _with_notebook(folder)
    (folder / "ledgers" / "visits.toml").write_text(VISITS, encoding="utf-8")
    for name, lines in ledgers.items():
        (data / "tables" / f"{name}.csv").write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")
    with (report / "facts.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        write = csv.writer(stream)
        write.writerow(RecordedFact.__dataclass_fields__)
        for number, fact in enumerate(filter(printed, figures_in(data)), 1):
            write.writerow([number, "reform", "第1段", *[fact.quantity.number] * 2, "", "", str(fact.sources), "", ""])
    (report / "manifest.json").write_text(json.dumps({"inputs": {}, "outputs": {}, "parameters": {}}), encoding="utf-8")
    named = CellNotation.of_frames(with_sources(data, name) for name in tables(data)).ledgers
    said = json.dumps({"metadata": {"halfyear": {"ledgers": named}}})
    (report / "report.ipynb").write_text(said, encoding="utf-8")
    return Unit(code, f"示例{code}县", "37", folder, 2), report


def figures_in(data: Path):
    frames = [read(data, name) for name in tables(data)]
    cells = (cell for frame in frames for name in frame for cell in frame[name])
    return [cell for cell in cells if hasattr(cell, "quantity") and cell.stated]


def rolled_up(root: Path, units: list[tuple[Unit, Path]], code: str = "37"):
    """What an office above makes of them: the result, its totals and its list of figures, each by subject and measure."""
    for name in ("notebooks", "data/2021H1/tables"):
        (root / code / name).mkdir(parents=True, exist_ok=True)
    _with_notebook(root / code)
    office = Workspace.at(root / code)
    result = roll_up(office, Period.parse("2021H1"), units)
    lines = []
    for name in ("unit_totals", "unit_figures"):
        with (office.data(Period.parse("2021H1")) / "tables" / f"{name}.csv").open(encoding="utf-8-sig") as stream:
            lines.append(list(csv.DictReader(stream)))
    return result, *lines


def said(rows: list[dict[str, str]], value: str) -> list[tuple[str, str, str]]:
    return [(row["对象"], row["指标"], row[value]) for row in rows]


@pytest.mark.parametrize(
    ("counties", "totals"),
    [
        (  # a total by what it comes to, which another county states alone
            [[("政务服务", 5000), ("网上办理", 3000), ("窗口办理", 2000)], [("政务服务", 6000), ("网上办理", 3500), ("窗口办理", 2400)], [("政务服务", 7000)]],
            {"政务服务": (18000, "含3个单位"), "网上办理": (6500, "含2个单位，缺1个：示例3703县"), "窗口办理": (4400, "含2个单位，缺1个：示例3703县")},
        ),
        (  # a total by name, on top or below
            [[("网上办理", 3000), ("窗口办理", 2000), ("合计", 5000)], [("合计", 6000)], [("合计", 6000), ("网上办理", 3500), ("窗口办理", 2500)]],
            {"网上办理": (6500, "含2个单位，缺1个：示例3702县"), "窗口办理": (4500, "含2个单位，缺1个：示例3702县"), "合计": (17000, "含3个单位")},
        ),
        (  # what is a total in one county stands in another where a part stands in the first
            [[("合计", 5000), ("网上办理", 3000), ("窗口办理", 2000)], [("网上办理", 1000), ("合计", 1000)]],
            {"合计": (6000, "含2个单位"), "网上办理": (4000, "含2个单位"), "窗口办理": (2000, "含1个单位，缺1个：示例3702县")},
        ),
    ],
)  # fmt: skip
def test_a_units_total_is_summed_with_those_of_the_others(tmp_path, counties, totals):
    """A row that is the total of others in one unit goes up under its own name, as its parts do, and is added to the same row of the others."""
    units = [
        finished(tmp_path, f"370{number}", {"indicators": [INDICATORS, *(handled(*one) for one in rows)]})
        for number, rows in enumerate(counties, 1)
    ]
    result, rows, figures = rolled_up(tmp_path, units)
    assert {row["对象"]: (int(row["合计"]), row["范围"]) for row in rows} == totals
    assert len(figures) == sum(map(len, counties)) and result.findings == ()
    found = traced(tmp_path / "37", "2021H1")
    assert (found.totals, found.wrong, found.unreached) == (len(totals), (), ())


def test_every_figure_that_a_report_prints_goes_up(tmp_path):
    """Each printed cell of a unit's ledgers is behind a row of the upper list of figures or is told, whatever row or column it is in."""
    ledgers = {
        "indicators": [INDICATORS, handled("合计", 9), handled("甲", 4), handled("乙", 5), "改革创新,,丙,满意率,98%,,,时点,2021-06,,,"],
        "cases": [CASES, "行政诉讼,被告,在办,不服甲,,1,2021-03-02,当期,,", "行政诉讼,被告,在办,不服乙,,2,2021-03-02,当期,,另一件"],
        "officers": ["人员类别,审核状态,人数,单位,平台,要求,截至,公开属性,备注", "甲类,通过,30,人,,,2021-06,,", "乙类,通过,12,人,,,2021-06,,", "合计,,42,人,,,2021-06,,"],
        "licences": ["年度,事项类别,申请数量,受理数量,许可数量,不予许可数量,撤销许可数量,公开属性,备注", "2021,甲,10,9,9,0,0,,", "2021,乙,5,5,5,0,0,,", "2021,合计,15,14,15,0,0,,"],
        "visits": ["来访人,类别,事由,人数,满意率,日期", "张三,个人,甲事,1,90%,2021-03-01", "李四,个人,乙事,2,80%,2021-03-02"],
    }  # fmt: skip
    unit = finished(tmp_path, "3701", ledgers)
    result, *_ = rolled_up(tmp_path, [unit])
    printed = {f"3701:{fact.sources}" for fact in figures_in(unit[0].folder / "data/2021H1")}
    folder = Record.of(Workspace.at(tmp_path / "37"), "2021H1").folder
    with (folder / "lineage.csv").open(encoding="utf-8-sig", newline="") as stream:
        steps = [row for row in csv.DictReader(stream) if row["ledger"] == "unit_figures"]
    up = [source for step in steps for source in step["source"].split()]
    assert len(up) == len(set(up))
    gone = printed - set(up)
    assert {one.rpartition("#")[2] for one in gone} == {"row=2;col=满意率", "row=3;col=满意率"}
    (told,) = result.findings
    assert (told.code, told.value) == ("rollup-alike", "个人·满意率")
    assert all(one in str(told.params["cells"]) for one in ("来访!E2", "来访!E3"))


def test_what_may_name_a_person_stays_below(tmp_path):
    """No cause, outcome, detail, place, day or name of a case is in the upper ledgers; its kind is, and cases of one kind are one figure."""
    names = ("王小明", "李四", "张三", "赵六", "胜诉", "败诉", "3月")
    counties = {
        "3701": {
            "cases": [CASES, "行政诉讼,被告,已结,王小明不服不予许可,胜诉,1,2021-03-02,当期,,王小明", "行政诉讼,被告,已结,赵六不服,败诉,1,2021-03-09,当期,依申请公开,"],
            "visits": ["来访人,类别,事由,人数,满意率,日期", "张三,个人,张三的事,1,,2021-03-01", "赵六,个人,赵六的事,2,,2021-03-02"],
        },
        "3702": {"cases": [CASES, "行政诉讼,被告,已结,李四不服许可,胜诉,1,2021-04-02,当期,,"]},
    }  # fmt: skip
    units = [finished(tmp_path, code, ledgers) for code, ledgers in counties.items()]
    result, totals, figures = rolled_up(tmp_path, units)
    assert said(totals, "合计") == [("行政诉讼·被告·已结", "件数", "3"), ("个人", "人数", "3")]
    assert said(figures, "数值") == [("行政诉讼·被告·已结", "件数", "2"), ("个人", "人数", "3"), ("行政诉讼·被告·已结", "件数", "1")]  # fmt: skip
    assert [(row["截至"], row["公开属性"]) for row in figures][::2] == [("", "依申请公开"), ("", "主动公开")]
    assert result.findings == ()
    for file in (tmp_path / "37").rglob("*.csv"):
        assert not [name for name in names if name in file.read_text(encoding="utf-8")], file
    found = traced(tmp_path / "37", "2021H1")
    assert (found.wrong, found.cells, found.unreached) == ((), 5, ())


def test_of_a_total_and_its_parts_under_one_key_the_total_is_counted(tmp_path):
    """Where only a withheld column tells a total from its parts, each case is counted once."""
    rows = ["来访人,类别,事由,人数,满意率,日期", "张三,,甲事,3000,,", "李四,,乙事,2000,,", "合计,,,5000,,"]
    (figure,) = stated_figures(*_of(finished(tmp_path, "3701", {"visits": rows})))
    assert (figure.key.subject, figure.fact.value, figure.source) == ("来访", Decimal(5000), "tables/visits.csv#row=4;col=人数")  # fmt: skip
    (figure,) = stated_figures(*_of(finished(tmp_path, "3702", {"visits": rows}, lambda one: one.value == 3000)))
    assert figure.fact.value == 3000


def test_an_offices_own_row_is_added_to_its_units(tmp_path):
    """What an office in the middle states itself beside its units' total is part of what it sends up, with the cells of both."""
    counties = [finished(tmp_path, "3701", {"indicators": [INDICATORS, handled("一业一证", 300)]})]
    rolled_up(tmp_path, counties, "3700")
    city = finished(tmp_path, "3700", {"indicators": [INDICATORS, handled("一业一证", 50)]})
    _, totals, figures = rolled_up(tmp_path, [city])
    assert said(totals, "合计") == said(figures, "数值") == [("一业一证", "办件量", "350")]
    found = traced(tmp_path / "37", "2021H1")
    assert (found.totals, found.wrong, found.cells, found.unreached) == (1, (), 2, ())
    for cell in ("3701:指标!E2", "3700:指标!E2"):
        above = cells_above(Workspace.at(tmp_path / "37"), "2021H1", cell)
        columns = {"unit_totals": "合计", "unit_figures": "数值"}
        assert above.cells == tuple(CellsAsked(f"tables/{name}.csv", columns[name], 2, 2) for name in columns)


@pytest.mark.parametrize("beside", [[("合计", 7000)], [("网上办理", 400), ("窗口办理", 200)]])
def test_what_is_within_a_total_is_not_counted_beside_it(tmp_path, beside):
    """Upper ledgers say in which row a row is already counted, at every level; a sum over their rows counts each case once."""
    counties = ([("网上办理", 3000), ("窗口办理", 2000), ("合计", 5000)], beside)
    units = [
        finished(tmp_path, f"370{number}", {"indicators": [INDICATORS, *(handled(*one) for one in rows)]})
        for number, rows in enumerate(counties, 1)
    ]
    rolled_up(tmp_path, units, "3700")
    _, totals, figures = rolled_up(tmp_path, [finished(tmp_path, "3700", {})])
    stated_alone = len(beside) == 1  # else a county states the parts and no total, and they are in no row
    within = ["4", "4", ""] if stated_alone else ["", "", ""]
    assert [row["含于行"] for row in totals] == [row["含于行"] for row in figures] == within
    for office in ("3700", "37"):
        values = read(tmp_path / office / "data" / "2021H1", "unit_totals")["value"]
        assert values.sum().value == (12000 if stated_alone else 10600)
        assert sum(fact.value for fact in values) == sum(int(row["合计"]) for row in totals)


@pytest.mark.parametrize(
    ("beside", "total", "covers", "told"),
    [
        ("一业一证", "", "口径、单位或日期不一，未合计：示例3700县", ["rollup-mixed"]),
        ("一链", "7", "含1个单位，缺1个：示例3700县；示例3700县内口径、单位或日期不一，未合计", []),
    ],
)
def test_what_a_unit_could_not_add_up_is_said_at_every_level(tmp_path, beside, total, covers, told):
    """A total that is blank in the middle is no gap without a word above: the row is there, and says who could not make it."""
    lines = (handled("一链", 5), handled("一链", 6).replace("当期", "本年累计"))
    counties = [
        finished(tmp_path, f"370{number}", {"indicators": [INDICATORS, line]}) for number, line in enumerate(lines, 1)
    ]
    rolled_up(tmp_path, counties, "3700")
    city = finished(tmp_path, "3700", {})
    other = finished(tmp_path, "3800", {"indicators": [INDICATORS, handled(beside, 7)]})
    result, totals, figures = rolled_up(tmp_path, [city, other])
    assert [(row["合计"], row["范围"]) for row in totals if row["对象"] == "一链"] == [(total, covers)]
    assert [one.code for one in result.findings] == told
    assert [row["单位名称"] for row in figures] == ["示例3800县"]
    _, totals, _ = rolled_up(tmp_path, [finished(tmp_path, "37", {})], "00")
    assert "口径、单位或日期不一" in next(row["范围"] for row in totals if row["对象"] == "一链")


def test_what_a_ledgers_key_tells_apart_goes_up_apart(tmp_path):
    """In a ledger with a column for the measure, too, rows that its key tells apart by a batch or a stage are figures of their own."""
    declared = """\
title = "批次"
description = "一行写一批的一个数。"
primaryKey = ["what", "measure", "batch"]
fields = [
  { name = "what", title = "对象", role = "subject", description = "什么。" },
  { name = "measure", title = "指标", role = "measure", description = "哪一项。" },
  { name = "batch", title = "批", role = "item", description = "哪一批。" },
  { name = "value", title = "数", type = "figure", unit = "件", description = "几件。" },
]
"""
    folder = tmp_path / "3701" / "ledgers"
    folder.mkdir(parents=True)
    (folder / "batches.toml").write_text(declared, encoding="utf-8")
    unit = finished(tmp_path, "3701", {"batches": ["对象,指标,批,数", "证,办件量,第一批,3", "证,办件量,第二批,4"]})
    _, totals, _ = rolled_up(tmp_path, [unit])
    assert said(totals, "合计") == [("证·第一批", "办件量", "3"), ("证·第二批", "办件量", "4")]


def test_two_units_that_say_the_contrary_make_no_circle():
    """What one unit has within another thing is not without it because another unit has it the other way round."""
    one, other = Key("指标", "", "", "甲", "件"), Key("指标", "", "", "乙", "件")
    fact = Fact(Quantity.parse("1", unit="件"), Sources())
    figure = StatedFigure(Unit("1", "", "", Path(), 2), one, fact, "", "", "", (), "", within=other)
    assert len(wholes_of([figure, replace(figure, key=other, within=one)])) == 1


@pytest.mark.parametrize("later", ["2021H1", "2021H2"])
def test_a_changed_declaration_gets_no_column_that_it_lacks(tmp_path, later):
    """A declaration that somebody changed stays, and the ledger has its columns; one that is ours is renewed, in a period to come too."""
    units = [finished(tmp_path, "3701", {"indicators": [INDICATORS, handled("一业一证", 300)]})]
    rolled_up(tmp_path, units)
    declared = tmp_path / "37" / "ledgers" / "unit_totals.toml"
    field = re.search(r"\[\[fields\]\]\nname = \"within\"\n(?:.+\n)*", text := declared.read_text(encoding="utf-8"))[0]
    declared.write_text(text.replace(field, "").replace('within = "within"\n', ""), encoding="utf-8")
    _, (total,), _ = rolled_up(tmp_path, units)
    assert "含于行" not in total and "公开属性" in total
    declared.write_text(text, encoding="utf-8")
    (tmp_path / "37" / "data" / later / "tables").mkdir(parents=True, exist_ok=True)
    record = Record.read(Workspace.at(tmp_path / "37"), "2021H1")
    declared.write_text("# earlier\n", encoding="utf-8")
    record.write({"unit_totals.toml": [digest_of(declared)], "unit_totals.csv": [digest_of(tmp_path / "37/data/2021H1/tables/unit_totals.csv")], "unit_figures.csv": [digest_of(tmp_path / "37/data/2021H1/tables/unit_figures.csv")]}, ())  # fmt: skip
    roll_up(Workspace.at(tmp_path / "37"), Period.parse(later), [])
    assert declared.read_text(encoding="utf-8") == text


def test_generated_ledgers_are_not_held_to_what_their_figures_seem_to_be(tmp_path):
    """An upper office is not told that a total is not the sum of its parts where units state the total alone; what it declares itself is held."""
    counties = (
        [("合计", 5000), ("网上办理", 3000), ("窗口办理", 2000)],
        [("合计", 6100), ("网上办理", 4000), ("窗口办理", 2000)],
        [("合计", 7000)],
    )
    units = [
        finished(tmp_path, f"370{number}", {"indicators": [INDICATORS, *(handled(*one) for one in rows)]})
        for number, rows in enumerate(counties, 1)
    ]
    assert [one.code for one in check(Workspace.at(units[1][0].folder), "2021H1")] == ["total-apart"]
    rolled_up(tmp_path, units)
    office = Workspace.at(tmp_path / "37")
    assert check(office, "2021H1") == []
    rules = "表,名称,规则,级别,备注\n下级合计,各部分,合计 = 网上办理 + 窗口办理,警告,\n"
    (office.data("2021H1") / "tables" / "checks.csv").write_text(rules, encoding="utf-8")
    assert [one.code for one in check(office, "2021H1")] == ["rule-difference"]


def _with_notebook(folder: Path) -> None:
    (folder / "notebooks" / "01-reform.ipynb").write_text(notebook(CHAPTER), encoding="utf-8")
    (folder / "data" / "2021H1" / "report.toml").write_text(SETTINGS.format("示例"), encoding="utf-8")


def _of(unit: tuple[Unit, Path]) -> tuple[Unit, str, Path]:
    return unit[0], "2021H1", unit[1]
