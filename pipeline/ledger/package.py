"""The parts of an Office Open XML package (ECMA-376-2) that a workbook is made of."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse

from ..findings import Words
from .number_format import BUILT_IN, GENERAL
from .sheet_xml import text_of

DAMAGE = (zipfile.BadZipFile, zlib.error, ParseError, EOFError, LookupError, ValueError, TypeError, ArithmeticError)
DAMAGE += (OSError, RuntimeError, StopIteration)


def damage(error: Exception) -> Words:
    """What is damaged, as far as it helps."""
    if isinstance(error, KeyError):  # zipfile names the part that is not there
        part = str(error.args[0]).partition("'")[2].partition("'")[0]
        return Words(f"缺少 {part}", f"{part} is missing")
    if isinstance(error, ParseError):
        line, column = error.position
        return Words(f"XML 第 {line} 行第 {column} 列有错", f"faulty XML at line {line}, column {column}")
    if isinstance(error, zipfile.BadZipFile | zlib.error | EOFError | OSError):
        return Words("不是完整的压缩包", "it is no complete package")
    return Words("内容不合规范", "its content is not as the format has it")


def relations(package: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """(kind, id, target part) of every relation of a part inside the package; links to elsewhere are not followed."""
    folder, name = posixpath.split(part)
    root = xml(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    found = []
    for element in root:
        target = element.get("Target", "")
        if element.get("TargetMode") != "External":
            joined = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append((element.get("Type", "").rpartition("/")[2], element.get("Id", ""), joined))
    return found


def xml(package: zipfile.ZipFile, part: str) -> Element:
    """A part's root; none that declares a document type, so that no entity is ever expanded."""
    raw = package.read(part)
    if b"<!DOCTYPE" in raw[:4096]:
        msg = f"{part} declares a document type"
        raise ValueError(msg)
    return fromstring(raw)


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def shared_strings(package: zipfile.ZipFile, part: str) -> Iterator[str]:
    """The texts that cells refer to by number."""
    with package.open(part) as stream:
        for _, element in iterparse(stream):
            if local(element) == "si":
                yield text_of(element)
                element.clear()


def formats(root: Element) -> list[str]:
    """The number format of each cell style."""
    own = {int(e.get("numFmtId")): e.get("formatCode", "") for e in root.iter() if local(e) == "numFmt"}
    styles = next((e for e in root.iter() if local(e) == "cellXfs"), ())
    numbers = [int(style.get("numFmtId", "0")) for style in styles]
    return [own.get(number) or BUILT_IN.get(number, GENERAL if number < 164 else "") for number in numbers]
