"""What figures of several units come to: sums, and why there are none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.batch import lineage, rollup
from pipeline.batch.lineage import LINEAGE, Record, signature
from pipeline.batch.stated_figures import Key, StatedFigure
from pipeline.batch.units_table import Unit
from pipeline.document.manifest import MANIFEST
from pipeline.errors import WorkspaceError
from pipeline.facts import Fact, Quantity, Sources
from pipeline.own_files import digest_of
from pipeline.period import Period
from pipeline.swap import replace_whole
from pipeline.workspace import Workspace

HALF = Period.parse("2021H1")
HANDLED = Key("指标", "改革创新", "", "一业一证", "办件量")


@pytest.fixture
def upper(tmp_path: Path) -> Workspace:
    """An upper office's workspace."""
    for name in ("notebooks", "data/2021H1"):
        (tmp_path / "370100" / name).mkdir(parents=True)
    return Workspace.at(tmp_path / "370100")


def unit(upper: Workspace, code: str, *, sent: bool = True) -> tuple[Unit, Path]:
    folder = upper.root.parent / code
    finished = folder / "outputs" / "2021H1"
    finished.mkdir(parents=True)
    if sent:
        (finished / MANIFEST).write_text("{}", encoding="utf-8")
    return Unit(code, f"示例{code}县", "370100", folder, 2), finished


def figure(of: Unit, text: str, *, key: Key = HANDLED, measured: str = "件", basis: str = "当期", as_of: str = "2021-06", **more: str):  # fmt: skip
    source = "tables/indicators.csv#row=5;col=数值"
    fact = Fact(Quantity.parse(text, unit=measured), Sources.cell("tables/indicators.csv", 5, "数值"))
    said = {"disclosure": "主动公开", **more}
    return StatedFigure(of, key, fact, basis, as_of, said["disclosure"], ("指标!E5",), source, said.get("gap", ""))


@pytest.fixture
def rolled_up(upper, monkeypatch):
    """Rolls up what units state, each by its code; the result, and the lines of the two ledgers."""

    def roll(stated: dict, units: list, **asked):
        monkeypatch.setattr(rollup, "stated_figures", lambda of, *_: stated.get(of.code, []))
        result = rollup.roll_up(upper, HALF, units, **asked)
        return result, *(lines(upper, name) for name in ("unit_totals", "unit_figures"))

    return roll


def lines(upper: Workspace, name: str) -> list[dict[str, str]]:
    file = upper.data(HALF) / "tables" / f"{name}.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_figures_of_one_thing_come_to_a_sum(upper, rolled_up):
    """The total says what it covers, each unit's figure stands beside it, and each leads to the unit's own cell."""
    units = [unit(upper, code) for code in ("1", "2", "3")]
    stated = {"1": [figure(units[0][0], "322")], "2": [figure(units[1][0], "1余", disclosure="依申请公开")]}
    result, (total,), figures = rolled_up(stated, units)
    assert (result.figures, result.units, result.totals, result.findings, result.changed) == (2, 3, 1, (), True)
    assert (total["台账"], total["对象"], total["合计"], total["限定词"], total["单位"]) == (
        "指标",
        "一业一证",
        "323余",
        "",
        "件",
    )
    assert (total["口径"], total["截至"], total["公开属性"]) == ("当期", "2021-06", "依申请公开")
    assert total["范围"] == "含2个单位，缺1个：示例3县"
    assert [(one["行政区划代码"], one["数值"], one["公开属性"]) for one in figures] == [
        ("1", "322", "主动公开"), ("2", "1余", "依申请公开"),
    ]  # fmt: skip
    record = Record.read(upper, HALF)
    told = (record.folder / LINEAGE).read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split(",")[:4] for line in told] == [
        ["unit_totals", "2", "合计", "1"], ["unit_totals", "2", "合计", "2"],
        ["unit_figures", "2", "数值", "1"], ["unit_figures", "3", "数值", "2"],
    ]  # fmt: skip
    assert not rolled_up(stated, units)[0].changed


def test_who_is_missing_is_told(upper, rolled_up):
    """A unit that sent nothing and one that is left out count as missing, in the total and in what is told."""
    units = [unit(upper, "1"), unit(upper, "2", sent=False), unit(upper, "3")]
    result, (total,), _ = rolled_up(
        {"1": [figure(units[0][0], "5")], "3": [figure(units[2][0], "6")]}, units, left_out=["3"]
    )
    (fault,) = result.findings
    assert (fault.code, fault.params["there"], fault.params["missing"]) == ("rollup-missing", 1, 2)
    assert (total["合计"], total["范围"]) == ("5", "含1个单位，缺2个：示例2县、示例3县")
    assert [one.signature != "" for one in Record.read(upper, HALF).units] == [True, False, False]


