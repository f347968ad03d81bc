"""What was published of a period, and how it was corrected, as ``release.json`` beside the published files says it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ReleaseError
from ..period import Period

RECORD, NOTICE = "release.json", "correction"  # correction-1.html


@dataclass(frozen=True)
class Notice:
    """A correction of a published edition (更正说明): its ``reason``, its files, and by the cells of each figure what it was."""

    period: Period
    number: int
    reason: str
    figures: int
    files: tuple[Path, ...]
    before: Mapping[str, str]

    @property
    def title(self) -> str:
        """What it is called."""
        return f"更正说明{self.number}"

    @property
    def address(self) -> str:
        """Where a page beside the folder of its period finds it."""
        return f"{self.period}/{NOTICE}-{self.number}.html"


def corrections(folder: Path) -> list[dict[str, Any]]:
    """The records of the corrections of the edition in ``folder``, the first one first."""
    if not (folder / RECORD).is_file():
        return []
    found: list[dict[str, Any]] = json.loads((folder / RECORD).read_text(encoding="utf-8")).get("corrections", [])
    return found


def notices(published: Path) -> dict[Period, tuple[Notice, ...]]:
    """The corrections of each period that is published in a folder.

    Raises:
        ReleaseError: nothing is published there.
    """
    folders = {Period.parse(path.parent.name): path.parent for path in published.glob(f"*/{RECORD}") if _is_named(path)}
    if not folders:
        raise ReleaseError("nothing-published", folder=published)
    return {
        period: tuple(_notice(period, folder, one) for one in corrections(folder)) for period, folder in folders.items()
    }


def _is_named(record: Path) -> bool:
    return Period.named(record.parent.name) is not None


def _notice(period: Period, folder: Path, record: Mapping[str, Any]) -> Notice:
    files = tuple(sorted(folder.glob(f"{NOTICE}-{record['number']}.*")))
    before = {str(cells): str(was) for cells, was, _ in record.get("changed", ())}
    return Notice(period, int(record["number"]), str(record["reason"]), int(record["figures"]), files, before)
