"""Whatever is edited, in whatever order: the cache gives what a run without it gives."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.execute.conftest import Bench

WORDS = some.sampled_from(["one", "two", "six"])  # of one length: sizes do not give a change away
SECTIONS_ALL = ("looks-around", "imports-helper", "asks-for-reviews", "asks-for-officers")
TABLES = some.sampled_from(["2020H2/tables/first.csv", "2020H2/tables/other.csv", "2020H1/tables/cases.csv"])
SECTIONS = some.sampled_from(["looks-around", "imports-helper"])


class Edits(RuleBasedStateMachine):
    """An analyst at work: a section looks around in the data, one imports a module beside it, two ask for a ledger each."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.bench = Bench(self.folder / "workspace").put(*SECTIONS_ALL)
        self.edited = True
        self.notes = {"list_reviews": "one", "officers": "one"}

    @initialize(word=WORDS)
    def begin(self, word: str) -> None:
        self.table("2020H2/tables/first.csv", word)
        self.helper(word)
        self.ledger("officers", word, xlsx=True)

    @rule(
        table=some.sampled_from(["list_reviews", "officers"]), word=WORDS, xlsx=some.sampled_from([True, True, False])
    )
    def ledger(self, table: str, word: str, xlsx: bool) -> None:
        self.notes[table] = word
        (self.bench.root / "data" / "2020H2" / "tables.xlsx").unlink(missing_ok=True)
        self.bench.ledgers(self.notes, xlsx=xlsx)
        self.edited = True

    @rule(name=TABLES, word=WORDS)
    def table(self, name: str, word: str) -> None:
        path = self.bench.root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(word)
        os.utime(path, (1, 1))  # time stamps tell nothing
        self.edited = True

    @rule()
    def first_or_last_of_previous_period(self) -> None:
        path = self.bench.root / "data" / "2020H1" / "tables" / "cases.csv"
        path.unlink() if path.exists() else self.table("2020H1/tables/cases.csv", "one")
        self.edited = True

    @rule(name=TABLES)
    def remove(self, name: str) -> None:
        (self.bench.root / "data" / name).unlink(missing_ok=True)
        self.edited = True

    @rule(name=TABLES, new=TABLES)
    def rename(self, name: str, new: str) -> None:
        path = self.bench.root / "data" / name
        if path.exists() and (self.bench.root / "data" / new).parent.exists():
            path.rename(self.bench.root / "data" / new)
        self.edited = True

    @rule(word=WORDS)
    def helper(self, word: str) -> None:
        path = self.bench.root / "notebooks" / "helper.py"
        path.write_text(f"def word(period):\n    return '{word}' + period\n")
        self.edited = True

    @rule(section=SECTIONS, word=WORDS)
    def prose(self, section: str, word: str) -> None:
        self._edit(section, lambda cells: cells[0].update(source=f"# {word}"))

    @rule(section=SECTIONS, word=WORDS)
    def code(self, section: str, word: str) -> None:
        self._edit(section, lambda cells: cells[-1].update(source=f"print('{word}')"))

    @rule()
    def move_cell(self) -> None:
        self._edit("looks-around", lambda cells: cells.append(cells.pop(-2)))

    @rule(section=SECTIONS)
    def add_prose(self, section: str) -> None:
        new = {"cell_type": "markdown", "id": "new", "metadata": {}, "source": "new"}
        self._edit(section, lambda cells: None if any(cell["id"] == "new" for cell in cells) else cells.insert(2, new))

    @rule()
    def delete_cache(self) -> None:
        shutil.rmtree(self.bench.root / ".halfyear-cache", ignore_errors=True)

    def _edit(self, section: str, change: Callable[[list], object]) -> None:
        [path] = (self.bench.root / "notebooks").glob(f"*-{section}.ipynb")
        notebook = json.loads(path.read_text(encoding="utf-8"))
        change(notebook["cells"])
        path.write_text(json.dumps(notebook), encoding="utf-8")
        self.edited = True

    @invariant()
    def cached_run_gives_what_a_fresh_run_gives(self) -> None:
        if not self.edited:
            return
        self.edited = False
        cached = [ran.path.read_bytes() for ran in self.bench.run(cache=True)]
        fresh = [ran.path.read_bytes() for ran in self.bench.run(cache=False, into=self.bench.root / "fresh")]
        assert cached == fresh
        again = self.bench.run(cache=True)
        assert [ran.why for ran in again if ran.error is None] == ["fresh"] * sum(ran.error is None for ran in again)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=12,
    stateful_step_count=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to make a failure smaller would run for minutes
    suppress_health_check=list(HealthCheck),
)
TestEdits.__doc__ = (
    "After any sequence of edits a cached run gives the bytes of a fresh one, and then nothing is stale."
)
