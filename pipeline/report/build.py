"""From a request to a finished folder; what stands already is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import HalfyearError
from ..findings import Finding
from ..workspace import SectionNotebook
from .clock import Clock
from .request import Built, Request, files_of
from .unchanged import Kept

if TYPE_CHECKING:
    from ..execute import Event, Look
    from ..execute.kernels import Calls


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
    from ..execute import circumstances

    clock = Clock(on_stage or (lambda stage: None))
    request.refuse_what_is_in_the_way()
    with clock.stage("check"):
        chosen = request.chosen()
        now = circumstances()
        kept = Kept(request, _prepare(request, chosen, now), now)
        inputs = kept.inputs  # as they are before anything is made of them
        there = None if request.fresh else _unchanged(request, chosen, kept, clock, on_progress)
        if there is None:
            warnings, calls = _checked(request)
    _tell_damage(kept, on_progress)
    if there is not None:
        return there
    from .production import make  # a report that stands needs none of it

    built = make(request, chosen, warnings, inputs, calls, clock, on_progress)
    _keep(request, chosen, built, kept)
    return built


def _prepare(request: Request, chosen: Sequence[SectionNotebook], now: Mapping[str, Any]) -> dict[str, Look]:
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
            now=now,
        )
    except HalfyearError:
        return {}


def _checked(request: Request) -> tuple[tuple[Finding, ...], Calls]:
    """The warnings about the ledgers, and where to call what else needs the ledgers.

    Raises:
        DataError: the ledgers have errors.
    """
    from ..execute.kernels import calls
    from .vouching import checked

    where = calls()
    try:
        warnings = where.begin(checked, request.workspace, request.period)
        for load in _loading(request):
            if where.is_answering():
                load()
        return warnings(), where
    except BaseException:
        where.end()
        raise


def _loading(request: Request) -> Iterator[Callable[[], object]]:
    """What executes and renders, to be loaded one after another while the ledgers are checked elsewhere: nobody needs it
    whose ledgers have errors."""
    from ..execute import load
    from ..render import load as load_renderers

    yield load
    for form in request.formats:
        yield partial(load_renderers, [form])


def _unchanged(
    request: Request,
    chosen: Sequence[SectionNotebook],
    kept: Kept,
    clock: Clock,
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
    return Built(target, files_of(target), known["numbers"], clock.seconds, clock.elapsed, ran, *said, unchanged=True)


def _tell_damage(kept: Kept, on_progress: Callable[[Event], None] | None) -> None:
    """Say which stored results were damaged; they were found, and removed, while it was looked what must run."""
    from ..execute import Event

    if on_progress is None:
        return
    for text in (*kept.damaged, *(warning for look in kept.looks.values() for warning in look.warnings)):
        on_progress(Event(None, "warning", text=text))


def _keep(request: Request, chosen: Sequence[SectionNotebook], built: Built, kept: Kept) -> None:
    """Keep what is to be said of the report, with the results of sections as the cache has them now.

    Nothing is kept where a file was saved meanwhile: nobody knows whether the report was made of it.
    """
    from ..execute import look

    if not request.fresh and not built.failures and kept.holds():
        kept.keep_report(built, look(chosen, parameters=request.all_parameters, workspace=request.workspace))
