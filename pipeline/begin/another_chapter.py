"""One more chapter: a notebook that reads its own rows, a piece of prose, and where asked for a ledger of its own."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from ..errors import UsageError, WorkspaceError
from ..ledger import ledgers_in
from ..notebook_file import write_notebook
from ..period import Period
from ..workspace import Workspace
from .shipped import FILES

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_UNFIT = re.compile(r"[\"\\#<>`*_\[\]]")  # what would be more than a letter in the notebook's code or its heading
HEADINGS = ("事项", "数量", "限定词", "单位", "口径", "截至", "说明", "公开属性", "备注")  # of files/ledger.toml
_LAST = 90  # what comes after all other chapters is numbered from here


def another_chapter(workspace: Workspace, name: str, title: str, *, own_ledger: bool = False) -> list[Path]:
    """Make a chapter before those numbered from 90 on, its prose and its ledger in the newest period; nothing is overwritten.

    Args:
        name: the chapter's, in small letters, of which its files are named. own_ledger: declare ``ledgers/NAME.toml``.

    Returns:
        The files written.

    Raises:
        UsageError: the name is none, or is taken, or the title is. WorkspaceError: a file is in the way.
    """
    _refuse_what_is_taken(workspace, name, title, own_ledger=own_ledger)
    period = max(workspace.periods, default=None)
    order = max((one.order for one in workspace.sections if one.order < _LAST), default=0) + 1
    notebook = workspace.root / "notebooks" / f"{order:02}-{name}.ipynb"
    texts = _texts(workspace.root, name, title, period, own_ledger=own_ledger)
    _refuse_what_is_there(workspace.root, [notebook, *texts])
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8-sig" if path.suffix == ".csv" else "utf-8", newline="\n")
    write_notebook(notebook, _notebook(name, title, str(period or ""), own_ledger=own_ledger))
    return [notebook, *texts]


def _refuse_what_is_taken(workspace: Workspace, name: str, title: str, *, own_ledger: bool) -> None:
    if not _NAME.fullmatch(name):
        raise UsageError("chapter-name", value=name)
    if not title or title != " ".join(title.split()) or _UNFIT.search(title):
        raise UsageError("chapter-title", value=title)
    for section in workspace.sections:
        if name == section.name or title == section.title:
            raise UsageError("chapter-there", value=name if name == section.name else title, file=section.path.name)
    ledgers = ledgers_in(workspace.root)
    if own_ledger and (ledgers.stem_of(_stem(name)) or ledgers.stem_of(title)):
        raise UsageError("chapter-ledger-there", value=title, name=_stem(name))


def _refuse_what_is_there(root: Path, paths: list[Path]) -> None:
    there = tuple(path.relative_to(root).as_posix() for path in paths if os.path.lexists(path))
    if there:
        raise WorkspaceError("begin-in-the-way", folder=root, names=there)


def _texts(root: Path, name: str, title: str, period: Period | None, *, own_ledger: bool) -> dict[Path, str]:
    """The files beside the notebook: prose and, where it has one, the ledger, which a workbook of the period is left without."""
    texts = {}
    folder = root / "data" / str(period)
    if period is not None:
        said = f"<!--\n{period.label}“{title}”的文字写在下面，尚未填报；没有可写的，只写一个“/”。\n-->\n"
        texts[folder / "prose" / f"{name}-overview.md"] = said
    if own_ledger:
        declared = (FILES / "ledger.toml").read_text(encoding="utf-8").replace("TITLE", title)
        texts[root / "ledgers" / f"{_stem(name)}.toml"] = declared
        if period is not None and (folder / "tables").is_dir():
            texts[folder / "tables" / f"{_stem(name)}.csv"] = ",".join(HEADINGS) + "\n"
    return texts


def _stem(name: str) -> str:
    """What the chapter's own ledger is called."""
    return name.replace("-", "_")


def _notebook(name: str, title: str, period: str, *, own_ledger: bool) -> dict[str, Any]:
    """The chapter's notebook: as those that are shipped, a title, parameters, imports, and text leading into each result."""
    cells = [
        _text(f"# {title}"),
        _aside(f"本章的文字取自 `prose/{name}-overview.md`，数字取自指标台账中板块写“{title}”的行。"),
        _code(f'period = "{period}"', "parameters"),
        _code(f'from pipeline import Section, listed, reference, stated, table\n\nchapter = Section("{name}", period)'),
        _aside("先说总的情况："),
        _code('chapter.prose("overview")'),
        *(_own_rows(_stem(name), name, title) if own_ledger else ()),
        _aside("指标中有数的逐项说明，上期或上年同期有数的一并比较："),
        _code(_INDICATORS),
        _aside("没有写到的指标写在这里，一行也不落下；都写到了，本段不出现："),
        _code('chapter.rest(lead="")'),
    ]
    numbered = [{**cell, "id": f"{name}-{number:02}"} for number, cell in enumerate(cells, 1)]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {"cells": numbered, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


_INDICATORS = """\
rows = stated(chapter.compared("indicators"), "value")
listed(rows, "{subject}{measure}{value}{change}[（{text}）]")"""
_OWN_ROWS = """\
entries = chapter.compared("STEM")
said = "{subject}{value}{change}[（{detail}）]"
listed(stated(entries, "value"), said, end=f"（见{reference('NAME-entries')}）。")"""
_OWN_TABLE = """\
columns = {"subject": "事项", "value": "数量", "previous": chapter.period.called.before, "as_of": "截至", "detail": "说明"}
table(entries, columns, name="NAME-entries", caption="TITLE情况")"""


def _own_rows(stem: str, name: str, title: str) -> list[dict[str, Any]]:
    """What the chapter's own ledger states, in a sentence and a table."""
    said, shown = (
        code.replace("STEM", stem).replace("NAME", name).replace("TITLE", title) for code in (_OWN_ROWS, _OWN_TABLE)
    )
    return [_aside(f"台账“{title}”（`tables/{stem}.csv`）逐行列出："), _code(said), _code(shown)]


def _text(source: str, *tags: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)} if tags else {}, "source": source}


def _aside(source: str) -> dict[str, Any]:
    """A word to analysts, which does not reach the report."""
    return _text(source, "remove-cell")


def _code(source: str, *tags: str) -> dict[str, Any]:
    metadata = {"tags": list(tags)} if tags else {}
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}
