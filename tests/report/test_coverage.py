"""Coverage: every row of the ledgers stands in the report, or is told."""

import csv
import json
import re
import shutil

import pytest
from calling import ROOT, Command

from pipeline.ledger import TABLES, KeyAsked, keys_asked, keys_in_prose, rows_asked
from pipeline.notebook.frames import with_sources
from pipeline.period import Period
from pipeline.report.covering import cover
from pipeline.report.vouching import check
from pipeline.vouch import coverage
from pipeline.vouch.left_out import Requests
from pipeline.workspace import Workspace

DATA = ROOT / "data/2021H1"
PERIOD = Period.parse("2021H1")
# A row of each ledger that no notebook wants; in the others every row is wanted, or refused by check.
UNWANTED = {
    "indicators": {
        "板块": "改革创新",
        "对象": "一业一证",
        "指标": "办件数",
        "数值": "322",
        "单位": "件",
        "口径": "当期",
    },
    "policies": {"板块": "清单梳理", "文件名称": "《某办法》", "关系": "签署"},
}


def lines(folder, name):
    with (folder / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def rewritten(folder, table, change):
    """The ledger with its rows changed by ``change``; a ledger that is not there begins empty."""
    file = folder / "data/2021H1/tables" / f"{table}.csv"
    rows = lines(file.parent, file.name) if file.is_file() else []
    change(rows)
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, TABLES[table].headings(), restval="")
        writer.writeheader()
        writer.writerows(rows)


def test_every_row_of_2021h1_is_in_the_report(report):
    """Each row of each ledger has one line, and all of them are stated; the page stays small."""
    covered = lines(report, "coverage.csv")
    assert list(covered[0]) == ["ledger", "sheet", "row", "state", "where", "why", "key"]
    rows = {
        (f"tables/{file.name}", str(row))
        for file in (DATA / "tables").glob("*.csv")
        for row in range(2, len(lines(file.parent, file.name)) + 2)
    }
    assert {(one["ledger"], one["row"]) for one in covered} == rows
    assert [one for one in covered if one["state"] != "stated"] == []
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    counts = {
        "stated": len(rows),
        "stated-there-only": 0,
        "kept-back": 0,
        "for-reference": 0,
        "not-filled": 0,
        "left-out": 0,
    }
    assert manifest["coverage"] == counts
    assert "coverage.csv" in manifest["outputs"]
    assert (report / "report.html").stat().st_size < 450_000
    (handled,) = (one for one in covered if (one["sheet"], one["row"]) == ("指标", "5"))
    assert "改革创新 图1" in handled["where"]
    assert handled["key"] == "改革创新 · 一业一证 · 办件量 · 2021年6月 · 未注明"


@pytest.fixture
def asked():
    sections = Workspace.at(ROOT).sections
    prose = [
        key for file in (DATA / "prose").glob("*.md") for key in keys_in_prose(file.read_text("utf-8-sig"), file.name)
    ]
    return Requests(
        [one for section in sections for one in rows_asked(section.path, section.title)],
        [*(key for section in sections for key in keys_asked(section.path)), *prose],
    )


def states(body, table, asked, **changes):
    frame = with_sources(DATA, table).copy()
    for name, value in changes.items():
        frame[name] = value
    return coverage(body, [frame], asked)


def test_what_no_figure_of_the_report_rests_on_is_left_out(report, asked):
    """Without its paragraph a row is left out, with the chapter that takes the ledger; marked 备查 it is for reference."""
    page = (report / "report.html").read_text(encoding="utf-8")
    without = re.sub(r'data-source="tables/officers[^"]*"', 'data-source="tables/cases.csv#row=2;col=件数"', page)
    found = states(without, "officers", asked)
    assert [one.state for one in found.rows] == ["left-out"]
    assert "法治建设取了这张台账，没有写到这一行" in found.findings[0].text("zh")
    assert states(without, "officers", asked, disclosure="备查").counts["for-reference"] == 1


