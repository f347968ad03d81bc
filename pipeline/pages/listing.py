"""Reports as a page lists them: one row a period, the newest first, with the files to open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from ..facts import When

_HEADS = ("期间", "材料", "成文日期", "下载")


@dataclass(frozen=True)
class Listed:
    """A report of a page: ``sizes`` gives the bytes of each file in its folder ``period/``, the first being the one to
    read; ``signed`` is its day (2021-06-30) or "", ``more`` the markup of the last cell."""

    period: str
    label: str
    title: str
    signed: str
    sizes: dict[str, int]
    more: str = ""

    @property
    def address(self) -> str:
        """Where a link to the report leads."""
        return f"{self.period}/{next(iter(self.sizes))}"

    @property
    def heading(self) -> str:
        """The title as markup, in which no line ends inside 2021年上半年."""
        whole = f'<span class="whole">{escape(self.label)}</span>'
        return escape(self.title).replace(escape(self.label), whole) if self.label else escape(self.title)

    @property
    def day(self) -> str:
        """The signing day as a document writes it (GB/T 9704-2012, 7.3.5.4): 2021年6月30日."""
        return str(When.parse(self.signed)) or "未注明"

    def downloads(self) -> str:
        """A link a file, with its size."""
        return "　".join(
            f'<span class="download"><a href="{escape(self.period)}/{escape(name)}">{escape(name.rpartition(".")[2].upper())}</a>（{_size(size)}）</span>'
            for name, size in self.sizes.items()
        )


def table_of(reports: Iterable[Listed], last: str, *, named: str) -> str:
    """The reports as a table in the order given, in a region ``named`` so that scrolls; ``last`` heads the last column."""
    heads = "".join(f'<th scope="col">{title}</th>' for title in (*_HEADS, last))
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{named}"><table class="many">'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(map(_row, reports))}</tbody></table></div>"
    )


def _row(report: Listed) -> str:
    return (
        f'<tr><th scope="row">{escape(report.label)}</th><td><a href="{escape(report.address)}">{report.heading}</a></td>'
        f"<td>{escape(report.day)}</td><td>{report.downloads()}</td><td>{report.more}</td></tr>"
    )


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024))} KB"
