"""Against the last finished report of the period: rows that it had, and that are gone or go by another name now."""

import json
import shutil
from functools import partial

import pytest
from calling import Command
from half_year import as_workbook
from mistyped_keys import TABLES_OF, lines, put, rewrite

from pipeline.document.coverage_record import read_coverage, write_coverage
from pipeline.document.manifest import MANIFEST, write_manifest
from pipeline.own_files import digests
from pipeline.period import Period
from pipeline.report.changed_keys import changed_keys
from pipeline.report.covering import COVERAGE, cover
from pipeline.workspace import Workspace

PERIOD = Period.parse("2021H1")


def text_of(workspace, report):
    return [one.text("zh") for one in changed_keys(Workspace.at(workspace), PERIOD, report)]


def test_the_same_ledgers_say_nothing(workspace, report):
    """Nor do figures, words and notes that changed, rows in another order and new ones."""
    assert text_of(workspace, report) == []

    def change(rows):
        rows.reverse()
        rows[0] |= {"数值": "7", "内容": "另写", "备注": "改过"}
        rows.append({**rows[0], "对象": "新的一项"})

    rewrite(workspace, "indicators", change)
    assert text_of(workspace, report) == []


def test_a_name_that_became_another_is_asked_about_at_its_cell(workspace, report):
    """What was there and what is there now stand in the message, with the cell; of several rows alike once."""
    rewrite(workspace, "outreach", partial(put, row=0, heading="活动", text="庭审观摩互动"))
    rewrite(workspace, "indicators", lambda rows: [put(rows, row, "截至", "2021-05") for row in (3, 4, 5)])
    assert text_of(workspace, report) == [
        "tables/indicators.csv!I5:I7 截至 “2021年5月”：上次成稿这里是“2021年6月”；是不是同一项？"
        "写错了请改回，有意改的不必理会，重新生成后不再提示。",
        "tables/outreach.csv!B2 活动 “庭审观摩互动”：上次成稿这里是“庭审观摩活动”；是不是同一项？"
        "写错了请改回，有意改的不必理会，重新生成后不再提示。",
    ]


def test_a_part_that_came_or_went_is_told(workspace, report):
    """A key that has a part more, or one less, is told with the blank that was there, or at its row."""
    rewrite(workspace, "policies", partial(put, row=0, heading="改革事项", text="跨省通办"))
    rewrite(workspace, "officers", partial(put, row=0, heading="审核状态", text=""))
    came, went = text_of(workspace, report)
    assert came.startswith("tables/policies.csv!B2 改革事项 “跨省通办”：上次成稿这里是空白；")
    assert went.startswith("tables/officers.csv!2:2：上次成稿这里是“通过”；")


def test_what_is_nowhere_any_more_is_named(workspace, report):
    """Rows under no key that could be theirs are named together."""
    rewrite(workspace, "coordination", lambda rows: [rows.pop(0), rows.pop(0)])
    (told,) = text_of(workspace, report)
    names = ("省会经济圈行政审批服务一体化·筹备·历时", "省会经济圈行政审批服务一体化·调度会议·参加")
    assert told.startswith(f"tables/coordination.csv：上次成稿有“{'、'.join(names)}”，现在没有了；")


def test_an_edited_record_is_not_believed(workspace, report, tmp_path):
    """A coverage.csv that somebody saved anew, or a folder without one, says nothing and does no harm."""
    rewrite(workspace, "outreach", lambda rows: rows.pop())
    shutil.copytree(report, tmp_path / "saved")
    (tmp_path / "saved" / COVERAGE).write_bytes("行\n".encode("gb18030"))
    assert text_of(workspace, tmp_path / "saved") == text_of(workspace, tmp_path / "none") == []


def test_check_and_run_tell_it_until_it_is_built(workspace):
    """``check`` tells it, ``run`` tells it once; then it is settled. The manifest does not know what stood there before."""
    command = Command(workspace)
    assert command("run", "2021H1", "-f", "html").returncode == 0
    rewrite(workspace, "outreach", partial(put, row=0, heading="活动", text="庭审观摩互动"))
    checked = command("check", "2021H1", "--lang", "zh")
    assert (checked.returncode, "上次成稿这里是“庭审观摩活动”" in checked.stdout) == (0, True)
    told = command("run", "2021H1", "-f", "html", "--json")
    assert [one["code"] for one in json.loads(told.stdout)["changed_keys"]] == ["key-changed"]
    assert "key-changed" not in (workspace / "outputs/2021H1" / MANIFEST).read_text(encoding="utf-8")
    assert "上次成稿" not in command("check", "2021H1", "--lang", "zh").stdout


