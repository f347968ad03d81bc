"""``python -m benchmarks.workbooks.comparing FILE``: one workbook by our reader and by openpyxl, cell by cell, as JSON.

Run in a process of its own under a limit of memory and time.
"""

from __future__ import annotations

import datetime
import json
import re
import signal
import sys
import time
import warnings
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

_EXAMPLES, _PATIENCE = 3, 60


class _OutOfPatienceError(Exception):
    """openpyxl took too long."""


def _stop(*_: object) -> None:
    raise _OutOfPatienceError


def peak() -> float:
    """The most memory this process has held, in MB."""
    return int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def ours(file: Path) -> dict[str, Any]:
    """What our reader says of every sheet."""
    from pipeline.ledger import workbook

    begin = time.perf_counter()
    book = workbook.read(file)
    refused = [each.code for each in book.problems if each.code not in _OF_LEDGERS]
    sheets, faults = {}, Counter()
    for name in book.sheets:
        grid = book.grid(name, "corpus")
        cells = {}
        for column, texts in grid.columns.items():
            words = grid.words.get(column, {})
            cells |= {(row, column): (text, words.get(row, text)) for row, text in enumerate(texts) if text != ""}
        told = {}
        for each in grid.problems:
            faults[each.code] += len(each.place.rows) or 1
            told |= {(row - 1, each.place.column): each.code for row in each.place.rows or (0,)}
        sheets[name] = (cells, told, grid.words)
    return {"seconds": time.perf_counter() - begin, "refused": refused, "faults": dict(faults), "sheets": sheets}


_OF_LEDGERS = {"unknown-sheet", "sheet-misnamed", "hidden-sheet"}  # names of sheets are nothing to this corpus


def theirs(file: Path) -> dict[str, dict[tuple[int, int], tuple[Any, str]]]:
    """The value and number format of every filled cell, by openpyxl."""
    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    book = load_workbook(file, data_only=True)
    return {
        sheet.title: {
            (cell.row - 1, cell.column - 1): (cell.value, cell.number_format)
            for cell in sheet._cells.values()
            if cell.value not in (None, "")
        }
        for sheet in book.worksheets
    }


def explained(value: Any, form: str, text: str, words: str | None) -> str:
    """Why ours is not to the letter what openpyxl gives; "" where it is the same, "unexplained" where nothing tells."""
    if isinstance(value, str):
        return _text(value, text)
    if isinstance(value, bool):
        return "" if text == str(value).upper() else "unexplained"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return _date(value, text, words)
    return _number(Decimal(repr(value)), form, text)


def _text(value: str, text: str) -> str:
    if value == text:
        return ""
    if value.startswith("#"):
        return "error value"
    if re.sub(r"\s", "", value) == re.sub(r"\s", "", text):
        return "line ends and blanks of a text"
    if "_x" in value:
        return "escaped character"
    return "text under a format for texts" if value in text else "unexplained"


def _date(value: Any, text: str, words: str | None) -> str:
    if not isinstance(value, datetime.datetime | datetime.date):
        return "time of day or span" if words or not text else "unexplained"
    plain = text.replace("-", "").replace(":", "").replace(" ", "")
    return "date, as far as shown" if plain and f"{value:%Y%m%d%H%M%S}".startswith(plain) else "unexplained"


def _number(value: Decimal, form: str, text: str) -> str:
    bare = re.sub(r"[^\d.%-]", "", text)
    try:
        number = Decimal(bare.rstrip("%"))
    except InvalidOperation:
        return "digits parted by words of the format" if any(each in form for each in '\\"-/!') else "unexplained"
    if number == value and bare == text:
        return ""
    if number == value:
        return "words of the format"
    if bare.endswith("%") and abs(number / 100 - value) <= abs(
        Decimal("0.5001").scaleb(number.as_tuple().exponent - 2)
    ):
        return "percent"
    if abs(number - value) <= Decimal("0.5001").scaleb(number.as_tuple().exponent):
        return "decimals shown"
    if abs(number - value) <= abs(value) * Decimal("1e-14"):
        return "fifteen digits"
    scaled = {value.scaleb(-3 * power) for power in (1, 2, 3)} if "," in form else set()
    if any(abs(number - each) <= Decimal("0.5001").scaleb(number.as_tuple().exponent) for each in scaled):
        return "shown in thousands"
    return "digits parted by words of the format" if re.search(r"[!\\\"]", form) else "unexplained"


def compared(mine: dict[str, Any], other: dict[str, Any]) -> tuple[int, Counter[str], dict[str, list[str]]]:
    """Cells compared, differences by what explains them, and some examples of each."""
    from pipeline.findings.place import letter

    count, kinds, examples = 0, Counter(), {}
    for name, cells in other.items():
        own, told, _ = mine["sheets"].get(name, ({}, {}, {}))
        for (row, column), (value, form) in cells.items():
            count += 1
            text, words = own.get((row, column), ("", None))
            fault = told.get((row, letter(column)), "")
            kind = f"told: {fault}" if fault not in ("", "rounded") else explained(value, form, text, words)
            if kind == "unexplained" and not own and told:
                kind = "told: the whole sheet"
            elif kind == "unexplained" and not text and re.search(r"[/:]", str(value)):
                kind = "address of a link on a blank cell"
            if kind:
                kinds[kind] += 1
                examples.setdefault(kind, [])
                if len(examples[kind]) < _EXAMPLES:
                    examples[kind].append(f"{name}!{letter(column)}{row + 1}: {value!r} {form!r} -> {text!r}"[:200])
        extra = set(own) - set(cells)
        if extra:
            kinds["only ours has it"] += len(extra)
            row, column = min(extra)
            examples["only ours has it"] = [f"{name}!{letter(column)}{row + 1}: {own[row, column]!r}"[:200]]
    return count, kinds, examples


def main() -> None:
    """Print what was found as one line of JSON."""
    file = Path(sys.argv[1])
    signal.signal(signal.SIGALRM, _stop)
    mine = ours(file)
    result = {name: mine[name] for name in ("seconds", "refused", "faults")} | {"peak": peak()}
    result["sheets"], result["cells"] = len(mine["sheets"]), sum(len(cells) for cells, _, _ in mine["sheets"].values())
    begin = time.perf_counter()
    signal.alarm(_PATIENCE)  # openpyxl expands entities, for as long as it takes
    try:
        other = theirs(file)
    except Exception as error:  # a reader may fail in any way; that is what is asked
        result["openpyxl"] = f"{type(error).__name__}: {str(error)[:80]}"
    else:
        signal.alarm(0)
        result["openpyxl_seconds"] = time.perf_counter() - begin
        if not mine["refused"]:
            result["compared"], result["kinds"], result["examples"] = compared(mine, other)
    print(json.dumps(result, ensure_ascii=False, default=str))


if __name__ == "__main__":
    main()
