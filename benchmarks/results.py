"""The results as a page to read."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any

_BASE = "run"  # what other routes are compared with
_RATIOS = (
    ("run", "typed", "≤ 1/10", "nothing cached, three formats : papermill CLI, merge, nbconvert CLI (HTML only)"),
    ("run", "nbconvert-execute", "≤ 1/4", "nothing cached : nbconvert --execute"),
    ("run", "jupyter-book", "≤ 1/4", "nothing cached : jupyter-book 1"),
    ("run", "nbprint", "≤ 1/4", "nothing cached : nbprint"),
    ("sections", "papermill-loop", "", "execution alone : papermill's API in a loop"),
    ("sections", "jupyter-cache", "", "execution alone : jupyter-cache, local-parallel"),
    ("sections", "ploomber-engine", "", "execution alone : ploomber-engine"),
    ("run", "floor+programs", "≤ 1.0, ≤ 1.5", "nothing cached : floor on one processor + pandoc + Typst"),
    ("one-cell", "run", "≤ 1/2", "one table cell changed : nothing cached"),
    ("fresh-all", "pass", "≤ 8", "nothing changed : python -c pass"),
    ("help", "pass", "", "halfyear --help : python -c pass"),
    ("run-cold", "run", "", "ordinary kernels (--cold) : warm kernels"),
)


def markdown(results: Mapping[str, Any]) -> str:
    """RESULTS.md: each part that was ever run, with its own date and machine."""
    parts = {"report": _report, "sections": _sections, "periods": _periods, "preview": _preview, "batch": _batch}
    texts = [write(results[name]) for name, write in parts.items() if name in results]
    return "\n".join([_OPENING, *texts])


_OPENING = """# Results of the benchmarks

