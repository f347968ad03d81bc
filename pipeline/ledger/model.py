"""A ledger as a pandera model, made from its class: presence, allowed values, figures and dates that can be read.

pandera takes a quarter of a second to import, so the classes know nothing of it, reading does without it, and a check
pays it only where a cell fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from ..facts.quantity import Quantity, StatedError
from ..facts.when import When
from .columns import CHOICE, SLUG, STATED, TABLES, WHEN, Column

if TYPE_CHECKING:
    import pandera.pandas as pandera

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _present(text: str) -> bool:
    return bool(text)


def _sluggish(text: str) -> bool:
    return not text or bool(_SLUG.fullmatch(text))


def _readable(parse: Callable[[str], Any]) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        try:
            parse(text)
        except StatedError:
            return False
        return True

    return test


@cache
def model(table: str) -> type[pandera.DataFrameModel]:
    """The pandera ``DataFrameModel`` of a ledger's texts, columns by Chinese heading.

    ``model("licences").validate(frame, lazy=True)`` tests any frame of texts; a blank is ``""``. Each field's ``title``
    is the English name and its ``description`` the English sentence.

    Raises:
        KeyError: there is no ledger of that name.
    """
    import pandera.pandas as pandera

    ledger = TABLES[table]
    names: dict[str, Any] = {"__annotations__": {}, "__doc__": ledger.__doc__}
    for column in ledger.columns:
        names["__annotations__"][column.field] = Any
        names[column.field] = pandera.Field(
            alias=column.heading, nullable=True, title=column.field, description=column.en
        )
    for number, (column, code, test) in enumerate(_tests(ledger.columns)):
        names[f"_{code}_{number}"] = pandera.check(column.heading, name=code, element_wise=True)(_method(test))
    names["Config"] = type("Config", (), {"strict": True, "name": ledger.sheet})
    return type(ledger.__name__, (pandera.DataFrameModel,), names)


def _tests(columns: tuple[Column, ...]) -> list[tuple[Column, str, Callable[[str], bool]]]:
    """(column, the code of the problem, the test) for all that can be said of one cell."""
    tests: list[tuple[Column, str, Callable[[str], bool]]] = []
    for column in columns:
        if column.required:
            tests.append((column, "required", _present))
        if column.kind == CHOICE:
            tests.append((column, "choice", frozenset(("", *column.choices)).__contains__))
        elif column.kind == SLUG:
            tests.append((column, "slug", _sluggish))
        elif column.kind == STATED:
            tests.append((column, "figure", _readable(Quantity.parse)))
        elif column.kind == WHEN:
            tests.append((column, "date", _readable(When.parse)))
    return tests


def _method(test: Callable[[str], bool]) -> Callable[[type, str], bool]:
    def method(cls: type, text: str) -> bool:
        return test(text)

    return method


def failures(table: str, texts: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    """(heading, code, text) of every distinct text that the model of ``table`` refuses; headings may be left out.

    The model's own tests are asked first; pandera is loaded to say what fails only where one of them does.
    """
    if all(test(text) for column, _, test in _tests(TABLES[table].columns) for text in texts.get(column.heading, ())):
        return []
    import pandas as pd
    import pandera.pandas as pandera

    schema = _schema(table).select_columns([column for column in _schema(table).columns if column in texts])
    longest = max(map(len, texts.values()))
    padded = {name: [*values, *values[:1] * (longest - len(values))] for name, values in texts.items()}
    try:
        schema.validate(pd.DataFrame(padded, dtype=object), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return list(dict.fromkeys(zip(cases["column"], cases["check"], cases["failure_case"], strict=True)))
    return []


@cache
def _schema(table: str) -> pandera.DataFrameSchema:
    return model(table).to_schema()
