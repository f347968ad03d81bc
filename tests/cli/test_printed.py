"""What commands print of what they did, line by line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from pipeline.archive.edited_word import WordChange
from pipeline.batch import read_batch
from pipeline.batch.lineage import Step
from pipeline.batch.one_report import BUILT, CRASHED, REFUSED, Outcome
from pipeline.batch.rollup import RolledUp
from pipeline.batch.schedule import Plan
from pipeline.begin import Forward
from pipeline.cli import begun, console, console_ledgers, many_told
from pipeline.cli.progress import Progress
from pipeline.errors import DataError, HalfyearError, ReleaseError
from pipeline.execute.outcome import Event
from pipeline.findings import Counted, Finding, Place, Said
from pipeline.ledger.collecting.collect import Collected, Department
from pipeline.ledger.taking_rules import TakenRules
from pipeline.publish.publication import Published
from pipeline.render.fonts import Face, found
from pipeline.report import Built
from pipeline.report.whereabouts import Whereabouts
from pipeline.vouch import Verification
from pipeline.workspace import SectionNotebook

REFORM = SectionNotebook(Path("01-reform.ipynb"), 1, "reform", "改革创新")
REQUIRED = [Finding("required", Place("a.csv", rows=(row,), column="E")) for row in (2, 3, 4)]


@pytest.fixture
def printed(capsys):
    """The lines that were printed since the last look: on standard output, and then on standard error."""

    def look():
        said = capsys.readouterr()
        return said.out.splitlines() + said.err.splitlines()

    return look


def test_notebooks_that_were_brought_forward(printed):
    """Each kind on a line, where there are any of it; of a changed notebook what differs."""
    begun.brought_forward(Forward(("a",), ("b",), {"c": "- old\n+ new"}, (), ("d",)), "en", as_json=False)
    one, two, three, four, *difference = printed()
    assert (one, two, three) == ("as this version ships them: a", "replaced by this version's: b", "added: d")
    assert four.startswith("warning: notebooks/c: this notebook was changed")
    assert difference == ["- old", "+ new"]
    begun.brought_forward(Forward((), (), {}, ("e",), ()), "en", as_json=True)
    assert json.loads("\n".join(printed()))["missing"] == ["e"]


@pytest.mark.parametrize(
    ("names", "by_hand"),
    [
        (["notebooks/06-x.ipynb", "ledgers/x.toml"], True),
        (["notebooks/06-x.ipynb", "ledgers/x.toml", "data/2021H1/tables/x.csv"], False),
        (["notebooks/06-x.ipynb"], False),
    ],
)
def test_a_chapter_that_was_made(printed, names, by_hand):
    """Its files and how it is filled; that a sheet is to be added only where the ledgers are the clerk's own workbook."""
    begun.chapter_made(names, "培训", "en", as_json=False)
    lines = printed()
    assert lines[: len(names) + 1] == ["made:", *(f"  {name}" for name in names)]
    assert [line for line in lines if "add a sheet '培训'" in line] == lines[len(names) + 2 :]
    assert len(lines) == len(names) + 2 + by_hand


def test_a_workspace_that_was_made(printed):
    """What comes next, and what git was told if it was."""
    for git in (True, False):
        begun.workspace_made(Path("w"), "2021H1", ["a"], "en", git=git, as_json=False)
        lines = printed()
        assert [line.partition(" ")[0] for line in lines] == ["made:", "", *(["git"] if git else []), "Next:"]
    begun.workspace_made(Path("w"), "2021H1", ["a"], "en", git=True, as_json=True)
    assert json.loads("\n".join(printed())) == {"folder": "w", "period": "2021H1", "written": ["a"]}


def test_what_a_machine_has_and_lacks(printed):
    """What is well is said so, what is missing is an error."""
    begun.machine(
        [Finding("doctor-kernels-warm"), Finding("doctor-packages-missing", params={"names": ["a"]})],
        "en",
        as_json=False,
    )
    well, missing = printed()
    assert well.startswith("well: ") and missing.startswith("error: a are missing")


