"""The figures of units side by side, and what tells two of one name apart."""

import pandas
import pytest

from pipeline import told_apart

ALIKE = {
    "ledger": "指标",
    "chapter": "改革创新",
    "initiative": "",
    "subject": "受理",
    "measure": "数量",
    "unit": "件",
    "basis": "当期",
    "as_of": "2021-06",
}


@pytest.mark.parametrize(
    ("others", "called"),
    [
        ([{"subject": "许可"}], ["数量", "数量"]),
        ([{"basis": "本年累计"}], ["数量（当期）", "数量（本年累计）"]),
        ([{"initiative": "跨省通办"}], ["数量", "数量（跨省通办）"]),
        ([{"initiative": "跨省通办", "chapter": "公文"}], ["数量", "数量（跨省通办）"]),
        ([{"as_of": "2021-05", "unit": "个"}], ["数量（2021-06）", "数量（2021-05）"]),
        ([{"unit": "个"}], ["数量", "数量"]),
        ([{"chapter": "法治建设"}], ["数量（改革创新）", "数量（法治建设）"]),
        ([{"ledger": "行政许可"}], ["数量（指标）", "数量（行政许可）"]),
    ],
)
def test_behind_a_measure_stands_only_what_tells_it_apart(others, called):
    """Initiative, 口径 and date where they differ, chapter and ledger only where nothing else does, the unit never twice."""
    rows = pandas.DataFrame([ALIKE, *(ALIKE | other for other in others)])
    assert told_apart(rows)["measure"].tolist() == called
