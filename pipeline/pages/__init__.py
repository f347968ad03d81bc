"""Plain pages about reports: how they look, what they list, and how a folder of them is made anew."""

from .listing import Listed, table_of
from .page_folder import INDEX, is_ours, replaced, sha256
from .plain_page import MADE_BY, mark, page

__all__ = ["INDEX", "MADE_BY", "Listed", "is_ours", "mark", "page", "replaced", "sha256", "table_of"]
