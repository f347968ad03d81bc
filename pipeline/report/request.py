"""What is asked of a build, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..document.manifest import not_of_a_build
from ..errors import SectionError, UsageError, WorkspaceError
from ..findings import Finding, nearest_of
from ..findings.words import few
from ..formats import format_names
from ..own_files import entries, free_name, held_open
from ..period import Period
from ..workspace import SectionNotebook, Workspace

if TYPE_CHECKING:
    from ..archive import ChangedFigure
    from ..execute import Ran

EDITIONS = ("internal", "public")
NO_PARAMETERS: Mapping[str, str] = {}


class Request(NamedTuple):
    """What is asked for.

    ``sections`` empty means all; ``output`` None means the workspace's ``outputs/``; ``fresh`` executes sections though
    nothing changed; ``cold`` starts ordinary kernels; ``embed_fonts`` puts the glyphs used into the page; ``name_cells`` has the page say which cell each block comes from; ``set_aside`` keeps
    beside the new report what others put or changed in the folder of the old one, where the build otherwise refuses; ``cell_timeout`` is how many seconds a cell may run, None for what report.toml says; ``tell_changes`` looks which figures differ from the report it replaces; ``parameters`` are values for further notebook parameters.
    """

    workspace: Workspace
    period: Period
    formats: tuple[str, ...] = format_names()
    sections: tuple[str, ...] = ()
    output: Path | None = None
    edition: str = "internal"
    jobs: int | None = None
    fresh: bool = False
    cold: bool = False
    embed_fonts: bool = False
    set_aside: bool = False
    name_cells: bool = False
    cell_timeout: int | None = None
    tell_changes: bool = True
    parameters: Mapping[str, str] = NO_PARAMETERS

    @property
    def target(self) -> Path:
        """The folder the finished report stands in."""
        return (self.output / str(self.period)) if self.output else self.workspace.outputs(self.period)

    @property
    def draft(self) -> Path:
        """The folder beside it for a report that lacks a section."""
        return self.target.with_name(self.target.name + ".draft")

    @property
    def all_parameters(self) -> dict[str, str]:
        """What every notebook's parameters cell is given."""
        return {"period": str(self.period), **self.parameters}

    def refuse_what_is_in_the_way(self) -> None:
        """Before anything is made: the report may replace only what a build put there, and nothing of the workspace.

        Raises:
            WorkspaceError: names the folder, what stands there, and what to do.
        """
        target = self.target.parent.resolve() / self.target.name
        inputs = [self.workspace.path_of(name).resolve() for name in ("data", "notebooks", "ledgers")]
        if any(target.is_relative_to(one) or one.is_relative_to(target) for one in inputs):
            raise WorkspaceError("output-among-inputs", folder=target)
        for folder in (self.target, self.draft):
            there = not_of_a_build(folder)
            if there == ["."]:
                raise WorkspaceError("report-no-folder", folder=folder)
            if held := held_open(folder):
                raise WorkspaceError("report-held-open", folder=folder, names=few(held))
            if there and not self.set_aside:
                raise WorkspaceError("report-in-the-way", folder=folder, names=few(there), aside=free_name(folder).name)

    def chosen(self) -> tuple[SectionNotebook, ...]:
        """The sections asked for, in the report's order.

        Raises:
            UsageError: a format is unknown. UnknownSection: a section is.
        """
        for name in self.formats:
            if name not in format_names():
                raise UsageError(
                    "unknown-format", value=name, allowed=format_names(), nearest=nearest_of(name, format_names())
                )
        if not self.sections:
            return self.workspace.sections
        names = {self.workspace.section(name).name for name in self.sections}
        return tuple(section for section in self.workspace.sections if section.name in names)


class Built(NamedTuple):
    """What was built.

    ``folder`` holds the files, and is a draft's own folder where a section failed; ``stages`` gives seconds by stage,
    ``elapsed`` those of the whole, ``sections`` what became of each; ``warnings`` are the problems of the ledgers that did not stop the build, ``findings``
    what is wrong with the report as it reads; ``numbers`` counts its numbers: facts, literals, untraced. ``unchanged``
    says that the report was there already and nothing it is made of has changed since. ``set_aside`` are the folders that
    held other things than a build had put there and stand beside the new one now. ``changes`` are the figures that differ from
    the build it replaced, ``changed_keys`` say of its rows which are gone or go by another name.
    """

    folder: Path
    files: tuple[str, ...]
    numbers: dict[str, int]
    stages: dict[str, float]
    elapsed: float
    sections: tuple[Ran, ...]
    warnings: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    unchanged: bool = False
    set_aside: tuple[Path, ...] = ()
    changes: tuple[ChangedFigure, ...] = ()
    changed_keys: tuple[Finding, ...] = ()

    @property
    def failures(self) -> tuple[SectionError, ...]:
        """The errors of sections that failed."""
        return tuple(ran.error for ran in self.sections if ran.error)


def files_of(folder: Path) -> tuple[str, ...]:
    """The files of a report by their paths in its folder."""
    return tuple(path.relative_to(folder).as_posix() for path in entries(folder))
