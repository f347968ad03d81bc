"""Seven half-years of synthetic data: the last report has what only a history gives, and every figure of it is right."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html import unescape

import lxml.html
import openpyxl
import pytest
from calling import Command
from seven_half_years import GAP, HEDGED, PERIODS, seven_half_years
from validators import PROFILES, faults

from pipeline.ledger import check
from pipeline.workspace import Workspace


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The workspace, with the report of the last half-year in all forms."""
    folder = seven_half_years(tmp_path_factory.mktemp("seven") / "workspace")
    ran = Command(folder)("run", PERIODS[-1], "--lang", "zh")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


@pytest.fixture(scope="module")
def page(built):
    return lxml.html.parse(str(built / "outputs" / PERIODS[-1] / "report.html")).getroot()


def stated(folder, period, subject):
    """The figure of a matter in a half-year's ledger, as its cells have it; "" where it is not stated."""
    with (folder / "data" / period / "tables" / "indicators.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if (row["对象"], row["指标"]) == (subject, "办件量")]
    return rows[0]["数值"] + rows[0]["限定词"] if rows else ""


def said(page, name):
    """The alternative text of a chart."""
    figure = page.get_element_by_id(name)
    drawing = figure.find(".//svg")
    return (figure.find(".//img").get("alt") if drawing is None else drawing.get("aria-label")) or ""


def test_the_synthetic_data_are_the_same_each_time(tmp_path):
    """A seed makes them: two writings are equal to the byte, with a gap and a hedged figure among them."""
    one, other = (seven_half_years(tmp_path / name) for name in ("one", "other"))
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert [(one / path).read_bytes() for path in files] == [(other / path).read_bytes() for path in files]
    assert stated(one, *GAP) == ""
    assert stated(one, *HEDGED).endswith("余")


def test_every_half_year_can_be_built(built):
    """The data of none has an error."""
    found = [one for period in PERIODS for one in check(Workspace(built), period)]
    assert [one.text() for one in found if one.severity == "error"] == []


def test_key_figures_say_how_they_moved(page):
    """要点 have 环比, 同比 and a line through the half-years."""
    links = page.xpath("//nav[@class='key-figures']//li/a")
    assert all(link.text_content().count("“") == link.text_content().count("”") for link in links)  # names stay whole
    moved = [link for link in links if "环比" in link.text_content() and "同比" in link.text_content()]
    assert len(moved) >= 3
    assert all(link.find(".//path") is not None for link in moved)


def test_the_trend_shows_each_half_year_as_its_ledger_states_it(built, page):
    """Every half-year is named with its figure, and its companion with that of the year before."""
    facts = json.loads(unescape(page.get_element_by_id("handled-trend").get("data-facts")))
    subject = page.get_element_by_id("handled-trend").findtext("figcaption")
    (matter,) = [
        one
        for one in ("一业一证", "一链办理", "跨省通办")
        if one in page.get_element_by_id("handled-trend").text_content()
    ]
    figures = [stated(built, period, matter) for period in PERIODS]
    assert {one[0] for one in facts} == set(filter(None, figures)), subject
    assert len(figures) == 7


def test_months_and_parts_are_drawn_where_the_data_have_them(page):
    """普法活动 by month, with the month that states nothing; 许可 by kind."""
    months = page.get_element_by_id("outreach-months")
    assert len(json.loads(unescape(months.get("data-facts")))) >= 5
    assert len(json.loads(unescape(page.get_element_by_id("licences-parts").get("data-facts")))) == 4


def test_the_word_document_has_the_numbers_of_its_charts(built):
    """Chart by chart, what the chart shows and what its workbook holds are the same numbers."""
    with zipfile.ZipFile(built / "outputs" / PERIODS[-1] / "report.docx") as package:
        charts = sorted(name for name in package.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", name))
        assert len(charts) >= 3
        for number in range(1, len(charts) + 1):
            drawn = re.findall(
                r"<c:pt[^>]*formatCode[^>]*><c:v>([^<]*)", package.read(f"word/charts/chart{number}.xml").decode()
            )
            sheet = openpyxl.load_workbook(io.BytesIO(package.read(f"word/embeddings/chart{number}.xlsx"))).worksheets[
                0
            ]
            columns = list(sheet.iter_cols(min_row=2, min_col=2, values_only=True))
            assert [float(one) for one in drawn] == [cell for column in columns for cell in column if cell is not None]


@pytest.mark.soak
@pytest.mark.parametrize("period", PERIODS)
def test_no_validator_says_anything_against_any_half_year(built, period):
    """Each of the seven reports is a sound PDF for who archives it and who listens to it, and a sound Word document."""
    audit = pytest.importorskip("openxml_audit", reason="needs the package openxml-audit")
    ran = Command(built)("run", period, "--format", "pdf", "--format", "docx")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    made = built / "outputs" / period
    assert [fault for profile in PROFILES for fault in faults((made / "report.pdf").read_bytes(), profile)] == []
    assert [str(error) for error in audit.OpenXmlValidator().validate(str(made / "report.docx")).errors] == []
