"""Section notebooks in, executed notebooks out: papermill over kernels that are ready before they are asked for."""

from .outcome import Event, Ran
from .run import load, look, prepare, run_sections
from .staleness import Look, circumstances, store_of
from .store import Store

__all__ = [
    "Event",
    "Look",
    "Ran",
    "Store",
    "circumstances",
    "load",
    "look",
    "prepare",
    "run_sections",
    "store_of",
]
