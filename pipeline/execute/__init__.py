"""Section notebooks in, executed notebooks out: papermill over kernels that are ready before they are asked for."""

from .ran import Event, Ran
from .run import prepare, run_sections

__all__ = ["Event", "Ran", "prepare", "run_sections"]
