"""What is run again and what is not, and the reasons given."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from half_year import as_workbook

from pipeline.execute import Event, Ran, prepare
from pipeline.execute import staleness as stale
from pipeline.execute.kernels import fork_client as warm
from pipeline.workspace import Workspace
from tests.execute.conftest import Bench

ROOT = Path(__file__).parents[2]
FIRST = "run, because there is no result of it yet"


def run(bench: Bench, **options: Any) -> list[Ran]:
    return bench.run(cache=True, **options)


def why(bench: Bench, **options: Any) -> list[str]:
    return [ran.why for ran in run(bench, **options)]


def table(bench: Bench, text: str = "月,件\n1,4\n2,6\n", period: str = "2020H2", name: str = "cases") -> Path:
    path = bench.root / "data" / period / "tables" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def edit(bench: Bench, name: str, cell: str, change: Callable[[dict[str, Any]], None]) -> None:
    [path] = (bench.root / "notebooks").glob(f"*-{name}.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(next(one for one in notebook["cells"] if one["id"] == cell))
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.mark.parametrize("cold", [False, True])
def test_unchanged_section_is_not_run_again(bench: Bench, cold: bool) -> None:
    """The second run takes the first one's result, byte by byte, whatever the kernel."""
    table(bench)
    bench.put("reads-table")
    first = run(bench, cold=cold)
    events: list[Event] = []
    second = run(bench, into=bench.root / "again", on_progress=events.append)
    assert [first[0].why, second[0].why] == [FIRST, "fresh"]
    assert first[0].path.read_bytes() == second[0].path.read_bytes()
    assert [event.kind for event in events] == ["fresh"]


def test_only_the_section_that_read_a_changed_table_runs(bench: Bench) -> None:
    """A change in a file concerns those who read it, also with pandas and by a relative path; the reason names it."""
    path = table(bench)
    bench.put("reads-table", "prints-period")
    run(bench)
    path.write_text("月,件\n1,4\n2,7\n", encoding="utf-8")
    reading, printing = run(bench)
    assert (reading.why, printing.why) == ("run, because tables/cases.csv changed", "fresh")
    assert "11\n" in bench.printed(reading)


