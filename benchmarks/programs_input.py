"""What pandoc and Typst are given to measure them alone: a finished report, taken from our own build of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from pipeline.period import Period
from pipeline.report import Request, build
from pipeline.workspace import Workspace


def write_input(folder: Path, period: str) -> None:
    """Build the report in ``folder`` once; keep what Typst was asked to compile in ``typst/`` and ``typst.json``."""
    import typst

    compile_, fonts = typst.compile, typst.Fonts
    asked: dict[str, Any] = {}

    def keep_fonts(**options: Any) -> Any:
        asked["fonts"] = options
        return fonts(**options)

    def keep(source: bytes, *, root: str, font_paths: Any, **options: Any) -> bytes:
        shutil.copytree(root, folder / "typst", dirs_exist_ok=True)
        (folder / "typst" / "report.typ").write_bytes(source)
        (folder / "typst.json").write_text(json.dumps({**asked, "options": options}), encoding="utf-8")
        return compile_(source, root=root, font_paths=font_paths, **options)

    typst.compile, typst.Fonts = keep, keep_fonts
    try:
        build(Request(Workspace.at(folder), Period.parse(period), output=folder))
    finally:
        typst.compile, typst.Fonts = compile_, fonts
    shutil.copy(folder / period / "report.html", folder / "report.html")
