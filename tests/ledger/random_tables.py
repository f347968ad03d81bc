"""Right tables made at random in the layouts that offices use, and slips of the pen in a figure that goes with others.

A layout is a function of a random number generator that gives rows (对象, 指标, 数值, 单位) and which of them go together: each
group of row numbers is one sum, rate, average, change or the like. Every figure is made up (示例).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

Row = tuple[str, str, str, str]
Made = tuple[list[Row], list[list[int]]]  # the rows, and the groups that go together
Layout = Callable[[Random], Made]

TOWNS = "城东街道 临河街道 北园街道 柳桥镇 石门镇 白鹭镇 青山乡 河口镇".split()
WINDOWS = "社保窗口 税务窗口 医保窗口 公安窗口 公积金窗口 市监窗口".split()
KINDS = "咨询 求助 投诉 举报 建议 表扬".split()
PENALTIES = "警告 罚款 没收违法所得 责令停产 吊销许可".split()
MONTHS = [f"{month}月" for month in range(1, 7)]
BESIDE = [
    ("政务大厅", "窗口", "86", "个"), ("政务大厅", "工作人员", "214", "人"), ("自助设备", "投放", "129", "台"),
    ("业务培训", "场次", "12", "场"), ("业务培训", "参训", "433", "人次"), ("服务评价", "评分", "98.4", "分"),
]  # fmt: skip


def count(random: Random, least: int = 20, most: int = 9000) -> int:
    """A number of which small ones are as likely as large ones."""
    return int(least * (most / least) ** random.random())


def rate(part: int | Decimal, base: int | Decimal, decimals: int) -> str:
    """Per cent as printed."""
    return f"{round(Decimal(part) * 100 / Decimal(base), decimals):f}"


def some(random: Random, least: int = 3, most: int = 5) -> list[str]:
    """Some names of one kind."""
    return random.sample(random.choice([TOWNS, WINDOWS, KINDS, PENALTIES]), random.randint(least, most))


def _whole(rows: list[Row]) -> Made:
    return rows, [list(range(len(rows)))]


def total_below(random: Random) -> Made:
    """Parts and 合计."""
    values = {name: count(random) for name in some(random)}
    rows = [(name, "办件量", str(value), "件") for name, value in values.items()]
    return _whole([*rows, (random.choice(["合计", "总计"]), "办件量", str(sum(values.values())), "件")])


def wider_place_on_top(random: Random) -> Made:
    """全区 and its towns."""
    values = {name: count(random, 100) for name in random.sample(TOWNS, 4)}
    rows = [(name, "接件", str(value), "件") for name, value in values.items()]
    return _whole([("全区", "接件", str(sum(values.values())), "件"), *rows])


def whole_without_a_name(random: Random) -> Made:
    """A subject and its kinds."""
    values = {f"{name}类": count(random, 100) for name in random.sample(KINDS, 4)}
    rows = [(name, "受理量", str(value), "件") for name, value in values.items()]
    return _whole([("热线工单", "受理量", str(sum(values.values())), "件"), *rows])


def measures_of_one(random: Random) -> Made:
    """One subject whose measures add up."""
    values = {name: count(random) for name in random.sample(PENALTIES, 4)}
    rows = [("行政处罚", name, str(value), "件") for name, value in values.items()]
    return _whole([*rows, ("行政处罚", "合计", str(sum(values.values())), "件")])


def two_levels(random: Random) -> Made:
    """Two blocks with their 小计, and 总计."""
    rows: list[Row] = []
    groups, subtotals = [], []
    for block, names in (("市本级", random.sample(WINDOWS, 3)), ("各镇街", random.sample(TOWNS, 3))):
        values = [count(random) for _ in names]
        first = len(rows)
        rows += [(name, "办件", str(value), "件") for name, value in zip(names, values, strict=True)]
        rows.append((f"{block}小计", "办件", str(sum(values)), "件"))
        groups.append(list(range(first, len(rows))))
        subtotals.append(len(rows) - 1)
    rows.append(("总计", "办件", str(sum(int(rows[at][2]) for at in subtotals)), "件"))
    return rows, [*groups, [*subtotals, len(rows) - 1]]


def rates_by_thing(random: Random) -> Made:
    """What came, what was done and the rate of each, and of all."""
    base, part, name = random.choice(
        [
            ("受理", "办结", "办结率"),
            ("评价", "满意", "满意率"),
            ("应公示", "已公示", "公示率"),
            ("抽取", "合格", "合格率"),
        ]
    )
    decimals, rows, groups = random.choice([1, 2]), [], []
    pairs = {thing: (whole := count(random, 100), int(whole * random.uniform(0.5, 0.99))) for thing in some(random)}
    pairs["合计"] = (sum(whole for whole, _ in pairs.values()), sum(some for _, some in pairs.values()))
    for thing, (whole, done) in pairs.items():
        groups.append(list(range(len(rows), len(rows) + 3)))
        rows += [(thing, base, str(whole), "件"), (thing, part, str(done), "件")]
        rows.append((thing, name, rate(done, whole, decimals), "%"))
    return rows, [*groups, list(range(0, len(rows), 3)), list(range(1, len(rows), 3))]


def rates_on_their_side(random: Random) -> Made:
    """The same with the measures as subjects."""
    rows, groups = rates_by_thing(random)
    return [(measure, subject, figure, unit) for subject, measure, figure, unit in rows], groups


def rates_by_measure(random: Random) -> Made:
    """The same, all of one measure before all of the next."""
    rows, groups = rates_by_thing(random)
    order = sorted(range(len(rows)), key=lambda at: (at % 3, at))
    return [rows[at] for at in order], [[order.index(at) for at in group] for group in groups]


def counts_and_shares(random: Random) -> Made:
    """Counts with their shares of 合计."""
    values = {name: count(random, 100) for name in some(random)}
    whole, rows = sum(values.values()), []
    for name, value in values.items():
        rows += [(name, "数量", str(value), "件"), (name, "占比", rate(value, whole, 1), "%")]
    last = len(rows)
    rows.append(("合计", "数量", str(whole), "件"))
    return rows, [[at, at + 1, last] for at in range(0, last, 2)] + [[*range(0, last, 2), last]]


def changes_by_thing(random: Random) -> Made:
    """This time, last time, by how many more and by how much per cent."""
    rows, groups = [], []
    for thing in random.sample(["企业", "个体工商户", "农民专业合作社"], random.randint(2, 3)):
        now, then, first = count(random, 100), count(random, 100), len(rows)
        rows += [(thing, "本期", str(now), "户"), (thing, "上年同期", str(then), "户")]
        rows += [(thing, "增减", str(now - then), "户"), (thing, "同比增长", rate(now - then, then, 1), "%")]
        groups += [[first, first + 1, first + 2], [first, first + 1, first + 3]]
    return rows, groups


def averages_by_thing(random: Random) -> Made:
    """Matters, heads and matters a head."""
    rows, groups = [], []
    for thing in some(random):
        done, heads = count(random, 1000, 90_000), random.randint(3, 60)
        groups.append(list(range(len(rows), len(rows) + 3)))
        rows += [(thing, "办件量", str(done), "件"), (thing, "窗口人员", str(heads), "人")]
        rows.append((thing, "人均办件", f"{round(Decimal(done) / heads, 1):f}", "件"))
    return rows, groups


def pieces_at_a_price(random: Random) -> Made:
    """Pieces, price and money, and the money of all."""
    rows, groups, money = [], [], Decimal(0)
    for thing in random.sample(["宪法折页", "民法典手册", "海报", "环保袋"], 3):
        pieces, price = random.randint(100, 5000), Decimal(random.randint(30, 2000)) / 100
        groups.append(list(range(len(rows), len(rows) + 3)))
        rows += [(thing, "数量", str(pieces), "份"), (thing, "单价", f"{price:f}", "元")]
        rows.append((thing, "金额", f"{pieces * price:.2f}", "元"))
        money += pieces * price
    rows.append(("合计", "金额", f"{money:.2f}", "元"))
    return rows, [*groups, [*range(2, 9, 3), 9]]


def stocks_by_thing(random: Random) -> Made:
    """What there was, came, went and is left."""
    rows, groups = [], []
    for thing in random.sample(["行政复议", "行政应诉", "举报线索"], random.randint(1, 3)):
        before, came = count(random, 20, 400), count(random, 100, 3000)
        left = random.randint(5, before)
        names = random.choice([("上年结转", "新收", "办结", "期末未结"), ("期初", "本期新增", "本期办结", "期末")])
        groups.append(list(range(len(rows), len(rows) + 4)))
        amounts = (before, came, before + came - left, left)
        rows += [(thing, name, str(amount), "件") for name, amount in zip(names, amounts, strict=True)]
    return rows, groups


def months_and_half_year(random: Random) -> Made:
    """Six months and their sum."""
    values = [count(random, 100) for _ in MONTHS]
    rows = [(month, "来电", str(value), "件") for month, value in zip(MONTHS, values, strict=True)]
    return _whole([*rows, ("上半年", "来电", str(sum(values)), "件")])


def running_by_month(random: Random) -> Made:
    """Each month and what has come since January."""
    rows, groups, so_far = [], [], 0
    for month in MONTHS:
        value = count(random, 100, 900)
        so_far += value
        groups.append([at for at in (len(rows) - 1, len(rows), len(rows) + 1) if at >= 0])
        rows += [(month, "当月办件", str(value), "件"), (month, "累计办件", str(so_far), "件")]
    return rows, groups


def both_ways(random: Random) -> Made:
    """Things by kinds with sums to the right and below."""
    kinds, rows, groups = ["即办件", "承诺件", "上报件"], [], []
    table = {thing: [count(random) for _ in kinds] for thing in some(random)}
    table["合计"] = [sum(column) for column in zip(*table.values(), strict=True)]
    for thing, values in table.items():
        groups.append(list(range(len(rows), len(rows) + 4)))
        rows += [(thing, kind, str(value), "件") for kind, value in zip(kinds, values, strict=True)]
        rows.append((thing, "总量", str(sum(values)), "件"))
    return rows, groups + [list(range(at, len(rows), 4)) for at in range(4)]


def time_cut(random: Random) -> Made:
    """Legal and promised days, and by how much per cent they are fewer."""
    rows, groups = [], []
    for thing in random.sample(["开办企业", "施工许可", "不动产登记", "食品经营许可"], 3):
        legal = random.randint(10, 60)
        promised = random.randint(1, legal - 1)
        groups.append(list(range(len(rows), len(rows) + 3)))
        rows += [(thing, "法定时限", str(legal), "天"), (thing, "承诺时限", str(promised), "天")]
        rows.append((thing, "压缩比例", rate(legal - promised, legal, 1), "%"))
    return rows, groups


LAYOUTS: tuple[Layout, ...] = (
    total_below, wider_place_on_top, whole_without_a_name, measures_of_one, two_levels, rates_by_thing, rates_on_their_side,
    rates_by_measure, counts_and_shares, changes_by_thing, averages_by_thing, pieces_at_a_price, stocks_by_thing,
    months_and_half_year, running_by_month, both_ways, time_cut,
)  # fmt: skip


def made(layout: Layout, random: Random) -> Made:
    """A table of a layout, with one or two figures that have nothing to do with it below or above."""
    rows, groups = layout(random)
    beside = random.sample(BESIDE, random.choice([0, 1, 2]))
    if random.random() < 0.5:
        return [*rows, *beside], groups
    return [*beside, *rows], [[at + len(beside) for at in group] for group in groups]


def slip(random: Random, figure: str) -> str:
    """The figure with two digits exchanged, one too few, one twice, another one, or its point moved."""
    while True:
        kind, digits = random.choice(["exchange", "drop", "double", "point"]), list(figure.lstrip("-"))
        at = random.choice([place for place, letter in enumerate(digits) if letter.isdigit()])
        if kind == "exchange" and at + 1 < len(digits) and digits[at + 1].isdigit():
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
        elif kind == "drop" and len(digits) > 2:
            del digits[at]
        elif kind == "double":
            digits.insert(at, digits[at])
        elif kind == "point":
            digits = list(f"{Decimal(figure.lstrip('-')).scaleb(random.choice([-1, 1])):f}")
        typed = "".join(digits)
        is_figure = typed[0].isdigit() and typed[-1].isdigit() and (typed[0] != "0" or typed.startswith("0."))
        if is_figure and _is_far(Decimal(typed), Decimal(figure.lstrip("-"))):
            return f"-{typed}" if figure.startswith("-") else typed


def _is_far(typed: Decimal, meant: Decimal) -> bool:
    """Whether a slip is more than rounding hides."""
    return typed > 0 and abs(typed - meant) * 100 > meant
