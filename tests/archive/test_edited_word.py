"""The Word document of a report as a leader edited it: every edit is told, each figure with its cell, nothing else."""

from __future__ import annotations

import copy
import csv
import shutil
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from office import converted

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


def paragraph(document, text):
    """The paragraph that says this."""
    return next(one for one in document.paragraphs if "".join(text.split()) in "".join(one.text.split()))


def table_of(document, name):
    """The table with a row of this name."""
    return next(one for one in document.tables if name in [row.cells[0].text for row in one.rows])


def replace(where, old, new):
    """As somebody types it: in the run that holds it, or over the whole paragraph where several do."""
    for run in where.runs:
        if old in run.text:
            run.text = run.text.replace(old, new, 1)
            return
    text = where.text.replace(old, new, 1)
    for run in where.runs[1:]:
        run.text = ""
    where.runs[0].text = text


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


def test_an_untouched_document_differs_in_nothing(edited):
    """What python-docx only opens and saves says what the report says."""
    assert edited() == []


def test_every_changed_figure_is_told_with_its_cell(report, edited):
    """Each figure of the text, one after another: the number that the report states, the one written, and the cell."""
    wanted = figures_in(report)[:24]
    assert len(wanted) >= 20
    for context, number, cells in wanted:
        found = edited(lambda document, at=context, old=number: replace(paragraph(document, at), old, "98765"))
        told = [(one.old, one.new, one.cells) for one in found if one.kind == "figure"]
        assert told == [(number, "98765", cells)], context
        assert [one.kind for one in found].count("sentence") == 1


def test_all_of_them_at_once(report, edited):
    """Many edits in one document are each told, none of them twice."""
    by_paragraph = {context: (context, number, cells) for context, number, cells in figures_in(report)}
    wanted = list(by_paragraph.values())
    steps = [lambda document, one=one: replace(paragraph(document, one[0]), one[1], "98765") for one in wanted]
    found = [one for one in edited(*steps) if one.kind == "figure"]
    assert sorted(one.cells for one in found) == sorted(cells for _, _, cells in wanted)


def test_a_changed_cell_of_a_table_is_its_figure(edited):
    """A figure of a table, in its own cell, whatever is written there."""

    def step(document):
        table_of(document, "许可数量").rows[2].cells[1].paragraphs[0].runs[0].text = "29500件"

    (change,) = edited(step)
    assert (change.kind, change.old, change.new, change.cells) == ("figure", "29400", "29500件", "行政许可!E2")


@pytest.mark.parametrize(
    ("old", "new"),
    [("统筹推进", "协调推进"), ("统筹推进", ""), ("牵头推进", "牵头并推进"), ("为目标，", "为总目标，")],
)
def test_changed_words_are_told_as_their_sentence(edited, old, new):
    """The sentence before and after, and where it was made."""
    (change,) = edited(lambda document: replace(paragraph(document, old), old, new))
    assert change.kind == "sentence" and old in change.old and change.new == change.old.replace(old, new, 1)
    assert change.place


def test_a_removed_paragraph_takes_its_figures_with_it(edited):
    """What was deleted is told, with each figure that is gone and its cell."""

    def step(document):
        gone = paragraph(document, "一业一证办件量322件")
        gone._p.getparent().remove(gone._p)

    found = edited(step)
    assert found[0].kind == "lost"
    assert {"322": "指标!E5", "190": "指标!E6", "67": "指标!E7"}.items() <= {
        one.old: one.cells for one in found if one.kind == "figure"
    }.items()


def test_an_added_paragraph_a_sentence_more_and_a_removed_row(edited):
    """Additions are told as they stand; a row that was deleted by each of its cells."""

    def add(document):
        document.add_paragraph("请各科室抓好落实。")

    def more(document):
        paragraph(document, "统筹推进").add_run("下一步继续推进。")

    def row(document):
        gone = table_of(document, "许可数量").rows[1]._tr
        gone.getparent().remove(gone)

    kinds = [(one.kind, one.new or one.old) for one in edited(add, more, row)]
    assert ("added", "请各科室抓好落实。") in kinds
    assert ("sentence", "下一步继续推进。") in kinds
    assert ("lost", "受理数量") in kinds and ("figure", "30215") in kinds


