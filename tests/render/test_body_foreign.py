"""The semantic body of notebooks from elsewhere: everything says something, nothing can act or call home."""

from __future__ import annotations

import base64

import lxml.html
import pytest
import stitched
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from pipeline.render import semantic_body
from pipeline.render.clean import pictures_in
from pipeline.render.outputs import ansi_to_html, overwritten


def body(*cells, **options):
    """The body of a plain notebook of these cells, parsed."""
    return lxml.html.fragment_fromstring(semantic_body(new_notebook(cells=list(cells)), **options))


def shown(*outputs, source=""):
    """The body of one code cell with these outputs."""
    return body(new_code_cell(source, outputs=list(outputs)))


def bundle(**data):
    """A display of a MIME bundle; ``text_html`` stands for ``text/html``."""
    return new_output(
        "display_data", {kind.replace("_", "/", 1).replace("svg", "svg+xml"): text for kind, text in data.items()}
    )


def test_code_is_shown_with_its_language():
    """Input cells come as code, with what they printed after them."""
    article = lxml.html.fragment_fromstring(semantic_body(stitched.foreign()))
    assert article.find(".//code").get("class") == "language-python"
    assert article.find(".//code").text == "print('hello')"
    assert article.xpath("//pre[@class='output stdout']")[0].text == "hello"


def test_title_is_the_opening_heading():
    """A first heading of level 1 becomes the title; further ones of that level make all others go down one."""
    article = body(new_markdown_cell("# 甲\n\n文"), new_markdown_cell("# 乙\n\n## 丙"))
    assert article.xpath("header/h1")[0].text == "甲"
    assert [(heading.tag, heading.text) for heading in article.xpath("//h2|//h3")] == [("h2", "乙"), ("h3", "丙")]


def test_language_follows_the_text():
    """Text with Han characters is Chinese, other text English."""
    assert body(new_markdown_cell("中文")).get("lang") == "zh-CN"
    assert body(new_markdown_cell("words")).get("lang") == "en"


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<iframe src='https://example.org'></iframe>",
        "<a href='javascript:alert(1)'>x</a>",
        "<img src='https://example.org/pixel.png' alt='pixel'>",
        "<style>@import 'https://example.org/a.css'</style>",
        "<link rel=stylesheet href='https://example.org/a.css'>",
        "<object data='https://example.org'></object><embed src='https://example.org'>",
        "<p style='background:url(https://example.org/a.png)'>x</p>",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><image href='https://example.org/a.png'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><rect width='1' height='1' onclick='alert(2)'/></svg>",
        "<form action='https://example.org'><input><button>x</button></form>",
        "<video src='https://example.org/v.mp4'></video><meta http-equiv=refresh content='0;url=https://example.org'>",
        "<math><mi href='javascript:alert(1)' onclick='alert(1)'>x</mi></math>",
    ],
)
@pytest.mark.parametrize("place", ["markdown", "output", "raw"])
def test_nothing_acts_and_nothing_is_fetched(evil, place):
    """Programs, event handlers, styles, frames, forms and addresses of things to fetch are gone, wherever they came in."""
    cell = {
        "markdown": new_markdown_cell(f"甲\n\n{evil}\n\n乙"),
        "output": new_code_cell("", outputs=[bundle(text_html=f"<p>甲</p>{evil}<p>乙</p>")]),
        "raw": new_raw_cell(f"<p>甲</p>{evil}<p>乙</p>", metadata={"raw_mimetype": "text/html"}),
    }[place]
    article = body(cell)
    html = lxml.html.tostring(article, encoding="unicode")
    pictures = [base64.b64decode(image.get("src").split(",", 1)[1]).decode() for image in article.iter("img")]
    for text in (html, *pictures):
        for word in ("alert", "example.org", "<script", "<style", "onerror", "onclick", "<iframe", "<form"):
            assert word not in text
    assert "甲" in html
    assert "乙" in html


def test_remote_picture_leaves_its_words():
    """A picture that would have to be fetched is replaced by its alternative text."""
    assert "三座桥" in body(new_markdown_cell("看：![三座桥](https://example.org/a.png)")).text_content()


def test_ansi_colours_become_classes():
    """Colours and bold of terminals become spans; other controls vanish; text is escaped."""
    assert (
        ansi_to_html("\x1b[0;31mE\x1b[0m <x>\x1b[2K\x1b]8;;http://a\x07l\x1b]8;;\x07")
        == '<span class="ansi-red">E</span> &lt;x&gt;l'
    )
    assert ansi_to_html("\x1b[1;32mok\x1b[22m fine\x1b[39m.") == (
        '<span class="ansi-bold ansi-green">ok</span><span class="ansi-green"> fine</span>.'
    )
    assert ansi_to_html("\x1b[38;5;208mx\x1b[0my") == "xy"


def test_progress_bars_keep_their_last_state():
    """A line written over by carriage returns shows what a terminal would show at the end."""
    assert overwritten("0%\r50%\r100%\ndone\r\n") == "100%\ndone\n"


def test_traceback_is_text():
    """A traceback is readable text, coloured by classes."""
    article = lxml.html.fragment_fromstring(semantic_body(stitched.foreign()))
    [trace] = article.xpath("//pre[@class='output traceback']")
    assert trace.text_content() == "ZeroDivisionError\n----> 1 1/0"


