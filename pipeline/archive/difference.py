"""What differs between two reports: facts, wording, tables and charts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from ..document.cell_notation import CellNotation
from ..errors import ReleaseError
from ..period import Period, named_by
from .content import Content, ReportedFact
from .statement_change import StatementChange, statement_changes
from .statements import Statement, statements

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class FactChange:
    """A fact that is only in one report, or in both with another value; the missing side is None."""

    before: ReportedFact | None
    after: ReportedFact | None

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        return ADDED if self.before is None else REMOVED if self.after is None else CHANGED

    @property
    def shown(self) -> ReportedFact:
        """The fact as it is in the later report that has it."""
        shown = self.after or self.before
        assert shown is not None, "a change is of something"
        return shown

    @property
    def section(self) -> str:
        """The section it stands in."""
        return self.shown.section


@dataclass(frozen=True)
class WordingChange:
    """A sentence that is only in one report, or is worded otherwise apart from its facts; the missing side is ""."""

    section: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        return ADDED if not self.before else REMOVED if not self.after else CHANGED


@dataclass(frozen=True)
class FigureChange:
    """A table or chart that is only in one report, or shows something else: ``new`` is what it did not show before.

    ``caption`` is without its number.
    """

    section: str
    caption: str
    kind: str
    new: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """Everything in which report ``after`` differs from report ``before``; false where they say the same.

    ``statements`` are all sentences and rows of both reports with what became of each, in the order of ``after``.
    """

    before: str
    after: str
    facts: tuple[FactChange, ...]
    wording: tuple[WordingChange, ...]
    figures: tuple[FigureChange, ...]
    statements: tuple[StatementChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.facts or self.wording or self.figures)

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections in which anything differs, in the order of the report."""
        changes: list[FactChange | WordingChange | FigureChange] = [*self.facts, *self.wording, *self.figures]
        return tuple(dict.fromkeys(change.section for change in changes))

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "before": self.before,
            "after": self.after,
            "facts": [
                {
                    "change": change.kind,
                    "section": change.section,
                    "before": change.before.as_dict() if change.before else None,
                    "after": change.after.as_dict() if change.after else None,
                }
                for change in self.facts
            ],
            "wording": [
                {"change": one.kind, "section": one.section, "before": one.before, "after": one.after}
                for one in self.wording
            ],
            "figures": [{"change": one.kind, "section": one.section, "caption": one.caption} for one in self.figures],
            "statements": [one.as_dict() for one in self.statements if one],
        }


def diff(
    before: Path,
    after: Path,
    *,
    body_of: Callable[[Mapping[str, Any]], str] | None = None,
    called: tuple[str, str] | None = None,
) -> Difference:
    """Compare two built reports, of one period or of two.

    A fact is the same fact where it stands in the same words, or in the same row and column of the same table; within
    one period also where it comes from the same cells. It has changed where its value or its print has.

    Args:
        before, after: folders of built reports. body_of: gives the semantic body of a stitched notebook, for folders
            without ``report.html``. called: what the two are called, their folders' names by default.

    Raises:
        ReleaseError: a folder holds no report.
    """
    periods = [_period(folder) for folder in (before, after)]
    of_one = len(set(periods)) == 1
    read = [
        _read(_document(folder, body_of), notation_of(folder), "" if of_one else _label(period), Period.named(period))
        for folder, period in zip((before, after), periods, strict=True)
    ]
    (one, said), (other, now_said) = read
    return Difference(
        *(called or (before.name, after.name)),
        tuple(_fact_changes(one, other, same_cells=of_one)),
        tuple(_wording(one, other)),
        tuple(_figures(one, other)),
        tuple(statement_changes(said, now_said)),
    )


def _read(
    document: str, notation: CellNotation, period_label: str, period: Period | None
) -> tuple[Content, list[Statement]]:
    return Content.of(document, notation), statements(document, notation, period_label=period_label, period=period)


def _label(period: str) -> str:
    """What a report of that period calls it; of a folder named otherwise nothing is known."""
    named = Period.named(period)
    return named.label if named else period


