"""Whatever is edited, in whatever order, of whatever kind of period: a report made with the cache has the bytes of one made from nothing."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from calling import ROOT, Command, copied_workspace
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pipeline.own_files import digests

FIGURES = some.sampled_from(["322", "323", "324"])  # of one length: sizes do not give a change away
WORDS = some.sampled_from(["甲", "乙", "丙"])
PERIODS = some.sampled_from(["2021Q2", "2021-06", "2021-01..06", "2021", "2021H1"])  # one of each kind


class Edits(RuleBasedStateMachine):
    """An analyst and a developer at work on one workspace and one copy of the package, by the command."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.root = copied_workspace(self.home / "workspace")
        self.package = self.home / "code" / "pipeline"
        shutil.copytree(ROOT / "pipeline", self.package, ignore=shutil.ignore_patterns("__pycache__"))
        self.edited = False
        self.period, self.options = "2021H1", []

    @initialize(period=PERIODS)
    def begin(self, period: str) -> None:
        (self.root / "data" / self.period).rename(self.root / "data" / period)
        self.period, self.edited = period, True

    @property
    def data(self) -> Path:
        return self.root / "data" / self.period

    def _rewrite(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1, 1))  # time stamps tell nothing
        self.edited = True

    @rule(figure=FIGURES)
    def table(self, figure: str) -> None:
        path = self.data / "tables/indicators.csv"
        lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        place = next(number for number, line in enumerate(lines) if ",一业一证,办件量," in line)
        parts = lines[place].split(",办件量,")
        lines[place] = f"{parts[0]},办件量,{figure},{parts[1].partition(',')[2]}"
        self._rewrite(path, "".join(lines))

    @rule(word=WORDS)
    def prose(self, word: str) -> None:
        self._rewrite(self.data / "prose/evaluation-overview.md", f"迎接评估期间分工明确，有{word}组。\n")

    @rule(word=WORDS)
    def prose_of_a_notebook(self, word: str) -> None:
        self._edit_notebook("lists", lambda cells: cells[0].update(source=f"# 清单{word}"))

    @rule(word=WORDS)
    def code_of_a_notebook(self, word: str) -> None:
        last = "evaluation.prose('overview')"
        self._edit_notebook("evaluation", lambda cells: cells[-1].update(source=f"# {word}\n{last}"))

    @rule(number=some.sampled_from([2, 7]))
    def rename_a_notebook(self, number: int) -> None:
        (path,) = (self.root / "notebooks").glob("*-lists.ipynb")
        path.rename(path.with_name(f"{number:02d}-lists.ipynb"))
        self.edited = True

    @rule(word=WORDS)
    def code_of_the_package(self, word: str) -> None:
        path = self.package / "notebook" / "display.py"
        text = (ROOT / "pipeline/notebook/display.py").read_text(encoding="utf-8")
        self._rewrite(path, f"{text}\n# {word}\n")

    @rule(colour=some.sampled_from(["teal", "navy", "gray"]))
    def style_of_the_page(self, colour: str) -> None:
        name = "render/templates/html/print.css"
        text = (ROOT / "pipeline" / name).read_text(encoding="utf-8")
        self._rewrite(self.package / name, f"{text}\n.nothing{{color:{colour}}}\n")

    @rule()
    def delete_the_cache(self) -> None:
        shutil.rmtree(self.root / ".halfyear-cache", ignore_errors=True)
        self.edited = True

    @rule()
    def tamper_with_the_report(self) -> None:
        for path in (self.root / "outputs").glob(f"{self.period}/report.*"):
            path.write_bytes(b"?")
            self.edited, self.options = True, ["--set-aside"]  # without it what somebody changed is in the way

    def _edit_notebook(self, section: str, change) -> None:
        (path,) = (self.root / "notebooks").glob(f"*-{section}.ipynb")
        notebook = json.loads(path.read_text(encoding="utf-8"))
        change(notebook["cells"])
        self._rewrite(path, json.dumps(notebook))

    def _run(self, *options: object) -> dict:
        done = Command(self.root)("run", self.period, "--json", *options, PYTHONPATH=str(self.package.parent))
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    @invariant()
    def the_cache_gives_what_a_build_from_nothing_gives(self) -> None:
        if not self.edited:
            return
        self.edited, options = False, self.options
        self._run(*options)
        self.options = []
        self._run("--fresh", "--output", self.home / "fresh")
        assert digests(self.root / "outputs" / self.period) == digests(self.home / "fresh" / self.period)
        assert self._run()["unchanged"]

    def teardown(self) -> None:
        shutil.rmtree(self.home)


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=2,
    stateful_step_count=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to make a failure smaller would run for minutes
    suppress_health_check=list(HealthCheck),
)
TestEdits.__doc__ = (
    "After any sequence of edits, of data, prose, notebooks or code, a report has the bytes of a fresh one."
)
