"""Why no part of a chapter took a row of a ledger: what would have taken it, and the field in which it differs."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from ..facts.stated_words import bare
from ..findings import Said, nearest_of
from ..ledger import KeyAsked, RowsAsked
from ..ledger.checks.near_names import CONFIRMED
from ..ledger.roles import ABOUT, Role, fields_of

if TYPE_CHECKING:
    import pandas


class Requests(NamedTuple):
    """What the notebooks and the prose of a period ask of its ledgers; ``earlier`` are the keys stated in other periods."""

    rows: Sequence[RowsAsked] = ()
    keys: Sequence[KeyAsked] = ()
    earlier: Sequence[KeyAsked] = ()

    def unmet(self, frame: pandas.DataFrame) -> Requests:
        """What of it a ledger's rows may have been meant for: requests for rows of it, and keys that none of them has."""
        there = _keys_of(frame)
        rows = [one for one in self.rows if one.table == frame.attrs.get("stem", "")]
        keys, earlier = (
            [one for one in asked if (one.subject, one.measure) not in there] for asked in (self.keys, self.earlier)
        )
        return Requests(rows, keys, earlier)


class _Miss(NamedTuple):
    """What asks for a row like this one, and where it differs: (field, found, wanted); ``says`` words it."""

    by: str
    differing: tuple[tuple[str, str, str], ...]
    says: str = "left-differs"

    @property
    def far(self) -> tuple[int, float]:
        """The fewer fields differ and the more alike they are, the nearer."""
        alike = [SequenceMatcher(None, found, wanted).ratio() for _, found, wanted in self.differing]
        return len(self.differing), -sum(alike)


def why_left_out(record: Mapping[Hashable, Any], frame: pandas.DataFrame, asked: Requests) -> tuple[Said, str]:
    """(why, the field that tells)."""
    stem, headings = frame.attrs.get("stem", ""), frame.attrs.get("headings", {})
    asking = [one for one in asked.rows if one.table == stem]
    misses = [*_of_rows(record, frame, asking), *_of_keys(record, frame, asked.keys)]
    nearest = min(misses, key=lambda miss: miss.far, default=None)
    if nearest is None:
        return Said("left-no-chapter"), ""
    if not nearest.differing:
        return Said("left-unsaid", by=nearest.by), ""
    return _in_words(nearest, headings), nearest.differing[0][0]


def near_key(record: Mapping[Hashable, Any], frame: pandas.DataFrame, unmet: Requests) -> tuple[Said | None, str]:
    """(what a row is close to that is asked for or was stated in another period, the field that tells).

    Nothing where it is close to none, or 备注 says that its name is right.
    """
    roles = frame.attrs.get("roles", {})
    note = next((bare(value) for name, value in record.items() if roles.get(name) == Role.NOTE), "")
    if CONFIRMED in note:
        return None, ""
    before = (miss._replace(says="left-has") for miss in _of_keys(record, frame, unmet.earlier))
    misses = [*_of_rows(record, frame, unmet.rows), *_of_keys(record, frame, unmet.keys), *before]
    near = [one for one in misses if len(one.differing) == 1 and nearest_of(one.differing[0][1], [one.differing[0][2]])]
    nearest = min(near, key=lambda miss: miss.far, default=None)
    if nearest is None:
        return None, ""
    return _in_words(nearest, frame.attrs.get("headings", {})), nearest.differing[0][0]


def _in_words(miss: _Miss, headings: Mapping[str, str]) -> Said:
    found = [Said("left-found", heading=headings.get(field, field), found=text) for field, text, _ in miss.differing]
    wanted = [Said("left-wanted", wanted=text) for _, _, text in miss.differing]
    return Said(miss.says, found=found, by=miss.by, wanted=wanted)


def _keys_of(frame: pandas.DataFrame) -> frozenset[tuple[str, str]]:
    """The keys (subject, measure) that a ledger states."""
    about, measure = key_fields(frame)
    return frozenset(zip(map(bare, frame[about]), map(bare, frame[measure]), strict=True)) if measure else frozenset()


def key_fields(frame: pandas.DataFrame) -> tuple[str, str]:
    """The fields that say of what and which measure a row is; two blanks where a ledger has not both."""
    about, measure = next(iter(fields_of(frame, *ABOUT)), ""), next(iter(fields_of(frame, Role.MEASURE)), "")
    return (about, measure) if about and measure else ("", "")


def _of_rows(record: Mapping[Hashable, Any], frame: pandas.DataFrame, asking: Sequence[RowsAsked]) -> Iterator[_Miss]:
    chapter = next((name for name, role in frame.attrs.get("roles", {}).items() if role == Role.SECTION), "")
    for one in asking:
        wanted = {**({chapter: one.chapter} if chapter else {}), **one.where}
        found = {field: bare(record.get(field, "")) for field in wanted}
        differing = tuple((field, found[field], value) for field, value in wanted.items() if found[field] != value)
        yield _Miss(one.chapter, differing)


def _of_keys(record: Mapping[Hashable, Any], frame: pandas.DataFrame, asking: Sequence[KeyAsked]) -> Iterator[_Miss]:
    about, measure = key_fields(frame)
    if not measure:
        return
    found = (bare(record[about]), bare(record[measure]))
    for one in asking:
        pairs = ((about, found[0], one.subject), (measure, found[1], one.measure))
        differing = tuple(pair for pair in pairs if pair[1] != pair[2])
        if len(differing) == 1:  # a key of which nothing is right says nothing of this row
            yield _Miss(one.by, differing)
