"""What the columns of a ledger need of each other, so that nothing which asks for a role fails without a word."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Said
from .columns import Ledger
from .roles import Role

Key = tuple[str, ...]


def needs(ledger: Ledger) -> Iterator[tuple[Key, Said]]:
    """(property, what is wanting) for everything a ledger lacks for what it declares."""
    yield from _of_figures(ledger)
    yield from _of_carrying(ledger)
    if ledger.total_over and ledger.total_over not in ledger.key:
        yield ("total_over",), Said("needs-key")
    if ledger.yearly and not (ledger.field(Role.AS_OF) and ledger.field(Role.NOTE)):
        yield ("yearly",), _columns(Role.AS_OF, Role.NOTE)
    if ledger.field(Role.RULE) and not all(map(ledger.field, (Role.TABLE, Role.SEVERITY, Role.ITEM))):
        yield ("fields",), _columns(Role.TABLE, Role.SEVERITY, Role.ITEM)
    if ledger.field(Role.INITIATIVE_CODE) and not ledger.field(Role.INITIATIVE_NAME):
        yield ("fields",), _columns(Role.INITIATIVE_NAME)


def _of_figures(ledger: Ledger) -> Iterator[tuple[Key, Said]]:
    if not ledger.figures:
        return
    if not ledger.about:
        yield ("fields",), _columns(Role.SUBJECT)
    for column in ledger.figures:
        if not (column.unit or column.unit_from):
            yield ("fields",), Said("needs-unit", heading=column.heading)
    if ledger.field(Role.QUALIFIER) and len(ledger.figures) > 1:
        yield ("fields",), Said("needs-one-figure")


def _of_carrying(ledger: Ledger) -> Iterator[tuple[Key, Said]]:
    if ledger.carried and not ledger.field(Role.NOTE):
        yield ("carried",), _columns(Role.NOTE)
    if ledger.carried == "running":
        status = ledger.field(Role.STATUS)
        if not status or not ledger.column(status).ended:
            yield ("carried",), Said("needs-ended")


def _columns(*roles: Role) -> Said:
    return Said("needs-columns", roles=", ".join(f'role = "{role}"' for role in roles))
