"""Which kernel runs a notebook that was saved elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OURS = "python3"


def kernel_name(notebook: Mapping[str, Any]) -> str:
    """The kernel the notebook names; this environment's own where that is a Python that is not installed here.

    A colleague's environment goes by another name (``conda-env-report-py``), and what it is called says nothing of what
    the notebook needs.
    """
    named = notebook["metadata"].get("kernelspec", {})
    name, language = named.get("name", OURS), named.get("language", "python")
    return OURS if name != OURS and language.lower() == "python" and not _installed(name) else name


def _installed(name: str) -> bool:
    from jupyter_client.kernelspec import KernelSpecManager

    return name in KernelSpecManager().find_kernel_specs()
