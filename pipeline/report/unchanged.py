"""What an earlier build came to, for as long as nothing it was made of has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..findings import Finding
from ..own_files import digest, digest_of, digests
from ..render.font_files import font_files
from .request import Built, Request

if TYPE_CHECKING:
    from ..execute import Look, Store

_FRESH = "fresh"


class Kept:
    """The finished report of one request, for as long as all it was made of is as it was.

    ``looks`` say what the cache has of each section, ``now`` what the installation and its settings are; ``damaged`` says
    which entries of the cache were found damaged: they count as none.
    """

    def __init__(self, request: Request, looks: Mapping[str, Look], now: Mapping[str, Any]) -> None:
        self.request, self.looks, self.now = request, looks, now
        self.damaged: list[str] = []

    def holds(self) -> bool:
        """Whether data and notebooks are still what they were at the first look: else nothing made since may be kept."""
        return inputs_of(self.request) == self.inputs

    def report(self) -> dict[str, Any] | None:
        """What :meth:`keep_report` kept, if the report would be made of the same and its files are as they were."""
        if not self.looks or any(look.why != _FRESH for look in self.looks.values()):
            return None
        for path in self._store.entries(self._group):
            try:
                head, body = self._store.read(path)
                if head["key"] == self._made_of:
                    kept = _kept_report(json.loads(body))
                    self._store.used(path)
                    return kept if kept["outputs"] == digests(self.request.target) else None
            except FileNotFoundError:
                continue
            except (LookupError, TypeError, ValueError, AttributeError, OSError):
                self.damaged.append(self._store.remove_damaged(path))
        return None

    def keep_report(self, built: Built, looks: Mapping[str, Look]) -> None:
        """Keep what is to be said of a finished report, and the digests of its files.

        Args:
            looks: what the cache says of the sections now that they have run.
        """
        self.looks = looks
        self._store.write(
            self._group,
            {"key": self._made_of},
            {
                "outputs": digests(built.folder),
                "numbers": built.numbers,
                "warnings": [each.as_kept() for each in built.warnings],
                "findings": [each.as_kept() for each in built.findings],
            },
        )

    @cached_property
    def inputs(self) -> dict[str, str]:
        """What was read, as it was at the first look."""
        return inputs_of(self.request)

    @property
    def _made_of(self) -> str:
        """What a report depends on: installation, inputs, what is asked for, the results of sections, the fonts."""
        request = self.request
        asked = [request.formats, request.sections, request.edition, request.embed_fonts, request.all_parameters]
        results = {name: look.entry for name, look in self.looks.items()}
        return _digest([self.now, str(request.workspace.root), self.inputs, asked, results, font_files()])

    @cached_property
    def _store(self) -> Store:
        from ..execute import store_of

        return store_of(self.request.workspace.root)

    @property
    def _group(self) -> str:
        return f"report-{_digest([str(self.request.workspace.root), str(self.request.target)])[:16]}"


def inputs_of(request: Request) -> dict[str, str]:
    """SHA-256 of all that is read, by its path in the workspace: the periods looked at, ledgers, all notebooks."""
    workspace, period = request.workspace, request.period
    folders = [workspace.data(one) for one in workspace.looked_at(period)]
    found = {section.path: digest_of(section.path) for section in workspace.sections}
    for folder in (*folders, workspace.root / "ledgers"):
        found |= {folder / name: there for name, there in digests(folder).items()}
    return {workspace.name_of(path): there for path, there in found.items()}


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
