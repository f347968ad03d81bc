"""The finished reports in a folder of outputs, and what in it is none and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..document.manifest import MANIFEST, read_manifest
from ..document.record import FACTS, RecordedFact, load_facts
from ..errors import FactError, ReleaseError
from ..findings import Finding, Place
from ..formats import report_files
from ..leftovers import meant
from ..pages.page_folder import is_ours
from ..period import Period
from ..vouch.verification import altered

_NEEDED = ("report.html", "report.ipynb", FACTS)
SITE = "halfyear site"  # how a folder of pages says that it is an archive of reports


@dataclass(frozen=True)
class FinishedReport:
    """A report that is built and whole.

    ``said`` is ``metadata.halfyear`` of its notebook (title, label, signed, draft, …), ``edition`` internal or public,
    ``sections`` the title of each section by its name, in order; ``files`` are the forms it has (report.html first), ``digests``
    the SHA-256 of every output, ``inputs`` those of every input, by name.
    """

    period: Period
    folder: Path
    said: Mapping[str, Any]
    edition: str
    sections: Mapping[str, str]
    facts: tuple[RecordedFact, ...] = field(repr=False)
    files: tuple[str, ...]
    digests: Mapping[str, str] = field(repr=False)
    inputs: Mapping[str, str] = field(repr=False)


def finished(outputs: Path) -> tuple[tuple[FinishedReport, ...], tuple[Finding, ...]]:
    """The whole reports in ``outputs``, the newest first, and a warning for each other folder there.

    A folder counts that is named by a period and whose files are, to the byte, those of its manifest.
    """
    reports: list[FinishedReport] = []
    left_out: list[Finding] = []
    for folder in sorted(outputs.iterdir()) if outputs.is_dir() else []:
        found = _read(folder) if Period.named(folder.name) else _other(folder)
        if isinstance(found, FinishedReport):
            reports.append(found)
        elif found:
            left_out.append(found)
    return tuple(sorted(reports, key=lambda report: report.period, reverse=True)), tuple(left_out)


def _other(folder: Path) -> Finding | None:
    """What to say of a thing that no period names: nothing of files, of an archive and of what programs hide."""
    of = meant(folder.name)
    if of != folder.name and (of == ".site" or Period.named(of.removeprefix(".").removesuffix(".draft"))):
        return Finding("left-out-staging", Place(folder.name))
    if not folder.is_dir() or folder.name.startswith(".") or is_ours(folder, SITE):
        return None
    draft = folder.name.endswith(".draft") and Period.named(folder.name.removesuffix(".draft"))
    return Finding("left-out-draft" if draft else "left-out-no-period", Place(folder.name))


def _read(folder: Path) -> FinishedReport | Finding:
    try:
        manifest = read_manifest(folder / MANIFEST)
        missing = [name for name in _NEEDED if name not in manifest["outputs"]]
        if missing:
            return Finding("left-out-lacks", Place(folder.name), "、".join(missing))
        wrong = [finding.place.file for finding in altered(folder, manifest)]
        if wrong:
            return Finding("left-out-altered", Place(folder.name), "、".join(wrong))
        period = str(manifest["parameters"].get("period", ""))
        if period != folder.name:
            return Finding("left-out-other-period", Place(folder.name), period)
        return _finished(folder, manifest)
    except (ReleaseError, FactError, ValueError, KeyError, TypeError) as error:
        return Finding("left-out-unreadable", Place(folder.name), params={"error": error})


def _finished(folder: Path, manifest: Mapping[str, Any]) -> FinishedReport:
    notebook = json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))
    return FinishedReport(
        period=Period.parse(folder.name),
        folder=folder,
        said=notebook["metadata"]["halfyear"],
        edition=str(manifest["parameters"].get("edition", "internal")),
        sections={one["name"]: one["title"] for one in manifest["sections"]},
        facts=tuple(load_facts(folder / FACTS)),
        files=tuple(name for name in report_files() if name in manifest["outputs"]),
        digests=manifest["outputs"],
        inputs=manifest["inputs"],
    )
