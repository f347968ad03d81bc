"""The one path a report takes: check, execute, stitch, render, swap in."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import DataError, SectionError, UsageError
from .period import Period
from .swap import staged, swap_in
from .workspace import ReportSettings, SectionNotebook, Workspace, nearest

if TYPE_CHECKING:
    from .execute import Event, Ran
    from .ledger import Problem

FORMATS = ("html", "pdf", "docx")


@dataclass(frozen=True)
class Request:
    """What is asked for. ``sections`` empty means all; ``output`` None means the workspace's ``outputs/PERIOD``."""

    workspace: Workspace
    period: Period
    formats: tuple[str, ...] = FORMATS
    sections: tuple[str, ...] = ()
    output: Path | None = None
    edition: str = "internal"
    jobs: int | None = None
    cold: bool = False
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def target(self) -> Path:
        """The folder the finished report stands in."""
        return (self.output / str(self.period)) if self.output else self.workspace.outputs(self.period)


@dataclass(frozen=True)
class Built:
    """What was built.

    ``folder`` holds the files, and is a draft's own folder where a section failed; ``stages`` gives seconds by stage,
    ``sections`` what became of each; ``warnings`` are the problems that did not stop the build.
    """

    folder: Path
    files: tuple[str, ...]
    facts: int
    stages: dict[str, float]
    sections: tuple[Ran, ...]
    warnings: tuple[Problem, ...]

    @property
    def failures(self) -> tuple[SectionError, ...]:
        """The errors of sections that failed."""
        return tuple(ran.error for ran in self.sections if ran.error)


def build(
    request: Request,
    *,
    on_progress: Callable[[Event], None] | None = None,
    on_stage: Callable[[str], None] | None = None,
) -> Built:
    """Build one report.

    The folder of the report is replaced only when all of the new one is there. Where a section fails the others are
    built, its place says so, the document is marked 草稿 and goes into ``PERIOD.draft`` beside the old report.

    Raises:
        UsageError: an unknown period, section, format or parameter; nothing was run.
        DataError: the ledgers have errors; no kernel was started.
        HalfyearError: the report could not be stitched or rendered; the old one is untouched.
    """
    clock = _Clock(on_stage or (lambda stage: None))
    with clock.stage("check"):
        chosen = _chosen(request)
        settings = request.workspace.settings(request.period)
        warnings = _checked(request)
    with staged(request.target) as staging:
        with clock.stage("execute"):
            ran = _execute(request, chosen, staging / "sections", on_progress)
        with clock.stage("stitch"):
            report = _stitched(
                request, ran, settings, unfilled=any(one.code.startswith("not-filled") for one in warnings)
            )
        facts = _render(request, report, staging, clock)
        with clock.stage("record"):
            _record(request, staging, ran, warnings)
            failed = any(one.error for one in ran)
            target = request.target.with_name(request.target.name + ".draft") if failed else request.target
            files = tuple(sorted(path.relative_to(staging).as_posix() for path in staging.rglob("*") if path.is_file()))
            swap_in(staging, target)
            if not failed:
                shutil.rmtree(request.target.with_name(request.target.name + ".draft"), ignore_errors=True)
    return Built(target, files, facts, clock.seconds, tuple(_moved(one, target) for one in ran), tuple(warnings))


def check(workspace: Workspace, period: Period) -> list[Problem]:
    """Every problem in a period's ledgers, errors and warnings; no kernel is started."""
    from . import ledger

    return ledger.check(workspace, period)


class _Clock:
    """How long each stage took, and word to whoever waits that one begins."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.seconds: dict[str, float] = {}
        self._tell = tell
        self._began: list[tuple[str, float]] = []

    def stage(self, name: str) -> _Clock:
        self._tell(name)
        self._began.append((name, time.monotonic()))
        return self

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None:
        name, began = self._began.pop()
        self.seconds[name] = time.monotonic() - began


def _chosen(request: Request) -> tuple[SectionNotebook, ...]:
    for name in request.formats:
        if name not in FORMATS:
            msg = f"unknown format {name!r}; allowed: {', '.join(FORMATS)}{nearest(name, FORMATS)}"
            raise UsageError(msg)
    if not request.sections:
        return request.workspace.sections
    names = {request.workspace.section(name).name for name in request.sections}
    return tuple(section for section in request.workspace.sections if section.name in names)


def _checked(request: Request) -> list[Problem]:
    """The warnings; errors stop the build here, all of them at once."""
    problems = check(request.workspace, request.period)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        msg = f"data/{request.period} has {len(errors)} error{'s' * (len(errors) > 1)}; mend the ledgers and run again"
        raise DataError(msg, tuple(problems))
    return problems


def _execute(
    request: Request, chosen: Sequence[SectionNotebook], into: Path, on_progress: Callable[[Event], None] | None
) -> list[Ran]:
    from .execute import run_sections

    return run_sections(
        chosen,
        parameters={"period": str(request.period), **request.parameters},
        workspace=request.workspace,
        into=into,
        jobs=request.jobs,
        cold=request.cold,
        on_progress=on_progress,
    )


def _stitched(request: Request, ran: Sequence[Ran], settings: ReportSettings, *, unfilled: bool) -> dict[str, Any]:
    """The report as one notebook; a half-year with ledgers still to be filled in is a draft."""
    from .notebook.prose import word_text
    from .render.stitch import Chapter, stitch

    opening = word_text(settings.opening, f"data/{request.period}/report.toml", {"period": request.period.label})
    chapters = [
        Chapter(one.section, None if one.error else json.loads(one.path.read_text(encoding="utf-8"))) for one in ran
    ]
    settings = replace(settings, draft=settings.draft or unfilled)
    return stitch(chapters, settings, request.period, opening=opening, edition=request.edition)


def _render(request: Request, report: dict[str, Any], staging: Path, clock: _Clock) -> int:
    """Write report.ipynb and each format, and the facts read back from the HTML; returns how many facts."""
    from . import render
    from .facts.record import read_facts, write_facts

    render.write(report, staging / "report.ipynb")
    for name in request.formats:
        with clock.stage(name):
            (staging / f"report.{name}").write_bytes(render.to_bytes(name, report))
    html = staging / "report.html"
    facts = read_facts(html.read_text(encoding="utf-8") if html.exists() else render.semantic_body(report))
    write_facts(facts, staging / "facts.csv")
    return len(facts)


def _record(request: Request, staging: Path, ran: Sequence[Ran], warnings: Sequence[Problem]) -> None:
    from . import render
    from .release import describe, write_manifest

    workspace = request.workspace
    data = [path for path in sorted(workspace.data(request.period).rglob("*")) if path.is_file()]
    manifest = describe(
        root=workspace.root,
        inputs=[*data, *(one.section.path for one in ran)],
        outputs=staging,
        parameters={"period": str(request.period), "edition": request.edition, **request.parameters},
        checks=[problem.as_dict("en") for problem in warnings],
        sections=[
            {"name": one.section.name, "title": one.section.title, "failed": one.error is not None} for one in ran
        ],
        fonts=render.fonts_used(),
    )
    write_manifest(manifest, staging / "manifest.json")


def _moved(ran: Ran, target: Path) -> Ran:
    """``ran`` with its paths where the files now stand."""
    path = target / "sections" / ran.path.name
    if ran.error is not None:
        ran.error.args = (str(ran.error).replace(str(ran.path), str(path)),)  # it was said before the folder moved
        ran.error.saved = str(path)
    return replace(ran, path=path)
