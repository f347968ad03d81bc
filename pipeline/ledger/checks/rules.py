"""勾稽: the sums that the ledger ``checks`` declares, held against every row, or over rows. None is built in."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np

from ...findings import nearest_of
from ..columns import Ledger
from ..records import Records
from ..roles import Role
from .opened_period import OpenedPeriod
from .row_rules import RowRule, apart, mixed_units, places_of, unknown_names
from .stated_rows import exact_amounts, half_place

_WIDE = str.maketrans("＝＋－−", "=+--")
_TERM = re.compile(r"([+-]?)([^=+\-]+)")
_SEVERITY = {"错误": "error", "警告": "warning"}
MOST = 200  # different faults of one rule told one by one


class Rule(NamedTuple):
    """``left`` and ``right``: (sign, field) of each term."""

    name: str
    text: str
    severity: str
    left: tuple[tuple[int, str], ...]
    right: tuple[tuple[int, str], ...]
    most: float = 0.0


def declared(opened: OpenedPeriod) -> None:
    """Report every row in which a declared sum does not hold, with the difference."""
    ledgers = opened.places.ledgers
    for checks, rule_field in opened.having(Role.RULE):
        names = (*checks.ledger.fields(Role.TABLE, Role.ITEM)[:2], rule_field, checks.ledger.field(Role.SEVERITY))
        texts = [checks.coded(name).spread() for name in names]
        for position, (table, name, text, severity) in enumerate(zip(*texts, strict=True)):
            records = opened.records.get(table)
            if records is not None and len(records) and _over_rows(checks, position, records, name, text, severity):
                continue
            rule = (
                _parsed(checks, position, ledgers[table], name, text, severity) if table in ledgers and text else None
            )
            if rule and records is not None and len(records):
                _hold(records, rule)


def _over_rows(checks: Records, position: int, records: Records, name: str, text: str, severity: str) -> bool:
    """Hold a rule whose names are those of rows, or that multiplies and divides; whether it is one."""
    plain, _ = RowRule.without_tolerance(text)
    rule, headings = RowRule.parse(text), {column.heading for column in records.ledger.figures}
    if rule is None or not rule.names or (set(rule.names) <= headings and not rule.divides and sides(plain)):
        return False
    missing = unknown_names(records, rule)
    if set(missing) == set(rule.names) or (missing and set(rule.names) - set(missing) <= headings):
        return False  # it is about columns, one of which is misspelt
    for each in missing:
        known = (*headings, *dict.fromkeys(str(text) for text in records.coded(records.ledger.about).values if text))
        params = {"table": records.ledger.sheet, "nearest": nearest_of(each, list(known)), "allowed": known[:20]}
        checks.report("rule-row", [position], checks.ledger.field(Role.RULE), each, **params)
    for there in () if missing else places_of(records, rule):
        row, units = there[rule.names[0]], mixed_units(rule, there)
        if rule.result:
            records.declared.add((there[rule.result].column, there[rule.result].position))
        difference = None if units else apart(rule, there)
        told: dict[str, Any] = {"severity": _SEVERITY.get(severity, "warning"), "name": name, "rule": text}
        if units:
            row.report("rule-units", **told, units=tuple(units))
        elif difference:
            row.report("rule-difference", **told, left=difference[0], right=difference[1], difference=difference[2])
    return True


def _parsed(checks: Records, position: int, ledger: Ledger, name: str, text: str, severity: str) -> Rule | None:
    plain, most = RowRule.without_tolerance(text)
    terms, said = sides(plain), checks.ledger.field(Role.RULE)
    if not terms:
        checks.report("rule-unreadable", [position], said, text)
        return None
    figures = {column.heading: column.field for column in ledger.figures}
    unknown = [heading for side in terms for _, heading in side if heading not in figures]
    for heading in unknown:
        near = nearest_of(heading, list(figures))
        params = {"table": ledger.sheet, "nearest": near, "allowed": tuple(figures)}
        checks.report("rule-column", [position], said, heading, **params)
    if unknown:
        return None
    left, right = (tuple((sign, figures[heading]) for sign, heading in side) for side in terms)
    return Rule(name, text, _SEVERITY.get(severity, "warning"), left, right, float(most))


def sides(rule: str) -> list[list[tuple[int, str]]]:
    """Both sides of ``a = b + c - d`` as (sign, heading) of their terms; nothing where it is not such a sum."""
    terms = [_terms(side) for side in rule.translate(_WIDE).replace("\u3000", " ").split("=")]
    return [side for side in terms if side] if len(terms) == 2 and all(terms) else []


def _terms(side: str) -> list[tuple[int, str]] | None:
    """(sign, heading) of ``a + b - c``; None where it is not such a sum."""
    side = side.strip()
    matches = list(_TERM.finditer(side))
    if not matches or "".join(match[0] for match in matches) != side:
        return None
    terms = [(-1 if match[1] == "-" else 1, match[2].strip()) for match in matches]
    return terms if all(heading for _, heading in terms) else None


def _hold(records: Records, rule: Rule) -> None:
    fields = [name for _, name in (*rule.left, *rule.right)]
    units = dict.fromkeys(q.unit for name in fields for q in records.figures(name).values if q and q.value is not None)
    if len(units) > 1:
        told = {"name": rule.name, "rule": rule.text, "units": tuple(units)}
        records.report("rule-units", np.arange(len(records)), fields[0], severity=rule.severity, **told)
        return
    left, right = (_sum(records, side) for side in (rule.left, rule.right))
    with np.errstate(invalid="ignore"):
        apart = np.abs(left - right) > 1e-9 * np.maximum(1, np.abs(left)) + rule.most + _rounded(records, fields)
        allowed = np.flatnonzero((np.abs(left - right) > 0) & ~apart).tolist()
    wholes = [side[0][1] for side in (rule.left, rule.right) if len(side) == 1]
    records.declared |= {(name, position) for name in wholes for position in allowed}
    found = np.flatnonzero(apart)
    if not len(found):
        return
    _, first, codes = np.unique(np.stack([left[found], right[found]]), axis=1, return_index=True, return_inverse=True)
    for code in range(min(len(first), MOST)):
        rows = found[codes == code]
        _report(records, rule, rows, left[rows[0]], right[rows[0]])
    if len(first) > MOST:
        rows = found[codes >= MOST]
        records.report(
            "rule-differences", rows, rule.left[0][1], severity=rule.severity, name=rule.name, rule=rule.text
        )


def _report(records: Records, rule: Rule, rows: np.ndarray, left: float, right: float) -> None:
    records.report(
        "rule-difference",
        rows,
        rule.left[0][1],
        severity=rule.severity,
        name=rule.name,
        rule=rule.text,
        left=f"{left:.15g}",
        right=f"{right:.15g}",
        difference=f"{left - right:+.15g}",
    )


def _sum(records: Records, side: tuple[tuple[int, str], ...]) -> np.ndarray:
    """The signed sum of the terms row by row; not a number where one of them is not stated exactly."""
    total = np.zeros(len(records))
    for sign, name in side:
        total += sign * exact_amounts(records, name)
    return total


def _rounded(records: Records, fields: list[str]) -> np.ndarray:
    """By how much rounding may set the sides apart row by row: counts are exact unless they are stated in 万."""
    slack = np.zeros(len(records))
    for name in fields:
        figures, counts = records.figures(name), records.ledger.column(name).counts
        halves = [
            float(half_place(q)) if q and q.value is not None and (q.scale or not counts) else 0.0
            for q in figures.values
        ]
        slack += np.array(halves, float)[figures.codes]
    return slack


CHECKS = (declared,)
