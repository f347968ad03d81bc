"""What notebooks import."""

from .display import Prose, Table, heading, reference, say, table
from .section import Section
from .wording import documents, given, join, listed

__all__ = [
    "Prose", "Section", "Table", "documents", "given", "heading", "join", "listed", "reference", "say", "table",
]  # fmt: skip
