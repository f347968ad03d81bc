"""Where lines and pages break: GB/T 15834 for lines; no heading, caption or signature left alone; no row split."""

from __future__ import annotations

import itertools
import re

import pypdfium2
import pytest
from rendered import MM, PITCH, SIZE, all_lines, article, lines, pages, pdf

FORBIDDEN_FIRST = "，。、；：？！）》〉〕】”’…—％%・·"  # GB/T 15834-2011, 5.1: never at the head of a line
FORBIDDEN_LAST = "（《〈〔【“‘"
SENTENCE = "根据《安全生产法》《行政许可法》等规定（某政办发〔2021〕15号），要求“应公开、尽公开”……办理3.4万件、10万余次，占99.8%；"
FULL_LINE = "坚持以人民为中心的发展思想持续深化改革优化营商环境推动工作取"  # 28 characters


def filler(count: int) -> str:
    """``count`` lines of text."""
    return "".join("<p>一行。</p>" for _ in range(count))


def table(rows: int, *, caption: str = "表1 办理情况", columns: int = 3) -> str:
    """A table of ``rows`` rows whose first cells say their number."""
    head = "".join(f'<th scope="col">甲{column}</th>' for column in range(columns))
    body = "".join(
        f'<tr><th scope="row">第{row}行</th>' + f'<td class="number">{row}</td>' * (columns - 1) + "</tr>"
        for row in range(rows)
    )
    return (
        f'<figure class="table" id="t1"><figcaption><span class="number">{caption}</span></figcaption>'
        f'<p class="unit">单位：件</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></figure>'
    )


def texts(made: bytes) -> list[str]:
    """The text of each page's type area, blanks removed."""
    found = []
    for page in pages(made):
        upright = page.width < page.height
        area = (0, 0, page.width, (297 - 34) * MM) if upright else (34 * MM, 0, page.width, page.height)
        found.append(re.sub(r"[ \t]", "", page.crop(area).extract_text()))
    return found


@pytest.mark.parametrize("shift", range(0, 28, 3))
def test_no_punctuation_begins_a_line_and_no_opening_bracket_ends_one(shift):
    """Closing marks never stand at the head of a line nor opening ones at its end, wherever the text happens to break."""
    made = article(f"<p>{'某' * shift}{SENTENCE * 3}</p>")
    rows = list(all_lines(made))[0:]
    body = rows[1:] if rows[0] == "工作总结" else rows
    assert len(body) > 4
    for row in body[1:]:
        assert row[0] not in FORBIDDEN_FIRST, row
    for row in body[:-1]:
        assert row[-1] not in FORBIDDEN_LAST, row


@pytest.mark.parametrize("shift", range(0, 12, 2))
def test_number_stays_with_its_unit(shift):
    """No line breaks inside a number, between number and unit, or between a date's parts and their words."""
    facts = '<data class="fact" value="322">322</data>件<data class="fact" value="10">10余</data>次2021年6月30日12.5%、15个百分点、3.4万件'
    made = article(f"<p>{'某' * shift}{facts * 6}</p>")
    body = list(all_lines(made))
    for above, below in itertools.pairwise(body):
        cut = above[-4:] + "|" + below[:4]
        assert not re.search(r"[\d.%余]\|[\d.%件次年月日个余万]", cut), cut
        assert not re.search(r"万\|件|百分\|点|个\|百", cut), cut


@pytest.mark.parametrize("shift", range(0, 14, 2))
def test_no_punctuation_begins_a_line_after_a_figure(shift):
    """Nor do closing marks behind a figure and its unit, be it a fact, a stressed one or words, or a link to a table."""
    fact = '<data class="fact" value="322">322</data>件'
    figures = (
        f'{fact}；办结{fact}：许可9家——备案<strong>{fact}</strong>；见<a class="ref" href="#t1">表1</a>：其余12次……'
    )
    made = article(f"<p>{'某' * shift}{figures * 5}</p>" + table(2))
    body = [row for row in all_lines(made) if row != "工作总结"]
    assert len(body) > 5
    assert [row for row in body if row[0] in FORBIDDEN_FIRST] == []