def test_time_stamps_count_for_nothing(bench: Bench) -> None:
    """A file touched but not changed is fresh; one changed under its old size and time is not."""
    path = table(bench)
    before = path.stat()
    bench.put("reads-table")
    run(bench)
    os.utime(path, (1, 1))
    assert why(bench) == ["fresh"]
    table(bench, "月,件\n1,4\n2,5\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert why(bench) == ["run, because tables/cases.csv changed"]


def test_edit_taken_back_is_fresh_again(bench: Bench) -> None:
    """Results of earlier states are kept for a while."""
    bench.put("reads-table")
    table(bench)
    run(bench)
    table(bench, "月,件\n1,1\n")
    run(bench)
    table(bench)
    assert why(bench) == ["fresh"]


def test_prose_is_stitched_without_a_kernel(bench: Bench) -> None:
    """A changed Markdown cell, tag or title appears in the executed notebook as a new run would write it."""
    bench.put("reads-table")
    table(bench)
    run(bench)
    edit(bench, "reads-table", "m4", lambda cell: cell.update(source="Other prose."))
    edit(bench, "reads-table", "c5", lambda cell: cell["metadata"].update(tags=["show-input"]))
    [fresh] = run(bench)
    assert fresh.why == "fresh"
    assert fresh.path.read_bytes() == bench.run(into=bench.root / "again")[0].path.read_bytes()
    assert "Other prose." in fresh.path.read_text(encoding="utf-8")


def test_changed_code_cell_runs(bench: Bench) -> None:
    """Another line of code is another section."""
    bench.put("prints-period")
    run(bench)
    edit(bench, "prints-period", "c4", lambda cell: cell.update(source="print(period, 1)"))
    assert why(bench) == ["run, because its code changed"]


def test_other_parameters_are_another_report(bench: Bench) -> None:
    """Results of one period do not answer for another, and both are kept."""
    bench.put("prints-period")
    run(bench)
    other = run(bench, parameters={"period": "2021H1"})
    assert (other[0].why, bench.printed(other[0])) == (FIRST, "2021H1\n")
    assert why(bench) == ["fresh"]


def test_what_was_not_there_counts(bench: Bench) -> None:
    """A section that asked for a previous period or listed a folder runs when these appear or go."""
    bench.put("looks-around")
    table(bench)
    (bench.root / "data" / "2020H1").mkdir()
    run(bench)
    previous = table(bench, "earlier", period="2020H1")
    assert why(bench) == ["run, because data/2020H1/tables/cases.csv is new"]
    previous.unlink()
    assert why(bench) == ["fresh"]
    table(bench, name="another")
    assert why(bench) == ["run, because tables/another.csv is new"]


def test_module_beside_the_notebooks_counts(bench: Bench) -> None:
    """Code that a notebook imports from the workspace belongs to it; a scratch notebook beside it does not."""
    bench.put("imports-helper")
    helper = bench.root / "notebooks" / "helper.py"
    helper.write_text("def word(period): return period + '!'\n")
    run(bench)
    shutil.copy(bench.root / "notebooks" / "01-imports-helper.ipynb", bench.root / "notebooks" / "scratch.ipynb")
    assert why(bench) == ["fresh"]
    helper.write_text("def word(period): return period + '?'\n")
    assert why(bench) == ["run, because notebooks/helper.py changed"]


@pytest.mark.parametrize("cold", [False, True])
def test_module_saved_again_in_the_same_second_is_read_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, cold: bool
) -> None:
    """A module beside the notebooks that was saved twice in a second, at one length, shows what was saved last."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    bench.put("imports-helper")
    helper = bench.root / "notebooks" / "helper.py"
    for word in ("one", "two"):
        helper.write_text(f"def word(period): return '{word}'\n")
        os.utime(helper, (1, 1))
        [ran] = run(bench, cold=cold)
        assert bench.printed(ran) == f"{word}\n"
    assert not (helper.parent / "__pycache__").exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [("starts-program", "it starts other programs"), ("writes-file", "it writes notebooks/written.txt")],
)
def test_what_cannot_be_vouched_for_runs_each_time(bench: Bench, name: str, reason: str) -> None:
    """A section whose result depends on what the record does not see, or that does more than show, is not cached."""
    bench.put(name)
    assert why(bench) == [FIRST]
    assert why(bench) == [f"run, because {reason}"]


def test_section_that_failed_runs_again(bench: Bench) -> None:
    """A failure is not a result."""
    bench.put("fails-in-function")
    run(bench)
    [again] = run(bench)
    assert again.why == FIRST and again.error is not None


def test_file_changed_during_the_run_is_not_trusted(bench: Bench, marks: Path) -> None:
    """What changed between the section's look and the end of its run may differ from what it saw."""
    (marks / "moving").write_text("x")
    bench.put("changes-what-it-read")
    run(bench)
    assert why(bench) == [FIRST]


def test_environment_counts(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Package versions, this package's code and settings of the environment are part of every result."""
    bench.put("prints-period")
    run(bench)
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1")
        assert why(bench) == ["run, because the environment changed (SOURCE_DATE_EPOCH)"]
    with monkeypatch.context() as patch:
        patch.setattr(stale, "distributions", lambda: ("pandas-1.0",))
        assert why(bench)[0].startswith("run, because installed packages changed (")
    with monkeypatch.context() as patch:
        patch.setattr(stale, "package_digest", lambda: "another")
        assert why(bench) == ["run, because pipeline's own code changed"]
    assert why(bench) == ["fresh"]


def test_changed_package_is_noticed(bench: Bench, tmp_path: Path) -> None:
    """After an edit in pipeline/ the section runs with the new code, also in a process that has loaded the old one."""
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    bench.put("prints-period")
    edit(bench, "prints-period", "c4", lambda cell: cell.update(source="import pipeline.period as p\nprint(p.WORD)"))
    script = f"""
        from pathlib import Path; from pipeline.execute import run_sections; from pipeline.workspace import Workspace
        here, file = Workspace.at({str(bench.root)!r}), Path({str(tmp_path)!r}, "pipeline", "period.py")
        def run():
            [ran] = run_sections(here.sections, parameters={{}}, workspace=here, into=here.root / "out")
            print(ran.why); print("WORD", [line for line in ran.path.read_text().splitlines() if "said " in line])
        text = file.read_text()
        for word in ("said one", "said two"):
            file.write_text(text + f"\\nWORD = {{word!r}}\\n"); run(); run()
    """
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", textwrap.dedent(script)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    assert [line for line in told.splitlines() if not line.startswith("WORD")] == [
        FIRST,
        "fresh",
        "run, because pipeline's own code changed",
        "fresh",
    ]
    assert told.count("said one") == told.count("said two") == 2


