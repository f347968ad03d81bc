"""The public edition carries nothing that no reader sees: no comment, no definition, relationship or link that nothing uses."""

import json
import re
import zipfile

import pypdf
import pytest
from lxml import etree

from pipeline.publish.unpack import texts
from pipeline.publish.unseen import seen_markdown, seen_markup
from pipeline.render.clean import safe_svg

SECRET = "密语"  # stands in everything that must not leave
HIDDEN = f"""正文甲。<!-- {SECRET}一 -->

<!--
{SECRET}二
-->

见[处](https://example.cn/a)和[别处][used]，[无处](#nowhere)。

[used]: https://example.cn/used
[unused]: https://example.cn/{SECRET}三
[//]: # ({SECRET}四)

正文乙[^a]。

[^a]: 脚注甲。
[^b]: {SECRET}五
    {SECRET}六
"""
OUTPUTS = f"""from IPython.display import HTML, Markdown, SVG, display
display(HTML('<p>丙<!-- {SECRET}七 --></p><template>{SECRET}八</template>'))
display(Markdown('丁<!-- {SECRET}九 -->戊'))
drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><!-- {SECRET}十 --><metadata>{SECRET}</metadata>'
display(SVG(drawn + '<title>图</title><text y="9">己</text></svg>'))
"""


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("甲<!-- 乙 -->丙", "甲丙"),
        ("甲\n<!-- 乙\n乙 -->\n丙", "甲\n\n丙"),
        ("<!-- 乙 --> 丙\n\n丁 <!-- 乙 -->", " 丙\n\n丁 "),
        ("甲\n\n<!-- 乙\n没有写完", "甲\n\n"),
        ("甲 <!-- 乙，没有写完", "甲 <!-- 乙，没有写完"),
        ("写作`<!-- 甲 -->`", "写作`<!-- 甲 -->`"),
        ("```html\n<!-- 甲 -->\n[a]: b\n```\n", "```html\n<!-- 甲 -->\n[a]: b\n```\n"),
        ("[甲][a]\n\n[a]: /b\n[c]: /d\n", "[甲][a]\n\n[a]: /b\n"),
        ("[A]\n\n[a]: /b '题'\n", "[A]\n\n[a]: /b '题'\n"),
        ("甲[^1]\n\n[^1]: 乙\n[^2]: 丙\n    丁\n", "甲[^1]\n\n[^1]: 乙\n"),
        ("[注]: 以上 数据 三项\n", "[注]: 以上 数据 三项\n"),
        ("[//]: # (甲)\n", ""),
        ("[甲]、[乙]: 丙", "[甲]、[乙]: 丙"),
        ("a < b -- c > d", "a < b -- c > d"),
    ],
)
def test_what_is_seen_stays_and_nothing_else(text, seen):
    """Comments and unused definitions go, in code they are text; whatever a reader sees stays as it was typed."""
    assert seen_markdown(text) == seen


def test_markup_keeps_its_words():
    """Around a comment, a template or metadata no word is lost."""
    assert seen_markup("<p>12<!-- a -->34<?php b ?>56</p><TEMPLATE>c</TEMPLATE>78") == "<p>123456</p>78"


def test_a_drawing_keeps_its_words():
    """What follows a comment, a script or metadata inside a drawing's text stays."""
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><text>12<!-- a -->34<script>b</script>56<metadata>c</metadata>78</text></svg>"
    assert safe_svg(drawing) == b'<svg xmlns="http://www.w3.org/2000/svg"><text>12345678</text></svg>'


def public_files(halfyear, workspace, folder):
    notebook = workspace / "notebooks/02-lists.ipynb"
    made = json.loads(notebook.read_text(encoding="utf-8"))
    made["cells"] += [
        {"cell_type": "markdown", "id": "hidden", "metadata": {}, "source": HIDDEN},
        {"cell_type": "code", "id": "shown", "metadata": {}, "source": OUTPUTS, "outputs": [], "execution_count": None},
    ]
    notebook.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    prose = workspace / "data/2021H1/prose/reform-overview.md"
    prose.write_text(prose.read_text(encoding="utf-8") + f"\n<!-- {SECRET} -->\n{{# {SECRET} #}}\n", encoding="utf-8")
    settings = workspace / "data/2021H1/report.toml"
    said = settings.read_text(encoding="utf-8").replace('opening = """\n', f'opening = """\n<!-- {SECRET} -->', 1)
    settings.write_text(f"{said}\n# {SECRET}\n", encoding="utf-8")
    halfyear("run", "2021H1", "--edition", "public", "--output", folder)
    return folder / "2021H1"


@pytest.fixture
def made(halfyear, workspace, tmp_path):
    """A public edition of a report into which something unseen was put wherever that is possible."""
    return public_files(halfyear, workspace, tmp_path / "public")


def test_the_public_edition_carries_nothing_unseen(made):
    """No file has a comment or what only a comment said; words around stay; links and relationships lead somewhere."""
    said = {path.name: list(texts(path.name, path.read_bytes())) for path in sorted(made.rglob("*")) if path.is_file()}
    assert {name for name, found in said.items() if any(SECRET in text.text for text in found)} == set()
    assert not any("(comment)" in text.place for found in said.values() for text in found)
    for form in ("html", "pdf", "docx"):
        words = "".join("".join(text.text.split()) for text in said[f"report.{form}"])
        assert all(one in words for one in ("正文甲。", "见处和别处，无处。", "丁戊", "脚注甲。"))
    assert dead_anchors((made / "report.html").read_text(encoding="utf-8")) == set()
    assert dead_annotations(made / "report.pdf") == []
    assert unused_relationships(made / "report.docx") == []


def dead_anchors(page):
    return set(re.findall(r'href="#([^"]+)"', page)) - set(re.findall(r'id="([^"]+)"', page))


def dead_annotations(file):
    """Link annotations of a PDF that lead to no page and no address."""
    reader = pypdf.PdfReader(file)
    pages = {page.indirect_reference for page in reader.pages}
    links = [each.get_object() for page in reader.pages for each in page.get("/Annots", [])]
    return [link for link in links if not leads_somewhere(link, pages)]


def leads_somewhere(link, pages):
    action = link.get("/A", {})
    if "/URI" in action:
        return bool(action["/URI"])
    there = link.get("/Dest", action.get("/D"))
    there = there.get_object() if there is not None else []
    there = there["/D"] if isinstance(there, dict) else there
    return bool(there) and there[0] in pages


def unused_relationships(file):
    """Relationships that no part names, and parts that no relationship leads to; those found by their type are in use."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    unused, reached = [], {"[Content_Types].xml"} | {name for name in parts if name.endswith(".rels")}
    for name in [name for name in parts if name.endswith(".rels")]:
        folder, _, own = name.partition("_rels/")
        owner = parts.get(folder + own.removesuffix(".rels"), b"").decode("utf-8")
        for relationship in etree.fromstring(parts[name]):
            kind = relationship.get("Type").rpartition("/")[2]
            if kind in ("image", "hyperlink") and f'"{relationship.get("Id")}"' not in owner:
                unused.append(relationship.get("Target"))
            reached.add(folder + relationship.get("Target").removeprefix("/"))
    return unused + sorted(set(parts) - reached - {name.removeprefix("/") for name in reached})
