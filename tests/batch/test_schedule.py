"""In what order a batch's reports are made, and which wait for which; nothing is built here."""

from __future__ import annotations

import contextlib
import random
import shutil
from pathlib import Path

import pytest

from pipeline.batch import read_batch, schedule
from pipeline.batch.one_report import BUILT, CRASHED, DRAFT, REFUSED, Order, Outcome
from pipeline.batch.schedule import Plan, run
from tests.batch.offices import province, row

COUNTIES = {code: [row("一业一证", "办件量", "7")] for code in ("370101", "370102", "370201")}
OFFICES = ("370100", "370200", "370000")


def batch(folder: Path, periods: tuple[str, ...], *, there: tuple[str, ...] | None = None) -> Plan:
    """A plan of a province of two cities, with data of the periods (of ``there``, if that is said) in every workspace."""
    file = province(folder, COUNTIES)
    for data in folder.glob("37*/data"):
        (data / "2021H1").rename(data / "model")
        for period in there or periods:
            shutil.copytree(data / "model", data / period)
    file.write_text(f'periods = {list(periods)}\nunits = "units.csv"\nformats = ["html"]\n', encoding="utf-8")
    return Plan.of(read_batch(file))


def simulated(plan: Plan, monkeypatch: pytest.MonkeyPatch, chance: random.Random, ends: dict[str, str]):
    """Run a plan with workers that end in any order, each report as ``ends`` says (built, if it does not); the orders
    given, and which reports had ended before each."""
    given: dict[str, tuple[Order, set[str]]] = {}
    done: set[str] = set()

    def outcomes(client, next_order, *, retry, shared):
        running: list[str] = []
        while True:
            if len(running) < 4 and (new := next_order()):
                running.append(new[0])
                given[new[0]] = new[1], set(done)
            elif running:
                name = running.pop(chance.randrange(len(running)))
                done.add(name)
                state = ends.get(name, BUILT)
                yield name, Outcome(state, stands=state == BUILT)
            else:
                return

    monkeypatch.setattr(schedule, "engine", lambda *_: contextlib.nullcontext())
    monkeypatch.setattr(schedule, "outcomes", outcomes)
    run(plan, scheduler=None, workers=4, retry=0, fail_fast=False, tell=lambda *_: None)
    return given


PERIODS = {
    ("2021H1", "2020H2", "2020H1"): {"2021H1": {"2020H2", "2020H1"}, "2020H2": {"2020H1"}},
    ("2021Q2", "2021H1", "2021Q1", "2020Q2"): {"2021Q2": {"2021Q1", "2020Q2"}, "2021Q1": {"2020Q2"}},
    ("2021-02", "2021-01..02", "2021-01"): {"2021-02": {"2021-01"}},
    ("2021", "2020"): {"2021": {"2020"}},
}


@pytest.mark.parametrize("periods", PERIODS)
@pytest.mark.parametrize("seed", range(3))
def test_an_office_waits_for_the_periods_it_draws_on(tmp_path, monkeypatch, periods, seed):
    """However many workers end in whatever order, an upper report is begun when those below it and those of the office's own
    earlier periods that it is compared with or draws a line through have ended; reports of units that are compared with none of a roll-up do not wait."""
    plan = batch(tmp_path, periods)
    given = simulated(plan, monkeypatch, random.Random(seed), {})
    assert set(given) == {report.name for report in plan.batch.reports}
    for report in plan.batch.reports:
        before = given[report.name][1]
        assert {f"{unit.code} {report.period}" for unit in report.units} <= before
        compared = {f"{report.unit.code} {one}" for one in PERIODS[periods].get(str(report.period), ())}
        assert not report.units or compared <= before
        waits = plan.waits_for(report)
        assert len(waits) == len(report.units) + (len(compared) if report.units else 0)


def test_an_office_made_of_its_months_waits_for_them(tmp_path, monkeypatch):
    """Months that a half-year is made of (``from_months``) are rolled up before it; months beside it are nothing to it."""
    months = ("2021H1", "2021-01", "2021-02")
    for name, said in (("made", "from_months = true\n"), ("beside", "")):
        batch(tmp_path / name, months)
        with (tmp_path / name / "370100" / "data" / "2021H1" / "report.toml").open("a", encoding="utf-8") as settings:
            settings.write(said)
        plan = Plan.of(read_batch(tmp_path / name / "batch.toml"))
        upper = next(one for one in plan.batch.reports if one.name == "370100 2021H1")
        waits = {one for one in plan.waits_for(upper) if one.startswith("370100")}
        assert waits == ({"370100 2021-01", "370100 2021-02"} if said else set())


@pytest.mark.parametrize(("end", "is_told"), [(REFUSED, True), (CRASHED, True), (DRAFT, False), (BUILT, False)])
def test_a_later_period_is_made_whatever_becomes_of_the_earlier(tmp_path, monkeypatch, end, is_told):
    """Where the earlier report of an office could not be made, the later one is made all the same and told so, by its period."""
    plan = batch(tmp_path, ("2020H2", "2021H1"))
    given = simulated(plan, monkeypatch, random.Random(1), {"370100 2020H2": end})
    told = {name: [one.text("zh") for one in order.told] for name, (order, _) in given.items() if order.told}
    assert len(given) == 12
    assert list(told) == (["370100 2021H1"] if is_told else [])
    assert not is_told or "2020年下半年" in told["370100 2021H1"][0]


def test_a_period_that_an_office_has_no_data_of_is_not_waited_for(tmp_path, monkeypatch):
    """What is not in ``data/`` is compared with nothing: nobody waits for it, nothing is told of it."""
    plan = batch(tmp_path, ("2020H2", "2021H1"), there=("2021H1",))
    given = simulated(plan, monkeypatch, random.Random(1), {})
    assert {name.split()[1] for name in given} == {"2021H1"}
    assert not any(order.told for order, _ in given.values())
    assert all(one.period.kind == "half" and not plan.earlier.get(one.name) for one in plan.batch.reports)
