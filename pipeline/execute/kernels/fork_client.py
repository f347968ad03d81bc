"""The client's side of the warm process. Standard library only, so that it starts before the heavy imports."""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ... import leftovers
from ...installed_code import PACKAGE, distributions, package_digest
from ...workspace import ENVIRONMENT
from .preload import modules_for

_LINUX = sys.platform == "linux" and hasattr(os, "pidfd_open")
_OF_ONE_KERNEL = {ENVIRONMENT, "HALFYEAR_RECORD", "JPY_PARENT_PID", "JPY_SESSION_NAME"}
_SERVER = Path(__file__).with_name("fork_server.py")
_PATIENCE = 60  # seconds for the warm process to load and answer, on a machine that is very busy
_lock, _folders_lock = threading.Lock(), threading.Lock()
_alive: list[Warm] = []
_lost = [0]
_folders: dict[int, str] = {}


def can_fork() -> bool:
    """Whether warm kernels can be had on this system."""
    return _LINUX


def start(code: Iterable[str] | None = None) -> None:
    """Begin to load a warm process in the background, in place of one whose code has since changed on disk.

    ``code`` of the notebooks that will run tells what to load; without it all that notebooks are known to want.

    Call it as early as it is known that notebooks will run; :func:`pipeline.execute.run_sections` calls it too. It
    costs next to nothing where the warm process is there, and does nothing where warm kernels cannot be had.
    """
    with contextlib.suppress(OSError):
        _current(kernel_environment(None), modules=modules_for(code))


def stop() -> None:
    """End every warm process of this process and its kernels."""
    with _lock:
        for warm in _alive:
            warm.close()
        _alive.clear()
        if os.getpid() in _folders:
            leftovers.remove(Path(_folders.pop(os.getpid())))


def lost() -> int:
    """How many warm processes ended without being told to, so far. What they take along is nobody's fault."""
    with _lock:
        return _lost[0] + sum(warm.process.poll() is not None for warm in _alive)


def current() -> Warm | None:
    """The warm process of this process, if there is one."""
    with _lock:
        return _alive[-1] if _alive else None


def folder() -> str:
    """A folder of this process for connection files and sockets; a warm process removes it where this one cannot."""
    with _folders_lock:
        if os.getpid() not in _folders:
            leftovers.sweep(tempfile.gettempdir())
            atexit.register(stop)
            _folders[os.getpid()] = str(leftovers.folder("halfyear"))
        return _folders[os.getpid()]


