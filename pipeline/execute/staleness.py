"""Which sections must run, and why; what the others gave when they ran."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import UsageError
from ..installed_code import distributions, package_digest
from ..own_files import digest
from ..period import Period
from ..workspace import SectionNotebook, Workspace
from .file_state import MISSING, content, files, names
from .results import checked
from .source_notebook import tags
from .store import Store

FOLDER = ".halfyear-cache"
FRESH = "fresh"
_NONE = (None, "", MISSING)
_SETTINGS = ("LANG", "LC_", "TZ", "SOURCE_DATE_EPOCH", "PYTHON", "MPL", "MATPLOTLIB", "IPYTHON", "JUPYTER", "HALFYEAR_")
# of these no result depends
_NOT_SETTINGS = frozenset(
    "HALFYEAR_WORKSPACE HALFYEAR_RECORD HALFYEAR_LANG JUPYTER_RUNTIME_DIR PYTHONDONTWRITEBYTECODE PYTHONUNBUFFERED PYTHONPYCACHEPREFIX "
    "PYTHONFAULTHANDLER PYTHONVERBOSE PYTHONPROFILEIMPORTTIME PYTHONTRACEMALLOC PYTHONIOENCODING PYTHON_COLORS".split()
)
# the package records who reads these: ledgers, prose, settings
_RECORDED = re.compile(r"data/[^/]+/(tables/|tables\.|prose/|report\.toml|literals\.toml)")
_RUN_BY_TAG = {"parameters", "raises-exception", "skip-execution"}


def store_of(root: Path) -> Store:
    """The cache of a workspace."""
    return Store(root / FOLDER)


class Look(NamedTuple):
    """What the cache says of a section: results and the entry they are from, or None and the reason why it must run."""

    results: dict[str, Any] | None
    why: str
    warnings: tuple[str, ...] = ()
    entry: str = ""


class Task(NamedTuple):
    """A section, its notebook as it was read, and what the cache says of it."""

    section: SectionNotebook
    source: dict[str, Any]
    look: Look


class Cache:
    """The results of sections in a workspace, each with everything it depended on."""

    def __init__(
        self, workspace: Workspace, parameters: Mapping[str, Any], now: Mapping[str, Any] | None = None
    ) -> None:
        self.root, self.workspace, self.parameters = workspace.root, workspace, dict(parameters)
        self.store = store_of(workspace.root)
        self._states: dict[tuple[str, ...], str] = {}
        self.circumstances = now or circumstances()
        self.files = self._snapshot(*self._folders)

    def look(self, section: SectionNotebook, source: Mapping[str, Any]) -> Look:
        """The results of the same code in the same circumstances with the same things looked at, if there are any."""
        warnings: list[str] = []
        reason = ""
        for path in self.store.entries(self._group(section)):
            try:
                head, body = self.store.read(path)
                if not (why := self._why_not(head, source)):
                    results = checked(json.loads(body), source)
                    self.store.used(path)
                    return Look(results, FRESH, tuple(warnings), path.name)
                reason = reason or why
            except FileNotFoundError:  # another run has tidied up
                continue
            except (LookupError, TypeError, ValueError, AttributeError, OSError):
                warnings.append(self.store.remove_damaged(path))
        return Look(None, f"run, because {reason or 'there is no result of it yet'}", tuple(warnings))

    def keep(self, section: SectionNotebook, source: Mapping[str, Any], results: Any, record: str) -> None:
        """Store results with what the kernel's recorder noted, if that can be vouched for.

        Nothing is kept where the record is not whole, or where something changed while the section ran.
        """
        noted = json.loads(record or "{}")
        cells = sum(cell["execution_count"] is not None for cell in [*results["cells"], *results["injected"]])
        if noted.get("cells") != cells or any(state(*what) != then for *what, then in noted["notes"]):
            return
        now = Cache(Workspace(self.root), self.parameters)
        if not noted["unseen"] and (now.circumstances, now.files) != (self.circumstances, self.files):
            return
        head = {**noted, "code": _code(source), "circumstances": now.circumstances}
        head["files"] = now.all_files if noted["everything"] else now.files
        self.store.write(self._group(section), head, None if noted["unseen"] else results)

    def _group(self, section: SectionNotebook) -> str:
        place = json.dumps([str(self.root), self.parameters], sort_keys=True, default=repr)
        return f"{section.name}-{digest(place.encode())[:16]}"

    def _why_not(self, head: Mapping[str, Any], source: Mapping[str, Any]) -> str:
        """Why an entry does not hold, in words that follow "because"; empty where it holds."""
        if head["code"] != _code(source):
            return "its code changed"
        if head["circumstances"] != self.circumstances:
            return _difference(head["circumstances"], self.circumstances)
        if head["unseen"]:
            return str(head["unseen"])
        now = self.all_files if head["everything"] else self.files
        recorded = False  # whether a file has changed of which the package records who reads it
        for path in sorted(head["files"].keys() | now.keys()):
            before, after = head["files"].get(path), now.get(path)
            if before and after and _RECORDED.match(path) and not head["everything"]:
                recorded |= before != after
            elif before != after:
                return _change(self._shown(path), before, after)
        for kind, place, *rest, then in head["notes"]:
            if kind.startswith("ledger") and not recorded and place in self._folders:
                continue
            if (found := self._state(kind, place, *rest)) != then:
                return _change(self._shown(os.path.join(place, *rest)), then, found)
        return ""

    @cached_property
    def all_files(self) -> dict[str, str]:
        """As ``files``, with those of all periods: what counts for a section that opened or listed data by itself."""
        return self._snapshot("data")

    @cached_property
    def _folders(self) -> list[str]:
        """Those of the period and the ones it draws on; all there are where no period is given."""
        there = self.workspace.periods
        with contextlib.suppress(UsageError):
            period = Period.parse(str(self.parameters.get("period", "")))
            there = self.workspace.looked_at(period)
        return [str(self.root / "data" / str(one)) for one in there]

    def _snapshot(self, *folders: str) -> dict[str, str]:
        """What any section may have looked at: files by content, order and titles of the sections, the periods there."""
        found = {f"notebooks/{one.path.name}": f"{one.order} {one.title}" for one in self.workspace.sections}
        found["data/"] = " ".join(map(str, self.workspace.periods))
        everywhere = (*folders, str(self.workspace.notebooks), "ledgers")
        for path in (path for folder in everywhere for path in files(str(self.root / folder))):
            if not path.endswith(".ipynb"):
                found[self.workspace.name_of(Path(path))] = self._state("file", path)
        return found

    def _state(self, kind: str, place: str, *rest: str) -> str:
        """The state now, of a kind that :mod:`reads_recorder` or the package notes; looked up once for all sections."""
        if (key := (kind, place, *rest)) not in self._states:
            self._states[key] = state(*key)
        return self._states[key]

    def _shown(self, path: str) -> str:
        """A path as the analyst knows it: beneath the period's folder, beneath the workspace, or in full."""
        path = path.removeprefix(f"{self.root}{os.sep}")
        return path.removeprefix(f"data/{self.parameters.get('period', '')}/")


def circumstances() -> dict[str, Any]:
    """What all that is made depends on: this package, installed packages, Python, settings of the environment."""
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
    return digest(json.dumps([kernel, cells]).encode())


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


def state(kind: str, place: str, *rest: str) -> str:
    """The state of what a kernel noted, as it is now."""
    if kind.startswith("ledger"):
        from .. import ledger

        return ledger.state(place, *rest)
    return content(place) if kind == "file" else names(place)


def _change(shown: str, then: str | None, now: str | None) -> str:
    if shown.endswith("/"):
        return f"there are other files in {shown}"
    return f"{shown} {'is new' if then in _NONE else 'is gone' if now in _NONE else 'changed'}"
