"""What a chart in a Word document says, and that none is read which is larger than any report's."""

import io
import zipfile

import pytest
from lxml import etree

from pipeline.document import word_charts
from pipeline.document.word_charts import WordChart, chart_in, charts_of

KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = '<r xmlns="x"><Relationship Id="rId7" Type="{0}/{1}" Target="{2}"/></r>'
POINTS = '<c:{0}><c:pt idx="0"><c:v>{1}</c:v></c:pt><c:pt idx="1"><c:v>{2}</c:v></c:pt></c:{0}>'
NAME = "<c:tx><c:pt idx='0'><c:v>办件量</c:v></c:pt></c:tx>"
CHART = (
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:ser>'
    + NAME + POINTS.format("cat", "一业一证", "一链办理") + POINTS.format("val", "322", "190.0") + "</c:ser></c:chart>"
)  # fmt: skip
FILES = {
    "relations": "word/_rels/document.xml.rels",
    "chart": "word/charts/chart1.xml",
    "workbook": "word/embeddings/chart1.xlsx",
}


def packed(files, compression=zipfile.ZIP_STORED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return made.getvalue()


def sheet(*numbers):
    """A sheet of a column of names and one of numbers, which takes more room than all else."""
    cells = [
        f'<c r="A{row}" t="s"><v>0</v></c><c r="B{row}"><v>{number}</v></c>' for row, number in enumerate(numbers, 2)
    ]
    return f'<s xmlns="y">{"".join(cells)}<!--{" " * 2_000}--></s>'


def document(*numbers, **other):
    """The package of a document with a chart of two points, whose workbook has these numbers."""
    files = {
        "word/_rels/document.xml.rels": RELATION.format(KINDS, "chart", "charts/chart1.xml"),
        "word/charts/chart1.xml": CHART,
        "word/charts/_rels/chart1.xml.rels": RELATION.format(KINDS, "package", "../embeddings/chart1.xlsx"),
        "word/embeddings/chart1.xlsx": packed({"xl/worksheets/sheet1.xml": sheet(*numbers)}, zipfile.ZIP_DEFLATED),
    }
    return zipfile.ZipFile(io.BytesIO(packed({**files, **{FILES[name]: data for name, data in other.items()}})))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (("322", "190"), ("322", "190")),
        (("323", "190"), ("322≠323", "190")),
        (("322",), ("322", "190")),
        ((), ("322", "190")),
    ],
)
def test_a_chart_says_its_numbers_place_by_place(numbers, said):
    """Where its workbook has another number both are said; a workbook of another length says nothing of it."""
    assert charts_of(document(*numbers)) == {"rId7": WordChart(f"办件量：一业一证{said[0]}；一链办理{said[1]}", said)}


def test_what_is_damaged_says_nothing_of_a_chart():
    """A workbook that is none leaves the chart's own numbers; a document without charts has none."""
    assert charts_of(document(workbook=b"PK")) == charts_of(document("322", "190"))
    assert charts_of(zipfile.ZipFile(io.BytesIO(packed({"word/document.xml": "<d/>"})))) == {}


def test_a_sheet_that_is_too_large_is_not_read(monkeypatch):
    """Numbers are taken of a sheet that is smaller than the limit, and of none that reaches it."""
    size = len(sheet("323", "190").encode())
    for limit, first in ((size + 1, "322≠323"), (size, "322")):
        monkeypatch.setattr(word_charts, "_LARGEST", limit)
        assert charts_of(document("323", "190"))["rId7"].points[0] == first


@pytest.mark.parametrize("part", ["relations", "chart"])
def test_a_part_that_is_too_large_is_not_read(monkeypatch, part):
    """Nor is a chart, nor what says where charts are."""
    package = document("322", "190", **{part: {"relations": RELATION.format(KINDS, "chart", "charts/chart1.xml"), "chart": CHART}[part] + " " * 5_000})  # fmt: skip
    size = package.getinfo(FILES[part]).file_size
    for limit, read in ((size + 1, True), (size, False)):
        monkeypatch.setattr(word_charts, "_LARGEST", limit)
        assert bool(charts_of(package)) is read


def test_a_drawing_leads_to_its_chart():
    """By the relationship that it names; a picture leads to none."""
    shown = f'<d xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{KINDS}"><c:chart r:id="rId7"/></d>'
    assert (chart_in(etree.fromstring(shown)), chart_in(etree.fromstring("<d/>"))) == ("rId7", "")
