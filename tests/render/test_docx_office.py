"""The Word document in LibreOffice: it opens, and nothing is lost on its pages."""

from __future__ import annotations

import subprocess

import pdfplumber
import pytest
import stitched
from programs import needs

from pipeline.render import render_docx, semantic_body


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages LibreOffice makes of the short report."""
    office = needs("soffice")
    folder = tmp_path_factory.mktemp("office")
    notebook = stitched.stitched()
    body = semantic_body(notebook, chart_format="png")
    (folder / "report.docx").write_bytes(render_docx(body, notebook.metadata.halfyear))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "report.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pdfplumber.open(folder / "report.pdf") as document:
        yield document.pages


def text(pages) -> str:
    """All that stands on the pages, without white space."""
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_numbers_are_counted(pages):
    """LibreOffice counts headings, captions, references and pages as the report does."""
    said = text(pages)
    for expected in (
        "一、改革创新",
        "（一）推进",
        "1.优化流程",
        "（1）减少材料",
        "二、清单梳理",
        "表1办件情况",
        "图1各类",
    ):
        assert expected in said
    assert "详见表1和图1" in said
    assert "—1—" in said


def test_nothing_is_lost(pages):
    """Table, note, picture and signature are there; the picture is as wide as it was made, within the text."""
    said = text(pages)
    for expected in ("行政许可12012.5%", "注：截至2021年6月30日。", "政策法规科2021年6月30日"):
        assert expected in said
    (picture,) = (image for page in pages for image in page.images)
    assert 0 < picture["width"] <= 442.5
