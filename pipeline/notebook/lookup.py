"""Find a stated figure by what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..errors import FactError
from ..facts import DateFact, Fact, StatedWords
from ..facts.frame_cells import as_dicts
from ..facts.stated_words import bare
from ..findings import Said, nearest_of
from ..findings.words import few
from ..ledger.places import keep
from ..ledger.roles import ABOUT, Role, fields_of

if TYPE_CHECKING:
    import pandas

    from ..ledger import Ledger

_T = TypeVar("_T", Fact, StatedWords, DateFact)
_OTHERWISE = {"facts": "texts", "texts": "facts"}
_KEYS: dict[str, tuple[pandas.DataFrame, frozenset[tuple[str, str]]]] = {}
_ASKED = (Role.MEASURE, Role.AS_OF, Role.BASIS, Role.WORDS)


class NotStated(FactError):
    """The ledgers state nothing of what was asked; ``known`` are the (subject, measure) they do state."""

    def __init__(self, code: str, *, known: list[tuple[str, str]], **params: Any) -> None:
        super().__init__(code, **params)
        self.known = known


class StatedTwice(FactError):
    """The ledgers state what was asked more than once; ``places`` are the cells."""

    def __init__(self, code: str, *, places: tuple[str, ...], **params: Any) -> None:
        super().__init__(code, places=places, **params)
        self.places = places


class Lookup:
    """The facts and texts of a period's tables by (subject, measure).

    Tables are read one after another until one states what is asked: a section does not depend on those behind it, nor on
    those that cannot state it.

    Args:
        ledgers: what the tables are declared to be, in the order in which they are looked through.
        read: name → the rows that count here, as ``ledger.read`` gives them.
        whole: name → all rows of the table, the same frame as long as it is the same table: it tells at once of most that
            they state nothing of what is asked.
        where: what they are the tables of, for messages.
    """

    def __init__(
        self,
        ledgers: Sequence[Ledger],
        read: Callable[[str], pandas.DataFrame],
        whole: Callable[[str], pandas.DataFrame],
        where: str,
    ) -> None:
        self._ledgers, self._read, self._whole, self._where = ledgers, read, whole, where
        self._stated: dict[str, _Stated] = {}
        self._keys: dict[str, frozenset[tuple[str, str]]] = {}

    def fact(self, subject: str, measure: str, which: str = "", *, everywhere: bool = False) -> Fact:
        """The stated figure; see ``Section.fact``."""

        def stated(table: _Stated) -> list[Fact]:
            return [one.fact for one in table.figures((subject, measure), which)]

        return self._only(stated, subject, measure, everywhere, "facts")

    def as_of(self, subject: str, measure: str, which: str = "", *, everywhere: bool = False) -> DateFact:
        """The date of the stated figure; see ``Section.as_of``."""

        def stated(table: _Stated) -> list[DateFact]:
            return [one.when for one in table.figures((subject, measure), which) if one.when]

        return self._only(stated, subject, measure, everywhere, "facts")

    def text(self, subject: str, measure: str, *, everywhere: bool = False) -> StatedWords:
        """The stated words; see ``Section.text``."""

        def stated(table: _Stated) -> list[StatedWords]:
            return table.texts.get((subject, measure), [])

        return self._only(stated, subject, measure, everywhere, "texts")

    @property
    def known(self) -> list[tuple[str, str]]:
        """All (subject, measure) of which something is stated."""
        return list(dict.fromkeys(key for table in self._tables() for key in (*table.facts, *table.texts)))

    def _only(
        self,
        stated: Callable[[_Stated], list[_T]],
        subject: str,
        measure: str,
        everywhere: bool,
        kind: str,
    ) -> _T:
        found: list[_T] = []
        key = (bare(subject), bare(measure))
        for name in (one.stem for one in self._ledgers if one.may_state(key[1])):
            if name not in self._keys:
                self._keys[name] = _keys(self._whole(name))
            if key not in self._keys[name]:
                continue
            found += stated(self._table(name))
            if found and not everywhere:
                break
        if len(found) == 1:
            return found[0]
        asked = f"({bare(subject)}, {bare(measure)})"
        if found:
            places = tuple(str(getattr(one, "sources", one)) for one in found)
            raise StatedTwice("stated-often", places=places, where=self._where, asked=asked, times=len(found))
        raise self._not_stated(key, asked, kind)

    def _not_stated(self, key: tuple[str, str], asked: str, kind: str) -> NotStated:
        """With the nearest, and what is stated of the same subject, else of any."""
        known = [one for table in self._tables() for one, all_ in getattr(table, kind).items() for _ in all_]
        other = _OTHERWISE[kind]
        if any(key in getattr(table, other) for table in self._tables()):
            return NotStated(
                "stated-otherwise", known=known, where=self._where, asked=asked, kind=Said(f"stated-{other}")
            )
        keys = list(dict.fromkeys(f"({about}, {what})" for about, what in known))
        same = [one for one in keys if one.startswith(f"({key[0]}, ")] or keys
        near, allowed = nearest_of(asked, keys), few(same) if same else "—"
        return NotStated("stated-nothing", known=known, where=self._where, asked=asked, nearest=near, allowed=allowed)

    def _tables(self) -> Iterator[_Stated]:
        return (self._table(one.stem) for one in self._ledgers)

    def _table(self, name: str) -> _Stated:
        if name not in self._stated:
            self._stated[name] = _Stated.of(self._read(name))
        return self._stated[name]


class _Figure(NamedTuple):
    """A stated figure with its as-of date, if it has one, and its 口径."""

    fact: Fact
    when: DateFact | None
    basis: str


class _Stated(NamedTuple):
    """What one table states by (subject, measure): figures, and words."""

    facts: dict[tuple[str, str], list[_Figure]]
    texts: dict[tuple[str, str], list[StatedWords]]

    def figures(self, key: tuple[str, str], which: str) -> list[_Figure]:
        """The figures of a key; with ``which``, those of that date or 口径."""
        return [one for one in self.facts.get(key, ()) if which in ("", str(one.when or ""), one.basis)]

    @classmethod
    def of(cls, rows: pandas.DataFrame) -> _Stated:
        stated = cls({}, {})
        about, what, when, basis, words = (
            next(iter(fields_of(rows, *roles)), "") for roles in (ABOUT, *((role,) for role in _ASKED))
        )
        headings, bases = rows.attrs.get("headings", {}), fields_of(rows, Role.BASE)
        for row in as_dicts(rows) if about else ():
            for field, cell in row.items():
                if isinstance(cell, Fact) and cell.stated and field not in bases:
                    measure = bare(row[what]) if what else headings.get(field, field)
                    figures = stated.facts.setdefault((bare(row[about]), measure), [])
                    figures.append(_Figure(cell, row[when] if when else None, bare(row[basis]) if basis else ""))
            if what and words and row[words]:
                stated.texts.setdefault((bare(row[about]), bare(row[what])), []).append(row[words])
        return stated


def _keys(rows: pandas.DataFrame) -> frozenset[tuple[str, str]]:
    """All (subject, measure) of which a table states something; looked through once for each frame."""
    source = rows.attrs["source"]
    known, keys = _KEYS.get(source, (None, frozenset[tuple[str, str]]()))
    if known is not rows:
        stated = _Stated.of(rows)
        keys = frozenset((*stated.facts, *stated.texts))
        keep(_KEYS, source, (rows, keys))
    return keys
