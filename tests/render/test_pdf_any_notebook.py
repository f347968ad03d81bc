"""``jupyter nbconvert --to halfyear-pdf`` works on any notebook."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
import stitched
from elsewhere import found
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from pipeline.render import exporters

ROOT = Path(__file__).parents[2]


def exported(notebook) -> str:
    """The text of the PDF of a notebook."""
    made, _ = exporters.pdf().from_notebook_node(notebook)
    return "\n".join(page.extract_text() for page in pdfplumber.open(io.BytesIO(made)).pages)


def test_exporter_is_what_nbconvert_wants():
    """The exporter says what it makes, gives bytes and nbconvert's resources with the ending of the file."""
    made, resources = exporters.pdf().from_notebook_node(stitched.stitched())
    assert made.startswith(b"%PDF-1.7")
    assert resources["output_extension"] == ".pdf"
    assert exporters.pdf.output_mimetype == "application/pdf"
    assert exporters.pdf.export_from_notebook


@pytest.mark.parametrize("path", found(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_shipped_notebook_exports(path):
    """Every notebook that the installed packages bring becomes a sound PDF."""
    made, _ = exporters.pdf().from_filename(str(path))
    file = pikepdf.open(io.BytesIO(made))
    assert file.check_pdf_syntax() == []
    assert file.open_metadata()["pdfuaid:part"] == "1"


def test_there_are_shipped_notebooks():
    """The test above has something to test."""
    assert len(found()) >= 20


def test_foreign_notebook_reads_well():
    """Code, print, traceback, frame, widget and raw text are all there, in order."""
    text = exported(stitched.foreign())
    words = [
        "A notebook from elsewhere",
        "print('hello')",
        "hello",
        "ZeroDivisionError",
        "plot()",
        "IntSlider(value=0)",
        "safe",
        "raw text",
    ]
    assert [word for word in words if word in text] == words
    assert [text.index(word) for word in words] == sorted(text.index(word) for word in words)
    for absent in ("alert", "\x1b", "LaTeX only"):
        assert absent not in text


@pytest.mark.parametrize(
    "cells",
    [
        [new_markdown_cell("![broken](attachment:gone.png)")],
        [
            new_code_cell(
                "x", outputs=[new_output("display_data", {"image/png": stitched.png()[:400], "text/plain": "cut"})]
            )
        ],
        [
            new_code_cell(
                "x",
                outputs=[new_output("display_data", {"image/png": "AAAA" + stitched.png()[4:], "text/plain": "cut"})],
            )
        ],
        [new_markdown_cell("$\\undefinedmacro{x}^{y}_$ and $\\require{cancel}\\cancel{x}$")],
        [new_markdown_cell("[nowhere](#gone) [file](other.ipynb) <a id='x'></a> [x](#x)")],
        [new_markdown_cell("# 😀 emoji\n\n👩‍💻 العربية हिन्दी 🇨🇳")],
        [
            new_markdown_cell(
                "a\n\n---\n\n> quote\n\n1. one\n   - two\n\n- [x] done\n\nTerm\n: meaning\n\n~~old~~ ![]()"
            )
        ],
        [new_markdown_cell("#### four\n\n## two\n\n###### six\n\n# one")],
        [new_code_cell("x" * 500 + "\n\t#tab\n" + "```" + '"\\"')],
        [
            new_code_cell(
                "",
                outputs=[
                    new_output("display_data", {"text/html": "<table><tr><td>" + "W" * 300 + "</td></tr></table>"})
                ],
            )
        ],
        [
            new_code_cell(
                "",
                outputs=[
                    new_output(
                        "display_data", {"text/html": "<table></table><ul></ul><p></p><figure></figure><h2></h2>"}
                    )
                ],
            )
        ],
        [new_code_cell("", outputs=[new_output("stream", name="stdout", text="line\n" * 3000)])],
        [
            new_markdown_cell(
                '#set page(width: 1cm)\n\n#import "x": *\n\n$ panic() $ `#eval("1")` \\#x @y <z> // c /* d */ ~ -- ---'
            )
        ],
        [],
    ],
    ids=[
        "attachment",
        "cut-png",
        "no-png",
        "tex",
        "links",
        "scripts",
        "blocks",
        "levels",
        "code",
        "wide",
        "empty",
        "long",
        "typst",
        "none",
    ],
)
def test_odd_notebook_exports(cells):
    """Broken pictures, unknown TeX, dead links, foreign scripts, odd blocks and Typst's own signs do no harm."""
    made, _ = exporters.pdf().from_notebook_node(new_notebook(cells=cells))
    assert pikepdf.open(io.BytesIO(made)).check_pdf_syntax() == []


def test_typst_markup_is_only_text():
    """What looks like Typst code in a notebook is printed, not run."""
    text = exported(new_notebook(cells=[new_markdown_cell('#panic("x") and #sys.version, *not* @ref')]))
    assert '#panic("x") and #sys.version' in text


def test_broken_picture_leaves_its_words_in_other_notebooks():
    """A picture that cannot be decoded is replaced by its alternative text, and only that one."""
    bad = bytearray(base64.b64decode(stitched.png()))
    bad[60:200] = b"x" * 140
    cells = [
        new_code_cell(
            "",
            outputs=[new_output("display_data", {"image/png": base64.b64encode(bad).decode(), "text/plain": "lost"})],
        ),
        new_code_cell("", outputs=[new_output("display_data", {"image/png": stitched.png(), "text/plain": "kept"})]),
    ]
    made, _ = exporters.pdf().from_notebook_node(new_notebook(cells=cells))
    [page] = pdfplumber.open(io.BytesIO(made)).pages
    assert "lost" in page.extract_text()
    assert len(page.images) == 1