def test_changes_of_a_word_document(printed):
    """Where, what it was and is, and the cell it comes from; an empty side is a dash, and a line's end is shown."""
    changes = [
        WordChange("figure", "322件", "323件", "改革创新", "第1段", 4, "指标!E5"),
        WordChange("added", "", "甲\n乙"),
    ]
    console.word_changes(changes, "en", as_json=False)
    assert printed() == [
        "改革创新, 第1段 (cell 4): figure: the report says 322件, the document 323件 (from 指标!E5)",
        "added: '甲↵乙'",
        "2 changes; nothing was applied: mend the ledgers and build again",
    ]
    console.word_changes([], "en", as_json=False)
    assert printed() == ["the document says what the report says"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "as the manifest says and current"),
        ("output-altered", "not what the manifest says and current"),
        ("input-gone", "as the manifest says and stale"),
    ],
)
def test_a_verification(printed, code, said):
    """Whether outputs are whole, and whether they are current, is the last line."""
    console.verification(
        Verification((Finding(code, Place("report.pdf"), params={"facts": 1}),) if code else ()), "en", as_json=False
    )
    assert said in printed()[-1]


def test_places_of_a_number(printed):
    """Each with its cells and its sentence, where that says more; what is behind them stands below, level by level."""
    place = {"place": "第1段", "printed": "322件", "made": "", "cells": ["指标!E5", "指标!E6"], "sentence": "共322件"}
    steps = [(0, Step("unit_totals", 2, "数值", "370101", "示例县", "7件", "370101:指标!E5", ""))]
    alone = {**place, "sentence": "322件"}
    console.whereabouts(Whereabouts("322", False, (place, alone), in_row=True), steps, "en", as_json=False)
    in_row, first, sentence, second, below = printed()
    assert in_row.startswith("this cell is not printed by itself")
    assert first == second and first.endswith("指标!E5 指标!E6")
    assert sentence == "    共322件"
    assert below.startswith("  ") and "370101:指标!E5" in below and "7件" in below
    console.whereabouts(Whereabouts("9", False, ()), (), "en", as_json=False)
    assert printed() == ["9: it is not in the report"]
    console.whereabouts(Whereabouts("9", False, (), ("because",)), (), "en", as_json=False)
    assert printed() == ["    because"]
    console.whereabouts(Whereabouts("322", False, (place,)), steps, "en", as_json=True)
    assert json.loads("\n".join(printed()))["below"][0]["level"] == 1


def test_a_build(printed):
    """Its warnings, how long each part took, what was set aside, and its files in the last line."""
    made = Built(
        Path("o/2021H1"),
        ("report.html", "sections/a.ipynb"),
        {"fact": 2},
        {"check": 0.5, "html": 1.0},
        1.25,
        (),
        (),
        (),
    )
    console.built(made, "en", as_json=False)
    assert printed() == ["check 0.50 s  html 1.00 s", "o/2021H1/: report.html (2 facts, 1.2 s)"]
    more = made._replace(unchanged=True, set_aside=(Path("o/2021H1.set-aside-1"),), warnings=tuple(REQUIRED))
    console.built(more, "en", as_json=False)
    warned, timed, aside, whole = printed()
    assert warned == "3 warnings about the data: halfyear check tells them"
    assert timed.startswith("check") and "o/2021H1.set-aside-1" in aside and "nothing changed" in whole


def test_a_publication(printed):
    """Its files; that nothing was corrected where a reason was given and all figures are those published."""
    made = Published(Path("p/2021H1"), ("report.html",), True, (), Path("p.set-aside-1"))
    console.published(made, "en", as_json=False, reason="x")
    file, aside, nothing, said = printed()
    assert (file, said) == ("  report.html", "p/2021H1/: published")
    assert "p.set-aside-1" in aside and nothing.startswith("all figures are those published")
    for reason, corrected in (("", False), ("x", True)):
        console.published(
            Published(Path("p"), ("a",), False, (), corrected=corrected), "en", as_json=False, reason=reason
        )
        assert printed() == ["  a", "p/: nothing changed since it was published"]


def test_fonts(printed):
    """The face that sets a part here, and which of those wanted before it are not there."""
    ground = next(face for faces in found().values() for face in faces if face.is_ground)
    console.fonts(
        {"body": (["仿宋", ground.family], [ground]), "head": (["黑体"], [Face("黑体", "f")])}, "en", as_json=False
    )
    assert printed() == [
        f"body: {ground.family} (comes with the installation)",
        "  wanted before it and not found: 仿宋",
        "head: 黑体",
    ]


