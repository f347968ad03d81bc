"""What a chart was drawn from, carried by its figure: a drawing has no elements of its own for facts and words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from ..facts import StatedWords
from ..facts.printed import note
from ..facts.stated_words import bare

if TYPE_CHECKING:
    from lxml.etree import _Element


class CarriedFact(NamedTuple):
    """A fact behind a chart: what ``<data class="fact">`` says, in order."""

    printed: str
    value: str
    qualifier: str
    derivation: str
    sources: str


class CarriedWords(NamedTuple):
    """A ledger's words in a chart: the text, and its cells."""

    printed: str
    sources: str


def carried(facts: Iterable[CarriedFact], words: Iterable[CarriedWords] = ()) -> str:
    """The attributes with which a chart's ``<figure>`` carries what it was drawn from: `` data-facts="…"``, or nothing."""
    kept_facts, kept_words = list(facts), list(words)
    for sources in (*(one.sources for one in kept_facts), *(one.sources for one in kept_words)):
        note(sources)
    attributes = _attribute("data-facts", kept_facts) | words_attribute(kept_words)
    return "".join(f' {name}="{escape(written)}"' for name, written in attributes.items())


def words_attribute(words: Iterable[CarriedWords]) -> dict[str, str]:
    """The attribute that carries words, by name; none where there are none."""
    return _attribute("data-words", words)


def carried_words(labels: Iterable[object]) -> list[CarriedWords]:
    """The labels that are a ledger's words."""
    return [CarriedWords(bare(one), str(one.sources)) for one in labels if isinstance(one, StatedWords) and one]


def facts_carried_by(figure: _Element) -> tuple[CarriedFact, ...]:
    """The facts behind a chart, as ``carried`` wrote them."""
    return tuple(CarriedFact(*map(str, entry)) for entry in _entries(figure, "data-facts", 5))


def words_carried_by(figure: _Element) -> tuple[CarriedWords, ...]:
    """The words in a chart, as ``carried`` wrote them."""
    return tuple(CarriedWords(*map(str, entry)) for entry in _entries(figure, "data-words", 2))


def _attribute(name: str, carried: Iterable[tuple[str, ...]]) -> dict[str, str]:
    each = [list(one) for one in dict.fromkeys(carried)]
    return {name: json.dumps(each, ensure_ascii=False, separators=(",", ":"))} if each else {}


def _entries(figure: _Element, name: str, length: int) -> list[list[object]]:
    """Nothing where a foreign attribute of that name says nothing of this kind."""
    try:
        entries = json.loads(figure.get(name) or "[]")
        return entries if all(isinstance(one, list) and len(one) == length for one in entries) else []
    except (ValueError, TypeError):
        return []
