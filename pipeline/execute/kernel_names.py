"""Which kernel runs a notebook that was saved elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OURS = "python3"


def kernel_of(notebook: Mapping[str, Any]) -> dict[str, str]:
    """Name and language of the kernel for a notebook, as papermill takes them: what it names, or this environment's own.

    A colleague's environment goes by another name (``conda-env-report-py``), and what it is called says nothing of what
    the notebook needs: a Python that is not installed here is ours.
    """
    named = notebook["metadata"].get("kernelspec", {})
    name, language = named.get("name") or OURS, (named.get("language") or "python").lower()
    if name != OURS and language == "python" and not _installed(name):
        name = OURS
    return {"kernel_name": name, "language": language}


def _installed(name: str) -> bool:
    from jupyter_client.kernelspec import KernelSpecManager

    return name in KernelSpecManager().find_kernel_specs()
