"""A new workspace: notebooks, a first period ready to be filled in, and how to go on, in a folder where nothing is in the way."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path

from .. import ledger
from ..errors import UsageError, WorkspaceError
from ..leftovers import shared_mode, temporary
from ..notebook_file import write_notebook
from ..own_files import entries
from ..period import Period
from ..workspace import Workspace
from .shipped import EXAMPLE, FILES, example_data, for_period, shipped_notebooks

_PLAIN = {"guide.md": "说明.md", "gitattributes": ".gitattributes", "gitignore": ".gitignore"}


def new_workspace(
    target: Path,
    period: Period | None,
    *,
    bureau: str = "",
    office: str = "",
    example: bool = False,
    xlsx: bool = False,
    upper: bool = False,
) -> tuple[Period, list[str]]:
    """Make a workspace in ``target``, which may hold other things but none of these.

    Args:
        period: the first period; this half-year by default, with ``example`` none but that of the example.
        bureau, office: who reports, for report.toml. xlsx: the period's ledgers as one workbook.
        upper: with the chapter and the ledgers of an office whose units' reports are rolled up.

    Returns:
        The period to go on with, and the files written.

    Raises:
        UsageError: who reports is given for the example, which has its own. WorkspaceError: something is in the way.
    """
    if example and period in (None, EXAMPLE) and (bureau or office):
        raise UsageError("example-has-its-own")
    target = target.absolute()  # "." has no name
    _refuse_what_is_there(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with temporary(f".{target.name}", target.parent) as staging:
        first = _make(staging, period, bureau, office, example=example, xlsx=xlsx, upper=upper)
        names = [path.relative_to(staging).as_posix() for path in entries(staging)]
        _put(staging, target, names)
    return first, names


def this_half_year() -> Period:
    """The half-year of today."""
    today = date.today()
    return Period.parse(f"{today.year}H{1 if today.month <= 6 else 2}")


def _refuse_what_is_there(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise WorkspaceError("not-a-folder", folder=target)
    there = [name for name in ("notebooks", "data", *_PLAIN.values()) if os.path.lexists(target / name)]
    if "notebooks" in there and "data" in there:
        raise WorkspaceError("workspace-there", folder=target)
    if there:
        raise WorkspaceError("begin-in-the-way", folder=target, names=tuple(there))


def _make(
    staging: Path, period: Period | None, bureau: str, office: str, *, example: bool, xlsx: bool, upper: bool
) -> Period:
    """The whole workspace in a folder of its own; gives the period to go on with."""
    (staging / "notebooks").mkdir()
    (staging / "data").mkdir()
    if example:
        shutil.copytree(example_data(), staging / "data" / str(EXAMPLE))
    first = period or (EXAMPLE if example else this_half_year())
    for name, notebook in shipped_notebooks(upper=upper).items():
        write_notebook(staging / "notebooks" / name, for_period(notebook, str(first)))
    if not (example and first == EXAMPLE):
        ledger.new(Workspace.at(staging), first, xlsx=xlsx)
        _introduce(staging / "data" / str(first), first, bureau, office)
    for shipped, name in _PLAIN.items():
        text = (FILES / shipped).read_text(encoding="utf-8")
        (staging / name).write_text(text.replace("PERIOD", str(first)), encoding="utf-8")
    return first


def _introduce(folder: Path, period: Period, bureau: str, office: str) -> None:
    """Who reports, in report.toml; and how literals are declared."""
    settings = folder / "report.toml"
    text = settings.read_text(encoding="utf-8")
    for name, value in {"bureau": bureau, "office": office}.items():
        if value:
            text = "".join(_said(line, name, value) for line in text.splitlines(keepends=True))
    if bureau or office:
        text = "".join(
            _said(line, "title", f"{office or bureau}{period.label}工作总结") for line in text.splitlines(True)
        )
    settings.write_text(text, encoding="utf-8")
    shutil.copyfile(FILES / "literals.toml", folder / "literals.toml")


def _said(line: str, name: str, value: str) -> str:
    return f"{name} = {json.dumps(value, ensure_ascii=False)}\n" if line.startswith(f"{name} = ") else line


def _put(staging: Path, target: Path, names: list[str]) -> None:
    """Move what was made to where it belongs: as a whole where there is no such folder, else file by file."""
    if not target.exists():
        staging.chmod(shared_mode())
        os.replace(staging, target)
        return
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        with (staging / name).open("rb") as made, (target / name).open("xb") as stream:
            shutil.copyfileobj(made, stream)
