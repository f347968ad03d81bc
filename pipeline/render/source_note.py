"""Where a figure came from, in the reader's words."""

from __future__ import annotations

import re
from urllib.parse import unquote

_REFERENCE = re.compile(r"([^\s#]+(?:#[^\s#=]+)?)#row=(\d+)(?:-(\d+))?(?:;col=(\S+))?")
_DERIVATIONS = {
    "sum": "合计",
    "difference": "相减",
    "product": "相乘",
    "ratio": "相比",
    "share": "占比",
    "change": "增减幅度",
    "count": "计数",
}
_SHOWN = 4  # references; more would cover the text they explain


def source_note(source: str, derivation: str = "") -> str:
    """``来源：indicators.csv第2行“数值”`` for a fact's ``data-source``; ``合计自：…`` where it was calculated.

    A file of another period keeps its period: ``2020H1/indicators.csv``. References that are not
    written ``table#row=2;col=heading`` are shown as they stand; nothing gives nothing.
    """
    references = source.split()
    if not references:
        return ""
    shown, file = [], ""
    for reference in references[:_SHOWN]:
        table, place = _in_words(reference)
        shown.append(place if table == file else table + place)
        file = table
    more = f"等{len(references)}处" if len(references) > _SHOWN else ""
    return f"{_DERIVATIONS.get(derivation, derivation)}{'自' if derivation else '来源'}：{'；'.join(shown)}{more}"


def _in_words(reference: str) -> tuple[str, str]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return unquote(reference), ""
    table, first, last, column = match.groups()
    rows = f"第{first}–{last}行" if last else f"第{first}行"
    return _table(unquote(table)), rows + (f"“{unquote(column)}”" if column else "")


def _table(path: str) -> str:
    """``indicators.csv``; of another period ``2020H1/indicators.csv``; of a workbook ``tables.xlsx〔indicators〕``."""
    parts = [part for part in path.split("/") if part not in ("..", "tables")]
    file, mark, sheet = "/".join(parts).partition("#")
    return f"{file}〔{sheet}〕" if mark else file
