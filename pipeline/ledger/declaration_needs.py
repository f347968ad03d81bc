"""What the columns of a ledger need of each other, so that nothing which asks for a role fails without a word."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Words
from .columns import Ledger
from .roles import Role

Key = tuple[str, ...]


def needs(ledger: Ledger) -> Iterator[tuple[Key, Words]]:
    """(property, what is wanting) for everything a ledger lacks for what it declares."""
    yield from _of_figures(ledger)
    yield from _of_carrying(ledger)
    if ledger.total_over and ledger.total_over not in ledger.key:
        yield ("total_over",), Words("这一列应在 primaryKey 里", "the field should be one of primaryKey")
    if ledger.yearly and not (ledger.field(Role.AS_OF) and ledger.field(Role.NOTE)):
        yield ("yearly",), _columns(Role.AS_OF, Role.NOTE)
    if ledger.field(Role.RULE) and not all(map(ledger.field, (Role.TABLE, Role.SEVERITY, Role.ITEM))):
        yield ("fields",), _columns(Role.TABLE, Role.SEVERITY, Role.ITEM)
    if ledger.field(Role.INITIATIVE_CODE) and not ledger.field(Role.INITIATIVE_NAME):
        yield ("fields",), _columns(Role.INITIATIVE_NAME)


def _of_figures(ledger: Ledger) -> Iterator[tuple[Key, Words]]:
    if not ledger.figures:
        return
    if not ledger.about:
        yield ("fields",), _columns(Role.SUBJECT)
    for column in ledger.figures:
        if not (column.unit or column.unit_from):
            said = f'“{column.heading}”要写 unit，或另有一列 role = "unit"'
            yield ("fields",), Words(said, f'{column.heading} needs a unit, or a column with role = "unit"')
    if ledger.field(Role.QUALIFIER) and len(ledger.figures) > 1:
        yield (
            ("fields",),
            Words("有“限定词”列时只能有一列数字", "beside a qualifier there may be one column of figures"),
        )


def _of_carrying(ledger: Ledger) -> Iterator[tuple[Key, Words]]:
    if ledger.carried and not ledger.field(Role.NOTE):
        yield ("carried",), _columns(Role.NOTE)
    if ledger.carried == "running":
        status = ledger.field(Role.STATUS)
        if not status or not ledger.column(status).ended:
            yield (
                ("carried",),
                Words('要有一列 role = "status"，并写 ended', 'it needs a column with role = "status" and ended'),
            )


def _columns(*roles: Role) -> Words:
    named = ", ".join(f'role = "{role}"' for role in roles)
    return Words(f"还要有列 {named}", f"it needs columns with {named}")
