"""Charts in the house style: one function a kind, drawn from facts.

Each is as wide as the text block of the page (GB/T 9704-2012, 5.2.1: 156 mm), and drawn a second time as wide as a
telephone; it labels its marks directly, has no legend where a label does, reads in grey print, and says in its alt
text what it shows.
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

from ..document.carried import CarriedFact, carried, carried_words
from ..document.markup import Prose, named
from ..errors import FactError
from ..facts import DateFact, Fact
from ..facts.element import marked, plain
from ..facts.frame_cells import refuse_missing, there
from ..facts.stated_words import bare
from ..findings import Words

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TEXT_WIDTH = 156 / 25.4  # inches
PHONE_WIDTH = 328 / 96  # inches: a window of 360 px without its margins
_LABEL, _FIGURE, _BASE_FIGURE = 10.0, 9.5, 8.5  # points
_PHONE_LABEL = 7  # characters a line
_INK, _MUTED = "#1f2328", "#57606a"
_SERIES = ("#1f5f8b", "#a9b8c4")  # a dark and a light tone: told apart in grey and by colour-blind eyes
_FAMILIES = ["Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"]


class Chart:
    """A chart as the report shows it (HTML with the drawing inside) and as a picture (PNG) for Word."""

    __slots__ = ("alt", "html", "png")

    def __init__(self, html: str, png: bytes, alt: str) -> None:
        self.html, self.png, self.alt = html, png, alt

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html, "image/png": base64.b64encode(self.png).decode(), "text/plain": repr(self)}

    def __repr__(self) -> str:
        return self.alt


def bar_chart(
    rows: pandas.DataFrame,
    *,
    label: str,
    value: str,
    name: str,
    caption: str,
    base: str = "",
    legend: Sequence[str] = (),
    note: str = "",
) -> Chart | Prose:
    """Horizontal bars, one a row, in the order of the rows, each with its figure at its end.

    Args:
        rows: one row a bar. label: the field that names it. value: the field of its fact; blank facts are left out.
        base: a second field of facts (an earlier period's), drawn as a thinner, lighter bar under the first.
        legend: what ``value`` and ``base`` are (本期, 上期); said once, beside the first pair of bars.
        name: what ``reference`` calls the chart. caption: what it shows, with unit and as-of date.
        note: a remark under it.

    With no figure there is nothing to show. Where ``base`` has none, the bars stand alone and need no legend.

    Raises:
        FactError: the rows have no such field, hold something other than facts in it, or have different units; or no
            font has a character of a label.
    """
    _known_face()
    refuse_missing(rows, [label, value, *filter(None, [base])], Words(f"图“{name}”", f"chart {name!r}"))
    figures = _figures(rows, value, name)
    stated = rows[[fact is not None for fact in figures]]
    if stated.empty:
        return Prose("")
    units = {fact.unit for fact in figures if fact is not None}
    if len(units) > 1:
        raise FactError("chart-units", chart=name, units=sorted(units))
    series = [_figures(stated, field, name) for field in (value, base) if field]
    base = base if any(fact is not None for fact in series[-1]) else ""
    series = series[: 2 if base else 1]
    legend = legend if base else ()
    labels = [bare(one) for one in stated[label]]
    alt = _alt(caption, labels, series, legend)
    height = 0.22 + 0.36 * len(stated) * (1.5 if base else 1.0)
    with _house_style(name):
        figure, axes = _canvas(TEXT_WIDTH, height)
        _bars(axes, labels, series, legend)
        narrow, axes = _canvas(PHONE_WIDTH, height)
        _bars(axes, [_folded(label) for label in labels], series, legend)
        with _every_glyph(name):
            behind = carried(_behind(series, stated[label]), carried_words(stated[label]))
            return _chart(figure, narrow, behind, name=name, caption=caption, alt=alt, note=note)


def _figures(rows: pandas.DataFrame, field: str, name: str) -> list[Fact | None]:
    """The facts of a field, None where a cell states no number."""
    bare = next((cell for cell in rows[field] if there(cell) and not isinstance(cell, Fact)), None)
    if bare is not None:
        raise FactError("bare-figure", chart=name, field=field, value=str(bare))
    return [cell if there(cell) and cell.stated else None for cell in rows[field]]


def _bars(axes: Axes, labels: list[str], series: list[list[Fact | None]], legend: Sequence[str]) -> None:
    places = range(len(labels))
    said = _said(series, legend)
    heights, offsets = ((0.62,), (0.0,)) if len(series) == 1 else ((0.44, 0.26), (-0.2, 0.19))
    for facts, words, colour, height, offset in zip(series, said, _SERIES, heights, offsets, strict=False):
        widths = [0.0 if fact is None else float(fact) for fact in facts]
        axes.barh([place + offset for place in places], widths, height=height, color=colour)
        for place, word, width in zip(places, words, widths, strict=True):
            axes.annotate(
                word, (max(width, 0), place + offset), (4, 0), textcoords="offset points",
                va="center", ha="left", parse_math=False, color=_INK if colour == _SERIES[0] else _MUTED,
                fontsize=_FIGURE if colour == _SERIES[0] else _BASE_FIGURE,
            )  # fmt: skip
    axes.set_yticks(list(places), labels, parse_math=False)
    axes.set_ylim(len(labels) - 0.45, -0.55)
    longest = max((float(f) for facts in series for f in facts if f is not None), default=1)
    axes.set_xlim(0, (longest or 1) / (1 - _room(axes, labels, said)))


def _said(series: list[list[Fact | None]], legend: Sequence[str]) -> list[list[str]]:
    """What stands at the end of each bar, series by series: its figure, and at the first pair which series it is."""
    return [
        [
            "" if fact is None else f"{fact!s}　{legend[number] if legend and place == 0 else ''}".rstrip("　")
            for place, fact in enumerate(facts)
        ]
        for number, facts in enumerate(series)
    ]


def _room(axes: Axes, labels: list[str], said: list[list[str]]) -> float:
    """The share of the drawing's width that the figures at the bars' ends need."""
    names = max(_ems(line) for label in labels for line in label.split("\n")) * _LABEL
    figures = max(_ems(word) for words in said for word in words) * _FIGURE
    return min(0.6, (figures + 10) / (axes.figure.get_figwidth() * 72 - names - 16))


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.58 for character in text)


def _folded(label: str) -> str:
    """A long label in lines of like length, as a telephone has room for."""
    lines = math.ceil(len(label) / _PHONE_LABEL)
    length = math.ceil(len(label) / max(1, lines))
    return "\n".join(label[at : at + length] for at in range(0, len(label), length))


def _alt(caption: str, labels: list[str], series: list[list[Fact | None]], legend: Sequence[str]) -> str:
    """What the chart says, in words, from the very facts it was drawn from."""
    parts = []
    for index, label in enumerate(labels):
        said = [
            f"{legend[number] if legend else ''}{facts[index]!s}"
            for number, facts in enumerate(series)
            if facts[index] is not None
        ]
        parts.append(f"{label}{'，'.join(said)}")
    return f"条形图：{plain(caption)}。{'；'.join(parts)}。"


def _canvas(width: float, height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.spines["left"].set_color(_MUTED)
    axes.xaxis.set_visible(False)
    axes.tick_params(axis="y", length=0, labelcolor=_INK, labelsize=_LABEL, pad=6)
    return figure, axes


def _chart(figure: Figure, narrow: Figure, behind: str, *, name: str, caption: str, alt: str, note: str) -> Chart:
    source, small = (
        f"data:image/svg+xml;base64,{base64.b64encode(_drawn(one, 'svg')).decode()}" for one in (figure, narrow)
    )
    html = (
        f'<figure class="chart" id="{named(name)}"{behind}>\n<img alt="{escape(alt)}" src="{source}" data-narrow="{small}">\n'
        f"<figcaption>{marked(caption)}</figcaption>\n"
        + (f'<p class="note">注：{marked(note)}</p>\n' if note else "")
        + "</figure>"
    )
    return Chart(html, _drawn(figure, "png"), alt)


def _behind(series: list[list[Fact | None]], labels: Iterable[object]) -> list[CarriedFact]:
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
    """The drawing's bytes, with no date and no program's name in them."""
    stream = io.BytesIO()
    metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    figure.savefig(stream, format=kind, dpi=300, metadata=metadata)
    return stream.getvalue()


@contextmanager
def _every_glyph(name: str) -> Iterator[None]:
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
def _house_style(name: str) -> Iterator[None]:
    """Chinese face, text as text in SVG, ids made from the chart's name; the analyst's own settings come back after."""
    from matplotlib import rc_context, rcdefaults

    with rc_context():
        rcdefaults()
        with rc_context({"svg.fonttype": "none", "svg.hashsalt": name, "font.family": _FAMILIES}):
            yield


@cache
def _known_face() -> None:
    """Make the wheel's Chinese face known to matplotlib, once a process; that other families are missing is no news."""
    from matplotlib import font_manager
    from pylopdf_fonts_zh_cn import sans_path

    font_manager.fontManager.addfont(str(sans_path()))
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