@pytest.mark.parametrize(
    ("table", "row", "cells", "code"),
    [
        ("officers", {"人员类别": "有执法资格的人员", "审核状态": "通过", "上期值": "31"}, "C2", "left-unfilled"),
        ("officers", {"人员类别": "有执法资格的人员", "审核状态": "通过", "上期值": "没有"}, "C2", "left-unfilled"),
        ("officers", {"人员类别": "有执法资格的人员", "审核状态": "通过", "人数": "/", "上期值": "31"}, "A2", "left-out"),
        ("officers", {"人员类别": "有执法资格的人员", "审核状态": "通过", "人数": "32", "上期值": "31"}, "C2", "left-out"),
        ("officers", {"人员类别": "有执法资格的人员", "审核状态": "通过"}, "A2", "left-out"),
        ("licences", {"年度": "2020", "上期受理数量": "100", "上期许可数量": "90"}, "C2", "left-unfilled"),
        ("licences", {"年度": "2020", "撤销许可数量": "3", "上期许可数量": "90"}, "G2", "left-out"),
        ("indicators", {"板块": "改革创新", "对象": "一业一证", "指标": "办件数"}, "E2", "left-unfilled"),
        ("indicators", {"板块": "事前公示", "对象": "一业一证", "指标": "办件数", "上期值": "3"}, "E2", "left-unfilled"),
        ("indicators", {"板块": "改革创新", "对象": "一业一证", "指标": "办件数", "内容": "链长制"}, "D2", "left-out"),
        ("indicators", {"板块": "改革创新", "对象": "一业一证", "指标": "办件数", "数值": "/"}, "D2", "left-out"),
        ("outreach", {"月份": "2021-03", "活动": "庭审观摩"}, "A2", "left-out"),
    ],
)  # fmt: skip
def test_a_row_that_holds_nothing_yet_is_not_called_misnamed(table, row, cells, code, asked, tmp_path):
    """A row left out because nothing is filled in is told as that, at its figure; what it is called is asked when it is filled in."""
    (tmp_path / "tables").mkdir()
    headings = TABLES[table].headings()
    line = ",".join(row.get(heading, "") for heading in headings)
    (tmp_path / f"tables/{table}.csv").write_text(f"{','.join(headings)}\n{line}\n", encoding="utf-8")
    found = coverage("<p>别的</p>", [with_sources(tmp_path, table)], asked)
    (told,) = found.findings
    assert (told.code, f"{told.place.column}{told.place.row}") == (code, cells)
    assert found.counts["not-filled"] == (code == "left-unfilled")
    assert ("尚未填报" in told.text("zh")) == (code == "left-unfilled")


CLOSING = '<section id="reform"><div data-role="rest"><p>{}</p></div></section>'
FIGURE = '<data class="fact" value="322" data-source="tables/indicators.csv#row=5;col=数值">322</data>件'


@pytest.mark.parametrize(
    ("measure", "note", "code"),
    [
        ("办件量", "", "stated-there-only"),
        ("走访企业", "", "stated-there-only"),
        ("办件数", "", "near-a-key"),
        ("办件数", "名称已核", "stated-there-only"),
        ("办件数", "示例；名称已核，另有其事", "stated-there-only"),
    ],
)
def test_what_only_the_closing_block_says_is_told(measure, note, code, asked):
    """A row in a chapter's closing 其他 alone has its own state; one close to a wanted key stops, until 备注 confirms it."""
    found = states(CLOSING.format(FIGURE), "indicators", asked, measure=measure, note=note)
    assert (found.rows[3].state, found.counts["stated-there-only"]) == ("stated-there-only", 1)
    told = next(one for one in found.findings if 5 in one.place.rows)
    assert (told.code, told.severity) == (code, "warning")
    if code == "near-a-key":
        assert "指标是“办件数”，改革创新要的是“办件量”" in told.text("zh")
    elsewhere = states(CLOSING.format(FIGURE) + f"<p>{FIGURE}</p>", "indicators", asked, measure=measure)
    assert elsewhere.rows[3].state == "stated"


