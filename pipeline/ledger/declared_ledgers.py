"""The ledgers there are: those built in, and those a workspace declares for itself in ``ledgers/*.toml``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from ..findings import Finding, Place
from ..input_file import LimitError, content, refusal
from .columns import Column, Ledger
from .declaration import Declaration
from .roles import Role

FOLDER = "ledgers"
_BUILT_IN = Path(__file__).parent / "declared"


class DeclaredLedgers(Mapping[str, Ledger]):
    """Ledgers by stem, in their order.

    ``problems`` are the faults of declarations; a ledger whose declaration has one is not among them, but ``faulty``.
    """

    def __init__(
        self, ledgers: Iterable[Ledger], problems: tuple[Finding, ...] = (), faulty: Iterable[str] = ()
    ) -> None:
        found = sorted(ledgers, key=lambda ledger: (ledger.order, ledger.stem))
        self.problems, self.faulty = problems, frozenset(faulty)
        aliases = {ledger.sheet: ledger.stem for ledger in found}
        self._by_stem = {ledger.stem: _with_aliases(ledger, aliases) for ledger in found}
        self._having: dict[Role, dict[str, Column]] = {}
        self._stems = aliases | {stem: stem for stem in self._by_stem}

    def __getitem__(self, stem: str) -> Ledger:
        return self._by_stem[stem]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_stem)

    def __len__(self) -> int:
        return len(self._by_stem)

    def stem_of(self, name: str) -> str:
        """The stem of the ledger called ``name``, by its sheet's name or its file's; "" where there is none."""
        return self._stems.get(name, "")

    @property
    def sheets(self) -> tuple[str, ...]:
        """What the ledgers are called in workbooks."""
        return tuple(ledger.sheet for ledger in self.values())

    def having(self, role: Role) -> dict[str, Column]:
        """Stem → the first column of that role, of the ledgers that have one."""
        if role not in self._having:
            named = ((stem, ledger, ledger.field(role)) for stem, ledger in self.items())
            self._having[role] = {stem: ledger.column(name) for stem, ledger, name in named if name}
        return dict(self._having[role])


def _with_aliases(ledger: Ledger, aliases: dict[str, str]) -> Ledger:
    """Let a column that names ledgers take either of their names."""
    columns = [replace(one, aliases=aliases) if one.role == Role.TABLE else one for one in ledger.columns]
    return replace(ledger, columns=tuple(columns)) if ledger.field(Role.TABLE) else ledger


@cache
def built_in() -> DeclaredLedgers:
    """The ledgers that every workspace has."""
    return DeclaredLedgers(_built_in())


@cache
def _built_in() -> tuple[Ledger, ...]:
    made = [Declaration(path.name, path.read_text(encoding="utf-8")) for path in sorted(_BUILT_IN.glob("*.toml"))]
    faults = [problem.text() for declaration in made for problem in declaration.problems]
    if faults:
        raise ValueError("\n".join(faults))
    return tuple(declaration.ledger for declaration in made if declaration.ledger)


def ledgers_for(folder: str | Path) -> DeclaredLedgers:
    """The ledgers that ``data/PERIOD`` may hold: see :func:`ledgers_in`."""
    return ledgers_in(Path(os.path.abspath(folder)).parents[1])


def ledgers_in(root: Path) -> DeclaredLedgers:
    """The ledgers of a workspace; its own declarations are read again only when one of them has changed."""
    found: list[tuple[str, bytes | OSError | LimitError]] = []
    for path in sorted(root.glob(f"{FOLDER}/*.toml")):
        try:
            found.append((path.name, content(path, root)))
        except (OSError, LimitError) as error:
            found.append((path.name, error))
    return _with_own(tuple(found)) if found else built_in()


@lru_cache(maxsize=8)
def _with_own(files: tuple[tuple[str, bytes | OSError | LimitError], ...]) -> DeclaredLedgers:
    from .workbook import NO_LEDGERS

    names = {name: ledger.stem for ledger in _built_in() for name in (ledger.stem, ledger.sheet)} | {
        name: name for name in NO_LEDGERS
    }
    own, problems, faulty = [], [], set()
    for name, read in files:
        declaration = _declaration(f"{FOLDER}/{name}", read)
        if declaration.ledger:
            for key, taken in (("", declaration.ledger.stem), ("title", declaration.ledger.sheet)):
                if taken in names:
                    declaration.fault("declaration-taken", (key,) if key else (), taken, other=names[taken])
            names |= dict.fromkeys((declaration.ledger.stem, declaration.ledger.sheet), f"{FOLDER}/{name}")
        problems += declaration.problems
        if declaration.problems or not declaration.ledger:
            faulty |= declaration.names
        else:
            own.append(declaration.ledger)
    return DeclaredLedgers((*_built_in(), *own), tuple(problems), faulty)


def _declaration(file: str, read: bytes | OSError | LimitError) -> Declaration:
    """Read a file; one that cannot be opened or is not UTF-8 has that fault alone."""
    try:
        if isinstance(read, OSError | LimitError):
            raise read
        return Declaration(file, read.decode("utf-8-sig"))
    except (OSError, LimitError) as error:
        declaration = Declaration(file, "")
        declaration.problems = [refusal(error, Place(file))]
    except UnicodeDecodeError:
        declaration = Declaration(file, "")
        declaration.problems = [Finding("declaration-encoding", Place(file))]
    return declaration
