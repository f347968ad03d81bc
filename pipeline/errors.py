"""Every error halfyear raises on purpose, in one tree.

HalfyearError                something the user can mend; the command exits with 1
├── UsageError               the command or a call was worded wrongly; exits with 2
│   ├── UnknownPeriod        not a half-year, or no folder for it
│   ├── UnknownSection       no notebook of that name
│   └── UnknownParameter     a notebook does not declare that parameter
├── WorkspaceError           no workspace here, or its layout or report.toml is not usable
├── DataError                the ledgers have problems; carries them all
├── FactError                a figure cannot be found, read or calculated
├── ProseError               a prose file cannot be worded; carries file and line
├── SectionError             a section notebook failed; carries section, cell, line, saved notebook
├── RenderError              a format could not be made from the stitched notebook
└── ReleaseError             outputs are missing, altered or may not leave the house
"""

from __future__ import annotations

from typing import Any


class HalfyearError(Exception):
    """Something the user can mend. The message says the thing, its value, what is allowed, what to do."""

    exit_code = 1


class UsageError(HalfyearError):
    """The command line or a call was worded wrongly."""

    exit_code = 2


class UnknownPeriod(UsageError):
    """A period that is not written like 2021H1, or that has no folder in data/."""


class UnknownSection(UsageError):
    """A section for which there is no notebook."""


class UnknownParameter(UsageError):
    """A parameter that a notebook's parameters cell does not declare."""


class WorkspaceError(HalfyearError):
    """A folder is not a workspace, or one of its fixed parts is missing or malformed.

    Attributes:
        code: for report.toml the code of the same problem in the catalogue of messages, else "". key: the setting in
            question, or "". params: what the catalogue's wording needs.
    """

    def __init__(self, message: str, code: str = "", key: str = "", **params: Any) -> None:
        super().__init__(message)
        self.code, self.key, self.params = code, key, params


class DataError(HalfyearError):
    """The ledgers of a period have problems.

    Attributes:
        problems: every problem found, errors and warnings, in file order.
    """

    def __init__(self, message: str, problems: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class FactError(HalfyearError):
    """A figure cannot be found, read as stated, or calculated from what is there."""


class ProseError(HalfyearError):
    """A prose file cannot be worded.

    Attributes:
        file: as messages call it. line: its line, or 0. what: what is wrong there. unknown: the name that is not known, or "".
    """

    def __init__(self, message: str, file: str = "", line: int = 0, *, what: str = "", unknown: str = "") -> None:
        super().__init__(message)
        self.file, self.line, self.what, self.unknown = file, line, what, unknown


class SectionError(HalfyearError):
    """A section's notebook failed while it ran.

    Attributes:
        section: the section's name. notebook: its file. cell: number of the cell from 1.
        line: line inside the cell, or 0. saved: where the executed notebook was kept, or "".
    """

    def __init__(
        self, message: str, *, section: str = "", notebook: str = "", cell: int = 0, line: int = 0, saved: str = ""
    ) -> None:
        super().__init__(message)
        self.section, self.notebook, self.cell, self.line, self.saved = section, notebook, cell, line, saved


class RenderError(HalfyearError):
    """A format could not be made from the stitched notebook."""


class ReleaseError(HalfyearError):
    """Outputs are missing, were altered, or may not be published.

    Attributes:
        period: the half-year that may not be published, or "". reasons: why, all of them; each has a text in zh and en.
    """

    def __init__(self, message: str, period: str = "", reasons: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.period, self.reasons = period, reasons
