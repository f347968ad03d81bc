"""Fonts: official names first, open ones next, a ground that is always there; a missing glyph is told with its place."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
import stitched
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from rendered import article, font_names

from pipeline.errors import RenderError
from pipeline.render import fonts, render_pdf, semantic_body
from pipeline.render.fonts import found, stack
from pipeline.render.typst.undrawn import COMMON, undrawn

ROOT = Path(__file__).parents[2]


def small_face(file: Path, family: str, characters: str, *, drawn_as: str = "", weight: int = 400) -> None:
    """Write a face of that name with these characters alone; ``drawn_as`` are those whose drawings they have."""
    font = TTFont(pylopdf_fonts_zh_cn.serif_path())
    cutter = subset.Subsetter(subset.Options(name_IDs=["*"], notdef_outline=True))
    cutter.populate(text=drawn_as or characters)
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = family.replace(" ", "") if record.nameID == 6 else family
    font["CFF "].cff.topDictIndex[0].FullName = family
    font["OS/2"].usWeightClass = weight
    if drawn_as:
        wide = CmapSubtable.newSubtable(12)
        wide.platformID, wide.platEncID, wide.language = 3, 10, 0
        glyphs = font.getBestCmap()
        wide.cmap = {ord(new): glyphs[ord(old)] for new, old in zip(characters, drawn_as, strict=True)}
        font["cmap"].tables = [wide]
    font.save(file)


@pytest.fixture(scope="module")
def office_fonts(tmp_path_factory):
    """A folder with a small face called FangSong, as an office would have it."""
    folder = tmp_path_factory.mktemp("fonts")
    small_face(folder / "fangsong.otf", "FangSong", "今年以来各项工作取得新的进展总结。0123456789—")
    return folder


def run(code: str, **environment: str) -> str:
    """What ``code`` prints in a process of its own, where nothing is cached."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_official_names_come_first_and_the_ground_last():
    """Every stack begins with the names official documents use and ends with a face that is always there."""
    assert stack("body")[:2] == ("FangSong_GB2312", "仿宋_GB2312")
    assert stack("title")[1] == "方正小标宋简体"
    assert "黑体" in stack("heading")
    assert "楷体_GB2312" in stack("kai")
    for role, faces in found().items():
        assert faces[-1].family == stack(role)[-1]
        assert faces[-1].is_ground


def test_found_faces_stand_in_the_order_of_the_stack():
    """What sets a role is the first of its stack that is there."""
    for role, faces in found().items():
        places = [stack(role).index(face.family) for face in faces]
        assert places == sorted(places)


def test_office_font_is_preferred(office_fonts):
    """A face put into a folder named by HALFYEAR_FONTS sets the text, and the ground what it lacks."""
    code = (
        "from pipeline.render import render_pdf, fonts_used; import sys\n"
        "sys.path.insert(0, 'tests/render'); from rendered import font_names\n"
        'made = render_pdf(\'<article class="report" lang="zh-CN"><p>今年以来取得龘进展。</p></article>\', {})\n'
        "print(fonts_used()['body'].replace(' ', ''), *sorted(name for name in font_names(made) if 'Identity' not in name))"
    )
    assert run(code, HALFYEAR_FONTS=str(office_fonts)).split() == ["FangSong", "FangSong", "NotoSerifSC-Regular"]
    assert run(code, HALFYEAR_FONTS="").split()[0] == fonts.fonts_used()["body"].replace(" ", "")


def test_a_rare_character_takes_a_face_that_has_it(tmp_path):
    """𠮷 is no error where a face for rare characters is there; that face sets nothing else, and check agrees."""
    small_face(tmp_path / "rare.otf", "BabelStone Han", "𠮷", drawn_as="吉")
    code = (
        "import sys; sys.path.insert(0, 'tests/render'); from rendered import article, font_names\n"
        "from pipeline.render.typst.undrawn import undrawn\n"
        "for words in ('梳理', '梳理𠮷'):\n"
        "    print(undrawn(words), 'BabelStoneHan' in font_names(article(f'<h3>{words}</h3><p>{words}</p>')))"
    )
    assert run(code, HALFYEAR_FONTS=str(tmp_path)) == "[] False\n[] True\n"


@pytest.mark.parametrize("family", ["LXGW WenKai", "LXGW WenKai GB"])
def test_wenkai_stands_in_for_kaiti_and_is_not_stroked(family, tmp_path):
    """LXGW WenKai, where it is installed, sets 楷体 as it is drawn; the ground, which is no 楷体, is made bolder there."""
    small_face(tmp_path / "kai.ttf", family, "梳理事项")
    code = (
        "from pipeline.render import fonts_used; from pipeline.render.typst.document import _preamble\n"
        "settings = {'title': '', 'author': '', 'lang': 'zh-CN', 'draft': False}\n"
        "print(fonts_used()['kai'], 'kai: 0.3pt' in _preamble(settings), sep='|')"
    )
    assert run(code, HALFYEAR_FONTS=str(tmp_path)) == f"{family}|False\n"
    if found()["kai"][0].is_ground:
        assert run(code).endswith("|True\n")


