"""The forms a report is made in, named once."""

from __future__ import annotations

FORMATS = ("html", "pdf", "docx")
FILES = tuple(f"report.{name}" for name in FORMATS)
