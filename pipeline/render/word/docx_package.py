"""The package around the document: its parts and what ties them, in a fixed order and at a fixed time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .office_package import OFFICE, PACKAGE, SCHEMAS, archived, content_types, relationships
from .parts import Parts, Relation
from .wordprocessing import RELATIONS

DRAFT_HEADER = "header-draft"
_TEMPLATES = Path(__file__).parent.parent / "templates" / "docx"
_KEPT = {  # parts kept as files, and what each is
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
    "theme": "theme",
    "footer-odd": "footer",
    "footer-even": "footer",
}


def package(files: Mapping[str, str], parts: Parts, draft: bool) -> bytes:
    """A .docx of ``files`` and of the parts kept in templates/docx."""
    kept = {f"word/{name}.xml": template(name) for name in (*_KEPT, *((DRAFT_HEADER,) if draft else ()))}
    relations = {
        "_rels/.rels": _package_relations(),
        "word/_rels/document.xml.rels": _relations("document", parts, draft),
    }
    if parts.relations["footnotes"]:
        relations["word/_rels/footnotes.xml.rels"] = _relations("footnotes", parts, draft)
    texts = {"[Content_Types].xml": _content_types(draft, len(parts.charts)), **relations, **files, **kept}
    media = {f"word/media/{name}": data for name, data in parts.pictures.items()}
    return archived({name: text.encode() for name, text in texts.items()} | media | _charts(parts))


def _charts(parts: Parts) -> dict[str, bytes]:
    """The charts that Word draws, and the workbooks inside them."""
    files = {}
    for number, (drawing, workbook) in enumerate(parts.charts, 1):
        inside = Relation("package", f"../embeddings/chart{number}.xlsx")
        files[f"word/charts/chart{number}.xml"] = drawing.encode()
        files[f"word/charts/_rels/chart{number}.xml.rels"] = relationships({"rx1": inside}).encode()
        files[f"word/embeddings/chart{number}.xlsx"] = workbook
    return files


@cache
def template(name: str) -> str:
    """A part kept as a file, without its comments and the white space that lays it out."""
    text = (_TEMPLATES / f"{name}.xml").read_text(encoding="utf-8")
    return re.sub(r">\s*\n\s*<", "><", re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL))


def _kinds(draft: bool) -> dict[str, str]:
    """The parts beside the document itself, and what each is."""
    header = {DRAFT_HEADER: "header"} if draft else {}
    return {**_KEPT, "footnotes": "footnotes", "numbering": "numbering", **header}


def _relations(part: str, parts: Parts, draft: bool) -> str:
    """A part's relationships: ``rp-NAME`` for a fixed part, ``rx1`` … for what the text links to."""
    fixed = _kinds(draft) if part == "document" else {}
    related = {f"rp-{name}": Relation(kind, f"{name}.xml") for name, kind in fixed.items()}
    return relationships(related | {f"rx{number}": one for number, one in enumerate(parts.relations[part], 1)})


def _package_relations() -> str:
    targets = {
        "word/document.xml": f"{RELATIONS}/officeDocument",
        "docProps/core.xml": f"{SCHEMAS}/relationships/metadata/core-properties",
        "docProps/app.xml": f"{RELATIONS}/extended-properties",
    }
    related = {f"rId{number}": Relation(kind, name) for number, (name, kind) in enumerate(targets.items(), 1)}
    return relationships(related)


def _content_types(draft: bool, charts: int) -> str:
    defaults = {"rels": f"{PACKAGE}.relationships+xml", "xml": "application/xml"}
    defaults |= {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}
    defaults |= {"xlsx": f"{OFFICE}.spreadsheetml.sheet"} if charts else {}
    parts = {"word/document": f"{OFFICE}.wordprocessingml.document.main"}
    parts |= {f"word/{name}": f"{OFFICE}.wordprocessingml.{kind}" for name, kind in _kinds(draft).items()}
    parts |= {"word/theme": f"{OFFICE}.theme", "docProps/app": f"{OFFICE}.extended-properties"}
    parts |= {f"word/charts/chart{number}": f"{OFFICE}.drawingml.chart" for number in range(1, charts + 1)}
    parts |= {"docProps/core": f"{PACKAGE}.core-properties"}
    return content_types(defaults, {f"{name}.xml": f"{kind}+xml" for name, kind in parts.items()})
