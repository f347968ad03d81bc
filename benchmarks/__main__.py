"""``python -m benchmarks``: time and weigh ours and others side by side; write benchmarks/RESULTS.md."""

from __future__ import annotations

import argparse
import datetime
import json
import tempfile
from pathlib import Path

from . import growth, many_routes, preview, rounds
from .machine import describe
from .results import markdown

HERE = Path(__file__).parent
PARTS = {
    "report": rounds.run,
    "sections": growth.sections,
    "periods": growth.periods,
    "preview": preview.run,
    "batch": many_routes.run,
}


def main() -> None:
    """Run the chosen parts, merge their results into ``results.json`` and write the page."""
    options = _options()
    kept = HERE / "results.json"
    results = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for name in options.part or PARTS:
        with tempfile.TemporaryDirectory(prefix=f"halfyear-benchmark-{name}-") as work:
            found = PARTS[name](Path(work), options)
        results[name] = {"date": f"{datetime.datetime.now():%Y-%m-%d}", "machine": describe(), **found}
        if not options.look:
            kept.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            (HERE / "RESULTS.md").write_text(markdown(results), encoding="utf-8")
    print(markdown(results) if options.look else f"written: {HERE / 'RESULTS.md'}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--part", action="append", choices=list(PARTS), help="only this part; may be repeated")
    parser.add_argument(
        "--only", action="append", metavar="KEY", help="only routes of the parts report and batch whose key begins so"
    )
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds [default: 5]")
    parser.add_argument(
        "--largest", type=int, default=40, help="largest number of sections and of periods [default: 40]"
    )
    parser.add_argument("--units", type=int, default=6, help="offices of the part batch [default: 6]")
    parser.add_argument("--look", action="store_true", help="print the results and keep nothing")
    cache = Path.home() / ".cache" / "halfyear-benchmarks"
    parser.add_argument(
        "--cache", type=Path, default=cache, help="where the peers' environments are kept [default: %(default)s]"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
