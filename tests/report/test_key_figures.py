"""要点: the figures at the top of the page are the text's own, and each leads to its sentence."""

from __future__ import annotations

import csv
import re
import shutil

import lxml.html
import pytest

from pipeline.period import Period
from pipeline.render.web.key_figures import MOST
from pipeline.report.figures_to_show import key_figures
from pipeline.workspace import Workspace


def block(page):
    root = lxml.html.fromstring(page.read_text(encoding="utf-8"))
    found = root.xpath("//nav[@class='key-figures']//li/a")
    return root, [(one.get("href")[1:], one.find("span").text, one.find("strong").text, one) for one in found]


def test_each_figure_is_one_of_the_text_and_leads_to_it(report):
    """Label and figure stand in the ledgers, the link goes to the very fact in its sentence; there are at most six."""
    root, figures = block(report / "report.html")
    assert 3 <= len(figures) <= MOST
    for target, label, printed, _ in figures:
        fact = root.get_element_by_id(target)
        assert printed.startswith(fact.text_content()) and fact.tag == "data" and label
        assert "nav" not in {one.tag for one in fact.iterancestors()}
    shown = {(label, printed) for _, label, printed, _ in figures}
    assert ("一业一证办件量", "322件") in shown
    assert ("2020年受理数量", "30215件") in shown  # of another year than the report's, and says so


def test_the_record_counts_them_once(report):
    """The block repeats what the text states: the record of facts has each of them where the text has it, no more."""
    with (report / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        facts = [one for one in csv.DictReader(stream) if one["printed"] == "322" and "段" in one["place"]]
    assert len(facts) == 1


def settings(workspace, line):
    file = workspace / "data" / "2021H1" / "report.toml"
    text = re.sub(r"^highlights.*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file.write_text(f"{line}\n{text}", encoding="utf-8")


def test_an_office_chooses_them_or_does_without(workspace, halfyear):
    """report.toml names their labels in order, or says false."""
    labels = ["跨省通办办件量", "一业一证办件量", "一链办理办件量"]
    settings(workspace, f"highlights = {labels}".replace("'", '"'))
    assert halfyear("run", "2021H1", "-f", "html").returncode == 0
    page = workspace / "outputs" / "2021H1" / "report.html"
    assert [label for _, label, _, _ in block(page)[1]] == labels
    settings(workspace, "highlights = false")
    assert halfyear("run", "2021H1", "-f", "html").returncode == 0
    assert block(page)[1] == []
    settings(workspace, "highlights = 3")
    assert "highlights" in halfyear("check", "2021H1").stdout


def test_earlier_periods_are_told_and_drawn(workspace, halfyear):
    """With earlier periods in data/ each figure has its 环比 and 同比, and with four of them a line through them."""
    for number, period in enumerate(("2019H2", "2020H1", "2020H2")):
        shutil.copytree(workspace / "data" / "2021H1", workspace / "data" / period)
        file = workspace / "data" / period / "tables" / "indicators.csv"
        text = file.read_text(encoding="utf-8-sig").replace(
            "一业一证,办件量,322", f"一业一证,办件量,{200 + 40 * number}"
        )
        file.write_text(text, encoding="utf-8-sig")
    settings(workspace, 'highlights = ["一业一证办件量", "一链办理办件量", "跨省通办办件量"]')
    halfyear("run", "2021H1", "-f", "html")
    _, figures = block(workspace / "outputs" / "2021H1" / "report.html")
    (_, _, _, link), *_ = figures
    said = "".join(link.itertext())
    assert "环比增长15.0%" in said and "同比增长34.2%" in said
    assert len(re.findall(r"[ML]", link.find(".//path").get("d"))) == 4


@pytest.mark.parametrize("earlier", [(), ("2020H1",), ("2020H2",), ("2019H1", "2019H2", "2020H1", "2020H2")])
def test_a_figure_is_called_the_same_whatever_it_is_compared_with(workspace, earlier):
    """What names a figure is its own row, not what earlier periods state of it or that they state nothing."""
    alone = [one.entry["label"] for one in key_figures(Workspace.at(workspace), Period.parse("2021H1"))]
    for period in earlier:
        shutil.copytree(workspace / "data" / "2021H1", workspace / "data" / period)
    figures = key_figures(Workspace.at(workspace), Period.parse("2021H1"))
    assert [one.entry["label"] for one in figures] == alone
    assert "2020年受理数量" in alone
    assert not earlier or any(one.entry["changes"] for one in figures)


def test_last_times_figure_typed_beside_is_compared_with(workspace, halfyear):
    """Where data/ has no earlier period, 上期值 is the base of the 环比 at the top as it is in the sentence."""
    file = workspace / "data" / "2021H1" / "tables" / "indicators.csv"
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    lines = [
        f"{line},{'上期值' if not number else '280' if '一业一证,办件量' in line else ''}"
        for number, line in enumerate(lines)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    halfyear("run", "2021H1", "-f", "html")
    said = {
        label: "".join(link.itertext())
        for _, label, _, link in block(workspace / "outputs" / "2021H1" / "report.html")[1]
    }
    assert said["一业一证办件量"].endswith("环比增长15.0%")


def test_what_a_year_has_come_to_is_not_held_against_the_period_before(workspace, halfyear):
    """本年累计 grows with each period of a year: it has a 同比 and no 环比, at the top as in the text."""
    file = workspace / "data" / "2021H1" / "tables" / "indicators.csv"
    text = file.read_text(encoding="utf-8-sig").replace(
        "一业一证,办件量,322,,件,未注明", "一业一证,办件量,322,,件,本年累计"
    )
    file.write_text(text, encoding="utf-8-sig")
    for period, figure in (("2020H2", "900"), ("2020H1", "280")):
        shutil.copytree(workspace / "data" / "2021H1", workspace / "data" / period)
        earlier = workspace / "data" / period / "tables" / "indicators.csv"
        earlier.write_text(text.replace("办件量,322", f"办件量,{figure}"), encoding="utf-8-sig")
    halfyear("run", "2021H1", "-f", "html")
    said = {
        label: "".join(link.itertext())
        for _, label, _, link in block(workspace / "outputs" / "2021H1" / "report.html")[1]
    }
    assert "同比增长15.0%" in said["一业一证办件量"] and "环比" not in said["一业一证办件量"]


@pytest.mark.parametrize("internal", ["2019H2", "2020H1", "2020H2"])
def test_a_public_edition_draws_no_line_through_what_must_stay_inside(workspace, internal):
    """An internal row of an earlier period has no place in the line of a figure, nor is the figure held against it."""
    for period in ("2019H1", "2019H2", "2020H1", "2020H2"):
        shutil.copytree(workspace / "data" / "2021H1", workspace / "data" / period)
    file = workspace / "data" / internal / "tables" / "indicators.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        heads, *rows = csv.reader(stream)
    for row in rows:
        if "一业一证" in row:
            row[heads.index("公开属性")] = "内部"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([heads, *rows])
    place = ("2019H1", "2019H2", "2020H1", "2020H2").index(internal)
    for edition in ("", "public"):
        figures = key_figures(Workspace.at(workspace), Period.parse("2021H1"), edition=edition)
        [figure] = [one.entry for one in figures if one.entry["label"] == "一业一证办件量"]
        assert [value is None for value in figure["past"]] == [edition == "public" and at == place for at in range(5)]
        assert len(figure["changes"]) == (2 if edition == "" or place < 2 else 1)
