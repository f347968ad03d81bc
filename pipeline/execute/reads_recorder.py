"""What a section looked at, noted in the kernel that runs it.

What is asked for through the package is noted by it (:mod:`pipeline.reads`). For the rest Python's audit events tell which files
are opened or listed: each counts as it then was, and one beneath ``data/`` stands for ``everything`` there.
After each cell the file that ``HALFYEAR_RECORD`` names holds the record as JSON: ``cells`` done, ``notes``, whether
``everything`` counts, and what is ``unseen``: something whose result no record can vouch for.
"""

from __future__ import annotations

import json
import os
import re
import sys
import sysconfig
import tempfile
from glob import glob
from pathlib import Path
from typing import Any

from .. import reads
from ..installed_code import PACKAGE
from ..workspace import Workspace
from .file_state import content, names

RECORD = "HALFYEAR_RECORD"
_UNSEEN = {
    "it starts other programs": "subprocess.Popen os.system os.posix_spawn os.spawn os.exec os.fork os.forkpty",
    "it uses the network": "socket.connect socket.getaddrinfo urllib.Request ftplib.connect http.client.connect",
}
_WHY_UNSEEN = {event: why for why, events in _UNSEEN.items() for event in events.split()}
# read files where Python does not see it
_BY_THEMSELVES = {
    "polars",
    "duckdb",
    "h5py",
    "tables",
    "pyreadstat",
    "python_calamine",
    "pyarrow.csv",
    "pyarrow.parquet",
}
_LOOKS = re.compile(r"\b(exists|is_file|is_dir|isfile|isdir|l?stat|getsize|lxml)\b")  # of these no event tells


class Recorder:
    """Notes what happens and writes it down after each cell."""

    def __init__(self, record: str, root: str) -> None:
        self.notes: set[tuple[str, ...]] = set()
        self._record, self._root, self._cells = record, root, 0
        self._unseen, self._everything = "", False
        self._written: set[str] = set()
        self._modules: set[str] = set()
        self._settings: set[str] = set()  # looked at once: whether they changed meanwhile is seen when results are kept
        notebooks = os.path.realpath(Workspace(Path(root)).notebooks)
        self._data, self._notebooks = _prefixes(os.path.realpath(f"{root}/data")), _prefixes(notebooks)
        self._own = (*_prefixes(root), *self._data, *self._notebooks)
        temporary = os.path.join(tempfile.gettempdir(), f"ipykernel_{os.getpid()}")
        self._code = _prefixes(*_places_of_code(), temporary)

    def begin(self, shell: Any) -> None:
        """Note what happens from now on."""
        shell.events.register("post_run_cell", self.cell_done)
        reads.listen(self.notes.add)
        sys.addaudithook(self.heard)

    def cell_done(self, result: Any) -> None:
        """IPython calls it after each cell."""
        self._cells += 1
        self._everything |= bool(_LOOKS.search(str(result.info.raw_cell)))
        with reads.known():
            known = len(self._modules)
            files = self._imported()
            if len(self._modules) > known:  # settings are read as what they are of is loaded
                settings = set(_settings()) - self._settings
                self._settings |= settings
                files += sorted(settings)
            for path in files:
                self._looked("file", path)
        for name in _BY_THEMSELVES & sys.modules.keys():
            self._unseen = f"it uses {name}, which reads files by itself"
        record = {"cells": self._cells, "notes": sorted(self.notes), "everything": self._everything}
        with reads.known(), open(self._record, "w", encoding="utf-8") as stream:
            stream.write(json.dumps({**record, "unseen": self._unseen}))

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Python calls it at each audit event."""
        if event in _WHY_UNSEEN:
            self._unseen = _WHY_UNSEEN[event]
        elif event in ("open", "os.listdir", "os.scandir", "sqlite3.connect"):
            path = arguments[0] or "."
            if reads.is_known() or not isinstance(path, str | bytes | os.PathLike) or _for_an_import():
                return
            place = os.fsdecode(path)
            if place == ":memory:" or _beneath(place, self._code):
                return
            place = os.path.realpath(place)
            if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR):
                self._wrote(place)
            else:
                self._looked("names" if event.startswith("os.") else "file", place)

    def _wrote(self, place: str) -> None:
        self._written.add(place)
        if _beneath(place, self._own):
            self._unseen = f"it writes {os.path.relpath(place, self._root)}"

    def _looked(self, kind: str, place: str) -> None:
        self._everything |= _beneath(place, self._data)
        if place not in self._written and not _beneath(place, self._code):
            with reads.known():
                self.notes.add((kind, place, content(place) if kind == "file" else names(place)))

    def _imported(self) -> list[str]:
        """The files of modules loaded since the last cell, from other places than those that count in any case."""
        new = sys.modules.keys() - self._modules
        self._modules |= new
        files = (getattr(sys.modules.get(name), "__file__", None) for name in new)
        found = [os.path.realpath(file) for file in files if isinstance(file, str) and not _beneath(file, self._code)]
        beside = [file for file in found if _beneath(file, self._notebooks)]
        self._everything |= any(_LOOKS.search(Path(file).read_text("utf-8", "replace")) for file in beside)
        return [file for file in found if file not in beside]


def _prefixes(*folders: str) -> tuple[str, ...]:
    return tuple(f"{folder}{os.sep}" for folder in folders)


def _beneath(place: str, prefixes: tuple[str, ...]) -> bool:
    """Whether a place is one of the folders with these prefixes, or in one."""
    return f"{place}{os.sep}".startswith(prefixes)


def _for_an_import() -> bool:
    """Whether Python opens a file to import it: modules are looked at afterwards."""
    return sys._getframe(2).f_code.co_filename.startswith("<frozen importlib")


def _places_of_code() -> set[str]:
    """Where Python, installed packages and this package have their code: the run knows their versions."""
    paths = sysconfig.get_paths()
    places = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return {str(PACKAGE), "/dev", "/proc", "/sys", *map(os.path.realpath, places)}


def _settings() -> list[str]:
    """The files by which a user may have changed what every kernel does or how matplotlib draws, and with which fonts."""
    profile = sys.modules["IPython"].get_ipython().profile_dir.location
    found = [os.path.join(profile, name) for name in ("ipython_config.py", "ipython_kernel_config.py")]
    if "matplotlib" in sys.modules:
        import matplotlib

        found += [matplotlib.matplotlib_fname(), os.path.join(matplotlib.get_configdir(), "matplotlibrc")]
        found += glob(os.path.join(matplotlib.get_cachedir(), "fontlist-*.json"))
    return found
