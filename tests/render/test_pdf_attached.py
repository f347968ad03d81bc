"""What stands around the text: attachments, and 版头 and 版记 where they are asked for."""

from __future__ import annotations

import re

import lxml.html
import pytest
import stitched
from rendered import MM, PITCH, SIZE, article, lines, pages, pdf

from pipeline.render import render_pdf, semantic_body

LETTERHEAD = {"issuer": "某区行政审批服务局文件", "number": "某审〔2021〕5号"}
COLOPHON = {"copied": "区委办公室，" * 8 + "区司法局", "printer": "某区行政审批服务局办公室", "date": "2021年6月30日"}


def attached(*titles: str):
    """A report with one attachment a title."""
    notebook = stitched.stitched()
    for number, title in enumerate(titles, 3):
        head = stitched._markdown(f"a{number}", stitched.heading(2, number, title))
        head.metadata["tags"] = ["attachment"]
        notebook.cells[-1:-1] = [head, stitched._markdown(f"a{number}", f"{title}的正文。")]
    return notebook


def made(*titles: str, **more) -> bytes:
    """Its PDF."""
    notebook = attached(*titles)
    return render_pdf(semantic_body(notebook), {**notebook.metadata["halfyear"], **more})


def test_attachments_come_after_the_signature_and_are_named_before_it():
    """In the body, the list of attachments stands before the signature, each attachment after it, in order."""
    body = lxml.html.fragment_fromstring(semantic_body(attached("明细", "目录")))
    tail = [(element.tag, element.get("class")) for element in body][-4:]
    assert tail == [("p", "attachments"), ("footer", "signature"), ("section", "attachment"), ("section", "attachment")]
    assert body.find("p[@class='attachments']").text_content() == "附件：1.明细2.目录"
    assert [mark.text for mark in body.find_class("attachment-mark")] == ["附件1", "附件2"]
    assert [heading.text_content() for heading in body.xpath("section[@class='attachment']/h2")] == ["明细", "目录"]


def test_single_attachment_has_no_number():
    """One attachment is called 附件 alone (7.3.4)."""
    body = lxml.html.fragment_fromstring(semantic_body(attached("明细")))
    assert body.find("p[@class='attachments']").text_content() == "附件：明细"
    assert body.find_class("attachment-mark")[0].text == "附件"


def test_attachment_begins_a_page():
    """附件1 stands on the first line, flush left, in the sans face; the title in the middle of the third (7.3.7)."""
    document = made("办件明细", "文件目录")
    found = [page for page in pages(document) if re.search(r"^附件\d", page.extract_text())]
    assert len(found) == 2
    for page in found:
        baseline, text, mark = lines(page)[0]
        assert re.fullmatch(r"附件\d", text)
        assert "Sans" in mark[0]["fontname"]
        assert mark[0]["x0"] == pytest.approx(28 * MM, abs=0.5)
        assert baseline == pytest.approx(37 * MM + 0.38 * SIZE + PITCH / 2, abs=0.2)
        title = [c for c in page.chars if abs(c["size"] - 22) < 0.1]
        assert (title[0]["x0"] + title[-1]["x1"]) / 2 == pytest.approx(106 * MM, abs=1)
        assert 2 * PITCH < float(page.height) - title[0]["matrix"][5] - 37 * MM < 4 * PITCH


def test_list_of_attachments_stands_one_line_under_the_text():
    """附件： begins two characters in, one line below the text, its titles under each other (7.3.4)."""
    document = made("办件明细", "文件目录")
    rows = [(baseline, text, line) for page in pages(document) for baseline, text, line in lines(page)]
    at = next(index for index, (_, text, _) in enumerate(rows) if text.startswith("附件："))
    (first, _, line), (second, text, below) = rows[at], rows[at + 1]
    assert line[0]["x0"] == pytest.approx(28 * MM + 2 * SIZE, abs=0.5)
    assert second - first == pytest.approx(PITCH, abs=0.2)
    assert text == "2.文件目录"
    assert below[0]["x0"] == pytest.approx(line[3]["x0"], abs=0.5)


def test_report_has_neither_head_nor_colophon_unless_asked():
    """Nothing is red and nothing says 印发 in an ordinary report."""
    for page in pages(pdf("stitched")):
        assert "印发" not in page.extract_text()
        assert {c["non_stroking_color"] for c in page.chars if c["text"] != " "} <= {(0,), (0.0,), (0, 0, 0), 0}


