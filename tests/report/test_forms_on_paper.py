"""Figures as offices state them go from the cell to page, PDF and Word document as typed or as worded, and pass the gates."""

import csv
import json
import random
import re
from collections import Counter
from functools import cache

import lxml.html
import openpyxl
import pdfplumber
import pytest
from calling import Command
from docx import Document
from samples_of_forms import COMPARED, SHOWN_IN_HAN, drawn

from pipeline.ledger import TABLES

REPORT = 'title = "示例总结"\noffice = "示例科"\nbureau = "示例局"\ndistrict = ""\ncity = ""\nopening = ""\nsigned = 2021-06-30\n'
CELLS = [
    'rows = forms.table("indicators")\nlisted(rows, lambda row: f"{row.subject}写作{row.value}")',
    'listed(rows, lambda row: f"{row.subject}说成{row.value:+}")',
    'table(rows, {"subject": "对象", "measure": "指标", "value": "数值"}, name="forms", caption="各项数值")',
    'compared = forms.compared("indicators")\n'
    'listed(compared[compared.measure == "比较"], lambda row: f"{row.subject}比作{row.value}{row.change}")',
]
FORMS = drawn(random.Random(2021))


def notebook():
    code = [
        'period = "2021H1"',
        'from pipeline import Section, listed, table\n\nforms = Section("forms", period)',
        *CELLS,
    ]
    cells = [
        {"cell_type": "code", "id": f"c{place}", "metadata": {}, "source": text, "outputs": [], "execution_count": None}
        for place, text in enumerate(code)
    ]
    cells[0]["metadata"] = {"tags": ["parameters"]}
    title = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# 各项情况"}
    spec = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return {"cells": [title, *cells], "metadata": spec, "nbformat": 4, "nbformat_minor": 5}


def workbook(file, rows):
    """指标 as a sheet; ``rows`` are (subject, measure, value, unit, number format)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = TABLES["indicators"].sheet
    sheet.append(TABLES["indicators"].headings())
    for row, (subject, measure, value, unit, number_format) in enumerate(rows, 2):
        said = {"板块": "各项情况", "对象": subject, "指标": measure, "单位": unit, "口径": "当期", "数值": value}
        sheet.append([said.get(heading, "") for heading in TABLES["indicators"].headings()])
        sheet.cell(row, 5).number_format = number_format
    book.save(file)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A workspace of one chapter that states every form, its report and its published edition."""
    root = tmp_path_factory.mktemp("forms")
    (root / "notebooks").mkdir()
    (root / "notebooks/01-forms.ipynb").write_text(json.dumps(notebook()), encoding="utf-8")
    now = [(f"第{n}号事项", "增减", cell, unit, "@") for n, (cell, unit, _, _) in enumerate(FORMS, 1)]
    now += [(f"甲{n}", "数值", number, "件", code) for n, (number, code, _) in enumerate(SHOWN_IN_HAN, 1)]
    now += [(f"乙{n}", "比较", cell, unit, "@") for n, (cell, _, unit, _) in enumerate(COMPARED, 1)]
    before = [(f"乙{n}", "比较", cell, unit, "@") for n, (_, cell, unit, _) in enumerate(COMPARED, 1)]
    for period, rows in (("2021H1", now), ("2020H2", before)):
        folder = root / "data" / period
        folder.mkdir(parents=True)
        settings = REPORT if period == "2021H1" else REPORT.replace("2021-06-30", "2020-12-31")
        (folder / "report.toml").write_text(settings, encoding="utf-8")
        workbook(folder / "tables.xlsx", rows)
    done = Command(root)("run", "2021H1")
    assert done.returncode == 0, done.stdout + done.stderr
    published = Command(root)("publish", "2021H1", "--to", root / "site")
    assert published.returncode == 0, published.stdout + published.stderr
    return root


def squeezed(text):
    return re.sub(r"\s", "", re.sub(r"—\s*\d+\s*—", "", text))


@cache
def text_of(file):
    if file.suffix == ".html":
        return squeezed(lxml.html.parse(str(file)).getroot().body.text_content())
    if file.suffix == ".docx":
        nodes = Document(str(file)).element.body.iter()
        return squeezed("".join(node.text or "" for node in nodes if node.tag.endswith("}t")))
    with pdfplumber.open(file) as document:
        return squeezed("\n".join(page.extract_text() for page in document.pages))


@pytest.mark.parametrize("file", ["report.html", "report.pdf", "report.docx"])
@pytest.mark.parametrize("folder", ["outputs/2021H1", "site/2021H1"])
def test_every_form_stands_in_the_document(built, folder, file):
    """Each form is read back from each document of both editions: as typed, and with its direction in a word."""
    text = text_of(built / folder / file)
    missing = [
        said
        for number, (_, _, typed, worded) in enumerate(FORMS, 1)
        for said in (f"第{number}号事项写作{typed}", f"第{number}号事项说成{worded}", f"第{number}号事项增减{typed}")
        if not re.search(rf"{re.escape(squeezed(said))}(?![\d.%])", text)
    ]
    missing += [
        f"甲{n}写作{shown}" for n, (_, _, shown) in enumerate(SHOWN_IN_HAN, 1) if f"甲{n}写作{shown}" not in text
    ]
    missing += [said for n, (*_, said) in enumerate(COMPARED, 1) if f"乙{n}比作{said}" not in text]
    assert missing == []


def test_no_form_is_called_an_error(built):
    """Nothing of what check, run and the gates say is about a figure, its source or its words."""
    manifest = json.loads((built / "outputs/2021H1/manifest.json").read_text(encoding="utf-8"))
    assert manifest["numbers"]["untraced"] == 0
    assert [one["message"] for one in manifest["checks"] if one["severity"] == "error"] == []
    said = {"untraced", "not-as-stated", "not-as-calculated", "contradiction", "left-out", "no-such-cell"}
    assert [one["message"] for one in manifest["checks"] if one["code"] in said] == []


def test_every_form_is_a_fact_of_its_cell(built):
    """facts.csv has each form three times over, from its own cell; a worded zero is a fact, too."""
    with (built / "outputs/2021H1/facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = Counter(fact["cells"] for fact in csv.DictReader(stream))
    for row in range(2, 2 + len(FORMS) + len(SHOWN_IN_HAN)):
        assert cells[f"指标!E{row}"] == 3, row
