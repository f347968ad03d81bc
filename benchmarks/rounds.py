"""All routes, one after another, again and again, each round in another order."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from .measure import Measured, measure
from .routes import Route, routes


def run(
    work: Path,
    options: argparse.Namespace,
    contestants: Callable[[Path, Path, Callable[[str], bool]], Iterable[Route]] = routes,
) -> dict[str, object]:
    """Rounds of every route that is wanted and can be had, then one round in which memory is weighed.

    One round that is not counted comes first: it warms the disk's cache and tells which routes do not work.
    """

    def wanted(key: str) -> bool:
        return not options.only or any(key.startswith(only) for only in options.only)

    found = {route.key: route for route in contestants(work, options.cache, wanted)}
    kept: dict[str, dict[str, object]] = {key: _described(route) for key, route in found.items()}
    able = [key for key, route in found.items() if not route.unavailable and _tried(found[key], kept[key])]
    for number in range(options.rounds):
        turn = number * 3 % max(1, len(able))
        for key in able[turn:] + able[:turn]:
            kept[key]["rounds"].append(_once(found[key]))
            print(f"round {number + 1} {key}: {kept[key]['rounds'][-1]['seconds']:.2f} s", file=sys.stderr)
    for key in able:
        kept[key]["memory"] = _once(found[key], memory=True)["memory"]
    return {"routes": kept}


def _described(route: Route) -> dict[str, object]:
    return {
        "shown": route.shown,
        "makes": route.makes,
        "versions": route.versions,
        "unavailable": route.unavailable,
        "rounds": [],
    }


def _tried(route: Route, kept: dict[str, object]) -> bool:
    print(f"trying {route.key}", file=sys.stderr)
    try:
        route.first()
        _once(route)
    except Exception as error:
        kept["unavailable"] = f"did not run: {error}"
        print(kept["unavailable"], file=sys.stderr)
    return not kept["unavailable"]


def _once(route: Route, *, memory: bool = False) -> dict[str, object]:
    """One round: seconds in all and by stage, processor seconds, the heaviest moment, and the load before it."""
    route.before()
    load = os.getloadavg()[0]
    stages: dict[str, float] = {}
    all_ = []
    for name, command in route.stages:
        measured = measure(command, folder=route.folder, env=route.env, memory=memory)
        if measured.failed:
            raise RuntimeError(measured.failed)
        stages[name] = stages.get(name, 0.0) + measured.seconds
        all_.append(measured)
    return {
        "seconds": sum(one.seconds for one in all_),
        "processor": sum(one.processor for one in all_),
        "memory": max(one.memory for one in all_),
        "stages": _own_stages(all_) or stages,
        "load": round(load, 1),
    }


def _own_stages(measured: list[Measured]) -> dict[str, float]:
    """The stages that our own command tells of itself, and what is left of the process."""
    if len(measured) != 1 or not measured[0].said.startswith("{"):
        return {}
    said = json.loads(measured[0].said)
    return {"start and end": measured[0].seconds - said["elapsed"], **said["seconds"]}