def test_preparation_tells_what_will_run(bench: Bench) -> None:
    """What would run can be asked beforehand, and the warm process is there afterwards."""
    table(bench)
    bench.put("reads-table", "prints-period")
    workspace = Workspace.at(bench.root)
    run(bench)
    table(bench, "月,件\n")
    warm.stop()
    asked = {"parameters": {"period": "2020H2"}, "workspace": workspace}
    told = prepare(workspace.sections[1:], **asked)
    assert {name: look.why for name, look in told.items()} == {"prints-period": "fresh"}
    assert warm.current() is None
    told = prepare(workspace.sections, **asked)
    assert {name: look.why for name, look in told.items()} == {
        "reads-table": "run, because tables/cases.csv changed",
        "prints-period": "fresh",
    }
    assert (warm.current() is None) == (sys.platform != "linux")


def test_prose_of_another_section_does_not_count(bench: Bench) -> None:
    """Who asks the workspace for its sections and periods depends on titles and names, not on what stands beneath."""
    bench.put("asks-for-section", "prints-period")
    run(bench)
    edit(bench, "prints-period", "m3", lambda cell: cell.update(source="Other prose."))
    edit(bench, "asks-for-section", "c3", lambda cell: cell["metadata"].update(tags=["show-input"]))
    (bench.root / "notebooks" / "scratch.ipynb").write_text("{}")
    (bench.root / "data" / "notes.txt").write_text("")
    assert why(bench) == ["fresh", "fresh"]
    edit(bench, "prints-period", "m1", lambda cell: cell.update(source="# Another title"))
    assert why(bench) == ["run, because notebooks/02-prints-period.ipynb changed"] * 2
    (bench.root / "data" / "2021H2").mkdir()
    assert why(bench) == ["run, because there are other files in data/"] * 2


@pytest.mark.parametrize("xlsx", [False, True], ids=["csv", "xlsx"])
@pytest.mark.parametrize("cold", [False, True], ids=["warm", "cold"])
def test_only_sections_that_asked_for_a_changed_ledger_run(bench: Bench, xlsx: bool, cold: bool) -> None:
    """A ledger asked for through the package counts by its own cells, be it a file or one sheet of a workbook."""
    bench.ledgers({"list_reviews": "one", "officers": "one"}, xlsx=xlsx)
    bench.put("asks-for-reviews", "asks-for-officers", "prints-period")
    run(bench, cold=cold)
    bench.ledgers({"list_reviews": "one", "officers": "two"}, xlsx=xlsx)
    ran = run(bench, cold=cold)
    assert [one.why for one in ran] == ["fresh", "run, because officers changed", "fresh"]
    assert "two" in bench.printed(ran[1])
    bench.ledgers({"list_reviews": "one", "officers": "one"}, xlsx=xlsx)
    assert why(bench) == ["fresh"] * 3


def test_ledger_that_comes_and_goes_counts(bench: Bench) -> None:
    """A ledger asked for that is not there is one thing, one that is there and empty another, and its place a third."""
    bench.put("asks-for-officers")
    (bench.root / "data" / "2020H2").mkdir()
    run(bench)
    bench.ledgers({"officers": "one"})
    assert why(bench) != ["fresh"]
    as_workbook(bench.root / "data" / "2020H2")
    [ran] = run(bench)
    assert ran.why != "fresh" and "tables.xlsx#officers" in bench.printed(ran)


@pytest.mark.parametrize("xlsx", [False, True], ids=["csv", "xlsx"])
def test_rules_that_come_change_and_go_count(bench: Bench, xlsx: bool) -> None:
    """Declared rules (勾稽) say what is a total of a ledger: who asked for it runs when they come, change or go."""
    bench.put("asks-for-officers")
    bench.ledgers({"officers": "one"}, xlsx=xlsx)
    run(bench)
    for rules in ({"checks": "one"}, {"checks": "two"}):
        bench.ledgers({"officers": "one", **rules}, xlsx=xlsx)
        [reason] = why(bench)
        assert reason.startswith("run, because ") and "checks" in reason
    (bench.root / "data" / "2020H2" / "tables" / "checks.csv").unlink(missing_ok=True)
    bench.ledgers({"officers": "one"}, xlsx=xlsx)
    assert why(bench) == ["fresh"]