def kernel_environment(root: Path | None) -> dict[str, str]:
    """The environment of every kernel: this process's, the workspace, this package, and a fixed order of sets.

    Kernels leave no byte code: Python takes it for current where a module beside the notebooks was saved again in the
    same second at the same length, and the section would show what the module said before.
    """
    env = {"PYTHONHASHSEED": "0", **os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if PACKAGE.parent.name not in ("site-packages", "dist-packages"):
        path = [str(PACKAGE.parent), *filter(None, env.get("PYTHONPATH", "").split(os.pathsep))]
        env["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(path))
    env.pop(ENVIRONMENT, None)
    return env if root is None else {**env, ENVIRONMENT: str(root)}


def fork(
    command: list[str], cwd: str, env: Mapping[str, str], output: int | None, modules: Sequence[str]
) -> Forked | None:
    """A kernel forked from the warm process once that has loaded ``modules``.

    None where ``command`` asks for something else than the warm process is.

    Raises:
        OSError: the warm process could not be started or went away.
    """
    arguments = _arguments(command)
    if not _LINUX or arguments is None or _loads_otherwise(Path(cwd)):
        return None
    request = {"argv": arguments, "cwd": cwd, "env": dict(env), "modules": list(modules)}
    try:
        return Forked(_current(env), request, output)
    except ConnectionError:  # it was killed a moment ago
        return Forked(_current(env), request, output)


def _loads_otherwise(folder: Path) -> bool:
    """Whether a kernel in ``folder`` would load something else there than the warm process, which stands elsewhere."""
    beside = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    names = (name for name in beside if name.isidentifier() and not name.startswith("__"))
    return (folder / "matplotlibrc").exists() or any(importlib.util.find_spec(name) for name in names)


def _arguments(command: list[str]) -> list[str] | None:
    """What follows ``python -m ipykernel_launcher``, where that is this interpreter without further options."""
    if command[1:3] != ["-m", "ipykernel_launcher"] or Path(command[0]) != Path(sys.executable):
        return None
    return command[3:]


def _current(env: Mapping[str, str], modules: tuple[str, ...] | None = None) -> Warm:
    """The warm process for this environment; started, or replaced, where needed.

    Whether code has changed on disk is looked up where ``modules`` are given, at the beginning of a run.
    """
    with _lock:
        key = (os.getpid(), tuple(sorted((k, v) for k, v in env.items() if k not in _OF_ONE_KERNEL)))
        code = (package_digest(), distributions()) if modules or not _alive else _alive[-1].code
        for warm in list(_alive):
            if warm.key == key and warm.code == code and warm.process.poll() is None:
                return warm
            if warm.process.poll() is not None:
                _lost[0] += 1
            if not warm.busy or warm.process.poll() is not None:
                warm.close()
                _alive.remove(warm)
        if not _LINUX:
            msg = "warm kernels need Linux"
            raise OSError(msg)
        _alive.append(Warm(key, code, env, modules or modules_for(None)))
        return _alive[-1]


class Warm:
    """One warm process."""

    def __init__(
        self, key: tuple[object, ...], code: tuple[object, ...], env: Mapping[str, str], modules: tuple[str, ...]
    ) -> None:
        self.key, self.code, self.busy = key, code, 0
        self.control, theirs = socket.socketpair()
        self._sending = threading.Lock()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, str(_SERVER), str(theirs.fileno()), folder(), *modules],
                env={name: value for name, value in env.items() if name not in _OF_ONE_KERNEL},
                cwd=folder(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def ask(self, connection: int, output: int) -> None:
        """Have a kernel forked that reads its request from ``connection`` and writes to ``output``."""
        with self._sending:
            socket.send_fds(self.control, [b"k"], [connection, output])

    def close(self) -> None:
        """End it and its kernels; it leaves when it is told, or sees the socket closed."""
        if self.key[0] != os.getpid():
            return  # a fork of the process that owns it
        if not self.busy:
            self.process.kill()  # it may be loading, and would leave when it has loaded
        with contextlib.suppress(OSError):
            self.control.send(b".")
        self.control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(1)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Forked:
    """The part of ``subprocess.Popen`` that jupyter_client uses, for a kernel the warm process forked."""

    stdin = stdout = stderr = None

    def __init__(self, warm: Warm, request: dict[str, Any], output: int | None) -> None:
        self.warm, self._buffer = warm, b""
        self.returncode: int | None = None
        self._lock = threading.Lock()
        self._connection, theirs = socket.socketpair()
        self._connection.settimeout(_PATIENCE)
        warm.busy += 1
        try:
            with theirs, open(os.devnull, "wb") as nothing:
                warm.ask(theirs.fileno(), nothing.fileno() if output is None else output)
            self._connection.sendall(json.dumps(request).encode() + b"\n")
            self.pid = self._read_pid()
        except OSError:
            warm.process.kill()
            self._close(-signal.SIGKILL)
            warm.process.wait()
            raise

    def _read_pid(self) -> int:
        while b"\n" not in self._buffer:
            chunk = self._connection.recv(64)
            if not chunk:
                msg = "the warm process went away"
                raise ConnectionError(msg)
            self._buffer += chunk
        pid, _, self._buffer = self._buffer.partition(b"\n")
        return int(pid)

    def _close(self, code: int) -> None:
        self.returncode = code
        self.warm.busy -= 1
        self._connection.close()

    def poll(self, timeout: float | None = 0) -> int | None:
        """The exit code, or None while the kernel runs; a kernel whose warm process is gone was killed."""
        with self._lock:
            while self.returncode is None and select.select([self._connection], [], [], timeout)[0]:
                try:
                    chunk = self._connection.recv(64)
                except OSError:
                    chunk = b""
                self._buffer += chunk
                if not chunk or b"\n" in self._buffer:
                    self._close(int(self._buffer or -signal.SIGKILL))
            return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """The exit code, waited for as long as that."""
        return self.poll(timeout)

    def send_signal(self, signum: int) -> None:
        """Send the kernel a signal, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signum)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)