def test_what_departments_sent(printed):
    """Who sent what and lacks what; who has not sent but lacks nothing, for others filled it in, is not said to lack."""
    departments = (
        Department("甲科", ("a.xlsx",), 1, ("指标!E5",)),
        Department("乙科", ("b.xlsx",), 2, ()),
        Department("丙科", (), 0, ("案件", "指标!E6")),
        Department("丁科", (), 0, ()),
    )
    console_ledgers.collected(Collected(("a.csv",), 3, departments, ()), "en", as_json=False)
    assert printed() == [
        "a.csv: 3 cells written",
        "who has sent:",
        "  甲科: 1 row (a.xlsx), lacks 指标!E5",
        "  乙科: 2 rows (b.xlsx)",
        "  丙科: has not sent, lacks 案件, 指标!E6",
        "  丁科: has not sent",
    ]
    console_ledgers.collected(Collected((), 0, (), tuple(REQUIRED[:1])), "en", as_json=False)
    error, none, roster = printed()
    assert error.startswith("error: a.csv!E2") and none == "the ledgers are as they were" and "[departments]" in roster


def test_problems_of_ledgers(printed):
    """By file, counted; after a save the new ones alone, with how many came and went."""
    console_ledgers.problems(REQUIRED, "en", as_json=False)
    file, *each, count = printed()
    assert (file, len(each), count) == ("a.csv", 3, "3 errors, 0 warnings")
    console_ledgers.checked_again(["a.csv"], REQUIRED[:2], REQUIRED[1:], "en", as_json=False)
    assert printed() == [
        "  error: a.csv!E4: it is required; fill it in.",
        "a.csv saved: 2 errors, 0 warnings (1 new, 1 mended)",
    ]
    console_ledgers.checked_again(["a.csv"], REQUIRED, [], "en", as_json=False)
    assert printed() == ["a.csv saved: no problems (0 new, 3 mended)"]
    console_ledgers.checked_again(["a.csv"], REQUIRED, REQUIRED[:1], "en", as_json=True)
    assert len(json.loads("\n".join(printed()))) == 1


def test_rules_that_were_looked_for_and_not_found(printed):
    """It is said on the stream that is asked for."""
    console_ledgers.taken(TakenRules("a.csv", []), "en", err=True)
    assert len(printed()) == 1


def test_what_was_rolled_up(printed):
    """How many figures of how many units, and whether anything is other than before."""
    for changed, said in (
        (True, "3 figures of 2 units rolled up to 1 total"),
        (False, "nothing changed: 3 figures of 2 units, 1 total"),
    ):
        many_told.rolled_up(RolledUp(3, 2, 1, (), changed), "en", as_json=False)
        assert printed() == [said]


def test_sections_as_they_run(printed):
    """One line when a section is through, with why it ran; of a kept result that it is fresh; a warning is one."""
    progress = Progress("en")
    for event in (
        Event(REFORM, "started", 0, 9, "run, first"),
        Event(REFORM, "cell", 3, 9),
        Event(REFORM, "done"),
        Event(REFORM, "fresh", text="fresh"),
        Event(REFORM, "started", 0, 9, "run, again"),
        Event(REFORM, "failed"),
        Event(None, "warning", text="w"),
    ):
        progress.section(event)
    progress.stage("render")
    assert printed() == ["reform: run, first", "reform: fresh", "reform: failed, run, again", "warning: w"]
    quiet = Progress("en", quiet=True)
    quiet.section(Event(None, "warning", text="w"))
    assert printed() == []


