"""The archive of an office's reports as pages that open from disk: the newest report, all earlier ones, their figures' history."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from ..errors import ReleaseError
from ..findings import Finding, Said
from ..own_files import digest_of
from ..pages.listing import Listed, table_of
from ..pages.page_folder import INDEX, replaced, write_sums
from ..pages.plain_page import page
from .collection import INTERNAL, Archive
from .finished import SITE, FinishedReport
from .history_page import history_body, needs_two
from .released import Notice

HISTORY = "history.html"
_TITLE = "工作总结存档"
_EDITIONS = {"internal": "内部版", "public": "公开版"}


@dataclass(frozen=True)
class Site:
    """The pages that were made: ``files`` relative to ``folder``; ``changed`` is false where all of it was there already."""

    folder: Path
    files: tuple[str, ...]
    changed: bool
    archive: Archive
    set_aside: Path | None = None

    @property
    def left_out(self) -> tuple[Finding, ...]:
        """What the pages do not show, and why."""
        return self.archive.left_out

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """For ``--json``."""
        return {
            "folder": str(self.folder),
            "files": list(self.files),
            "changed": self.changed,
            "edition": self.archive.edition,
            "reports": [{"period": str(one.period), "edition": one.edition} for one in self.archive.reports],
            "series": len(self.archive.history.series),
            "left_out": [finding.as_dict(lang) for finding in self.left_out],
        }


def write_site(archive: Archive, to: Path, *, style: str, set_aside: bool = False) -> Site:
    """Write the pages of an archive into the folder ``to``.

    ``to/PERIOD/`` gets report.html, .pdf and .docx as they were built, and the notices of corrections; ``to/index.html`` leads to each of them, the
    newest first; ``to/history.html`` shows the figures that two reports or more state. The folder is made anew beside
    itself and swapped in whole; where nothing differs it is left untouched. No script, no clock, nothing fetched.

    Args:
        style: the style sheet of report pages, which these look like. set_aside: keep beside ``to`` what others put or
            changed there, instead of refusing.

    Raises:
        ReleaseError: ``to`` holds something other than such an archive, or a report was replaced meanwhile.
    """
    sheet = "\n" + style + _own_sheet()

    def fill(staging: Path) -> None:
        for report in archive.reports:
            _copy(report, staging / str(report.period))
            for notice in archive.notices.get(report.period, ()):
                for file in notice.files:
                    shutil.copyfile(file, staging / str(report.period) / file.name)
        (staging / INDEX).write_text(_page(_TITLE, _index(archive), archive, sheet), encoding="utf-8", newline="\n")
        back = f'<nav class="back" aria-label="返回"><a href="{INDEX}">返回{_TITLE}</a></nav>'
        (staging / HISTORY).write_text(
            _page("指标历史", back + history_body(archive), archive, sheet), encoding="utf-8", newline="\n"
        )
        write_sums(staging)

    made = replaced(to, fill, made_by=SITE, holds=Said("holds-archive"), set_aside=set_aside)
    return Site(to, made.files, made.changed, archive, made.set_aside)


def _copy(report: FinishedReport, folder: Path) -> None:
    folder.mkdir()
    for name in report.files:
        shutil.copyfile(report.folder / name, folder / name)
        if digest_of(folder / name) != report.digests[name]:
            raise ReleaseError("replaced-meanwhile", file=report.folder / name)


def _page(title: str, body: str, archive: Archive, sheet: str) -> str:
    mark = '<p class="internal" role="note">内部资料，不得对外提供</p>' if archive.edition == INTERNAL else ""
    return page(title, mark + body, style=sheet, made_by=SITE)


def _index(archive: Archive) -> str:
    newest, *earlier = (_listed(report, archive) for report in archive.reports)
    return "".join([_office(archive), _newest(newest), *_earlier(archive, earlier), *_history(archive)])


def _office(archive: Archive) -> str:
    said = archive.reports[0].said
    return f'<p class="office">{escape("　".join(filter(None, (said.get("bureau"), said.get("office")))))}</p>'


def _newest(report: Listed) -> str:
    return (
        '<section class="newest"><h2>最新一期</h2>'
        f'<p class="title"><a href="{escape(report.address)}">{report.heading}</a></p>'
        f'<p class="said">{escape(report.label)}　成文日期：{escape(report.day)}　{report.more}</p>'
        f'<p class="downloads">{report.downloads()}</p></section>'
    )


def _earlier(archive: Archive, earlier: list[Listed]) -> Iterator[str]:
    yield "<section><h2>以往各期</h2>"
    yield table_of(earlier, "版本", named="以往各期") if earlier else "<p>还没有更早的报告。</p>"
    there = {report.period for report in archive.reports}
    every = (period for periods in archive.periods.values() for period in reversed(periods))
    if missing := [period.label for period in every if period not in there]:
        yield f'<p class="note">其间没有报告的：{"、".join(missing)}。</p>'
    yield "</section>"


def _history(archive: Archive) -> Iterator[str]:
    yield "<section><h2>指标历史</h2>"
    if why := needs_two(archive):
        yield f"<p>{escape(why)}</p>"
    else:
        number = len(archive.history.series)
        yield f'<p><a href="{HISTORY}">各期指标对照</a>：{number}项指标，{archive.span}，有图有表。</p>'
    yield "</section>"


def _listed(report: FinishedReport, archive: Archive) -> Listed:
    said = {key: str(report.said.get(key) or "") for key in ("label", "title", "signed")}
    sizes = {name: (report.folder / name).stat().st_size for name in report.files}
    draft = '<strong class="draft">草稿</strong>' if report.said.get("draft") else ""
    corrected = map(_corrected, archive.notices.get(report.period, ()))
    more = "　".join(filter(None, (escape(_EDITIONS.get(report.edition, report.edition)), draft, *corrected)))
    return Listed(str(report.period), **said, sizes=sizes, more=more)


def _corrected(notice: Notice) -> str:
    """That a published edition was corrected, why, and where that is said."""
    return (
        f'<span class="corrected">公开版已更正{notice.figures}项：<a href="{escape(notice.address)}">{notice.title}</a>'
        f"（{escape(notice.reason)}）</span>"
    )


@cache
def _own_sheet() -> str:
    return Path(__file__).with_name("site.css").read_text(encoding="utf-8")
