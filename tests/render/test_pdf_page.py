"""The page of GB/T 9704-2012, measured in the finished PDF."""

from __future__ import annotations

import itertools

import pypdfium2
import pytest
from rendered import FILLER, MM, PITCH, SIZE, article, lines, pages, pdf


def told(what: str, expected: float, measured: float, within: float, unit: str) -> None:
    """Print both, as the record of a measurement, and hold them together."""
    print(f"{what}: expected {expected:.2f} {unit}, measured {measured:.2f} {unit}")
    assert measured == pytest.approx(expected, abs=within), what


def ink(made: bytes, number: int, left: float, top: float, right: float, bottom: float) -> list[float]:
    """The box of what is dark between these millimetres of a page: left, top, right, bottom."""
    scale = 12.0
    picture = pypdfium2.PdfDocument(made)[number].render(scale=scale).to_pil().convert("L")
    factor = MM * scale
    part = picture.crop(tuple(int(edge * factor) for edge in (left, top, right, bottom)))
    box = part.point(lambda value: 255 if value < 128 else 0).getbbox()
    return [edge / factor + start for edge, start in zip(box, (left, top, left, top), strict=True)]


def test_sheet_is_a4():
    """Every page is 210 mm by 297 mm (5.1)."""
    for page in pages(pdf("full")):
        told("width", 210, float(page.width) / MM, 0.1, "mm")
        told("height", 297, float(page.height) / MM, 0.1, "mm")


def test_margins():
    """The type area begins 28 mm from the left and 37 mm from the top and ends 26 mm and 35 mm from the other edges."""
    page = pages(pdf("full"))[1]
    rows = lines(page)
    full = [line for _, _, line in rows[:-1]]

    told("left margin", 28, min(c["x0"] for line in full for c in line) / MM, 0.5, "mm")
    told("right margin", 26, (float(page.width) - max(c["x1"] for line in full for c in line)) / MM, 0.5, "mm")
    half = PITCH / 2
    middle_of_em = 0.38 * SIZE  # an em square reaches from 0.88 above the baseline to 0.12 below it
    told("top margin", 37, (rows[0][0] - middle_of_em - half) / MM, 0.5, "mm")
    told("bottom margin", 35, 297 - (rows[-1][0] - middle_of_em + half) / MM, 0.5, "mm")


def test_full_line_has_28_characters():
    """A line of Han text has 28 characters from edge to edge (5.2.3)."""
    rows = lines(pages(pdf("full"))[1])
    assert [len(text) for _, text, _ in rows] == [28] * 22
    for _, _, line in rows:
        told("line", 156, (line[-1]["x1"] - line[0]["x0"]) / MM, 0.5, "mm")


def test_full_page_has_22_lines():
    """A page of text has 22 lines (5.2.3), 28.99 pt apart."""
    rows = lines(pages(pdf("full"))[1])
    print(f"lines: expected 22, measured {len(rows)}")
    assert len(rows) == 22
    for (above, _, _), (below, _, _) in itertools.pairwise(rows):
        told("pitch", 28.99, below - above, 0.1, "pt")


def test_page_is_filled_wherever_paragraphs_end():
    """A page has its 22 lines even where it ends after the first line of a paragraph or before the last (5.2.3)."""
    made = article("".join(f"<p>{FILLER[:70]}</p>" for _ in range(30)))
    for page in pages(made)[1:-1]:
        assert len(lines(page)) == 22


def test_sizes():
    """The text is set in 15.79 pt, the title in 22 pt, the page number in 14 pt."""
    page = pages(pdf("full"))[0]
    title = next(c for c in page.chars if c["text"] == "策")
    number = next(c for c in reversed(page.chars) if c["text"] == "—")
    told("title", 22, title["size"], 0.1, "pt")
    told("text", 15.79, lines(page)[0][2][0]["size"], 0.1, "pt")
    told("page number", 14, number["size"], 0.1, "pt")


def test_title_stands_in_the_middle():
    """The title is centred in the type area (7.3.1)."""
    page = pages(pdf("full"))[0]
    title = [c for c in page.chars if abs(c["size"] - 22) < 0.1]
    told("centre", 28 + 78, (title[0]["x0"] + title[-1]["x1"]) / 2 / MM, 0.5, "mm")


@pytest.mark.parametrize("index", [0, 1])
def test_page_number(index):
    """— 1 — stands 7 mm below the type area, one character in from the right on odd pages, from the left on even ones (7.5)."""
    page = pages(pdf("full"))[index]
    number = [c for c in page.chars if abs(c["size"] - 14) < 0.1]
    assert "".join(c["text"] for c in number) == f"— {index + 1} —"

    dash = number[0]
    middle = (dash["x0"] / MM, dash["x1"] / MM)
    box = ink(pdf("full"), index, middle[0], 297 - 35, middle[1], 297 - 20)
    told("upper edge of the dash", 297 - 35 + 7, box[1], 0.5, "mm")
    if index == 0:
        told("right end", 210 - 26 - 14 / MM, number[-1]["x1"] / MM, 0.5, "mm")
    else:
        told("left end", 28 + 14 / MM, number[0]["x0"] / MM, 0.5, "mm")


