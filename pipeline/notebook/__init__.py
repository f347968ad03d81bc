"""What notebooks import."""

from ..charts.bars import Chart, bar_chart
from .display import Prose, Table, heading, reference, say, table
from .section import Section
from .wording import documents, given, join, listed

__all__ = [
    "Chart", "Prose", "Section", "Table", "bar_chart", "documents", "given", "heading", "join", "listed", "reference", "say", "table",
]  # fmt: skip
