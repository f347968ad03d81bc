"""The one path a report takes: check, execute, stitch, render, vouch, swap in."""

from .ask import FORMATS, Built, Request
from .path import build
from .proof import check, vouch

__all__ = ["FORMATS", "Built", "Request", "build", "check", "vouch"]
