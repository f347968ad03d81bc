"""Right tables of any layout pass, and a slip in one of their figures is told: what no written table promises."""

from pathlib import Path
from random import Random

import pytest
from random_tables import LAYOUTS, made, slip
from samples import REPORT
from slip_tables import write_notebook

from pipeline.ledger import TABLES, check
from pipeline.workspace import Workspace


def told(root: Path, rows, ledger: str = "indicators") -> list:
    """What ``check`` says of the rows as a half-year's indicators, or as another of its ledgers."""
    folder = root / "data" / "2021H1" / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    write_notebook(root / "notebooks" / "01-reform.ipynb", "改革创新")
    (folder.parent / "report.toml").write_text(REPORT, encoding="utf-8")
    names = {"板块": "改革创新", "口径": "当期", "截至": "2021-06"}
    if ledger == "indicators":
        rows = [names | dict(zip(("对象", "指标", "数值", "单位"), row, strict=True)) for row in rows]
    headings = TABLES[ledger].headings()
    text = "\n".join(",".join(row.get(heading, "") for heading in headings) for row in rows)
    (folder / f"{ledger}.csv").write_text(",".join(headings) + "\n" + text + "\n", encoding="utf-8-sig")
    return check(Workspace.at(root), "2021H1")


def tried(tmp_path: Path, seeds) -> tuple[int, list, list]:
    """How many tables were made, what was said of the right ones, and which slips were not told."""
    tables, warned, missed = 0, [], []
    for layout in LAYOUTS:
        for seed in seeds:
            random = Random(f"{layout.__name__} {seed}")
            rows, groups = made(layout, random)
            at = random.choice(random.choice(groups))
            slipped = [*rows]
            slipped[at] = (*rows[at][:2], slip(random, rows[at][2]), rows[at][3])
            right = told(tmp_path, rows)
            warned += [(layout.__name__, seed, finding.text()) for finding in right]
            known = {finding.text() for finding in right}
            beside = {place + 2 for group in groups if at in group for place in group}
            new = [each for each in told(tmp_path, slipped) if each.text() not in known]
            if not any(beside & set(each.place.rows) for each in new):
                missed.append((layout.__name__, seed, rows[at], slipped[at][2]))
            tables += 1
    return tables, warned, missed


def test_slips_in_random_tables_are_told(tmp_path):
    """Of tables made at random nine in ten slips are told, and one right table in fifty at most is remarked on."""
    tables, warned, missed = tried(tmp_path, range(4))
    assert len(missed) <= tables / 10, missed
    assert len(warned) <= tables / 50, warned


@pytest.mark.soak
def test_slips_in_many_random_tables_are_told(tmp_path):
    """The same of many more."""
    tables, warned, missed = tried(tmp_path, range(100, 130))
    assert len(missed) <= tables / 10, missed
    assert len(warned) <= tables / 50, warned


ROUND = "50 80 100 120 150 200 300 400 500 600 800 1000 1200 1500 2000".split()
UNRELATED = {
    "round": lambda random: random.choice(ROUND),
    "small": lambda random: str(random.randint(1, 60)),
    "of any size": lambda random: str(int(10 ** random.uniform(2, 5))),
}
ITEMS = "一窗受理 一业一证 跨省通办 告知承诺 容缺受理 帮办代办 邮寄送达 预约服务 延时服务 自助办理".split()
CAMPAIGNS = "宪法宣传 民法典宣传 安全生产咨询 消费者日 环保日 禁毒日 送法下乡 进企业 进社区 进校园".split()


@pytest.mark.parametrize("drawn", UNRELATED.values(), ids=UNRELATED)
def test_unrelated_figures_are_no_totals(drawn, tmp_path):
    """Figures that have nothing to do with each other, however round or vague, are taken for a sum in one table of ten at most."""
    random, said = Random(5), []
    for number in range(30):
        rows = [(name, "办件量", drawn(random), "件") for name in random.sample(ITEMS, random.randint(4, 10))]
        said += [finding.text() for finding in told(tmp_path / f"items{number}", rows)]
        visits = [
            {
                "月份": "2021-04",
                "活动": name,
                "接待群众": drawn(random),
                "发放宣传品": drawn(random) + random.choice(["", "余"]),
            }
            for name in random.sample(CAMPAIGNS, random.randint(4, 10))
        ]
        said += [finding.text() for finding in told(tmp_path / f"visits{number}", visits, "outreach")]
    assert len(said) <= 6, said


def test_a_number_of_cases_is_not_divided_into_another(tmp_path):
    """Cases received, accepted and closed make no formula of one by another, though 2 happens to be 40 by 20."""
    stated = {"一窗受理": (40, 20, 2), "一业一证": (45, 20, 21)}
    names = ("申请量", "受理量", "办结量")
    rows = [
        (item, name, str(of), "件") for item, figures in stated.items() for name, of in zip(names, figures, strict=True)
    ]
    assert "formula-apart" not in {finding.code for finding in told(tmp_path, rows)}
