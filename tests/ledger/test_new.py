"""The folder of a new half-year."""

import io
import shutil
import tomllib
from datetime import date

import openpyxl
import pytest
from samples import ROWS

from pipeline.errors import DataError, UnknownPeriod, WorkspaceError
from pipeline.facts import When
from pipeline.ledger import TABLES, new, read, tables
from pipeline.ledger.coming_again import Moved
from pipeline.ledger.recurring import recurs, side_by_side
from pipeline.period import Period
from pipeline.workspace import Workspace

NEXT = Period.parse("2021H2")


def made(sample, *, xlsx=False, from_=None):
    """The new folder, and its files by name."""
    written = new(Workspace.at(sample.root), NEXT, from_, xlsx=xlsx)
    folder = sample.root / "data" / "2021H2"
    assert sorted(written) == sorted(path for path in folder.rglob("*") if path.is_file())
    return folder


@pytest.fixture(params=[False, True], ids=["csv", "xlsx"])
def xlsx(request):
    return request.param


def test_a_new_half_year_is_only_not_filled_in_yet(sample, xlsx):
    """What new makes has no error, and every warning says that something is not filled in yet."""
    made(sample, xlsx=xlsx)
    problems = sample.check("2021H2")
    assert {problem.severity for problem in problems} == {"warning"}
    assert all(problem.code.startswith("not-filled") and "尚未填报" in problem.text("zh") for problem in problems)
    empty = [ledger for ledger in TABLES.values() if not (ledger.carried or recurs(ledger))]
    assert len([problem for problem in problems if problem.code == "not-filled"]) == len(empty)


def test_what_still_runs_is_carried_over_and_marked(sample, xlsx):
    """Initiatives not completed, documents and declared sums are there, marked 结转待核; what is completed is not."""
    sample.put("initiatives", [{"备注": "示例"}, {"编号": "done", "名称": "示例已办", "状态": "已完成"}])
    policy = {"文件名称": "《示例已办的办法》", "改革事项": "示例已办"}
    sample.put("policies", [{}, policy, {"文件名称": "《无事项》", "改革事项": ""}])
    folder = made(sample, xlsx=xlsx)
    assert list(read(folder, "initiatives").name) == ["示例通办"]
    assert list(read(folder, "initiatives").note) == ["结转待核；示例"]
    assert list(read(folder, "policies").title) == ["《示例办法》", "《无事项》"]
    assert list(read(folder, "checks").rule) == [ROWS["checks"]["规则"]]
    assert read(folder, "outreach").empty


def test_carrying_over_twice_marks_once(sample):
    """A row that was carried over and not looked at is marked once, however often it is carried."""
    sample.put("checks", [{"备注": "结转待核；示例"}])
    assert list(read(made(sample), "checks").note) == ["结转待核；示例"]


def test_both_forms_hold_the_same_records(sample):
    """The workbook and the CSV files of a new half-year read to the same rows."""
    frames = {}
    for form in (False, True):
        folder = made(sample, xlsx=form)
        assert tables(folder) == tuple(TABLES)
        frames[form] = {name: read(folder, name).map(str).to_dict("split") for name in TABLES}
        shutil.rmtree(folder)
    assert frames[False] == frames[True]


def test_the_report_settings_move_on(sample):
    """Title and opening name the new half-year, the signing date keeps its distance, the report is a draft."""
    sample.write(
        "report.toml",
        'title = "示例科2021年上半年工作总结"\noffice = "示例科"\nbureau = "“示例”局\\\\"\ndistrict = ""\ncity = ""\n'
        'opening = """\n2021年上半年，一切\\"如常\\"。\n\n第二段。\n"""\nsigned = 2021-07-05\n'.encode(),
    )
    made(sample)
    settings = Workspace.at(sample.root).settings("2021H2")
    assert settings.title == "示例科2021年下半年工作总结"
    assert settings.opening.strip() == '2021年下半年，一切"如常"。\n\n第二段。'
    assert settings.bureau == "“示例”局\\"
    assert settings.signed == date(2022, 1, 5)
    assert settings.draft


