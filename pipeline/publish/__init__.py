"""Letting a report out: the public edition, the gates before it, the review sheet, the published files."""

from .editions import PublicEdition, public
from .gates import Candidate, review
from .privacy import leaks, privacy
from .publication import Published, publish
from .small_cells import small_cells

__all__ = [
    "Candidate",
    "PublicEdition",
    "Published",
    "leaks",
    "privacy",
    "public",
    "publish",
    "review",
    "small_cells",
]