@pytest.mark.parametrize("xlsx", [False, True], ids=["csv", "xlsx"])
def test_closing_block_counts_the_ledgers_that_it_may_tell(bench: Bench, xlsx: bool) -> None:
    """What closes a chapter reads the ledgers of chapters and measures, and no other: these alone run it again."""
    bench.put("closes-with-rest")
    bench.ledgers({"indicators": "one", "officers": "one"}, xlsx=xlsx)
    run(bench)
    bench.ledgers({"indicators": "one", "officers": "two"}, xlsx=xlsx)
    assert why(bench) == ["fresh"]
    bench.ledgers({"indicators": "two", "officers": "two"}, xlsx=xlsx)
    assert why(bench) == ["run, because indicators changed"]


def test_prose_counts_for_the_section_that_asked_for_it(bench: Bench) -> None:
    """Changed prose runs the section that shows it and no other."""
    prose = bench.root / "data" / "2020H2" / "prose" / "asks-for-prose-overview.md"
    prose.parent.mkdir(parents=True)
    prose.write_text("one", encoding="utf-8")
    bench.put("asks-for-prose", "prints-period")
    run(bench)
    prose.write_text("two", encoding="utf-8")
    ran = run(bench)
    assert [one.why for one in ran] == ["run, because prose/asks-for-prose-overview.md changed", "fresh"]


def test_ledger_opened_otherwise_makes_all_ledgers_count(bench: Bench) -> None:
    """Who opens a file of data by other means than the package runs again when anything there changes."""
    table(bench)
    bench.ledgers({"officers": "one"})
    bench.put("reads-table", "asks-for-officers")
    run(bench)
    table(bench, "?", name="another", period="2019H1")
    assert why(bench) == ["run, because there are other files in data/"] * 2
    table(bench, "!", name="another", period="2019H1")
    assert why(bench) == ["run, because data/2019H1/tables/another.csv changed", "fresh"]


def test_size_of_a_ledger_that_nobody_opened_counts(bench: Bench) -> None:
    """Asking after a file without opening it tells nobody which: all that is there counts."""
    table(bench, "one")
    bench.put("measures-file")
    run(bench)
    table(bench, "three")
    assert why(bench) == ["run, because tables/cases.csv changed"]


def test_module_that_looks_around_makes_all_ledgers_count(bench: Bench) -> None:
    """A module beside the notebooks that asks after files without opening them counts like a cell that does."""
    table(bench, "one")
    helper = bench.root / "notebooks" / "helper.py"
    text = "import os\ndef word(period): return str(os.path.getsize(f'../data/{period}/tables/cases.csv'))\n"
    helper.write_text(text)
    bench.put("imports-helper")
    run(bench)
    table(bench, "three")
    [ran] = run(bench)
    assert ran.why != "fresh" and "5\n" in bench.printed(ran)


def test_file_outside_the_workspace_counts_by_content(bench: Bench, marks: Path) -> None:
    """What a section opens elsewhere is looked at again before its result is used."""
    (marks / "elsewhere").write_text("one")
    bench.put("reads-elsewhere")
    run(bench)
    assert why(bench) == ["fresh"]
    (marks / "elsewhere").write_text("two")
    [ran] = run(bench)
    assert ran.why == f"run, because {marks / 'elsewhere'} changed" and bench.printed(ran) == "two\n"


def test_other_files_of_the_half_year_count_for_all(bench: Bench) -> None:
    """A file beside the ledgers of the half-year or of one it is compared with counts by content, litter does not."""
    bench.put("prints-period")
    for period in ("2020H2", "2020H1"):
        (bench.root / "data" / period).mkdir()
    run(bench)
    for period in ("2020H2", "2020H1"):
        picture = bench.root / "data" / period / "map.svg"
        for text in ("one", "two"):
            picture.write_text(text)
            assert why(bench) != ["fresh"]
        (picture.parent / "~$tables.xlsx").write_text("")
        (picture.parent / ".ipynb_checkpoints").mkdir()
        assert why(bench) == ["fresh"]


@pytest.mark.parametrize("name", ["PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "HALFYEAR_LANG"])
def test_settings_that_change_no_result_do_not_count(bench: Bench, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """How Python keeps its byte code or its output back, and which language messages have, is nothing to a result."""
    monkeypatch.delenv(name, raising=False)
    bench.put("prints-period")
    run(bench)
    monkeypatch.setenv(name, "zh")
    assert why(bench) == ["fresh"]
