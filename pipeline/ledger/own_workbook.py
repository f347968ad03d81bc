"""A workbook that we make: the same bytes each time, and known as ours until somebody saves it."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

_DAY = datetime(2000, 1, 1)  # a file made twice is the same file
_PROPERTIES = "docProps/core.xml"
_NOT_SEALED = "0" * 64


def written(book: Workbook) -> bytes:
    """The package's bytes: every date in it is one day, and its properties name the digest of all its other parts."""
    book.properties.identifier = _NOT_SEALED
    stream, out = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as same:
        seal = _seal(package)
        for part in package.infolist():
            content = package.read(part)
            if part.filename == _PROPERTIES:
                stamp = _DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
                content = content.replace(_NOT_SEALED.encode(), seal)
            same.writestr(zipfile.ZipInfo(part.filename, _DAY.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def is_untouched(path: Path) -> bool:
    """Whether a file is a workbook that :func:`written` gave and nobody has saved since."""
    try:
        with zipfile.ZipFile(path) as package:
            return _seal(package) in package.read(_PROPERTIES)
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError):
        return False


def _seal(package: zipfile.ZipFile) -> bytes:
    """A digest of what stands in all parts but the properties."""
    parts = sorted((part.filename, part.CRC, part.file_size) for part in package.infolist())
    return hashlib.sha256(repr([part for part in parts if part[0] != _PROPERTIES]).encode()).hexdigest().encode()
