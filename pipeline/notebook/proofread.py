"""Read a period's prose before any notebook runs: every placeholder is held against the ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..document.left_braces import left_in_prose
from ..errors import ProseError, WorkspaceError
from ..facts.unprintable import Undrawn, not_asked, unprintable
from ..findings import WARNING, Finding, Place, nearest_of
from ..input_file import LimitError, content, refusal
from ..ledger import asked
from ..ledger.names_in_code import OF_PROSE, names_in_code
from ..ledger.prose_requests import ANY
from ..period import Period
from ..personal import revealing
from ..workspace import Workspace
from .lookup import NotStated, StatedTwice
from .period_words import PeriodWords
from .prose import parsed, without_comments, word_text
from .section import Section
from .stand_ins import stand_ins

if TYPE_CHECKING:
    from jinja2 import nodes

_LOOKUPS = ("fact", "text", "as_of")


def proofread(
    workspace: Workspace, period: Period, *, against_ledgers: bool = True, undrawn: Undrawn = not_asked
) -> list[Finding]:
    """The problems in ``data/PERIOD/prose/``, in order of file and line, and those of the opening in report.toml.

    Args:
        against_ledgers: look every placeholder up; false where the ledgers cannot be read and only the form counts.
        undrawn: says of a text which of its characters no font has.
    """
    chapters = _Chapters(workspace, period)
    files = sorted((workspace.data(period) / "prose").glob("*.md"))
    found = [problem for file in files for problem in _of_file(chapters, file, against_ledgers, undrawn)]
    there = {file.stem for file in files}
    missing = _missing(chapters, there, initiatives=against_ledgers)
    found += _unused(chapters, there) if against_ledgers else ()
    return [*sorted([*found, *missing], key=lambda problem: problem.place.file), *_opening(workspace, period, undrawn)]


class _Chapters:
    """The chapters ``by_name`` as a period's prose sees them, and the initiatives that each knows."""

    def __init__(self, workspace: Workspace, period: Period) -> None:
        self.workspace = workspace
        self.by_name = {one.name: Section(one.name, str(period), workspace=workspace) for one in workspace.sections}
        self._initiatives: dict[str, list[tuple[str, str]]] = {}

    def initiatives(self, name: str) -> list[tuple[str, str]]:
        """Code and name of every initiative, as that chapter sees them."""
        if name not in self._initiatives:
            self._initiatives[name] = list(_initiatives(self.by_name[name]))
        return self._initiatives[name]

    def scope(self, name: str, part: str) -> Section:
        """The section a file of prose is read in; a file named by an initiative sees that initiative's rows alone."""
        about = next((name for code, name in self.initiatives(name) if code == part), "")
        return self.by_name[name].about(about) if about else self.by_name[name]


def _opening(workspace: Workspace, period: Period, undrawn: Undrawn) -> Iterator[Finding]:
    """The opening is prose that knows the period alone."""
    try:
        opening = without_comments(workspace.settings(period).opening)
    except WorkspaceError:  # told beside all else that is wrong with report.toml
        return
    yield from (Finding("stand-in", Place("report.toml", key="opening"), what) for _, what in stand_ins(opening))
    place = Place("report.toml", key="opening")
    yield from (Finding("placeholder-left", place, what) for _, what in left_in_prose(opening, OF_PROSE))
    yield from _form(opening, place, undrawn) or _filled(opening, place, {"period": PeriodWords(period)})


def _missing(chapters: _Chapters, there: set[str], *, initiatives: bool) -> Iterator[Finding]:
    """Every file that a notebook is sure to ask for and does not find, unless the period has nothing for that chapter."""
    for section in chapters.workspace.sections:
        parts = asked(section.path)
        opened = next((one.section for one in parts if one.section), section.name)
        needed = [one for one in parts if one.always and not one.optional]
        names = [one.part for one in needed if one.part]
        if initiatives and any(not one.part for one in needed):
            names += [code for code, _ in chapters.initiatives(section.name)]
        others = sorted(there - {f"{opened}-{name}" for name in names})
        missing = [stem for stem in (f"{opened}-{name}" for name in names) if stem not in there]
        if missing and initiatives and opened in chapters.by_name and chapters.by_name[opened].is_absent:
            continue  # a name that no chapter has is told where the notebook runs
        for stem in missing:
            near = nearest_of(f"{stem}.md", [f"{other}.md" for other in others])
            params = {"notebook": section.path.name, "nearest": near}
            yield Finding("prose-missing", Place(f"prose/{stem}.md"), params=params)