@pytest.mark.skipif(not found()["title"][0].is_ground, reason="this machine has a face for titles")
def test_a_true_bold_stands_in_for_a_stroked_one(tmp_path):
    """Where a bold of the ground is installed, it sets title and 楷体 headings, and nothing is stroked."""
    small_face(tmp_path / "bold.otf", "Noto Serif SC", "工作总结（一）概况", weight=700)
    code = (
        "import sys; sys.path.insert(0, 'tests/render'); from rendered import article, font_names, opened\n"
        "made = article('<h2>一、概况</h2><h3>（一）概况</h3><p>正文。</p>')\n"
        "import pikepdf; drawn = pikepdf.parse_content_stream(opened(made).pages[0])\n"
        "modes = {int(operands[0]) for operands, operator in drawn if str(operator) == 'Tr'}\n"
        "print('NotoSerifSC' in font_names(made), 2 in modes)"
    )
    assert run(code, HALFYEAR_FONTS=str(tmp_path)) == "True False\n"
    assert run(code, HALFYEAR_FONTS="") == "False True\n"


def test_other_fonts_of_the_system_change_nothing():
    """Typst is given the folders of the faces found, Typst's own, and nothing else of the system."""
    known = {family for faces in found().values() for family in (face.family for face in faces)}
    every = (*found().values(), fonts.rare_faces())
    files = [*(face.file for faces in every for face in faces), *map(fonts.bold_file, fonts.BOLDER)]
    folders = {str(Path(file).parent) for file in files if file}
    for font in fonts.typst_fonts().fonts():
        assert font.path is None or str(Path(font.path).parent) in folders
    assert {"Noto Serif SC", "Noto Sans SC"} <= known


def test_characters_that_no_face_has_are_named_once_in_order_and_no_others():
    """Characters no face has are given back, each once; blanks and joiners are none."""
    assert undrawn("全面😀梳理𠮷😀 \u2060\n") == ["😀", "𠮷"]
    assert undrawn("自造\ue000字\U000f0000") == ["\ue000", "\U000f0000"]
    assert undrawn("9\ufe0f\u20e3") == ["\u20e3"]
    assert undrawn("e\u0301 ②Ⅲ㎡ é Ωж← \u200d\ud800\x07") == []


def test_characters_taken_for_common_are_in_every_machines_faces():
    """What nobody asks about can be set: the faces of the installed packages have all that is taken for granted."""
    common = {code for code in range(0x10000) if re.match(f"[{COMMON}]", chr(code)) and chr(code).isprintable()}
    assert len(common) > 20_000
    for path in (pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()):
        assert common <= TTFont(path, lazy=True).getBestCmap().keys()


@pytest.mark.parametrize("wrong", ["😀", "𠮷"])
def test_missing_glyph_in_the_text_is_an_error_with_its_place(wrong):
    """The message names the character, its code point, the words around it and the heading over it."""
    with pytest.raises(RenderError, match=f"'{wrong}' U\\+{ord(wrong):04X}.*in '梳理{wrong}事项' under '一、清单'"):
        article(f'<h2 id="a">一、清单</h2><p>梳理{wrong}事项</p>')


def test_missing_glyph_in_a_chart_is_an_error_with_its_place():
    """A character in a drawing is found too, and the picture named by its alternative text."""
    notebook = stitched.report([stitched._code("a", stitched.chart("a", "图1", "办件量"))])
    drawing = stitched.svg(names=("许😀", "备案"))
    notebook.cells[1].outputs[0].data["text/html"] = (
        f"<figure class='chart' id='a'>{drawing.replace('<rect', '<title>柱形图</title><rect', 1)}</figure>"
    )
    with pytest.raises(RenderError, match=r"'😀' U\+1F600 GRINNING FACE, in the picture '柱形图'"):
        render_pdf(semantic_body(notebook), notebook.metadata["halfyear"])


def test_other_notebooks_show_the_name_of_a_character():
    """Where nothing may fail, the character's name stands for it."""
    body = '<article class="report" lang="en"><p>ship it 🚀 now</p></article>'
    made = render_pdf(body, {}, strict=False)
    import pdfplumber

    assert "ship it [rocket] now" in pdfplumber.open(io.BytesIO(made)).pages[0].extract_text()
    with pytest.raises(RenderError, match="ROCKET"):
        render_pdf(body, {})


def test_manifest_names_a_family_for_every_role():
    """What the manifest records is what the PDF embeds."""
    used = fonts.fonts_used()
    assert set(used) == {"title", "heading", "kai", "body", "number", "mono"}
    assert used["body"].replace(" ", "") in {name.split("-")[0] for name in font_names(article("<p>正文。</p>"))}
