"""A number that remembers where it came from."""

from .date_fact import DateFact
from .derived import count, share
from .fact import Fact
from .quantity import Quantity, StatedError
from .sources import Cell, Sources
from .when import When

__all__ = ["Cell", "DateFact", "Fact", "Quantity", "Sources", "StatedError", "When", "count", "share"]
