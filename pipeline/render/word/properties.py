"""The document's properties: title, author, language and day, none of them from the machine or its clock."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lxml.builder import ElementMaker

from .wordprocessing import OFFICE, legal, written

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_ELEMENTS, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
_NAMESPACES = {"cp": _CORE, "dc": _ELEMENTS, "dcterms": _TERMS, "xsi": _SCHEMA}
_cp, _dc, _dcterms = (ElementMaker(namespace=each, nsmap=_NAMESPACES) for each in (_CORE, _ELEMENTS, _TERMS))
_extended = ElementMaker(namespace=f"{OFFICE}/extended-properties", nsmap={None: f"{OFFICE}/extended-properties"})


def core_properties(metadata: Mapping[str, Any], title: str, language: str) -> str:
    """Title, period, author (the office), language and the day the report is signed."""
    author = legal(f"{metadata.get('bureau') or ''}{metadata.get('office') or ''}") or "halfyear"
    moment = _moment(str(metadata.get("signed") or ""))
    kind = {f"{{{_SCHEMA}}}type": "dcterms:W3CDTF"}
    return written(
        _cp.coreProperties(
            _dc.title(legal(title)),
            _dc.subject(legal(str(metadata.get("label") or ""))),
            _dc.creator(author),
            _cp.lastModifiedBy(author),
            _cp.revision("1"),
            _dcterms.created(moment, kind),
            _dcterms.modified(moment, kind),
            _dc.language(legal(language)),
        )
    )


def application_properties(metadata: Mapping[str, Any]) -> str:
    """The bureau, as the company."""
    company = [_extended.Company(legal(str(metadata["bureau"])))] if metadata.get("bureau") else []
    return written(_extended.Properties(_extended.Application("halfyear"), *company))


def _moment(signed: str) -> str:
    """The day the report is signed; else ``SOURCE_DATE_EPOCH``; else the first day a zip archive knows."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", signed):
        return f"{signed}T00:00:00Z"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime(1980, 1, 1, tzinfo=UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
