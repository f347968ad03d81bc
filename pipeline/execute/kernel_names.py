"""Which kernel runs a notebook that was saved elsewhere."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_client.kernelspec import KernelSpecManager

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


def specifications() -> KernelSpecManager:
    """The kernels that are installed; jupyter_client by itself would load all of IPython for the name of the last folder."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_core.paths import jupyter_path

    of_ipython = Path(os.environ.get("IPYTHONDIR") or "~/.ipython").expanduser()
    return KernelSpecManager(kernel_dirs=[*jupyter_path("kernels"), str(of_ipython / "kernels")])


def _installed(name: str) -> bool:
    return name in specifications().find_kernel_specs()