@pytest.mark.parametrize("mark", ["；", "：", "，", "。", "、"])
def test_a_mark_behind_a_figure_is_as_wide_as_any_other(mark):
    """Whatever keeps a mark with the figure before it, what follows stands one character's width from where the mark begins."""
    [page, *_] = pages(article(f"<p>共<data>1件</data>{mark}另有7件{mark}其余不计</p>"))
    [chars] = [chars for _, text, chars in lines(page) if "另有" in text]
    marks = [place for place, char in enumerate(chars) if char["text"] == mark]
    gaps = [chars[place + 1]["x0"] - chars[place]["x0"] for place in marks]
    assert len(gaps) == 2
    assert gaps == pytest.approx([SIZE, SIZE], abs=SIZE / 3)


def test_full_text_survives_in_reading_order():
    """What the body says can be copied out of the PDF unchanged, numbers kept together included."""
    made = article(f"<p>{SENTENCE}</p>")
    assert SENTENCE in "".join(all_lines(made))


@pytest.mark.parametrize("count", range(16, 21))
def test_no_heading_alone_at_the_foot_of_a_page(count):
    """Wherever a page ends, a heading has text after it on the same page."""
    made = article(
        filler(count) + '<h2 id="a">一、改革创新</h2><h3 id="b">（一）总体情况</h3><p>正文开始。</p>' + filler(3)
    )
    shown = texts(made)
    page = next(text for text in shown if "改革创新" in text)
    assert "总体情况" in page
    assert "正文开始" in page


@pytest.mark.parametrize("count", range(15, 21))
@pytest.mark.parametrize("rows", [3, 30])
def test_caption_stays_with_its_table(count, rows):
    """A table's caption and unit stand on the page where its head and first row stand."""
    shown = texts(article(filler(count) + table(rows)))
    page = next(text for text in shown if "表1办理情况" in text)
    for part in ("单位：件", "甲0", "第0行"):
        assert part in page


@pytest.mark.parametrize("count", range(15, 21))
def test_heading_stays_with_the_table_after_it(count):
    """A heading directly before a table stands on the page where the table begins."""
    shown = texts(article(filler(count) + '<h2 id="a">一、改革创新</h2>' + table(30)))
    page = next(text for text in shown if "改革创新" in text)
    assert "第0行" in page


def test_a_number_kept_with_its_unit_leaves_no_gaps():
    """The line before 1000余份 is not drawn apart: other lines and punctuation give way (GB/T 15834-2011, 5.1.10)."""
    text = "其中，优化营商环境法治宣传活动联合市场监管局在槐荫区和谐广场一层举办，接待群众200余人次，发放宣传品1000余份，济南日报报道。"
    for _, words, line in [row for page in pages(article(f"<p>{text}</p>")) for row in lines(page)][:-1]:
        apart = max(after["x0"] - before["x1"] for before, after in itertools.pairwise(line))
        print(f"{words}: widest gap {apart / SIZE:.2f} of a character")
        assert apart < 0.1 * SIZE


def test_short_table_stays_whole():
    """A table of a few rows is not divided between pages."""
    for count in range(13, 20, 2):
        shown = texts(article(filler(count) + table(4)))
        assert any("第0行" in text and "第3行" in text for text in shown), count


def test_head_is_repeated_on_every_page_of_a_long_table():
    """Each page that shows rows of a long table shows its head."""
    shown = [text for text in texts(pdf("stress")) if re.search(r"第\d+项审批服务事项名称", text)]
    assert len(shown) > 8
    assert all("事项" in text.split("第")[0] or "占比" in text for text in shown)


def test_no_row_is_split():
    """All lines of a row stand on one page, whatever room is left on it."""
    long = "办理优化营商环境法治宣传活动并向企业和群众发放宣传资料" * 2
    rows = "".join(f'<tr><th scope="row">起{row}行{long}终{row}行</th><td>短</td></tr>' for row in range(45))
    body = f'<figure class="table" id="t"><table><thead><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead><tbody>{rows}</tbody></table></figure>'
    for count in (0, 1, 2, 3):
        shown = [text.replace("\n", "") for text in texts(article(filler(count) + body))]
        assert len(shown) > 2
        for row in range(45):
            assert any(f"起{row}行" in text and f"终{row}行" in text for text in shown), row


