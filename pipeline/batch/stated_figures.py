"""What a unit's finished report states: each figure of its ledgers that stands in the document, with its cells and its key.

What may name a person stays below: it is no part of a key, and rows that only such a column tells apart are one figure,
their sum. So are an office's own row and what its units below come to, where both are about the same. A total is a figure
of its own beside its parts, for another unit may state the total alone; under one key it is counted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..document.cell_notation import CellNotation
from ..document.manifest import MANIFEST, read_manifest
from ..document.record import load_facts
from ..document.source_rows import rows_of
from ..errors import HalfyearError
from ..facts import Fact, TotalFact
from ..facts.frame_cells import as_dicts
from ..facts.stated_words import bare
from ..findings.words import few
from ..ledger import schema, tables
from ..ledger.roles import Role
from ..notebook.frames import with_sources
from ..notebook.from_months import ledgers_of
from ..notebook.from_months import rows_of as rows_of_period
from ..own_files import digest_of
from ..period import Period
from ..vouch.ledger_record import Record
from ..vouch.verification import altered
from ..workspace import Workspace
from .units_table import Unit

if TYPE_CHECKING:
    import pandas

TOTALS, FIGURES = "unit_totals", "unit_figures"
MIXED = "口径、单位或日期不一"  # begins the words of a total that could not be made
_PUBLIC = "主动公开"
_TELLING = {Role.ITEM, Role.CLASS, Role.DOCUMENT_NAME, Role.DOCUMENT_NUMBER, Role.OFFICE, Role.STATUS}


class Key(NamedTuple):
    """What figures of several units must share to be one thing."""

    ledger: str
    chapter: str
    initiative: str
    subject: str
    measure: str

    @property
    def words(self) -> str:
        """What it is, for messages."""
        return "·".join(filter(None, (self.initiative, self.subject, self.measure)))


@dataclass(frozen=True)
class StatedFigure:
    """One figure of one unit. ``span`` is what sums must share besides: the unit of measure, 口径, the as-of date.

    ``cells`` are where it stands in the unit's own ledgers, for people (指标!E5), several where it is made of months;
    ``source`` the same as documents have it.
    ``gap`` says which of the unit's own units a total of it lacks (缺1个：…), ``within`` is the unit's total that has it in it.
    One that states nothing is a total that the unit could not make of its own units' figures.
    """

    unit: Unit
    key: Key
    fact: Fact
    basis: str
    as_of: str
    disclosure: str
    cells: tuple[str, ...]
    source: str
    gap: str = ""
    within: Key | None = None

    @property
    def measured_in(self) -> str:
        """Its unit of measure."""
        return self.fact.unit

    @property
    def span(self) -> tuple[str, str, str]:
        """Unit of measure, 口径, as-of date."""
        return self.measured_in, self.basis, self.as_of


def stated_figures(unit: Unit, period: str, finished: Path) -> list[StatedFigure]:
    """The figures of a unit's finished report, in the order of its ledgers.

    Raises:
        HalfyearError: a file of the report, or a ledger that it was made of, is not what the manifest says.
    """
    manifest = read_manifest(finished / MANIFEST)
    _hold(unit, manifest, finished)
    printed = {
        (rows.table, rows.column, row)
        for fact in load_facts(finished / "facts.csv")
        for rows in rows_of(fact.sources)
        for row in range(rows.first, rows.last + 1)
    }
    workspace, of = Workspace.at(unit.folder), Period.parse(period)
    notation = CellNotation.of_frames(_sheets(workspace, of))
    frames = {name: rows_of_period(workspace, of, name) for name in ledgers_of(workspace, of) if name != FIGURES}
    withheld = {name: schema(workspace.data(of), name).may_name for name in frames}
    each = (_stated_in(unit, frame, notation, printed, withheld[name]) for name, frame in frames.items())
    return list(_one_a_key([one for found in each for one in found]))


def _one_a_key(figures: Sequence[StatedFigure]) -> Iterator[StatedFigure]:
    """The figures of a unit, those that share key and span added up; what cannot be added up stays apart."""
    alike: dict[object, list[StatedFigure]] = defaultdict(list)
    for number, one in enumerate(_with_wholes(figures)):
        adds_up = one.fact.stated and one.fact.quantity.adds_up
        alike[one.key, one.span, adds_up or number].append(one)
    yield from map(_together, alike.values())


def _with_wholes(figures: Sequence[StatedFigure]) -> Iterator[StatedFigure]:
    """The figures, each with the nearest total that it is part of."""
    totals = [(one.fact.parts, one) for one in figures if isinstance(one.fact, TotalFact)]
    nearest = {cell: whole for parts, whole in sorted(totals, key=lambda one: -len(one[0])) for cell in parts}
    for one in figures:
        whole = nearest.get(one.fact.sources.cells()[0])
        within = whole is not None and whole.key != one.key and whole.span == one.span
        yield replace(one, within=whole.key) if whole is not None and within else one


def _together(figures: Sequence[StatedFigure]) -> StatedFigure:
    """Their sum, with the cells of all; of a total and its parts the total alone."""
    parts = {cell for one in figures if isinstance(one.fact, TotalFact) for cell in one.fact.parts}
    whole = [one for one in figures if not parts.issuperset(one.fact.sources.cells())]
    first, *others = whole
    return replace(
        first,
        fact=sum((_alone(one.fact) for one in others), _alone(first.fact)),
        disclosure=next((one.disclosure for one in figures if one.disclosure != _PUBLIC), _PUBLIC),
        cells=tuple(dict.fromkeys(cell for one in whole for cell in one.cells)),
        source=" ".join(dict.fromkeys(source for one in whole for source in one.source.split())),
        gap="，".join(filter(None, (one.gap for one in whole))),
    )


def _alone(fact: Fact) -> Fact:
    """The figure without what it is the total of: those cells are its own unit's, and other units have cells of the same names."""
    return Fact(fact.quantity, fact.sources, fact.derivation)


