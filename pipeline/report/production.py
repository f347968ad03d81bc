"""The stages of a build that has something to do: execute, stitch, render, record, swap in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..findings import Finding
from ..formats import format_named
from ..notebook_file import write_notebook
from ..report_settings import ReportSettings
from ..swap import staged
from ..workspace import SectionNotebook
from .clock import Clock
from .earlier import changed_since
from .placing import put_in_place
from .recorded import Recorded, describe_build
from .rendering import rendered
from .request import Built, Request, files_of
from .vouching import unfilled

if TYPE_CHECKING:
    from ..execute import Event, Ran
    from ..execute.kernels import Calls
    from .executed import Executed


def make(
    request: Request,
    chosen: Sequence[SectionNotebook],
    warnings: tuple[Finding, ...],
    inputs: Mapping[str, str],
    calls: Calls,
    clock: Clock,
    on_progress: Callable[[Event], None] | None,
) -> Built:
    """Make the report and put it in its place.

    Args:
        warnings: what checking the ledgers told. inputs: SHA-256 of what is read, as it was before anything was made of it.
        calls: where what needs the ledgers is called.
    """
    with staged(request.target) as staging, calls:
        settings = request.workspace.settings(request.period)
        settings = settings._replace(draft=settings.draft or unfilled(warnings))
        with clock.stage("execute"):
            _load_renderers(request)
            timeout = request.cell_timeout or settings.cell_timeout
            ran = _execute(request, chosen, staging / "sections", timeout, on_progress)
        with clock.stage("stitch"):
            report, notebooks, executed = calls.begin(_stitched, request, settings, ran)()
            if request.edition == "public":
                _replace_sections(ran, notebooks)
        with clock.stage("body"):
            body = _body(request, report, staging)
        recorded = calls.begin(_recorded, request, report, body, settings, staging, ran, executed)
        _render(request, report, body, staging, clock)
        with clock.stage("record"):
            vouched = recorded()
            describe_build(request, staging, ran, warnings, inputs, vouched)
            target = request.draft if any(one.error for one in ran) else request.target
            files = files_of(staging)
            changes = changed_since(target, staging) if request.tell_changes else ()
        aside = put_in_place(request, staging, draft=target != request.target)
    sections = tuple(_moved(one, target) for one in ran)
    return Built(
        target,
        files,
        vouched.numbers,
        clock.seconds,
        clock.elapsed,
        sections,
        warnings,
        vouched.findings,
        set_aside=aside,
        changes=changes,
        changed_keys=vouched.changed_keys,
    )


def _load_renderers(request: Request) -> None:
    """Load what renders in the background, while this process waits for kernels."""
    from .. import render

    threading.Thread(target=render.load, args=(request.formats,), name="render", daemon=True).start()


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


def _stitched(
    request: Request, settings: ReportSettings, ran: Sequence[Ran]
) -> tuple[dict[str, Any], Sequence[dict[str, Any] | None], list[Executed]]:
    """The report as one notebook, its sections as the edition has them, and as they were executed."""
    from .assemble import assemble
    from .executed import Executed

    executed = [Executed.read(one.section, one.path, failed=one.error is not None) for one in ran]
    made = assemble(request.workspace, request.period, settings, executed, edition=request.edition)
    return made.notebook, made.sections, executed


def _recorded(*asked: Any) -> Recorded:
    from .recording import record  # this and the like load pandas

    return record(*asked)


def _body(request: Request, report: dict[str, Any], staging: Path) -> str:
    """Write report.ipynb; the semantic body that all formats are made from."""
    from .. import render

    write_notebook(staging / "report.ipynb", report)
    return render.semantic_body(report, name_cells=request.name_cells)


def _render(request: Request, report: dict[str, Any], body: str, staging: Path, clock: Clock) -> None:
    for name in request.formats:
        with clock.stage(name):
            made = rendered(
                name, report, body, request.workspace, forms=request.formats, embed_fonts=request.embed_fonts
            )
            (staging / format_named(name).file).write_bytes(made)


def _moved(ran: Ran, target: Path) -> Ran:
    """``ran`` with its paths where the files now stand."""
    path = target / "sections" / ran.path.name
    if ran.error is not None:
        ran.error.saved = str(path)
    return ran._replace(path=path)
