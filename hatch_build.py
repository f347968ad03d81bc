"""What the build adds to the package's metadata: an exporter of nbconvert for each format that pipeline/formats.py declares."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class ExporterEntryPoints(MetadataHookInterface):
    """Fills ``entry-points``, so that a format is declared in one place."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add ``halfyear-NAME`` for each format."""
        names = runpy.run_path(str(Path(self.root) / "pipeline" / "formats.py"))["format_names"]()
        exporters = {f"halfyear-{name}": f"pipeline.render.exporters:{name}" for name in names}
        metadata["entry-points"] = {"nbconvert.exporters": exporters}
