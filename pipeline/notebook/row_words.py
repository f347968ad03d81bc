"""What is said of each row, written once: text with {field}s, parts of it in [ ] that a blank field takes away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import Formatter
from typing import TYPE_CHECKING, Any

from ..errors import FactError
from ..facts.frame_cells import as_dicts, field_named, is_frame, known_fields, there
from .joining import is_given, join

if TYPE_CHECKING:
    import pandas

_OPTIONAL = re.compile(r"\[([^\[\]{}]*\{[^\[\]]*)\]")  # brackets without a field are brackets


def phrases(rows: pandas.DataFrame, text: str | Sequence[str], within: str = "，") -> list[str]:
    """``text`` for each of ``rows``: a field's name, text with ``{field}``s, or clauses, of which each is left out where blank.

    Raises:
        FactError: the rows have no such field, or a figure outside [ ] is blank.
    """
    texts = [_with_a_field(one) for one in ([text] if isinstance(text, str) else text)]
    known_fields(rows, (field for one in texts for field in _fields(one)))
    each = [_Row(rows, record) for record in as_dicts(rows)]
    if isinstance(text, str):
        return [_worded(texts[0], row) for row in each]
    return [join((_unless_blank(one, row) for one in texts), within) for row in each]


def around(rows: Any, text: str) -> list[str]:
    """What stands before or after each of ``rows``: text that may have ``{field}``s."""
    return phrases(rows, text) if is_frame(rows) and _fields(text) else [text] * len(rows)


class _Row(dict[str, Any]):
    """The cells of a row, by field or heading; what a merge left without a cell is blank."""

    def __init__(self, rows: pandas.DataFrame, record: dict[Any, Any]) -> None:
        super().__init__({field: cell if there(cell) else "" for field, cell in record.items()})
        self._rows = rows

    def __missing__(self, name: str) -> Any:
        return self[field_named(self._rows, name)]


def _with_a_field(text: str) -> str:
    """A text that would be the same for each row is the name of a field."""
    return text if "{" in text else f"{{{text}}}"


def _worded(text: str, row: _Row) -> str:
    parts = _OPTIONAL.split(text)
    return "".join(_unless_blank(part, row) if place % 2 else part.format_map(row) for place, part in enumerate(parts))


def _unless_blank(text: str, row: _Row) -> str:
    own = _fields(_OPTIONAL.sub("", text))
    return _worded(text, row) if all(is_given(row[field]) for field in own) else ""


def _fields(text: str) -> list[str]:
    """The names in braces.

    Raises:
        FactError: braces do not match.
    """
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        raise FactError("row-words", value=text) from None
