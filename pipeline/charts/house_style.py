"""How every chart looks and what it carries: one canvas, one face, two widths, the facts behind it, and words that say it.

A chart is as wide as the text block of the page (GB/T 9704-2012, 5.2.1: 156 mm), and drawn a second time as wide as a
telephone; it labels its marks directly, reads in grey print, and has an alternative text. A function of another module
draws one kind: it asks :func:`.prepared.prepared` what is drawn, draws that on a :func:`canvas` of a given width, and lets
``as_chart`` make both drawings the chart.
"""

from __future__ import annotations

import base64
import io
import logging
import math
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from ..document.carried import CarriedFact
from ..document.chart_data import CHART_DATA, ChartData
from ..document.markup import ForTheReport, named
from ..document.mentions import with_known_figures
from ..errors import FactError
from ..facts import DateFact, Fact
from ..facts.element import marked
from ..facts.frame_cells import there
from ..facts.printed import pointed_at
from .faces import offer as offer_face

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

TEXT_WIDTH = 156 / 25.4  # inches
PHONE_WIDTH = 328 / 96  # inches: a window of 360 px without its margins
LABEL, FIGURE, BASE_FIGURE = 10.0, 9.5, 8.5  # points
_PAGE = 6.8  # inches of rows: with a scale under them what a page leaves a picture above its caption, 520 points
PHONE_LABEL, PAPER_LABEL = 7, 14  # characters a line
INK, MUTED = "#1f2328", "#57606a"
SERIES = ("#1f5f8b", "#a9b8c4")  # a dark and a light tone: told apart in grey and by colour-blind eyes
YEAR = re.compile(r"\d{4}年(?=.)")
CHINESE_FACE = "Noto Sans SC"
_FAMILIES = [CHINESE_FACE, "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"]


