"""Why no chapter took a row of a ledger: what would have taken it, and the field in which it differs."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from ..facts.stated_words import bare
from ..findings import Words
from ..ledger import KeyAsked, RowsAsked
from ..ledger.roles import ABOUT, Role

if TYPE_CHECKING:
    import pandas


class Requests(NamedTuple):
    """What the notebooks and the prose of a half-year ask of its ledgers."""

    rows: Sequence[RowsAsked] = ()
    keys: Sequence[KeyAsked] = ()


class _Miss(NamedTuple):
    """What asks for a row like this one, and where it differs: (field, found, wanted)."""

    by: str
    differing: tuple[tuple[str, str, str], ...]

    @property
    def far(self) -> tuple[int, float]:
        """The fewer fields differ and the more alike they are, the nearer."""
        alike = [SequenceMatcher(None, found, wanted).ratio() for _, found, wanted in self.differing]
        return len(self.differing), -sum(alike)


def why_left_out(record: Mapping[Hashable, Any], frame: pandas.DataFrame, asked: Requests) -> tuple[Words, str]:
    """(why, the field that tells)."""
    stem, headings = frame.attrs.get("stem", ""), frame.attrs.get("headings", {})
    asking = [one for one in asked.rows if one.table == stem]
    misses = [*_of_rows(record, frame, asking), *_of_keys(record, frame, asked.keys)]
    nearest = min(misses, key=lambda miss: miss.far, default=None)
    if nearest is None:
        return Words("没有一章用这张台账", "no chapter uses this ledger"), ""
    if not nearest.differing:
        zh, en = (
            f"{nearest.by}取了这张台账，没有写到这一行",
            f"{nearest.by} takes this ledger and does not say this row",
        )
        return Words(zh, en), ""
    zh = "，".join(f"{headings.get(field, field)}是“{found}”" for field, found, _ in nearest.differing)
    wanted = "，".join(f"“{wanted}”" for _, _, wanted in nearest.differing)
    en = ", ".join(f"{headings.get(field, field)} is '{found}'" for field, found, _ in nearest.differing)
    wanted_en = ", ".join(f"'{wanted}'" for _, _, wanted in nearest.differing)
    return Words(f"{zh}，{nearest.by}要的是{wanted}", f"{en}, {nearest.by} wants {wanted_en}"), nearest.differing[0][0]


def _of_rows(record: Mapping[Hashable, Any], frame: pandas.DataFrame, asking: Sequence[RowsAsked]) -> Iterator[_Miss]:
    chapter = next((name for name, role in frame.attrs.get("roles", {}).items() if role == Role.SECTION), "")
    for one in asking:
        wanted = {**({chapter: one.chapter} if chapter else {}), **one.where}
        found = {field: bare(record.get(field, "")) for field in wanted}
        differing = tuple((field, found[field], value) for field, value in wanted.items() if found[field] != value)
        yield _Miss(one.chapter, differing)


def _of_keys(record: Mapping[Hashable, Any], frame: pandas.DataFrame, asking: Sequence[KeyAsked]) -> Iterator[_Miss]:
    roles = frame.attrs.get("roles", {})
    about = next((name for role in ABOUT for name, has in roles.items() if has == role), "")
    measure = next((name for name, has in roles.items() if has == Role.MEASURE), "")
    if not (about and measure):
        return
    found = (bare(record[about]), bare(record[measure]))
    for one in asking:
        pairs = ((about, found[0], one.subject), (measure, found[1], one.measure))
        differing = tuple(pair for pair in pairs if pair[1] != pair[2])
        if len(differing) == 1:  # a key of which nothing is right says nothing of this row
            yield _Miss(one.by, differing)
