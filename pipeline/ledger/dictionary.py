"""The data dictionary, written from the declarations; ``python -m pipeline.ledger.dictionary [WORKSPACE]`` prints it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from .columns import Column, Ledger
from .declared_ledgers import DeclaredLedgers, built_in, ledgers_in
from .roles import DATE, FIGURE, Role

_HEAD = """# Data dictionary

Every ledger of a period: a file `data/PERIOD/tables/STEM.csv`, or the sheet of that name in
`data/PERIOD/tables.xlsx`. This page is written from `pipeline/ledger/declared/*.toml`; change it there, then
`python -m pipeline.ledger.dictionary > docs/data-dictionary.md`. With the folder of a workspace as argument it also has
the ledgers which that declares for itself ([ledgers.md](ledgers.md)).

Kinds of column:

* **text**
* **choice**: one of the values listed
* **slug**: lower-case letters, digits and hyphens
* **figure**: a number as stated: `418`, `10余`, `3.4万`, `-24.76%`, `由64%上升到81%`, `第1位`.
  Blank is not known yet, `/` none, `不适用` not applicable, `0` zero.
* **date**: a day, month, quarter, half-year, year or part of one: `2024-03-15`, `2024-03`, `2024H1`, `2024H1末`, `2024`,
  `2024年初`, `2024年3月上旬`

A required column has to be there and filled in; any other may be left out of the file.
"""


def dictionary(ledgers: DeclaredLedgers | None = None) -> str:
    """The page as Markdown; of the ledgers built in, unless others are given."""
    found = (built_in() if ledgers is None else ledgers).values()
    return "\n".join([_HEAD, _contents(found), *(_ledger(ledger) for ledger in found)])


def _contents(ledgers: Iterable[Ledger]) -> str:
    rows = [f"| [{each.stem}](#{each.stem}) | {each.sheet} | {each.en} |" for each in ledgers]
    return "\n".join(["| file | sheet | one row is |", "|---|---|---|", *rows, ""])


def _ledger(ledger: Ledger) -> str:
    rows = [_row(ledger, column) for column in ledger.columns]
    head = [f"## {ledger.stem}", "", f"{ledger.sheet}: {ledger.en} {_keys(ledger)}".rstrip(), ""]
    return "\n".join(
        [*head, "| heading | field | kind | role | required | meaning |", "|---|---|---|---|---|---|", *rows, ""]
    )


def _keys(ledger: Ledger) -> str:
    headings = [ledger.column(field).heading for field in ledger.key]
    sentences = [f"No two rows have the same {' + '.join(headings)}." if headings else ""]
    sentences.append(
        {"all": "A new period takes its rows over.", "running": "What is not completed carries over."}.get(
            ledger.carried, ""
        )
    )
    return " ".join(filter(None, sentences))


def _row(ledger: Ledger, column: Column) -> str:
    required = "yes" if column.required else ""
    return f"| {column.heading} | `{column.field}` | {_kind(column)} | {column.role} | {required} | {' '.join(_meaning(ledger, column))} |"


def _kind(column: Column) -> str:
    if column.kind in (FIGURE, DATE):
        return column.kind
    slug = column.role == Role.INITIATIVE_CODE
    return "slug" if slug else "choice" if column.choices else "text"


def _meaning(ledger: Ledger, column: Column) -> list[str]:
    sentences = [column.en]
    if column.choices:
        sentences.append(f"One of {'、'.join(column.choices)}.")
    if column.unit or column.unit_from:
        unit = column.unit or f"in the column {ledger.column(column.unit_from).heading}"
        sentences.append(f"Unit: {unit}.")
    if column.in_period:
        sentences.append("Should lie in the period.")
    if column.may_identify:
        sentences.append("May identify a person.")
    return sentences


if __name__ == "__main__":
    print(dictionary(ledgers_in(Path(sys.argv[1])) if len(sys.argv) > 1 else None), end="")