def _hold(unit: Unit, manifest: Mapping[str, Any], finished: Path) -> None:
    changed = [one.place.file for one in altered(finished, manifest)]
    if changed:
        raise HalfyearError("unit-report-altered", unit=unit.name, names=few(changed, 3))
    paths = ((name, unit.folder / name, it) for name, it in manifest["inputs"].items() if name.startswith("data/"))
    stale = [name for name, path, it in paths if not path.is_file() or digest_of(path) != it]
    if stale:
        raise HalfyearError("unit-report-stale", unit=unit.name, names=few(stale, 3))


def _sheets(workspace: Workspace, period: Period) -> Iterator[pandas.DataFrame]:
    """The ledgers that cells can be of: the period's and those of the months it is made of."""
    for one in (period, *workspace.made_of(period)):
        origin = "" if one == period else f"../{one}/"
        yield from (with_sources(workspace.data(one), name, origin=origin) for name in tables(workspace.data(one)))


def _stated_in(
    unit: Unit,
    frame: pandas.DataFrame,
    notation: CellNotation,
    printed: set[tuple[str, str, int]],
    withheld: Collection[str],
) -> Iterator[StatedFigure]:
    attrs = frame.attrs
    figures = [name for name in attrs["headings"] if any(map(_is_fact, frame[name]))]
    fields: Any  # by name
    for row, fields in zip(frame.index.tolist(), as_dicts(frame), strict=True) if figures else ():
        told = {name: value for name, value in fields.items() if name not in withheld}
        record = Record(attrs["stem"], row, told, attrs["headings"], attrs["roles"])
        apart = _apart_by_key(record, attrs["known_by"])
        for name in figures:
            fact = fields[name]
            cells = [(cell.table, cell.column, cell.row) for cell in fact.sources.cells()]
            if printed.issuperset(cells) if fact.stated else bare(told.get("covers", "")).startswith(MIXED):
                yield _figure(unit, attrs["sheet"], record, fact, notation, apart)


def _apart_by_key(record: Record, known_by: Iterable[str]) -> list[str]:
    """What tells a row from others of its subject and measure by the ledger's key: a batch, a stage."""
    has_measure = bool(record.said(Role.MEASURE)) and record.table != TOTALS
    fields = (name for name in known_by if has_measure and record.roles[name] in _TELLING)
    return [text for name in fields if (text := bare(record.fields.get(name, "")))]


def _figure(
    unit: Unit, sheet: str, record: Record, fact: Fact, notation: CellNotation, apart: Sequence[str]
) -> StatedFigure:
    about, measure, as_of = record.about(fact.sources.cells()[0])
    initiative = record.said(Role.INITIATIVE)
    own = record.table == TOTALS  # a sum over this unit's own units, under the key that they had
    if own:
        key = Key(*(bare(record.fields[name]) for name in ("ledger", "chapter", "initiative", "subject", "measure")))
    else:
        subject = "·".join(filter(None, (about.removeprefix(f"{initiative}·"), *apart))) or sheet
        key = Key(sheet, record.said(Role.SECTION), initiative, subject, measure)
    disclosure = record.said(Role.DISCLOSURE) or _PUBLIC
    return StatedFigure(
        unit,
        key,
        fact,
        bare(record.fields.get("basis", "")) if own else record.said(Role.BASIS),
        as_of or record.dated.value,
        disclosure,
        tuple(map(notation.of, rows_of(str(fact.sources)))),
        str(fact.sources),
        bare(record.fields["covers"]).partition("个单位")[2].lstrip("，；") if own and fact.stated else "",
    )


def _is_fact(value: object) -> bool:
    return isinstance(value, Fact)