def test_the_first_half_year_of_a_workspace(sample):
    """Without an earlier half-year the folder is made all the same, empty, with settings to fill in."""
    shutil.rmtree(sample.folder)
    folder = made(sample)
    settings = tomllib.loads((folder / "report.toml").read_text(encoding="utf-8"))
    assert settings["title"] == "2021年下半年工作总结"
    assert Workspace.at(sample.root).settings("2021H2").signed is None
    assert all(read(folder, name).empty for name in TABLES)


def test_the_source_is_the_newest_half_year_before_or_the_one_named(sample):
    """By default the newest half-year before is carried over; another can be named; one that is not there is told."""
    sample.put("checks", [{"名称": "更早"}], "2020H1")
    sample.put("checks", [{"名称": "更晚"}], "2022H1")
    assert list(read(made(sample), "checks").name) == ["示例勾稽"]
    shutil.rmtree(sample.root / "data" / "2021H2")
    assert list(read(made(sample, from_=Period.parse("2020H1")), "checks").name) == ["更早"]
    shutil.rmtree(sample.root / "data" / "2021H2")
    with pytest.raises(UnknownPeriod, match="2019H1"):
        made(sample, from_=Period.parse("2019H1"))


def test_nothing_is_overwritten(sample):
    """A folder that holds anything is left as it is, and nothing is left beside it."""
    kept = sample.root / "data" / "2021H2" / "notes.txt"
    kept.parent.mkdir()
    kept.write_text("示例", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="nothing is overwritten"):
        new(Workspace.at(sample.root), NEXT)
    assert [path.name for path in kept.parent.iterdir()] == ["notes.txt"]
    assert sorted(path.name for path in kept.parents[1].iterdir()) == ["2021H1", "2021H2"]


def test_a_fault_in_what_is_carried_leaves_nothing_behind(sample):
    """Where an earlier ledger cannot be read its fault is told, and no half-made folder is left."""
    sample.write("tables/checks.csv", "表,名称,规则式\n".encode())
    with pytest.raises(DataError, match="tables/checks.csv") as told:
        new(Workspace.at(sample.root), NEXT)
    assert told.value.problems
    assert [path.name for path in (sample.root / "data").iterdir()] == ["2021H1"]


