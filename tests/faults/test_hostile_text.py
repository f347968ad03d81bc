"""Whatever text a cell, a piece of prose or report.toml holds: it prints as typed in all three forms, or check tells it."""

import csv
import json
import random
import re
import unicodedata
import zipfile

import lxml.html
import nbformat
import pypdfium2
import pytest
from calling import Command
from lxml import etree

from pipeline.facts.unprintable import UNSEEN
from pipeline.render import undrawn

PAGE_NUMBER = re.compile(r"—\s*\d+\s*—")
SPACE = re.compile(r"[\s\x02\ufffe-]+")  # pdfium gives back a hyphen at a line's end as a mark of its own
KNOWN = [
    "张*明、李*强", "3*4*5", "**重点**", "__甲__", "_甲_", "~~废止~~", "<title>甲</title>", "<svg>", "<b>粗</b>", "<!-- 甲 -->", "[a](b)",
    "![图](x.png)", "\\\\", "\\*", "$x$", "$$y$$", "\\(z\\)", "# 标题", "1. 项", "2) 项", "- 项", "+ 项", "* 项", "> 引", "`码`", "```",
    "~~~", "---", "===", "| a | b |", "[^1]", "[^1]: 注", ": 释", "&amp;", "&#42;", "&copy;", "https://a.cn/b_c*d", "<https://a.cn>",
    "{{ period }}", "{% if %}", "%s", "{0}", "甲\n乙", "甲\n\n# 乙", "</span>", "</td></table>", '"', "'", "C#", "a|b", "《关于<开展>》", "#set",
    '<data class="fact" value="9" data-source="tables/a.csv#row=2;col=数">9</data>', "<script>alert(1)</script>", "\\begin{a}x\\end{a}",
    "#include \"x\"", "@ref", "<label>", "//注", "/* 注 */", "‘单’“双”", "a\tb", "ﬁ", "①②", "㎡", "甲﻿乙", "甲​乙", "甲‮乙", "\x07",
    "\ufdd0", "\U0001fffe", "\u2066甲\u2069", "\x85", "=1+1", "#N/A", "锟斤拷", "ｆｕｌｌ", "＜全角＞", "e\u0301",
    "好😀", "𠮷野家", "甲\ue000", "ﷺ", "👩‍💻", "9️⃣",
]  # fmt: skip
PIECES = [
    *"*_~`#<>[]()\\$&|!:;-+=.\"'{}/%@^ \n",
    "甲",
    "乙。",
    "a",
    "1",
    "1.",
    "&amp;",
    "<b>",
    "</b>",
    "<data>",
    "https://",
    "**",
    "$$",
    "```",
]


def made_up(count):
    """So many texts of odd pieces, the same ones at every call."""
    chance = random.Random(20210630)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 12))) + "字" for _ in range(count)]


def values(count):
    """``count`` different hostile texts; what stands around a cell's text means nothing and is left away."""
    each = (text.strip(" \t\r\n\u3000") for text in [*KNOWN, *made_up(4 * count)])
    return list(dict.fromkeys(filter(None, each)))[:count]


NOTEBOOK = """rows = lists.table("indicators")
for row in rows.itertuples():
    display(heading(2, row.text), say(f"{row.subject}起{row.text}止。"), say("、".join([row.text])), say(row.text + "末"))
---
listed(rows, lambda row: f"{row.subject}列{row.text}", end=f"（见{reference('t')}）。")
---
table(rows, {"subject": "对象", "text": "内容"}, name="t", caption="内容")
---
bar_chart(rows, label="text", value="value", name="c", caption="图")
---
lists.prose("overview")"""