def recorded(workspace, folder, period=PERIOD):
    """A folder with the record that a finished report leaves of the ledgers as they are."""
    folder.mkdir()
    place = Workspace.at(workspace)
    found = cover(place, period, place.settings(period), "<p>无</p>", (), edition="internal")
    write_coverage(found, folder / COVERAGE)
    write_manifest({"inputs": {}, "outputs": digests(folder), "parameters": {}}, folder / MANIFEST)
    return folder


def test_a_workbook_in_place_of_files_is_the_same(workspace, report, tmp_path):
    """Ledgers that moved into one workbook are still the same rows; there the cell is one of its sheet."""
    rewrite(workspace, "outreach", partial(put, row=0, heading="活动", text="庭审观摩互动"))
    as_workbook(workspace / "data/2021H1")
    (told,) = text_of(workspace, report)
    assert told.startswith("tables.xlsx 普法活动!B2 活动 “庭审观摩互动”：上次成稿这里是“庭审观摩活动”")
    assert text_of(workspace, recorded(workspace, tmp_path / "book")) == []


OWN = """
title = "窗口"
description = "一行写一个窗口。"
[[fields]]
name = "window"
title = "窗口"
role = "subject"
description = "窗口的名称。"
[[fields]]
name = "handled"
title = "办件量"
type = "figure"
unit = "件"
description = "办了多少件。"
"""


@pytest.mark.parametrize("key", ["", 'primaryKey = ["window"]\n'])
def test_a_ledger_of_ones_own_is_held_too(key, workspace, tmp_path):
    """By its key, or by what its rows are about; of rows that say the same the number counts."""
    (workspace / "ledgers").mkdir()
    (workspace / "ledgers/windows.toml").write_text(key + OWN, encoding="utf-8")
    file = workspace / TABLES_OF / "windows.csv"
    file.write_text(f"窗口,办件量\n甲窗口,1\n乙窗口,2\n{'' if key else '乙窗口,3'}\n", encoding="utf-8-sig")
    report = recorded(workspace, tmp_path / "report")
    rewrite(workspace, "windows", partial(put, row=0, heading="窗口", text="申窗口"))
    assert ["“申窗口”：上次成稿这里是“甲窗口”" in told for told in text_of(workspace, report)] == [True]
    rewrite(workspace, "windows", lambda rows: rows.pop(1))
    assert len(text_of(workspace, report)) == 2


def test_the_months_of_a_period_are_held_too(workspace, tmp_path):
    """Where a period is made of its months, a row of a month that goes by another name is told in that month's ledger."""
    settings = workspace / "data/2021H1/report.toml"
    settings.write_text(f"from_months = true\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
    (workspace / TABLES_OF / "outreach.csv").unlink()
    for number in range(1, 7):
        folder = workspace / f"data/2021-{number:02}/tables"
        folder.mkdir(parents=True)
        shutil.copy(settings, folder.parent)
        (folder / "outreach.csv").write_text(f"月份,活动\n2021-{number:02},第{number}场活动\n", encoding="utf-8-sig")
    report = recorded(workspace, tmp_path / "report")
    assert text_of(workspace, report) == []
    (workspace / "data/2021-03/tables/outreach.csv").write_text("月份,活动\n2021-03,第3场互动\n", encoding="utf-8-sig")
    (told,) = text_of(workspace, report)
    assert told.startswith("../2021-03/tables/outreach.csv!B2 活动 “第3场互动”：上次成稿这里是“第3场活动”")


def test_a_public_edition_records_no_key_that_must_not_leave(workspace, report, tmp_path):
    """What it does not state has no key in its record; of the rest it has, and is held against."""
    internal = next(row for row in lines(workspace / TABLES_OF / "coordination.csv") if row["公开属性"] == "内部")
    made = Command(workspace)("run", "2021H1", "-f", "html", "--edition", "public", "--output", tmp_path)
    assert made.returncode == 0, made.stdout + made.stderr
    keys = [{row["key"] for row in read_coverage(folder / COVERAGE)} for folder in (report, tmp_path / "2021H1")]
    assert f"{internal['改革事项']} · {internal['对象']} · {internal['动作']}" in keys[0] - keys[1]
    assert keys[1] - keys[0] == {""}
    assert text_of(workspace, tmp_path / "2021H1") == []
    rewrite(workspace, "outreach", lambda rows: rows.pop())
    assert len(text_of(workspace, tmp_path / "2021H1")) == 1
