"""The folder a report is made in: notebooks/, data/ and outputs/."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from . import reads
from .errors import UnknownPeriod, UnknownSection, WorkspaceError
from .findings import Place, Said, Words, nearest_of
from .input_file import NOTEBOOK, LimitError, content, refusal
from .period import Period
from .report_settings import NEEDED, ReportSettings, read_toml

ENVIRONMENT = "HALFYEAR_WORKSPACE"
_SHARED = "workspace.toml"
_NUMBERED = re.compile(r"(\d+)-([a-z0-9]+(?:-[a-z0-9]+)*)")
_HEADING = re.compile(r"^#\s+(.+?)\s*#*\s*$", re.MULTILINE)


class SectionNotebook(NamedTuple):
    """A chapter of the report: its notebook, its place and its title."""

    path: Path
    order: int
    name: str
    title: str


@dataclass(frozen=True)
class Workspace:
    """A folder with ``notebooks/`` and ``data/``; several may share the notebooks that their ``workspace.toml`` names."""

    root: Path

    @classmethod
    def at(cls, folder: str | Path) -> Workspace:
        """The workspace whose root is ``folder``.

        Raises:
            WorkspaceError: the folder lacks notebooks/ or data/.
        """
        root = Path(folder).resolve()
        found = cls(root)
        missing = [name for name in ("notebooks", "data") if not found.path_of(name).is_dir()]
        if missing:
            raise WorkspaceError("not-a-workspace", folder=folder, missing=_without(missing))
        return found

    @classmethod
    def find(cls, start: str | Path | None = None) -> Workspace:
        """The workspace around ``start`` (default: ``$HALFYEAR_WORKSPACE``, else the current folder and those above).

        A notebook runs in ``notebooks/`` under JupyterLab and wherever papermill was called: both find the same folder.

        Raises:
            WorkspaceError: no folder above holds notebooks/ and data/.
        """
        if start is None and os.environ.get(ENVIRONMENT):
            return cls.at(os.environ[ENVIRONMENT])
        here = Path(start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            found = cls(folder)
            if (folder / "data").is_dir() and found.notebooks.is_dir():
                return found
        raise WorkspaceError("no-workspace", folder=here)

    @cached_property
    def notebooks(self) -> Path:
        """The folder of the sections' notebooks: ``notebooks/``, or the one that ``workspace.toml`` names.

        Raises:
            WorkspaceError: that file says anything else than one folder.
        """
        file = self.root / _SHARED
        try:
            with reads.known():
                said = read_toml(content(file, self.root), _SHARED)
        except FileNotFoundError:
            said = {}
        except (LimitError, OSError) as error:
            raise _refused(error, _SHARED) from error
        if said.keys() - {"notebooks"} or not isinstance(said.get("notebooks", ""), str):
            raise WorkspaceError("workspace-settings", Place(_SHARED))
        return Path(os.path.normpath(self.root / said.get("notebooks", "notebooks")))

    def path_of(self, name: str) -> Path:
        """The path of what a manifest calls ``data/…``, ``ledgers/…`` or ``notebooks/…``."""
        first, _, rest = name.partition("/")
        return self.notebooks / rest if first == "notebooks" else self.root / name

    def name_of(self, path: Path) -> str:
        """What a manifest calls a file of the workspace, its notebooks wherever they are."""
        text = os.fspath(path)
        for folder, name in ((self.notebooks, "notebooks/"), (self.root, "")):
            inside = f"{folder}{os.sep}"
            if text.startswith(inside):
                return name + text[len(inside) :].replace(os.sep, "/")
        return path.relative_to(self.root).as_posix()

    @cached_property
    def sections(self) -> tuple[SectionNotebook, ...]:
        """The sections in order: the file name ``01-reform.ipynb`` gives order and name, the first heading the title.

        Raises:
            WorkspaceError: no notebook, a notebook without a heading, or two of the same name.
        """
        found: dict[str, SectionNotebook] = {}
        with reads.known():
            notebooks = sorted(self.notebooks.glob("*.ipynb"))
        for path in notebooks:
            match = _NUMBERED.fullmatch(path.stem)
            if match is None:
                continue  # a scratch notebook beside the sections
            section = SectionNotebook(path, int(match[1]), match[2], _title(path, self.notebooks.resolve().parent))
            if section.name in found:
                raise WorkspaceError(
                    "two-notebooks-of-a-name", value=section.name, first=found[section.name].path.name, second=path.name
                )
            found[section.name] = section
        if not found:
            raise WorkspaceError("no-notebook", folder=self.notebooks)
        return tuple(sorted(found.values(), key=lambda section: (section.order, section.name)))

    def section(self, name: str) -> SectionNotebook:
        """The section called ``name`` (``reform``, or its title).

        Raises:
            UnknownSection: there is none.
        """
        for section in self.sections:
            if name in (section.name, section.title):
                return section
        names = [section.name for section in self.sections]
        raise UnknownSection("no-section", value=name, allowed=names, nearest=nearest_of(name, names))

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods with a folder in data/, in time order."""
        with reads.known():
            folders = [path.name for path in (self.root / "data").iterdir() if path.is_dir()]
        return tuple(sorted(filter(None, map(Period.named, folders))))

    def made_of(self, period: Period) -> tuple[Period, ...]:
        """The months in data/ of which is made what the period's own ledgers lack: where its report.toml says ``from_months``."""
        there = self.periods
        months = tuple(month for month in period.months_within if month in there)
        try:
            return months if months and period in there and self.settings(period).from_months else ()
        except WorkspaceError:  # told where report.toml is looked at
            return ()

    def looked_at(self, period: Period, *, far: bool = True) -> tuple[Period, ...]:
        """The periods that a report of ``period`` draws on: itself, those it is compared with, and the months they are made of.

        Args:
            far: also all of its kind before it, through which a line may be drawn.
        """
        before = (one for one in self.periods if one.kind == period.kind and one < period) if far else ()
        each = (period, *self.compared_with(period), *before)
        return tuple(dict.fromkeys([*each, *(month for one in each for month in self.made_of(one))]))

    def compared_with(self, period: Period) -> tuple[Period, ...]:
        """The periods in data/ that a report of ``period`` is compared with."""
        there = self.periods
        return tuple(one for one in period.bases.values() if one in there)

    def data(self, period: str | Period) -> Path:
        """The folder ``data/PERIOD``.

        Raises:
            UnknownPeriod: it does not exist.
        """
        period = Period.parse(period)
        folder = self.root / "data" / str(period)
        if not folder.is_dir():
            have = self.periods or Said("none-yet")
            with reads.known():
                alike = [path.name for path in (self.root / "data").iterdir() if Period.meant(path.name) == period]
            if alike:
                raise UnknownPeriod("data-misnamed", period=period, found=alike[0])
            raise UnknownPeriod("no-data", period=period, folder=folder.relative_to(self.root), there=have)
        return folder

    def outputs(self, period: str | Period) -> Path:
        """The folder ``outputs/PERIOD``, whether or not it is there."""
        return self.root / "outputs" / str(Period.parse(period))

    def settings(self, period: str | Period) -> ReportSettings:
        """What the period's ``report.toml`` says.

        Raises:
            WorkspaceError: the file is missing, not TOML, lacks a key, has an unknown one or one of the wrong type.
        """
        file = self.data(period) / "report.toml"
        shown = file.relative_to(self.root).as_posix()
        try:
            with reads.known():
                raw = content(file, self.root)
            reads.note("file", str(file), hashlib.sha256(raw).hexdigest())
        except FileNotFoundError:
            raise WorkspaceError("settings-missing", Place(shown), names=NEEDED) from None
        except (LimitError, OSError) as error:
            raise _refused(error, shown) from error
        return ReportSettings.read(raw, shown)


def _without(missing: list[str]) -> Words:
    """``no notebooks/ and no data/``."""
    return Words("、".join(f"{name}/" for name in missing), " and ".join(f"no {name}/" for name in missing))


def _refused(error: LimitError | OSError, shown: str) -> WorkspaceError:
    """A file that is not read, as an error of the workspace."""
    told = refusal(error, Place(shown))
    return WorkspaceError(told.code, told.place, **told.params)


def _title(path: Path, root: Path) -> str:
    """The text of a notebook's first level-one heading."""
    try:
        with reads.known():  # a section counts its own notebook's code and all notebooks' titles
            cells = json.loads(content(path, root, NOTEBOOK).decode())["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    except (LimitError, OSError) as error:
        raise _refused(error, f"notebooks/{path.name}") from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise WorkspaceError("not-a-notebook", file=path.name, reason=error) from error
    for text in texts:
        match = _HEADING.search(text)
        if match:
            return match[1]
    raise WorkspaceError("notebook-without-title", file=path.name)