def test_a_moved_paragraph_is_lost_and_added_again(edited):
    """What stands elsewhere now is told at both places."""

    def step(document):
        moved = paragraph(document, "统筹推进")
        document.element.body.insert(1, copy.deepcopy(moved._p))
        moved._p.getparent().remove(moved._p)

    kinds = {one.kind for one in edited(step)}
    assert {"lost", "added"} <= kinds


def test_tracked_changes_count_as_accepted(edited):
    """What is marked as deleted is gone, what is marked as inserted is there: as a leader leaves it."""

    def step(document):
        run = paragraph(document, "统筹推进").runs[0]
        before, _, after = run.text.partition("统筹推进")
        attributes = 'w:id="1" w:author="x" w:date="2021-07-01T00:00:00Z"'
        deleted = f"<w:del {nsdecls('w')} {attributes}><w:r><w:delText>统筹推进</w:delText></w:r></w:del>"
        inserted = f"<w:ins {nsdecls('w')} {attributes}><w:r><w:t>协同推进</w:t></w:r></w:ins>"
        rest = copy.deepcopy(run._r)
        run.text = before
        for element in reversed([parse_xml(deleted), parse_xml(inserted), rest]):
            run._r.addnext(element)
        rest.text = after

    (change,) = edited(step)
    assert change.kind == "sentence" and "协同推进" in change.new and "统筹推进" not in change.new


def test_a_comment_is_told_and_changes_nothing(edited):
    """What a leader writes in the margin is told in full; the paragraph that it is about is as it was."""

    def step(document):
        document.add_comment(paragraph(document, "统筹推进").runs, text="请核实口径。", author="x")

    assert [(one.kind, one.old, one.new) for one in edited(step)] == [("comment", "", "请核实口径。")]


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


def test_a_chart_taken_out_is_told(edited):
    """What it showed is told, series by series."""

    def gone(document):
        chart = next(document.element.body.iter(f"{MC}AlternateContent"))
        chart.getparent().remove(chart)

    (lost,) = edited(gone)
    assert (lost.kind, lost.new) == ("picture", "")
    assert "一业一证322" in lost.old


def test_footnotes_are_read_like_paragraphs(tmp_path):
    """What stands at the foot of a page is said by the document, too."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "正文[^a]。\n\n[^a]: 第一条。"}
    notebook = {"cells": [cell], "metadata": {"halfyear": {"title": "总结"}}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "a.docx").write_bytes(render.to_bytes("docx", notebook))
    assert [one.text for one in read_word(tmp_path / "a.docx")] == ["正文。", "第一条。"]


def test_a_changed_number_of_a_chart_is_told(report, tmp_path):
    """Word writes a number edited in the chart's workbook into the chart: before and after, series by series."""
    with zipfile.ZipFile(report / "report.docx") as built, zipfile.ZipFile(tmp_path / "edited.docx", "w") as changed:
        for name in built.namelist():
            content = built.read(name)
            changed.writestr(name, content.replace(b">322<", b">323<") if name.startswith("word/charts/") else content)
    (change,) = edits(report, tmp_path / "edited.docx")
    assert change.kind == "picture"
    assert "一业一证322" in change.old and "一业一证323" in change.new


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04broken"])
def test_what_is_no_word_document_is_told(report, tmp_path, content):
    """A file of another kind, or a damaged one, is named."""
    (tmp_path / "x.docx").write_bytes(content)
    with pytest.raises(ReleaseError, match=r"x\.docx"):
        edits(report, tmp_path / "x.docx")


def test_a_document_that_libreoffice_only_saved_differs_in_nothing(report, tmp_path):
    """Another program's way of writing the same is no edit."""
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice: tests/system-packages")
    (tmp_path / "in").mkdir()
    shutil.copy(report / "report.docx", tmp_path / "in" / "report.docx")
    saved = converted(tmp_path / "in" / "report.docx", "docx", tmp_path)
    assert edits(report, saved) == []
