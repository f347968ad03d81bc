"""A wrong thing: where it is, how bad it is, what was found, what is allowed, what to do; all of it in zh and en."""

from .catalogue import Said
from .finding import ERROR, WARNING, Finding
from .language import language
from .nearest import Nearest, nearest_of
from .place import Place
from .system_reason import system_reason
from .words import LANGUAGES, Counted, Words

__all__ = [
    "ERROR",
    "LANGUAGES",
    "WARNING",
    "Counted",
    "Finding",
    "Nearest",
    "Place",
    "Said",
    "Words",
    "language",
    "nearest_of",
    "system_reason",
]
