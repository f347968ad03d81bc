"""The engine under a batch: Dask's workers on this machine, or those of a scheduler that runs already."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import HalfyearError, UsageError
from ..findings import Finding
from .one_report import CRASHED, Order, Outcome, make, not_made, outcome_of
from .sent_files import put_back, sendable

if TYPE_CHECKING:
    from distributed import Client, Future

_LOG = 12  # lines of what a crash left behind

_SEED_OF_DASK = "6640"  # its nanny gives it to workers whose environment has none


@contextlib.contextmanager
def engine(scheduler: str | None, workers: int | None, lost: int) -> Iterator[Client]:
    """A client of the scheduler at an address, or of one of this process with so many workers, here and nowhere else.

    Args:
        lost: how many workers a report may take along before it is called crashed; a scheduler elsewhere has its own.

    Raises:
        UsageError: Dask is not installed, or nobody answers at the address.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise UsageError("batch-without-dask") from None
    settings = {
        "distributed.scheduler.allowed-failures": lost,
        "distributed.worker.profile.enabled": False,  # it looks a hundred times a second at what a worker does
        "distributed.admin.tick.limit": "1h",
        "logging": {"distributed": "critical"},
    }
    with dask.config.set(settings), contextlib.ExitStack() as ended:
        if scheduler is None:
            cluster = ended.enter_context(
                LocalCluster(
                    n_workers=workers or os.cpu_count() or 1,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address=None,
                    # without a dashboard its server listens all the same: at any port, not at one that another batch may have
                    scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
                    memory_limit=0,  # of the worker alone, which is small; kernels have a limit of their own
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            client = ended.enter_context(Client(scheduler or cluster, timeout=20))
        except OSError as error:
            raise UsageError("batch-no-scheduler", value=scheduler or "", reason=error) from error
        sharing = workers or len(client.scheduler_info(n_workers=-1)["workers"]) or 1
        client.register_worker_callbacks(partial(_prepare, sharing))  # of those that come later, too
        if scheduler is None:
            client.register_worker_callbacks(_leave_interrupts_to_the_command)
        yield client


def outcomes(
    client: Client, next_order: Callable[[], tuple[str, Order] | None], *, retry: int, shared: bool
) -> Iterator[tuple[str, Outcome]]:
    """Have orders made as workers come free; the name and outcome of each as it is known.

    Args:
        next_order: gives an order, by name, that can be made by now and was not given before; asked when a worker is free.
        retry: how often a report is tried again that crashed.
        shared: workers see the workspaces; else these are sent to them, and the finished folders back.

    Raises:
        HalfyearError: the scheduler has gone.
    """
    from distributed import as_completed

    running: dict[Future[Any], tuple[str, Order, int]] = {}
    done = as_completed()
    while True:
        is_free = len(running) < max(1, _number_of_workers(client))  # one that waits would be lost with its worker
        if is_free and (given := next_order()) is not None:
            name, order = given
            try:
                _submit(client, done, running, name, order if shared else sendable(order), retry)
            except (HalfyearError, OSError) as error:
                yield name, not_made(error)
        elif running:
            future = next(done)
            name, order, left = running.pop(future)
            outcome = _outcome(future, order)
            if outcome.state == CRASHED and left:
                _submit(client, done, running, name, order, left - 1)
            else:
                yield name, outcome
        else:
            return


def _submit(client: Client, done: Any, running: dict[Future[Any], tuple[str, Order, int]], name: str, order: Order, left: int) -> None:  # fmt: skip
    future = client.submit(make, order, key=f"{name} {order.code} {left}", pure=False)
    running[future] = (name, order, left)
    done.add(future)


def _outcome(future: Future[Any], order: Order) -> Outcome:
    """What a worker answered; what it could not answer is a crash of the report, told by the end of its traceback."""
    from distributed import KilledWorker

    if future.status == "cancelled" or future.status == "lost":
        raise HalfyearError("batch-scheduler-gone")
    error = future.exception()
    if error is None:
        return _put_back(order, future.result())
    if isinstance(error, KilledWorker):
        return Outcome(CRASHED, (Finding("batch-killed"),))
    lines = "".join(traceback.format_exception(error)).splitlines()
    return Outcome(CRASHED, log="\n".join(lines[-_LOG:]))


def _put_back(order: Order, answer: Mapping[str, Any]) -> Outcome:
    """The outcome of a report whose finished folder, where it came as bytes, now stands in its place."""
    outcome = outcome_of(answer)
    try:
        if answer.get("files"):
            put_back(order, answer["files"], stands=outcome.stands)
    except (HalfyearError, OSError) as error:
        return not_made(error)
    return outcome


def _number_of_workers(client: Client) -> int:
    return len(client.scheduler_info(n_workers=-1)["workers"])


def _leave_interrupts_to_the_command() -> None:
    """Let Ctrl-C, which a terminal sends to all processes of a command, be that command's, who ends its workers.

    A handler, and not ``SIG_IGN``: kernels would inherit that, and cells that run too long could not be interrupted.
    """
    with contextlib.suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGINT, lambda *_: None)


def _prepare(sharing: int) -> None:
    """Make a worker one whose reports are those of a command by itself, and no heavier than its share of the machine."""
    if os.environ.get("PYTHONHASHSEED") == _SEED_OF_DASK:
        del os.environ["PYTHONHASHSEED"]
    _limit_memory(sharing)


def _limit_memory(sharing: int) -> None:
    """Let no process of this worker take more memory than its share of the machine: a cell that wants more is told so."""
    try:
        import resource

        import psutil
    except ImportError:  # Windows
        return
    share = psutil.virtual_memory().total // sharing
    resource.setrlimit(resource.RLIMIT_DATA, (share, resource.getrlimit(resource.RLIMIT_DATA)[1]))
