"""Numbers, dates and words that remember where they came from."""

from .date_fact import DateFact
from .derived import count, share
from .fact import Fact
from .quantity import Quantity, StatedError
from .sources import Cell, Sources
from .stated_words import StatedWords
from .total_fact import TotalFact
from .when import When

__all__ = [
    "Cell",
    "DateFact",
    "Fact",
    "Quantity",
    "Sources",
    "StatedError",
    "StatedWords",
    "TotalFact",
    "When",
    "count",
    "share",
]
