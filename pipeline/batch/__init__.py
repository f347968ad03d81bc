"""Many reports: those of an office's units and its own from theirs, side by side on Dask (docs/scale.md)."""

from __future__ import annotations

from .plan import Batch, Report, read_batch
from .units_table import Unit

__all__ = ["Batch", "Report", "Unit", "read_batch"]
