"""What the warm process loads before it forks: as much as the notebooks will want, for all that is more delays them."""

from __future__ import annotations

from collections.abc import Iterable

LEDGERS = (
    "encodings.utf_8_sig",
    "pandas",
    "pipeline.notebook",
    "pipeline.notebook.sandbox",
    "pipeline.ledger.checks.totals",
)
_TABLES = (
    "pandas.core.methods.to_dict",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pipeline.notebook.help_at_hand",
    "pipeline.notebook.wholes",
)
_KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
    "pipeline.execute.kernels.inside",
)
_DRAWING = (
    "PIL.features",
    "matplotlib.figure",
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg",
    "matplotlib.style",
    "pipeline.charts.bars",
)
_PLOTTING = (*_DRAWING, "matplotlib.pyplot", "pandas.plotting._matplotlib")
_BY_WORD = {"chart": _DRAWING, "matplotlib": _DRAWING, "plot": _PLOTTING}


def modules_for(code: Iterable[str] | None) -> tuple[str, ...]:
    """The modules for notebooks with this code, in the order to load them; for any notebook when None.

    A module too few costs its import in the kernel that wants it, one too many delays all kernels; neither is wrong.
    """
    text = None if code is None else "\n".join(code)
    more = (modules for word, modules in _BY_WORD.items() if text is None or word in text)
    return tuple(dict.fromkeys([*LEDGERS, *_TABLES, *_KERNEL, *(module for modules in more for module in modules)]))
