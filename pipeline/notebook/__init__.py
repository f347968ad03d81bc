"""What notebooks import."""

from ..charts.faces import offer as offer_face
from ..document.markup import Prose
from ..facts.frame_cells import is_total, stated, without_totals
from .display import Table, heading, reference, say, table
from .joining import given, join
from .section import Section
from .unit_tables import by_unit, told_apart
from .wording import documents, listed

offer_face()  # whatever a notebook draws by itself

__all__ = [
    "Prose", "Section", "Table", "by_unit", "documents", "given", "heading", "is_total", "join", "listed", "reference", "say", "stated", "table", "told_apart",
    "without_totals",
]  # fmt: skip
