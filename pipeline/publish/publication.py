"""Publishing: the public files under names that stay, their checksums, the review sheet and the archive page."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from ..errors import ReleaseError
from ..findings import Counted, Said
from ..formats import report_files
from ..own_files import digest, is_litter
from ..pages.listing import Listed, table_of
from ..pages.page_folder import INDEX, SUMS, replaced, write_sums
from ..pages.plain_page import MADE_BY, page
from .gates import Candidate, Gate, review
from .review_sheet import review_notebook

_RECORD = "release.json"
_SHEET_FORMS = ("html", "pdf")
Render = Callable[[str, Mapping[str, Any]], bytes]


@dataclass(frozen=True)
class Published:
    """What was published: ``files`` relative to ``folder``; ``changed`` is false where all of it was there already.

    ``set_aside`` is where the old folder is kept if it held what is not ours.
    """

    folder: Path
    files: tuple[str, ...]
    changed: bool
    gates: tuple[Gate, ...]
    set_aside: Path | None = None

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """For ``--json``."""
        return {
            "folder": str(self.folder),
            "files": list(self.files),
            "changed": self.changed,
            "set_aside": str(self.set_aside or ""),
            "warnings": [fault.text(lang) for gate in self.gates for fault in gate.warnings],
        }


def publish(candidate: Candidate, to: Path, *, render: Render, set_aside: bool = False) -> Published:
    """Publish a public edition into the folder ``to``, beside the periods published before.

    ``to/PERIOD/`` gets the report in every format, SHA256SUMS, release.json and the review sheet (review.html, .pdf);
    ``to/index.html`` leads to every period there. The whole of ``to`` is made anew beside it and swapped in, so that
    nobody ever finds half of it; where nothing differs it is left untouched. Other things in ``to`` stay as they are.

    Args:
        render: makes a notebook into ``html`` or ``pdf``, for the review sheet. set_aside: keep beside ``to`` what others
            put or changed where the new is to stand, instead of refusing.

    Raises:
        ReleaseError: a gate did not pass, with every reason; or something not ours stands where the new is to stand.
    """
    gates = review(candidate)
    reasons = {fault.text("en"): fault for gate in gates for fault in gate.faults}
    if reasons:
        raise ReleaseError(
            "not-publishable",
            details=reasons.values(),
            period=candidate.period,
            reasons=Counted(len(reasons), "reason"),
        )

    def fill(staging: Path) -> None:
        if to.exists():
            _carry_over(to, staging, leave_out=str(candidate.period))
        _fill(staging / str(candidate.period), candidate, gates, render)
        (staging / INDEX).write_text(_archive(staging), encoding="utf-8", newline="\n")

    made = replaced(
        to, fill, made_by=MADE_BY, holds=Said("holds-publications"), only=str(candidate.period), set_aside=set_aside
    )
    return Published(to, made.files, made.changed, gates, made.set_aside)


def _carry_over(to: Path, staging: Path, *, leave_out: str) -> None:
    """All that is there but the period to be published; files are linked where the disk can, so this costs nothing."""
    for path in sorted(to.iterdir()):
        if path.name in (leave_out, INDEX) or is_litter(path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, staging / path.name, symlinks=True, copy_function=_link)
        else:
            _link(path, staging / path.name)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another file system, or one without links
        shutil.copy2(source, target, follow_symlinks=False)


def _fill(folder: Path, candidate: Candidate, gates: tuple[Gate, ...], render: Render) -> None:
    folder.mkdir()
    public = {name: candidate.files[name] for name in report_files()}
    for name, data in public.items():
        (folder / name).write_bytes(data)
    sheet = review_notebook(Candidate(**{**vars(candidate), "files": public}), gates)
    for form in _SHEET_FORMS:
        (folder / f"review.{form}").write_bytes(render(form, sheet))
    said = {key: str(candidate.metadata.get(key, "")) for key in ("title", "label", "office", "bureau", "signed")}
    record = {"period": str(candidate.period), **said, "files": {name: digest(data) for name, data in public.items()}}
    (folder / _RECORD).write_text(
        json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )
    write_sums(folder)


def _archive(folder: Path) -> str:
    """The page of all published periods, the newest first."""
    records = [
        json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob(f"*/{_RECORD}"), reverse=True)
    ]
    table = table_of((_listed(folder, record) for record in records), "校验")
    return page("工作总结公开目录", f"<p>共{len(records)}期，按时间先后倒序排列。</p>{table}")


def _listed(folder: Path, record: Mapping[str, Any]) -> Listed:
    period = record["period"]
    sizes = {name: (folder / period / name).stat().st_size for name in report_files()}
    sums = f'<a href="{escape(period)}/{SUMS}">{SUMS}</a>'
    return Listed(period, record["label"], record["title"], record["signed"], sizes, sums)
