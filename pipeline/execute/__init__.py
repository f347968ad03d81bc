"""Section notebooks in, executed notebooks out: papermill over kernels that are ready before they are asked for."""

from .ran import Event, Ran
from .run import reasons, run_sections

__all__ = ["Event", "Ran", "reasons", "run_sections"]
