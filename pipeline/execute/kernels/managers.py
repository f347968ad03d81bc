"""Kernels as jupyter_client manages them: forked from the warm process where possible, ordinary where not. Heavy."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from importlib.metadata import EntryPoint
from pathlib import Path
from queue import Empty
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from ..kernel_names import specifications
from . import fork_client
from .preload import modules_for

_NAME = "halfyear-warm"
_EXTENSION = f"{__package__}.inside"  # of IPython, in the kernel
_LONGEST_SOCKET = 104  # bytes; Linux allows 107 and each socket's number follows. Beyond it kernels answer at a port


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel from the warm process; starts it as ever where the warm process has not what is asked for."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel; its connection."""
        forked = await asyncio.to_thread(self._fork, cmd, kwargs)
        if forked is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.cwd = forked, kwargs["cwd"]  # type: ignore[assignment]  # has what is used of a Popen
        self.pid = self.pgid = forked.pid  # the kernel leads a session of its own
        return self.connection_info

    def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> fork_client.Forked | None:
        output = kwargs.get("stderr")
        try:
            return fork_client.fork(
                cmd,
                str(kwargs.get("cwd") or Path.cwd()),
                kwargs["env"],
                output.fileno() if output else None,
                getattr(self.parent, "modules", ()),
            )
        except OSError as error:
            self.log.warning("no warm kernel (%s); starting an ordinary one", error)
            return None

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Notice the end at once; jupyter_client looks every 100 ms."""
        for _ in range(200):
            if self.process is None or self.process.poll() is not None:
                return
            await asyncio.sleep(0.005)


class _Client(AsyncKernelClient):
    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, 5)  # ms, not 100: the kernel binds its sockets a moment after we connect
        return context

    def start_channels(
        self, shell: bool = True, iopub: bool = True, stdin: bool = True, hb: bool = False, control: bool = True
    ) -> None:
        """Start all but the sign of life, unless asked: whether a kernel lives is seen of its process."""
        super().start_channels(shell, iopub, stdin, hb, control)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its broadcasts arrive.

        jupyter_client also waits until 200 ms have passed without a broadcast. nbclient tells broadcasts of its own
        requests from others, so that wait would be in vain.
        """
        loop = asyncio.get_running_loop()
        patience = loop.time() + (timeout or float("inf"))
        while loop.time() < patience:
            request = self.kernel_info()
            if await self._answered(request) and await self._heard(request):
                return
            if not await self._async_is_alive():
                msg = "Kernel died before replying to kernel_info"
                raise RuntimeError(msg)
        msg = f"Kernel didn't respond in {timeout} seconds"
        raise RuntimeError(msg)

    async def _answered(self, request: str) -> bool:
        try:
            while True:
                reply = await self.shell_channel.get_msg(timeout=1)
                if reply["parent_header"].get("msg_id") == request:
                    self._handle_kernel_info_reply(reply)
                    return True
        except Empty:
            return False

    async def _heard(self, request: str) -> bool:
        try:
            while True:
                heard = await self.iopub_channel.get_msg(timeout=0.05)
                idle = heard["content"].get("execution_state") == "idle"
                if idle and heard["parent_header"].get("msg_id") == request:
                    return True
        except Empty:  # the subscription was not yet there
            return False


class OrdinaryKernels(AsyncKernelManager):
    """Starts kernels as ever, with connection file and sockets in a private folder."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.client_factory = _Client
        self.kernel_spec_manager = specifications()
        self._folder = tempfile.mkdtemp(prefix="kernel-", dir=fork_client.folder())
        self.connection_file = f"{self._folder}/connection.json"
        sockets = f"{self._folder}/s"  # by default all kernels would share one path in the working directory
        if sys.platform == "linux" and len(os.fsencode(sockets)) <= _LONGEST_SOCKET:
            self.transport, self.ip = "ipc", sockets

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """The command of the kernelspec; an IPython kernel also loads our extension."""
        command = super().format_kernel_cmd(extra_arguments)
        if "ipykernel_launcher" in command:
            command.append(f"--IPKernelApp.extra_extensions={_EXTENSION}")
        return command

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        group = getattr(self.provisioner, "pgid", None)
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            if group and group != os.getpgrp():
                with contextlib.suppress(OSError):  # nothing that a cell started is left
                    os.killpg(group, signal.SIGKILL)
            shutil.rmtree(self._folder, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources


class WarmKernels(OrdinaryKernels):
    """Starts kernels by :class:`WarmProvisioner` unless the kernelspec names a provisioner of its own.

    ``modules`` are what the notebook wants loaded; a subclass a notebook says them, for nbclient makes the manager.
    """

    modules: tuple[str, ...] = modules_for(None)

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        KernelProvisionerFactory.instance().provisioners.setdefault(
            _NAME, EntryPoint(_NAME, f"{__name__}:{WarmProvisioner.__name__}", KernelProvisionerFactory.GROUP_NAME)
        )
        assert self.kernel_spec is not None, "a kernel is started by its specification"
        self.kernel_spec.metadata.setdefault("kernel_provisioner", {"provisioner_name": _NAME})
        return await super()._async_pre_start_kernel(**kwargs)

    pre_start_kernel = _async_pre_start_kernel  # type: ignore[assignment]  # the base class wraps it for who cannot wait