def workspace_of(folder, texts, *, charted):
    """A workspace of one chapter that says each text in every way there is."""
    (folder / "notebooks").mkdir(parents=True)
    tables, prose = folder / "data/2021H1/tables", folder / "data/2021H1/prose"
    tables.mkdir(parents=True)
    prose.mkdir()
    with (tables / "indicators.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["板块", "对象", "指标", "数值", "单位", "口径", "内容"])
        writer.writerows(
            ["清单梳理", f"对象{number}", "内容", number % 90 + 10, "件", "当期", text]
            for number, text in enumerate(texts)
        )
    fields = (f'对象{number}写{{{{ text("对象{number}", "内容") }}}}了。' for number in range(len(texts)))
    (prose / "lists-overview.md").write_text("\n\n".join(fields) + "\n", encoding="utf-8")
    (folder / "data/2021H1/report.toml").write_text('title = "总结"\noffice = "科"\nbureau = "局"\ndistrict = "区"\ncity = "市"\nopening = ""\nsigned = 2021-06-30\n', encoding="utf-8")  # fmt: skip
    cells = ["from IPython.display import display\nfrom pipeline import *\nlists = Section('lists', period)"]
    cells += [cell for cell in NOTEBOOK.split("\n---\n") if charted or "chart" not in cell]
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_markdown_cell("# 清单梳理"), nbformat.v4.new_code_cell('period = "2021H1"')]
    notebook.cells[-1].metadata["tags"] = ["parameters"]
    notebook.cells += map(nbformat.v4.new_code_cell, cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "notebooks/01-lists.ipynb")
    return Command(folder)


def told(command):
    """The rows of the ledger for which check tells an error."""
    found = json.loads(command("check", "2021H1", "--json").stdout)
    problems = found["problems"] if isinstance(found, dict) else found
    return {row - 2 for problem in problems if problem["severity"] == "error" for row in problem["rows"]}


def bare(text):
    """Without white space and hyphens, composed as programs that read a page give it back."""
    return SPACE.sub("", unicodedata.normalize("NFKC", text))


def read(form, file):
    """All the text of one form."""
    if form == "html":
        return lxml.html.parse(str(file)).getroot().find_class("report")[0].text_content()
    if form == "docx":
        with zipfile.ZipFile(file) as package:
            root = etree.fromstring(package.read("word/document.xml"))
        return "".join(root.itertext("{*}t"))
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))
    return "".join(PAGE_NUMBER.sub("", page) for page in pages)


def holds(folder, texts, *, charted):
    """Each text is told by check, or stands as typed in all forms as often as it was said."""
    first = workspace_of(folder / "all", texts, charted=charted)
    refused = told(first)
    assert refused >= {number for number, text in enumerate(texts) if UNSEEN.search(text) or undrawn(text)}
    kept = [text for number, text in enumerate(texts) if number not in refused]
    command = workspace_of(folder / "kept", kept, charted=charted)
    assert told(command) == set()
    done = command("run", "2021H1")
    assert done.returncode == 0, done.stdout + done.stderr
    lost = []
    for form in ("html", "docx", "pdf"):
        said = bare(read(form, command.folder / f"outputs/2021H1/report.{form}"))
        for number, text in enumerate(kept):
            wanted = (
                f"对象{number}起{text}止。",
                f"对象{number}写{text}了。",
                f"对象{number}列{text}",
                f"对象{number}{text}",
            )
            lost += [(form, each) for each in wanted if bare(each) not in said]
    assert lost == []
    return refused


def test_hostile_text_prints_as_typed_or_is_told(tmp_path):
    """Some of every kind, in sentence, heading, list, table, chart and prose: check and run agree on each."""
    refused = holds(tmp_path, values(len(KNOWN) + 20), charted=False)
    assert 16 <= len(refused) <= 31


UNDRAWN = "三😀四𠮷五😀"


def test_characters_that_no_font_has_are_told_by_check_with_their_places(small):
    """Each place of such a character is told by what is missing and nothing else: cell, prose, setting, text cell; a note is not."""
    tables, period = small.folder / "data/2021H1/tables/indicators.csv", small.folder / "data/2021H1"
    rows = tables.read_text(encoding="utf-8-sig").splitlines()
    tables.write_text("\n".join([f"{rows[0]},备注", f"{rows[1]}{UNDRAWN},🚀"]), encoding="utf-8-sig")
    (period / "prose/lists-overview.md").write_text(f"第一行。\n\n{UNDRAWN}。\n", encoding="utf-8")
    settings = (period / "report.toml").read_text(encoding="utf-8")
    (period / "report.toml").write_text(settings.replace('"总结"', f'"{UNDRAWN}"'), encoding="utf-8")
    notebook = nbformat.read(small.folder / "notebooks/01-lists.ipynb", 4)
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(f"第一行\n\n{UNDRAWN}"))
    nbformat.write(notebook, small.folder / "notebooks/01-lists.ipynb")
    done = small("check", "2021H1", "--json")
    found = [one for one in json.loads(done.stdout) if one["code"] == "no-font-has"]
    places = [(one["file"], one["row"], one["column"], one["key"], one["cell"]) for one in found]
    assert sorted(places) == [
        ("01-lists.ipynb", 3, "", "", 2),
        ("prose/lists-overview.md", 3, "", "", 0),
        ("report.toml", 0, "", "title", 0),
        ("tables/indicators.csv", 2, "G", "", 0),
    ]
    assert {one["found"] for one in found} == {"😀 U+1F600、𠮷 U+20BB7"}
    assert small("run", "2021H1").returncode == 1


