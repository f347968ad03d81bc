"""Every error halfyear raises on purpose, in one tree.

HalfyearError                something the user can mend; the command exits with 1
├── UsageError               the command or a call was worded wrongly; exits with 2
│   ├── UnknownPeriod        not a period, or no folder for it
│   ├── UnknownSection       no notebook of that name
│   └── UnknownParameter     a notebook does not declare that parameter
├── WorkspaceError           no workspace here, or its layout or report.toml is not usable
├── DataError                the ledgers have problems; carries them all
├── FactError                a figure cannot be found, read or calculated
│   └── UnknownField         rows have no such column; to Python a KeyError and an AttributeError, too
├── ProseError               a prose file cannot be worded; carries file and line
├── SectionError             a section notebook failed; carries section, cell, line, saved notebook
├── RenderError              a format could not be made from the stitched notebook
└── ReleaseError             outputs are missing, altered or may not leave the house

An error is raised with a code of the catalogue and what its wording needs: ``FactError("fact-format", value=spec)``.
"""

from __future__ import annotations

import copyreg
from collections.abc import Iterable
from typing import Any

from .findings import Finding, Place, language
from .findings.place import NOWHERE


class HalfyearError(Exception):
    """Something the user can mend. The message says the thing, its value, what is allowed, what to do.

    Attributes:
        finding: what is wrong, as a code, a place and what the wording needs. details: findings it carries besides.
    """

    exit_code = 1

    def __init__(
        self,
        code: str,
        place: Place = NOWHERE,
        /,
        *,
        value: str = "",
        details: Iterable[Finding] = (),
        **params: Any,
    ) -> None:
        super().__init__(code)
        self.finding = Finding(code, place, value, params)
        self.details = tuple(details)

    @property
    def code(self) -> str:
        """The code of its message in the catalogue."""
        return self.finding.code

    @property
    def place(self) -> Place:
        """Where it is wrong."""
        return self.finding.place

    def text(self, lang: str = "en") -> str:
        """The message in ``zh`` or ``en``, without the findings it carries."""
        return self.finding.text(lang)

    def __str__(self) -> str:
        lang = language()
        return "\n  - ".join([self.text(lang), *(each.text(lang) for each in self.details)])

    def __reduce__(self) -> tuple[Any, ...]:
        return copyreg.__newobj__, (type(self),), vars(self)  # type: ignore[attr-defined]  # typeshed leaves it out


class UsageError(HalfyearError):
    """The command line or a call was worded wrongly."""

    exit_code = 2


class UnknownPeriod(UsageError):
    """A period that is not written as one, or that has no folder in data/."""


class UnknownSection(UsageError):
    """A section for which there is no notebook."""


class UnknownParameter(UsageError):
    """A parameter that a notebook's parameters cell does not declare."""


class WorkspaceError(HalfyearError):
    """A folder is not a workspace, or one of its fixed parts is missing or malformed."""


class DataError(HalfyearError):
    """The ledgers of a period have problems."""

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Every problem found, errors and warnings, in file order."""
        return self.details


class FactError(HalfyearError):
    """A figure cannot be found, read as stated, or calculated from what is there."""


class UnknownField(FactError, KeyError, AttributeError):
    """Rows do not have a column of that name, whichever way it was asked for."""


class ProseError(HalfyearError):
    """A prose file cannot be worded; its ``place`` has file and line, and its message quotes that line of ``source``."""

    def __init__(self, code: str, place: Place, /, *, source: str = "", **params: Any) -> None:
        super().__init__(code, place, **params)
        lines = source.splitlines()
        self.quoted = lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""

    def text(self, lang: str = "en") -> str:
        """The message in ``zh`` or ``en``, and the line."""
        return super().text(lang) + (f"\n    {self.quoted}" if self.quoted else "")


class SectionError(HalfyearError):
    """A section's notebook failed while it ran.

    Attributes:
        section: the section's name. notebook: its file. cell: number of the cell from 1. line: line inside the cell, or
            0. saved: where the executed notebook was kept.
    """

    def __init__(self, code: str, place: Place, /, *, section: str, saved: str, **params: Any) -> None:
        super().__init__(code, place, saved=saved, **params)
        self.section, self.notebook, self.cell, self.line = section, place.file, place.cell, place.line

    @property
    def saved(self) -> str:
        """Where the executed notebook is kept."""
        return str(self.finding.params["saved"])

    @saved.setter
    def saved(self, path: str) -> None:
        self.finding.params["saved"] = path


class RenderError(HalfyearError):
    """A format could not be made from the stitched notebook."""


class ReleaseError(HalfyearError):
    """Outputs are missing, were altered, or may not be published."""

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """Why, all of them."""
        return self.details
