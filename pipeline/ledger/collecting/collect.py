"""One collecting: what departments sent is read, merged, written into the ledgers, and held against the roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from ...errors import DataError
from ...findings import ERROR, Finding, Place
from ...findings.words import few
from ...own_files import is_litter
from ...period import Period
from ...workspace import Workspace
from ..declared_ledgers import DeclaredLedgers
from ..places import Places
from .merging import MergedRow, merged, replaced
from .origins import read_record, write_record
from .roster import Share, roster, sender_of
from .sent import CARRIED_OVER, FILLED, Known, SentRow, aligned, rank, read_sent
from .standing_ledgers import StandingLedger, write


class Department(NamedTuple):
    """A department of the roster: the files it sent so far, how many rows, and the shares and cells that are still blank."""

    name: str
    files: tuple[str, ...]
    rows: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Collected:
    """What came of it: the files written and how many cells, who has sent and who has not, and what is in doubt."""

    written: tuple[str, ...]
    cells: int
    departments: tuple[Department, ...]
    findings: tuple[Finding, ...]


def collect(workspace: Workspace, period: Period, files: Sequence[Path]) -> Collected:
    """Merge the workbooks ``files`` into ``data/PERIOD``; see ``docs/zh/填报手册.md``.

    A row is known by its ledger's key. Who sends again changes the rows filled in; what was edited in the ledgers since,
    and cells of which senders say different things, stay as they are and are told.

    Raises:
        UnknownPeriod: there is no such folder. WorkspaceError: the roster in report.toml is not usable.
        DataError: the ledgers have problems, or writing into them would lose something.
    """
    folder = workspace.data(period)
    places = Places.of(folder)
    faults = [
        problem for problem in places.all_problems() if problem.severity == ERROR and problem.code != "no-ledger-but"
    ]
    if faults:
        raise DataError("not-collected", details=faults)
    departments = roster(workspace.settings(period).departments or {}, places.ledgers, f"data/{period}/report.toml")
    now, findings = _sent(files, places.ledgers, departments)
    before = read_record(folder, places.ledgers)
    stems = dict.fromkeys(row.known[0] for row in (*before, *now))
    standing = {stem: StandingLedger.of(places, places.ledgers[stem]) for stem in stems}
    before, now = _aligned(before, now, standing, places.ledgers)
    rows, lacking = replaced(before, now, places.ledgers)
    sent = {(row.sender, row.known) for row in now} - {(row.sender, row.known) for row in lacking}
    merging = _Merging(standing, merged(before, places.ledgers), merged(rows, places.ledgers), sent)
    merging.put()
    cells = sum(len(one.cells) for one in merging.standing.values() if one.changed)
    written = write(folder, merging.standing)
    write_record(folder, rows, places.ledgers, merging.written)
    findings += [
        *_not_again(lacking, merging.standing),
        *_outside(now, departments, merging.standing),
        *merging.findings,
    ]
    return Collected(tuple(written), cells, tuple(_departments(folder, departments, rows)), tuple(findings))


def _sent(
    files: Sequence[Path], ledgers: DeclaredLedgers, departments: Mapping[str, list[Share]]
) -> tuple[list[SentRow], list[Finding]]:
    """The rows of all files that can be read; one with errors is left out as a whole."""
    rows: list[SentRow] = []
    findings: list[Finding] = []
    for path in files:
        if is_litter(path.name):
            continue
        sender = sender_of(path, tuple(departments))
        sent, problems = read_sent(path, ledgers, sender or path.name)
        findings += problems
        if departments and not sender:
            findings.append(Finding("collect-whose", Place(path.name), params={"allowed": tuple(departments)}))
        if any(problem.severity == ERROR for problem in problems):
            findings.append(Finding("collect-left", Place(path.name)))
        else:
            rows += sent
    return rows, findings


def _aligned(
    before: list[SentRow], now: list[SentRow], standing: Mapping[str, StandingLedger], ledgers: DeclaredLedgers
) -> tuple[list[SentRow], list[SentRow]]:
    """The rows known by what they are known by in all workbooks, the ledgers' own as well."""
    parties: dict[tuple[str, str, bool], list[SentRow]] = {}
    for row in before:
        parties.setdefault((row.sender, "", True), []).append(row)
    for row in now:
        parties.setdefault((row.sender, row.file, False), []).append(row)
    known = aligned([*parties.values(), *(list(one.rows.values()) for one in standing.values())], ledgers)
    for one in standing.values():
        one.rows = {known.get(each, each): row for each, row in one.rows.items()}
    settled = [[replace(row, known=known.get(row.known, row.known)) for row in rows] for rows in (before, now)]
    return settled[0], settled[1]


