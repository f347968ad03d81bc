"""Seven half-years of the example workspace, 2018H1 to 2021H1, their figures made up (示例) from a seed.

``python tests/seven_half_years.py FOLDER`` writes them there, to be looked at.
"""

from __future__ import annotations

import csv
import random
import re
import shutil
import sys
from pathlib import Path

from calling import copied_workspace

SEED = 20210630
PERIODS = (*(f"{year}H{half}" for year in (2018, 2019, 2020) for half in (1, 2)), "2021H1")
GAP, HEDGED = ("2019H2", "跨省通办"), ("2020H1", "一链办理")
KINDS = {"市场准入": 0.56, "社会事务": 0.21, "建设项目": 0.14, "卫生健康": 0.09}
_MONTHS = ("01", "02", "03", "04", "05", "06")


def seven_half_years(folder: Path) -> Path:
    """A workspace with seven half-years in its data, the same each time."""
    copied_workspace(folder)
    shutil.copytree(folder / "data" / "2021H1", folder / "sample")
    chance = random.Random(SEED)
    for step, period in enumerate(PERIODS):
        _half_year(folder / "sample", folder / "data" / period, period, 0.62 + 0.06 * step, chance)
    shutil.rmtree(folder / "sample")
    return folder


def _half_year(sample: Path, target: Path, period: str, size: float, chance: random.Random) -> None:
    """One half-year: dates moved, figures of ``size`` times the sample's, more or less."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(sample, target)
    for file in [*target.rglob("*.md"), target / "report.toml"]:
        file.write_text(_moved(file.read_text(encoding="utf-8"), period), encoding="utf-8")
    for file in sorted((target / "tables").glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        made = list(_ROWS.get(file.stem, _as_they_are)(rows, period, size, chance))
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, list(made[0]))
            writer.writeheader()
            writer.writerows({heading: _moved(text, period) for heading, text in row.items()} for row in made)


def _moved(text: str, period: str) -> str:
    """Dates of the sample's half-year in those of ``period``."""
    year, second = int(period[:4]), period.endswith("H2")
    later = {f"{month:02}": f"{month + 6 * second:02}" for month in range(1, 7)}
    text = re.sub(r"2021-(0[1-6])", lambda match: f"{year}-{later[match[1]]}", text)
    text = re.sub(r"-(0[1-6]|1[0-2])-31", lambda match: f"-{match[1]}-30", text)
    text = re.sub(r"2021年(\d)月", lambda match: f"{year}年{int(match[1]) + 6 * second}月", text)
    halves = ("下" if second else "上") + "半年"
    return text.replace("2021H1", period).replace("2021年上半年", f"{year}年{halves}")


def _unmoved(row):
    """A row that every half-year repeats, as a clerk marks it."""
    return {**row, "备注": row["备注"] or "示例；未变"} if "备注" in row else row


def _as_they_are(rows, period, size, chance):
    yield from map(_unmoved, rows)


def _indicators(rows, period, size, chance):
    """The handled matters grow; one is not stated once, another once as 余."""
    for row in rows:
        if row["指标"] != "办件量":
            yield _unmoved(row)
        elif (period, row["对象"]) != GAP:
            number = round(int(row["数值"]) * size * chance.uniform(0.92, 1.08))
            hedged = (period, row["对象"]) == HEDGED
            figure = {"数值": str(number // 10 * 10), "限定词": "余"} if hedged else {"数值": str(number)}
            yield {**row, **figure, "口径": "当期", "备注": "示例"}


def _outreach(rows, period, size, chance):
    """An activity a month, one month without figures."""
    for place, month in enumerate(_MONTHS):
        row = rows[place % len(rows)]
        figures = {
            "接待群众": f"{round(chance.uniform(8, 40) * size) * 10}余",
            "发放宣传品": f"{round(chance.uniform(40, 120)) * 10}余",
        }
        blank = dict.fromkeys(figures, "")
        yield {
            **row,
            "月份": f"2021-{month}",
            "活动": f"{row['活动']}之{'一二三四五六'[place]}",
            **(blank if place == 2 else figures),
            "备注": "示例；未变",  # round figures come to the same now and then
        }


def _licences(rows, period, size, chance):
    """Licences of the year before by 事项类别, the parts of a whole."""
    for kind, share in KINDS.items():
        accepted = round(30000 * size * share * chance.uniform(0.95, 1.05))
        refused = round(accepted * chance.uniform(0.01, 0.03))
        figures = {
            "受理数量": accepted,
            "许可数量": accepted - refused,
            "不予许可数量": refused,
            "撤销许可数量": round(refused / 9),
        }
        yield {
            **rows[0],
            "年度": str(int(period[:4]) - 1),
            "事项类别": kind,
            **{name: str(number) for name, number in figures.items()},
            "备注": "示例",
        }


_ROWS = {"indicators": _indicators, "outreach": _outreach, "licences": _licences}

if __name__ == "__main__":
    seven_half_years(Path(sys.argv[1]))
