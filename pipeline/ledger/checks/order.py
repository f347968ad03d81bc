"""Dates in the order of a process: 受理 before 办结, and the steps of one thing one after another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ...facts.when import When
from ..columns import DATE
from ..distinct import combined
from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod

_BEGINS = re.compile(r"申请|受理|收案|收件|收文|收到|立案|登记|交办|开始|启动|起始|发现|签订|制定")
_ENDS = re.compile(r"办结|结案|审结|答复|反馈|完成|结束|终止|截止|送达|销号|到期|整改")
_STEPS = re.compile(r"环节|步骤|程序|流程|节点")
_FEW = 3  # steps: of two no one can say which stands wrong


@dataclass
class Step:
    """One step: its name, and the rows and days it has."""

    name: str
    positions: list[int] = field(default_factory=list)
    days: list[When] = field(default_factory=list)

    @property
    def first(self) -> date:
        """The first day it can have begun."""
        return min(when.first for when in self.days if when.first)

    @property
    def last(self) -> date:
        """The last day it can have ended."""
        return max(when.last for when in self.days if when.last)


def backwards(opened: OpenedPeriod) -> None:
    """Report a row that ends before it began."""
    for records in opened.records.values():
        dated = [column for column in records.ledger.columns if column.kind == DATE and records.has(column.field)]
        for one in (column for column in dated if _BEGINS.search(column.heading)):
            for other in (column for column in dated if _ENDS.search(column.heading) and column is not one):
                pairs = combined([records.dates(one.field), records.dates(other.field)])
                for code, (begun, ended) in enumerate(pairs.values):
                    if begun and ended and ended.last < begun.first:
                        said = {"earlier": one.heading, "begun": str(begun)}
                        records.report("ends-before-begun", pairs.positions(code), other.field, str(ended), **said)


def steps(opened: OpenedPeriod) -> None:
    """Report the one step whose days are out of the order in which the steps stand; of an initiative, the one event."""
    for records, dated, named, few in _with_steps(opened):
        for listed in _steps(records, dated, named).values():
            wrong = [step for step in listed if _breaks(listed) and not _breaks([s for s in listed if s is not step])]
            if len(listed) >= few and wrong:
                step = wrong[-1]
                records.report("step-out-of-order", step.positions, dated, str(step.days[0]), step=step.name)


def _with_steps(opened: OpenedPeriod) -> Iterator[tuple[Records, str, str, int]]:
    """The ledgers with steps or events: the field of their days, that of their names, and how many make an order."""
    for records in opened.records.values():
        dated = [column.field for column in records.ledger.columns if column.kind == DATE]
        classes = records.ledger.fields(Role.CLASS, Role.ITEM)
        named = next((name for name in classes if _STEPS.search(records.ledger.column(name).heading)), "")
        if len(dated) == 1 and named:
            yield records, dated[0], named, _FEW
        elif len(dated) == 1 and classes and records.ledger.field(Role.INITIATIVE) and not records.ledger.figures:
            yield records, dated[0], classes[-1], _FEW + 1


def _steps(records: Records, dated: str, named: str) -> dict[str, list[Step]]:
    """The steps of each thing, in the order in which they first stand."""
    thing = records.ledger.field(Role.INITIATIVE) or records.ledger.about
    about = records.coded(thing).spread() if thing else [""] * len(records)
    found: dict[str, dict[str, Step]] = defaultdict(dict)
    for position, (name, when) in enumerate(
        zip(records.coded(named).spread(), records.dates(dated).spread(), strict=True)
    ):
        if when:
            step = found[about[position]].setdefault(name, Step(name))
            step.positions.append(position)
            step.days.append(when)
    return {thing: list(by_name.values()) for thing, by_name in found.items()}


def _breaks(steps: list[Step]) -> bool:
    return any(after.last < before.first for at, before in enumerate(steps) for after in steps[at + 1 :])


CHECKS = (backwards, steps)
