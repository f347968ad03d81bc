"""Names of documents and offices that a report writes in two ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from ..document.passages import Passage
from ..findings import Finding
from ..ledger.roles import Role
from .ledgers import Ledgers
from .notebook_cells import Cells

_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)+》")
_LOOSE = re.compile(r"[\s\W_]+")
_DIGITS = re.compile(r"\d+")
_ALIKE = 0.9  # of 20 characters, one more, one less or one other
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_SHORTEST, _LONGER, _TELLING = 4, 4, 3


def titles_written_two_ways(passages: Sequence[Passage], ledgers: Ledgers, cells: Cells) -> Iterator[Finding]:
    """Titles in 《》 that differ from another one of the report or of the ledgers only by a mark, a blank or a word.

    Titles whose digits differ are different documents.
    """
    known: dict[str, object] = {
        title: where for text, where in ledgers.public.names.items() for title in _TITLE.findall(text)
    }
    for passage in passages:
        for title in _TITLE.findall(passage.text):
            if title in known:
                continue
            other = next((one for one in known if _alike(one, title)), None)
            if other is not None:
                params = {"other_found": other, "other": _called(known[other], ledgers), "sentence": passage.text}
                yield Finding("title-two-ways", cells.place(passage), title, params)
            known[title] = passage.place.reported()


def offices_written_two_ways(
    passages: Sequence[Passage], ledgers: Ledgers, offices: Iterable[str], cells: Cells
) -> Iterator[Finding]:
    """Words that begin and end like a known office, and have characters more, fewer or others in between."""
    known = dict.fromkeys(offices, "report.toml")
    known |= {one.text: one.cell for one in ledgers.texts(Role.OFFICE)}
    known = {name: where for name, where in known.items() if len(name) >= _SHORTEST and _HAN_RUN.fullmatch(name)}
    seen: set[str] = set()
    for passage in passages:
        for name, where in known.items():
            for other in _variants(passage.text, name, tuple(known)):
                if other not in seen:
                    seen.add(other)
                    params = {"other_found": name, "other": _called(where, ledgers), "sentence": passage.text}
                    yield Finding("office-two-ways", cells.place(passage), other, params)


def _called(where: object, ledgers: Ledgers) -> object:
    """A place, the cell among them as people write it."""
    return ledgers.called(where) if isinstance(where, str) else where


def _alike(one: str, other: str) -> bool:
    first, second = (_LOOSE.sub("", unicodedata.normalize("NFKC", title)) for title in (one, other))
    if _DIGITS.findall(first) != _DIGITS.findall(second):
        return False
    shorter, longer = sorted((first, second), key=len)
    if shorter == longer or (shorter.startswith("关于") and longer.endswith(shorter)):
        return True
    return SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _variants(text: str, name: str, known: tuple[str, ...]) -> Iterator[str]:
    """Words of ``text`` from the first two characters of ``name`` to its last, of about its length, that are not it."""
    for begin in re.finditer(re.escape(name[:2]), text):
        if text.startswith(known, begin.start()):
            continue
        run = _HAN_RUN.match(text, begin.start())
        window = text[begin.start() : min(run.end(), begin.start() + len(name) + _LONGER)] if run else ""
        for end in range(len(window), _SHORTEST - 2, -1):
            word = window[:end]
            if word[-1] == name[-1] and name not in word and _is_variant(word, name):
                yield word
                break


def _is_variant(word: str, name: str) -> bool:
    if len(word) == len(name):
        # 民政局 and 财政局 of one district are two offices: what tells them apart stands at the end
        differing = [place for place, pair in enumerate(zip(word, name, strict=True)) if pair[0] != pair[1]]
        return len(differing) == 1 and differing[0] < len(name) - _TELLING
    shorter, longer = sorted((word, name), key=len)
    rest = iter(longer)
    return all(character in rest for character in shorter)
