"""Charts that Word draws: their numbers, in the chart, its workbook and the words, are the facts they were drawn from."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import nbformat
import office
import openpyxl
import pandas
import pdfplumber
import pytest
import stitched
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.charts.bars import bar_chart
from pipeline.charts.parts_of_a_whole import parts_chart
from pipeline.charts.trend import trend_chart
from pipeline.charts.upright_columns import column_chart
from pipeline.document.chart_data import CHART_DATA, Point
from pipeline.facts import Fact, Quantity, Sources
from pipeline.render import render_docx, render_html, semantic_body
from pipeline.render.word.chart_workbook import number_format

C = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
A = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
COMMON = {"label": "label", "value": "value", "name": "it", "caption": "示例"}
KINDS = {"bars": (bar_chart, "barChart"), "columns": (column_chart, "barChart"), "line": (trend_chart, "lineChart")}
MIXED = ["1200", "", "1030余", "近940", "-870", "35.50", "0.4万"]


def fact(text: str, row: int, column: str) -> Fact:
    stated = Quantity.parse(text, unit="件") if text else Quantity(state="blank")
    return Fact(stated, Sources.cell("tables/a.csv", row, column))


def frame(figures, **more):
    columns = {"value": figures, **more}
    made = {
        name: pandas.Series([fact(text, row, name) for row, text in enumerate(each, 2)], dtype=object)
        for name, each in columns.items()
    }
    return pandas.DataFrame({"label": [f"第{number}季" for number in range(1, len(figures) + 1)], **made})


def documented(chart) -> bytes:
    """The Word document of a report that shows the chart."""
    output = nbformat.v4.new_output("display_data", data=chart._repr_mimebundle_())
    notebook = stitched.report([nbformat.v4.new_code_cell("", outputs=[output], metadata={"tags": ["remove-input"]})])
    return render_docx(semantic_body(notebook), notebook.metadata.halfyear)


def part(document: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(document)).read(name)


def said_by(value: str, code: str) -> str:
    """A number in one of our formats: words in quotes, 0 and 0.00 for digits."""
    digits = re.search(r'0(\.0+)?(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    number = f"{Decimal(value):.{len(digits[1] or '.') - 1}f}" if digits else ""
    worded = code if not digits else code[: digits.start()] + number + code[digits.end() :]
    return worded.replace('"', "")


def stated(figures):
    return [fact(text, 2, "value") if text else None for text in figures]


def in_chart(document: bytes, series: int = 0):
    """Value and words of each place of a series in the chart part; None for a gap."""
    root = etree.fromstring(part(document, "word/charts/chart1.xml"))
    cache = root.findall(".//c:ser", C)[series].find("c:val/c:numRef/c:numCache", C)
    points = {
        int(point.get("idx")): (point.findtext("c:v", namespaces=C), point.get("formatCode"))
        for point in cache.findall("c:pt", C)
    }
    return [points.get(place) for place in range(int(cache.find("c:ptCount", C).get("val")))]


def in_workbook(document: bytes, series: int = 0):
    sheet = openpyxl.load_workbook(io.BytesIO(part(document, "word/embeddings/chart1.xlsx"))).worksheets[0]
    cells = [row[series + 1] for row in sheet.iter_rows(min_row=2)]
    return [None if cell.value is None else (str(cell.value), cell.number_format) for cell in cells]


figure = st.one_of(
    st.just(""),
    st.integers(-999, 9_999).map(str),
    st.integers(100, 900).map(lambda number: f"{number}0余"),
    st.integers(100, 900).map(lambda number: f"近{number}"),
    st.integers(11, 99).map(lambda number: f"{number / 100}万"),
    st.decimals(-999, 999, places=2).map(lambda number: f"{number:f}"),
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=4, deadline=None)
@given(figures=st.lists(figure, min_size=4, max_size=7).filter(lambda some: sum(map(bool, some)) >= 4))
def test_numbers_of_chart_workbook_and_words_are_the_facts(kind, figures):
    """Place by place: value, hedge, unit, decimals and gaps; and the alternative text says the same."""
    draw, _ = KINDS[kind]
    made = draw(frame(figures, base=["-1", *["" for _ in figures[1:]]]), **COMMON)
    if CHART_DATA not in made._repr_mimebundle_():
        assert "点图" in made.alt  # figures too unequal for bars
        return
    document = documented(made)
    expected = [
        one for one in stated(figures) if one is not None or kind != "bars"
    ]  # bars leave out what states nothing
    for found in (in_chart(document), in_workbook(document)):
        assert [one is None for one in found] == [one is None for one in expected]
        for one, figure in zip(found, expected, strict=True):
            if figure is not None:
                assert Decimal(one[0]) == figure.value
                assert said_by(one[0], one[1]) == str(figure)
                assert str(figure) in made.alt


@pytest.mark.parametrize(
    ("kind", "number", "few"), [("columns", 36, True), ("line", 24, True), ("line", 7, False), ("bars", 36, False)]
)
def test_of_many_places_word_names_and_numbers_as_many_as_have_room(kind, number, few, tmp_path):
    """Names and figures of a long line or many columns stand at every so many places, a line's last figure always; every number
    is still there. Few places, and bars, which are rows of their own, have all."""
    draw, element = KINDS[kind]
    rows = frame([str(1000 + place) for place in range(number)])
    document = documented(draw(rows, **COMMON, **({"legend": ["本期"]} if kind == "line" else {})))
    root = etree.fromstring(part(document, "word/charts/chart1.xml"))
    skip = root.find(f".//c:{element}/../c:catAx/c:tickLblSkip", C)
    shown = [int(one.find("c:idx", C).get("val")) for one in root.findall(".//c:dLbl", C)]
    step = int(skip.get("val")) if few else 1
    assert (skip is not None) == few
    assert step > 1 or not few
    assert shown == [*range(0, number, step), *([number - 1] if kind == "line" and (number - 1) % step else [])]
    assert len(in_chart(document)) == number
    (tmp_path / "it.docx").write_bytes(document)
    audit = pytest.importorskip("openxml_audit", reason="needs the package openxml-audit")
    assert [str(error) for error in audit.OpenXmlValidator().validate(str(tmp_path / "it.docx")).errors] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_document_with_the_chart_is_valid_and_the_same_each_time(kind, tmp_path):
    """No validator finds anything, two runs give the same bytes, and the picture stands by for who draws no charts."""
    draw, element = KINDS[kind]
    document = documented(draw(frame(MIXED), **COMMON))
    assert document == documented(draw(frame(MIXED), **COMMON))
    (tmp_path / "it.docx").write_bytes(document)
    audit = pytest.importorskip("openxml_audit", reason="needs the package openxml-audit")
    assert [str(error) for error in audit.OpenXmlValidator().validate(str(tmp_path / "it.docx")).errors] == []
    assert f"<c:{element}>".encode() in part(document, "word/charts/chart1.xml")
    body = etree.fromstring(part(document, "word/document.xml"))
    names = {
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    }
    assert body.find(".//mc:Choice//a:graphicData", names).get("uri").endswith("/chart")
    assert body.find(".//mc:Fallback//a:graphicData", names).get("uri").endswith("/picture")
    described = {one.get("descr") for one in body.iter("{*}docPr")}
    assert len(described) == 1
    assert "第1季1200件" in described.pop()


def test_figures_of_another_period_are_smaller_and_paler():
    """The period's own figures stand out from those they are compared with, each in one type and ink."""
    root = etree.fromstring(
        part(documented(bar_chart(frame(MIXED, base=MIXED), **COMMON, base="base")), "word/charts/chart1.xml")
    )
    looks = [
        {
            (text.get("sz"), text.find(".//a:srgbClr", A).get("val"))
            for text in series.findall(".//c:dLbl//a:defRPr", C | A)
        }
        for series in root.findall(".//c:ser", C)
    ]
    assert looks == [{("950", "1F2328")}, {("850", "57606A")}]


