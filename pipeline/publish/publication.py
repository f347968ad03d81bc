"""Publishing: the public files under names that stay, their checksums, the review sheet and the archive page."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from ..archive.released import NOTICE, RECORD, corrections
from ..errors import ReleaseError
from ..findings import Counted, Finding, Said
from ..formats import report_files
from ..own_files import digest, is_litter
from ..pages.listing import Listed, table_of
from ..pages.page_folder import INDEX, SUMS, replaced, write_sums
from ..pages.plain_page import MADE_BY, page
from .correction import Correction, corrected_files, correction_of, notice_notebook, of_corrections
from .gates import Candidate, Gate, review
from .privacy import leaks, privacy
from .review_sheet import review_notebook

_SHEET_FORMS = ("html", "pdf")
Render = Callable[[str, Mapping[str, Any]], bytes]


@dataclass(frozen=True)
class Published:
    """What was published: ``files`` relative to ``folder``; ``changed`` is false where all of it was there already.

    ``set_aside`` is where the old folder is kept if it held what is not ours, ``corrected`` says that 更正说明 was written.
    """

    folder: Path
    files: tuple[str, ...]
    changed: bool
    gates: tuple[Gate, ...]
    set_aside: Path | None = None
    corrected: bool = False

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """For ``--json``."""
        return {
            "folder": str(self.folder),
            "files": list(self.files),
            "changed": self.changed,
            "set_aside": str(self.set_aside or ""),
            "corrected": self.corrected,
            "warnings": [fault.text(lang) for gate in self.gates for fault in gate.warnings],
        }


def publish(candidate: Candidate, to: Path, *, render: Render, set_aside: bool = False, correct: str = "") -> Published:
    """Publish a public edition into the folder ``to``, beside the periods published before.

    ``to/PERIOD/`` gets the report in every format, SHA256SUMS, release.json and the review sheet (review.html, .pdf);
    ``to/index.html`` leads to every period there. The whole of ``to`` is made anew beside it and swapped in, so that
    nobody ever finds half of it; where nothing differs it is left untouched. Other things in ``to`` stay as they are.

    Over an edition that says other figures it is published as its correction: 更正说明 (correction-1.html, .pdf) stands
    beside it and in the index, and the files it replaces stay in before-correction-1/.

    Args:
        render: makes a notebook into ``html`` or ``pdf``, for the sheets. correct: why figures are corrected. set_aside: keep beside ``to`` what others
            put or changed where the new is to stand, instead of refusing.

    Raises:
        ReleaseError: a gate did not pass, with every reason; figures differ from those published and no reason is given;
            or something not ours stands where the new is to stand.
    """
    gates = review(candidate)
    _refuse(candidate, (fault for gate in gates for fault in gate.faults))
    there = to / str(candidate.period)
    correction = correction_of(candidate, there, " ".join(correct.split()))
    notice = _notice(candidate, correction, render)

    def fill(staging: Path) -> None:
        if to.exists():
            _carry_over(to, staging, leave_out=str(candidate.period))
        folder = staging / str(candidate.period)
        folder.mkdir()
        _keep_corrected(there, folder, correction)
        for name, data in notice.items():
            (folder / name).write_bytes(data)
        made = [correction.as_record()] if correction else []
        _fill(folder, candidate, gates, render, [*corrections(there), *made])
        (staging / INDEX).write_text(_archive(staging), encoding="utf-8", newline="\n")

    made = replaced(
        to, fill, made_by=MADE_BY, holds=Said("holds-publications"), only=str(candidate.period), set_aside=set_aside
    )
    return Published(to, made.files, made.changed, gates, made.set_aside, bool(correction))


def _refuse(candidate: Candidate, faults: Iterable[Finding]) -> None:
    """Raise with every reason not to publish, each once."""
    reasons = {fault.text("en"): fault for fault in faults}
    if reasons:
        number = Counted(len(reasons), "reason")
        raise ReleaseError("not-publishable", details=reasons.values(), period=candidate.period, reasons=number)


def _notice(candidate: Candidate, correction: Correction | None, render: Render) -> dict[str, bytes]:
    """The files of 更正说明, which leave only as the report itself does."""
    if correction is None:
        return {}
    sheet = notice_notebook(candidate, correction)
    files = {f"{correction.notice}.{form}": render(form, sheet) for form in _SHEET_FORMS}
    _refuse(candidate, (*leaks(files, candidate.ledgers), *privacy(files, allowed=candidate.addresses)))
    return files


def _keep_corrected(there: Path, folder: Path, correction: Correction | None) -> None:
    """What earlier corrections left goes on; what this one replaces is kept in a folder of its own."""
    for path in of_corrections(there):
        _carried(path, folder / path.name)
    if correction:
        (folder / correction.before).mkdir()
        for path in corrected_files(there):
            _carried(path, folder / correction.before / path.name)


def _carry_over(to: Path, staging: Path, *, leave_out: str) -> None:
    """All that is there but the period to be published; files are linked where the disk can, so this costs nothing."""
    for path in sorted(to.iterdir()):
        if path.name not in (leave_out, INDEX) and not is_litter(path.name):
            _carried(path, staging / path.name)


def _carried(path: Path, to: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.copytree(path, to, symlinks=True, copy_function=_link)
    else:
        _link(path, to)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another file system, or one without links
        shutil.copy2(source, target, follow_symlinks=False)


def _fill(
    folder: Path, candidate: Candidate, gates: tuple[Gate, ...], render: Render, corrected: Sequence[Mapping[str, Any]]
) -> None:
    public = {name: candidate.files[name] for name in report_files()}
    for name, data in public.items():
        (folder / name).write_bytes(data)
    sheet = review_notebook(Candidate(**{**vars(candidate), "files": public}), gates)
    for form in _SHEET_FORMS:
        (folder / f"review.{form}").write_bytes(render(form, sheet))
    said = {key: str(candidate.metadata.get(key, "")) for key in ("title", "label", "office", "bureau", "signed")}
    record: dict[str, Any] = {
        "period": str(candidate.period),
        **said,
        "files": {name: digest(data) for name, data in public.items()},
    }
    record |= {"corrections": corrected} if corrected else {}
    (folder / RECORD).write_text(
        json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )
    write_sums(folder)


def _archive(folder: Path) -> str:
    """The page of all published periods, the newest first."""
    records = [
        json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob(f"*/{RECORD}"), reverse=True)
    ]
    table = table_of((_listed(folder, record) for record in records), "校验", named="各期材料")
    return page("工作总结公开目录", f"<p>共{len(records)}期，按时间先后倒序排列。</p>{table}")


def _listed(folder: Path, record: Mapping[str, Any]) -> Listed:
    period = record["period"]
    sizes = {name: (folder / period / name).stat().st_size for name in report_files()}
    sums = f'<a href="{escape(period)}/{SUMS}">{SUMS}</a>'
    notices = (
        f'<a href="{escape(period)}/{NOTICE}-{one["number"]}.html">更正说明{one["number"]}</a>'
        for one in record.get("corrections", ())
    )
    return Listed(period, record["label"], record["title"], record["signed"], sizes, "　".join([sums, *notices]))
