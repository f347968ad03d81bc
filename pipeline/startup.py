"""Start-up without what nobody asked for."""

from __future__ import annotations

import atexit
import gc
import sys

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


def end_at_once() -> None:
    """Have this process not look for circular garbage when it ends.

    What it holds by then are modules for the most part; to look through them takes a fifth of a second, for memory that
    the system is about to take back anyway.
    """
    atexit.register(gc.freeze)


def _skip(names: tuple[str, ...]) -> None:
    for name in names:
        if name not in sys.modules:
            sys.modules[name] = None  # type: ignore[assignment]  # Python's own mark of a module not to be imported
