"""jupyter-cache, notebooks side by side by its executor local-parallel: NOTEBOOKS CACHE."""

import sys
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor

if __name__ == "__main__":
    notebooks, folder = sys.argv[1:]
    cache = get_cache(folder)
    for path in sorted(Path(notebooks).glob("[0-9]*-*.ipynb")):
        cache.add_nb_to_project(str(path))
    result = load_executor("local-parallel", cache).run_and_cache(timeout=300)
    if len(result.succeeded) != len(list(Path(notebooks).glob("[0-9]*-*.ipynb"))):
        sys.exit(f"failed: {result.errored} {result.excepted}")
