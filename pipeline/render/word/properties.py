"""The document's properties: title, author, language and day, none of them from the machine or its clock."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

from .docx_package import HEAD

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def core_properties(metadata: Mapping[str, Any], title: str, language: str) -> str:
    """Title, period, author (the office), language and the day the report is signed."""
    author = escape(f"{metadata.get('bureau') or ''}{metadata.get('office') or ''}" or "halfyear")
    moment = f'xsi:type="dcterms:W3CDTF">{_moment(str(metadata.get("signed") or ""))}'
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(str(metadata.get('label') or ''))}</dc:subject>"
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"<dcterms:created {moment}</dcterms:created><dcterms:modified {moment}</dcterms:modified>"
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    )


def application_properties(metadata: Mapping[str, Any]) -> str:
    """The bureau, as the company."""
    company = f"<Company>{escape(str(metadata['bureau']))}</Company>" if metadata.get("bureau") else ""
    return f'{HEAD}<Properties xmlns="{_EXTENDED}"><Application>halfyear</Application>{company}</Properties>'


def _moment(signed: str) -> str:
    """The day the report is signed; else ``SOURCE_DATE_EPOCH``; else the first day a zip archive knows."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", signed):
        return f"{signed}T00:00:00Z"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime(1980, 1, 1, tzinfo=UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
