"""Rows that say the same thing twice."""

from __future__ import annotations

import numpy as np

from ..columns import DATE
from ..distinct import Coded, combined
from ..records import Records
from .opened_period import OpenedPeriod


def duplicates(opened: OpenedPeriod) -> None:
    """Report rows with the same key, and texts that should be there once."""
    for records in opened.records.values():
        duplicates_in(records)


def duplicates_in(records: Records) -> None:
    """Report the same of one table."""
    if len(records) > 1:
        if records.ledger.key:
            _twice(records, records.ledger.key)
        for column in records.ledger.columns:
            if column.unique and records.ledger.key != (column.field,):  # that was told
                _twice(records, (column.field,))


def _twice(records: Records, fields: tuple[str, ...]) -> None:
    keys = combined([key_part(records, name) for name in fields])
    often = np.bincount(keys.codes, minlength=len(keys.values))
    headings = tuple(records.ledger.column(name).heading for name in fields)
    for code in np.flatnonzero(often > 1).tolist():
        words = [str(part) for part in keys.values[code] if part]
        if words:
            records.report("duplicate", keys.positions(code), fields[0], " · ".join(words), key=headings)


def key_part(records: Records, name: str) -> Coded:
    """A key's field; dates by what they mean, so that 2021-06 and 2021年6月 are one."""
    if records.ledger.column(name).kind != DATE:
        return records.coded(name)
    dates = records.dates(name)
    values = [when.value if when is not None else "" for when in dates.values]
    distinct = list(dict.fromkeys(values))
    number = {value: index for index, value in enumerate(distinct)}
    return Coded(np.array([number[value] for value in values], int)[dates.codes], distinct)


CHECKS = (duplicates,)
