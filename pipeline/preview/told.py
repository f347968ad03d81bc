"""What went wrong, as the page shows it: a place and what is to be said of it."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..errors import DataError, HalfyearError

_PACKAGE = Path(__file__).resolve().parents[1]


def told(error: BaseException, lang: str) -> list[dict[str, str]]:
    """An error as a list of ``{"place", "text"}``, one entry a thing to mend; problems of a ledger have its ``group``, too.

    ``place`` is file and line (or notebook, cell and line, or ledger and cell as Excel writes it), "" where there is
    none. A fault that is not ours to word has its type, its words and the last line of ours that it passed.
    """
    if isinstance(error, DataError) and error.details:
        return remarks((one for one in error.details if one.severity == "error"), lang)
    if isinstance(error, HalfyearError):
        return [{"place": "", "text": error.text(lang)}]
    return [{"place": _code_place(error), "text": "".join(traceback.format_exception_only(error)).strip()}]


def remarks(found: Iterable[Any], lang: str) -> list[dict[str, str]]:
    """Problems of the ledgers and findings about the report in the same form; their words in ``lang`` say the place.

    ``group`` is the ledger, as its file and sheet are called.
    """
    return [
        {"place": "", "text": one.text(lang), "group": f"{one.place.file} {one.place.sheet}".strip()} for one in found
    ]


def _code_place(error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_short(error.filename)}, line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    return f"{_short(ours[-1].filename)}, line {ours[-1].lineno}" if ours else ""


def _short(file: str) -> str:
    path = Path(file)
    return path.relative_to(_PACKAGE.parent).as_posix() if path.is_relative_to(_PACKAGE) else file
