"""Figures in the forms that offices use, each as it stands in the cell, as it is printed, and as it is worded."""

from __future__ import annotations

from random import Random

Form = tuple[str, str, str, str]  # cell, unit, as typed, as worded
# number, number format, as printed
SHOWN_IN_HAN = [
    (123, "[DBNum1][$-804]General", "123件"),
    (40, "[DBNum1]0", "40件"),
    (7, "[DBNum2][$-804]General", "7件"),
]
# now, before, unit, what is said of it
COMPARED = [
    ("3", "-5", "万元", "3万元，比上期增加8万元（上期-5万元）"),
    ("-2", "-5", "万元", "-2万元，比上期增加3万元（上期-5万元）"),
    ("-9", "-5", "万元", "-9万元，比上期减少4万元（上期-5万元）"),
    ("4", "0", "件", "4件，比上期增加4件（上期0件）"),
    ("0", "12", "件", "0件，环比下降100.0%（上期12件）"),
    ("12", "12", "件", "12件，与上期持平（上期12件）"),
    ("150", "120", "件", "150件，环比增长25.0%（上期120件）"),
    ("81", "79.9", "%", "81%，环比上升1.1个百分点（上期79.9%）"),
    ("第3位", "第5位", "", "第3位，比上期前移2位（上期第5位）"),
]
_HAN = "一二三四五六七八九"
_SIZES = ("%", "‰", "个百分点", "件", "天", "万元", "亿元")


def drawn(random: Random) -> list[Form]:
    """What the list of forms names, and many of each kind."""
    listed = [
        ("由64%上升到81%", "", "由64%上升到81%", "由64%上升到81%"),
        ("由3万次上升到5万次", "", "由3万次上升到5万次", "由3万次上升到5万次"),
        ("由第5位上升到第3位", "", "由第5位上升到第3位", "由第5位上升到第3位"),
        ("-24.76%", "", "-24.76%", "下降24.76%"),
        ("-4件", "", "-4件", "减少4件"),
        ("-0.35天", "", "-0.35天", "减少0.35天"),
        ("同比下降24.76%", "", "同比下降24.76%", "同比下降24.76%"),
        ("增长1.1个百分点", "", "增长1.1个百分点", "增长1.1个百分点"),
        ("持平", "%", "持平", "持平"),
        ("与上年同期持平", "", "与上年同期持平", "与上年同期持平"),
        ("没有", "件", "没有", "没有"),
        ("未产生", "件", "未产生", "未产生"),
        ("第一", "", "第一", "第一"),
        ("10余次", "", "10余次", "增加10余次"),
        ("3万余条", "", "3万余条", "增加3万余条"),
    ]
    kinds = [_change, _places, _signed, _han_place, _stated_change]
    return listed + [kind(random) for kind in kinds for _ in range(10)]


def _change(random: Random) -> Form:
    unit = random.choice(["%", "件", "万元", "天", "万次", "个"])
    low, high = sorted(random.sample(range(1, 900), 2))
    text = f"由{low}{unit}上升到{high}{unit}" if random.random() < 0.5 else f"由{high}{unit}下降到{low}{unit}"
    return text, "", text, text


def _places(random: Random) -> Form:
    better, worse = sorted(random.sample(range(1, 60), 2))
    up = random.random() < 0.5
    text = f"由第{worse}位上升到第{better}位" if up else f"由第{better}位下降到第{worse}位"
    return text, "", text, text


def _signed(random: Random) -> Form:
    unit, size = random.choice(_SIZES), f"{random.randint(1, 99999) / 100:.2f}"
    if random.random() < 0.5:
        word = "减少" if unit not in ("%", "‰", "个百分点") else "下降"
        return f"-{size}", unit, f"-{size}{unit}", f"{word}{size}{unit}"
    word = {"%": "增长", "‰": "增长", "个百分点": "上升"}.get(unit, "增加")
    return size, unit, f"{size}{unit}", f"{word}{size}{unit}"


def _han_place(random: Random) -> Form:
    number = random.choice(
        [*_HAN, "十", *(f"十{one}" for one in _HAN), *(f"{one}十{other}" for one in _HAN[1:] for other in _HAN)]
    )
    text = f"第{number}{random.choice(['', '位', '名'])}"
    return text, "", text, text


def _stated_change(random: Random) -> Form:
    lead, verb = (
        random.choice(["同比", "环比", "比上年同期", "较上月"]),
        random.choice(["上升", "下降", "增长", "减少"]),
    )
    text = f"{lead}{verb}{random.randint(1, 9999) / 100:.2f}%"
    return text, "", text, text
