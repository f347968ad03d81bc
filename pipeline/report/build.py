"""From a request to a finished folder, stage by stage."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..document.manifest import owned_files
from ..errors import HalfyearError
from ..findings import Finding
from ..formats import format_named
from ..notebook_file import write_notebook
from ..own_files import entries, retire
from ..swap import staged, swap_in
from ..workspace import SectionNotebook
from .assemble import Executed, assemble
from .earlier import changed_since, keep
from .recording import record
from .rendering import rendered
from .request import Built, Request
from .unchanged import Kept
from .vouching import checked, unfilled

if TYPE_CHECKING:
    from ..execute import Event, Look, Ran


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
    request.refuse_what_is_in_the_way()
    with clock.stage("check"):
        chosen = request.chosen()
        kept = Kept(request, _prepare(request, chosen))
        kept.look()
        there = None if request.fresh else _unchanged(request, chosen, kept, clock, on_progress)
        if there is None:
            warnings = _warnings(request, kept)
            settings = request.workspace.settings(request.period)
            settings = replace(settings, draft=settings.draft or unfilled(warnings))
    _tell_damage(kept, on_progress)
    if there is not None:
        return there
    with staged(request.target) as staging:
        with clock.stage("execute"):
            _load_renderers(request)
            timeout = request.cell_timeout or settings.cell_timeout
            ran = _execute(request, chosen, staging / "sections", timeout, on_progress)
        with clock.stage("stitch"):
            executed = [Executed.read(one.section, one.path, failed=one.error is not None) for one in ran]
            made = assemble(request.workspace, request.period, settings, executed, edition=request.edition)
            report = made.notebook
            if request.edition == "public":
                _replace_sections(ran, made.sections)
        body = _render(request, report, staging, clock)
        with clock.stage("record"):
            vouched = record(request, report, body, settings, staging, ran, executed, warnings, kept.inputs)
            target = request.draft if any(one.error for one in ran) else request.target
            files = _files(staging)
            changes = changed_since(target, staging)
        if target == request.target:
            keep(target, staging)
        aside = [swap_in(staging, target, owned_files(target))]
        if target == request.target and request.draft.is_dir():
            aside.append(retire(request.draft, request.draft, owned_files(request.draft)))
    sections = tuple(_moved(one, target) for one in ran)
    built = Built(
        target,
        files,
        vouched.numbers,
        clock.seconds,
        clock.elapsed,
        sections,
        warnings,
        vouched.findings,
        set_aside=tuple(filter(None, aside)),
        changes=changes,
    )
    _keep(request, chosen, built, kept)
    return built


class _Clock:
    """How long each stage took, and word to whoever waits that one begins."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.seconds: dict[str, float] = {}
        self._tell, self._began = tell, time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._began

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._tell(name)
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = time.monotonic() - began


def _prepare(request: Request, chosen: Sequence[SectionNotebook]) -> dict[str, Look]:
    """What the cache says of each section; where one must run, kernels are made ready while the ledgers are checked.

    Nothing where the notebooks cannot be run as asked: that is told when they are to run, after what the ledgers lack.
    """
    from ..execute import prepare

    try:
        return prepare(
            chosen,
            parameters=request.all_parameters,
            workspace=request.workspace,
            cold=request.cold,
            cache=not request.fresh,
        )
    except HalfyearError:
        return {}


def _unchanged(
    request: Request,
    chosen: Sequence[SectionNotebook],
    kept: Kept,
    clock: _Clock,
    on_progress: Callable[[Event], None] | None,
) -> Built | None:
    """The report that is there, if it would be made again to the byte."""
    from ..execute import Event, Ran

    known = kept.report()
    tell = on_progress or (lambda event: None)
    if known is None:
        return None
    target = request.target
    ran = tuple(Ran(one, target / "sections" / one.path.name, 0.0, None, kept.looks[one.name].why) for one in chosen)
    for one in ran:
        tell(Event(one.section, "fresh", text=one.why))
    said = (known["warnings"], known["findings"])
    return Built(target, _files(target), known["numbers"], clock.seconds, clock.elapsed, ran, *said, unchanged=True)


def _tell_damage(kept: Kept, on_progress: Callable[[Event], None] | None) -> None:
    """Say which stored results were damaged; they were found, and removed, while it was looked what must run."""
    from ..execute import Event

    if on_progress is None:
        return
    for text in (*kept.damaged, *(warning for look in kept.looks.values() for warning in look.warnings)):
        on_progress(Event(None, "warning", text=text))


def _warnings(request: Request, kept: Kept) -> tuple[Finding, ...]:
    """The warnings about the ledgers, looked for only where something they depend on has changed."""
    known = None if request.fresh else kept.problems()
    if known is not None:
        return known
    found = checked(request.workspace, request.period)
    if kept.holds():
        kept.keep_problems(found)
    return found


def _keep(request: Request, chosen: Sequence[SectionNotebook], built: Built, kept: Kept) -> None:
    """Keep what is to be said of the report, with the results of sections as the cache has them now.

    Nothing is kept where a file was saved meanwhile: nobody knows whether the report was made of it.
    """
    from ..execute import look

    if not request.fresh and not built.failures and kept.holds():
        kept.keep_report(built, look(chosen, parameters=request.all_parameters, workspace=request.workspace))


def _load_renderers(request: Request) -> None:
    """Load what renders in the background, while this process waits for kernels."""
    from .. import render

    threading.Thread(target=render.load, args=(request.formats,), name="render", daemon=True).start()


def _files(folder: Path) -> tuple[str, ...]:
    return tuple(path.relative_to(folder).as_posix() for path in entries(folder))


def _execute(
    request: Request,
    chosen: Sequence[SectionNotebook],
    into: Path,
    cell_timeout: int,
    on_progress: Callable[[Event], None] | None,
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
        cell_timeout=cell_timeout,
        on_progress=on_progress,
    )


def _replace_sections(ran: Sequence[Ran], sections: Sequence[dict[str, Any] | None]) -> None:
    """A public edition's folder holds no internal section: each executed notebook gives way to what is public of it."""
    for one, notebook in zip(ran, sections, strict=True):
        if notebook is None:
            one.path.unlink(missing_ok=True)
        else:
            write_notebook(one.path, notebook)


def _render(request: Request, report: dict[str, Any], staging: Path, clock: _Clock) -> str:
    """Write report.ipynb and each format; returns the semantic body they were made from."""
    from .. import render

    with clock.stage("body"):
        write_notebook(staging / "report.ipynb", report)
        body = render.semantic_body(report)
    for name in request.formats:
        with clock.stage(name):
            made = rendered(name, report, body, request.workspace, embed_fonts=request.embed_fonts)
            (staging / format_named(name).file).write_bytes(made)
    return body


def _moved(ran: Ran, target: Path) -> Ran:
    """``ran`` with its paths where the files now stand."""
    path = target / "sections" / ran.path.name
    if ran.error is not None:
        ran.error.saved = str(path)
    return replace(ran, path=path)
