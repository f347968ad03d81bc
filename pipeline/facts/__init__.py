"""A number that remembers where it came from."""

from .fact import DateFact, Fact, count, share
from .quantity import Quantity, StatedError
from .sources import Cell, Sources
from .when import When

__all__ = ["Cell", "DateFact", "Fact", "Quantity", "Sources", "StatedError", "When", "count", "share"]
