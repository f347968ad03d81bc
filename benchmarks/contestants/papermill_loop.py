"""papermill's Python interface, one notebook after another: NOTEBOOKS OUTPUT PERIOD."""

import sys
from pathlib import Path

import papermill

notebooks, output, period = sys.argv[1:]
for path in sorted(Path(notebooks).glob("[0-9]*-*.ipynb")):
    papermill.execute_notebook(path, Path(output) / path.name, {"period": period}, cwd=notebooks, progress_bar=False)
