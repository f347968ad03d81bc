"""A half-year that is made of its months: what each figure counts decides whether it is added up."""

import csv
import re
import shutil

import lxml.html
import pytest
from calling import Command, copied_workspace

from pipeline import Section, count
from pipeline.notebook import from_months
from pipeline.period import Period
from pipeline.workspace import Workspace

HALF = Period.parse("2021H1")
HEADS = "板块,改革事项,对象,指标,数值,限定词,单位,口径,截至,内容,公开属性,备注\n"


@pytest.fixture
def root(tmp_path):
    """The example, its half-year without ledgers and made of its months, of which there is none yet."""
    root = copied_workspace(tmp_path / "workspace")
    shutil.rmtree(root / "data/2021H1/tables")
    settings = root / "data/2021H1/report.toml"
    settings.write_text("from_months = true\n" + settings.read_text(encoding="utf-8"), encoding="utf-8")
    return root


def month(root, number, *rows, table="indicators", heads=HEADS):
    """Write a ledger of a month of 2021."""
    folder = root / f"data/2021-{number:02}"
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    shutil.copy(root / "data/2021H1/report.toml", folder)
    (folder / f"tables/{table}.csv").write_text(heads + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def indicator(value, *, unit="件", basis="当期", subject="示例事项", measure="办件量"):
    return f"改革创新,,{subject},{measure},{value},,{unit},{basis},,,,"


def made(root, table="indicators"):
    rows = Section("reform", "2021H1", workspace=Workspace.at(root)).table(table)
    told = [one.code for one in from_months.findings(Workspace.at(root), HALF)]
    return rows, told


@pytest.mark.parametrize(
    ("values", "options", "expected", "told"),
    [
        (["1", "2", "3", "4", "5", "6"], {}, "21件", []),
        (["1", "2", "3", "4", "5", "10余"], {}, "25余件", []),
        (["0", "没有", "0", "/", "不适用", "6"], {}, "6件", []),
        (["1", "2", "3", "4", "5", ""], {}, "", ["not-filled-row-of-months"]),
        (["1", "2", "3", "4", "5", None], {}, "", ["not-filled-row-of-months"]),
        (["1", "2", "3", "4", "5", "6"], {"basis": "时点"}, "6件", []),
        (["1", "2", "3", "4", "5", None], {"basis": "时点"}, "", ["not-filled-row-of-months"]),
        (["1", "2", "3", "4", "5", ""], {"basis": "时点"}, "", ["not-filled-row-of-months"]),
        (["1", "2", "3", "4", "5", "/"], {"basis": "时点"}, "", []),
        (["1", "3", None, None, None, None], {"basis": "本年累计"}, "", ["not-filled-row-of-months"]),
        ([None, None, None, None, None, "6"], {"basis": "时点"}, "6件", []),
        (["1", "3", "6", "10", "15", "21"], {"basis": "本年累计"}, "21件", []),
        (["1", "3", "6", "10", "15", "21"], {"basis": "开办以来累计"}, "21件", []),
        (["1", "2", "3", "4", "5", "6"], {"basis": "未注明"}, "", ["not-filled-basis-of-month"]),
        (["90", "91", "92", "93", "94", "95"], {"unit": "%"}, "", ["not-filled-rate-of-months"]),
        (["第1位", "第2位", "第1位", "第1位", "第1位", "第1位"], {"unit": ""}, "", ["not-filled-rate-of-months"]),
        (["第1位"] * 6, {"unit": ""}, "第1位", []),
        (["增加4件"] * 5 + ["减少4件"], {"unit": ""}, "", ["not-filled-rate-of-months"]),
        (["1件", "2件", "3件", "4件", "5件", "6宗"], {"unit": ""}, "", ["not-filled-units-of-months"]),
    ],
)
def test_what_a_figure_counts_decides_whether_it_is_added_up(root, values, options, expected, told):
    """当期 is added up over all months, levels are the last month's; what a month does not say is told, never made up."""
    for number, value in enumerate(values, 1):
        month(root, number, *([] if value is None else [indicator(value, **options)]))
    rows, found = made(root)
    [fact] = rows["value"]
    assert (f"{fact.quantity.number}{fact.quantity.tail}" if fact.stated else "") == expected
    assert found == told


def test_a_sum_knows_the_cell_of_every_month(root):
    """Each month's cell is a source of the sum, and a level has its own month's alone."""
    for number in range(1, 7):
        month(root, number, indicator(number), indicator(number, basis="时点", measure="在办"))
    rows, _ = made(root)
    cells = [[(cell.table, cell.row) for cell in fact.sources.cells()] for fact in rows["value"]]
    assert cells[0] == [(f"../2021-{number:02}/tables/indicators.csv", 2) for number in range(1, 7)]
    assert cells[1] == [("../2021-06/tables/indicators.csv", 3)]


def test_a_missing_month_is_told_and_passes_for_no_small_one(root):
    """Where data/ lacks a month of the period nothing is added up, and which month it is is said once."""
    for number in (1, 2, 4, 5, 6):
        month(root, number, indicator(number), indicator(number, basis="时点", measure="在办"))
    rows, told = made(root)
    assert [fact.stated for fact in rows["value"]] == [False, True]
    assert told == ["not-filled-months"]
    said = next(from_months.findings(Workspace.at(root), HALF)).text("zh")
    assert "data/ 里没有 2021-03" in said


def test_what_the_period_states_itself_is_not_made_of_its_months(root):
    """A row of the half-year's own ledger stands for what the months say of the same; all else is made of them."""
    for number in range(1, 7):
        month(root, number, indicator(number), indicator(90 + number, unit="%", measure="满意率"))
    own = root / "data/2021H1/tables"
    own.mkdir()
    (own / "indicators.csv").write_text(f"{HEADS}{indicator(93.5, unit='%', measure='满意率')}\n", encoding="utf-8")
    rows, told = made(root)
    assert {str(row.measure): str(row.value.quantity) for row in rows.itertuples()} == {
        "满意率": "93.5%",
        "办件量": "21件",
    }
    assert told == []


def test_blank_rows_of_the_period_give_way_to_its_months(root):
    """What `new` has prefilled and nobody filled in is made of the months; what no month states either is told at its cell."""
    for number in range(1, 7):
        month(root, number, indicator(number))
    own = root / "data/2021H1/tables"
    own.mkdir()
    blanks = (indicator("", measure=measure) for measure in ("办件量", "回访量"))
    (own / "indicators.csv").write_text(HEADS + "".join(f"{row}\n" for row in blanks), encoding="utf-8")
    rows, told = made(root)
    assert {str(row.measure): row.value.quantity.plain for row in rows.itertuples()} == {"办件量": "21", "回访量": ""}
    assert told == ["not-filled-value"]
    done = Command(root)("check", "2021H1", "--lang", "zh")
    assert [line for line in done.stdout.splitlines() if "尚未填报" in line and "indicators" in line] == [
        "  警告：tables/indicators.csv!E3 数值 “示例事项·回访量”：“数值”和“内容”都空着，尚未填报。"
    ]


@pytest.mark.parametrize(
    ("table", "heads", "row", "basis"),
    [
        ("indicators", "板块,对象,指标,数值,单位,口径,上期值", "改革创新,示例事项,办件量,{},件,{},{}", "当期"),
        ("indicators", "板块,对象,指标,数值,单位,口径,上期值", "改革创新,示例事项,办件量,{},件,{},{}", "时点"),
        ("indicators", "板块,对象,指标,数值,单位,口径,上期值", "改革创新,示例事项,办件量,{},件,{},{}", "开办以来累计"),
        ("officers", "人员类别,审核状态,人数,平台,上期值", "持证人员,通过,{},{},{}", ""),
        ("cases", "类型,件数,口径,上期值", "行政诉讼,{},{},{}", "当期"),
        ("cases", "类型,件数,口径,上期值", "行政诉讼,{},{},{}", "时点"),
        ("coordination", "对象,动作,数量,单位,说明,上期值", "调度会,召开,{},次,{},{}", ""),
    ],
)
@pytest.mark.parametrize("own", [False, True])
def test_the_period_before_is_what_the_periods_own_row_says_of_it(root, table, heads, row, basis, own):
    """What a month states of the month before is never the half-year's 上期, whose own 上期值 stands beside what its months make."""
    for number in range(1, 7):
        month(root, number, row.format(10 + number, basis, 9 + number), table=table, heads=f"{heads}\n")
    if own:
        tables = root / "data/2021H1/tables"
        tables.mkdir()
        (tables / f"{table}.csv").write_text(f"{heads}\n{row.format('', basis, 50)}\n", encoding="utf-8")
    rows, _ = made(root, table)
    [base] = {name for name in rows.columns if name.startswith("last_") or rows.attrs["headings"][name] == "上期值"}
    assert [str(fact.quantity.number) for fact in rows[base] if fact.stated] == (["50"] if own else [])
    cited = [cell.table for fact in rows[base] for cell in fact.sources.cells()]
    assert cited == ([f"tables/{table}.csv"] if own else [])


@pytest.mark.parametrize(
    ("own", "stated", "told"),
    [
        ("2021,,110,,100,,90,,9,,2,,,", "110", ""),
        ("2021,,110,,100,98,,80,,10,/,2,,", "110", "G2 I2"),
        ("2021,,110,,100,98,,,,/,,,,", "110", ""),
        ("2021,,,109,,98,,80,,10,,2,,", "10", ""),
        ("2022,,,109,,,,80,,10,,2,,", "", "C2 G2 I2 K2"),
        ("2022,,,,,,,,,,,,,", "", ""),
    ],
)
def test_a_blank_figure_of_the_periods_own_row_is_told(root, own, stated, told):
    """Of a row that stands beside the months each blank figure that last time's column states is told at its cell."""
    heads = "年度,事项类别,申请数量,受理数量,许可数量,不予许可数量,撤销许可数量,公开属性,备注\n"
    for number in range(1, 7):
        month(root, number, "2021,,10,9,8,1,0,,", table="licences", heads=heads)
    tables = root / "data/2021H1/tables"
    tables.mkdir()
    figures = "申请数量 受理数量 许可数量 不予许可数量 撤销许可数量".split()
    heads = ["年度", "事项类别", *(name for one in figures for name in (one, f"上期{one}")), "公开属性", "备注"]
    (tables / "licences.csv").write_text(f"{','.join(heads)}\n{own}\n", encoding="utf-8")
    rows, _ = made(root, "licences")
    places = [one.place for one in from_months.findings(Workspace.at(root), HALF) if one.code == "not-filled-figure"]
    assert rows.iloc[0].applied.quantity.number == stated
    assert " ".join(f"{one.column}{one.row}" for one in places) == told


def test_rows_of_which_each_is_a_thing_of_its_own_all_stand(root):
    """Activities of all months stand one after another; a person counted in each month is not counted again."""
    for number in range(1, 7):
        month(root, number, f"2021-{number:02},活动{number},,,,10,,,,", table="outreach", heads="月份,活动,主题,联合单位,地点,接待群众,发放宣传品,媒体报道,公开属性,备注\n")  # fmt: skip
        month(root, number, f"示例人员,通过,{number},人,,,,,", table="officers", heads="人员类别,审核状态,人数,单位,平台,要求,截至,公开属性,备注\n")  # fmt: skip
    activities, _ = made(root, "outreach")
    officers, told = made(root, "officers")
    assert [str(one) for one in activities["activity"]] == [f"活动{number}" for number in range(1, 7)]
    assert [int(fact) for fact in officers["count"]] == [6]
    assert told == []


@pytest.mark.parametrize(
    ("there", "basis", "expected", "told"),
    [
        ("123456", "当期", [10] * 6, []),
        ("12356", "当期", [], ["not-filled-row-of-months"]),
        ("12356", "", [], ["not-filled-row-of-months"]),
        ("123456", "本年累计", [10], []),
        ("12345", "本年累计", [], ["not-filled-row-of-months"]),
        ("12356", "时点", [10], []),
    ],
)
@pytest.mark.parametrize("has_month", [False, True])
def test_rows_without_a_key_pass_for_all_months_only_where_all_state_them(
    root, there, basis, expected, told, has_month
):
    """Where a month states no case the count is blank, not that of the other months, and a level that is no longer stated is told."""
    for number in map(int, "123456" if has_month else there):
        month(root, number, indicator(number))
    for number in map(int, there):
        month(root, number, f"行政诉讼,10,{basis}", table="cases", heads="类型,件数,口径\n")
    rows, found = made(root, "cases")
    if has_month or len(there) == 6:
        assert found == told
        assert [int(fact) for fact in rows["count"] if fact.stated] == expected
    elif basis not in ("本年累计", "时点"):
        assert "not-filled-months" in found
        assert not any(fact.stated for fact in rows["count"])


OUTREACH = "月份,活动,公开属性"


def test_a_count_of_rows_knows_the_rows_that_its_own_are_made_of(root):
    """A count cites each row where it stands, the period's own and the months', of one that was added up all of them."""
    for number in range(1, 7):
        month(root, number, f"2021-{number:02},活动{number},", table="outreach", heads=f"{OUTREACH}\n")
        month(root, number, indicator(number))
    tables = root / "data/2021H1/tables"
    tables.mkdir()
    (tables / "outreach.csv").write_text(f"{OUTREACH}\n2021-06,表彰会,\n", encoding="utf-8")
    months = [f"../2021-{number:02}/tables/{{}}.csv" for number in range(1, 7)]
    rows, _ = made(root, "outreach")
    held = count(rows, "场")
    assert int(held) == 7
    cited = {(cell.table, cell.row) for cell in held.sources.cells()}
    assert cited == {("tables/outreach.csv", 2), *((one.format("outreach"), 2) for one in months)}
    one = count(rows[rows.activity == "活动3"], "场").sources.cells()
    assert [(cell.table, cell.row) for cell in one] == [("../2021-03/tables/outreach.csv", 2)]
    added_up = count(made(root)[0], "项")
    assert int(added_up) == 1
    assert [cell.table for cell in added_up.sources.cells()] == [one.format("indicators") for one in months]


def test_a_count_of_an_internal_row_of_a_month_stays_out_of_the_public_edition(root):
    """What is counted of months is published only where every row of it may be, as of a plain period."""
    for number in range(1, 7):
        row = f"2021-{number:02},活动{number},{'内部' if number == 2 else ''}"
        month(root, number, row, table="outreach", heads=f"{OUTREACH}\n")
    for file in (root / "data/2021H1/prose").glob("*.md"):
        file.write_text("/", encoding="utf-8")
    done = Command(root)("run", "2021H1", "--edition", "public", "-f", "html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6场" not in text_of(root / "outputs/2021H1")
    done = Command(root)("run", "2021H1", "-f", "html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6场" in text_of(root / "outputs/2021H1")


def test_what_cannot_be_read_of_a_month_is_an_error_of_the_period(root):
    """A broken ledger of a month is told by the half-year's check, with the month's file."""
    for number in range(1, 7):
        month(root, number, indicator("12之3" if number == 3 else number))
    done = Command(root)("check", "2021H1", "--lang", "zh")
    assert done.returncode == 1
    assert "../2021-03/tables/indicators.csv!E2" in done.stdout


def test_a_report_of_months_is_traced_covered_and_made_anew_when_a_month_changes(root):
    """A half-year built of six months traces every number to their cells, leaves no row out, and follows a changed month."""
    tables = copied_workspace(root.parent / "example") / "data/2021H1/tables"
    for number in range(1, 7):
        folder = root / f"data/2021-{number:02}"
        shutil.copytree(tables, folder / "tables")
        shutil.copy(root / "data/2021H1/report.toml", folder)
        ledger = folder / "tables/indicators.csv"
        ledger.write_text(ledger.read_text(encoding="utf-8-sig").replace("未注明", "当期"), encoding="utf-8-sig")
    command = Command(root)
    done = command("run", "2021H1", "--lang", "zh", "-f", "html")
    assert done.returncode == 0, done.stdout + done.stderr
    outputs = root / "outputs/2021H1"
    assert "1932件" in text_of(outputs)  # 6 × 322
    facts = rows_of(outputs / "facts.csv")
    [of_all] = {fact["cells"] for fact in facts if fact["printed"] == "1932"}
    assert of_all == " ".join(f"2021-{number:02} 指标!E5" for number in range(1, 7))
    covered = rows_of(outputs / "coverage.csv")
    assert {row["state"] for row in covered} <= {"stated", "for-reference"}
    assert command("verify", "2021H1").returncode == 0
    ledger = root / "data/2021-03/tables/indicators.csv"
    ledger.write_text(
        re.sub(r"(办件量,)322", r"\g<1>321", ledger.read_text(encoding="utf-8-sig")), encoding="utf-8-sig"
    )
    assert command("verify", "2021H1").returncode == 1
    assert command("run", "2021H1", "-f", "html").returncode == 0
    assert "1931件" in text_of(outputs)


def text_of(outputs):
    return re.sub(r"\s", "", lxml.html.parse(str(outputs / "report.html")).getroot().body.text_content())


def rows_of(file):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
