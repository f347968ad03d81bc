"""What the page shows at this moment."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any


class Board:
    """The state of a preview; whoever shows it asks for what comes after the last state it has seen.

    Attributes:
        report: the last good report's HTML; before there is one, a draft's.
    """

    def __init__(self, period: str) -> None:
        self.report = b""
        self._state: dict[str, Any] = {
            "period": period,
            "report": "",  # digest of what ``report`` holds
            "building": None,  # what is going on, in words
            "after": [],  # the saved files that the last build answers to
            "errors": [],
            "built": None,  # the last build that came to its end
        }
        self._number = 0
        self._changed = asyncio.Condition()
        self._draft = True
        self._cells: dict[str, str] = {}
        self._builds = 0
        self._since: dict[str, int] = {}  # in which build something was first said

    async def after(self, number: int) -> tuple[int, dict[str, Any]]:
        """The state, as soon as it is another than state ``number``, and its own number."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._number > number)
            return self._number, self._state

    async def begin(self, files: list[str]) -> None:
        """A build begins because ``files`` were saved."""
        self._cells.clear()
        await self._show(building="", after=files)

    async def step(self, step: dict[str, Any]) -> None:
        """A stage or a section of the build goes on."""
        if step["kind"] == "stage":
            await self._show(building=step["name"])
            return
        self._cells[step["title"]] = f"{step['title']} {step['cell']}/{step['cells']}"
        if step["state"] in ("done", "failed"):
            del self._cells[step["title"]]
        await self._show(building="  ".join(self._cells.values()) or "execute")

    async def end(self, answer: dict[str, Any], seconds: float) -> None:
        """A build has ended; its report is shown unless a section failed and a good one is there."""
        self._builds += 1
        said = {one["text"]: self._since.get(one["text"], self._builds) for one in _said(answer)}
        self._since = said
        errors = self._newest_first(answer["errors"])
        if answer["kind"] == "failed":
            await self._show(building=None, errors=errors)
            return
        if not answer["errors"] or self._draft:
            self.report = Path(answer["report"]).read_bytes()
            self._draft = bool(answer["errors"])
        digest = hashlib.sha256(self.report).hexdigest()[:16]
        built = {"warnings": self._newest_first(answer["warnings"]), "seconds": seconds}
        built |= {key: answer[key] for key in ("sections", "stages")}
        await self._show(building=None, errors=errors, report=digest, built=built)

    def _newest_first(self, said: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What is said of one ledger together, what was not said before first; that is marked ``new`` from the second build on."""
        groups: dict[str, list[dict[str, Any]]] = {}
        for one in sorted(said, key=lambda one: -self._since[one["text"]]):
            groups.setdefault(one.get("group", ""), []).append(one)
        return [
            {**one, "new": self._since[one["text"]] == self._builds > 1} for group in groups.values() for one in group
        ]

    async def _show(self, **new: Any) -> None:
        async with self._changed:
            self._state = {**self._state, **new}
            self._number += 1
            self._changed.notify_all()


def _said(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [*answer["errors"], *answer.get("warnings", ())]
