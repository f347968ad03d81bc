"""The one path a report takes: check, execute, stitch, render, vouch, swap in."""

from .archive import archive
from .ask import FORMATS, Built, Request
from .candidate import candidate
from .path import build
from .proof import check

__all__ = ["FORMATS", "Built", "Request", "archive", "build", "candidate", "check"]
