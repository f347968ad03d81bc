"""Many reports, and an office's figures from theirs: ours and others on two processors, on one synthetic province."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from . import rounds
from .environments import OWN, environment
from .measure import environment as own_environment
from .province import make
from .routes import HERE, PERIOD, ROOT, Route

_TWO = "2"  # workers or processes of every route
_CITY = "370100"
_UNITS = "行政区划代码,名称,上级,文件夹\n"
_COUNTIES = f'periods = ["{PERIOD}"]\nunits = "counties.csv"\nformats = ["html", "pdf", "docx"]\n'


def run(work: Path, options: argparse.Namespace) -> dict[str, object]:
    """Rounds of all routes over ``options.units`` offices."""
    return {"units": options.units, **rounds.run(work, options, partial(routes, options.units))}


def routes(units: int, work: Path, cache: Path, wanted: Callable[[str], bool]) -> Iterable[Route]:
    """Those that are ``wanted`` by key."""
    makers = {
        "batch": _batch,
        "papermill-pool": partial(_peer, script="papermill_pool.py", shown="papermill in a process pool"),
        "dask": partial(_peer, script="dask_papermill.py", shown="Dask, papermill with ordinary kernels"),
        "snakemake": _snakemake,
        "rollup": _rollup,
        "pandas": _pandas,
    }
    for key, route in makers.items():
        if wanted(key):
            yield route(key, counties(work / key, units), cache)


def counties(folder: Path, units: int) -> Path:
    """A province of one city, with a batch file for its counties alone."""
    make(folder, cities=1, counties=units)
    codes = [path.name for path in sorted(folder.glob("37*")) if not path.name.endswith("00")]
    (folder / "counties.csv").write_text(_UNITS + "".join(f"{code},{code},,\n" for code in codes), encoding="utf-8")
    (folder / "counties.toml").write_text(_COUNTIES, encoding="utf-8")
    return folder


def _batch(key: str, folder: Path, cache: Path) -> Route:
    command = (*_ours("batch"), "counties.toml", "--workers", _TWO, "--json")
    return _timed(key, "halfyear batch, nothing cached", "HTML, PDF, DOCX", folder, command)


def _peer(key: str, folder: Path, cache: Path, *, script: str, shown: str) -> Route:
    command = (str(OWN.python), str(HERE / script), ".", PERIOD, _TWO)
    return _timed(key, f"{shown}, merged, nbconvert", "HTML", folder, command)


def _snakemake(key: str, folder: Path, cache: Path) -> Route:
    own = environment(cache, "snakemake", "papermill", "nbconvert")
    snakefile = str(HERE / "Snakefile")
    command = (own.program("snakemake"), "--snakefile", snakefile, "--cores", _TWO, "--quiet", "all")
    route = _timed(key, "Snakemake: papermill, merge and nbconvert by their commands", "HTML", folder, command)
    route.env["PATH"] = f"{own.python.parent}:{own_environment()['PATH']}"
    route.env["MERGE"] = str(HERE / "merge.py")
    if own.missing:
        return Route(key, route.shown, route.makes, folder, unavailable=own.missing)
    route.versions.update(own.versions("snakemake", "papermill"))
    return route


def _rollup(key: str, folder: Path, cache: Path) -> Route:
    def first() -> None:
        command = [*_ours("batch"), "counties.toml", "--workers", _TWO]
        env = {**own_environment(), "PYTHONPATH": str(ROOT)}
        subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True)

    command = (*_ours("rollup"), "batch.toml", PERIOD, "--workspace", _CITY)
    shown = "halfyear rollup: figures of finished reports held against their digests, summed, with lineage"
    env = {"PYTHONPATH": str(ROOT)}
    return Route(key, shown, "two ledgers, lineage", folder, (("run", command),), first=first, env=env)


def _pandas(key: str, folder: Path, cache: Path) -> Route:
    command = (str(OWN.python), str(HERE / "rollup_pandas.py"), ".", PERIOD)
    shown = "pandas: the units' ledgers read, put together, grouped and summed"
    return Route(key, shown, "one table", folder, (("run", command),))


def _ours(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pipeline", name)


def _timed(key: str, shown: str, makes: str, folder: Path, command: tuple[str, ...]) -> Route:
    def forget() -> None:
        for name in ("outputs", ".halfyear-cache", "done"):
            for path in folder.glob(f"37*/{name}"):
                shutil.rmtree(path)
        shutil.rmtree(folder / ".snakemake", ignore_errors=True)

    return Route(key, shown, makes, folder, (("run", command),), before=forget, env={"PYTHONPATH": str(ROOT)})
