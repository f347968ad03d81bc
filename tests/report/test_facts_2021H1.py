"""Every fact of the half-year stands in the report, in all three forms, and leads to its cell."""

import csv
import json
import re
from functools import cache
from pathlib import Path

import lxml.html
import pytest

from pipeline.facts import Quantity, Sources

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
with (HERE / "facts-2021H1.csv").open(encoding="utf-8-sig", newline="") as stream:
    FACTS = list(csv.DictReader(stream))
NUMERIC = [fact for fact in FACTS if fact["value"]]
BY_ID = {"ids": lambda fact: fact["id"]}


def squeezed(text):
    """Without white space and page numbers, so that line and page breaks do not part a name."""
    return re.sub(r"\s", "", re.sub(r"—\s*\d+\s*—", "", text))


@cache
def text_of(file):
    if file.suffix == ".html":
        return squeezed(lxml.html.parse(str(file)).getroot().body.text_content())
    if file.suffix == ".docx":
        from docx import Document

        return squeezed(
            "".join(node.text or "" for node in Document(str(file)).element.body.iter() if node.tag.endswith("}t"))
        )
    import pdfplumber

    with pdfplumber.open(file) as document:
        return squeezed("\n".join(page.extract_text() for page in document.pages))


@cache
def facts_of(report):
    return lxml.html.parse(str(report / "report.html")).getroot().find_class("fact")


@cache
def table(name):
    with (ROOT / "data/2021H1" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def cell(source):
    rows = table(source.table)
    return rows[source.row - 1][rows[0].index(source.column)]


def names(fact):
    """What the fact says must be read, name by name; remarks about it (地点：…) without their label."""
    parts = re.split(r"；| / |、(?=《)", fact["must_read"])
    return [squeezed(re.sub(r"^地点：", "", part)) for part in parts if part]


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
@pytest.mark.parametrize("fact", FACTS, **BY_ID)
def test_value_and_names_can_be_read(report, form, fact):
    """Each value with its qualifier and unit, and each name word for word, can be read in the HTML, the PDF and the DOCX."""
    text = text_of(report / f"report.{form}")
    unread = [name for name in names(fact) if name not in text]
    assert not unread
    if fact["value"]:
        printed = fact["value"] + fact["qualifier"] + fact["unit"]
        assert printed in text or fact["value"] + fact["qualifier"] in text


def printed_behind(element):
    """The text right behind a figure, whose label holds nothing to read but the figure itself."""
    label = element.getparent()
    return (label if "sourced" in label.classes else element).tail or ""


@pytest.mark.parametrize("fact", NUMERIC, **BY_ID)
def test_a_number_leads_to_the_cell_that_holds_it(report, fact):
    """Each number stands in a fact element whose single source is the very cell that states it, in the row it is about."""
    for element in facts_of(report):
        sources = Sources.parse(element.get("data-source")).cells()
        if element.get("value") != fact["value"] or len(sources) != 1 or not sources[0].column:
            continue
        source = sources[0]
        row = "".join(table(source.table)[source.row - 1])
        about = fact["subject"] in row or source.column == fact["measure"]
        measured = fact["unit"] in row or fact["unit"] in printed_behind(element) or source.column == fact["measure"]
        hedged = fact["qualifier"] in element.text_content()
        if about and measured and hedged:
            assert str(Quantity.parse(cell(source)).value) == fact["value"]
            return
    pytest.fail(f"no fact element states {fact['value']}{fact['unit']} of {fact['subject']}")


def literals(path):
    """The strings of a module that are no docstrings."""
    import ast

    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docs = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    return [str(n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in docs]


SOURCES = [*sorted((ROOT / "notebooks").glob("*.ipynb")), *sorted((ROOT / "pipeline").rglob("*.py"))]


# A year alone is the period's, and a round figure stated with 余 is any round figure.
FIGURES = {fact["value"] for fact in NUMERIC if not fact["qualifier"] and fact["unit"] != "年"}
SHORTEST = {".ipynb": 2, ".py": 4}  # in code a short number has many meanings: 190 is also the height of a picture
DATES = {fact["as_of"] for fact in FACTS if re.fullmatch(r"\d{4}(-\d\d-\d\d.*|年\d+月.*)", fact["as_of"])} | {
    "2021-06-29",
    "2021年6月29日",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_figure_of_the_half_year_stands_in_code(path):
    """No figure, no day and no name of the half-year stands in a notebook or in pipeline/."""
    if path.suffix == ".py":
        text = "\n".join(literals(path))
    else:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        text = "\n".join("".join(cell["source"]) for cell in cells).replace('period = "2021H1"', "")
    telling = [figure for figure in FIGURES if len(figure) >= SHORTEST[path.suffix]]
    figures = [figure for figure in telling if re.search(rf"(?<!\d){figure}(?!\d)", text)]
    days = [day for day in DATES if day in text]
    numbers = re.findall(r"〔20\d\d〕\d+号", text) if path.suffix == ".ipynb" else []
    named = [name for fact in FACTS for name in names(fact) if len(name) > 5 and name in text]
    assert not [*figures, *days, *numbers, *named]
