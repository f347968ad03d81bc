"""The floor: the cells of all notebooks in one plain Python process, every result drawn, nothing written or rendered."""

import json
import sys
from ast import Expr, Expression, parse
from pathlib import Path

SHOWN = []


def show(*things, **_):
    """Make of each thing what a notebook would store of it."""
    for thing in things:
        for name in ("_repr_mimebundle_", "_repr_html_", "_repr_markdown_"):
            method = getattr(thing, name, None)
            if method is not None:
                SHOWN.append(method())
                break
        else:
            SHOWN.append(repr(thing))


def run(source, names):
    """Execute a cell; show its last expression."""
    tree = parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last is not None:
        value = eval(compile(Expression(last.value), "cell", "eval"), names)
        if value is not None:
            show(value)


def main(folder, period):
    import IPython.display
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot
    import pandas  # noqa: F401

    IPython.display.display = show
    for path in sorted(Path(folder).glob("[0-9]*-*.ipynb")):
        names = {}
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                run("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", []):
                    names["period"] = period


main(*sys.argv[1:])
