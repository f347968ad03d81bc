"""The audit: every number of a report is a fact, part of a declared literal, or untraced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..document.numerals import Number, numbers, numerals
from ..document.passages import Mark, Passage, read_passages
from ..document.sentences import sentence_around
from ..findings import Finding
from .dates_said import cited_dates, drawn_dates
from .ledgers import Ledgers
from .literals import Literals
from .notebook_cells import Cells
from .source_check import unfounded
from .words_check import words_spans

_OWN_NUMBER = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.|（\d+）|[表图]\d+")
_MOST_NAMED = 5  # numbers of one drawing
_NOTE = re.compile(r"\[?\d+\]?")
_AXIS = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月|第?[一二三四]季度|[上下]半年)|\d{4}年"
)  # what a drawing's axis says of time

_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Traced:
    """A number of the report. ``status`` is fact, literal or untraced; ``why`` its sources or the literal."""

    number: Number
    passage: Passage
    status: str
    why: str = ""


@dataclass(frozen=True)
class Audit:
    """Every number of a report, in reading order, and what is wrong with them."""

    numbers: tuple[Traced, ...]
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many numbers are facts, literals, untraced."""
        return {status: sum(one.status == status for one in self.numbers) for status in ("fact", "literal", "untraced")}

    def as_dict(self, lang: str = "en") -> dict[str, Any]:
        """For ``--json`` and the manifest."""
        return {"numbers": self.counts, "findings": [finding.as_dict(lang) for finding in self.findings]}


def audit(
    body: str, literals: Literals, *, ledgers: Ledgers | None = None, notebook: Mapping[str, Any] | None = None
) -> Audit:
    """Trace every number that a reader of ``body`` can meet.

    Read are text, headings, table heads and cells, captions, notes, alternative texts and the words inside drawings.

    Args:
        body: the semantic body or the HTML page of a report. literals: what needs no source.
        ledgers: where given, a fact is also held against the cell it names.
        notebook: the stitched notebook of the body; where given, a finding names its cell.
    """
    passages = read_passages(body)
    traced = tuple(one for passage in passages for one in _traced(passage, literals, ledgers))
    cells = Cells(notebook)
    untraced = (_untraced(alike, cells) for alike in _by_drawing(one for one in traced if one.status == "untraced"))
    faults = (fault for passage in passages for fault in unfounded(passage, ledgers, cells))
    return Audit(traced, tuple(sorted([*untraced, *faults], key=lambda finding: finding.code == "untraced")))


def _traced(passage: Passage, literals: Literals, ledgers: Ledgers | None) -> Iterator[Traced]:
    found = list(numbers(passage.text))
    if not found:
        return
    facts = list(_fact_spans(passage))
    declared = [(mark.start, mark.end, "number") for mark in passage.marks if _is_ours(mark, passage)]
    declared += (*_axis_span(passage, literals), *words_spans(passage, ledgers), *literals.spans(passage.text))
    for number in found:
        places = set(numerals(passage.text, number.start, number.end))
        fact = [span for span in facts if places & set(range(span[0], span[1]))]
        literal = [span for span in declared if places & set(range(span[0], span[1]))]
        left = places - {place for span in (*fact, *literal) for place in range(span[0], span[1])}
        if left and ledgers:
            named = (*cited_dates(passage, number.start, ledgers), *drawn_dates(passage, ledgers))
            dates = [span for span in named if left & set(range(span[0], span[1]))]
            literal += dates
            left -= {place for span in dates for place in range(span[0], span[1])}
        status = "untraced" if left else "fact" if fact else "literal"
        yield Traced(
            number, passage, status, " ".join(dict.fromkeys(span[2] for span in fact or literal)) if not left else ""
        )


def _fact_spans(passage: Passage) -> Iterator[tuple[int, int, str]]:
    for mark in passage.marks:
        if mark.kind == "fact":
            yield mark.start, mark.end, mark.attributes.get("data-source", "")
    for fact in passage.carried:
        pattern = rf"(?<![\d.,]){re.escape(fact.printed)}(?![\d]|[.,]\d)" if fact.printed else r"(?!)"
        yield from ((*match.span(), fact.sources) for match in re.finditer(pattern, passage.text))


def _is_ours(mark: Mark, passage: Passage) -> bool:
    """Whether a mark is a number that stitching gave: of a heading, table, chart or footnote, or a reference to one."""
    words = passage.text[mark.start : mark.end].strip()
    if mark.kind == "note":
        return bool(_NOTE.fullmatch(words))
    if mark.kind == "number":
        return passage.place.kind in ("heading", "caption") and bool(_OWN_NUMBER.fullmatch(words))
    return mark.kind == "reference" and bool(_OWN_NUMBER.fullmatch(words))


def _axis_span(passage: Passage, literals: Literals) -> Iterator[tuple[int, int, str]]:
    """What an axis says of time; a bare year where the period is of that year."""
    end = len(passage.text)
    if passage.place.kind == "label" and (
        _AXIS.fullmatch(passage.text)
        or (
            _YEAR.fullmatch(passage.text)
            and any(span[:2] == (0, end + 1) for span in literals.spans(f"{passage.text}年"))
        )
    ):
        yield 0, end, "axis"


def _by_drawing(found: Iterable[Traced]) -> list[list[Traced]]:
    """Each number by itself, but those in the words of one drawing together: the marks of an axis are one fault."""
    alike: dict[object, list[Traced]] = {}
    for one in found:
        place = one.passage.place
        alike.setdefault((place.section, place.figure) if place.kind == "label" else one, []).append(one)
    return list(alike.values())


def _untraced(alike: list[Traced], cells: Cells) -> Finding:
    first, more = alike[0], "…" if len(alike) > _MOST_NAMED else ""
    shown, around = (
        "、".join(dict.fromkeys(words)) + more
        for words in zip(
            *((one.number.shown, sentence_around(one.passage.text, one.number.start)) for one in alike[:_MOST_NAMED]),
            strict=True,
        )
    )
    return Finding("untraced", cells.place(first.passage), shown, {"sentence": around})