def test_other_kinds_stay_pictures():
    """What Word has no chart of in this style is the picture, without workbook."""
    made = parts_chart(frame(["12", "30"]), **COMMON)
    names = zipfile.ZipFile(io.BytesIO(documented(made))).namelist()
    assert [name for name in names if "chart" in name or "embeddings" in name] == []
    assert "word/media/image1.png" in names


def test_the_page_knows_nothing_of_the_workbook():
    """The numbers for Word stand in no HTML."""
    output = nbformat.v4.new_output("display_data", data=bar_chart(frame(["12", "30"]), **COMMON)._repr_mimebundle_())
    notebook = stitched.report([nbformat.v4.new_code_cell("", outputs=[output], metadata={"tags": ["remove-input"]})])
    body = semantic_body(notebook)
    assert "data-chart" in body
    assert "data-chart" not in render_html(body, {"title": "题"})


@pytest.mark.parametrize(
    ("said", "value", "code"),
    [
        ("322件", "322", '0"件"'),
        ("-24.50%", "-24.5", '0.00"%"'),
        ("近60件", "60", '"近"0"件"'),
        ("3万余条", "30000", '"3万余条"'),
        ("由64%上升到81%", "81", '"由64%上升到81%"'),
        ("第1位", "1", '"第"0"位"'),
        ("持平", "0", '"持平"'),
    ],
)
def test_a_format_says_the_number_as_the_report_does(said, value, code):
    """Where the digits are the number's own they follow it; else the format is words alone."""
    assert number_format(Point(value, said, hedged=False)) == code


def test_libreoffice_draws_it_as_we_do(tmp_path):
    """Every figure stands on the page as text, with its hedge and the legend, and no picture does."""
    rows = frame(MIXED[:-1], base=["900", "850", "", "", "800", "790"])
    charts = {
        "bars": bar_chart(rows, **COMMON, base="base", legend=("本期", "上期")),
        "columns": column_chart(rows, **COMMON),
        "line": trend_chart(rows, **COMMON, base="base", legend=("本期", "上年同期")),
    }
    for kind, chart in charts.items():
        (tmp_path / f"{kind}.docx").write_bytes(documented(chart))
    made = office.all_converted([tmp_path / f"{kind}.docx" for kind in charts], "pdf", tmp_path)
    for kind, file in zip(charts, made, strict=True):
        with pdfplumber.open(file) as document:
            said = "".join("".join(page.extract_text().split()) for page in document.pages)
            assert not [image for page in document.pages for image in page.images], kind
        for one in stated(MIXED[:-1]):
            assert one is None or str(one) in said, (kind, str(one))
        assert kind == "columns" or "本期" in said