@dataclass
class _Merging:
    """What the rows sent ``before`` came to, what they come to ``now``, and the ledgers that it is put into.

    That something is not written is told of what was ``sent`` just now alone: sender and row.
    """

    standing: dict[str, StandingLedger]
    before: Mapping[Known, MergedRow]
    now: Mapping[Known, MergedRow]
    sent: Set[tuple[str, Known]]
    written: dict[tuple[Known, str], Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def put(self) -> None:
        """Put everything agreed on where it belongs, and tell the rest."""
        for known, row in self.now.items():
            ledger = self.standing[known[0]]
            there = ledger.rows.get(known)
            if there is None and known in self.before:
                self._gone(row)
                continue
            number = there.row if there else ledger.next_row()
            for name in self._fields(known, row, there):
                self._cell(ledger, number, there, known, row, name)

    def _fields(self, known: Known, row: MergedRow, there: SentRow | None) -> list[str]:
        """The fields to look at: a row that was carried over is taken over with its blanks."""
        earlier = self.before[known].fields if known in self.before else []
        carried = there.values if there and rank(row.ledger, there.values) == CARRIED_OVER < row.rank else ()
        return list(dict.fromkeys([*row.fields, *earlier, *carried]))

    def _cell(
        self, ledger: StandingLedger, number: int, there: SentRow | None, known: Known, row: MergedRow, name: str
    ) -> None:
        """Write one cell, unless senders contradict each other or somebody edited it since it was merged."""
        said, standing = row.said(name), there.values.get(name, "") if there else ""
        earlier = self.before.get(known)
        before = earlier.said(name) if earlier else {}
        place = Place(ledger.file, ledger.sheet, (number,))
        if len(said) > 1:
            self._contradiction(row, name, said)
            return
        text = next(iter(said), "")
        merged_before = earlier is not None and earlier.rank == FILLED
        untouched = there is None or (rank(row.ledger, there.values) < FILLED and not merged_before)
        if standing != text and not untouched and not _ours(standing, before):
            if text and self._sent_again(row):
                place = there.place(row.ledger, name) if there else place
                params = {"sent": text, "other": said[text].place(row.ledger, name)}
                self.findings.append(Finding("collect-edited", place, standing, params))
            return
        if standing != text:
            place = ledger.put(number, name, text)
        elif there:
            place = there.place(row.ledger, name)
        if text:
            self.written[known, name] = place

    def _contradiction(self, row: MergedRow, name: str, said: Mapping[str, SentRow]) -> None:
        (one, first), (other, second), *_ = said.items()
        params = {"other": second.place(row.ledger, name), "other_value": other, "key": _named(first)}
        self.findings.append(Finding("collect-contradiction", first.place(row.ledger, name), one, params))

    def _gone(self, row: MergedRow) -> None:
        again = self._sent_again(row)
        if again and row.rank == FILLED:
            self.findings.append(Finding("collect-gone", again[0].place(row.ledger), _named(again[0])))

    def _sent_again(self, row: MergedRow) -> list[SentRow]:
        return [one for one in row.sent if (one.sender, one.known) in self.sent]


def _ours(standing: str, before: Mapping[str, SentRow]) -> bool:
    """Whether a cell is as an earlier collecting left it: what was agreed, else blank or what one of them said."""
    return standing in before or (not standing and len(before) != 1)


def _named(row: SentRow) -> str:
    return " · ".join(filter(None, row.known[1]))


def _not_again(lacking: Iterable[SentRow], standing: Mapping[str, StandingLedger]) -> Iterator[Finding]:
    """Rows that a sender's new workbook lacks or leaves blank and a ledger still has, a finding a ledger and earlier file."""
    by_ledger: dict[tuple[str, str], dict[int, str]] = {}
    for row in lacking:
        there = standing[row.known[0]].rows.get(row.known)
        if there and rank(standing[row.known[0]].ledger, there.values) == FILLED:
            by_ledger.setdefault((row.known[0], row.file), {})[there.row] = _named(row)
    for (stem, file), rows in by_ledger.items():
        place = Place(standing[stem].file, standing[stem].sheet, tuple(sorted(rows)))
        names = few([rows[number] for number in place.rows])
        yield Finding("collect-not-again", place, params={"keys": names, "sent": file})


def _outside(
    rows: Iterable[SentRow], departments: Mapping[str, list[Share]], standing: Mapping[str, StandingLedger]
) -> Iterator[Finding]:
    """Rows that a department filled in, other than they stood in the ledgers, and that are not its own."""
    by_sheet: dict[tuple[str, str, str], list[int]] = {}
    for row in rows:
        shares, ledger = departments.get(row.sender), standing[row.known[0]]
        there = ledger.rows.get(row.known)
        said = rank(ledger.ledger, row.values) == FILLED and not (there and there.values == row.values)
        if said and shares and not any(share.holds(row.known[0], row.values) for share in shares):
            by_sheet.setdefault((row.sender, row.file, row.sheet), []).append(row.row)
    for (sender, file, sheet), numbers in by_sheet.items():
        yield Finding("collect-outside", Place(file, sheet, tuple(numbers)), params={"department": sender})


def _departments(folder: Path, departments: Mapping[str, list[Share]], rows: Sequence[SentRow]) -> Iterator[Department]:
    """Who of the roster has sent what, and what of theirs is blank in the ledgers now."""
    places = Places.of(folder)
    stems = dict.fromkeys(share.stem for shares in departments.values() for share in shares)
    standing = {stem: StandingLedger.of(places, places.ledgers[stem]) for stem in stems}
    for name, shares in departments.items():
        own = [row for row in rows if row.sender == name and rank(places.ledgers[row.known[0]], row.values) == FILLED]
        missing = [one for share in shares for one in _missing(share, standing[share.stem])]
        yield Department(name, tuple(dict.fromkeys(row.file for row in own)), len(own), tuple(dict.fromkeys(missing)))


def _missing(share: Share, standing: StandingLedger) -> Iterator[str]:
    """The share itself where the ledger has no row of it, else its rows that are not filled in."""
    rows = [row for row in standing.rows.values() if share.holds(share.stem, row.values)]
    if not rows:
        yield share.written
    blank = tuple(row.row for row in rows if rank(standing.ledger, row.values) < FILLED)
    if blank:
        figure = next(iter(standing.ledger.figures), standing.ledger.columns[0]).field
        letters = next(row.letters for row in rows)
        yield Place(standing.file, standing.sheet, blank, letters.get(figure, "A")).address
