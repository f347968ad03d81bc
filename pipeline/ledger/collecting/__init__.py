"""Several departments' workbooks merged into a period's ledgers; where each cell came from is kept beside them."""

from .collect import Collected, Department, collect

__all__ = ["Collected", "Department", "collect"]