def test_a_terminal_has_a_line_that_is_written_over(capsys, monkeypatch):
    """What is going on stands in one line, which finished sections push up and the end leaves blank."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress("en") as progress:
        progress.stage("pdf")
        progress.section(Event(REFORM, "started", 0, 9, "run, first"))
        progress.section(Event(REFORM, "cell", 3, 9))
        progress.section(Event(REFORM, "done"))
    form, begun, goes_on, clear, done, end = capsys.readouterr().err.split("\r\x1b[K")[1:]
    assert "pdf" in form.lower() and (begun, goes_on, clear) == ("reform 0/9", "reform 3/9", "reform: run, first\n")
    assert (done, end) == ("", "")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "", "/tmp/.hy-000000-1-1-x/y"), "/tmp: the disk is full;"),
        (OSError(28, "", "/tmp/a", None, "/tmp/b"), "/tmp/a -> /tmp/b: the disk is full;"),
        (OSError(28, "", "/tmp/a", None, "/tmp/a"), "/tmp/a: the disk is full;"),
        (KeyError("x"), "KeyError: 'x'\nThis is a fault of halfyear itself;"),
    ],
)
def test_what_the_system_refuses_is_told_with_its_file(error, said):
    """Both files of a renaming, a temporary folder by where it lies; anything else is our own fault."""
    assert console.known(error).text("en").startswith(said)


def test_an_error_is_told_with_what_it_carries(printed):
    """Reasons below it; problems of ledgers as check tells them; the same in one object for programs."""
    refused = ReleaseError("not-publishable", details=REQUIRED[:2], period="2021H1", reasons=Counted(2, "reason"))
    console.error(refused, "en", as_json=False)
    first, *reasons = printed()
    assert first.startswith("error: ") and reasons == [f"  - {one.text('en')}" for one in REQUIRED[:2]]
    console.error(refused, "en", as_json=True)
    assert json.loads("\n".join(printed()))["reasons"] == [one.text("en") for one in REQUIRED[:2]]
    console.error(HalfyearError("own-fault", reason="x"), "en", as_json=True)
    assert list(json.loads("\n".join(printed()))) == ["error"]
    wrong = DataError("data-has-errors", details=REQUIRED, period="2021H1", errors=Counted(3, "error"))
    console.error(wrong, "en", as_json=False)
    lines = printed()
    assert (lines[0], lines[4]) == ("a.csv", "3 errors, 0 warnings") and lines[5].startswith("error: data/2021H1")
    console.error(wrong, "en", as_json=True)
    assert len(json.loads("\n".join(printed()))) == 3


@pytest.fixture
def batch(tmp_path):
    """A batch of three offices: one that stands, one that is to be made, one that cannot."""
    (tmp_path / "units.csv").write_text("行政区划代码,名称,上级,文件夹\n1,甲,,\n2,乙,,\n3,丙,,\n", encoding="utf-8")
    (tmp_path / "batch.toml").write_text('periods = ["2021H1"]\nunits = "units.csv"\n', encoding="utf-8")
    known = {"1 2021H1": Outcome(BUILT, stands=True), "3 2021H1": Outcome(REFUSED, tuple(REQUIRED[:1]))}
    return Plan(read_batch(tmp_path / "batch.toml"), {"2 2021H1": Said("batch-new")}, known)


def test_what_a_batch_would_make(printed, batch):
    """Each report with why it would be made, or what is known of it and stands against it; how many there are of each."""
    many_told.plan(batch, "en", as_json=False)
    stands, new, refused, count = printed()
    assert "甲" in stands and Said("batch-new").text("en") in new and "a.csv!E2" in refused
    assert "1" in count and "3 reports" in count
    many_told.plan(batch, "en", as_json=True)
    assert [(one["office"], one["make"]) for one in json.loads("\n".join(printed()))] == [
        ("甲", False), ("乙", True), ("丙", False),
    ]  # fmt: skip


def test_what_became_of_a_batch(printed, batch):
    """What is to be told of each report, five findings of it, the end of a crash; the counts; and what was made now."""
    found = {**batch.known, "2 2021H1": Outcome(CRASHED, tuple(REQUIRED * 2), log="killed")}
    many_told.outcomes(batch, found, (Path("batch.html"), Path("batch.csv")), "en", as_json=False)
    lines = printed()
    assert [line.split()[0] for line in lines[:7]] == ["2", *["error:"] * 5, lines[6].split()[0]]
    assert "1" in lines[6] and lines[7] == "killed" and lines[8].startswith("3 ") and lines[9].startswith("error:")
    assert "batch.html" in lines[10] and len(lines) == 11
    many_told.outcomes(batch, found, (Path("batch.html"), Path("batch.csv")), "en", as_json=True)
    said = {one["report"][0]: one for one in json.loads("\n".join(printed()))}
    assert [said[code]["made"] for code in "123"] == [False, True, False]
    assert (said["2"]["log"], len(said["2"]["findings"]), said["3"]["state"]) == ("killed", 6, "refused")


def test_a_batch_goes_on(printed, batch):
    """A line a report; how long the rest will take once enough are made, and not after the last."""
    report = batch.batch.reports[0]
    progress = many_told.Progress("en", quiet=False)
    for done, outcome in ((3, BUILT), (4, CRASHED), (5, REFUSED)):
        progress.done(report, Outcome(outcome), done, 5)
    third, fourth, last = printed()
    assert all("甲" in line and "1 2021H1" in line for line in (third, fourth, last))
    assert ["to go" in line for line in (third, fourth, last)] == [False, True, False]
    spans = [progress._span(seconds).text("en") for seconds in (0.4, 29, 31, 89, 91)]
    assert [said.split()[2:4] for said in spans] == [["0", "s"], ["29", "s"], ["1", "min"], ["1", "min"], ["2", "min"]]
    many_told.Progress("en", quiet=True).done(report, Outcome(BUILT), 1, 1)
    assert printed() == []
