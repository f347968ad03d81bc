"""An IPython extension in every kernel that runs a section: it notes what the section looked at.

Loaded by the kernel's command line, so that warm and ordinary kernels have it alike and JupyterLab's do not. Where
``HALFYEAR_RECORD`` names a file, it gets lines of JSON: ``["begun"]``, then what is new after each cell, then
``["cell"]``. Noted are

* ``[kind, path, state]``: a file read, a folder listed, a name looked up (:mod:`pipeline.execute.file_state`), through our
  functions or any others: Python itself reports each file it opens and each folder it lists; lookups pass ``os.stat``;
* ``["unseen", what]``: something whose result this record cannot vouch for (a program, the network, a file written).

Code of Python, of installed packages and of this package is not noted: the run knows their versions.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import re
import sys
import sysconfig
import tempfile
import threading
from typing import Any

from .file_state import VOUCHED_FOR, state
from .installed_code import PACKAGE

NAME = __name__
RECORD = "HALFYEAR_RECORD"
_PATIENCE = 2  # seconds
_DEPTH = 8  # frames between our code and what it calls: pathlib has some
_PROGRAMS = {"subprocess.Popen", "os.system", "os.posix_spawn", "os.spawn", "os.exec", "os.fork", "os.forkpty"}
_NETWORK = {"socket.connect", "socket.getaddrinfo", "urllib.Request", "ftplib.connect", "http.client.connect"}
_BYTE_CODE = re.compile(r"(.*)[/\\]__pycache__[/\\]([^/\\]+)\.[^.]+(?:\.opt-\d)?\.pyc$")
_BY_THEMSELVES = {"polars", "duckdb", "h5py", "tables", "pyreadstat"}  # open files where Python does not see it


def load_ipython_extension(shell: Any) -> None:
    """IPython's entry point."""
    atexit.register(_let_shutdown_finish)  # runs before what ipykernel registered: last in, first out
    record = os.environ.pop(RECORD, None)
    if record:
        witness = Witness(record, os.environ["HALFYEAR_WORKSPACE"])
        shell.events.register("post_run_cell", witness.cell_done)
        witness.begin()


class Witness:
    """Notes what happens from :meth:`begin` on and writes it down after each cell."""

    def __init__(self, record: str, root: str) -> None:
        self._file = os.open(record, os.O_WRONLY | os.O_APPEND)
        self._root = root
        self._seen: set[tuple[str, ...]] = set()
        self._new: list[tuple[str, ...]] = [("begun",)]
        self._here = threading.local()
        self._ignored = tuple(f"{place}{os.sep}" for place in _places_of_code())

    def begin(self) -> None:
        sys.addaudithook(self._heard)
        for name, kind in (("stat", "looked"), ("lstat", "link"), ("access", "looked")):
            _wrap(name, functools.partial(self.look, kind))
        for place in _settings_of_ipython():
            self.look("read", place)
        self._write()

    def cell_done(self, _: Any = None) -> None:
        """IPython calls it after each cell."""
        for place in _settings_of_matplotlib():
            self.look("read", place)
        for name in _BY_THEMSELVES & sys.modules.keys():
            self._note("unseen", f"it uses {name}, which reads files by itself")
        self._new.append(("cell",))
        self._write()

    def look(self, kind: str, path: Any) -> None:
        """Note the state of ``path``, unless it is code or not a path at all."""
        if getattr(self._here, "busy", False) or not isinstance(path, str | bytes | os.PathLike):
            return
        self._here.busy = True
        try:
            place = self._place(path)
            if place is not None:
                self._note(kind, place, state(kind, place))
        finally:
            self._here.busy = False

    def _place(self, path: Any) -> str | None:
        place = os.path.abspath(os.fsdecode(path))
        if byte_code := _BYTE_CODE.match(place):
            place = os.path.join(byte_code[1], f"{byte_code[2]}.py")
        return None if f"{place}{os.sep}".startswith(self._ignored) else place

    def _heard(self, event: str, arguments: tuple) -> None:
        if getattr(self._here, "busy", False):
            return
        if event == "open":
            self._opened(*arguments)
        elif event in ("os.listdir", "os.scandir"):
            self.look(_meant("names"), arguments[0] or ".")
        elif event == "sqlite3.connect":
            self.look("read", arguments[0])
        elif event in _PROGRAMS:
            self._note("unseen", "it starts other programs")
        elif event in _NETWORK:
            self._note("unseen", "it uses the network")

    def _opened(self, path: Any, _: Any, flags: int) -> None:
        if not flags & (os.O_WRONLY | os.O_RDWR):
            self.look(_meant("read"), path)
        elif isinstance(path, str | bytes | os.PathLike):
            place = os.path.abspath(os.fsdecode(path))
            if place.startswith(self._root + os.sep) and "__pycache__" not in place:
                self._note("unseen", f"it writes {os.path.relpath(place, self._root)}")

    def _note(self, *what: str) -> None:
        if what not in self._seen:
            self._seen.add(what)
            self._new.append(what)

    def _write(self) -> None:
        new, self._new = self._new, []
        os.write(self._file, "".join(f"{json.dumps(what)}\n" for what in new).encode())