def test_letterhead():
    """The issuer stands in red 35 mm below the upper edge of the type area, a red line as wide as it under the number (7.2)."""
    page = pages(made(letterhead=LETTERHEAD))[0]
    red = [c for c in page.chars if c["text"] in LETTERHEAD["issuer"] and c["size"] > 30]
    assert "".join(c["text"] for c in red) == LETTERHEAD["issuer"]
    [rule] = [line for line in page.lines if line["x1"] - line["x0"] > 150 * MM and line["top"] < 400]
    assert (rule["x1"] - rule["x0"]) / MM == pytest.approx(156, abs=0.5)
    number = next(line for _, text, line in lines(page) if text == LETTERHEAD["number"])
    assert (number[0]["x0"] + number[-1]["x1"]) / 2 == pytest.approx(106 * MM, abs=1)

    import pypdfium2

    picture = pypdfium2.PdfDocument(made(letterhead=LETTERHEAD))[0].render(scale=4).to_pil().convert("L")
    top = picture.point(lambda value: 255 * (value < 200)).getbbox()[1] / 4 / MM
    print(f"upper edge of the issuer: expected {37 + 35} mm, measured {top:.2f} mm")
    assert top == pytest.approx(37 + 35, abs=0.5)


def test_letterhead_with_a_signer():
    """With 签发人 the number stands one character from the left edge and the name one from the right (7.2.6)."""
    page = pages(made(letterhead={**LETTERHEAD, "signer": "王某某"}))[0]
    line = next(line for _, text, line in lines(page) if "签发人：" in text)
    assert "".join(character["text"] for character in line).replace(" ", "") == LETTERHEAD["number"] + "签发人：王某某"
    assert line[0]["x0"] == pytest.approx(28 * MM + SIZE, abs=0.5)
    assert line[-1]["x1"] == pytest.approx((210 - 26) * MM - SIZE, abs=0.5)


def test_recipients_stand_flush_left_under_the_title():
    """主送机关 begin at the left edge, lines that go on as well (7.3.2); the paragraph after them is indented."""
    long = "、".join(["区委办公室"] * 8) + "："
    page = pages(article(f'<p class="recipients">{long}</p><p>正文。</p>'))[0]
    first, second, text = [line for _, words, line in lines(page) if words != "工作总结"]
    assert first[0]["x0"] == second[0]["x0"] == pytest.approx(28 * MM, abs=0.5)
    assert text[0]["x0"] == pytest.approx(28 * MM + 2 * SIZE, abs=0.5)


def test_contents_stand_before_the_text():
    """目录 names the headings of two levels, each with the page it is on and a link to it, on pages of its own."""
    document = made("办件明细", contents=True)
    first, *others = [page.extract_text() for page in pages(document)]
    assert first.startswith("目录")
    listed = re.findall(r"^(\S+?) ?\.{5,} ?(\d+)$", first, re.MULTILINE)
    assert listed[0][0].startswith("一、")
    for heading, number in listed:
        assert heading in others[int(number) - 2].replace(" ", ""), heading
    assert len(pages(document)[0].annots) >= len(listed)


def test_colophon_stands_at_the_foot_of_the_last_page():
    """Its last line is the lower edge of the type area; who is copied to stands over who printed it (7.4)."""
    document = made("办件明细", colophon=COLOPHON)
    last = pages(document)[-1]
    text = last.extract_text()
    assert text.index("抄送：") < text.index("某区行政审批服务局办公室") < text.index("印发")
    rules = sorted((line["top"], line["linewidth"]) for line in last.lines if line["x1"] - line["x0"] > 150 * MM)
    assert [round(width / MM, 2) for _, width in rules] == [0.35, 0.25, 0.35]
    assert rules[-1][0] / MM == pytest.approx(297 - 35, abs=0.5)


@pytest.mark.parametrize("count", [1, 12, 16, 19, 30, 36, 41])
def test_colophon_stands_on_an_even_page(count):
    """However long the text is, 版记 is on the last page, and that is an even one: the back of a sheet (7.4)."""
    body = f'<article class="report" lang="zh-CN"><header class="front"><h1>总结</h1></header>{"<p>一行。</p>" * count}</article>'
    document = render_pdf(body, {"colophon": COLOPHON})
    [*_, last] = pages(document)
    assert last.page_number % 2 == 0
    assert [page.page_number for page in pages(document) if "印发" in page.extract_text()] == [last.page_number]
    numbered = [page.page_number for page in pages(document) if f"— {page.page_number} —" in page.extract_text()]
    assert numbered == list(range(1, 3 if len(pages(document)) == 4 else len(pages(document)) + 1))  # 7.5


def test_framed_report_is_still_archival_and_accessible():
    """With attachments, head and colophon the file passes the validator as before."""
    validator = pytest.importorskip("page")
    from test_pdf_tags import respelt

    document = respelt(
        made("办件明细", "文件目录", letterhead={**LETTERHEAD, "signer": "王某某"}, colophon=COLOPHON, contents=True)
    )
    for profile in ("PDF_A_2A", "PDF_UA_1"):
        report = validator.validate_pdf_bytes(document, profile=getattr(validator.ValidationProfile, profile))
        assert [failure.message for failure in report.failures] == []


def test_attachment_without_a_heading():
    """An attachment that begins with a table has its mark and no title."""
    assert (
        "附件"
        in pages(
            article('<section class="attachment" id="a"><p class="attachment-mark">附件</p><p>表。</p></section>')
        )[-1].extract_text()
    )
