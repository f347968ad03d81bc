"""The parts of an Office Open XML package (ECMA-376-2) that a workbook is made of."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import IO
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from ..findings import Said
from .xml_parts import tree

DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, ExpatError, EOFError, LookupError, ValueError, TypeError, ArithmeticError),
    *(OSError, RuntimeError, StopIteration),
)


def damage(error: Exception) -> Said:
    """What is damaged, as far as it helps."""
    if isinstance(error, MissingPartError):
        return Said("damage-part", part=error.part)
    if isinstance(error, ExpatError):
        return Said("damage-xml", line=error.lineno, column=error.offset)
    if isinstance(error, zipfile.BadZipFile | zlib.error | EOFError | OSError):
        return Said("damage-package")
    return Said("damage-content")


class MissingPartError(LookupError):
    """A package lacks a part that another names."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class Package:
    """The parts by name; names compare without case (ECMA-376-2, 6.3.5), and some programs write them with backslashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts = {_key(each.filename): each for each in archive.infolist()}

    def __contains__(self, part: str) -> bool:
        return _key(part) in self.parts

    def open(self, part: str) -> IO[bytes]:
        """The content of a part; zipfile unpacks no more of it than the size its entry declares.

        Raises:
            MissingPartError: there is none of that name.
            ValueError: it is packed in a way that no workbook is.
        """
        if part not in self:
            raise MissingPartError(part)
        entry = self.parts[_key(part)]
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            msg = "other methods are not of the format (ECMA-376-2, annex B), and zipfile unpacks them in one go"
            raise ValueError(msg)
        return self._archive.open(entry)

    def xml(self, part: str) -> Element:
        """The root of a small part."""
        with self.open(part) as stream:
            return tree(stream)

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """(kind, id, target part) of every relation of a part; links out of the package are not followed."""
        folder, name = posixpath.split(part)
        return [
            (local_type(element), element.get("Id", ""), _joined(folder, element.get("Target", "")))
            for element in self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            if element.get("TargetMode", "").lower() != "external"
        ]


def local_type(relation: Element) -> str:
    """The last word of a relation's type, the same in the transitional and the strict form of the format."""
    return relation.get("Type", "").rpartition("/")[2]


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _joined(folder: str, target: str) -> str:
    path = unquote(target).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