@pytest.mark.parametrize(
    ("other", "word"), [({"measured": "宗"}, "单位宗"), ({"basis": "累计"}, "口径累计"), ({"as_of": ""}, "截至空")]
)
def test_what_is_not_of_one_kind_is_not_summed(upper, rolled_up, other, word):
    """Another unit of measure, 口径 or date of another office: the total is blank, and who differs is named."""
    units = [unit(upper, code) for code in ("1", "2")]
    result, (total,), figures = rolled_up(
        {"1": [figure(units[0][0], "5")], "2": [figure(units[1][0], "6", **other)]}, units
    )
    assert (total["合计"], total["单位"], total["口径"], total["截至"]) == ("", "", "", "")
    assert "未合计" in total["范围"] and "示例2县（" in total["范围"] and word in total["范围"]
    assert [one.code for one in result.findings] == ["rollup-mixed"]
    assert [one["数值"] for one in figures] == ["5", "6"]


@pytest.mark.parametrize("field", ["basis", "as_of"])
def test_what_a_unit_itself_tells_apart_is_summed_apart(upper, rolled_up, field):
    """Where one unit states 当期 beside 累计, or two dates, each is a thing of its own; one total each."""
    units = [unit(upper, code) for code in ("1", "2")]
    both = [figure(units[0][0], "5"), figure(units[0][0], "50", **{field: "其他"})]
    result, totals, _ = rolled_up({"1": both, "2": [figure(units[1][0], "6")]}, units)
    assert [one["合计"] for one in totals] == ["11", "50"]
    assert result.findings == ()


def test_rates_are_not_summed(upper, rolled_up):
    """A rate has no total and says so; nothing is wrong about it."""
    units = [unit(upper, code) for code in ("1", "2")]
    stated = {one.code: [figure(one, "64%", measured="")] for one, _ in units}
    result, (total,), _ = rolled_up(stated, units)
    assert (total["合计"], total["范围"], result.findings) == ("/", "含2个单位；比率、位次和变化不求和", ())


def test_a_gap_below_is_said_above(upper, rolled_up):
    """A unit's own total that lacks some of its units says so in the total above."""
    units = [unit(upper, "1")]
    _, (total,), _ = rolled_up({"1": [figure(units[0][0], "5", gap="缺1个：示例村")]}, units)
    assert total["范围"] == "含1个单位；其中示例1县缺1个：示例村"


def test_nothing_stated_leaves_no_empty_ledger(upper, rolled_up):
    """An empty ledger would be one to fill in: where nothing is stated any more, both go."""
    units = [unit(upper, "1")]
    assert rolled_up({"1": [figure(units[0][0], "5")]}, units)[1]
    result, totals, figures = rolled_up({}, units)
    assert (result.totals, totals, figures, result.changed) == (0, [], [], True)


@pytest.mark.parametrize("name", ["unit_totals", "unit_figures"])
def test_a_ledger_that_somebody_keeps_is_not_written_over(upper, rolled_up, name):
    """One that was edited, or that a link stands for, is named and stays; so does the declaration of a ledger that was changed."""
    units = [unit(upper, "1")]
    stated = {"1": [figure(units[0][0], "5")]}
    rolled_up(stated, units)
    declared = upper.root / "ledgers" / f"{name}.toml"
    declared.write_text(declared.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    rolled_up(stated, units)
    assert declared.read_text(encoding="utf-8").endswith("# mine\n")
    file = upper.data(HALF) / "tables" / f"{name}.csv"
    text = file.read_bytes()
    file.rename(file.with_name("kept.txt"))
    file.symlink_to("kept.txt")
    with pytest.raises(WorkspaceError, match=name):
        rolled_up(stated, units)
    file.unlink()
    file.write_bytes(text + b"mine\n")
    with pytest.raises(WorkspaceError, match=name):
        rolled_up(stated, units)
    assert file.read_bytes() == text + b"mine\n"


@pytest.mark.parametrize("killed_at", range(8))
def test_a_roll_up_that_was_cut_short_is_known_to_be(upper, rolled_up, monkeypatch, killed_at):
    """At whatever file it ends, the record has the units' new reports, and what is to be told of them, only where all ledgers are
    those made from them; else the next batch would leave what was made from the earlier reports."""
    units = [unit(upper, code) for code in ("1", "2")]
    rolled_up({"1": [figure(units[0][0], "5")], "2": [figure(units[1][0], "6")]}, units)
    files = [upper.data(HALF) / "tables" / f"{name}.csv" for name in ("unit_totals", "unit_figures")]
    (units[0][1] / MANIFEST).write_text('{"built": "again"}', encoding="utf-8")
    stated = {"1": [figure(units[0][0], "50")], "2": [figure(units[1][0], "6", basis="累计")]}
    written = []

    def until_killed(file, text, put=replace_whole):
        if len(written) == killed_at:
            raise KeyboardInterrupt
        written.append(file)
        put(file, text)

    with monkeypatch.context() as killing:
        for module in (rollup, lineage):
            killing.setattr(module, "replace_whole", until_killed)
        try:
            rolled_up(stated, units)
        except KeyboardInterrupt:
            assert len(written) == killed_at
    record, texts = Record.read(upper, HALF), [file.read_bytes() for file in files]
    vouches = record.units[0].signature == signature(units[0][1])
    assert all(digest_of(file) in record.ledgers[file.name] for file in files)
    assert [one.code for one in record.told] == (["rollup-mixed"] if vouches else [])
    rolled_up(stated, units)
    assert Record.read(upper, HALF).told and (not vouches or texts == [file.read_bytes() for file in files])
