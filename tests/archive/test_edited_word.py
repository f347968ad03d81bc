"""The Word document of a report as a leader edited it: every edit is told, each figure with its cell, nothing else."""

from __future__ import annotations

import copy
import csv
import re
import shutil
import zipfile

import docx
import office_edits
import pytest
from lxml import etree
from office import all_converted, converted
from scripted_edits import EDITS, INNOCENT, NOTHING, WORKED_OUT, paragraph, replace, row_of

from pipeline import render
from pipeline.archive.edited_word import edits
from pipeline.document.word_text import read_word
from pipeline.errors import ReleaseError

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def figures_in(report):
    """(sentence, number, cells) of facts that stand once in a paragraph of the text."""
    with (report / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        facts = [one for one in csv.DictReader(stream) if "段" in one["place"] and one["printed"].isdecimal()]
    return [
        (one["context"], one["printed"], one["cells"]) for one in facts if one["context"].count(one["printed"]) == 1
    ]


@pytest.fixture
def edited(report, tmp_path):
    """Open the report's Word document; what is done to it is saved beside and compared."""

    def change(*steps):
        document = docx.Document(str(report / "report.docx"))
        for step in steps:
            step(document)
        document.save(str(tmp_path / "edited.docx"))
        return edits(report, tmp_path / "edited.docx")

    return change


def told(found):
    """The figures and the kinds of all else."""
    figures = sorted((one.old, one.new, one.cells) for one in found if one.kind == "figure")
    return figures, " ".join(one.kind for one in found if one.kind != "figure")


def assert_told(found, edit, name=""):
    """Each figure with its cell, every other change by its kind, and nothing more."""
    assert told(found) == (sorted(edit.figures), edit.kinds), name
    assert not edit.said or any(edit.said in one.old + one.new for one in found)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_is_told(edited, edit):
    """What a leader may do in Word, one thing at a time: told, with the right cell for each figure, and nothing else."""
    assert_told(edited(edit.step), edit)


@pytest.mark.parametrize("step", INNOCENT.values(), ids=INNOCENT)
def test_what_says_the_same_is_no_edit(edited, step):
    """Looks, runs, blanks and what python-docx does on saving tell nothing."""
    assert edited(step) == []


def test_every_changed_figure_is_told_with_its_cell(report, edited):
    """Each figure of the text, one after another: the number that the report states, the one written, and the cell."""
    wanted = figures_in(report)[:24]
    assert len(wanted) >= 20
    for context, number, cells in wanted:
        found = edited(lambda document, at=context, old=number: replace(paragraph(document, at), old, "98765"))
        assert told(found) == ([(number, "98765", cells)], "sentence"), context


def test_all_of_them_at_once(report, edited):
    """Many edits in one document are each told, none of them twice."""
    by_paragraph = {context: (context, number, cells) for context, number, cells in figures_in(report)}
    wanted = list(by_paragraph.values())
    steps = [lambda document, one=one: replace(paragraph(document, one[0]), one[1], "98765") for one in wanted]
    found = [one for one in edited(*steps) if one.kind == "figure"]
    assert sorted(one.cells for one in found) == sorted(cells for _, _, cells in wanted)


def test_a_comment_says_where_it_stands(edited):
    """The paragraph or cell that it is about, edited or not, is told as any other place."""

    def step(document):
        document.add_comment(paragraph(document, "一业一证办件量").runs, text="请核实。", author="领导")
        cell = row_of(document, "许可数量").cells[1]
        document.add_comment(cell.paragraphs[0].runs, text="对吗？", author="领导")

    found = edited(step, EDITS["a digit"].step)
    told_of = {one.new: one.place for one in found if one.kind == "comment"}
    assert told_of == {"请核实。": "第3段", "对吗？": "表6“许可数量”行“2020年”列"}


def test_pictures_are_held_against_each_other_by_what_they_say(report, tmp_path):
    """A picture that was taken out is told, and so is one whose description was changed."""
    shutil.copytree(report, tmp_path / "built")
    document = docx.Document(str(report / "report.docx"))
    for chart in list(document.element.body.iter(f"{MC}AlternateContent")):  # as it is where no chart can be drawn
        chart.getparent().replace(chart, chart.find(f"{MC}Fallback")[0])
    document.save(str(tmp_path / "built" / "report.docx"))
    picture = next(one for one in document.element.body.iter() if str(one.tag).endswith("}docPr"))
    picture.set("descr", f"{picture.get('descr')}（已核）")
    document.save(str(tmp_path / "described.docx"))
    drawing = picture.getparent().getparent()
    drawing.getparent().remove(drawing)
    document.save(str(tmp_path / "gone.docx"))
    (change,) = edits(tmp_path / "built", tmp_path / "described.docx")
    assert (change.kind, change.new) == ("picture", f"{change.old}（已核）")
    (lost,) = edits(tmp_path / "built", tmp_path / "gone.docx")
    assert (lost.kind, lost.old, lost.new) == ("picture", change.old, "")


def test_footnotes_are_read_like_paragraphs(tmp_path):
    """What stands at the foot of a page is said by the document, too."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "正文[^a]。\n\n[^a]: 第一条。"}
    notebook = {"cells": [cell], "metadata": {"halfyear": {"title": "总结"}}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "a.docx").write_bytes(render.to_bytes("docx", notebook))
    assert [one.text for one in read_word(tmp_path / "a.docx")] == ["正文。", "第一条。", "——"]  # under the pages


def test_a_document_whose_parts_are_numbered_differs_in_nothing(report, tmp_path):
    """Word on the web writes document2.xml where others write document.xml."""
    with zipfile.ZipFile(report / "report.docx") as built, zipfile.ZipFile(tmp_path / "edited.docx", "w") as saved:
        for name in built.namelist():
            saved.writestr(re.sub(r"(document|footnotes)\.xml", r"\g<1>2.xml", name), built.read(name))
    assert edits(report, tmp_path / "edited.docx") == []


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04broken"])
def test_what_is_no_word_document_is_told(report, tmp_path, content):
    """A file of another kind, or a damaged one, is named."""
    (tmp_path / "x.docx").write_bytes(content)
    with pytest.raises(ReleaseError, match=r"x\.docx"):
        edits(report, tmp_path / "x.docx")


def in_office(report, tmp_path, edits_by_name):
    """Each edit made and saved by LibreOffice: what is told of it, by name."""
    shutil.copy(report / "report.docx", tmp_path / "report.docx")
    flat = etree.parse(converted(tmp_path / "report.docx", "fodt", tmp_path), etree.XMLParser(huge_tree=True))
    files = []
    for number, edit in enumerate(edits_by_name.values()):
        document = copy.deepcopy(flat)
        edit.step(document.getroot())
        files.append(tmp_path / f"edited-{number}.fodt")
        document.write(files[-1], encoding="UTF-8", xml_declaration=True)
    saved = all_converted(files, "docx", tmp_path)
    return {name: edits(report, file) for name, file in zip(edits_by_name, saved, strict=True)}


def test_what_is_edited_in_libreoffice_is_told(report, tmp_path):
    """Documents that LibreOffice edited and wrote in its own way tell the same: the core of the edits."""
    found = in_office(report, tmp_path, office_edits.CORE)
    for name, edit in office_edits.CORE.items():
        assert_told(found[name], edit, name)


@pytest.mark.soak
def test_more_that_is_edited_in_libreoffice_is_told(report, tmp_path):
    """And the rest of them."""
    found = in_office(report, tmp_path, office_edits.MORE)
    for name, edit in office_edits.MORE.items():
        assert_told(found[name], edit, name)


@pytest.mark.soak
def test_what_libreoffice_saves_once_more_is_told_the_same(report, tmp_path):
    """What was edited elsewhere and only saved by LibreOffice: every edit but those of what it works out itself, and all that says the same."""
    steps = {name: edit.step for name, edit in EDITS.items() if name not in WORKED_OUT} | INNOCENT
    (tmp_path / "in").mkdir()
    files = []
    for number, step in enumerate(steps.values()):
        document = docx.Document(str(report / "report.docx"))
        step(document)
        files.append(tmp_path / "in" / f"edited-{number}.docx")
        document.save(str(files[-1]))
    saved = all_converted(files, "docx", tmp_path)
    found = {name: told(edits(report, file)) for name, file in zip(steps, saved, strict=True)}
    wanted = {name: EDITS.get(name, NOTHING) for name in steps}
    assert found == {name: (sorted(edit.figures), edit.kinds) for name, edit in wanted.items()}


def test_a_document_that_libreoffice_only_saved_differs_in_nothing(report, tmp_path):
    """Another program's way of writing the same is no edit."""
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice: tests/system-packages")
    (tmp_path / "in").mkdir()
    shutil.copy(report / "report.docx", tmp_path / "in" / "report.docx")
    saved = converted(tmp_path / "in" / "report.docx", "docx", tmp_path)
    assert edits(report, saved) == []