class Chart(ForTheReport):
    """A chart as the report shows it (HTML with the drawing inside); for Word as a picture (PNG), with the data of one that
    Word can draw itself."""

    __slots__ = ("alt", "data", "html", "png")

    def __init__(self, html: str, png: bytes, alt: str, data: ChartData | None = None) -> None:
        self.html, self.png, self.alt, self.data = html, png, alt, data

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        self.was_shown = True
        html = with_known_figures(pointed_at(self.html))
        forms: dict[str, Any] = {"text/html": html, "image/png": base64.b64encode(self.png).decode()}
        if self.data:
            forms[CHART_DATA] = self.data.as_output()
        return {**forms, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return self.alt


def figures_of(rows: pandas.DataFrame, field: str, name: str) -> list[Fact | None]:
    """The facts of a field, None where a cell states no number."""
    bare = next((cell for cell in rows[field] if there(cell) and not isinstance(cell, Fact)), None)
    if bare is not None:
        raise FactError("bare-figure", chart=name, field=field, value=str(bare))
    return [cell if there(cell) and cell.stated else None for cell in rows[field]]


def ems(text: str) -> float:
    """About how wide a text is set, in widths of a Han character."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.58 for character in text)


def folded(label: str, longest: int = PHONE_LABEL) -> str:
    """A long label in lines of like length, by default as long as a telephone has room for; a year before more is a line."""
    if len(label) > longest and (year := YEAR.match(label)):
        return f"{year[0]}\n{folded(label[year.end() :], longest)}"
    lines = max(1, math.ceil(len(label) / longest))
    length = max(1, math.ceil(len(label) / lines))
    return "\n".join(label[at : at + length] for at in range(0, len(label), length))


def row_label(label: str, width: float) -> str:
    """What names a row of a drawing of that width, in lines that leave room for the row."""
    return folded(label, PAPER_LABEL if width == TEXT_WIDTH else PHONE_LABEL)


def row_height(labels: Sequence[str], lines: int, width: float, usual: float) -> float:
    """Inches from one row of a drawing to the next: ``usual``, on paper less where a page would not hold so many rows.

    ``lines`` are those of its figures, ``labels`` in the lines in which they are set; no row is lower than either.
    """
    if width != TEXT_WIDTH:
        return usual
    lines = max(lines, *(label.count("\n") + 1 for label in labels))
    return min(usual, max(1.2 * LABEL / 72 * lines, _PAGE / len(labels)))


def hatch_hedged(marks: Iterable[Patch], facts: Iterable[Fact | None]) -> None:
    """Mark bars of hedged figures (近, 余): seen in grey as well."""
    for mark, fact in zip(marks, facts, strict=True):
        if fact is not None and fact.quantity.qualifier:
            mark.set(hatch="////", edgecolor="white", linewidth=0)


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """A drawing of that many inches, without what a bar with its figure at its end does not need."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.spines["left"].set_color(MUTED)
    axes.xaxis.set_visible(False)
    axes.tick_params(axis="y", length=0, labelcolor=INK, labelsize=LABEL, pad=6)
    return figure, axes


def drawn_as_chart(
    figure: Figure,
    narrow: Figure,
    behind: str,
    *,
    name: str,
    caption: str,
    alt: str,
    note: str,
    data: ChartData | None = None,
) -> Chart:
    """The chart as a cell shows it: the drawing, and the one for telephones, with what they were drawn from ``behind``;
    ``data`` are the numbers of a chart that other programs can draw."""
    source, small = (
        f"data:image/svg+xml;base64,{base64.b64encode(_drawn(one, 'svg')).decode()}" for one in (figure, narrow)
    )
    html = (
        f'<figure class="chart" id="{named(name)}"{behind}>\n<img alt="{escape(alt)}" src="{source}" data-narrow="{small}">\n'
        f"<figcaption>{marked(caption)}</figcaption>\n"
        + (f'<p class="note">注：{marked(note)}</p>\n' if note else "")
        + "</figure>"
    )
    return Chart(html, _drawn(figure, "png"), alt, data)


def facts_behind(series: list[list[Fact | None]], labels: Iterable[object]) -> list[CarriedFact]:
    """The facts a chart was drawn from, to be carried by its figure: a drawing has no elements of its own for them."""
    dates = [
        CarriedFact(str(one), one.when.value, "", "", str(one.sources)) for one in labels if isinstance(one, DateFact)
    ]
    stated = [fact for facts in series for fact in facts if fact is not None]
    return dates + [
        CarriedFact(
            fact.quantity.number, fact.quantity.plain, fact.quantity.qualifier, fact.derivation, str(fact.sources)
        )
        for fact in stated
    ]


def _drawn(figure: Figure, kind: str) -> bytes:
    """The drawing's bytes, with no date and no program's name in them; a second time its parts stay where they are."""
    stream = io.BytesIO()
    metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    figure.savefig(stream, format=kind, dpi=300, metadata=metadata)
    figure.set_layout_engine("none")  # where things stand takes half of the time of a drawing
    return stream.getvalue()


@contextmanager
def every_glyph(name: str) -> Iterator[None]:
    """A character that no face has is an error: matplotlib would only warn, and draw an empty box."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "Glyph .* missing", UserWarning)
        try:
            yield
        except UserWarning as missing:
            code = re.match(r"Glyph (\d+)", str(missing))
            shown = f"{chr(int(code[1]))!r} U+{int(code[1]):04X}" if code else str(missing)
            raise FactError("chart-glyph", chart=name, character=shown) from None


@contextmanager
def house_style(name: str) -> Iterator[None]:
    """Chinese face, text as text in SVG, ids made from the chart's name; the analyst's own settings come back after."""
    from matplotlib import rc_context, rcdefaults

    with rc_context():
        rcdefaults()
        with rc_context({"svg.fonttype": "none", "svg.hashsalt": name, "font.family": _FAMILIES}):
            yield


@cache
def know_face() -> None:
    """Make the wheel's Chinese face known to matplotlib, once a process; that other families are missing is no news."""
    offer_face()
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