def _wrap(name: str, look: Any) -> None:
    """Have ``os.NAME`` note what it is asked about; everything else about it stays."""
    original = getattr(os, name)

    @functools.wraps(original)
    def noted(path: Any, *arguments: Any, **options: Any) -> Any:
        if options.get("dir_fd") is None:
            look(path)
        return original(path, *arguments, **options)

    setattr(os, name, noted)
    for able in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
        if original in able:
            able.add(noted)


def _meant(kind: str) -> str:
    """The kind of a look by who looks: Python's import wants modules, our own code says what it uses."""
    frame = sys._getframe(2)
    if kind == "names" and frame.f_code.co_filename.startswith("<frozen importlib"):
        return "modules"
    for _ in range(_DEPTH):
        if frame is None:
            break
        if (narrower := VOUCHED_FOR.get(frame.f_code, {}).get(kind)) is not None:
            return narrower
        frame = frame.f_back
    return kind


def _places_of_code() -> list[str]:
    paths = sysconfig.get_paths()
    places = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    cells = os.path.join(tempfile.gettempdir(), f"ipykernel_{os.getpid()}")  # the source of a cell for tracebacks
    return [str(PACKAGE), *places, *map(os.path.realpath, places), cells, "/dev", "/proc", "/sys"]


def _settings_of_ipython() -> list[str]:
    """The files by which a user may have changed what every kernel does."""
    from ipykernel.kernelapp import IPKernelApp

    folder = IPKernelApp.instance().profile_dir.location if IPKernelApp.initialized() else None
    return [os.path.join(folder, name) for name in ("ipython_config.py", "ipython_kernel_config.py")] if folder else []


def _settings_of_matplotlib() -> list[str]:
    """The files that tell matplotlib how to draw and which fonts there are; a warm kernel has them read already."""
    if "matplotlib" not in sys.modules:
        return []
    import matplotlib

    places = [os.path.abspath("matplotlibrc"), os.path.join(matplotlib.get_configdir(), "matplotlibrc")]
    fonts = sys.modules.get("matplotlib.font_manager")
    if fonts is not None:
        version = fonts.FontManager.__version__
        places.append(os.path.join(matplotlib.get_cachedir(), f"fontlist-v{version}.json"))
    return places


def _let_shutdown_finish() -> None:
    """Wait for the thread that answers the shutdown request.

    ipykernel stops the thread that publishes output first; one kernel in a dozen then waits ten seconds for a flush
    that nobody does, and is ended by a signal.
    """
    from ipykernel.kernelapp import IPKernelApp

    thread = IPKernelApp.instance().control_thread if IPKernelApp.initialized() else None
    if thread is not None and thread.is_alive():
        thread.join(_PATIENCE)
