"""What a ledger is made of: columns with a heading, a field name, a type, a role and one sentence.

A ledger is one declaration (``declared/*.toml``, or ``ledgers/*.toml`` of a workspace). From it alone come reading,
checks, templates and the data dictionary, and what a column is for (its role) is all that other code asks.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .roles import ABOUT, DATE, FIGURE, IDENTIFYING, REFERENCES, TEXT, Role, in_order

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Shared(dict[str, Any]):
    """What frames say of themselves, one for all: pandas would copy it to its depth with each frame made of another."""

    def __deepcopy__(self, _memo: object) -> Shared:
        return self


@dataclass(frozen=True)
class Column:
    """One column of a ledger.

    ``kind`` is its type: TEXT, FIGURE or DATE. ``zh`` and ``en`` are the same sentence for the one who fills the ledger
    and the one who reads the code. A figure takes its unit from ``unit`` or the column ``unit_from``, its qualifier from
    the column ``qualifier_from``; ``counts`` says that it may be neither negative nor broken; ``base_of`` names the figure
    whose value of the period before it is. A date with ``in_period``
    should lie in the period. ``unique`` says that a text stands in one row only, ``ended`` with which values of a status
    a row is done with, ``identifying`` that the value may tell who a person is. ``aliases`` are other words for a value.
    """

    field: str
    heading: str
    role: Role
    zh: str
    en: str
    kind: str = TEXT
    required: bool = False
    unique: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    unit: str = ""
    unit_from: str = ""
    qualifier_from: str = ""
    counts: bool = False
    base_of: str = ""
    in_period: bool = False
    ended: tuple[str, ...] = ()
    identifying: bool = False
    aliases: dict[str, str] = dataclasses.field(default_factory=dict, hash=False)

    @property
    def refers_to(self) -> str:
        """What a text must be one of: section, initiative or table; "" where it refers to nothing."""
        return REFERENCES.get(self.role, "")

    @property
    def may_identify(self) -> bool:
        """Whether it may tell who a person is: by its role, or because the declaration says so."""
        return self.identifying or self.role in IDENTIFYING

    def fault(self, text: str) -> str:
        """The code of what is wrong with a text by itself; "" where nothing is. Figures and dates are held by reading them."""
        if not text:
            return "required" if self.required else ""
        if self.choices and text not in self.choices:
            return "choice"
        return "slug" if self.role == Role.INITIATIVE_CODE and not _SLUG.fullmatch(text) else ""


@dataclass(frozen=True)
class Ledger:
    """One kind of source records.

    ``stem`` names the file, ``sheet`` the sheet of a workbook, ``zh`` and ``en`` say what one row is. ``key`` are the
    fields that tell a row from another, ``compared_by`` those by which a row finds itself in another period, ``compared_if``
    those that must say the same there for its figures to be compared, besides 口径,
    ``added_up`` says that the figures of months come to those of a longer period, ``total_over`` the field whose 合计 stands for the sum of the other rows, ``carried`` what a new period takes over:
    nothing, ``all`` or ``running`` (rows whose status has not ended). A ``yearly`` ledger should have a row of the year
    before the period. A ``generated`` one is written by a command; its
    field ``within`` gives the number of the row whose figure has this row's in it. Ledgers stand in the order of ``order``.
    """

    stem: str
    sheet: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    compared_by: tuple[str, ...] = ()
    compared_if: tuple[str, ...] = ()
    added_up: bool = False
    total_over: str = ""
    carried: str = ""
    yearly: bool = False
    generated: bool = False
    within: str = ""
    order: int = 0

    @cached_property
    def roles(self) -> dict[str, str]:
        """Field → role."""
        return {column.field: str(column.role) for column in self.columns}

    @property
    def figures(self) -> tuple[Column, ...]:
        """The columns of figures, without those of the period before."""
        return tuple(column for column in self.columns if column.role == Role.FIGURE)

    def base_of(self, figure: str) -> str:
        """The field that says what the period before stated of a figure, "" where there is none."""
        return next((column.field for column in self.columns if column.base_of == figure), "")

    @property
    def about(self) -> str:
        """The field that says what a row is about, "" where there is none."""
        return next(iter(self.fields(*ABOUT)), "")

    def may_state(self, measure: str) -> bool:
        """Whether a row may state something under that measure: it names its measure itself, or a column is headed so."""
        return Role.MEASURE in self.roles.values() or any(column.heading == measure for column in self.columns)

    @property
    def may_name(self) -> tuple[str, ...]:
        """The fields in which a person may be named: those that may identify one, but for kinds out of a closed list and
        the classes that a 合计 is over."""
        return tuple(
            column.field
            for column in self.columns
            if column.may_identify and not column.choices and column.field != self.total_over
        )

    @property
    def known_by(self) -> tuple[str, ...]:
        """The fields that a row is known by within its period: its key and what no two rows share, else what it is about."""
        unique = (column.field for column in self.columns if column.unique)
        return tuple(dict.fromkeys((*self.key, *unique))) or tuple(filter(None, [self.about]))

    def fields(self, *roles: Role) -> tuple[str, ...]:
        """The fields that have one of the roles, in the order of the roles."""
        return in_order(self.roles, roles)

    def field(self, role: Role) -> str:
        """The first field of that role, "" where there is none."""
        return next(iter(self.fields(role)), "")

    def column(self, name: str) -> Column:
        """The column of that field name or heading.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if name in (column.field, column.heading):
                return column
        raise KeyError(name)

    def named(self, name: str) -> str:
        """The field that is called so, by itself or by its heading; ``name`` itself where none is."""
        return next((column.field for column in self.columns if name in (column.field, column.heading)), name)

    def headings(self) -> list[str]:
        """The Chinese headings in order."""
        return [column.heading for column in self.columns]

    def attrs(self) -> dict[str, Any]:
        """What a frame of its rows says of its columns: headings and roles by field, which tell rows apart or a person."""
        return {
            "headings": Shared({column.field: column.heading for column in self.columns}),
            "roles": Shared(self.roles),
            "key": list(self.key),
            "known_by": list(self.known_by),
            "identifying": [column.field for column in self.columns if column.may_identify],
        }


__all__ = ["DATE", "FIGURE", "TEXT", "Column", "Ledger", "Role"]
