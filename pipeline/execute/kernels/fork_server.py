"""The warm process: loads what every section needs once, then forks a kernel for each that asks.

Run by its path and never imported. ``argv``: a socket's descriptor, a folder, the modules to load. Over the socket come
pairs of descriptors: a connection and a file for the kernel's output. The connection carries a line of JSON in (``argv``,
``cwd``, ``env``, ``modules`` to have loaded first), a line with the kernel's process id out, and a line with its exit code when it has ended.
With ``answer`` in place of ``argv`` the child is no kernel: that module's ``answer()`` is called, its channel the "output".
A connection dropped by the client has its kernel killed. When the socket closes every kernel is killed and the
process ends; where the client was killed, its folder (connection files, sockets) is removed.
"""

import atexit
import contextlib
import gc
import importlib
import importlib.util
import io
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import threading
import time
import warnings
from typing import Any

_ENDING = 2.0  # seconds in which a killed client is gone
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main() -> None:
    """Load, serve, and in each forked child become what was asked for."""
    control, folder, modules = socket.socket(fileno=int(sys.argv[1])), sys.argv[2], sys.argv[3:]
    sys.path.pop(0)  # this file's folder, which an ordinary kernel does not have there
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # a kernel that nobody debugs is to do without it
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # what ipykernel sets
    gc.disable()  # pages that are not written to stay shared after the fork
    request = _Server(control, folder, _Loading(modules)).serve()
    gc.enable()
    _settle(request)
    if "answer" in request:
        importlib.import_module(request["answer"]).answer()
        os._exit(0)
    _become_kernel(request)


class _Loading:
    """The modules to load, one at a time: who needs no more need not wait for the rest."""

    def __init__(self, modules: list[str]) -> None:
        self.remaining = list(modules)
        self.tried: set[str] = set()

    def wants_more(self, modules: list[str]) -> bool:
        """Whether some of ``modules`` are still to be loaded."""
        self.remaining += [name for name in modules if name not in self.tried and name not in self.remaining]
        return not self.tried.issuperset(modules)

    def step(self) -> None:
        name = self.remaining.pop(0)
        self.tried.add(name)
        with contextlib.suppress(Exception):  # the notebook that imports it shall get the error
            importlib.import_module(name)


