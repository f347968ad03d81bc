"""Plain pages about reports: how they look, what they list, and how a folder of them is made anew."""

from .listing import Listed, table_of
from .page_folder import INDEX, SUMS, Replaced, is_ours, replaced, write_sums
from .plain_page import MADE_BY, mark, page

__all__ = [
    "INDEX",
    "MADE_BY",
    "SUMS",
    "Listed",
    "Replaced",
    "is_ours",
    "mark",
    "page",
    "replaced",
    "table_of",
    "write_sums",
]
