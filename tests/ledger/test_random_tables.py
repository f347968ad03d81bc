"""Right tables of any layout pass, and a slip in one of their figures is told: what no written table promises."""

from pathlib import Path
from random import Random

import pytest
from random_tables import LAYOUTS, made, slip
from samples import REPORT
from slip_tables import write_notebook

from pipeline.ledger import TABLES, check
from pipeline.workspace import Workspace

HEADINGS = TABLES["indicators"].headings()


def told(root: Path, rows) -> list:
    """What ``check`` says of the rows as a half-year's indicators."""
    folder = root / "data" / "2021H1" / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    write_notebook(root / "notebooks" / "01-reform.ipynb", "改革创新")
    (folder.parent / "report.toml").write_text(REPORT, encoding="utf-8")
    names = {"板块": "改革创新", "口径": "当期", "截至": "2021-06"}
    lines = [names | dict(zip(("对象", "指标", "数值", "单位"), row, strict=True)) for row in rows]
    text = "\n".join(",".join(line.get(heading, "") for heading in HEADINGS) for line in lines)
    (folder / "indicators.csv").write_text(",".join(HEADINGS) + "\n" + text + "\n", encoding="utf-8-sig")
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
