"""A workbook's package, the same bytes each time it is made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def workbook_bytes(book: Workbook) -> bytes:
    """The workbook as openpyxl writes it, every date in it one day."""
    stream = io.BytesIO()
    book.save(stream)
    return with_properties(stream.getvalue(), lambda content: _MOMENT.sub(b"2000-01-01T00:00:00Z", content))


def with_properties(package: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The package with its properties (docProps/core.xml) as ``change`` makes them of what they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            part = zipfile.ZipInfo(name)  # of the earliest time a zip archive can name
            made.writestr(part, change(content) if name == PROPERTIES else content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
