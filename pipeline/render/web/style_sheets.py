"""The style sheets of pages, as files to be read and changed by people who know CSS."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "templates" / "html"


@cache
def sheet(name: str) -> str:
    """``screen.css``: how a page looks on a screen, light and dark; ``print.css``: as an official document on paper."""
    return (FOLDER / name).read_text(encoding="utf-8")
