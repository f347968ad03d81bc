"""One office's report as people write it with papermill and nbconvert: each notebook executed, merged, one HTML page."""

import os
from pathlib import Path


def report(folder, period):
    """Make ``done/report.html`` in the workspace of an office that shares the notebooks beside it."""
    import nbformat
    import papermill
    from nbconvert import HTMLExporter

    done, notebooks = folder / "done", folder.parent / "notebooks"
    done.mkdir()
    os.environ["HALFYEAR_WORKSPACE"] = str(folder)
    parts = []
    for path in sorted(notebooks.glob("[0-9]*-*.ipynb")):
        to = done / path.name
        papermill.execute_notebook(path, to, {"period": period}, cwd=notebooks, progress_bar=False)
        parts.append(nbformat.read(to, as_version=4))
    merged = parts[0]
    for part in parts[1:]:
        merged.cells += part.cells
    page, _ = HTMLExporter(exclude_input=True).from_notebook_node(merged)
    (done / "report.html").write_text(page, encoding="utf-8")


def offices(folder):
    """The workspaces of the counties in a province."""
    return [path.resolve() for path in sorted(Path(folder).glob("37*")) if not path.name.endswith("00")]
