"""Numbers, dates and words that remember where they came from."""

from .date_fact import DateFact
from .derived import count, share
from .fact import Fact
from .quantity import Quantity, StatedError
from .sources import Cell, Sources
from .when import When
from .words import Words

__all__ = ["Cell", "DateFact", "Fact", "Quantity", "Sources", "StatedError", "When", "Words", "count", "share"]
