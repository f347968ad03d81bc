"""The clerk's manual and the page of questions, set by the same exporters as reports."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import WorkspaceError

PAGES = ("填报手册", "常见问题")
_PACKAGED = Path(__file__).with_name("zh")  # where a wheel has them; in the project they are documentation
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+\.png)\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)#]*\.md\)")


def write_manuals(to: Path, forms: Iterable[str]) -> list[Path]:
    """Write both pages into the folder ``to`` in each of the forms.

    Raises:
        WorkspaceError: another file of that name is there; nothing was written.
    """
    made = {to / f"{page}.{form}": content for form in forms for page, content in _pages(form)}
    there = [path for path, content in made.items() if path.exists() and path.read_bytes() != content]
    if there:
        raise WorkspaceError("manual-there", file=there[0])
    to.mkdir(parents=True, exist_ok=True)
    for path, content in made.items():
        path.write_bytes(content)
    return list(made)


def manual_folder() -> Path:
    """Where the pages are kept as Markdown, with their pictures."""
    return _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2] / "docs" / "zh"


def _pages(form: str) -> Iterator[tuple[str, bytes]]:
    from .. import render

    for page in PAGES:
        yield page, render.to_bytes(form, _notebook(page))


def _notebook(page: str) -> dict[str, Any]:
    """The page as a stitched notebook of one cell, its pictures inside."""
    text = (manual_folder() / f"{page}.md").read_text(encoding="utf-8")
    text = _LINK.sub(r"《\1》", _PICTURE.sub(_inside, text))
    nothing = dict.fromkeys(("period", "label", "office", "bureau", "district", "city", "signed"), "")
    about = {**nothing, "title": page, "draft": False, "edition": "public", "lang": "zh-CN"}
    return {"cells": [{"cell_type": "markdown", "metadata": {}, "source": text}], "metadata": {"halfyear": about}}


def _inside(match: re.Match[str]) -> str:
    picture = base64.b64encode((manual_folder() / match[2]).read_bytes()).decode()
    return f"![{match[1]}](data:image/png;base64,{picture})"
