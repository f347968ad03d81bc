"""The data dictionary, written from the ledgers' classes; ``python -m pipeline.ledger.dictionary`` prints it."""

from __future__ import annotations

from . import TABLES
from .columns import CHOICE, SLUG, STATED, WHEN, Column, Ledger

_HEAD = """# Data dictionary

Every ledger of a half-year: a file `data/PERIOD/tables/STEM.csv`, or the sheet of that name in
`data/PERIOD/tables.xlsx`. This page is written from `pipeline/ledger/schemas.py`; change it there, then
`python -m pipeline.ledger.dictionary > docs/data-dictionary.md`.

Kinds of column:

* **text**
* **choice**: one of the values listed
* **slug**: lower-case letters, digits and hyphens
* **figure**: a number as stated: `418`, `10余`, `3.4万`, `-24.76%`, `由64%上升到81%`, `第1位`.
  Blank is not known yet, `/` none, `不适用` not applicable, `0` zero.
* **date**: a day, month, half-year, year or part of one: `2024-03-15`, `2024-03`, `2024H1`, `2024H1末`, `2024`,
  `2024年初`, `2024年3月上旬`

A required column has to be there and filled in; any other may be left out of the file.
"""
_KINDS = {STATED: "figure", WHEN: "date", CHOICE: "choice", SLUG: "slug"}


def dictionary() -> str:
    """The page as Markdown."""
    return "\n".join([_HEAD, _contents(), *(_ledger(ledger) for ledger in TABLES.values())])


def _contents() -> str:
    rows = [f"| [{each.stem}](#{each.stem}) | {each.sheet} | {_first_line(each)} |" for each in TABLES.values()]
    return "\n".join(["| file | sheet | one row is |", "|---|---|---|", *rows, ""])


def _ledger(ledger: type[Ledger]) -> str:
    rows = [_row(ledger, column) for column in ledger.columns]
    head = [f"## {ledger.stem}", "", f"{ledger.sheet}: {_first_line(ledger)} {_keys(ledger)}".rstrip(), ""]
    return "\n".join([*head, "| heading | field | kind | required | meaning |", "|---|---|---|---|---|", *rows, ""])


def _first_line(ledger: type[Ledger]) -> str:
    return (ledger.__doc__ or "").splitlines()[0]


def _keys(ledger: type[Ledger]) -> str:
    headings = [ledger.column(field).heading for field in ledger.key]
    sentences = [f"No two rows have the same {' + '.join(headings)}." if headings else ""]
    sentences.append(
        {"all": "A new half-year takes its rows over.", "running": "What is not completed carries over."}.get(
            ledger.carried, ""
        )
    )
    return " ".join(filter(None, sentences))


def _row(ledger: type[Ledger], column: Column) -> str:
    kind = _KINDS.get(column.kind, "text")
    required = "yes" if column.required else ""
    return f"| {column.heading} | `{column.field}` | {kind} | {required} | {' '.join(_meaning(ledger, column))} |"


def _meaning(ledger: type[Ledger], column: Column) -> list[str]:
    sentences = [column.en]
    if column.choices:
        sentences.append(f"One of {'、'.join(column.choices)}.")
    if column.unit or column.unit_from:
        unit = column.unit or f"in the column {ledger.column(column.unit_from).heading}"
        sentences.append(f"Unit: {unit}.")
    if column.in_period:
        sentences.append("Should lie in the half-year.")
    return sentences


if __name__ == "__main__":
    print(dictionary(), end="")
