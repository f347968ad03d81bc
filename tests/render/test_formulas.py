"""Formulas say the same in the page, the PDF and the Word document: what their TeX says."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import lxml.html
import pdfplumber
import pytest
import typst
from lxml import etree

from pipeline.render import render_docx, render_pdf
from pipeline.render.formulas import mathml
from pipeline.render.typst.mathematics import typst_mathematics
from pipeline.render.word.mathematics import office_mathematics

KNOWN = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("formulas.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ALIKE = str.maketrans("∣⋯∗∥", "|…*‖")
SIGNS_ON_OTHERS = "¯ˆ˜˙¨→⏞⏟―‾ˉ^~"


def signs(text: str) -> str:
    """What there is to see, sorted: formats draw the parts of a formula in different orders."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text.translate(ALIKE)))
    return "".join(
        sorted(sign for sign in text if unicodedata.category(sign)[0] not in "ZCM" and sign not in SIGNS_ON_OTHERS)
    )


def in_word(formula: lxml.html.HtmlElement) -> str:
    """The signs of Office mathematics: its runs, and those that stand in properties."""
    root = office_mathematics([formula])[formula]
    held = [one.get(f"{M}val", "") for one in root.iter(f"{M}chr", f"{M}begChr", f"{M}endChr")]
    return signs("".join([*(run.text or "" for run in root.iter(f"{M}t")), *held]))


def office(formula: lxml.html.HtmlElement) -> str:
    """Office mathematics as it is written."""
    return etree.tostring(office_mathematics([formula])[formula], encoding="unicode")


@pytest.mark.parametrize(("tex", "drawn"), KNOWN, ids=[tex for tex, _ in KNOWN])
def test_a_formula_keeps_every_sign(tex, drawn):
    """MathML and Office mathematics have the signs that pandoc draws, and Typst sets the formula."""
    formula = mathml(tex, display=True)
    assert signs("".join(formula.find("semantics")[0].itertext())) == drawn
    assert in_word(formula) == drawn
    assert typst_mathematics(formula)


def test_the_pdf_shows_every_formula():
    """Set in one document, all formulas are there: nothing falls back to its TeX."""
    formulas = "".join(f"<p>{lxml.html.tostring(mathml(tex), encoding='unicode')}</p>" for tex, _ in KNOWN)
    body = f'<article class="report" lang="zh-CN"><header class="front"><h1>式</h1></header>{formulas}</article>'
    text = "".join(page.extract_text() for page in pdfplumber.open(io.BytesIO(render_pdf(body, {}))).pages)
    assert "\\frac" not in text
    assert "增长率" in text
    assert render_docx(body, {}).startswith(b"PK")


@pytest.mark.parametrize("tex", ["x^2", r"\sum_{i=1}^n x_i", r"\begin{aligned} a &= b \\ &= c \end{aligned}"])
@pytest.mark.parametrize("display", [True, False])
def test_typst_reads_what_is_written(tex, display):
    """In line and on a line of its own Typst compiles it."""
    assert typst.compile(typst_mathematics(mathml(tex, display=display)).encode(), format="pdf").startswith(b"%PDF")


@pytest.mark.parametrize(
    "wrong", [r"\undefinedmacro{x}", "x^{2", r"\frac{1}", r"\left( x", "}", r"\begin{foo}x\end{foo}"]
)
def test_a_wrong_formula_is_none(wrong):
    """What is no formula is told by None, and so stays in the text as its TeX."""
    assert mathml(wrong) is None


def test_a_sum_takes_what_follows_as_its_operand():
    """Word shows an empty box where a sum has no operand."""
    written = office(mathml(r"\sum_{i=1}^{n} x_i = 1", display=True))
    operand = written.split("</m:sup>", 1)[1]
    assert operand.startswith("<m:e><m:sSub>")
    assert "=" in operand.split("</m:nary>")[1]


@pytest.mark.parametrize(
    ("tex", "display", "beside"),
    [
        (r"\sum_{i=1}^n x_i", False, True),
        (r"\prod_{i} x_i", False, True),
        (r"\sum_{i=1}^n x_i", True, False),
        (r"\sum\limits_{i=1}^n i", False, False),
        (r"\displaystyle\sum_{i}^{n} i", False, False),
    ],
)
def test_a_sum_in_a_line_of_text_is_no_higher_than_the_line(tex, display, beside):
    """What belongs over and under a sum stands beside it in a line of text, unless the formula asks for otherwise."""
    formula = mathml(tex, display=display)
    assert ("limits(" in typst_mathematics(formula)) is not beside
    assert f'm:limLoc m:val="{"subSup" if beside else "undOvr"}"' in office(formula)


@pytest.mark.parametrize(
    ("tex", "hidden"), [(r"\sum_{i}^{n} i", []), (r"\sum_i i", ["supHide"]), (r"\sum^n i", ["subHide"])]
)
def test_a_sum_shows_no_place_for_a_limit_that_it_has_not(tex, hidden):
    """Word draws an empty box where a limit is missing and not hidden."""
    formula = mathml(tex, display=True)
    (written,) = office_mathematics([formula])[formula].iter(f"{M}naryPr")
    assert [one.tag.removeprefix(M) for one in written if one.tag.endswith("Hide")] == hidden


def test_no_place_of_a_matrix_is_empty_in_word():
    """A relation at the head of a place, and an empty place, have something before them: LibreOffice draws ¿ there."""
    formula = mathml(r"\begin{aligned} a &= b \\ &= c \end{aligned}", display=True)
    written = office(formula)
    assert written.count("<m:nor/>") == 3
    assert "<m:e/>" not in written
