"""Start-up without what nobody asked for."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType

from .errors import HalfyearError

_NEW_OBJECTS = 50_000  # before they are looked through, where Python has 700
_LEAST_OPEN_FILES, _USEFUL_OPEN_FILES = 128, 1024
# jsonschema checks formats by them that no notebook schema names: international addresses, addresses, durations. The
# first, which comes with JupyterLab, builds a parser of a grammar for over a second.
_FORMATS = ("rfc3987_syntax", "rfc3986_validator", "isoduration")
# papermill would format injected parameters by it: other bytes where it happens to be installed.
_OPTIONAL = ("black",)


def skip_formats() -> None:
    """Keep ``jsonschema`` from importing what it does without where it is not installed.

    ``nbformat``, ``papermill`` and ``nbconvert`` import ``jsonschema``; call it before the first of them. What is
    loaded already stays.
    """
    _skip(_FORMATS)


def skip_optional() -> None:
    """Keep this process also from what papermill imports only because it happens to be installed.

    For the command's own processes: nobody else in them may want it. A kernel is another process and has it.
    """
    _skip((*_FORMATS, *_OPTIONAL))


@contextmanager
def loaded_late(name: str) -> Iterator[None]:
    """Within, who imports that module gets a stand-in, which loads it when something is first asked of it.

    For a library that imports it and hardly ever asks. Python's own ``LazyLoader`` would load it at the ``import``.
    """
    if name in sys.modules:
        yield
        return
    sys.modules[name] = stand_in = ModuleType(name)
    stand_in.__getattr__ = lambda attribute: getattr(import_module(name), attribute)  # type: ignore[method-assign]  # PEP 562
    try:
        yield
    finally:
        del sys.modules[name]


@cache
def seldom_look_for_circles() -> None:
    """Have this process look for circular garbage seldom, and not when it ends.

    What it holds are modules for the most part. To look through them again and again while they are loaded takes a tenth
    of a run, and a fifth of a second at the end, for memory that the system is about to take back anyway.
    """
    gc.set_threshold(_NEW_OBJECTS)
    atexit.register(gc.freeze)


def allow_open_files() -> None:
    """Raise this process's limit of open files as far as is useful and the system lets it: each kernel holds some dozens.

    Raises:
        HalfyearError: the system allows too few for a run.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    soft, hard = (_USEFUL_OPEN_FILES if one == resource.RLIM_INFINITY else one for one in (soft, hard))
    if soft < (wanted := min(hard, _USEFUL_OPEN_FILES)):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    if max(soft, wanted) < _LEAST_OPEN_FILES:
        raise HalfyearError("few-open-files", limit=wanted, least=_LEAST_OPEN_FILES, useful=_USEFUL_OPEN_FILES)


def _skip(names: tuple[str, ...]) -> None:
    for name in names:
        if name not in sys.modules:
            sys.modules[name] = None  # type: ignore[assignment]  # Python's own mark of a module not to be imported