def two_line_rows(rows: int, name: str = "1") -> str:
    """A table of ``rows`` rows whose middle cell takes two lines, with a note under it."""
    head = "".join(f'<th scope="col">{word}</th>' for word in ("事项", "内容", "数量"))
    words = "办理优化营商环境法治宣传活动并向企业和群众发放宣传资料" * 2
    body = "".join(
        f'<tr><th scope="row">第{row}行</th><td>{words}</td><td class="number">{row}</td></tr>' for row in range(rows)
    )
    return (
        f'<figure class="table" id="two{name}"><figcaption><span class="number">表{name}</span> 办理情况</figcaption>'
        f'<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p class="note">注：示例。</p></figure>'
    )


def off_grid(made: bytes) -> list[tuple[int, str]]:
    """The lines of text that do not stand where a line of the page's grid stands, with their pages."""
    places = [
        (page.page_number, text, (baseline - 37 * MM - 0.38 * SIZE - PITCH / 2) / PITCH)
        for page in pages(made)
        for baseline, text, _ in lines(page)
    ]
    return [(number, text) for number, text, place in places if abs(place - round(place)) > 0.02]


@pytest.mark.parametrize("count", range(0, 20, 4))
def test_forty_rows_of_two_lines_take_three_pages(count):
    """Rows are as high as their lines: forty of two lines take three pages, and the text goes on on the grid."""
    made = article(filler(count) + '<div class="break-before"><p>一行。</p></div>' + two_line_rows(40) + filler(9))
    shown = [len(re.findall(r"第\d+行", text)) for text in texts(made)]
    assert shown[:4] == [0, 14, 14, 12]
    assert off_grid(made) == []


def test_text_stands_on_the_grid_after_many_long_tables():
    """However many tables pages divide, and wherever they do, the text after each is back on the grid."""
    tables = "".join(two_line_rows(11 + 5 * number, f"{number}") + filler(3 + number % 4) for number in range(8))
    made = article(filler(5) + tables)
    assert len(pages(made)) > 15
    assert off_grid(made) == []


GROUPED = "".join(
    "<tr>"
    + '<td rowspan="4">一组</td>' * (row % 4 == 0)
    + f"<td>{FULL_LINE * (1 + row % 3)}</td><td>第{row}行</td></tr>"
    for row in range(20)
)
TALL = "".join(f"<tr><td>第{row}行</td><td>{FULL_LINE * (1 if row % 5 else 26)}</td></tr>" for row in range(12))
NOTED = f'<p>{FULL_LINE * 2}<sup class="footnote-ref"><a href="#n">1</a></sup></p>'
NOTE = f'<section class="footnotes"><ol><li id="n"><p>{FULL_LINE * 4}</p></li></ol></section>'


@pytest.mark.parametrize(
    "body",
    [f"<table>{GROUPED}</table>", f"<table>{TALL}</table>", NOTED + two_line_rows(15)],
    ids=["cells over rows", "rows over pages", "footnotes"],
)
def test_text_stands_on_the_grid_after_any_table(body):
    """So it does where cells go over several rows, rows over several pages, and under pages that have footnotes."""
    for count in (3, 10):
        made = article(filler(count) + body + filler(9) + NOTE)
        assert len(pages(made)) > 1
        assert off_grid(made) == []


@pytest.mark.parametrize(("caption", "said"), [("表7 办理情况", "表7（续）"), ("", "续表")])
def test_further_pages_say_which_table_goes_on(caption, said):
    """Over the repeated head stands 表7（续）; on the first page nothing does, and a table of one page has none."""
    long, short = table(60, caption="表7"), table(14, caption="表7")
    if not caption:
        long, short = (re.sub("<figcaption>.*?</figcaption>", "", one) for one in (long, short))
    shown = texts(article(filler(2) + long))
    assert [said in text for text in shown] == [False, *[True] * (len(shown) - 1)] and len(shown) > 2
    assert said not in "".join(texts(article(short)))


def test_the_head_of_a_group_goes_on_with_it():
    """A page that begins inside a group of rows shows its head under the table's, and no page ends with one."""
    groups = "".join(
        f'<tbody><tr class="group"><th scope="rowgroup" colspan="2">批次{group}</th></tr>'
        + "".join(f'<tr><th scope="row">第{group}批{row}项</th><td>短</td></tr>' for row in range(9))
        + "</tbody>"
        for group in range(8)
    )
    head = '<thead><tr><th scope="col">事项</th><th scope="col">乙</th></tr></thead>'
    for count in range(9):
        shown = texts(article(filler(count) + f'<figure class="table" id="t"><table>{head}{groups}</table></figure>'))
        assert len(shown) > 2
        for text in shown:
            named = re.findall(r"批次\d|第\d批", text)
            assert named[0].startswith("批次") and named[-1].startswith("第"), text


