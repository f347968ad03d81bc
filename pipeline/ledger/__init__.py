"""Source records in: schemas, reading, checks, problems told exactly, templates for a new half-year."""

from . import schemas as _schemas  # the ledgers enter TABLES as their classes are made
from .columns import TABLES
from .problems import Problem
from .reading import read, tables

__all__ = ["TABLES", "Problem", "read", "tables"]
del _schemas