def test_a_key_of_an_earlier_period_is_held_against_the_closing_block():
    """A row close to what another period states, and no row states now, is told with that period; one that is there is not."""
    before = Requests(
        earlier=[KeyAsked("2020年下半年", "一业一证", "办结量"), KeyAsked("2020年下半年", "跨省通办", "办件量")]
    )
    found = states(CLOSING.format(FIGURE), "indicators", before)
    (told,) = (one for one in found.findings if one.code == "near-a-key")
    assert "指标是“办件量”，2020年下半年写的是“办结量”" in told.text("zh")


def test_a_build_holds_its_closing_blocks_against_the_period_before(followed):
    """What data/2020H2 states under another name is among what a report of 2021H1 is held against."""
    file = followed / "data/2020H2/tables/indicators.csv"
    file.write_text(file.read_text("utf-8-sig").replace("一业一证,办件量", "一业一证,办结量"), encoding="utf-8-sig")
    place = Workspace.at(followed)
    found = cover(place, PERIOD, place.settings(PERIOD), CLOSING.format(FIGURE), (), edition="internal")
    (told,) = (one for one in found.findings if one.code == "near-a-key")
    assert "指标是“办件量”，2020年下半年写的是“办结量”" in told.text("zh")


def test_a_public_edition_keeps_back_what_must_not_leave(report, asked):
    """A row that is internal, or went with one that is, is kept back in the public edition and no fault."""
    page = (report / "report.html").read_text(encoding="utf-8")
    everything = coverage(page, [with_sources(DATA, "coordination")], asked)
    gone = re.sub(r'data-source="tables/coordination[^"]*"', 'data-source="tables/cases.csv#row=2;col=件数"', page)
    gone = re.sub(r'data-facts="[^"]*coordination[^"]*"', "", gone)
    public = coverage(gone, [with_sources(DATA, "coordination")], asked, withheld=everything.stated)
    assert (public.counts["kept-back"], public.findings) == (len(everything.rows), ())
    assert coverage(gone, [with_sources(DATA, "coordination")], asked, withheld=frozenset()).counts["kept-back"] == 1


@pytest.mark.parametrize("table", sorted(file.stem for file in (DATA / "tables").glob("*.csv")))
def test_a_row_of_any_ledger_that_stands_nowhere_is_told(table, asked):
    """Whatever ledger a row is of: where the document does not have it, it is told at its row with what would have taken it."""
    found = states("<p>别的</p>", table, asked)
    told = {row: one.params["why"].text("zh") for one in found.findings for row in one.place.rows}
    if table == "checks":  # a declared rule is there for the checks
        assert [one.state for one in found.rows] == ["for-reference"]
    else:
        assert sorted(told) == [one.row for one in found.rows]
        assert all(told.values())


def test_a_ledger_that_no_chapter_uses_is_told(asked):
    """Of a ledger of which no notebook knows each row is left out, and that is the reason."""
    frame = with_sources(DATA, "officers").copy()
    frame.attrs = {**frame.attrs, "stem": "visitors"}
    (told,) = coverage("<p>别的</p>", [frame], asked).findings
    assert told.params["why"].text("zh") == "没有一章用这张台账"


def test_a_row_that_no_notebook_wants_is_told(workspace):
    """A row added to a ledger and asked for by nothing is told with its cell and stands in coverage.csv with the reason.

    An indicator stands in its chapter's closing, and is told as standing there alone.
    """
    for table, row in UNWANTED.items():
        rewritten(workspace, table, lambda rows, row=row: rows.append(row))
    done = Command(workspace)("run", "2021H1", "--lang", "zh", "-f", "html")
    assert done.returncode == 0, done.stderr
    covered = lines(workspace / "outputs/2021H1", "coverage.csv")
    closing = {(one["ledger"], one["row"]) for one in covered if one["state"] == "stated-there-only"}
    left = {(one["ledger"], one["row"]): one["why"] for one in covered if one["state"] == "left-out"}
    assert closing == {
        ("tables/indicators.csv", str(len(lines(workspace / "data/2021H1/tables", "indicators.csv")) + 1))
    }
    for table in UNWANTED.keys() - {"indicators"}:
        row = len(lines(workspace / "data/2021H1/tables", f"{table}.csv")) + 1
        said = re.search(
            rf"警告：tables/{table}\.csv!\w?{row}\b.*这一行没有写进报告：(.*)；请改正", done.stdout + done.stderr
        )
        assert said, done.stdout + done.stderr
        assert left.pop((f"tables/{table}.csv", str(row))) == said[1]
    assert left == {}


