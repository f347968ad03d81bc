"""A workbook that we make: the same bytes each time, and known as ours until somebody saves it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from openpyxl import Workbook

from ..workbook_file import PROPERTIES, with_properties, workbook_bytes

_NOT_SEALED = "0" * 64


def written(book: Workbook) -> bytes:
    """The package's bytes: every date in it is one day, and its properties name the digest of all its other parts."""
    book.properties.identifier = _NOT_SEALED
    made = workbook_bytes(book)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        seal = _seal(package)
    return with_properties(made, lambda content: content.replace(_NOT_SEALED.encode(), seal))


def is_untouched(path: Path) -> bool:
    """Whether a file is a workbook that :func:`written` gave and nobody has saved since."""
    try:
        with zipfile.ZipFile(path) as package:
            return _seal(package) in package.read(PROPERTIES)
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError):
        return False


def _seal(package: zipfile.ZipFile) -> bytes:
    """A digest of what stands in all parts but the properties."""
    parts = sorted((part.filename, part.CRC, part.file_size) for part in package.infolist())
    return hashlib.sha256(repr([part for part in parts if part[0] != PROPERTIES]).encode()).hexdigest().encode()
