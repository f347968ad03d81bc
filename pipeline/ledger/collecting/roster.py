"""Who fills in what: the departments of ``report.toml``, each with its sheets, or rows of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import WorkspaceError
from ...findings import Place, nearest_of
from ..columns import Ledger
from ..declared_ledgers import DeclaredLedgers

_CONDITION = re.compile(r"(.+?)[=＝](.+)")


@dataclass(frozen=True)
class Share:
    """A sheet, or those of its rows in which fields have certain values; ``written`` is how ``report.toml`` says it."""

    written: str
    stem: str
    where: Mapping[str, str]

    def holds(self, stem: str, values: Mapping[str, str]) -> bool:
        """Whether a row is of this share."""
        return stem == self.stem and all(values.get(name, "") == wanted for name, wanted in self.where.items())


def roster(said: Mapping[str, Any], ledgers: DeclaredLedgers, file: str) -> dict[str, list[Share]]:
    """Department → its shares, from ``[departments]`` in ``file``: ``"某科" = ["案件", "指标：对象=一业一证"]``.

    Raises:
        WorkspaceError: a share is written otherwise, or names a sheet or a column that does not exist.
    """
    return {name: [_share(text, ledgers, Place(file, key=f"departments.{name}")) for text in _texts(name, shares, file)] for name, shares in said.items()}  # fmt: skip


def sender_of(path: Path, departments: Sequence[str]) -> str:
    """The department whose name stands in the file's name; "" where none does."""
    return max((name for name in departments if name in path.stem), key=len, default="")


def _texts(name: str, shares: Any, file: str) -> list[str]:
    if isinstance(shares, list) and shares and all(isinstance(one, str) for one in shares):
        return shares
    raise WorkspaceError("roster-form", Place(file, key=f"departments.{name}"), value=str(shares))


def _share(text: str, ledgers: DeclaredLedgers, place: Place) -> Share:
    sheet, _, conditions = text.replace("：", ":").partition(":")
    stem = ledgers.stem_of(sheet.strip())
    if not stem:
        names = ledgers.sheets
        raise WorkspaceError("roster-sheet", place, value=sheet, allowed=names, nearest=nearest_of(sheet, names))
    where = {}
    for condition in filter(None, re.split("[,，]", conditions)):
        match = _CONDITION.fullmatch(condition.strip())
        if match is None:
            raise WorkspaceError("roster-form", place, value=text)
        where[_field(ledgers[stem], match[1].strip(), place)] = match[2].strip()
    return Share(text, stem, where)


def _field(ledger: Ledger, heading: str, place: Place) -> str:
    try:
        return ledger.column(heading).field
    except KeyError:
        names = ledger.headings()
        raise WorkspaceError(
            "roster-column", place, value=heading, sheet=ledger.sheet, allowed=names, nearest=nearest_of(heading, names)
        ) from None
