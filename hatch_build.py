"""What the build adds: an exporter of nbconvert for each format that pipeline/formats.py declares, and the notebooks.

The notebooks and the example's data stand once in the project, for whoever works in it. A wheel has them beside the code that
begins workspaces with them; an installation in place finds them where they are.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

SHIPPED = ("notebooks/[0-9]*.ipynb", "data/2021H1/*.toml", "data/2021H1/*/*.csv", "data/2021H1/*/*.md")


class ExporterEntryPoints(MetadataHookInterface):
    """Fills ``entry-points``, so that a format is declared in one place."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add ``halfyear-NAME`` for each format."""
        names = runpy.run_path(str(Path(self.root) / "pipeline" / "formats.py"))["format_names"]()
        exporters = {f"halfyear-{name}": f"pipeline.render.exporters:{name}" for name in names}
        metadata["entry-points"] = {"nbconvert.exporters": exporters}


class ShippedNotebooks(BuildHookInterface[Any]):
    """Takes what ``halfyear init`` begins a workspace with into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files, unless the package is installed in place."""
        root = Path(self.root)
        for path in (path for pattern in SHIPPED for path in root.glob(pattern)):
            if version == "standard":
                build_data["force_include"][str(path)] = f"pipeline/begin/{path.relative_to(root).as_posix()}"
