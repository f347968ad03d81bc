"""Which sections must run, and why; what the others gave when they ran."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..workspace import SectionNotebook
from .file_state import LISTED, MISSING, state
from .installed_code import distributions, package_digest
from .source_notebook import tags
from .store import DamagedEntry, Store

FOLDER = ".halfyear-cache"
FRESH = "fresh"
_SETTINGS = ("LANG", "LC_", "TZ", "SOURCE_DATE_EPOCH", "PYTHON", "MPL", "MATPLOTLIB", "IPYTHON", "JUPYTER", "HALFYEAR_")
_NOT_SETTINGS = ("HALFYEAR_WORKSPACE", "HALFYEAR_RECORD", "JUPYTER_RUNTIME_DIR")
_RUN_BY_TAG = {"parameters", "raises-exception", "skip-execution"}


def store_of(root: Path) -> Store:
    """The cache of a workspace."""
    return Store(root / FOLDER)


def circumstances() -> dict[str, Any]:
    """What all that is made depends on: this package, installed packages, Python, settings of the environment."""
    return _Circumstances().all


@dataclass(frozen=True)
class Look:
    """What the cache says of a section: results and the entry they are from, or None and the reason why it must run."""

    results: dict[str, Any] | None
    why: str
    warnings: tuple[str, ...] = ()
    entry: str = ""


@dataclass(frozen=True)
class Task:
    """A section, its notebook as it was read, and what the cache says of it."""

    section: SectionNotebook
    source: dict[str, Any]
    look: Look


class Cache:
    """The results of sections in a workspace, each with everything it depended on."""

    def __init__(self, root: Path, parameters: Mapping[str, Any]) -> None:
        self.root, self.parameters = root, dict(parameters)
        self.store = store_of(root)

    def look(self, section: SectionNotebook, source: Mapping[str, Any]) -> Look:
        """The results of the same code in the same circumstances with the same things looked at, if there are any."""
        warnings: list[str] = []
        reason = ""
        for path, head, body in self._entries(section, warnings):
            why = self._why_not(head, source)
            if not why:
                self.store.used(path)
                return Look(json.loads(body), FRESH, tuple(warnings), path.name)
            reason = reason or why
        return Look(None, f"run, because {reason or 'there is no result of it yet'}", tuple(warnings))

    def keep(self, section: SectionNotebook, source: Mapping[str, Any], results: Any, record: str) -> None:
        """Store results with what the kernel's witness recorded, if that can be vouched for.

        Nothing is kept where the record is not whole, or where something changed while the section ran.
        """
        lines = [json.loads(line) for line in record.splitlines()]
        cells = sum(cell["execution_count"] is not None for cell in [*results["cells"], *results["injected"]])
        if lines.count(["cell"]) != cells or ["begun"] not in lines or self.circumstances != circumstances():
            return
        unseen = [line[1] for line in lines if line[0] == "unseen"]
        looked = sorted(tuple(line) for line in lines if line[0] not in ("begun", "cell", "unseen"))
        if any(state(kind, path) != then for kind, path, then in looked):
            return
        self.store.write(
            self._group(section),
            {
                "code": _code(source),
                "circumstances": self.circumstances,
                "looked": looked,
                "unseen": unseen[:1],
            },
            None if unseen else results,
        )

    def _entries(self, section: SectionNotebook, warnings: list[str]) -> Iterable[tuple[Path, dict[str, Any], bytes]]:
        for path in self.store.entries(self._group(section)):
            try:
                entry = self.store.read(path)
            except DamagedEntry as error:
                warnings.append(str(error))
                continue
            if entry is not None:
                yield path, *entry

    def _group(self, section: SectionNotebook) -> str:
        place = json.dumps([str(self.root), self.parameters], sort_keys=True, default=repr)
        return f"{section.name}-{hashlib.sha256(place.encode()).hexdigest()[:16]}"

    def _why_not(self, head: Mapping[str, Any], source: Mapping[str, Any]) -> str:
        """Why an entry does not hold, in words that follow "because"; empty where it holds."""
        if head["code"] != _code(source):
            return "its code changed"
        if head["circumstances"] != self.circumstances:
            return _difference(head["circumstances"], self.circumstances)
        for kind, path, then in head["looked"]:
            now = self._state(kind, path)
            if now != then:
                return _change(kind, self._shown(path), then, now)
        return head["unseen"][0] if head["unseen"] else ""

    @cached_property
    def circumstances(self) -> dict[str, Any]:
        """As they are at the first look."""
        return circumstances()

    @cached_property
    def _states(self) -> dict[tuple[str, str], str]:
        return {}

    def _state(self, kind: str, path: str) -> str:
        """The state now; looked up once for all sections."""
        if (kind, path) not in self._states:
            self._states[kind, path] = state(kind, path)
        return self._states[kind, path]

    def _shown(self, path: str) -> str:
        """A path as the analyst knows it: beneath the period's folder, beneath the workspace, or in full."""
        period = str(self.parameters.get("period", ""))
        for folder in (self.root / "data" / period, self.root):
            if path.startswith(f"{folder}{os.sep}"):
                return Path(path).relative_to(folder).as_posix()
        return path


class _Circumstances:
    """Looked at once a run, and once more when there is something to keep."""

    @property
    def all(self) -> dict[str, Any]:
        return {
            "package": package_digest(),
            "distributions": list(distributions()),
            "python": [sys.version, sys.executable],
            "settings": {
                name: value
                for name, value in sorted(os.environ.items())
                if name.startswith(_SETTINGS) and name not in _NOT_SETTINGS
            },
        }


def _code(source: Mapping[str, Any]) -> str:
    """SHA-256 of what the kernel is given to run and how; prose and presentation do not count."""
    cells = [
        [cell["source"], sorted(_RUN_BY_TAG & set(tags(cell)))]
        for cell in source["cells"]
        if cell["cell_type"] == "code"
    ]
    kernel = source["metadata"].get("kernelspec", {}).get("name", "")
    return hashlib.sha256(json.dumps([kernel, cells]).encode()).hexdigest()


def _difference(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    if then["package"] != now["package"]:
        return "pipeline's own code changed"
    if then["distributions"] != now["distributions"]:
        changed = sorted(set(now["distributions"]) ^ set(then["distributions"]))
        return f"installed packages changed ({', '.join(changed[:4])}{' …' if len(changed) > 4 else ''})"
    if then["python"] != now["python"]:
        return "Python changed"
    names = sorted(name for name, _ in then["settings"].items() ^ now["settings"].items())
    return f"the environment changed ({', '.join(dict.fromkeys(names))})"


def _change(kind: str, shown: str, then: str, now: str) -> str:
    if then == MISSING:
        return f"{shown} is new"
    if now == MISSING:
        return f"{shown} is gone"
    return f"there are other files in {shown}/" if kind in LISTED else f"{shown} changed"
