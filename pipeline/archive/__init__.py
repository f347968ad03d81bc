"""Finished reports through time: the archive of an office, the history of its figures, what differs between two reports."""

from .changed_figures import ChangedFigure, changed_figures
from .collection import Archive
from .difference import Difference, diff
from .difference_lines import difference_text
from .difference_page import difference_page, write_difference_page
from .finished import FinishedReport
from .opening import archive
from .site import Site, write_site

__all__ = [
    "Archive",
    "ChangedFigure",
    "Difference",
    "FinishedReport",
    "Site",
    "archive",
    "changed_figures",
    "diff",
    "difference_page",
    "difference_text",
    "write_difference_page",
    "write_site",
]
