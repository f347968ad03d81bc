"""Whether finished files are what the manifest says, and whether they are still what would be made today."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..document.manifest import MANIFEST, read_manifest, versions
from ..document.record import FACTS
from ..findings import Finding, Place
from ..own_files import digest_of, entries
from ..period import Period
from ..workspace import Workspace

_OUTPUTS = ("output-missing", "output-altered", "output-unknown")
_TOOLS = "tool-changed"


@dataclass(frozen=True)
class Verification:
    """What a folder of outputs is worth.

    ``intact`` says that the outputs are those of the manifest, ``current`` that every input is what it was; a
    package of another version is told and makes neither untrue, for the outputs remain what they are.
    """

    findings: tuple[Finding, ...]

    @property
    def intact(self) -> bool:
        """Whether no output is missing, altered or unknown."""
        return not any(finding.code in _OUTPUTS for finding in self.findings)

    @property
    def current(self) -> bool:
        """Whether no input was changed, removed or added since."""
        return not any(finding.code not in (*_OUTPUTS, _TOOLS) for finding in self.findings)

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """For ``--json``."""
        return {
            "intact": self.intact,
            "current": self.current,
            "findings": [finding.as_dict(lang) for finding in self.findings],
        }


def verify(folder: Path, root: Path) -> Verification:
    """Hold the outputs in ``folder`` against their manifest, and the manifest's inputs against the workspace ``root``.

    Raises:
        ReleaseError: there is no manifest, or it is not one of ours.
    """
    manifest = read_manifest(folder / MANIFEST)
    return Verification(
        (*altered(folder, manifest), *_unknown(folder, manifest), *_inputs(folder, root, manifest), *_tools(manifest))
    )


def altered(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """What of the manifest's outputs is missing from ``folder`` or is not what was built."""
    for name, expected in manifest["outputs"].items():
        if not (folder / name).is_file():
            yield Finding("output-missing", Place(name))
        elif digest_of(folder / name) != expected:
            yield Finding("output-altered", Place(name))


def _unknown(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    there = (path.relative_to(folder).as_posix() for path in entries(folder))
    yield from (
        Finding("output-unknown", Place(name)) for name in there if name not in (*manifest["outputs"], MANIFEST)
    )


def _inputs(folder: Path, root: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    facts, workspace = _facts_by_table(folder / FACTS), Workspace(root)
    period = str(manifest["parameters"].get("period", ""))
    for name, expected in manifest["inputs"].items():
        path = workspace.path_of(name)
        there = path.is_file()
        if there and digest_of(path) == expected:
            continue
        code, number = "input-changed" if there else "input-gone", _facts_of(name, facts, period)
        place = Place(name)
        yield Finding(code, place, params={"facts": number}) if number else Finding(f"{code}-otherwise", place)
    sections = (
        [one["name"] for one in manifest.get("sections", ())] if manifest.get("asked", {}).get("sections") else []
    )
    for path in _possible_inputs(workspace, period, sections):
        name = workspace.name_of(path)
        if name not in manifest["inputs"]:
            yield Finding("input-new", Place(name))


def _possible_inputs(workspace: Workspace, period: str, sections: list[str]) -> list[Path]:
    """The files that a build of the period would read today; of notebooks those of ``sections``, where not all were asked for."""
    of = Period.named(period)
    data = [workspace.root / "data" / str(one) for one in (workspace.looked_at(of) if of else ())]
    found = [path for folder in (*data, workspace.root / "ledgers") if folder.is_dir() for path in entries(folder)]
    notebooks = sorted(workspace.notebooks.glob("[0-9]*-*.ipynb"))
    return [path for path in found if path.is_file()] + [
        path for path in notebooks if not sections or path.stem.partition("-")[2] in sections
    ]


def _facts_by_table(file: Path) -> Counter[str]:
    """How many facts of the report come from each table."""
    if not file.is_file():
        return Counter()
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row.get("sources") or "" for row in csv.DictReader(stream)]
    return Counter(table for row in rows for table in {reference.split("#row=")[0] for reference in row.split()})


def _facts_of(name: str, facts: Counter[str], period: str) -> int:
    """How many facts come from the input ``data/2021H1/tables/indicators.csv`` or from a sheet of ``tables.xlsx``."""
    short = name.removeprefix("data/").removeprefix(f"{period}/")
    short = short if short.startswith("tables") else f"../{short}"
    return sum(number for table, number in facts.items() if table == short or table.startswith(f"{short}#"))


def _tools(manifest: Mapping[str, Any]) -> Iterator[Finding]:
    today = versions()
    for name, before in manifest.get("versions", {}).items():
        if today.get(name, "") != before:
            params = {"before": before, "after": today.get(name) or "-"}
            yield Finding(_TOOLS, Place(name), params=params)
