"""Our execution alone, nothing stitched or rendered: WORKSPACE OUTPUT PERIOD."""

import sys
from pathlib import Path

from pipeline.execute import run_sections
from pipeline.workspace import Workspace

if __name__ == "__main__":
    root, output, period = sys.argv[1:]
    workspace = Workspace.at(root)
    ran = run_sections(
        workspace.sections, parameters={"period": period}, workspace=workspace, into=Path(output), cache=False
    )
    sys.exit(any(one.error for one in ran))
