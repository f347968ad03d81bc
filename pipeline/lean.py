"""Start-up without what nobody asked for."""

from __future__ import annotations

import sys

_GRAMMAR = "rfc3987_syntax"


def skip_iri_grammar() -> None:
    """Keep ``jsonschema`` from compiling the grammar of internationalised web addresses when it is imported.

    ``nbformat``, ``papermill`` and ``nbconvert`` import ``jsonschema``; where JupyterLab is installed that imports
    ``rfc3987_syntax``, which builds a parser for over a second. Only its *optional* ``iri`` format checks use it, and
    no notebook schema names that format; ``jsonschema`` leaves those checks out where the module cannot be imported.

    Call it before the first of those imports; it does nothing where the grammar is loaded already.
    """
    if _GRAMMAR not in sys.modules:
        sys.modules[_GRAMMAR] = None  # type: ignore[assignment]  # Python's own mark of a module not to be imported
