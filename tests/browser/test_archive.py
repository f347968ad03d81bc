"""The archive of two real half-years and their comparison as the command makes them, opened from disk in a real browser."""

import json
import re
from unicodedata import normalize
from urllib.parse import unquote

import pytest
from calling import Command, copied_workspace
from half_year import fill_files, write_prose
from playwright.sync_api import expect

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PAGES = ("index.html", "history.html")
COMPARED = "../../compared.html"  # from the folder of the archive
each_window = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture(scope="module")
def halfyear(tmp_path_factory):
    """A workspace with the reports of 2021H1 and 2021H2 (示例), the latter with its list of sources."""
    root = copied_workspace(tmp_path_factory.mktemp("site") / "workspace")
    command = Command(root)
    assert command("new", "2021H2").returncode == 0
    fill_files(root / "data/2021H1", root / "data/2021H2")
    write_prose(root / "data/2021H1", root / "data/2021H2")
    settings = root / "data/2021H2/report.toml"
    settings.write_text(f"sources = true\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
    for period in ("2021H1", "2021H2"):
        done = command("run", period, "--format", "html", "--format", "docx")
        assert done.returncode == 0, done.stdout + done.stderr
    return command


@pytest.fixture(scope="module")
def site(halfyear):
    """The folder of pages."""
    done = halfyear("site")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"\S+/index\.html: 2 reports \(2021H1 to 2021H2\), \d+ series, internal\n", done.stdout)
    return halfyear.folder / "outputs/site"


