"""A column as its distinct contents and a code a row: a million rows cost as much thought as their variety."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


@dataclass
class Coded:
    """One column: ``values`` are its distinct contents, ``codes`` says for each row which of them stands there."""

    codes: np.ndarray
    values: list[Any]
    _order: np.ndarray | None = None
    _ends: np.ndarray | None = None

    @classmethod
    def of(cls, texts: np.ndarray) -> Coded:
        """A column of a grid, or some of its cells; all are texts, and to look for what is missing would take as long again."""
        import pandas as pd

        codes, values = pd.factorize(texts)
        assert codes.min(initial=0) >= 0, "a cell of a grid is no text"
        return cls(codes, values.tolist())

    def spread(self) -> np.ndarray:
        """The column row by row."""
        spread: np.ndarray = _objects(self.values)[self.codes]
        return spread

    def positions(self, code: int) -> np.ndarray:
        """The rows that hold ``values[code]``; sorting once makes many such questions cheap."""
        import numpy as np

        if self._order is None or self._ends is None:
            self._order = np.argsort(self.codes, kind="stable")
            self._ends = np.cumsum(np.bincount(self.codes, minlength=len(self.values)))
        return self._order[self._ends[code - 1] if code else 0 : self._ends[code]]

    def where(self, test: Callable[[Any], object]) -> np.ndarray:
        """A mask of the rows whose content passes ``test``."""
        import numpy as np

        passed: np.ndarray = np.fromiter((bool(test(value)) for value in self.values), bool, len(self.values))
        mask: np.ndarray = passed[self.codes]
        return mask


def combined(columns: list[Coded]) -> Coded:
    """Several columns as one, whose values are tuples."""
    import pandas as pd

    combined = columns[0].codes.astype("int64")
    for column in columns[1:]:
        combined = combined * len(column.values) + column.codes
    codes, distinct = pd.factorize(combined)
    combinations = []
    for number in distinct.tolist():
        values = []
        for column in reversed(columns[1:]):
            number, index = divmod(number, len(column.values))
            values.append(column.values[index])
        combinations.append((columns[0].values[number], *reversed(values)))
    return Coded(codes, combinations)


def _objects(values: list[Any]) -> np.ndarray:
    import numpy as np

    return np.fromiter(values, object, len(values))  # a quantity, which is a tuple, stays one object
