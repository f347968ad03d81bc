"""The Word document in LibreOffice: it opens, and nothing is lost on its pages."""

from __future__ import annotations

import zipfile
from pathlib import Path

import matplotlib
import office
import pdfplumber
import pytest
import stitched

from pipeline.render import render_docx, semantic_body

WIDE_FIGURES = Path(matplotlib.get_data_path()) / "fonts" / "ttf"  # DejaVu


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages LibreOffice makes of the short report."""
    folder = tmp_path_factory.mktemp("office")
    notebook = stitched.stitched()
    body = semantic_body(notebook)
    (folder / "report.docx").write_bytes(render_docx(body, notebook.metadata.halfyear))
    with pdfplumber.open(office.converted(folder / "report.docx", "pdf", folder)) as document:
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


def test_no_date_is_broken_in_a_table(tmp_path):
    """LibreOffice sets a gap between figures and Han characters; the columns have room for it."""
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("月份", "活动", "单位", "地点", "群众", "宣传品", "报道")
    )
    cells = ("优化营商环境法治宣传活动", "市场监管局", "槐荫区和谐广场一层", "200余人次", "1000余份", "济南日报")
    row = '<th scope="row">2021年12月</th>' + "".join(
        f"<td{' class=number' * cell[0].isdigit()}>{cell}</td>" for cell in cells
    )
    body = f"<article><h1>题</h1><table><thead><tr>{heads}</tr></thead><tr>{row}</tr></table></article>"
    (tmp_path / "table.docx").write_bytes(render_docx(body, {}))
    with pdfplumber.open(office.converted(tmp_path / "table.docx", "pdf", tmp_path)) as document:
        (cells,) = (table.extract()[1] for table in document.pages[0].find_tables())
    lines = [cell.replace(" ", "").split("\n") for cell in cells]
    assert lines[0] == ["2021年12月"]
    assert (lines[4], lines[5]) == (["200余人次"], ["1000余份"])


@pytest.mark.parametrize("fonts", [(), (WIDE_FIGURES,)], ids=["own faces", "wide figures"])
def test_no_figure_is_broken_in_a_table(tmp_path, fonts):
    """A figure with its hedge and unit, and a date, stay on one line, also where the office suite has no face but a wide one for figures."""
    figures = ("10余", "约3000", "3000余", "85.3%", "-24.76%", "2021年3月", "3万余条", "200余人次", "300件左右")
    texts = ("权责清单、政务服务事项清单和其他各项工作清单", "明确事项的来源、依据、实施主体和责任单位等内容")
    bodies = []
    for text, some in zip(texts, (figures[:5], figures[5:]), strict=True):
        heads = "".join(f'<th scope="col">{name}</th>' for name in ("事", *"甲乙丙丁戊"[: len(some)], "说明"))
        cells = "".join(f'<td class="number">{one}</td>' for one in some)
        row = f'<th scope="row">{text}</th>{cells}<td>{text * 3}</td>'
        bodies.append(f"<table><thead><tr>{heads}</tr></thead><tr>{row}</tr></table>")
    (tmp_path / "table.docx").write_bytes(render_docx(f"<article><h1>题</h1>{''.join(bodies)}</article>", {}))
    with pdfplumber.open(office.converted(tmp_path / "table.docx", "pdf", tmp_path, *fonts)) as document:
        tables = [table.extract() for page in document.pages for table in page.find_tables()]
    found = [cell.replace(" ", "") for table in tables for cell in table[1][1:-1]]
    assert found == list(figures)


def test_formulas_keep_every_sign(tmp_path):
    """A bracket whose partner stands in another group of the formula, and a bar over a letter, are drawn."""
    notebook = stitched.report([stitched._markdown("text", r"$$\sum_{i=1}^{n}(x_i-\bar{x})^2$$")])
    (tmp_path / "formula.docx").write_bytes(render_docx(semantic_body(notebook), {}))
    drawn = office.converted(tmp_path / "formula.docx", "odt", tmp_path)
    formulas = [
        archive.read(name).decode()
        for archive in [zipfile.ZipFile(drawn)]
        for name in archive.namelist()
        if "Object" in name and name.endswith("content.xml")
    ]
    if not formulas:
        pytest.skip("needs LibreOffice's formulas, which tests/system-packages installs")
    assert "¿" not in formulas[0]
    assert "overline" in formulas[0]
