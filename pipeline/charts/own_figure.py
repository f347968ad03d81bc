"""A figure that an analyst drew by matplotlib or what draws by it, as a chart of the report."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..document.carried import carried, carried_words
from ..errors import FactError
from ..facts import DateFact, Fact
from ..facts.frame_cells import is_frame
from .house_style import CHINESE_FACE, Chart, drawn_as_chart, every_glyph, facts_behind, know_face

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def chart(figure: Figure, facts: Iterable[object], *, name: str, caption: str, alt: str, note: str = "") -> Chart:
    """Show an own drawing with number, caption and alternative text, in the Chinese face, and its sources.

    Args:
        figure: as ``plt.figure()``, ``plt.subplots()`` or ``seaborn`` gives it (``grid.figure``). facts: what it was drawn
            from: rows, columns of them, facts, dates, a ledger's words; numbers in the drawing are traced by them.
        name: what ``reference`` calls it. caption: what it shows, with unit. alt: the same in words, for who does not see it.

    Raises:
        FactError: there is no alternative text, nothing that was drawn is named, or a character that no font has.

    Example:
        >>> from matplotlib.figure import Figure
        >>> figure, handled = Figure(), stated(reform.table("indicators", measure="办件量"), "value")
        >>> _ = figure.subplots().plot([float(fact) for fact in handled.value])
        >>> chart(figure, handled.value, name="own", caption="办件量", alt="三个改革事项的办件量。")
        三个改革事项的办件量。
    """
    know_face()
    if not alt.strip():
        raise FactError("chart-without-alt", chart=name)
    given = list(_each(facts))
    stated = [one for one in given if isinstance(one, Fact) and one.stated]
    if not stated:
        raise FactError("chart-without-facts", chart=name)
    _in_chinese(figure)
    with every_glyph(name):
        behind = carried(facts_behind([list(stated)], given), carried_words(given))
        made = drawn_as_chart(figure, figure, behind, name=name, caption=caption, alt=alt, note=note)
    _close(figure)
    return made


def _each(facts: object) -> Iterable[object]:
    """Facts one by one, whatever holds them."""
    if is_frame(facts):
        yield from _each([facts[field] for field in facts])
    elif isinstance(facts, Fact | DateFact | str) or not isinstance(facts, Iterable):
        yield facts
    else:
        for one in facts:
            yield from _each(one)


def _in_chinese(figure: Figure) -> None:
    """Let each text fall back on the face that comes with the installation: it may have been made before that was offered."""
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        text.set_fontfamily([*text.get_fontfamily(), CHINESE_FACE])


def _close(figure: Figure) -> None:
    """Let pyplot forget the figure: JupyterLab would show it once more, without caption."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)
