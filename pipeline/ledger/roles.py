"""What a column of a ledger is for: the closed list of roles that all code asks for, in place of names of fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas

TEXT, FIGURE, DATE = "string", "figure", "date"  # the types of columns


class Role(StrEnum):
    """What one column is for. ``MEANINGS`` says it in a sentence."""

    SECTION = "section"
    INITIATIVE = "initiative"
    INITIATIVE_NAME = "initiative-name"
    INITIATIVE_CODE = "initiative-code"
    SUBJECT = "subject"
    MEASURE = "measure"
    FIGURE = "figure"
    BASE = "base"
    QUALIFIER = "qualifier"
    UNIT = "unit"
    BASIS = "basis"
    AS_OF = "as-of"
    WORDS = "words"
    ITEM = "item"
    CLASS = "class"
    DETAIL = "detail"
    PLACE = "place"
    CIRCUMSTANCE = "circumstance"
    DOCUMENT_NAME = "document-name"
    DOCUMENT_NUMBER = "document-number"
    OFFICE = "office"
    STATUS = "status"
    TABLE = "table"
    RULE = "rule"
    SEVERITY = "severity"
    DISCLOSURE = "disclosure"
    NOTE = "note"


class Meaning(NamedTuple):
    """What a role says of a column, the type it has, and whether a ledger may have several of them."""

    en: str
    kind: str = TEXT
    several: bool = False


MEANINGS: dict[Role, Meaning] = {
    Role.SECTION: Meaning("The chapter a row belongs to, by its title or the name of its notebook."),
    Role.INITIATIVE: Meaning("The initiative a row belongs to, by its name."),
    Role.INITIATIVE_NAME: Meaning("An initiative's own name, to which columns of the role `initiative` refer."),
    Role.INITIATIVE_CODE: Meaning(
        "An initiative's own code: lower-case letters, digits and hyphens; `prose/SECTION-CODE.md` is its prose."
    ),
    Role.SUBJECT: Meaning('Who or what the row is about: the first argument of `fact("…", "…")`.'),
    Role.MEASURE: Meaning(
        "What is stated of the subject: the second argument. Without such a column it is the heading of the figure."
    ),
    Role.FIGURE: Meaning("A number as stated.", FIGURE, several=True),
    Role.BASE: Meaning(
        "What the period before stated of the figure (上期值), the base of 环比 where `data/` has no such period; "
        "a ledger whose rows come again has it of itself.",
        FIGURE,
        several=True,
    ),
    Role.QUALIFIER: Meaning("The hedge of the figure (余, 近, 约 …). Beside it there is one figure a row."),
    Role.UNIT: Meaning("The unit of the figures that have none of their own."),
    Role.BASIS: Meaning("口径: the span that a count covers. Counts must state it, and other spans are not compared."),
    Role.AS_OF: Meaning("The date of the row: the third argument of `fact`.", DATE, several=True),
    Role.WORDS: Meaning('A fact stated in words, for `text("…", "…")`.'),
    Role.ITEM: Meaning("What else tells which one the row is: a batch, an event, a theme.", several=True),
    Role.CLASS: Meaning("Sorts rows and tells nothing of which one it is: a stage, a kind of change.", several=True),
    Role.DETAIL: Meaning("Says more, but not which one it is. May identify a person.", several=True),
    Role.PLACE: Meaning("Where it was. May identify a person.", several=True),
    Role.CIRCUMSTANCE: Meaning(
        "What tells cases of persons from each other: a cause, an outcome. May identify a person.", several=True
    ),
    Role.DOCUMENT_NAME: Meaning("The title of a document; stands for the subject where there is none."),
    Role.DOCUMENT_NUMBER: Meaning("The number of a document.", several=True),
    Role.OFFICE: Meaning("The name of an office, a body or an issuer: the report is held to it.", several=True),
    Role.STATUS: Meaning("How far it is; `ended` lists the values with which a row is not carried over."),
    Role.TABLE: Meaning("The ledger that a declared sum is about."),
    Role.RULE: Meaning("A sum that ought to hold in every row of that ledger."),
    Role.SEVERITY: Meaning("What it is when the sum does not hold: 警告 or 错误."),
    Role.DISCLOSURE: Meaning("Whether the row may leave the house. A ledger without this column is public as a whole."),
    Role.NOTE: Meaning("A remark for colleagues, which no report prints."),
}
REFERENCES = {Role.SECTION: "section", Role.INITIATIVE: "initiative", Role.TABLE: "table"}  # to what exists elsewhere
IDENTIFYING = frozenset({Role.DETAIL, Role.PLACE, Role.CIRCUMSTANCE})
NOT_SAID = frozenset({Role.NOTE, Role.DISCLOSURE, Role.INITIATIVE_CODE, Role.SEVERITY, Role.RULE})  # in no report
# What a row is about, where a ledger has several of these the first.
ABOUT = (Role.SUBJECT, Role.DOCUMENT_NAME, Role.INITIATIVE_NAME, Role.AS_OF)


def fields_of(rows: pandas.DataFrame, *roles: Role) -> tuple[str, ...]:
    """The columns of a ledger's frame that have one of the roles, in the order of the roles."""
    return in_order({name: role for name, role in rows.attrs.get("roles", {}).items() if name in rows}, roles)


def in_order(roles: Mapping[str, str], wanted: Iterable[Role]) -> tuple[str, ...]:
    """The names in ``roles`` (name → role) that have one of those wanted, in the order of the wanted."""
    return tuple(name for role in wanted for name, has in roles.items() if has == role)
