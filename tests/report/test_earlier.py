"""What a build replaces is kept, five builds back, and what it changed is told."""

import errno
import json
import shutil

import pytest
from calling import Command

from pipeline.errors import UsageError
from pipeline.own_files import digests
from pipeline.period import Period
from pipeline.report import Request, build, earlier
from pipeline.workspace import Workspace

PERIOD = Period.parse("2021H1")
LEDGER = "data/2021H1/tables/indicators.csv"


def figure(workspace, text):
    """Type another figure for 一业一证 (指标!E5)."""
    file = workspace / LEDGER
    lines = file.read_text("utf-8-sig").splitlines()
    lines[4] = lines[4].replace(lines[4].split(",")[4], text)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


def made(workspace, **asked):
    return build(Request(Workspace.at(workspace), PERIOD, ("html",), **asked))


def kept(workspace):
    store = workspace / "outputs/.earlier/2021H1"
    return [path.name for path in sorted(store.iterdir())] if store.is_dir() else []


@pytest.fixture
def built(workspace):
    """A workspace whose report is built."""
    made(workspace)
    return workspace


def test_a_changed_figure_is_told_once_with_its_cell(built):
    """`run` says of a figure old and new, its cell, where it stands and the sentence; as JSON, too; then nothing more."""
    figure(built, "323")
    command = Command(built)
    told = command("run", "2021H1", "-f", "html", "--lang", "zh").stdout
    assert "与上一次生成的报告相比，有1处数字不同：\n" in told
    assert "  322 → 323　指标!E5　改革创新，第3段等2处“截至2021年6月，一业一证办件量323件" in told
    assert command("diff", "2021H1@1", "2021H1", "--lang", "zh").stdout.startswith("2021H1@1 -> 2021H1\n改革创新\n")
    assert "数字不同" not in command("run", "2021H1", "-f", "html", "--lang", "zh").stdout
    figure(built, "324")
    (change,) = json.loads(command("run", "2021H1", "-f", "html", "--json").stdout)["changes"]
    assert (change["before"], change["after"], change["cells"]) == ("323", "324", "指标!E5")
    assert len(change["places"]) == 2


def test_figures_that_are_new_or_gone_are_changes(built):
    """A row that is added or taken away is told with its figure on one side alone; a change of words is none."""
    file = built / LEDGER
    text = file.read_text("utf-8-sig")
    lines = text.splitlines()
    file.write_text("\n".join(lines[:6] + lines[7:]) + "\n", encoding="utf-8-sig")
    assert {(one.before, one.after) for one in made(built).changes} == {("67", "")}
    file.write_text(text, encoding="utf-8-sig")
    assert {(one.before, one.after) for one in made(built).changes} == {("", "67")}
    prose = built / "data/2021H1/prose/reform-overview.md"
    prose.write_text(prose.read_text("utf-8") + "\n各项工作平稳。\n", encoding="utf-8")
    assert made(built).changes == ()


def test_the_last_builds_are_kept_the_oldest_goes_first(built, monkeypatch):
    """Of what was replaced the last five (here: two) are there, whole; `@N` counts back from the present one."""
    assert earlier.KEPT == 5
    monkeypatch.setattr(earlier, "KEPT", 2)
    first = digests(built / "outputs/2021H1")
    for number in (401, 402, 403):
        figure(built, str(number))
        made(built)
        if number == 401:
            assert digests(built / "outputs/.earlier/2021H1/0001") == first
    assert kept(built) == ["0002", "0003"]
    target = built / "outputs/2021H1"
    for steps in (1, 2):
        assert f">{403 - steps}</data>" in (earlier.earlier_build(target, steps) / "report.html").read_text("utf-8")
    for steps in (0, 3):
        with pytest.raises(UsageError, match="2 are kept"):
            earlier.earlier_build(target, steps)


def test_a_run_that_changes_nothing_keeps_nothing(built):
    """Neither an unchanged run nor one that makes the same anew adds a build."""
    assert made(built).unchanged
    assert not made(built, fresh=True).unchanged
    assert kept(built) == []


def test_a_draft_keeps_nothing(built):
    """A build that fails leaves the report where it is, so that nothing was replaced."""
    notebook = built / "notebooks/02-lists.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace("lists.compared", "lists.kompared"), encoding="utf-8")
    assert made(built).failures
    assert kept(built) == []


def test_a_copy_made_before_the_end_of_a_killed_process_is_no_earlier_build(built):
    """Killed between keeping and swapping, the present report has a copy of itself, which counts as none and is made once."""
    target = built / "outputs/2021H1"
    earlier.keep(target, built / "nowhere")
    assert kept(built) == ["0001"]
    assert earlier.earlier_builds(target) == []
    figure(built, "401")
    made(built)
    assert kept(built) == ["0001"]
    assert len(earlier.earlier_builds(target)) == 1


def test_only_what_a_build_put_there_is_kept_or_dropped(built, monkeypatch):
    """An altered file is not kept as if it had been built; what somebody put into a kept build outlives it."""
    (built / "outputs/2021H1/facts.csv").write_text("mine")
    figure(built, "401")
    made(built, set_aside=True)
    first = built / "outputs/.earlier/2021H1/0001"
    assert not (first / "facts.csv").exists()
    assert (first / "report.html").is_file()
    (first / "note.txt").write_text("mine")
    monkeypatch.setattr(earlier, "KEPT", 1)
    figure(built, "402")
    made(built)
    assert (built / "outputs/.earlier/2021H1/0001.set-aside-1/note.txt").read_text() == "mine"
    assert kept(built) == ["0001.set-aside-1", "0002"]


def test_a_full_disk_drops_what_was_kept_and_no_report(built, monkeypatch):
    """Where a build cannot be kept, the kept ones make room and the new report is finished."""
    figure(built, "401")
    made(built)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    figure(built, "402")
    assert {(one.before, one.after) for one in made(built).changes} == {("401", "402")}
    assert kept(built) == []


def test_another_edition_is_no_change(built):
    """What a public edition leaves out are no figures that differ from the build before."""
    assert made(built, edition="public").changes == ()
    assert kept(built) == ["0001"]


def test_what_is_kept_is_nobodys_concern(built):
    """The archive and verification pass over the kept builds."""
    figure(built, "401")
    made(built)
    command = Command(built)
    assert command("verify", "2021H1").returncode == 0
    assert ".earlier" not in (told := command("site")).stdout + told.stderr
