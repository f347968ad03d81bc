"""pandoc, from the wheel that carries it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ..errors import RenderError


@cache
def pandoc_path() -> str:
    """The pandoc program inside the installed wheel.

    Raises:
        RenderError: the wheel pypandoc_binary is not installed.
    """
    spec = find_spec("pypandoc")
    for name in ("pandoc", "pandoc.exe"):
        path = Path(spec.origin).parent / "files" / name if spec and spec.origin else None
        if path and path.is_file():
            return str(path)
    raise RenderError("pandoc-missing")


def pandoc(
    text: str, arguments: Sequence[str], *, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> bytes:
    """What pandoc writes for ``text`` under ``arguments`` (``["-f", "html", "-t", "typst", …]``).

    It runs in ``folder`` (for ``--extract-media`` and the like), with ``environment`` added to the process's own.

    Raises:
        RenderError: pandoc refused; the message ends with its own words.
    """
    done = subprocess.run(
        [pandoc_path(), *arguments],
        input=text.encode(),
        capture_output=True,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        check=False,
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()
        raise RenderError("pandoc-stopped", status=done.returncode, arguments=" ".join(arguments), reason=words)
    return done.stdout


def for_pandoc(body: str) -> str:
    """A semantic body as pandoc's HTML reader keeps it: it drops the attributes of ``<data>``, not those of ``<span>``."""
    return body.replace("<data ", "<span ").replace("</data>", "</span>")
