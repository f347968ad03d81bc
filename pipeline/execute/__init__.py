"""Section notebooks in, executed notebooks out: papermill over kernels that are ready before they are asked for."""

from .run import Event, Ran, run_sections

__all__ = ["Event", "Ran", "run_sections"]
