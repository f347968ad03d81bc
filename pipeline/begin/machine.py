"""What this machine has of what reports need: told one by one, with what to do where something is missing."""

from __future__ import annotations

import locale
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import WorkspaceError
from ..findings import Finding, Said, language, system_reason
from ..workspace import Workspace
from . import git_filter

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def machine(workspace: Path | None = None) -> Iterator[Finding]:
    """Python, packages, fonts, kernels, Jupyter, language and characters, folders; what is well has no severity."""
    yield Finding("doctor-python", params={"version": platform.python_version(), "place": sys.executable})
    yield _packages()
    yield _fonts()
    yield _kernels()
    yield from _jupyter()
    yield from _characters()
    yield _temporary_folder()
    yield from _workspace(workspace)


def _packages() -> Finding:
    """Whether all that halfyear asks for is installed: a wheel installed by itself brings none of it."""
    from importlib.metadata import PackageNotFoundError, distribution, version

    missing = []
    for wanted in distribution("halfyear").requires or ():
        name = _NAME.match(wanted)
        if name and "extra ==" not in wanted:
            try:
                version(name[0])
            except PackageNotFoundError:
                missing.append(name[0])
    if missing:
        return Finding("doctor-packages-missing", params={"names": missing})
    return Finding("doctor-packages", params={"version": version("halfyear")})


def _fonts() -> Finding:
    from ..render.fonts import found

    if any(faces[0].is_ground for role, faces in found().items() if role != "mono"):
        return Finding("doctor-fonts-open")
    return Finding("doctor-fonts", params={"families": [faces[0].family for faces in found().values()]})


def _kernels() -> Finding:
    from ..execute.kernels import can_fork

    return Finding("doctor-kernels-warm" if can_fork() else "doctor-kernels-ordinary")


def _jupyter() -> Iterator[Finding]:
    """The kernel that notebooks name, and whether it is this Python; JupyterLab and our entries in its menu."""
    from importlib.metadata import PackageNotFoundError, version

    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    from jupyter_core.paths import jupyter_config_path

    try:
        program = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        yield Finding("doctor-kernel-missing")
    else:
        same = os.path.realpath(program) == os.path.realpath(sys.executable) or program in ("python", "python3")
        yield Finding("doctor-kernel" if same else "doctor-kernel-other", params={"program": program})
    entries = [Path(folder, "jupyter_server_config.d", "halfyear.json") for folder in jupyter_config_path()]
    try:
        lab = version("jupyterlab")
    except PackageNotFoundError:  # told among the packages
        return
    yield Finding("doctor-lab" if any(map(Path.is_file, entries)) else "doctor-lab-menu", params={"version": lab})


def _characters() -> Iterator[Finding]:
    encoding = (getattr(sys.stdout, "encoding", "") or locale.getpreferredencoding(False)).lower()
    spoken = Said("spoken-chinese" if language() == "zh" else "spoken-english")
    known = {"encoding": encoding, "spoken": spoken}
    yield Finding(
        "doctor-characters" if encoding.replace("-", "") == "utf8" else "doctor-characters-other", params=known
    )


def _temporary_folder() -> Finding:
    try:
        with tempfile.TemporaryFile():
            return Finding("doctor-temporary", params={"folder": tempfile.gettempdir()})
    except OSError as error:
        return Finding("doctor-temporary-refused", params={"reason": system_reason(error)})


def _workspace(named: Path | None) -> Iterator[Finding]:
    """Its periods, and whether git knows how its notebooks are stored."""
    try:
        found = Workspace.at(named) if named else Workspace.find()
    except WorkspaceError:
        yield Finding("doctor-no-workspace")
        return
    yield Finding("doctor-workspace", params={"folder": found.root, "periods": found.periods or "—"})
    if not git_filter.is_told(found.root):
        yield Finding("doctor-git", params={"command": git_filter.written()})