class _Server:
    """Loads, forks on request, and tells how each kernel ended."""

    def __init__(self, control: socket.socket, folder: str, loading: _Loading) -> None:
        self.control, self.folder, self.loading, self.client = control, folder, loading, os.getppid()
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ, self._asked)
        self.waiting: list[tuple[dict[str, Any], socket.socket, int]] = []
        self.kernels: dict[int, socket.socket] = {}

    def serve(self) -> dict[str, Any]:
        """The request of a kernel, in each child; never returns in the warm process itself."""
        while True:
            for key, _ in self.selector.select(0 if self.loading.remaining or self.waiting else None):
                key.data(key)
            for asked in [one for one in self.waiting if not self.loading.wants_more(one[0]["modules"])]:
                self.waiting.remove(asked)
                if self._forked(*asked):
                    return asked[0]
            if self.loading.remaining:
                self.loading.step()

    def _asked(self, _key: selectors.SelectorKey) -> None:
        said, descriptors, _, _ = socket.recv_fds(self.control, 1, 2)
        if not descriptors:
            self._leave(was_told=bool(said))
        connection = socket.socket(fileno=descriptors[0])
        with connection.makefile("rb") as stream:
            line = stream.readline()
        if line:
            self.waiting.append((json.loads(line), connection, descriptors[1]))

    def _forked(self, _: dict[str, Any], connection: socket.socket, output: int) -> bool:
        """Fork; True in the child."""
        gc.freeze()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python 3.12 warns of numpy's idle threads
            pid = os.fork()
        if pid == 0:
            self._let_go(connection, output)
            return True
        os.close(output)
        self.kernels[pid] = connection
        with contextlib.suppress(OSError):
            connection.sendall(b"%d\n" % pid)
        self.selector.register(os.pidfd_open(pid), selectors.EVENT_READ, lambda key: self._ended(key, pid))
        self.selector.register(connection, selectors.EVENT_READ, lambda key: self._dropped(key, pid))
        return False

    def _let_go(self, connection: socket.socket, output: int) -> None:
        """In the child: leave the warm process's session, sockets and kernels alone."""
        os.setsid()
        for key in list(self.selector.get_map().values()):
            # sockets by their own close(): a closed number would be closed again when they are collected
            key.fileobj.close() if isinstance(key.fileobj, socket.socket) else os.close(key.fd)
        self.selector.close()
        self.kernels.clear()
        for _, other, descriptor in self.waiting:
            other.close()
            os.close(descriptor)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        connection.close()

    def _ended(self, key: selectors.SelectorKey, pid: int) -> None:
        self.selector.unregister(key.fileobj)
        os.close(key.fd)
        _kill(pid)  # what its cells started; as long as nobody has waited for it, its number is nobody else's
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        connection = self.kernels.pop(pid)
        with contextlib.suppress(KeyError):
            self.selector.unregister(connection)
        with contextlib.suppress(OSError):
            connection.sendall(b"%d\n" % code)
        connection.close()

    def _dropped(self, key: selectors.SelectorKey, pid: int) -> None:
        self.selector.unregister(key.fileobj)
        _kill(pid)

    def _leave(self, *, was_told: bool) -> None:
        """End with all kernels; without a word before, the client is ending or was killed and could not tidy up."""
        for pid in self.kernels:
            _kill(pid)
        end = time.monotonic() + (0 if was_told else _ENDING)
        while os.getppid() == self.client and time.monotonic() < end:  # its sockets close before it has ended
            time.sleep(0.01)
        if os.getppid() != self.client:
            shutil.rmtree(self.folder, ignore_errors=True)
        os._exit(0)


def _kill(pid: int) -> None:
    """Kill a kernel and what it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _settle(request: dict[str, Any]) -> None:
    """End with the warm process, stand where the request says, and go first when memory runs out."""
    _die_with(os.getppid())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as stream:
        stream.write("300")  # not whoever waits for it


def _become_kernel(request: dict[str, Any]) -> None:
    """Look like ``python -m ipykernel_launcher ...`` and start."""
    del sys.modules["debugpy"]  # what a notebook imports is its own affair
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()  # else every notebook draws the same numbers
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [(launcher and launcher.origin) or "", *request["argv"]]
    from ipykernel.kernelapp import IPKernelApp

    class Kernel(IPKernelApp):
        """Without the sign of life that only JupyterLab asks for."""

        def init_heartbeat(self) -> None:
            pass

    try:
        Kernel.launch_instance(parent_handle=os.getppid())
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    _end(code)


def _end(code: int) -> None:
    """What Python does at its end, but for taking apart the modules that all kernels share.

    Threads are waited for, ``atexit`` runs, the notebook's objects go (and with them its temporary files), and files
    left open anywhere are flushed.
    """
    threading._shutdown()  # type: ignore[attr-defined]  # what Python's own end calls; typeshed leaves it out
    atexit._run_exitfuncs()
    shell = sys.modules["IPython"].get_ipython()
    if shell is not None:
        shell.displayhook.flush()
        shell.user_ns.clear()
    gc.collect()
    file = io.IOBase.__mro__[1]  # a plain class, which is asked faster than one that others may be registered with
    for thing in gc.get_objects():
        if issubclass(type(thing), file):
            with contextlib.suppress(Exception):
                thing.flush()
    os._exit(code)


def _die_with(warm: int) -> None:
    """Have Linux kill this kernel when the warm process ends, however that ends."""
    with contextlib.suppress(Exception):
        import ctypes

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != warm:
        os._exit(1)


if __name__ == "__main__":
    main()
