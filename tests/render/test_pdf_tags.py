"""PDF/A-2a and PDF/UA-1: two independent validators, and what neither of them looks at."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pikepdf
import pytest
from rendered import article, opened, pdf
from validators import PROFILES, faults, respelt

from pipeline.errors import RenderError
from pipeline.render import render_pdf
from pipeline.render.typst import row_headers

STANDARD = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct P H1 H2 H3 H4 H5 H6 L LI Lbl LBody
    Table TR TH TD THead TBody TFoot Span Quote Note Reference Code Link Annot Figure Formula
"""  # ISO 32000-1, 14.8.4
NAMES = ["stitched", "stress", "foreign", "full"]


def elements(made: bytes) -> Iterator[tuple[pikepdf.Dictionary, pikepdf.Dictionary | None]]:
    """Every structure element with its parent element, in reading order."""
    root = opened(made).Root.StructTreeRoot

    def walk(kids, parent):
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid, parent
                yield from walk(kid.get("/K", pikepdf.Array()), kid)

    yield from walk(root.K, None)


def kinds(made: bytes) -> list[str]:
    """The kinds of all structure elements in reading order."""
    return [str(element.S)[1:] for element, _ in elements(made)]


def attribute(element: pikepdf.Dictionary, name: str):
    """An attribute of an element, whichever of its attribute objects holds it."""
    held = element.get("/A", pikepdf.Array())
    found = [one.get(name) for one in (held if isinstance(held, pikepdf.Array) else [held])]
    return next((value for value in found if value is not None), None)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", NAMES)
def test_page_validation_finds_nothing(name, profile):
    """The validator page-validation, which passes veraPDF's corpus, reports no failed rule."""
    validator = pytest.importorskip("page")

    report = validator.validate_pdf_bytes(respelt(pdf(name)), profile=getattr(validator.ValidationProfile, profile))

    print(f"{name}, {profile}: {report.rules.passed} of {report.rules.total} rules passed")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.rules.total > 100


@pytest.mark.parametrize("profile", PROFILES)
def test_both_validators_find_nothing_in_the_report(report, profile):
    """The report of the example workspace, as it was built, passes page-validation and pdf_oxide."""
    assert faults((report / "report.pdf").read_bytes(), profile) == []


def test_the_documents_of_the_report_are_small(report):
    """The built report takes less than 400 kB as a page and less than a megabyte as PDF and as Word document."""
    sizes = {name: (report / f"report.{name}").stat().st_size for name in ("html", "pdf", "docx")}
    print(sizes)
    assert sizes["html"] < 400_000
    assert max(sizes["pdf"], sizes["docx"]) < 1_000_000


def test_page_validation_would_find_a_fault():
    """The same validator does object once a picture's alternative text is taken away."""
    validator = pytest.importorskip("page")
    broken = respelt(re.sub(rb"/Alt<[0-9A-F]+>", lambda match: b" " * len(match[0]), pdf("stitched")))

    report = validator.validate_pdf_bytes(broken, profile=validator.ValidationProfile.PDF_UA_1)

    assert not report.is_compliant


@pytest.mark.parametrize("name", NAMES)
def test_pdf_oxide_finds_nothing(name):
    """The validator of pdf_oxide reports no error, for PDF/A-2a nor for PDF/UA."""
    document = pytest.importorskip("pdf_oxide").PdfDocument.from_bytes(pdf(name))
    for report in (document.validate_pdf_a("2a"), document.validate_pdf_ua()):
        assert report["errors"] == []
        assert report["valid"]


@pytest.mark.parametrize("name", NAMES)
def test_qpdf_finds_no_fault(name):
    """The file's structure, with the table of objects written anew, is sound."""
    assert opened(pdf(name)).check_pdf_syntax() == []


def test_identification_and_metadata():
    """The file says PDF/A-2a and PDF/UA-1, its title, author, language, and the signed day as its date."""
    file = opened(pdf("stitched"))
    said = file.open_metadata()

    assert (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) == ("2", "A", "1")
    assert said["dc:title"] == "2021年上半年政策法规科工作总结"
    assert said["dc:creator"] == ["某区行政审批服务局政策法规科"]
    assert said["xmp:CreateDate"] == "2021-06-30T00:00:00+00:00"
    assert file.Root.Lang == "zh-CN"
    assert file.Root.MarkInfo.Marked
    assert file.Root.ViewerPreferences.DisplayDocTitle


def test_every_role_is_a_standard_one():
    """Kinds of elements beyond ISO 32000-1 are mapped to ones of it."""
    known = set(STANDARD.split())
    for name in NAMES:
        mapped = {str(key)[1:]: str(value)[1:] for key, value in opened(pdf(name)).Root.StructTreeRoot.RoleMap.items()}
        assert {mapped.get(kind, kind) for kind in kinds(pdf(name))} <= known


def test_every_picture_and_formula_has_an_alternative_text():
    """Each Figure and each Formula says in words what it shows."""
    for name in ("stitched", "stress", "foreign"):
        drawn = [element for element, _ in elements(pdf(name)) if element.S in ("/Figure", "/Formula")]
        assert drawn
        assert all(str(element.get("/Alt", "")).strip() for element in drawn)


def test_alternative_text_of_a_chart_is_the_one_it_came_with():
    """What a chart says in words in the notebook is what the PDF says."""
    [figure] = [element for element, _ in elements(pdf("stitched")) if element.S == "/Figure"]
    assert str(figure.Alt) == "各类事项办结件数：柱形图"


def test_table_heads_have_their_scope():
    """Cells of the head are header cells of columns, the first cells of rows header cells of rows; the rest are data."""
    found = [
        (str(element.S)[1:], str(attribute(element, "/Scope")))
        for element, _ in elements(pdf("stitched"))
        if element.S in ("/TH", "/TD")
    ]
    assert found[:3] == [("TH", "/Column")] * 3
    assert found[3:] == [("TH", "/Row"), ("TD", "None"), ("TD", "None")] * 3