def test_prose_stubs_are_those_the_notebooks_ask_for(sample):
    """Each prose file a notebook asks for is there as a comment that lists the placeholders of its place."""
    notebook = sample.root / "notebooks" / "01-reform.ipynb"
    code = 'reform.prose("overview")\nfor initiative in rows:\n    about.prose(initiative.slug)'
    cells = (
        '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# 改革创新"]}, '
        f'{{"cell_type": "code", "metadata": {{}}, "source": [{__import__("json").dumps(code)}]}}], '
        '"metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    )
    notebook.write_text(cells, encoding="utf-8")
    sample.put("indicators", [{}, {"改革事项": "", "对象": "全局", "指标": "目标", "数值": "", "内容": "示例"}])
    folder = made(sample)
    stubs = {path.name: path.read_text(encoding="utf-8") for path in (folder / "prose").iterdir()}
    assert sorted(stubs) == ["reform-overview.md", "reform-sample.md"]
    assert '{{ text("全局", "目标") }}' in stubs["reform-overview.md"]
    assert '{{ fact("示例通办", "办件量") }}' in stubs["reform-sample.md"]
    assert '{{ fact("会议", "调度") }}' in stubs["reform-sample.md"]
    assert all(text.startswith("<!--") and text.rstrip().endswith("-->") for text in stubs.values())


def test_the_same_half_year_is_made_twice_to_the_same_bytes(sample, xlsx):
    """No clock and no chance: a folder made twice is byte for byte the same."""
    first = {path.name: path.read_bytes() for path in made(sample, xlsx=xlsx).rglob("*") if path.is_file()}
    shutil.rmtree(sample.root / "data" / "2021H2")
    second = {path.name: path.read_bytes() for path in made(sample, xlsx=xlsx).rglob("*") if path.is_file()}
    assert first == second


def workbook(sample):
    return openpyxl.load_workbook(io.BytesIO((made(sample, xlsx=True) / "tables.xlsx").read_bytes()))


def test_the_workbook_explains_itself(sample):
    """Each ledger is a sheet with its headings frozen, explained by comments, after a sheet that tells how to fill in."""
    book = workbook(sample)
    assert book.sheetnames == ["填写说明", *(ledger.sheet for ledger in TABLES.values()), "选项"]
    assert book["选项"].sheet_state == "hidden"
    for ledger in TABLES.values():
        sheet = book[ledger.sheet]
        columns = side_by_side(ledger)
        assert [cell.value for cell in sheet[1]] == [column.heading for column in columns]
        assert sheet.freeze_panes == "A2"
        assert all(column.zh in cell.comment.text for column, cell in zip(columns, sheet[1], strict=True))


def test_the_workbook_offers_what_is_allowed(sample):
    """Columns with allowed values have a drop-down of them; sections and initiatives are offered by their names."""
    book = workbook(sample)
    for ledger in TABLES.values():
        offered = {
            side_by_side(ledger)[area.min_col - 1].heading: validation.formula1
            for validation in book[ledger.sheet].data_validations.dataValidation
            for area in validation.sqref.ranges
        }
        for column in ledger.columns:
            if column.choices:
                assert offered[column.heading] == f'"{",".join(column.choices)}"'
        if "板块" in ledger.headings():
            assert offered["板块"] == '"改革创新,清单梳理,事前公示"'
            assert offered["改革事项"] == "'改革事项'!$B$2:$B$2000"


def test_rows_that_come_again_are_there_with_last_times_figures_beside_them(sample, xlsx):
    """What a recurring row is about stands there, its figure blank, last time's as typed, its date at the new period's end."""
    sample.put(
        "indicators",
        [
            {"数值": "10", "限定词": "余"},
            {"指标": "办结率", "数值": "97.50%", "单位": "", "口径": "", "截至": "2021-06-30"},
            {"指标": "名次", "数值": "第3位", "单位": "", "口径": "", "截至": "2021-03"},
            {"指标": "新增", "数值": "/", "截至": "2021"},
            {"指标": "做法", "数值": "", "单位": "", "口径": "", "截至": "2021H1末", "内容": "一链办理"},
        ],
    )
    rows = read(made(sample, xlsx=xlsx), "indicators")
    assert [str(value) for value in rows.value_before] == ["10余件", "97.50%", "第3位", "/", ""]
    assert not any(fact.stated for fact in rows.value)
    assert [when.value for when in rows.as_of] == ["2021-12", "2021-12-31", "", "2021", "2021H2末"]
    assert list(rows.measure) == ["办件量", "办结率", "名次", "新增", "做法"]
    assert list(rows.text) == [""] * 5
    assert list(rows.unit)[:2] == ["件", ""]


def test_rows_of_a_half_year_further_back_come_again_without_its_figures(sample):
    """Where the newest half-year is not the one before, 上期值 is left to be typed: its figures are not last time's."""
    (sample.root / "data" / "2021H1").rename(sample.root / "data" / "2020H1")
    rows = read(made(sample), "indicators")
    assert list(rows.subject) == ["示例通办"]
    assert [fact.quantity.state for fact in rows.value_before] == ["blank"]


def test_rows_stand_beside_the_figures_of_the_period_they_are_compared_with(sample):
    """Whatever period rows are taken from, 上期值 is of the one that 环比, or of months up to one 同比, is made with."""
    for period, value in (("2020-01..09", "300"), ("2021-01..08", "500"), ("2019H2", "7"), ("2021H1", "322")):
        sample.put("indicators", [{"数值": value, "改革事项": ""}], period)
    new(Workspace.at(sample.root), Period.parse("2021-01..09"))
    new(Workspace.at(sample.root), NEXT, Period.parse("2019H2"))
    beside = {
        period: read(sample.root / "data" / period, "indicators").value_before for period in ("2021-01..09", "2021H2")
    }
    assert {period: [str(value) for value in values] for period, values in beside.items()} == {
        "2021-01..09": ["300件"],
        "2021H2": ["322件"],
    }


@pytest.mark.parametrize(
    ("earlier", "period", "dates"),
    [
        ("2021H1", "2021H2", {"2021-06": "2021-12", "2021-06-30": "2021-12-31", "2021H1末": "2021H2末", "2021-03": ""}),
        ("2020H2", "2021H1", {"2020": "2021", "2020年末": "2021年末", "2019年度": "2020年度", "2020-12-30": ""}),
        ("2021Q1", "2021Q2", {"2021Q1": "2021Q2", "2021-03": "2021-06", "2021-03-31": "2021-06-30"}),
        ("2021-01", "2021-02", {"2021-01": "2021-02", "2021-01-31": "2021-02-28"}),
        ("2020", "2021", {"2020": "2021", "2020-12": "2021-12", "2020H2": ""}),
        ("2021-01..08", "2021-01..09", {"2021-08": "2021-09", "2021-08-31": "2021-09-30", "2021-01": ""}),
    ],
)
def test_dates_move_to_the_same_end_of_the_new_period(earlier, period, dates):
    """The end of a period, said as its name, month, day or year, becomes that of the new one; what lies within it is left blank."""
    moved = Moved(Period.parse(earlier), Period.parse(period))
    assert {date: moved.date(When.parse(date)) for date in dates} == dates


def test_rows_of_an_own_ledger_come_again_by_their_roles(sample):
    """A workspace's own ledger has 上期 columns beside its figures where its key is no day, batch or event."""
    fields = (
        '[[fields]]\nname = "{0}"\ntitle = "渠道"\nrole = "{1}"\ndescription = "渠道。"\nconstraints = {{ required = true }}\n'
        '[[fields]]\nname = "calls"\ntitle = "来电"\ntype = "figure"\nunit = "个"\ndescription = "来电。"\n'
        '[[fields]]\nname = "answers"\ntitle = "答复"\ntype = "figure"\nunit = "个"\ndescription = "答复。"\n'
    )
    (sample.root / "ledgers").mkdir()
    for stem, title, role in (("hotline", "热线", "subject"), ("events", "活动", "item")):
        text = f'title = "{title}"\ndescription = "示例。"\nprimaryKey = ["{stem}_by"]\n' + fields.format(
            f"{stem}_by", role
        )
        text += '[[fields]]\nname = "about"\ntitle = "对象"\nrole = "subject"\ndescription = "对象。"\n' * (
            role == "item"
        )
        (sample.root / "ledgers" / f"{stem}.toml").write_text(text, encoding="utf-8")
        sample.write(f"tables/{stem}.csv", "渠道,来电,答复\n电话,120,110\n网络,30,\n".encode())
    folder = made(sample)
    assert (folder / "tables/hotline.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "渠道,来电,上期来电,答复,上期答复",
        "电话,,120,,110",
        "网络,,30,,",
    ]
    assert (folder / "tables/events.csv").read_text(encoding="utf-8-sig").splitlines() == ["渠道,来电,答复,对象"]


def test_what_last_time_is_typed_otherwise_than_it_was_is_told(sample):
    """A 上期值 that the ledger of the half-year before states otherwise is told with both and with the cell, another is not."""
    folder = made(sample)
    file = folder / "tables/indicators.csv"
    text = file.read_text(encoding="utf-8-sig")
    assert ",,322,," in text
    file.write_text(text.replace(",,322,,", ",400,232,,"), encoding="utf-8-sig")
    told = [problem for problem in sample.check("2021H2") if problem.place.file == "tables/indicators.csv"]
    assert [(one.code, one.value, one.place.column, one.place.rows) for one in told] == [
        ("base-apart", "232件", "F", (2,))
    ]
    assert "2021年上半年台账里的 322件 不一致（tables/indicators.csv 2）" in told[0].text("zh")
    file.write_text(text.replace(",,322,,", ",400,322,,"), encoding="utf-8-sig")
    assert not [problem for problem in sample.check("2021H2") if problem.place.file == "tables/indicators.csv"]


def test_words_of_last_time_are_shown_beside_where_they_are_written_anew(sample):
    """A comment on a blank cell says what it said last time, and a piece of prose has last time's in a comment of its own."""
    notebook = sample.root / "notebooks" / "01-reform.ipynb"
    notebook.write_text(
        notebook.read_text()
        .replace('"# 改革创新"', '"# 改革创新"')
        .replace(
            '"cells": [',
            '"cells": [{"cell_type": "code", "metadata": {}, "source": ["reform.prose(\\"overview\\")"]}, ',
        )
    )
    sample.write("prose/reform-overview.md", '<!-- 旧 -->\n示例{{ fact("示例通办", "办件量") }}。--> 完\n'.encode())
    sample.put("indicators", [{"指标": "做法", "数值": "", "单位": "", "口径": "", "内容": "一链办理"}])
    folder = made(sample, xlsx=True)
    sheet = openpyxl.load_workbook(folder / "tables.xlsx")["指标"]
    column = [cell.value for cell in sheet[1]].index("内容") + 1
    assert sheet.cell(2, column).value is None
    assert sheet.cell(2, column).comment.text == "上期：一链办理"
    stub = (folder / "prose/reform-overview.md").read_text(encoding="utf-8")
    assert '2021年上半年写的是：\n示例{{ fact("示例通办", "办件量") }}。—> 完\n-->' in stub
    assert "旧" not in stub
    assert stub.count("-->") == 1


def test_drop_downs_offer_the_keys_in_use_and_call_things_as_they_are_carried(sample):
    """Subjects, measures and units in use are offered and others allowed; ledgers and chapters have one name throughout."""
    sample.put("indicators", [{"板块": "reform"}, {"指标": "办结率", "数值": "97%", "单位": "", "口径": ""}])
    book = workbook(sample)
    assert book["勾稽"]["A2"].value == "行政许可"
    assert [book["指标"][f"A{row}"].value for row in (2, 3)] == ["改革创新", "改革创新"]
    offered = {}
    for validation in book["指标"].data_validations.dataValidation:
        place = next(iter(validation.sqref.ranges)).min_col - 1
        offered[side_by_side(TABLES["indicators"])[place].heading] = validation
    sheet, cells = offered["指标"].formula1.split("!")
    assert [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]] == ["办件量", "办结率"]
    assert not offered["指标"].showErrorMessage
    assert offered["板块"].showErrorMessage
    assert {"对象", "单位"} <= set(offered)