Written by `python -m benchmarks`; the single measurements are in `results.json`. Every route does the work of the
same notebooks on the same data. Routes take turns within a round and change their order from round to round; what is
compared are **ratios within one round**, of which the median is given: other work on the machine slows neighbours
in a round alike, and absolute seconds of different runs cannot be compared. *Processor* is the time of all processes
together; it says what a route costs where nothing else competes. *Memory* is the heaviest moment of all processes
together, shared pages counted once, weighed in a round of its own.
"""


def _report(part: Mapping[str, Any]) -> str:
    routes = part["routes"]
    ran = {key: route for key, route in routes.items() if route["rounds"]}
    rows = [_row(route) for route in ran.values()]
    lines = [f"## One report of five sections\n\n{_machine(part)}\n"]
    lines.append(_table(("route", "makes", "median s", "least–most s", "processor s", "memory MB"), rows))
    lines.append("### Ratios\n\nThe median of the ratios of each round, with the least and the greatest.\n")
    lines.append(_table(("compared", "bar", "by the clock", "by processor time"), _ratios(ran)))
    staged = [(route["shown"], _stages(route)) for route in ran.values() if len(_stage_names(route)) > 1]
    lines.append("### Stages\n\nMedian seconds.\n")
    lines.append(_table(("route", "stages"), staged))
    lines.append("### Not compared\n")
    lines += [f"* {route['shown']}: {route['unavailable']}" for route in routes.values() if route["unavailable"]] or [
        "* Nothing was left out."
    ]
    lines += _CAVEATS
    return "\n".join(lines) + "\n"


_CAVEATS = [
    "* `nbconvert --execute`, jupyter-book and jupyter-cache take no parameters and number, stitch or cross-refer nothing across "
    "notebooks; only ours makes PDF and DOCX. Their time is held against all of ours nevertheless.",
    "* The peers' environments have no JupyterLab, which spares them an import that costs papermill and nbconvert over a second "
    "where it is installed (`rfc3987_syntax`).",
]


def _row(route: Mapping[str, Any]) -> tuple[str, ...]:
    seconds = [one["seconds"] for one in route["rounds"]]
    processor = median(one["processor"] for one in route["rounds"])
    versions = ", ".join(f"{name} {version}" for name, version in route["versions"].items())
    shown = f"{route['shown']} ({versions})" if versions else route["shown"]
    spread = f"{min(seconds):.2f}–{max(seconds):.2f}"
    return (
        shown,
        route["makes"],
        f"{median(seconds):.2f}",
        spread,
        f"{processor:.2f}",
        f"{route.get('memory', 0) / 1e6:.0f}",
    )


def _compared(ran: Mapping[str, Any], ratios: tuple[tuple[str, str, str, str], ...]) -> list[tuple[str, ...]]:
    rows = []
    for one, other, bar, shown in ratios:
        if one in ran and all(part in ran for part in other.split("+")):
            clock, processor = (_ratio(ran, one, other.split("+"), what) for what in ("seconds", "processor"))
            rows.append((shown, bar, clock, processor))
    return rows


def _ratios(ran: Mapping[str, Any]) -> list[tuple[str, ...]]:
    rows = _compared(ran, _RATIOS)
    if {"run", "typed"} <= set(ran):
        ratio = ran["run"].get("memory", 0) / max(1, ran["typed"].get("memory", 0))
        rows.append(
            ("peak memory, nothing cached : papermill CLI, merge, nbconvert CLI", "≤ 1.5", f"{ratio:.2f} (memory)", "")
        )
    return rows


def _ratio(ran: Mapping[str, Any], one: str, others: list[str], what: str) -> str:
    sums = [sum(ran[other]["rounds"][number][what] for other in others) for number in range(len(ran[one]["rounds"]))]
    ratios = [part[what] / whole for part, whole in zip(ran[one]["rounds"], sums, strict=True)]
    return f"**{_shown(median(ratios))}** ({_shown(min(ratios))} – {_shown(max(ratios))})"


def _shown(ratio: float) -> str:
    return f"1/{1 / ratio:.1f}" if ratio < 0.67 else f"{ratio:.2f}"


def _stage_names(route: Mapping[str, Any]) -> list[str]:
    return list(route["rounds"][0]["stages"])


def _stages(route: Mapping[str, Any]) -> str:
    medians = ((name, median(one["stages"].get(name, 0.0) for one in route["rounds"])) for name in _stage_names(route))
    return ", ".join(f"{name} {seconds:.2f}" for name, seconds in medians)


def _sections(part: Mapping[str, Any]) -> str:
    rows = []
    for size, kept in part["sizes"].items():
        first, again = (
            median(one["seconds"] for one in kept[state]) for state in ("nothing cached", "nothing changed")
        )
        processor = median(one["processor"] for one in kept["nothing cached"])
        numbers = (first, first / int(size), processor, again)
        rows.append((size, *(f"{number:.2f}" for number in numbers), f"{kept['memory'] / 1e6:.0f}"))
    head = ("sections", "nothing cached s", "a section s", "processor s", "nothing changed s", "memory MB")
    return f"## More sections\n\nThe five notebooks copied; HTML, PDF and DOCX.\n\n{_machine(part)}\n\n{_table(head, rows)}"


def _periods(part: Mapping[str, Any]) -> str:
    rows = []
    for size, kept in part["sizes"].items():
        each = kept["each"]
        tenth, last = each[min(9, len(each) - 1)], each[-1]
        half = max(1, len(each) // 2)
        early, late = (median(one["seconds"] for one in some) for some in (each[:half], each[-half:]))
        numbers = (kept["seconds"], early, late)
        memory = (tenth["memory"], last["memory"])
        rows.append((size, *(f"{number:.2f}" for number in numbers), *(f"{number / 1e6:.0f}" for number in memory)))
    head = (
        "periods",
        "in all s",
        "a report, first half s",
        "a report, second half s",
        "memory after the tenth MB",
        "after the last MB",
    )
    text = "Half-years one after another in one process, five sections each, HTML, PDF and DOCX, nothing cached."
    return f"## More periods\n\n{text}\n\n{_machine(part)}\n\n{_table(head, rows)}"


def _preview(part: Mapping[str, Any]) -> str:
    if part.get("unavailable"):
        return f"## Preview\n\nNot measured: {part['unavailable']}.\n"
    rows = [
        (name, f"{median(seconds):.2f}", f"{min(seconds):.2f}–{max(seconds):.2f}", str(len(seconds)))
        for name, seconds in part["seconds"].items()
    ]
    text = f"From saving a table to the new figure on the page, in Chromium {part['chromium']}; the bar is 1.0 s."
    return f"## Preview\n\n{text}\n\n{_machine(part)}\n\n{_table(('saved', 'median s', 'least–most s', 'times'), rows)}"


_BATCH_RATIOS = (
    ("batch", "papermill-pool", "", "halfyear batch : papermill in a process pool (HTML only)"),
    ("batch", "dask", "", "halfyear batch : Dask with ordinary kernels (HTML only)"),
    ("batch", "snakemake", "", "halfyear batch : Snakemake (HTML only)"),
    ("rollup", "pandas", "", "halfyear rollup : pandas, nothing held or traced"),
)


def _batch(part: Mapping[str, Any]) -> str:
    routes = part["routes"]
    ran = {key: route for key, route in routes.items() if route["rounds"]}
    text = (
        f"The reports of {part['units']} synthetic offices of five sections each, two workers or processes; a worker's start is in."
        " The roll-up is of their finished reports."
    )
    lines = [f"## Many reports\n\n{text}\n\n{_machine(part)}\n"]
    lines.append(
        _table(("route", "makes", "median s", "least–most s", "processor s", "memory MB"), [*map(_row, ran.values())])
    )
    lines.append(_table(("compared", "bar", "by the clock", "by processor time"), _compared(ran, _BATCH_RATIOS)))
    lines += [
        f"* Not compared: {route['shown']}: {route['unavailable']}" for route in routes.values() if route["unavailable"]
    ]
    return "\n".join(lines)


def _machine(part: Mapping[str, Any]) -> str:
    machine = part["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    return (
        f"{part['date']} · {machine['processor']}, {machine['processors']} processors, {machine['memory']}, {machine['system']} · "
        f"load average at the end {', '.join(map(str, machine['load']))} (other work ran beside) · "
        f"halfyear {machine['halfyear']}, Python {machine['python']}, {versions}"
    )


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