def _unused(chapters: _Chapters, there: set[str]) -> Iterator[Finding]:
    """Every file that no notebook can ask for."""
    wanted: set[str] = set()
    for section in chapters.workspace.sections:
        parts = {one.part for one in asked(section.path)}
        if ANY in parts:
            wanted |= {stem for stem in there if stem.startswith(f"{section.name}-")}
        if "" in parts:
            parts |= {code for code, _ in chapters.initiatives(section.name)}
        wanted |= {f"{section.name}-{part}" for part in parts - {"", ANY}}
    for stem in sorted(there - wanted):
        if any(stem.startswith(f"{name}-") for name in chapters.by_name):  # another name is told as such
            near = nearest_of(f"{stem}.md", [f"{one}.md" for one in wanted - there])
            yield Finding("prose-unused", Place(f"prose/{stem}.md"), params={"nearest": near})


def _of_file(chapters: _Chapters, file: Path, against_ledgers: bool, undrawn: Undrawn) -> Iterator[Finding]:
    shown = f"prose/{file.name}"
    names = sorted((name for name in chapters.by_name if file.stem.startswith(f"{name}-")), key=len)
    if not names:
        sections = tuple(chapters.by_name)
        yield Finding(
            "prose-section", Place(shown), params={"example": f"{sections[0]}-overview.md", "sections": sections}
        )
        return
    try:
        source = without_comments(content(file, chapters.workspace.root).decode("utf-8-sig"))
    except (LimitError, OSError) as error:
        yield refusal(error, Place(shown))
        return
    except UnicodeDecodeError:
        yield Finding("prose-encoding", Place(shown))
        return
    if not source.strip():
        if not _is_optional(chapters.workspace, file.stem):
            yield Finding("not-filled-prose", Place(shown))
        return
    for hit in revealing(source):
        yield Finding(hit.kind, Place(shown, line=hit.line), hit.masked, severity=WARNING)
    yield from (Finding("stand-in", Place(shown, line=line), what) for line, what in stand_ins(source))
    known = OF_PROSE.union(*(names_in_code(one.path) for one in chapters.workspace.sections if one.name == names[-1]))
    left = left_in_prose(source, known)
    yield from (Finding("placeholder-left", Place(shown, line=line), what) for line, what in left)
    faults = _form(source, Place(shown), undrawn)
    yield from faults
    if against_ledgers and not faults:
        section = chapters.scope(names[-1], file.stem.removeprefix(f"{names[-1]}-"))
        found = list(_lookups(section, parsed(source, shown), shown))
        yield from found or _filled(source, Place(shown), section.placeholders())


def _is_optional(workspace: Workspace, stem: str) -> bool:
    """Whether every notebook that asks for a file of prose by name lets it be empty."""
    asking = [
        one.optional
        for section in workspace.sections
        for one in asked(section.path)
        if f"{one.section or section.name}-{one.part}" == stem
    ]
    return bool(asking) and all(asking)


def _form(source: str, place: Place, undrawn: Undrawn) -> list[Finding]:
    """Characters that cannot be printed, line by line, and a placeholder that is not well formed."""
    lines = enumerate(source.split("\n"), 1)
    found = [fault for line, said in lines for fault in unprintable(said, _at(place, line), undrawn)]
    try:
        parsed(source, place.file)
    except ProseError as error:
        found.append(_in_place(error.finding, place))
    return found


def _in_place(finding: Finding, place: Place) -> Finding:
    return replace(finding, place=_at(place, finding.place.line))


def _at(place: Place, line: int) -> Place:
    """A line of a file; of a setting the setting, for its own lines are not those of the file."""
    return place if place.key else place._replace(line=line)


def _initiatives(section: Section) -> Iterator[tuple[str, str]]:
    """Code and name of every initiative."""
    from ..ledger import Role, ledgers_in

    ledgers = ledgers_in(section.workspace.root)
    for stem, column in ledgers.having(Role.INITIATIVE_CODE).items():
        rows = section.table(stem)
        yield from zip(rows[column.field], rows[ledgers[stem].field(Role.INITIATIVE_NAME)], strict=True)


def _lookups(section: Section, tree: nodes.Template, shown: str) -> Iterator[Finding]:
    """Every ``fact("…", "…")`` and ``text("…", "…")`` that finds nothing, or more than one thing."""
    from jinja2 import nodes

    for call in tree.find_all(nodes.Call):
        asked = [str(argument.value) for argument in call.args if isinstance(argument, nodes.Const)]
        constant = len(asked) == len(call.args) and len(asked) in (2, 3)
        if isinstance(call.node, nodes.Name) and call.node.name in _LOOKUPS and constant:
            place = Place(shown, line=call.lineno)
            try:
                getattr(section.lookup, call.node.name)(*asked, everywhere=True)
            except NotStated as error:
                near = nearest_of(", ".join(asked[:2]), [", ".join(key) for key in error.known])
                yield Finding("prose-unstated", place, value=", ".join(asked), params={"nearest": near})
            except StatedTwice as error:
                yield Finding("prose-stated-twice", place, value=", ".join(asked), params={"places": error.places})


def _filled(source: str, place: Place, known: dict[str, Any]) -> Iterator[Finding]:
    """What only wording the whole text brings to light."""
    try:
        word_text(source, place.file, known)
    except ProseError as error:
        yield _in_place(error.finding, place)