def test_a_misspelt_measure_is_told_with_what_was_wanted(workspace):
    """办件数 for 办件量 is told at its cell, with the chapter that wants the other, and publishing refuses."""
    file = workspace / "data/2021H1/tables/indicators.csv"
    file.write_text(file.read_text("utf-8-sig").replace("一业一证,办件量", "一业一证,办件数"), encoding="utf-8-sig")
    command = Command(workspace)
    done = command("run", "2021H1", "--lang", "zh")
    said = done.stdout + done.stderr
    assert (
        "tables/indicators.csv!D5 指标：这一行只写进了本章末尾的“其他”：指标是“办件数”，改革创新要的是“办件量”；"
        in said
    )
    refused = command("publish", "2021H1", "--to", workspace / "site", "--lang", "zh")
    assert refused.returncode == 1
    assert "指标是“办件数”" in refused.stdout + refused.stderr
    assert not (workspace / "site").exists()


def text_of(report):
    return (report / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def followed(workspace):
    """A workspace in which the period before states the same as this one."""
    shutil.copytree(workspace / "data/2021H1", workspace / "data/2020H2")
    return workspace


def test_files_that_nobody_reads_are_told(workspace):
    """A second workbook, a note and prose that no chapter asks for are told; litter of other programs is not."""
    folder = workspace / "data/2021H1"
    for name in (
        "最终版.xlsx",
        "tables (1).xlsx",
        "Tables.XLSX",
        "notes.txt",
        "~$tables.xlsx",
        "Thumbs.db",
        "prose/a.docx",
        "Report.toml",
        "旧/indicators.csv",
        "tables/旧/indicators.csv",
        "prose/旧/reform-overview.md",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")
    (folder / "prose/reform-old.md").write_text("甲", encoding="utf-8")
    found = {(one.place.file, one.code) for one in check(Workspace.at(workspace), PERIOD)} - {
        ("tables/indicators.csv", "basis-not-stated")
    }
    assert found >= {
        ("最终版.xlsx", "sheet-unread"),
        ("tables (1).xlsx", "sheet-unread"),
        ("Tables.XLSX", "sheet-unread"),
    }
    assert found >= {
        ("notes.txt", "file-unread"),
        ("prose/a.docx", "file-unread"),
        ("prose/reform-old.md", "prose-unused"),
    }
    assert {file for file, _ in found} >= {"Report.toml", "旧", "tables/旧", "prose/旧"}
    assert not {file for file, _ in found} & {"~$tables.xlsx", "Thumbs.db"}


@pytest.mark.parametrize("name", ["indicators (1).csv", "indicators.csv.bak", "指标.xlsx"])
def test_what_may_be_a_ledger_under_another_name_is_an_error(workspace, name):
    """A copy beside the ledgers, named nearly as one, is refused: nobody knows which of the two is meant."""
    (workspace / "data/2021H1/tables" / name).write_bytes(b"x")
    found = [one for one in check(Workspace.at(workspace), PERIOD) if one.place.file == f"tables/{name}"]
    assert [one.severity for one in found] == ["error"]


def test_a_workbook_of_another_name_alone_is_an_error(workspace):
    """Where there is no ledger at all, a workbook of another name is an error: the report would be made of nothing."""
    folder = workspace / "data/2021H1"
    for file in (folder / "tables").iterdir():
        file.unlink()
    (folder / "tables").rmdir()
    (folder / "台账.xlsx").write_bytes(b"x")
    (told,) = [one for one in check(Workspace.at(workspace), PERIOD) if one.place.file == "台账.xlsx"]
    assert (told.code, told.severity) == ("no-ledger-but", "error")
