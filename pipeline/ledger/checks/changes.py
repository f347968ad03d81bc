"""Changes as offices state them: a sign against the word that says which way it went."""

from __future__ import annotations

import re

from ..distinct import combined
from ..roles import Role
from .opened_period import OpenedPeriod

# What a measure is called whose figure may be below zero: a change, not a count.
CHANGE = re.compile(r"同比|环比|增|减|升|降|变化|变动|差额|涨|跌|净|较上|比上|比去")
_FALL = re.compile(r"(?:下降|减少|降低|降幅|减幅|缩短|压减|压缩|跌幅)(?:率|幅度|数|量|额)?$")


def signs(opened: OpenedPeriod) -> None:
    """Report a fall that is stated with a minus, or with a word for a rise."""
    for records, measure in opened.having(Role.MEASURE):
        for column in records.ledger.figures:
            pairs = combined([records.coded(measure), records.figures(column.field)])
            for code, (name, quantity) in enumerate(pairs.values):
                stated = quantity is not None and quantity.value is not None
                risen = stated and bool(quantity.said) and quantity.value > 0
                fallen = stated and not quantity.said and quantity.value < 0
                if _FALL.search(name) and (risen or fallen):
                    where = pairs.positions(code)
                    records.report("sign-against-word", where, column.field, str(quantity), measure=name)


CHECKS = (signs,)
