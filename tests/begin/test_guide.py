"""The analyst's guide, followed to the letter: its blocks, run in order, make a chapter."""

import csv
import json
import re
import shlex

import nbformat
import pytest
from calling import ROOT, Command

GUIDES = (ROOT / "docs/analyst.md", ROOT / "docs/zh/分析员手册.md")
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(guide):
    """What a guide shows to be typed: (kind, file, text) of each block."""
    return BLOCK.findall(guide.read_text(encoding="utf-8"))


def put_cells(notebook, cells):
    """The notebook down to its import cell, which the first of ``cells`` becomes, and the others below it."""
    kept = next(at for at, cell in enumerate(notebook.cells) if "from pipeline import" in cell.source)
    notebook.cells[kept:] = [nbformat.v4.new_code_cell(source.rstrip("\n")) for source in cells]


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """The workspace after all of the guide, and the last answers of its commands by name."""
    folder, answers, cells = tmp_path_factory.mktemp("guide"), {}, []
    command = Command(folder)
    for kind, file, text in blocks(GUIDES[0]):
        if kind == "python":
            cells.append(text)
        elif file:
            (command.folder / file).write_text(text, encoding="utf-8")
        for line in text.splitlines() if kind == "sh" else ():
            name, *arguments = shlex.split(line)
            if name == "cd":
                command = Command(command.folder / arguments[0])
                continue
            if cells:
                path = command.folder / "notebooks/06-hotline.ipynb"
                notebook = nbformat.read(path, 4)
                put_cells(notebook, cells)
                nbformat.write(notebook, path)
            assert name == "halfyear"
            answers[arguments[0]] = command(*arguments)
            assert answers[arguments[0]].returncode == 0, answers[arguments[0]].stdout + answers[arguments[0]].stderr
    return command.folder, answers


def test_the_guide_makes_a_chapter_in_three_formats(followed):
    """The report is built in HTML, PDF and Word, with the chapter, its table, its two charts and what its prose says."""
    folder, answers = followed
    manifest = json.loads((folder / "outputs/2021H1/manifest.json").read_text(encoding="utf-8"))
    assert {"report.html", "report.pdf", "report.docx"} <= set(manifest["outputs"])
    page = (folder / "outputs/2021H1/report.html").read_text(encoding="utf-8")
    text = re.sub(r"<[^>]*>|\s", "", page)
    for said in (
        "本期受理热线诉求9595件，办结9423件（占98.2%，见表",
        "其中，物业管理受理6120件（供暖季较多）；交通出行受理2310件；教育医疗受理1165件。",
        "群众反映最多的是物业管理，共6120件。",
        "回访满意率：电话97.5%、网络95.2%。",
    ):
        assert said in text
    assert all(f'id="{name}"' in page for name in ("hotline", "hotline-chart", "hotline-closed"))
    assert "热线办理!B2" in answers["where"].stdout


def test_every_number_of_the_guide_is_traced(followed):
    """No number of the chapter is without a source, no row of its ledger and of the own file is left out."""
    folder, answers = followed
    assert "untraced" not in answers["run"].stdout + answers["run"].stderr
    with (folder / "outputs/2021H1/coverage.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if "hotline" in " ".join(row.values())]
    assert len(rows) >= 3
    manifest = json.loads((folder / "outputs/2021H1/manifest.json").read_text(encoding="utf-8"))
    assert "data/2021H1/survey.csv" in manifest["inputs"]


def test_both_guides_have_the_same_blocks():
    """What the Chinese guide tells to type is what the English one does, to the letter."""
    assert blocks(GUIDES[1]) == blocks(GUIDES[0])


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_guide_is_found_from_the_first_page(page):
    """Each README leads to its guide."""
    assert ("docs/zh/分析员手册.md" if "zh" in page else "docs/analyst.md") in (ROOT / page).read_text(encoding="utf-8")
