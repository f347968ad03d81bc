"""Whatever key of whatever row of 2021H1 is mistyped, renamed or deleted is told, by what knew it before."""

import shutil
from functools import partial

import lxml.html
import pytest
from calling import Command
from mistyped_keys import SLIPS, TABLES_OF, deletions, key_cells, lines, rewrite, slips, untold

from pipeline.ledger import TABLES
from pipeline.ledger import check as ledger_check
from pipeline.period import Period
from pipeline.report.changed_keys import changed_keys
from pipeline.report.vouching import check
from pipeline.workspace import Workspace

PERIOD = Period.parse("2021H1")
MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
DATES = {column.heading for ledger in TABLES.values() for column in ledger.columns if column.kind == "date"}
# What the ledgers of a period alone do not tell: a name that a report prints as it is typed, and that is right wherever
# nothing asks for it; a date that is one of the period. A finished report, or an earlier period, tells it.
PRINTED_AS_TYPED = {
    "indicators": {"对象", "指标", "截至"},
    "policies": {"文件名称"},
    "coordination": {"对象", "动作"},
    "milestones": {"日期", "事件"},
    "list_reviews": {"清单", "动作"},
    "evaluation_steps": {"评估", "工作内容"},
    "outreach": {"月份", "活动"},
    "officers": {"人员类别"},
    "checks": {"名称"},
    "licences": {"年度"},
    "initiatives": {"编号", "名称"},
}


@pytest.fixture
def followed(workspace):
    """A workspace in which the period before states the same as this one."""
    shutil.copytree(workspace / "data/2021H1", workspace / "data/2020H2")
    return workspace


def by_ledgers(workspace):
    """What ``check`` says of the ledgers."""
    return partial(ledger_check, Workspace.at(workspace), PERIOD)


def by_report(workspace, report):
    """What the last finished report says of them."""
    return lambda: list(changed_keys(Workspace.at(workspace), PERIOD, report))


@pytest.mark.parametrize("kind", [None, *(pytest.param(kind, marks=pytest.mark.soak) for kind in SLIPS)])
def test_a_key_mistyped_since_the_last_report_is_told(kind, workspace, report):
    """Each key column of each row, slipped or renamed without an earlier period: the ledgers tell it, or the last report does.

    The ledgers alone tell nothing of names that a report prints as they are typed.
    """
    changes = slips(kind)
    assert len(changes) > 220
    silent = untold(workspace, changes, by_ledgers(workspace))
    assert {(table, heading) for table, _, heading, _ in silent} <= {
        (table, heading) for table, headings in PRINTED_AS_TYPED.items() for heading in headings
    }
    assert untold(workspace, silent, by_report(workspace, report)) == {}


def test_a_row_deleted_since_the_last_report_is_told(workspace, report):
    """Each row of each ledger, and each ledger that is not there at all."""
    assert untold(workspace, deletions(), by_report(workspace, report)) == {}
    files = sorted((workspace / TABLES_OF).glob("*.csv"))
    for file in files[1:]:
        file.unlink()
    told = {one.place.file for one in by_report(workspace, report)() if one.code == "ledger-gone"}
    assert told == {f"tables/{file.name}" for file in files[1:]}


@pytest.mark.parametrize("kind", [None, *(pytest.param(kind, marks=pytest.mark.soak) for kind in SLIPS)])
def test_a_key_of_the_period_before_that_is_mistyped_is_told(kind, followed):
    """Each key column of each row, slipped in some way; dates differ from period to period, and the one event is another."""
    changes = {key: change for key, change in slips(kind).items() if key[2] not in DATES}
    left = untold(followed, changes, by_ledgers(followed))
    assert set(left) <= {("milestones", 2, "事件", "renamed")}


def test_a_row_of_the_period_before_that_is_deleted_is_told(followed):
    """Each row of each ledger, and each ledger that is not there at all."""
    assert untold(followed, deletions(), by_ledgers(followed)) == {}
    files = sorted((followed / TABLES_OF).glob("*.csv"))
    for file in files[1:]:
        file.unlink()
    told = {one.place.file for one in by_ledgers(followed)() if one.code == "ledger-missing"}
    assert told == {f"tables/{file.name}" for file in files[1:]}


@pytest.mark.soak
@pytest.mark.parametrize("place", range(6))
def test_a_mistyped_key_that_nothing_knew_before_is_told_or_stands_as_typed(workspace, place):
    """Without anything before: check tells it, coverage does, or the report says it as typed."""
    cells = (cell for cell in key_cells() if cell.place == place)
    marked = {tuple(cell[:3]): cell.becomes(f"{cell.text}错{MARKS[cell.row]}") for cell in cells}
    silent = untold(workspace, marked, partial(check, Workspace.at(workspace), PERIOD), singly=True)
    for (table, *_), change in silent.items():
        rewrite(workspace, table, change)
    done = Command(workspace)("run", "2021H1", "--lang", "zh", "-f", "html")
    assert done.returncode == 0, done.stdout + done.stderr
    outputs = workspace / "outputs/2021H1"
    page = lxml.html.parse(str(outputs / "report.html")).getroot().text_content()
    told = {
        (one["ledger"], one["row"])
        for one in lines(outputs / "coverage.csv")
        if one["state"] in ("left-out", "stated-there-only")
    }
    lost = [
        key
        for key in silent
        if (f"tables/{key[0]}.csv", str(key[1])) not in told
        and lines(workspace / TABLES_OF / f"{key[0]}.csv")[key[1] - 2][key[2]] not in page
    ]
    assert lost == []
