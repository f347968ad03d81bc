"""What the numbers were measured on."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

_PACKAGES = (
    "papermill",
    "nbclient",
    "nbconvert",
    "ipykernel",
    "jupyter_client",
    "jupyterlab",
    "pandas",
    "matplotlib",
    "typst",
)


def describe() -> dict[str, object]:
    """Processor, memory, system, versions, and how busy the machine was with other work."""
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "processor": model[0].partition(": ")[2] if model else platform.machine(),
        "processors": len(os.sched_getaffinity(0)),
        "memory": f"{int(memory.split()[1]) / 2**20:.0f} GiB",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
        "halfyear": _commit(),
        "versions": {name: version(name) for name in _PACKAGES},
        "load": [round(one, 1) for one in os.getloadavg()],
    }


def _commit() -> str:
    root = Path(__file__).parents[1]
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=root, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "of an unknown commit"
