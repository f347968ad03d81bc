"""What an earlier build came to, for as long as nothing it was made of has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ..findings import Finding
from ..own_files import digest, digest_of, digests
from ..render.font_files import font_files
from .request import Built, Request

if TYPE_CHECKING:
    from ..execute import Look, Store

_FRESH = "fresh"
_T = TypeVar("_T")


@dataclass
class Kept:
    """The problems of the ledgers and the finished report of one request, where both still hold.

    ``damaged`` says which entries of the cache were found damaged; they count as none.
    """

    request: Request
    looks: Mapping[str, Look]

    def __post_init__(self) -> None:
        self.damaged: list[str] = []

    def look(self) -> None:
        """Take note of data and notebooks as they are now, before anything is made of them."""
        _ = self.inputs

    def holds(self) -> bool:
        """Whether data and notebooks are still what they were at the first look: else nothing made since may be kept."""
        return Kept(self.request, self.looks).inputs == self.inputs

    def problems(self) -> tuple[Finding, ...] | None:
        """The warnings about the ledgers, if they are what they were when these were found."""
        return self._recall("check", str(self.request.period), self._of_check, _findings)

    def keep_problems(self, problems: Iterable[Finding]) -> None:
        """Keep warnings about the ledgers; with errors among them there is nothing to keep."""
        found = [each.as_kept() for each in problems]
        self._store.write(self._group("check", str(self.request.period)), {"key": self._of_check}, found)

    def report(self) -> dict[str, Any] | None:
        """What :meth:`keep_report` kept, if the report would be made of the same and its files are as they were."""
        if not self.looks or any(look.why != _FRESH for look in self.looks.values()):
            return None
        kept = self._recall("report", str(self.request.target), self._of_report, _kept_report)
        return kept if kept and kept["outputs"] == digests(self.request.target) else None

    def keep_report(self, built: Built, looks: Mapping[str, Look]) -> None:
        """Keep what is to be said of a finished report, and the digests of its files.

        Args:
            looks: what the cache says of the sections now that they have run.
        """
        self.looks = looks
        self._store.write(
            self._group("report", str(self.request.target)),
            {"key": self._of_report},
            {
                "outputs": digests(built.folder),
                "numbers": built.numbers,
                "warnings": [each.as_kept() for each in built.warnings],
                "findings": [each.as_kept() for each in built.findings],
            },
        )

    def _recall(self, kind: str, what: str, key: str, parsed: Callable[[Any], _T]) -> _T | None:
        for path in self._store.entries(self._group(kind, what)):
            try:
                head, body = self._store.read(path)
                if head["key"] == key:
                    found = parsed(json.loads(body))
                    self._store.used(path)
                    return found
            except FileNotFoundError:
                continue
            except (LookupError, TypeError, ValueError, AttributeError, OSError):
                self.damaged.append(self._store.remove_damaged(path))
        return None

    @cached_property
    def _store(self) -> Store:
        from ..execute import store_of

        return store_of(self.request.workspace.root)

    def _group(self, kind: str, what: str) -> str:
        return f"{kind}-{_digest([str(self.request.workspace.root), what])[:16]}"

    @cached_property
    def inputs(self) -> dict[str, str]:
        """SHA-256 of all that is read, by its path in the workspace: the periods looked at, ledgers, all notebooks."""
        from .vouching import compared_with

        workspace, period = self.request.workspace, self.request.period
        folders = [workspace.data(one) for one in (period, *compared_with(workspace, period))]
        found = {section.path: digest_of(section.path) for section in workspace.sections}
        for folder in (*folders, workspace.root / "ledgers"):
            found |= {folder / name: there for name, there in digests(folder).items()}
        return {workspace.name_of(path): there for path, there in found.items()}

    @cached_property
    def _of_check(self) -> str:
        """What checking depends on: this installation, the files of the periods looked at, all notebooks."""
        from ..execute import circumstances

        return _digest([circumstances(), str(self.request.workspace.root), self.inputs])

    @property
    def _of_report(self) -> str:
        """What a report depends on besides: what is asked for, the results of sections, the fonts."""
        request = self.request
        asked = [request.formats, request.sections, request.edition, request.embed_fonts, request.all_parameters]
        results = {name: look.entry for name, look in self.looks.items()}
        return _digest([self._of_check, asked, results, font_files()])


def _findings(body: Any) -> tuple[Finding, ...]:
    found = tuple(map(Finding.of_kept, body))
    for each in found:
        each.text()  # so that what cannot be told shows itself now
    return found


def _kept_report(body: Any) -> dict[str, Any]:
    return {
        "outputs": dict(body["outputs"]),
        "numbers": {name: int(number) for name, number in body["numbers"].items()},
        "warnings": _findings(body["warnings"]),
        "findings": _findings(body["findings"]),
    }


def _digest(things: Any) -> str:
    return digest(json.dumps(things, sort_keys=True).encode())
