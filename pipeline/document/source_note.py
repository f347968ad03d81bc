"""Where a figure came from, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .cell_notation import CellNotation
from .source_rows import Rows, rows_of

_DERIVATIONS = {
    "sum": "合计",
    "difference": "相减",
    "product": "相乘",
    "ratio": "相比",
    "share": "占比",
    "change": "增减幅度",
    "count": "计数",
}
SHOWN = 4  # stretches of cells; more would cover the text they explain


class SourceNotes:
    """What is said of the sources of a document's figures: ``metadata`` is its ``metadata.halfyear``, which knows its ledgers."""

    def __init__(self, metadata: Mapping[str, Any]) -> None:
        self._notation = CellNotation(metadata.get("ledgers", {}))

    def worded(self, source: str, derivation: str = "") -> str:
        """``来源：指标!E5`` for a fact's ``data-source``; ``合计自：…`` where it was calculated; nothing gives nothing.

        A ledger that the document does not know is called by its file: ``indicators.csv第5行“数值”``. What is no source
        is shown as it stands.
        """
        try:
            shown = [self._called(rows) for rows in rows_of(source)]
        except ValueError:
            shown = source.split()
        if not shown:
            return ""
        more = f"等{len(shown)}处" if len(shown) > SHOWN else ""
        return f"{_DERIVATIONS.get(derivation, derivation)}{'自' if derivation else '来源'}：{'、'.join(shown[:SHOWN])}{more}"

    def _called(self, rows: Rows) -> str:
        written = self._notation.of(rows)
        return written if written != rows.written else _by_file(rows)


def _by_file(rows: Rows) -> str:
    """``indicators.csv第5行“数值”``; of another period ``2020H1/indicators.csv``; of a workbook ``tables.xlsx〔indicators〕``."""
    parts = [part for part in rows.table.split("/") if part not in ("..", "tables")]
    file, mark, sheet = "/".join(parts).partition("#")
    name = f"{file}〔{sheet}〕" if mark else file
    numbers = f"{rows.first}–{rows.last}" if rows.last > rows.first else f"{rows.first}"
    return f"{name}第{numbers}行" + (f"“{rows.column}”" if rows.column else "")
