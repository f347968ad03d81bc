"""What every Office package is: parts, what each of them is, what they lead to, in a fixed order and at a fixed time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from urllib.parse import urljoin

from lxml.builder import ElementMaker

from .parts import Relation
from .wordprocessing import RELATIONS, legal, written

SCHEMAS = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"
PACKAGE = "application/vnd.openxmlformats-package"


def relationships(related: Mapping[str, Relation]) -> str:
    """A part that says what another leads to, by identifier."""
    make = ElementMaker(nsmap={None: f"{SCHEMAS}/relationships"}, namespace=f"{SCHEMAS}/relationships")
    entries = (
        make.Relationship(
            {"Id": identifier, "Type": urljoin(f"{RELATIONS}/", one.kind), "Target": legal(one.target)},
            {"TargetMode": "External"} if one.external else {},
        )
        for identifier, one in related.items()
    )
    return written(make.Relationships(*entries))


def content_types(defaults: Mapping[str, str], parts: Mapping[str, str]) -> str:
    """The part that says what the others are: by the end of their names, and one by one."""
    make = ElementMaker(nsmap={None: f"{SCHEMAS}/content-types"}, namespace=f"{SCHEMAS}/content-types")
    entries = [make.Default(Extension=extension, ContentType=kind) for extension, kind in defaults.items()]
    entries += [make.Override(PartName=f"/{name}", ContentType=kind) for name, kind in parts.items()]
    return written(make.Types(*entries))


def archived(files: Mapping[str, bytes]) -> bytes:
    """The files in the order given; the same bytes wherever and whenever it is made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)  # of the earliest time a zip archive can name
            entry.create_system, entry.external_attr, entry.compress_type = 0, 0, zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return target.getvalue()