def test_wide_table_lies_on_a_turned_sheet():
    """A table of 12 columns is turned: its sheet lies, with the page number where an upright sheet has it (clause 8)."""
    wide = [page for page in pages(pdf("stress")) if page.width > page.height]
    assert wide
    page = wide[0]
    number = [c for c in page.chars if c["x1"] < 35 * MM]  # left of the type area, which is the foot of the sheet
    assert sorted(c["text"] for c in number if c["text"] != " ") == sorted(f"—{page.page_number}—")
    assert all(abs(c["matrix"][0]) < 1e-6 and c["matrix"][1] < 0 for c in number)  # read from the sheet's outer side
    assert "表2 各单位分月办件量" in page.extract_text()
    for name in ("发改局", "11月办"):
        assert name in page.extract_text()


def test_heading_before_a_turned_table_turns_with_it():
    """The heading of a section that opens with a turned table stands on the turned sheet."""
    page = next(page for page in pages(pdf("stress")) if page.width > page.height)
    assert "二、宽表" in page.extract_text()


@pytest.mark.parametrize("attached", ["", '<p class="attachments">附件：1.甲<br>2.乙</p>'], ids=["signed", "attached"])
@pytest.mark.parametrize(
    "last",
    [
        "<p>最后一段。</p>",
        f"<p>{'长' * 300}。</p>",
        f"<p>{'满' * 25}。</p>",
        '<p><data class="fact" value="322">322</data>件。</p>',
        "<ul><li>一</li><li>二</li></ul>",
        table(4),
        table(24),
    ],
    ids=["short", "long", "full-line", "figure", "list", "table", "long-table"],
)
def test_signature_is_not_alone_on_a_page(last, attached):
    """Signature and date, and what is named as attached, have a line of text or a table above them on their page."""
    signature = '<footer class="signature"><p class="signer">政策法规科</p><p class="date">2021年6月30日</p></footer>'
    for count in range(9, 20):
        page = texts(article(filler(count) + last + attached + signature))[-1].split("\n")
        assert page[-2:] == ["政策法规科", "2021年6月30日"]
        assert page[0] not in ("政策法规科", "附件：1.甲", "2.乙"), count


def test_a_long_last_table_begins_where_the_text_ends():
    """A long table before the signature is divided like any other: it leaves no page half empty."""
    signature = '<footer class="signature"><p class="signer">政策法规科</p></footer>'
    first, *_ = texts(article(filler(4) + table(24) + signature))
    assert "第9行" in first


def test_a_long_last_paragraph_leaves_no_page_half_empty():
    """Of a long last paragraph only as many lines go with the signature as it needs."""
    signature = '<footer class="signature"><p class="signer">政策法规科</p><p class="date">2021年6月30日</p></footer>'
    first, second = texts(article(filler(9) + f"<p>{'长' * 266}</p>" + signature))
    assert (first.count("\n"), second.count("长")) == (18, 16)


@pytest.mark.parametrize("name", ["stitched", "stress", "foreign"])
def test_nothing_is_drawn_outside_the_type_area(name):
    """But for the page number, no ink falls outside the 156 mm by 225 mm of the type area."""
    for index, page in enumerate(pages(pdf(name))):
        upright = page.width < page.height
        left, top, right, bottom = (28, 37, 26, 35) if upright else (35, 28, 37, 26)
        picture = pypdfium2.PdfDocument(pdf(name))[index].render(scale=2).to_pil().convert("L")
        factor = 2 * MM
        number = (0, 297 - 34, 210, 297) if upright else (0, 0, 34, 210)
        for box in (number, (left - 0.5, top - 0.5, page.width / MM - right + 0.5, page.height / MM - bottom + 0.5)):
            picture.paste(255, tuple(int(edge * factor) for edge in box))
        assert picture.getextrema()[0] > 200, (
            f"{name}, page {index + 1}: {picture.point(lambda v: 255 * (v < 200)).getbbox()}"
        )
