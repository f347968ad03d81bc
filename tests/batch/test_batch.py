"""A batch makes what is to be made, leaves what stands, and tells each office's end."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from decimal import Decimal

import lxml.html
import psutil
import pytest
from calling import ROOT, Command

from benchmarks import province as benchmark_province
from benchmarks.traced_totals import traced
from pipeline.batch.engine import engine
from pipeline.own_files import digests
from tests.batch.offices import CHAPTER, fill, notebook, province, row

COUNTIES = ("370101", "370102", "370201")


def figures(seed):
    chance = random.Random(seed)
    return {
        code: [
            row("一业一证", "办件量", str(chance.randint(100, 900))),
            row("跨省通办", "办件量", f"{chance.randint(2, 9)}00余"),
        ]
        for code in COUNTIES
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three counties, two cities and their province, made once."""
    folder = tmp_path_factory.mktemp("province")
    counties = figures(1)
    file = province(folder, counties)
    done = Command(folder)("batch", file, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, counties, json.loads(done.stdout)


def facts(folder, code):
    with (folder / code / "outputs" / "2021H1" / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [(one["cells"], one["printed"], one["value"]) for one in csv.DictReader(stream)]


def test_every_report_of_three_levels_is_built(made):
    """One command makes the counties' reports, the cities' from theirs, and the province's from the cities'."""
    folder, _, said = made
    assert [(one["report"].split()[0], one["state"]) for one in said] == [
        (code, "built") for code in ("370101", "370102", "370100", "370201", "370200", "370000")
    ]
    page = (folder / "batch.html").read_text(encoding="utf-8")
    table = (folder / "batch.csv").read_text(encoding="utf-8-sig")
    assert "共6份：已生成6" in page and 'href="370101/outputs/2021H1/report.html"' in page
    assert table.count("已生成") == 6 and "示例370101县" in table


def test_a_province_states_the_sum_of_its_counties(made):
    """Each total of the province is the sum over the counties' own cells, hedge and all."""
    folder, counties, _ = made
    stated = {value for _, _, value in facts(folder, "370000")}
    printed = {text for _, text, _ in facts(folder, "370000")}
    assert str(sum(Decimal(rows[0][4]) for rows in counties.values())) in stated
    hedged = sum(int(rows[1][4].removesuffix("余")) for rows in counties.values())
    assert f"{hedged}余" in printed


def test_an_upper_report_shows_every_figure_of_its_units(made):
    """Each generated row stands in the report: totals in their table, the units' figures side by side."""
    folder, _, _ = made
    for code in ("370100", "370200", "370000"):
        with (folder / code / "outputs" / "2021H1" / "coverage.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert {row["state"] for row in csv.DictReader(stream)} == {"stated"}


def test_every_total_is_the_sum_of_its_cells_and_every_cell_is_in_one(made):
    """All of the province's totals, looked up without the package: each is the sum of the cells it leads to, and none is left over."""
    folder, counties, _ = made
    found = traced(folder / "370000", "2021H1")
    assert (found.totals, found.wrong, found.cells, found.unreached) == (2, (), 2 * len(counties), ())


@pytest.mark.soak
def test_every_total_of_real_ledgers_is_the_sum_of_its_cells(tmp_path):
    """The same over the example's ledgers, drawn anew for each county."""
    benchmark_province.make(tmp_path / "province", cities=2, counties=4)
    command = Command(tmp_path / "province")
    assert command("batch", "batch.toml").returncode == 0
    found = traced(tmp_path / "province" / "370000", "2021H1")
    assert found.totals > 30 and found.cells == 4 * found.totals and not found.wrong and not found.unreached


def test_a_total_leads_to_each_countys_cell_and_back(made):
    """``where`` goes from the province's cell through the cities to every county's own cell."""
    folder, counties, _ = made
    done = Command(folder / "370000")("where", "2021H1", "下级合计!F2", "--json")
    below = json.loads(done.stdout)["below"]
    leaves = {one["cell"]: one["stated"] for one in below if one["level"] == 2}
    assert leaves == {f"{code}:指标!E2": f"{rows[0][4]}件" for code, rows in counties.items()}
    for code in counties:
        back = json.loads(Command(folder / "370000")("where", "2021H1", f"{code}:指标!E2", "--json").stdout)
        city = "下级数字!H2" if code.startswith("3701") else "下级数字!H4"
        assert {cell for one in back["places"] for cell in one["cells"]} == {"下级合计!F2", city}
    unknown = Command(folder / "370000")("where", "2021H1", "370101:指标!E9")
    assert unknown.returncode == 1 and "370101:指标!E9" in unknown.stdout


def test_a_cell_is_followed_alone_and_from_above_as_its_unit_calls_it(made):
    """A total that the count of all rows stands on as well leads to its own cells and to no other total's, and so does a row;
    a unit's cell is found from above in each form that the unit itself may use."""
    folder, counties, _ = made
    above = Command(folder / "370000")
    leading = {
        asked: {one["cell"] for one in json.loads(above("where", "2021H1", asked, "--json").stdout)["below"]}
        for asked in ("下级合计!F2", "下级合计!f3", "下级合计!3", "下级合计!F", "下级合计")
    }
    cells = [{f"{code}:指标!E{row}" for code in counties} for row in (2, 3)]
    cities = [{f"{code}:下级合计!F{row}" for code in ("370100", "370200")} for row in (2, 3)]
    first, second = (mine | citys for mine, citys in zip(cells, cities, strict=True))
    assert list(leading.values()) == [first, second, second, first | second, first | second]
    for asked in ("指标!e2", "指标!2", "indicators!E2", "指标！Ｅ２"):
        places = json.loads(above("where", "2021H1", f"370101:{asked}", "--json").stdout)["places"]
        assert {"下级合计!F2"} < {cell for one in places for cell in one["cells"]}, asked
    wrong = above("where", "2021H1", "370101:指示!E2", "--lang", "zh")
    assert wrong.returncode == 2 and "指标" in wrong.stderr


def test_what_is_unchanged_is_not_made_again(made):
    """The same command once more makes nothing and says so; a dry run says it before."""
    folder, _, _ = made
    before = digests(folder)
    planned = json.loads(Command(folder)("batch", "batch.toml", "--dry-run", "--json").stdout)
    again = Command(folder)("batch", "batch.toml")
    assert not any(one["make"] for one in planned)
    assert again.returncode == 0 and "6 built; 0 made this time" in again.stdout
    assert digests(folder) == before


def test_a_report_of_a_batch_is_that_of_the_command_by_itself(made):
    """To ``halfyear run`` in an office's own folder nothing has changed of what a worker built: no section is run again."""
    done = Command(made[0])("run", "2021H1", "--format", "html", "--workspace", "370101")
    assert done.returncode == 0
    assert "run, because" not in done.stdout + done.stderr
    assert "nothing changed" in done.stdout


def test_one_countys_change_moves_its_own_its_citys_and_its_provinces_facts(tmp_path):
    """A changed cell makes three reports anew, and in the two above only what rests on it differs."""
    counties = figures(2)
    file = province(tmp_path, counties)
    command = Command(tmp_path)
    assert command("batch", file).returncode == 0
    before = {code: facts(tmp_path, code) for code in (*COUNTIES, "370100", "370200", "370000")}
    counties["370102"][0][4] = "12345"
    fill(tmp_path / "370102", counties["370102"])
    planned = json.loads(command("batch", file, "--dry-run", "--json").stdout)
    assert {one["report"].split()[0] for one in planned if one["make"]} == {"370102", "370100", "370000"}
    assert "3 made this time" in command("batch", file).stdout
    after = {code: facts(tmp_path, code) for code in before}
    assert {code for code in before if before[code] != after[code]} == {"370102", "370100", "370000"}
    for code in ("370100", "370000"):
        changed = {cell for old, new in zip(before[code], after[code], strict=True) if old != new for cell in [new[0]]}
        assert all("一业一证" in _row_named(tmp_path, code, cell) for cell in changed)
    assert command("verify", "2021H1", "--deep", "--workspace", tmp_path / "370000").returncode == 0


def test_workers_that_see_no_folder_are_sent_what_they_need(made, tmp_path):
    """``shared = false``: workspaces go to the workers as bytes and finished folders come back, the same to the byte."""
    folder, counties, _ = made
    file = province(tmp_path / "sent", counties, more="shared = false\n")
    (tmp_path / "sent" / "370102" / "outputs" / "2021H1").mkdir(parents=True)
    (tmp_path / "sent" / "370102" / "outputs" / "2021H1" / "report.html").write_text("mine", encoding="utf-8")
    done = Command(tmp_path)("batch", file, "--json")
    said = {one["report"].split()[0]: one for one in json.loads(done.stdout)}
    assert said["370102"]["state"] == "refused" and "report.html" in said["370102"]["findings"][0]["message"]
    assert said["370100"]["state"] == "built" and "示例370102县" in said["370100"]["findings"][0]["message"]
    shutil.rmtree(tmp_path / "sent" / "370102" / "outputs")
    done = Command(tmp_path)("batch", file)
    assert done.returncode == 0 and "3 made this time" in done.stdout, done.stdout + done.stderr
    assert not list((tmp_path / "sent").rglob(".halfyear-cache"))  # nothing was made in the workspaces themselves
    for code in (*COUNTIES, "370100", "370200", "370000"):
        sent, expected = (digests(root / code / "outputs" / "2021H1") for root in (tmp_path / "sent", folder))
        assert sent == expected


def test_a_report_built_by_itself_moves_the_offices_above(made, tmp_path):
    """Reports above are made anew where one below is another than they were made from, whoever built it and when; of them the
    lowest is named as the first to be rolled up again."""
    folder, counties, _ = made
    shutil.copytree(folder, tmp_path / "copy")
    changed = [row("一业一证", "办件量", "12345"), counties["370102"][1]]
    fill(tmp_path / "copy" / "370102", changed)
    command = Command(tmp_path / "copy")
    assert command("run", "2021H1", "--format", "html", "--workspace", "370102").returncode == 0
    planned = json.loads(command("batch", "batch.toml", "--dry-run", "--json").stdout)
    assert {one["report"].split()[0] for one in planned if one["make"]} == {"370100", "370000"}
    for code, first in (("370100", "请再执行一次汇总"), ("370000", "请先在370100 示例3701市再执行一次汇总")):
        told = command("verify", "2021H1", "--deep", "--workspace", code, "--lang", "zh")
        assert told.returncode == 1 and first in told.stdout + told.stderr


def test_an_earlier_report_of_a_unit_that_fails_is_not_rolled_up(made, tmp_path):
    """A unit whose ledger is broken since its last report counts as missing above, and is named; its old figures are nowhere."""
    folder, counties, _ = made
    shutil.copytree(folder, tmp_path / "copy")
    fill(tmp_path / "copy" / "370101", [row("一业一证", "办件量", "七七八八")])
    done = Command(tmp_path / "copy")("batch", "batch.toml", "--json")
    said = {one["report"].split()[0]: one for one in json.loads(done.stdout)}
    assert {code: one["state"] for code, one in said.items() if one["made"]} == {
        "370101": "refused",
        "370100": "built",
        "370000": "built",
    }
    assert "示例370101县" in said["370100"]["findings"][0]["message"]
    expected = sum(int(counties[code][0][4]) for code in ("370102", "370201"))
    totals = (tmp_path / "copy" / "370000" / "data" / "2021H1" / "tables" / "unit_totals.csv").read_text("utf-8-sig")
    assert "含2个单位；其中示例3701市缺1个：示例370101县" in totals
    assert str(expected) in {value for _, _, value in facts(tmp_path / "copy", "370000")}


def _row_named(folder, code, cell):
    """The line of a generated ledger that a cell stands in."""
    sheet, _, address = cell.partition("!")
    stem = {"下级合计": "unit_totals", "下级数字": "unit_figures"}[sheet]
    file = folder / code / "data" / "2021H1" / "tables" / f"{stem}.csv"
    return file.read_text(encoding="utf-8-sig").splitlines()[int(address.strip("ABCDEFGHIJKL")) - 1]


FAULTS = {
    "370101": ("built", ""),
    "370102": ("draft", "import os; os._exit(1)"),
    "370103": ("draft", "import time; time.sleep(600)"),
    "370104": ("draft", "x = bytearray(10**13)"),
    "370105": ("crashed", "import os, signal, psutil\nos.kill(psutil.Process().parents()[1].pid, signal.SIGKILL)"),
    "370106": ("refused", ""),
    "370107": ("not-sent", ""),
}


@pytest.mark.soak
def test_one_units_fault_costs_no_other(tmp_path):
    """A unit whose kernel dies, hangs, wants all memory or kills its worker, whose ledger is wrong or that sent nothing, is named; all others are built."""
    counties = {code: [row("一业一证", "办件量", "7")] for code in FAULTS}
    counties["370106"] = [row("一业一证", "办件量", "七七八八")]
    file = province(tmp_path, counties)
    with (tmp_path / "370103" / "data" / "2021H1" / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write("cell_timeout = 5\n")
    for code, (_, cell) in FAULTS.items():
        if cell:
            folder = tmp_path / code / "notebooks"
            folder.mkdir()
            (folder / "01-reform.ipynb").write_text(notebook(CHAPTER, cell), encoding="utf-8")
            (tmp_path / code / "workspace.toml").unlink()

    shutil.rmtree(tmp_path / "370107" / "data" / "2021H1")
    done = Command(tmp_path)("batch", file, "--json", "--retry", "0")
    said = {one["report"].split()[0]: one for one in json.loads(done.stdout)}
    assert done.returncode == 1
    assert {code: one["state"] for code, one in said.items() if code in FAULTS} == {
        code: state for code, (state, _) in FAULTS.items()
    }
    assert said["370100"]["state"] == "built" and "缺6个" in (
        tmp_path / "370100" / "data" / "2021H1" / "tables" / "unit_totals.csv"
    ).read_text(encoding="utf-8-sig")
    assert "示例370107县" in (tmp_path / "batch.csv").read_text(encoding="utf-8-sig")


def test_a_report_that_waits_is_not_taken_along_by_the_one_before_it(tmp_path):
    """Where one worker makes all reports and one of them kills it, the next is made all the same, without a second try."""
    file = province(tmp_path, {code: [row("一业一证", "办件量", "7")] for code in ("370101", "370102")})
    folder = tmp_path / "370101" / "notebooks"
    folder.mkdir()
    (folder / "01-reform.ipynb").write_text(notebook(CHAPTER, FAULTS["370105"][1]), encoding="utf-8")
    (tmp_path / "370101" / "workspace.toml").unlink()
    done = Command(tmp_path)("batch", file, "--json", "--retry", "0", "--workers", "1")
    said = {one["report"].split()[0]: one["state"] for one in json.loads(done.stdout)}
    assert (said["370101"], said["370102"]) == ("crashed", "built")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process group is not interrupted so")
def test_a_batch_that_is_interrupted_says_what_stands(tmp_path):
    """Ctrl-C, which all its processes are sent, ends a batch without a traceback, with words that are true of it, and leaves no
    worker; what was finished stands, and the same command makes the rest."""
    file = province(tmp_path, {code: [row("一业一证", "办件量", "7")] for code in ("370101", "370102")})
    folder = tmp_path / "370102" / "notebooks"
    folder.mkdir()
    (folder / "01-reform.ipynb").write_text(notebook(CHAPTER, "import time; time.sleep(600)"), encoding="utf-8")
    settings = (tmp_path / "370102" / "workspace.toml").rename(tmp_path / "settings")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HALFYEAR_LANG": "en"}
    command = [sys.executable, "-m", "pipeline", "batch", str(file), "--workers", "1"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True) as batch:
        assert "370101 2021H1" in batch.stderr.readline()
        time.sleep(1)  # into the cell of the other
        workers = psutil.Process(batch.pid).children(recursive=True)
        os.killpg(batch.pid, signal.SIGINT)
        said = batch.communicate(timeout=60)[1]
    assert batch.returncode == 130 and "Traceback" not in said and "finished reports are there" in said
    assert psutil.wait_procs(workers, 30)[1] == []
    assert (tmp_path / "370101" / "outputs" / "2021H1" / "manifest.json").exists()
    shutil.rmtree(folder)
    settings.rename(tmp_path / "370102" / "workspace.toml")
    assert "3 made this time" in Command(tmp_path)("batch", file).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process is not interrupted so")
def test_an_interrupt_is_the_commands_and_not_its_workers():
    """A worker that Ctrl-C reaches goes on until the command ends it; what it starts, such as a kernel, can be interrupted."""
    default = "import signal; print(signal.getsignal(2) is signal.default_int_handler)"
    with engine(None, 1, 1) as client:
        worker = client.submit(os.getpid, pure=False).result(60)
        os.kill(worker, signal.SIGINT)
        assert [client.submit(os.getpid, pure=False).result(60) for _ in range(3)] == [worker] * 3
        started = client.submit(subprocess.check_output, [sys.executable, "-c", default], pure=False).result(60)
    assert started == b"True\n"


def test_two_batches_at_once_do_not_meet(recwarn):
    """Each has a scheduler of its own at ports of its own on this machine alone; neither says anything of the other."""
    with engine(None, 1, 1) as one, engine(None, 1, 1) as other:
        assert [client.submit(lambda: 7).result(60) for client in (one, other)] == [7, 7]
        own = psutil.Process()
        listening = [each.laddr for process in (own, *own.children(recursive=True)) for each in process.net_connections() if each.status == psutil.CONN_LISTEN]  # fmt: skip
    assert {address.ip for address in listening} == {"127.0.0.1"}
    assert [str(each.message) for each in recwarn if "Port" in str(each.message)] == []


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is not bounded so")
def test_a_worker_that_is_replaced_is_bounded_as_the_first_was():
    """A report may take its share of the machine's memory and no more, also in a worker that came for one that was killed."""
    with engine(None, 1, 1) as client:
        before = client.submit(lambda: (os.getpid(), __import__("resource").getrlimit(2)[0]), pure=False).result()
        os.kill(before[0], signal.SIGKILL)
        after = client.submit(lambda: (os.getpid(), __import__("resource").getrlimit(2)[0]), pure=False).result(60)
    assert after[0] != before[0] and after[1] == before[1] == psutil.virtual_memory().total


def test_nothing_is_begun_after_the_first_that_fails_where_so_asked(tmp_path):
    """``--fail-fast``: what is under way is finished, the rest is not reached; the same command makes it once the ledger is right."""
    counties = {f"37010{number}": [row("一业一证", "办件量", "7")] for number in range(1, 7)}
    counties["370101"] = [row("一业一证", "办件量", "七七八八")]
    file = province(tmp_path, counties)
    done = Command(tmp_path)("batch", file, "--fail-fast", "--workers", "1", "--json")
    said = json.loads(done.stdout)
    states = [one["state"] for one in said]
    assert done.returncode == 1 and states[0] == "refused" and states[2:] == ["not-reached"] * 6
    assert [one["made"] for one in said] == [state != "not-reached" for state in states]
    fill(tmp_path / "370101", [row("一业一证", "办件量", "7")])
    assert Command(tmp_path)("batch", file, "--fail-fast").returncode == 0


def test_nothing_of_others_is_overwritten(tmp_path):
    """A page, a table or a ledger in the way that no batch wrote is named, and stays as it is."""
    file = province(tmp_path, {"370101": [row("一业一证", "办件量", "7")]})
    (tmp_path / "batch.csv").write_text("mine", encoding="utf-8")
    done = Command(tmp_path)("batch", file)
    assert done.returncode == 1 and "batch.csv" in done.stderr + done.stdout
    (tmp_path / "batch.csv").unlink()
    mine = tmp_path / "370100" / "data" / "2021H1" / "tables" / "unit_totals.csv"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    done = Command(tmp_path)("batch", file)
    assert done.returncode == 1 and "unit_totals.csv" in done.stdout
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (row("一业一证", "办件量", "5", unit="宗"), "单位宗"),
        pytest.param(row("一业一证", "办件量", "5", basis="本年累计"), "口径本年累计", marks=pytest.mark.soak),
        pytest.param(row("一业一证", "办件量", "5", as_of="2021-05"), "截至2021年5月", marks=pytest.mark.soak),
    ],
)
def test_what_does_not_add_up_is_left_blank_and_told(tmp_path, other, word):
    """Figures of another unit of measure, 口径 or date are not summed: the total is blank, and who differs is named."""
    file = province(tmp_path, {"370101": [row("一业一证", "办件量", "4")], "370102": [other]})
    Command(tmp_path)("batch", file)
    done = Command(tmp_path / "370100")("rollup", file, "2021H1", "--lang", "zh")
    assert done.returncode == 1 and word in done.stdout and "示例370102县" in done.stdout
    total = (tmp_path / "370100" / "data" / "2021H1" / "tables" / "unit_totals.csv").read_text(encoding="utf-8-sig")
    assert total.splitlines()[1].split(",")[5] == ""


@pytest.mark.parametrize(
    ("beside", "spanned"),
    [({"basis": "本年累计"}, ("当期", "本年累计")), ({"as_of": "2021-03"}, ("2021年6月", "2021年3月"))],
)
def test_what_every_unit_tells_apart_is_summed_apart(tmp_path, beside, spanned):
    """Two spans that a unit states beside each other (当期 and 本年累计) are two measures, each with a sum of its own."""
    spans = [row("一业一证", "办件量", "4"), row("一业一证", "办件量", "90", **beside)]
    file = province(tmp_path, {"370101": spans, "370102": [*spans[:1], row("一业一证", "办件量", "20", **beside)]})
    said = json.loads(Command(tmp_path)("batch", file, "--json").stdout)
    assert {one["state"] for one in said} == {"built"} and not any(one["findings"] for one in said)
    total = (tmp_path / "370000" / "data" / "2021H1" / "tables" / "unit_totals.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[5] for line in total.splitlines()[1:]] == ["8", "110"]
    page = lxml.html.parse(str(tmp_path / "370100" / "outputs" / "2021H1" / "report.html")).getroot().text_content()
    assert all(f"一业一证办件量（{span}）" in page for span in spanned)


def test_what_is_wrong_with_an_upper_report_is_told_as_long_as_it_stands(tmp_path):
    """A total that could not be made and a unit that is missing are told again by a batch that makes nothing, by a dry run and in
    the overview, also where the roll-up and the report were made one by one."""
    counties = {
        "370101": [row("一业一证", "办件量", "4"), row("跨省通办", "办件量", "1")],
        "370102": [row("一业一证", "办件量", "5", basis="本年累计")],
        "370103": [],
    }
    file = province(tmp_path, counties)
    shutil.rmtree(tmp_path / "370103" / "data" / "2021H1")
    command = Command(tmp_path)
    first = {one["report"]: one for one in json.loads(command("batch", file, "--json").stdout)}
    wrong = first["370100 2021H1"]
    assert wrong["state"] == "built" and [one["code"] for one in wrong["findings"]] == [
        "rollup-missing",
        "rollup-mixed",
    ]
    overview = (tmp_path / "batch.csv").read_bytes()
    again = {one["report"]: one for one in json.loads(command("batch", file, "--json").stdout)}
    planned = json.loads(command("batch", file, "--dry-run", "--json", "--lang", "zh").stdout)
    assert not again["370100 2021H1"]["made"]
    assert {name: one["findings"] for name, one in again.items()} == {
        name: one["findings"] for name, one in first.items()
    }
    assert (tmp_path / "batch.csv").read_bytes() == overview
    assert "示例370103县" in next(one["why"] for one in planned if one["report"] == "370100 2021H1")
    assert "没有合计" in command("batch", file, "--lang", "zh").stdout
    fill(tmp_path / "370102", [row("一业一证", "办件量", "6", basis="本年累计")])
    office = tmp_path / "370102", tmp_path / "370100"
    assert command("run", "2021H1", "--format", "html", "--workspace", office[0]).returncode == 0
    assert Command(office[1])("rollup", file, "2021H1").returncode == 1
    assert command("run", "2021H1", "--format", "html", "--workspace", office[1]).returncode == 0
    by_hand = {one["report"]: one for one in json.loads(command("batch", file, "--json").stdout)}["370100 2021H1"]
    assert not by_hand["made"] and [one["code"] for one in by_hand["findings"]] == ["rollup-missing", "rollup-mixed"]


def test_an_office_is_compared_with_its_earlier_period_at_once(tmp_path):
    """Two periods in one batch, the later named first: the office's later report has its 环比 after one command, another makes
    nothing, and a dry run says that a unit's earlier report moves the office's later one."""
    file = province(tmp_path, {"370101": [row("一业一证", "办件量", "110")]})
    for code in ("370101", "370100", "370000"):
        shutil.copytree(tmp_path / code / "data" / "2021H1", tmp_path / code / "data" / "2020H2")
    fill(tmp_path / "370101", [row("一业一证", "办件量", "100", as_of="2020-12")], "2020H2")
    file.write_text('periods = ["2021H1", "2020H2"]\nunits = "units.csv"\nformats = ["html"]\n', encoding="utf-8")
    command = Command(tmp_path)
    done = command("batch", file, "--workers", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    for code in ("370100", "370000"):
        assert "10.0" in {printed for _, printed, _ in facts(tmp_path, code)}
    assert "0 made this time" in command("batch", file).stdout
    shutil.rmtree(tmp_path / "370101" / "outputs" / "2020H2")
    planned = json.loads(command("batch", file, "--dry-run", "--json", "--lang", "zh").stdout)
    why = {one["report"]: one["why"] for one in planned if one["make"] and one["report"].endswith("2021H1")}
    assert list(why) == ["370100 2021H1", "370000 2021H1"]
    assert "2020年下半年" in why["370100 2021H1"] and "示例3701市" in why["370000 2021H1"]


def test_a_half_year_made_of_its_months_is_rolled_up_with_their_cells(tmp_path):
    """A sum over a unit's months counts above as any figure, and leads to each month's cell and back."""
    file = province(tmp_path, {"370101": [], "370102": [row("一业一证", "办件量", "100")]})
    data = tmp_path / "370101" / "data"
    shutil.rmtree(data / "2021H1" / "tables")
    for number in range(1, 7):
        fill(tmp_path / "370101", [row("一业一证", "办件量", str(number))], f"2021-{number:02}")
        shutil.copy(data / "2021H1" / "report.toml", data / f"2021-{number:02}")
    with (data / "2021H1" / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write("from_months = true\n")
    said = json.loads(Command(tmp_path)("batch", file, "--json").stdout)
    assert {one["state"] for one in said} == {"built"}, said
    below = json.loads(Command(tmp_path / "370100")("where", "2021H1", "下级合计!F2", "--json").stdout)["below"]
    assert [one["stated"] for one in below] == ["21件", "100件"]
    assert below[0]["cell"].split("、")[0] == "370101:2021-01 指标!E2"
    back = Command(tmp_path / "370000")("where", "2021H1", "370101:2021-03 指标!E2", "--json")
    assert {cell for one in json.loads(back.stdout)["places"] for cell in one["cells"]} == {
        "下级合计!F2",
        "下级数字!H2",
    }


def test_a_report_that_was_edited_is_not_rolled_up(tmp_path):
    """A unit's record changed by hand is refused with the unit's name: only what was built counts."""
    file = province(tmp_path, {"370101": [row("一业一证", "办件量", "4")]})
    assert Command(tmp_path)("batch", file).returncode == 0
    record = tmp_path / "370101" / "outputs" / "2021H1" / "facts.csv"
    record.write_text(record.read_text(encoding="utf-8-sig").replace("4", "5"), encoding="utf-8")
    done = Command(tmp_path / "370100")("rollup", file, "2021H1")
    assert done.returncode == 1 and "示例370101县" in done.stderr


def test_rates_are_shown_and_never_summed(tmp_path):
    """A rate, a rank or a change of each unit stands in its table; a total of them is nowhere."""
    counties = {
        code: [row("满意率", "评价", "97.5", unit="%"), row("排名", "全市", "第3位", unit="", basis="")]
        for code in COUNTIES
    }
    file = province(tmp_path, counties)
    done = Command(tmp_path)("batch", file, "--json")
    assert done.returncode == 0, done.stdout
    rows = (tmp_path / "370100" / "data" / "2021H1" / "tables" / "unit_totals.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[5] for line in rows.splitlines()[1:]] == ["/", "/"]
    assert "292.5" not in (tmp_path / "370000" / "outputs" / "2021H1" / "report.html").read_text(encoding="utf-8")


def test_an_upper_office_begins_with_its_chapter(tmp_path):
    """``init --upper`` makes a workspace that rolls its units up and says so in a chapter of its own."""
    file = province(tmp_path, {"370101": [row("一业一证", "办件量", "7")], "370102": [row("一业一证", "办件量", "8")]})
    shutil.rmtree(tmp_path / "370100")
    command = Command(tmp_path)
    begun = command("init", tmp_path / "370100", "--upper", "--period", "2021H1", "--bureau", "示例3701市局")
    assert begun.returncode == 0, begun.stderr
    said = json.loads(command("batch", file, "--json").stdout)
    assert {one["report"].split()[0]: one["state"] for one in said}[
        "370100"
    ] == "draft"  # its own chapters are to be filled
    page = (tmp_path / "370100" / "outputs" / "2021H1" / "report.html").read_text(encoding="utf-8")
    assert "各单位情况" in page and 'value="15"' in page
