"""A change that is stated beside what was and what is: held to both, in its own unit and direction."""

import pytest

SUITS = [("上年受理", "400", "件"), ("本年受理", "1000", "件")]
FEWER = [("上年受理", "1000", "件"), ("本年受理", "400", "件")]
RATES = [("上期满意率", "90.0%", ""), ("本期满意率", "95.0%", "")]
PLACES = [("上年排名", "第5", "位"), ("本年排名", "第3", "位")]

# what was and what is, the change as stated, what it should be where it is not that
CHANGES = [
    (SUITS, ("增加", "600", "件"), ""),
    (SUITS, ("增加", "610", "件"), "600件"),
    (SUITS, ("增长", "150%", ""), ""),
    (SUITS, ("增长", "250%", ""), "150%"),
    (SUITS, ("增长", "1.5", "倍"), ""),
    (SUITS, ("增长", "2.5", "倍"), "1.5倍"),
    (SUITS, ("是上年的", "2.5", "倍"), ""),
    (SUITS, ("是上年的", "1.5", "倍"), "2.5倍"),
    (FEWER, ("减少", "600", "件"), ""),
    (FEWER, ("减少", "400", "件"), "600件"),
    (FEWER, ("下降", "60%", ""), ""),
    (FEWER, ("下降", "40%", ""), "60%"),
    (RATES, ("满意率提高", "5.0", "个百分点"), ""),
    (RATES, ("满意率提高", "5.6", "个百分点"), "5个百分点"),
    (RATES, ("满意率提高", "5.6%", ""), ""),  # it may be a rate of a rate
    (PLACES, ("提升", "2", "位"), ""),
    (PLACES, ("提升", "3", "位"), "2位"),
]


@pytest.mark.parametrize(("levels", "change", "given"), CHANGES, ids=["".join(change) for _, change, _ in CHANGES])
def test_a_change_is_held_to_what_was_and_is(levels, change, given, sample):
    """Pieces, per cent, points, times as much and so many times more, places: what the two figures give is told."""
    rows = [{"对象": "政务大厅", "指标": name, "数值": value, "单位": unit} for name, value, unit in (*levels, change)]
    sample.put("indicators", rows)
    found = [each for each in sample.check() if each.code == "change-apart"]
    assert [(each.place.rows, each.params["given"]) for each in found] == ([((4,), given)] if given else [])