def test_a_filled_workbook_reads_as_the_same_csv_files(sample):
    """The workbook, filled in through openpyxl, checks clean and reads to the frames of CSV files with the same texts."""
    folder = made(sample, xlsx=True)
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    for name, ledger in TABLES.items():
        sheet = book[ledger.sheet]
        if sheet.max_row > 1:
            sheet.delete_rows(2, sheet.max_row)
        cells = {**ROWS[name], **moved(name)}
        for number, column in enumerate(side_by_side(ledger), 1):
            sheet.cell(2, number).value = cells.get(column.heading)
    book.save(folder / "tables.xlsx")
    assert sample.check("2021H2") == []
    filled = {name: read(folder, name).map(str).to_dict("split") for name in TABLES}
    shutil.rmtree(folder)
    for name in TABLES:
        sample.put(name, [moved(name)], "2021H2")
    assert {name: read(folder, name).map(str).to_dict("split") for name in TABLES} == filled


def moved(name):
    """The cells of the faultless row that differ in the second half of the year."""
    return {
        "indicators": {"截至": "2021-12", "数值": "400"},
        "milestones": {"日期": "2021-12-29"},
        "list_changes": {"日期": "2021-11-01"},
        "evaluation_steps": {"时间": "2021年12月上旬"},
        "outreach": {"月份": "2021-10", "接待群众": "210余", "发放宣传品": "1100余"},
        "officers": {"截至": "2021-12-31", "人数": "33"},
        "list_reviews": {"次数": "12"},
    }.get(name, {})