def test_frame_gets_header_cells():
    """A pandas frame keeps its table, with the scope of its heads and without its style."""
    article = lxml.html.fragment_fromstring(semantic_body(stitched.foreign()))
    table = article.find(".//table")
    assert [cell.get("scope") for cell in table.iter("th")] == ["col", "col", "col", "row"]
    assert table.xpath(".//td[@class='number']")[0].text == "1"
    assert "dataframe {" not in article.text_content()


def test_widget_shows_its_text():
    """What cannot live on paper is shown by the text it brought."""
    article = lxml.html.fragment_fromstring(semantic_body(stitched.foreign()))
    assert "IntSlider(value=0)" in article.text_content()
    assert (
        shown(bundle(text_html="<div><script>draw()</script></div>", text_plain="a chart")).text_content() == "a chart"
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"image_png": stitched.png(8, 8)}, "image/png"),
        ({"image_jpeg": "/9j/"}, "image/jpeg"),
        ({"image_svg": stitched.svg()}, "image/svg+xml"),
        ({"image_svg": stitched.svg(), "image_png": stitched.png(8, 8)}, "image/svg+xml"),
    ],
)
def test_pictures_of_all_kinds(data, kind):
    """PNG, JPEG and SVG outputs are pictures with an alternative text; the drawing is preferred."""
    [image] = shown(bundle(**data, text_plain="<Figure size 1x1>")).iter("img")
    assert image.get("src").startswith(f"data:{kind};base64,")
    assert image.get("alt") == "Figure size 1x1"


def test_attachment_is_embedded():
    """A picture attached to a Markdown cell is there."""
    article = lxml.html.fragment_fromstring(semantic_body(stitched.foreign()))
    assert article.xpath("//img[@alt='a dot']")[0].get("src").startswith("data:image/png;base64,")


def test_picture_beside_the_notebook_is_embedded(tmp_path):
    """A picture named by a relative path is read from the notebook's folder, and from nowhere else."""
    (tmp_path / "in").mkdir()
    for name in ("in/dot.png", "outside.png"):
        (tmp_path / name).write_bytes(base64.b64decode(stitched.png(8, 8)))
    (tmp_path / "in" / "secret.txt").write_text("x")
    find = pictures_in(tmp_path / "in")

    assert find("dot.png") == "data:image/png;base64," + stitched.png(8, 8)
    assert find("../outside.png") == find("secret.txt") == find("gone.png") == find("file:///etc/passwd") == ""
    assert body(new_markdown_cell("![d](dot.png)"), folder=tmp_path / "in").find(".//img") is not None


@pytest.mark.parametrize(
    "written",
    [
        "$x^2$",
        "$$x^2$$",
        "\\\\(x^2\\\\)",
        "\\\\[x^2\\\\]",
        "\\begin{align}x^2\\end{align}",
        "- $x^2$",
        "| $x^2$ |\n|---|\n",
    ],
)
def test_formulas_become_mathml(written):
    """TeX in any of Jupyter's spellings becomes MathML that still carries its TeX."""
    [formula] = body(new_markdown_cell(f"text\n\n{written}\n\ntext")).iter("math")
    assert "x^2" in formula.find(".//annotation").text


def test_prices_are_no_formulas():
    """Dollar signs before figures, and code, are left as they are."""
    article = body(new_markdown_cell("costs $5 and $6 and `$a$`"))
    assert article.text_content() == "costs $5 and $6 and $a$"
    assert article.find(".//math") is None


def test_formula_that_cannot_be_read_is_shown_as_written():
    """A formula with a command that nobody knows stays there as TeX."""
    assert "\\undefined{" in body(new_markdown_cell("$\\undefined{x}^$ end")).text_content()


def test_latex_output():
    """A LaTeX output is a displayed formula; a LaTeX table falls back to its text."""
    assert shown(bundle(text_latex="$\\displaystyle x^2$")).find(".//math").get("display") == "block"
    assert shown(bundle(text_latex="\\begin{tabular}{l}a\\end{tabular}", text_plain="a")).text_content() == "a"


def test_raw_cells_reach_the_formats_they_are_for():
    """Raw HTML and Markdown are read, unnamed raw text is shown, other formats stay out."""
    article = body(
        new_raw_cell("<p>html</p>", metadata={"raw_mimetype": "text/html"}),
        new_raw_cell("*md*", metadata={"raw_mimetype": "text/markdown"}),
        new_raw_cell("plain"),
        new_raw_cell("\\tex", metadata={"raw_mimetype": "text/latex"}),
    )
    assert [element.text_content().strip() for element in article] == ["html", "md", "plain"]
    assert article.find(".//em") is not None


def test_broken_html_cannot_break_what_follows():
    """An output with tags left open ends where its cell ends."""
    article = body(new_code_cell("", outputs=[bundle(text_html="<div><table><tr><td>甲")]), new_markdown_cell("## 乙"))
    assert article.find("h2").text == "乙"


def test_empty_notebook():
    """A notebook without cells is an empty article."""
    assert lxml.html.tostring(body()) == b'<article class="report" lang="en"></article>'
