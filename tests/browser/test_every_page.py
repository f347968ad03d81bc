"""Every kind of page that the project makes, in every window: no barrier, well made, nothing cut off, nothing fetched."""

from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from calling import Command
from material import candidate_of, handled, says, shows, value
from material import report as stitched
from seven_half_years import PERIODS, seven_half_years
from shelf import Shelf, ledger
from shelf import handled as row

from pipeline import render
from pipeline.archive import diff, write_difference_page, write_site
from pipeline.batch import read_batch
from pipeline.batch.one_report import BUILT, CRASHED, DRAFT, NOT_REACHED, Outcome
from pipeline.batch.overview import write_overview
from pipeline.findings import Finding, Place
from pipeline.manual import PAGES as MANUALS
from pipeline.manual import write_manuals
from pipeline.publish import publish

WIDTHS, SCHEMES = {"phone": 360, "tablet": 768, "desk": 1280}, ("light", "dark")
CORE = {("phone", "dark"), ("desk", "light")}
each_window = pytest.mark.parametrize(
    ("width", "scheme"),
    [
        pytest.param(WIDTHS[window], scheme, id=f"{window} {scheme}", marks=() if (window, scheme) in CORE else pytest.mark.soak)
        for window, scheme in product(WIDTHS, SCHEMES)
    ],
)  # fmt: skip

ARCHIVE = {"site": "site/index.html", "history": "site/history.html", "comparison": "compared.html"}
MADE = {
    "report": "2021H1/report.html",
    "public report": "public/2021H1/report.html",
    "review sheet": "public/2021H1/review.html",
    "correction": "public/2021H1/correction-1.html",
    "public index": "public/index.html",
    **ARCHIVE,
    "batch": "batch.html",
    "manual": f"{MANUALS[0]}.html",
    "questions": f"{MANUALS[1]}.html",
}
SEVEN = {"report": "outputs/2021H1/report.html", **{name: f"outputs/{file}" for name, file in ARCHIVE.items()}}
# What a page's maker may get wrong and a browser mends: a caption amid its figure, a block in a paragraph, an id twice.
MISMADE = """() => [
    ...[...document.querySelectorAll("figcaption")].filter(one => one.previousElementSibling && one.nextElementSibling),
    ...[...document.querySelectorAll("p")].filter(one => !one.hasChildNodes()),
    ...[...document.querySelectorAll("[id]")].filter(one => document.getElementById(one.id) !== one),
].map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def made(tmp_path_factory, report):
    """A folder with a page of each kind; the report is the example's, the others are small."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "2021H1").symlink_to(report)
    _published(folder / "public")
    _archived(folder)
    _batch(folder)
    write_manuals(folder, ["html"])
    return folder


def _published(to):
    """A report published, and its correction."""
    for number, words in ((2, ""), (3, "台账录入有误")):
        cells = [says(f"办件量{value(number)}件。"), shows(handled().html)]
        publish(candidate_of(stitched(*cells, edition="public")), to, render=render.to_bytes, correct=words)


def _archived(folder):
    """The archive of three half-years, one of them corrected since, and two of them compared."""
    shelf = Shelf(folder / "shelf")
    for period, cases in (("2019H2", "0件"), ("2020H2", "4件"), ("2021H1", "2件")):
        shelf.put(period, ledger("indicators", row(f"{period[2:4]}00余件"), row(cases, subject="投诉")))
    write_site(shelf.archive(folder / "public"), folder / "site", style=render.sheet("screen.css"))
    before, after = (shelf.outputs / period for period in ("2020H2", "2021H1"))
    write_difference_page(folder / "compared.html", diff(before, after), {"reform": "改革创新"})


def _batch(folder):
    """The overview of a batch in which most went wrong."""
    (folder / "units.csv").write_text(
        "行政区划代码,名称,上级,文件夹\n1,甲,,甲\n2,乙,1,\n3,丙,1,\n4,丁,1,\n", encoding="utf-8"
    )
    (folder / "batch.toml").write_text('periods = ["2021H1"]\nunits = "units.csv"\n', encoding="utf-8")
    cell = Place("tables/indicators.csv", rows=(5,), column="E", heading="数值")
    outcomes = {
        "1": Outcome(BUILT, stands=True),
        "2": Outcome(DRAFT, findings=(Finding("required", cell),)),
        "3": Outcome(CRASHED, log="Traceback (most recent call last):\n" + "x" * 200),
        "4": Outcome(NOT_REACHED),
    }
    write_overview(read_batch(folder / "batch.toml"), {f"{code} 2021H1": one for code, one in outcomes.items()})


@pytest.fixture(scope="module")
def seven(tmp_path_factory):
    """The same kinds of pages of seven half-years, with 要点 and trends."""
    folder = seven_half_years(tmp_path_factory.mktemp("seven") / "workspace")
    command = Command(folder)
    for asked in (*(("run", period, "--format", "html") for period in PERIODS), ("site",)):
        done = command(*asked)
        assert done.returncode == 0, done.stdout + done.stderr
    done = command("diff", PERIODS[-2], PERIODS[-1], "--html", "outputs/compared.html")
    assert done.returncode == 0, done.stderr
    return folder


def _faults(chromium, file: Path, width, scheme):
    """What is wrong with a page, also while sources are shown and one is open."""
    context = chromium.new_context(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,
        offline=True,
        reduced_motion="reduce",
        bypass_csp=True,
    )  # the page lets no script in, not even the checker
    try:
        page = context.new_page()
        said = []
        page.on("request", lambda request: said.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(file.as_uri())
        yield from (one for one in said if one != file.as_uri() and not one.startswith("data:"))
        yield from page.evaluate(MISMADE)
        yield from _barriers(page)
        if page.locator("#show-sources").count():
            page.locator("#show-sources").check()
            page.locator("main label.sourced > button").first.click()
            page.locator(".index summary").click()
            assert page.locator(":popover-open").count() == 0, "a click elsewhere puts a note away"
            page.locator("main label.sourced > button").first.click()
            yield from _barriers(page)
        if page.evaluate("document.documentElement.scrollWidth") != width:
            yield "the page scrolls sideways"
    finally:
        context.close()


def _barriers(page):
    found = Axe().run(page).response
    assert len(found["passes"]) > 8
    return [(rule["id"], node["html"][:120]) for rule in found["violations"] for node in rule["nodes"]]


@each_window
@pytest.mark.parametrize("name", MADE)
def test_every_page_is_open_to_everybody(chromium, made, name, width, scheme):
    """The accessibility checker axe finds nothing on any page, nothing scrolls sideways, nothing is fetched or complained of."""
    assert list(_faults(chromium, made / MADE[name], width, scheme)) == []


@pytest.mark.soak
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", SEVEN)
def test_pages_of_many_periods_are_open_to_everybody(chromium, seven, name, width, scheme):
    """The same holds of a report with 要点 and trends, and of an archive of seven half-years."""
    assert list(_faults(chromium, seven / SEVEN[name], width, scheme)) == []
