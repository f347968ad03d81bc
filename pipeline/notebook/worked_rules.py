"""Declared 勾稽 rules worked out in facts: what each side comes to, and the difference with all its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import ledger
from ..errors import FactError
from ..facts.frame_cells import as_dicts
from ..ledger.checks.row_rules import RowRule
from ..ledger.checks.rules import sides

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    import pandas

    from ..facts import Fact


def worked(rules: Sequence[pandas.DataFrame], rows: pandas.DataFrame, schema: ledger.Ledger) -> pandas.DataFrame:
    """One row a rule of the ledgers ``rules`` and a record in which all its figures are stated.

    Columns: ``name`` and ``rule`` as declared, ``about`` what the record is called, ``left`` and ``right`` the sides,
    ``difference`` left minus right: facts that lead to every cell they came from.

    Raises:
        FactError: a rule is not headings, +, - and one =. What is about rows is left to ``check``.
    """
    import pandas

    declared = (rule for some in rules for rule in _declared(some) if not _is_over_rows(rule[1], schema))
    records = [worked for rule in declared for worked in _over_rows(*rule, rows, schema)]
    return pandas.DataFrame(records, columns=["name", "rule", "about", "left", "right", "difference"], dtype=object)


def balance_note(checked: pandas.DataFrame) -> str:
    """What a note under a table says of ``Section.checks``: each record that differs and by how much, each rule that holds.

    Example:
        >>> say(balance_note(disclosure.checks("licences")))
        受理与办理结果（受理数量 = 许可数量 + 不予许可数量）核对一致
    """
    unequal = [one for one in as_dicts(checked) if one["difference"]]
    differing = [f"{one['about']}{one['name']}（{one['rule']}）差{abs(one['difference'])}" for one in unequal]
    broken = {one["rule"] for one in unequal}
    agreed = (f"{one.name}（{one.rule}）核对一致" for one in checked.itertuples() if one.rule not in broken)
    return "；".join([*differing, *dict.fromkeys(agreed)])


def _declared(rules: pandas.DataFrame) -> Iterator[tuple[str, str]]:
    """Name and text of each rule."""
    name, text = (ledger.fields_of(rules, role)[0] for role in (ledger.Role.ITEM, ledger.Role.RULE))
    return zip(rules[name], rules[text], strict=True)


def _is_over_rows(rule: str, schema: ledger.Ledger) -> bool:
    """Whether the rule is about rows, or multiplies or divides: ``check`` holds it, no record is a line of it."""
    parsed, headings = RowRule.parse(rule), {column.heading for column in schema.figures}
    return parsed is not None and (not sides(rule) or parsed.divides or not headings & set(parsed.names))


def _over_rows(name: str, rule: str, rows: pandas.DataFrame, schema: ledger.Ledger) -> Iterator[tuple[Any, ...]]:
    left, right = _sides(rule, schema)
    label = schema.columns[0].field
    for row in as_dicts(rows):
        if all(row[field].stated for _, field in (*left, *right)):
            sums = [_sum(side, row) for side in (left, right)]
            yield name, rule, row[label], *sums, sums[0] - sums[1]


def _sides(rule: str, schema: ledger.Ledger) -> list[list[tuple[int, str]]]:
    """Each side as (sign, field) of its terms."""
    fields = {column.heading: column.field for column in schema.figures}
    terms = sides(rule)
    if not terms or any(heading not in fields for side in terms for _, heading in side):
        raise FactError("rule-not-worked", value=rule, table=schema.stem, allowed=tuple(fields))
    return [[(sign, fields[heading]) for sign, heading in side] for side in terms]


def _sum(side: list[tuple[int, str]], row: Mapping[Hashable, Fact]) -> Fact:
    (sign, field), *rest = side
    total = row[field] if sign > 0 else -row[field]
    for sign, field in rest:
        total = total + row[field] if sign > 0 else total - row[field]
    return total