def test_paragraph_is_indented_by_two_characters():
    """A paragraph's first line begins two characters in (7.3.3)."""
    first = lines(pages(article("<p>今年以来各项工作取得新的进展。</p>"))[0])[0][2][0]
    told("indent", 28 + 2 * SIZE / MM, first["x0"] / MM, 0.2, "mm")


def test_levels_have_their_faces():
    """Level 一 is set in the sans face, the text in the serif one (7.3.3), all in the same size."""
    made = article('<h2 id="a">一、改革创新</h2><p>正文。</p><h4 id="b">1.优化流程</h4><p>正文。</p>')
    faces = {text: (line[0]["fontname"], line[0]["size"]) for _, text, line in lines(pages(made)[0])}
    assert "Sans" in faces["一、改革创新"][0]
    assert "Serif" in faces["1.优化流程"][0]
    assert {round(size, 1) for _, size in faces.values()} == {15.8}


def test_text_returns_to_the_grid():
    """After every table, figure and formula the next line of text stands where a line of the grid stands."""
    count = 0
    for page in pages(pdf("stress")):
        if page.width > page.height:
            continue
        for baseline, text, _ in lines(page):
            if len(text) < 6 or not "\u4e00" <= text[0] <= "\u9fff":
                continue  # a piece of a formula
            count += 1
            place = (baseline - 37 * MM - 0.38 * SIZE - PITCH / 2) / PITCH
            assert place == pytest.approx(round(place), abs=0.1 / PITCH), f"{text} on page {page.page_number}"
    assert count >= 70


def test_raised_and_lowered_characters_take_the_line_of_any_other():
    """A line with superscripts and subscripts is as high as one without, and so is one of nothing else: it covers no other."""
    raised, lowered = '<sup class="footnote-ref"><a href="#n">1</a></sup>', "<sub>2</sub>"
    texts = [
        "甲甲甲",
        raised,
        f"乙乙乙{raised}{lowered}",
        "丙丙丙",
        lowered,
        f"<strong>丁丁丁{raised}</strong>",
        "戊戊戊",
    ]
    note = '<section class="footnotes"><ol><li id="n">注<sup>3</sup></li></ol></section>'
    made = article("".join(f"<p>{text}</p>" for text in texts) + note)
    first, *others = [baseline for baseline, text, _ in lines(pages(made)[0]) if text[:1] in "甲乙丙丁戊"]
    assert [(each - first) / PITCH for each in others] == pytest.approx([2, 3, 5, 6], abs=0.1 / PITCH)


def test_signature_without_seal():
    """The date begins two characters right of the name, which ends two characters from the edge (7.3.5.2)."""
    made = article(
        '<p>正文。</p><footer class="signature"><p class="signer">某区行政审批服务局政策法规科</p><p class="date">2021年6月30日</p></footer>'
    )
    rows = lines(pages(made)[0])
    (body, _, _), (_, name_text, name), (_, date_text, date) = rows
    assert (name_text, date_text) == ("某区行政审批服务局政策法规科", "2021年6月30日")
    told("one line free", 2 * PITCH, rows[1][0] - body, 0.1, "pt")
    told("name's right end", 210 - 26 - 2 * SIZE / MM, name[-1]["x1"] / MM, 0.2, "mm")
    told("date's beginning", name[0]["x0"] / MM + 2 * SIZE / MM, date[0]["x0"] / MM, 0.2, "mm")


def test_long_date_ends_two_characters_from_the_edge():
    """Where the date is longer than the name, it ends two characters from the edge and the name moves (7.3.5.2)."""
    made = article(
        '<p>正文。</p><footer class="signature"><p class="signer">法规科</p><p class="date">2021年6月30日</p></footer>'
    )
    _, (_, _, name), (_, _, date) = lines(pages(made)[0])
    told("date's right end", 210 - 26 - 2 * SIZE / MM, date[-1]["x1"] / MM, 0.2, "mm")
    told("date's beginning", name[0]["x0"] / MM + 2 * SIZE / MM, date[0]["x0"] / MM, 0.2, "mm")


def test_draft_is_marked_on_every_page():
    """A draft says 草稿 in the head of each page; a finished report nowhere."""
    import stitched

    from pipeline.render import render_pdf, semantic_body

    notebook = stitched.stitched(draft=True)
    draft = pages(render_pdf(semantic_body(notebook), notebook.metadata["halfyear"]))
    assert all("草稿" in page.extract_text() for page in draft)
    assert not any("草稿" in page.extract_text() for page in pages(pdf("stitched")))