@pytest.fixture(scope="module")
def compared(halfyear, site):
    """What the command says of the two half-years; the page stands in the workspace."""
    done = halfyear("diff", "2021H1", "2021H2", "--html", "compared.html", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def opened(chromium, site):
    """Opens a page from disk, without a network; it keeps what it asked for and complained of."""
    contexts = []

    def opened(name, viewport=DESK, **options):
        context = chromium.new_context(viewport=viewport, offline=True, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto((site / name).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def test_the_command_says_as_json_what_it_made(halfyear, site):
    """--json gives the folder, the reports, the files and what was left out; made again nothing changes."""
    said = json.loads(halfyear("site", "--json").stdout)
    assert said["reports"] == [{"period": period, "edition": "internal"} for period in ("2021H2", "2021H1")]
    assert (said["folder"], said["changed"], said["left_out"]) == (str(site), False, [])
    assert set(said["files"]) == {
        *PAGES,
        "SHA256SUMS",
        *(f"2021H{half}/report.{form}" for half in (1, 2) for form in ("html", "docx")),
    }
    assert said["series"] > 25


def test_the_command_refuses_a_folder_of_others(halfyear, site):
    """A folder that holds something else is an error with exit code 1, and stays as it is."""
    before = sorted(path.name for path in (halfyear.folder / "data").iterdir())
    done = halfyear("site", "--to", "data")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: data holds other things than an archive of reports")
    assert sorted(path.name for path in (halfyear.folder / "data").iterdir()) == before


def test_without_reports_the_command_says_how_to_build_one(halfyear, tmp_path):
    """No report built is a plain message and exit code 1."""
    done = halfyear("site", "--output", tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"error: no finished report in {tmp_path}: build one first, with: halfyear run PERIOD\n"


def test_a_ledger_changed_since_loses_its_series_and_is_told(halfyear, tmp_path):
    """Where a ledger is not what the report was built from, its figures are left out of the history, with a warning."""
    ledger = halfyear.folder / "data/2021H1/tables/cases.csv"
    before = ledger.read_bytes()
    try:
        ledger.write_bytes(before.replace("行政诉讼,,,,,7".encode(), "行政诉讼,,,,,8".encode()))
        done = halfyear("site", "--to", tmp_path / "site", "--lang", "zh")
    finally:
        ledger.write_bytes(before)
    assert "警告：2021H1：tables/cases.csv 在报告生成之后改动过" in done.stdout
    assert "行政诉讼" not in (tmp_path / "site/history.html").read_text(encoding="utf-8")


def test_a_series_says_what_both_reports_say(opened):
    """The chart and the table give the figures of both reports, with unit and 口径, and the newest stands out."""
    page = opened("history.html")
    figure = page.locator("figure.series", has_text="一业一证　办件量")
    assert figure.locator("figcaption").inner_text() == "一业一证　办件量（件，口径未注明）"
    assert figure.locator("text.value").all_text_contents() == ["322件", "647件"]
    row = page.locator("tbody tr", has_text="一业一证").first
    assert row.locator("th, td").all_inner_texts() == ["一业一证", "办件量", "件", "未注明", "322", "647"]
    lists = page.locator("tbody tr", has_text="权责清单").locator("td.number")
    assert lists.all_inner_texts() == ["10余", "23余"]


def test_a_figure_of_the_table_leads_to_its_place_in_the_report(opened, site):
    """Followed, a figure opens its report where it stands: at the figure itself where the report lists its sources."""
    page = opened("history.html")
    addresses = page.locator("td.number a").evaluate_all("links => links.map(link => [link.href, link.innerText])")
    assert len(addresses) > 50
    for half, steps in (("2021H1", "data, figure, h2, h3, h4"), ("2021H2", "data, figure.chart")):
        page.goto((site / half / "report.html").as_uri())
        for address, printed in addresses:
            if f"/{half}/" in address:
                target = page.locator(f"[id='{unquote(address.partition('#')[2])}']")
                assert target.evaluate("(place, steps) => place.matches(steps)", steps), address
                assert target.evaluate("place => !place.matches('data')") or target.inner_text() == printed


@pytest.mark.parametrize("name", [*PAGES, COMPARED])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@each_window
def test_pages_ask_for_nothing_and_complain_of_nothing(opened, compared, viewport, scheme, name):
    """Opened from disk, read to its end and printed, a page asks for nothing but itself, logs nothing, fits its window."""
    page = opened(name, viewport, color_scheme=scheme)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    page.emulate_media(media="print")
    page.wait_for_load_state("networkidle")
    assert page.requests == [page.url]
    assert page.complaints == []


@each_window
def test_no_word_of_a_chart_is_cut_or_covered(opened, viewport):
    """In every chart each text lies inside the drawing and apart from the others, as the browser sets it."""
    covered = """charts => charts.flatMap(chart => {
        const frame = chart.getBoundingClientRect();
        const boxes = [...chart.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
        const outside = boxes.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1);
        const meeting = boxes.filter(([, one], at) => boxes.slice(at + 1).some(([, two]) =>
            one.left < two.right - 1 && two.left < one.right - 1 && one.top < two.bottom - 4 && two.top < one.bottom - 4));
        return [...outside, ...meeting].map(([words]) => words);
    })"""
    charts = opened("history.html", viewport).locator("figure.series svg")
    assert charts.count() > 25
    assert charts.evaluate_all(covered) == []


def test_a_chapter_that_is_followed_stands_alone_until_all_are_asked_for(opened):
    """The contents of the history lead to one chapter, the others out of the way; a series' link does too; one link brings all back."""
    page = opened("history.html", PHONE)
    chapters = page.locator("main > section")
    every = chapters.count()
    assert every >= 2
    page.locator(".jump > ul > li > a").last.click()
    assert chapters.filter(visible=True).count() == 1
    page.locator(".jump summary").first.click()
    page.locator(".jump details a").first.click()
    assert chapters.filter(visible=True).count() == 1
    expect(page.locator(":target")).to_be_in_viewport()
    page.get_by_text("显示各章").click()
    assert chapters.filter(visible=True).count() == every


def test_the_pages_print_on_a4_with_every_figure(opened, tmp_path):
    """Printed, charts and tables are there in full and no column is cut off."""
    import pdfplumber

    page = opened("history.html")
    file = tmp_path / "history.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    with pdfplumber.open(file) as printed:
        assert {(round(sheet.width), round(sheet.height)) for sheet in printed.pages} == {(595, 842)}
        text = normalize("NFKC", "".join(sheet.extract_text() for sheet in printed.pages))
        letters = [char for sheet in printed.pages for char in sheet.chars if char["text"].isalnum()]  # ）may hang out
        assert max(char["x1"] for char in letters) <= 595 - 18 / 25.4 * 72 + 1
    for words in page.locator(".table figcaption, td.number").all_inner_texts():
        assert normalize("NFKC", words) in text


def test_a_comparison_is_one_screen_that_says_what_changed_and_where(compared):
    """Against the next half-year the terminal has a screen: what, from, to, by how much, where, of each chapter."""
    lines = compared.rstrip("\n").split("\n")
    assert len(lines) <= 24
    assert "  一业一证办件量 322件 -> 647件  +325件（+100.9%）  第3段等2处  指标!E5" in lines
    assert {"改革创新", "清单梳理", "法治建设", "事前公示"} <= set(lines)
    assert re.fullmatch(
        r"数据变化\d+项，文字变化\d+处，图表变化1处；全部列出加 --all，逐句标记用 --html 文件", lines[-1]
    )


@pytest.mark.parametrize("viewport", [PHONE, {"width": 768, "height": 900}, DESK], ids=["phone", "tablet", "desk"])
def test_a_compared_sentence_is_one_row_with_old_and_new_in_it(opened, compared, viewport):
    """A row of the list has its sentence with old struck and new marked, its figures with their change, and its place."""
    page = opened(COMPARED, viewport)
    row = page.locator("#figures li", has_text="一业一证办件量").first
    assert row.locator("p.said del").all_inner_texts() == ["2021年6月", "322件"]
    assert row.locator("p.said ins").first.inner_text() == "2021年12月"
    assert "322件 → 647件 +325件（+100.9%）" in row.locator("ul.shifts").inner_text()
    assert row.bounding_box()["width"] <= viewport["width"]
    lines = "del => getComputedStyle(del).textDecorationLine"
    assert row.locator("del").first.evaluate(lines) == "line-through"
    place = row.locator("p.where a")
    place.click()
    assert "一业一证办件量" in page.locator(":target").inner_text()


def test_last_periods_figures_are_no_changes_of_the_next_report(opened, compared):
    """No row of the list tells a figure of the half-year before, and each figure that several places state stands once."""
    page = opened(COMPARED)
    told = page.locator("#figures .shifts > li").all_inner_texts()
    assert len(told) > 20
    assert len({line.partition("（另见")[0] for line in told}) == len(told)
    assert not [line for line in told if "上期" in line or "2021H1" in line]
