"""A report made where its workspace is not: what it is made of goes to the worker as bytes, the finished folder comes back so.

An office above is rolled up before it is sent, for its units' reports are here.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from ..own_files import entries
from ..report.placing import put_in_place
from ..swap import staged
from ..workspace import Workspace
from .one_report import Order, request_of, rolled_up

_READ = ("data", "notebooks", "ledgers")


def sendable(order: Order) -> Order:
    """The order with all that it is made of.

    Raises:
        HalfyearError: what would be replaced is not ours, or a unit's report is not what its manifest says.
    """
    request_of(order).refuse_what_is_in_the_way()
    workspace = Workspace.at(order.workspace)
    told = rolled_up(order)
    files = {name: workspace.path_of(name) for name in _READ}
    return replace(order, units=(), told=told, files=_packed(files))


def unpacked(order: Order, into: Path) -> Order:
    """The order for a workspace in a folder of the worker's own."""
    _unpack(order.files, into)
    return replace(order, workspace=into, output=None, files=b"")


def packed(folder: Path) -> bytes:
    """A finished folder."""
    return _packed({"": folder})


def put_back(order: Order, files: bytes, *, stands: bool) -> None:
    """Swap a finished folder in, or that of a draft beside it, as a build here does."""
    request = request_of(order)
    with staged(request.target) as staging:
        _unpack(files, staging)
        put_in_place(request, staging, draft=not stands)


def _packed(folders: dict[str, Path]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as archive:
        for name, folder in folders.items():
            for path in filter(Path.is_file, entries(folder) if folder.is_dir() else ()):
                archive.write(path, Path(name, path.relative_to(folder)))
    return packed.getvalue()


def _unpack(files: bytes, into: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(files)) as archive:
        archive.extractall(into)
