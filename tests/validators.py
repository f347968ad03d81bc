"""What two validators of other people say against a PDF."""

import io

import pikepdf
import pytest

PROFILES = ("PDF_A_2A", "PDF_UA_1")


def respelt(made: bytes) -> bytes:
    """``made`` as page-validation 0.11 alone can read it: 0.001 in its fonts written .001, no stream that ends with a return.

    A CFF real is a row of nibbles (Adobe Technical Note 5176, section 4); both spellings are allowed. The last byte of a
    compressed stream may be 13, which it takes for a part of the line end that follows.
    """
    file = pikepdf.open(io.BytesIO(made))
    for thing in file.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") in ("/CIDFontType0C", "/Type1C"):
            thing.write(thing.read_bytes().replace(bytes.fromhex("1e0a001f"), bytes.fromhex("1ea001ff")))
        elif isinstance(thing, pikepdf.Stream) and thing.read_raw_bytes().endswith(b"\r"):
            thing.write(thing.read_bytes())
    written = io.BytesIO()
    file.save(written, deterministic_id=True, compress_streams=False)
    return written.getvalue()


def faults(made: bytes, profile: str) -> list[str]:
    """What page-validation, which passes veraPDF's corpus, and pdf_oxide find wrong by one of the profiles."""
    page, oxide = pytest.importorskip("page"), pytest.importorskip("pdf_oxide")
    found = page.validate_pdf_bytes(respelt(made), profile=getattr(page.ValidationProfile, profile))
    assert found.rules.total > 100
    document = oxide.PdfDocument.from_bytes(made)
    said = document.validate_pdf_a("2a") if profile == "PDF_A_2A" else document.validate_pdf_ua()
    return [f"{one.rule_id}: {one.message}" for one in found.failures] + list(map(str, said["errors"]))
