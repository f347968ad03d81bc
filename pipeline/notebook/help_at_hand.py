"""What a kernel of JupyterLab has besides, once a cell imports from the package: Tab knows the period, slips and unseen words are told."""

from __future__ import annotations

import sys
from typing import Any

from ..document import not_shown
from . import completion, mistyped


def offer() -> None:
    """Give it to the kernel that this process is, if it is one."""
    shell: Any = sys.modules["IPython"].get_ipython()
    if shell is not None:
        mistyped.offer(shell)
        completion.offer(shell)
        not_shown.offer(shell)
