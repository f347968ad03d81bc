"""Many reports: those of an office's units and its own from theirs, side by side on Dask (docs/scale.md)."""

from __future__ import annotations

from .plan import Batch, Report, Unit, read_batch

__all__ = ["Batch", "Report", "Unit", "read_batch"]