def _document(folder: Path, body_of: Callable[[Mapping[str, Any]], str] | None) -> str:
    page, notebook = folder / "report.html", folder / "report.ipynb"
    if page.is_file():
        return page.read_text(encoding="utf-8")
    if notebook.is_file() and body_of is not None:
        return body_of(json.loads(notebook.read_text(encoding="utf-8")))
    raise ReleaseError("nothing-to-compare", folder=folder, period=named_by(folder))


def notation_of(folder: Path) -> CellNotation:
    """That of the ledgers a report was made from; one that an earlier version built keeps its sources as they stand."""
    try:
        metadata = json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))["metadata"]
        return CellNotation(metadata["halfyear"]["ledgers"])
    except (OSError, ValueError, KeyError, TypeError):
        return CellNotation({})


def _period(folder: Path) -> str:
    try:
        return str(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["parameters"]["period"])
    except (OSError, ValueError, KeyError, TypeError):
        return folder.name


def fact_changes(before: Content, after: Content) -> tuple[FactChange, ...]:
    """The facts that differ between two builds of one period."""
    return tuple(_fact_changes(before, after, same_cells=True))


def _fact_changes(before: Content, after: Content, *, same_cells: bool) -> Iterator[FactChange]:
    pairs = _paired(before.facts, after.facts, same_cells=same_cells)
    left = {id(one) for one, _ in pairs}
    found = {id(other): one for one, other in pairs}
    for other in after.facts:
        one = found.get(id(other))
        if one is None or (one.value, one.printed, one.qualifier) != (other.value, other.printed, other.qualifier):
            yield FactChange(one, other)
    yield from (FactChange(one, None) for one in before.facts if id(one) not in left)


def _paired(
    before: tuple[ReportedFact, ...], after: tuple[ReportedFact, ...], *, same_cells: bool
) -> list[tuple[ReportedFact, ReportedFact]]:
    """Which fact is which: first by the words around it, then, within one period, by its cells."""
    pairs: list[tuple[ReportedFact, ReportedFact]] = []
    ways: list[Callable[[ReportedFact], tuple[str | int, ...]]] = [lambda fact: (fact.section, fact.around, fact.nth)]
    if same_cells:
        ways += [
            lambda fact: (fact.section, fact.kind, fact.derivation, fact.sources),
            lambda fact: (fact.section, fact.derivation, fact.sources),
        ]
    for way in ways:
        waiting: dict[tuple[str | int, ...], list[ReportedFact]] = {}
        for one in before:
            waiting.setdefault(way(one), []).append(one)
        pairs += [(waiting[way(other)].pop(0), other) for other in after if waiting.get(way(other))]
        taken = {id(fact) for pair in pairs for fact in pair}
        before = tuple(fact for fact in before if id(fact) not in taken)
        after = tuple(fact for fact in after if id(fact) not in taken)
    return pairs


def _wording(before: Content, after: Content) -> Iterator[WordingChange]:
    """Sentences whose words differ when the facts in them are left out."""
    for section in dict.fromkeys((*before.sentences, *after.sentences)):
        one, other = before.sentences.get(section, []), after.sentences.get(section, [])
        match = SequenceMatcher(None, [words for words, _ in one], [words for words, _ in other], autojunk=False)
        for tag, first, last, begin, end in match.get_opcodes():
            if tag != "equal":
                yield from _replaced(
                    section, [text for _, text in one[first:last]], [text for _, text in other[begin:end]]
                )


def _replaced(section: str, before: list[str], after: list[str]) -> Iterator[WordingChange]:
    for place in range(max(len(before), len(after))):
        yield WordingChange(section, *(texts[place] if place < len(texts) else "" for texts in (before, after)))


def _figures(before: Content, after: Content) -> Iterator[FigureChange]:
    for key in dict.fromkeys((*before.figures, *after.figures)):
        one, other = before.figures.get(key), after.figures.get(key)
        caption = after.captions.get(key) or before.captions.get(key) or key[1]
        if one is None or other is None:
            yield FigureChange(key[0], caption, ADDED if one is None else REMOVED)
        elif Counter(one) != Counter(other):
            yield FigureChange(key[0], caption, CHANGED, tuple(Counter(other) - Counter(one)))