def test_a_record_set_down_the_page_has_heads_of_rows_alone():
    """Each field of a single record heads its own row, the first too: there are no columns to be headed."""
    made = article(
        '<figure class="table" id="t"><table class="record"><thead><tr><th scope="col">年度</th><th scope="col">2020年</th>'
        '</tr></thead><tbody><tr><th scope="row">受理数量</th><td class="number">30215</td></tr>'
        '<tr><th scope="row">许可数量</th><td class="number">29400</td></tr></tbody></table></figure>'
    )
    cells = [
        (str(element.S)[1:], str(attribute(element, "/Scope")))
        for element, _ in elements(made)
        if element.S in ("/TH", "/TD")
    ]
    assert cells == [("TH", "/Row"), ("TD", "None")] * 3


def test_spanning_heads_keep_their_spans():
    """A head over two columns and a cell over two rows are tagged as such, and the table stays valid."""
    validator = pytest.importorskip("page")
    made = article(
        '<table><thead><tr><th scope="col" rowspan="2">甲</th><th scope="colgroup" colspan="2">乙</th></tr>'
        '<tr><th scope="col">丙</th><th scope="col">丁</th></tr></thead>'
        '<tbody><tr><th scope="row" rowspan="2">戊</th><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>'
    )
    spans = [
        (int(attribute(e, "/RowSpan") or 1), int(attribute(e, "/ColSpan") or 1))
        for e, _ in elements(made)
        if e.S == "/TH"
    ]
    assert sorted(spans) == [(1, 1), (1, 1), (1, 2), (2, 1), (2, 1)]
    assert validator.is_pdf_compliant_bytes(respelt(made), profile=validator.ValidationProfile.PDF_UA_1)


def test_headings_go_down_one_level_at_a_time():
    """The first heading is of level 1 and none skips a level, whatever the notebook does (ISO 14289-1, 7.4.2)."""
    made = article('<h4 id="a">甲</h4><h2 id="b">乙</h2><h5 id="c">丙</h5><h3 id="d">丁</h3>')
    levels = [int(kind[1]) for kind in kinds(made) if re.fullmatch("H[1-6]", kind)]
    assert levels == [1, 1, 2, 2]
    for name in NAMES:
        levels = [0, *(int(kind[1]) for kind in kinds(pdf(name)) if re.fullmatch("H[1-6]", kind))]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_outline_follows_the_headings():
    """The bookmarks are the headings, nested as they are."""
    with opened(pdf("stitched")).open_outline() as outline:
        shown = [
            (one.title, [(two.title, [three.title for three in two.children]) for two in one.children])
            for one in outline.root
        ]
    assert shown == [
        ("一、改革创新", [("（一）推进“一件事”改革", ["1.优化流程"])]),
        ("二、清单梳理", []),
    ]


def test_reading_order_is_the_order_of_the_text():
    """Elements come in the order of the body: text, table, chart, next section, signature."""
    order = [kind for kind in kinds(pdf("stitched")) if kind in ("H1", "H2", "H3", "H4", "Table", "Figure", "L")]
    assert order == ["H1", "H2", "Table", "H3", "H4", "Figure", "H1", "L"]


def test_no_content_is_untagged():
    """Whatever a page draws stands inside marked content: tagged, or an artifact."""
    for name in NAMES:
        for page in opened(pdf(name)).pages:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
                if str(operator) in ("Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"):
                    assert depth > 0, (name, str(operator), operands)


def test_every_font_is_embedded():
    """No font is left to the reader's machine."""
    for name in NAMES:
        descriptors = [
            thing
            for thing in opened(pdf(name)).objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        assert all(any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3")) for one in descriptors)


def test_file_is_small():
    """Neither a report nor the document under stress takes a megabyte."""
    for name in NAMES:
        print(f"{name}: {len(pdf(name)) / 1000:.0f} kB")
        assert len(pdf(name)) < 1_000_000


def test_two_builds_are_identical():
    """The same body gives the same bytes."""
    import stitched

    from pipeline.render import render_pdf, semantic_body

    notebook = stitched.stress()
    again = render_pdf(semantic_body(notebook), notebook.metadata["halfyear"])
    assert again == pdf("stress")


def test_no_clock_and_no_path_in_the_file(monkeypatch):
    """An unsigned report bears its period's last day; another notebook SOURCE_DATE_EPOCH; no folder of the machine."""
    from pipeline.render import render_pdf

    body = '<article class="report" lang="zh-CN"><p>正文。</p></article>'
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert b"/CreationDate(D:20211231" in render_pdf(body, {"period": "2021H2", "signed": ""})
    assert b"/CreationDate(D:19700101" in render_pdf(body, {})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert b"/CreationDate(D:20231114" in render_pdf(body, {})
    assert b"/tmp/" not in pdf("stitched")


def test_row_headers_are_never_lost_in_silence(monkeypatch):
    """Where Typst would write tables in a way that no row header is found in, there is an error and no PDF."""
    body = '<article lang="zh-CN"><table><tbody><tr><th scope="row">甲</th><td>1</td></tr></tbody></table></article>'
    monkeypatch.setattr(row_headers, "_is_marked", lambda *cell: False)
    with pytest.raises(RenderError, match=r"lost the headers of their rows.*requirements\.lock"):
        render_pdf(body, {"title": "题"})


def test_words_that_look_like_the_mark_of_a_row_header_are_words():
    """A notebook that speaks of row-head( is set like any other."""
    assert render_pdf('<article lang="zh-CN"><p><code>row-head([x])</code></p></article>', {"title": "题"})