@pytest.fixture
def small(tmp_path):
    """A workspace of one row and one chapter."""
    return workspace_of(tmp_path, ["甲"], charted=False)


def test_labels_of_a_chart_print_as_typed(tmp_path):
    """A chart's labels are text as well: nothing of them is read as a formula."""
    texts = ["张*明", "$x$", "a_b", "\\alpha", "<b>", "^2", "$$", "100%$"]
    command = workspace_of(tmp_path, texts, charted=True)
    done = command("run", "2021H1")
    assert done.returncode == 0, done.stdout + done.stderr
    page = lxml.html.parse(str(command.folder / "outputs/2021H1/report.html")).getroot()
    drawn = [bare("".join(one.itertext())) for one in page.iter("{*}text", "text")]
    assert [text for text in map(bare, texts) if text not in drawn] == []


@pytest.mark.soak
def test_five_hundred_hostile_texts(tmp_path, counted):
    """Five hundred texts, known ones and made-up ones, through check and run alike."""
    refused = holds(tmp_path, values(500), charted=False)
    counted("hostile texts", said_every_way_as_typed=500 - len(refused), said_every_way_refused=len(refused))


PROSE_NOTEBOOK = """import os
for number in sorted(int(name[7:-3]) for name in os.listdir("../data/2021H1/prose") if name.startswith("lists-t")):
    display(lists.prose(f"t{number}"))"""


def prose_of(folder, texts):
    """A workspace whose prose is each text, typed by its author into a file of its own, between two marks."""
    command = workspace_of(folder, ["甲"], charted=False)
    notebook = nbformat.read(folder / "notebooks/01-lists.ipynb", 4)
    notebook.cells[3:] = [nbformat.v4.new_code_cell(PROSE_NOTEBOOK)]
    nbformat.write(notebook, folder / "notebooks/01-lists.ipynb")
    (folder / "data/2021H1/prose/lists-overview.md").unlink()
    for number, text in texts.items():
        file = folder / f"data/2021H1/prose/lists-t{number}.md"
        file.write_bytes(f"起{number}始。\n\n{text}\n\n止{number}终。\n".encode("utf-8", "surrogatepass"))
    return command


def holds_as_prose(folder, texts):
    """Each text is told by check with its file, or the report is made and has all that stands around it; the refused."""
    first = prose_of(folder / "all", dict(enumerate(texts)))
    found = json.loads(first("check", "2021H1", "--json").stdout)
    errors = [problem["file"] for problem in found if problem["severity"] == "error"]
    refused = {int(re.search(r"lists-t(\d+)\.md", file)[1]) for file in errors}
    assert refused >= {number for number, text in enumerate(texts) if UNSEEN.search(text) or undrawn(text)}
    kept = {number: text for number, text in enumerate(texts) if number not in refused}
    command = prose_of(folder / "kept", kept)
    done = command("run", "2021H1")
    assert done.returncode == 0, done.stdout + done.stderr
    for form in ("html", "docx", "pdf"):
        said = bare(read(form, command.folder / f"outputs/2021H1/report.{form}"))
        around = (mark for number in kept for mark in (f"起{number}始", f"止{number}终"))
        assert [mark for mark in around if mark not in said] == [], form
    return refused


def test_hostile_prose_is_told_or_made(tmp_path):
    """What the author of prose types is told by check, or is read as Markdown and takes nothing else with it."""
    assert len(holds_as_prose(tmp_path, [*KNOWN, "半个\ud800字"])) >= 10


@pytest.mark.soak
def test_much_hostile_prose_is_told_or_made(tmp_path, counted):
    """The same for three hundred texts."""
    refused = holds_as_prose(tmp_path, values(300))
    counted("hostile texts", typed_as_prose_made=300 - len(refused), typed_as_prose_refused=len(refused))
