"""A sheet as text: what CSV and workbooks have in common before anyone asks what the columns mean."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..findings import Finding, Place
from ..findings.place import letter
from .look import Look

if TYPE_CHECKING:
    import numpy as np

CARRIED = "结转待核"  # what a row taken over from the period before says until someone has looked at it
# blanks, the byte order mark and the zero-width space around a cell's text mean nothing
AROUND = " \t\r\n\u3000\xa0\ufeff\u200b"
LOST = re.compile("\ufffd|锟斤拷|烫烫烫")


@dataclass
class Grid:
    """The cells of one sheet.

    ``columns`` maps a column's index (A is 0) to an object array of its texts, one a row from row 1; ``merges`` are
    ``(first row, first column, last row, last column)`` from 0; ``ambiguous`` the cells that were typed as a number and
    would read otherwise as text; ``words`` what stands in a cell of a number, by column and row, where the number is read
    otherwise; ``told`` the rows, as Excel shows them, of cells that cannot be read and are among the problems already, by
    column; ``clean`` says that no cell can hold an unseen or lost character or a failed formula,
    ``carried`` that one may say 结转待核; ``look`` is what a sheet hides, revokes or remarks on;
    ``widths`` are the fields of each record of a text file whose records differ in them.
    """

    file: str
    source: str
    sheet: str = ""
    columns: dict[int, np.ndarray] = field(default_factory=dict)
    height: int = 0
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    ambiguous: set[tuple[int, int]] = field(default_factory=set)
    words: dict[int, dict[int, str]] = field(default_factory=dict)
    told: dict[int, set[int]] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    clean: bool = False
    carried: bool = True
    look: Look = field(default_factory=Look)
    widths: list[int] = field(default_factory=list)

    def text(self, row: int, column: int) -> str:
        """The text of one cell, without what stands around it; both from 0."""
        cells = self.columns.get(column)
        return "" if cells is None or row >= self.height else str(cells[row]).strip(AROUND)

    def shifted(self, head: int) -> set[int]:
        """The rows with more fields than the row ``head``, both from 0: a separator too many has shifted their cells.

        Where all rows have more, their lines end with a separator, which shifts nothing.
        """
        below = self.widths[head + 1 :] if head >= 0 else []
        if all(width > self.widths[head] for width in below):
            return set()
        return {row for row, width in enumerate(below, head + 1) if width > self.widths[head]}

    def content(self) -> str:
        """SHA-256 of all that reading the sheet may make something of."""
        digest = hashlib.sha256()
        for index, texts in sorted(self.columns.items()):
            digest.update("\0".join([str(index), *texts, "\1"]).encode(errors="surrogatepass"))
        rest = [
            self.file,
            self.sheet,
            self.height,
            self.merges,
            sorted(self.ambiguous),
            sorted(self.words.items()),
            self.problems,
            self.clean,
            self.carried,
            str(self.look),
        ]
        digest.update(repr(rest).encode(errors="surrogatepass"))
        return digest.hexdigest()

    def problem(
        self,
        code: str,
        *,
        rows: tuple[int, ...] = (),
        column: str | int = "",
        heading: str = "",
        value: str = "",
        severity: str = "",
        **params: Any,
    ) -> Finding:
        """A problem of this sheet; ``column`` may be given as an index, ``params`` are what its message needs."""
        named = letter(column) if isinstance(column, int) else column
        return Finding(code, Place(self.file, self.sheet, rows, named, heading), value, params, severity)
