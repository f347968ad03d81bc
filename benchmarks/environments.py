"""One virtual environment a peer, made once and kept in the cache folder."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# What the cells of the notebooks themselves import; every environment has it.
_NOTEBOOKS = (
    "pandas",
    "matplotlib",
    "jinja2",
    "pygments",
    "fonttools",
    "lxml",
    "ipykernel",
    "python-calamine",
    "openpyxl",
    "pylopdf-fonts-zh-cn",
)


@dataclass(frozen=True)
class Environment:
    """A Python with certain packages, or the reason why it could not be had."""

    python: Path
    missing: str = ""

    def program(self, name: str) -> str:
        """A command of this environment."""
        return str(self.python.with_name(name))

    def versions(self, *names: str) -> dict[str, str]:
        """The installed versions of ``names``."""
        script = "import importlib.metadata as m, json, sys; print(json.dumps({n: m.version(n) for n in sys.argv[1:]}))"
        return json.loads(subprocess.run([self.python, "-c", script, *names], capture_output=True, check=True).stdout)


OWN = Environment(Path(sys.executable))


def environment(cache: Path, *packages: str) -> Environment:
    """An environment with ``packages`` and what the notebooks import, installed by pip with this machine's settings."""
    wanted = sorted({*packages, *_NOTEBOOKS})
    name = "".join(letter for letter in packages[0] if letter.isalnum() or letter == "-")
    folder = cache / f"{name}-{hashlib.sha256(' '.join(wanted).encode()).hexdigest()[:8]}"
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        print(f"installing {', '.join(packages)} into {folder}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run([*pip, *wanted], capture_output=True, text=True, check=False)
        if done.returncode:
            return Environment(python, f"could not be installed: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
        ready.touch()
    return Environment(python)
