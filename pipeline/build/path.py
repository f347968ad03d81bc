"""From a request to a finished folder, stage by stage."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..swap import staged, swap_in
from ..workspace import ReportSettings, SectionNotebook
from .ask import Built, Request
from .assemble import Executed, assemble
from .proof import Vouched, checked, compared_with, unfilled, vouch

if TYPE_CHECKING:
    from ..execute import Event, Ran
    from ..ledger import Problem


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
        chosen = request.chosen()
        settings = request.workspace.settings(request.period)
        warnings = checked(request.workspace, request.period)
        settings = replace(settings, draft=settings.draft or unfilled(warnings))
    with staged(request.target) as staging:
        with clock.stage("execute"):
            ran = _execute(request, chosen, staging / "sections", on_progress)
        with clock.stage("stitch"):
            executed = [Executed.read(one.section, one.path, failed=one.error is not None) for one in ran]
            made = assemble(request.workspace, request.period, settings, executed, edition=request.edition)
            report = made.notebook
            if request.edition == "public":
                _replace_sections(ran, made.sections)
        body = _render(request, report, staging, clock)
        with clock.stage("record"):
            vouched = _record(request, report, body, settings, staging, ran, warnings)
        target = request.draft if any(one.error for one in ran) else request.target
        files = tuple(sorted(path.relative_to(staging).as_posix() for path in staging.rglob("*") if path.is_file()))
        swap_in(staging, target)
        if target == request.target:
            shutil.rmtree(request.draft, ignore_errors=True)
    sections = tuple(_moved(one, target) for one in ran)
    return Built(target, files, vouched.numbers, clock.seconds, sections, warnings, vouched.findings)


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


def _execute(
    request: Request, chosen: Sequence[SectionNotebook], into: Path, on_progress: Callable[[Event], None] | None
) -> list[Ran]:
    from ..execute import run_sections

    return run_sections(
        chosen,
        parameters=request.all_parameters,
        workspace=request.workspace,
        into=into,
        jobs=request.jobs,
        cold=request.cold,
        cache=not request.fresh,
        on_progress=on_progress,
    )


def _replace_sections(ran: Sequence[Ran], sections: Sequence[dict[str, Any] | None]) -> None:
    """A public edition's folder holds no internal section: each executed notebook gives way to what is public of it."""
    from ..render import write

    for one, notebook in zip(ran, sections, strict=True):
        if notebook is None:
            one.path.unlink(missing_ok=True)
        else:
            write(notebook, one.path)


def _render(request: Request, report: dict[str, Any], staging: Path, clock: _Clock) -> str:
    """Write report.ipynb and each format; returns the semantic body they were made from."""
    from .. import render

    with clock.stage("body"):
        render.write(report, staging / "report.ipynb")
        body = render.semantic_body(report)
    for name in request.formats:
        with clock.stage(name):
            made = render.to_bytes(name, report, body=body, embed_fonts=request.embed_fonts)
            (staging / f"report.{name}").write_bytes(made)
    return body


def _record(
    request: Request,
    report: dict[str, Any],
    body: str,
    settings: ReportSettings,
    staging: Path,
    ran: Sequence[Ran],
    warnings: Sequence[Problem],
) -> Vouched:
    """Read the facts back from the document, vouch for its numbers, and write down what it was made from."""
    from .. import render
    from ..facts.record import read_facts, write_facts
    from ..release import describe, write_manifest

    workspace = request.workspace
    write_facts(read_facts(body), staging / "facts.csv")
    vouched = vouch(workspace, request.period, settings, body, report)
    periods = (request.period, *compared_with(workspace, request.period))
    data = [path for period in periods for path in sorted(workspace.data(period).rglob("*")) if path.is_file()]
    manifest = describe(
        root=workspace.root,
        inputs=[*data, *(one.section.path for one in ran)],
        outputs=staging,
        parameters={"edition": request.edition, **request.all_parameters},
        checks=[one.as_dict("en") for one in (*warnings, *vouched.findings)],
        sections=[
            {"name": one.section.name, "title": one.section.title, "failed": one.error is not None} for one in ran
        ],
        fonts=render.fonts_used(),
    )
    write_manifest({**manifest, "numbers": vouched.numbers}, staging / "manifest.json")
    return vouched


def _moved(ran: Ran, target: Path) -> Ran:
    """``ran`` with its paths where the files now stand."""
    path = target / "sections" / ran.path.name
    if ran.error is not None:
        ran.error.args = (str(ran.error).replace(str(ran.path), str(path)),)  # it was said before the folder moved
        ran.error.saved = str(path)
    return replace(ran, path=path)
