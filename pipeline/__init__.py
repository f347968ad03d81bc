"""halfyear: from a period's ledgers and parameterised notebooks to one work report.

What a notebook imports stands here; it is loaded when first asked for, so that the command starts at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .charts.bars import bar_chart
    from .charts.own_figure import chart
    from .charts.parts_of_a_whole import parts_chart
    from .charts.trend import trend_chart
    from .charts.upright_columns import column_chart
    from .facts import Fact, count, share
    from .notebook import (
        Section,
        by_unit,
        documents,
        given,
        heading,
        join,
        listed,
        reference,
        say,
        stated,
        table,
        told_apart,
    )
    from .notebook.said_once import says_more
    from .notebook.wholes import added_up, broken_down, side_by_side, with_total
    from .notebook.worked_rules import balance_note

_HOMES = {
    "Fact": "facts",
    "Section": "notebook",
    "added_up": "notebook.wholes",
    "balance_note": "notebook.worked_rules",
    "bar_chart": "charts.bars",
    "broken_down": "notebook.wholes",
    "by_unit": "notebook",
    "chart": "charts.own_figure",
    "column_chart": "charts.upright_columns",
    "count": "facts",
    "documents": "notebook",
    "given": "notebook",
    "heading": "notebook",
    "join": "notebook",
    "listed": "notebook",
    "parts_chart": "charts.parts_of_a_whole",
    "reference": "notebook",
    "say": "notebook",
    "says_more": "notebook.said_once",
    "share": "facts",
    "side_by_side": "notebook.wholes",
    "stated": "notebook",
    "table": "notebook",
    "told_apart": "notebook",
    "trend_chart": "charts.trend",
    "with_total": "notebook.wholes",
}

__all__ = [
    "Fact",
    "Section",
    "added_up",
    "balance_note",
    "bar_chart",
    "broken_down",
    "by_unit",
    "chart",
    "column_chart",
    "count",
    "documents",
    "given",
    "heading",
    "join",
    "listed",
    "parts_chart",
    "reference",
    "say",
    "says_more",
    "share",
    "side_by_side",
    "stated",
    "table",
    "told_apart",
    "trend_chart",
    "with_total",
]


def __getattr__(name: str) -> Any:
    is_module = name not in _HOMES and not name.startswith("_") and find_spec(f"{__name__}.{name}")
    if is_module:  # Python asks for it before it imports it
        msg = f"module {__name__!r} has no attribute {name!r} as long as that is not imported"
        raise AttributeError(msg)
    if "IPython" in sys.modules and not name.startswith("_"):
        import_module(".notebook.help_at_hand", __name__).offer()
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    from .findings import nearest_of

    near = nearest_of(name, __all__).text("en")
    msg = f"module {__name__!r} has no attribute {name!r}{near}; it has {', '.join(__all__)}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return __all__
