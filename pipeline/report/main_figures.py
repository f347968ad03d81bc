"""主要指标: the figures that matter most beside what earlier periods state, in a table behind the report's opening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..period import Period
from .figures_to_show import KeyFigure

_NAME, _CAPTION = "main-figures", "主要指标"


def main_figures(
    report: Mapping[str, Any], figures: Sequence[KeyFigure], labels: Sequence[str], period: Period
) -> dict[str, Any] | None:
    """A notebook that leads to the table and shows it; None where the report's text states none of the figures.

    Args:
        report: as stitched. labels: of the figures that are wanted; without any the largest of each chapter.
    """
    import lxml.html
    import pandas

    from ..notebook import Table, reference, say, table
    from ..notebook.comparison import headings
    from ..render import semantic_body
    from ..render.web.key_figures import chosen_figures

    article = lxml.html.fragment_fromstring(semantic_body(report))
    cells = {one.entry["source"]: one.cells for one in figures}
    chosen = [cells[one["source"]] for _, one in chosen_figures(article, [one.entry for one in figures], labels)]
    if not chosen:
        return None
    columns = {"label": "指标", "value": period.called.current, **headings(period)}
    shown = table(pandas.DataFrame(chosen, dtype=object), columns, name=_NAME, caption=_CAPTION)
    assert isinstance(shown, Table), "there are rows"
    lead = say(f"{_CAPTION}见{reference(_NAME)}。")
    return {
        "cells": [
            _cell("lead", {"text/markdown": lead.markdown}),
            _cell("table", {"text/html": shown._repr_html_(), "text/plain": repr(shown)}),
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(name: str, data: dict[str, str]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": f"{_NAME}-{name}",
        "metadata": {"tags": ["remove-input"], "jupyter": {"source_hidden": True}},
        "source": "",
        "outputs": [{"output_type": "display_data", "data": data, "metadata": {}}],
        "execution_count": None,
    }
