"""A published figure is corrected with a reason, in a notice that says old and new, and the old files stay."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from calling import Command
from lxml import html as parser
from material import LEDGERS, PERIOD, SETTINGS, candidate_of, notebook, says, value

from pipeline import render
from pipeline.errors import ReleaseError
from pipeline.own_files import digests
from pipeline.period import Period
from pipeline.publish import public, publish
from pipeline.render.stitch import Chapter, stitch
from pipeline.workspace import SectionNotebook

KNOWN = {"tables/indicators.csv": {"sheet": "指标", "names": [], "letters": {"数值": "E"}}}
REASON = "台账录入有误"


def candidate(*rows, words="办件量"):
    """A public edition that states the figures of these rows, each in a sentence."""
    made = public([notebook(*(says(f"{words}{value(row)}。") for row in rows))], LEDGERS)
    section = SectionNotebook(Path("01-reform.ipynb"), 1, "reform", "改革创新")
    stitched = stitch([Chapter(section, made.notebooks[0])], SETTINGS, PERIOD, edition="public")
    stitched["metadata"]["halfyear"]["ledgers"] = KNOWN
    return candidate_of(stitched, withheld=made.withheld)


@pytest.fixture(scope="module")
def editions():
    """Three editions that state one figure otherwise, and one that says the first in other words."""
    return {
        "first": candidate(2),
        "second": candidate(3),
        "third": candidate(5),
        "reworded": candidate(2, words="累计办理"),
    }


def published(one, to, correct=""):
    return publish(one, to, render=render.to_bytes, correct=correct)


@pytest.fixture
def site(editions, tmp_path):
    """A folder in which the first edition is published."""
    published(editions["first"], tmp_path / "site")
    return tmp_path / "site"


def test_other_figures_are_refused_without_a_reason(editions, site):
    """What was published and what would be now are told with their cells; nothing is written."""
    before = digests(site)
    with pytest.raises(ReleaseError) as caught:
        published(editions["second"], site)
    first, told = str(caught.value).split("\n")
    assert "says 1 figure otherwise; to correct it give the reason by --correct" in first
    assert told == "  - 322 → 190  指标!E3  改革创新，第1段“办件量190件。”."
    assert digests(site) == before


def test_a_correction_says_old_and_new_and_keeps_the_old_files(editions, site):
    """更正说明 gives reason, place, both figures and the cell, as page and PDF; the old files stay to the byte, all in SHA256SUMS."""
    before = digests(site / "2021H1")
    done = published(editions["second"], site, REASON)
    assert done.corrected
    assert done.files == (
        "2021H1/SHA256SUMS",
        *(f"2021H1/before-correction-1/{name}" for name in before),
        "2021H1/correction-1.html", "2021H1/correction-1.pdf",
        "2021H1/release.json", "2021H1/report.docx", "2021H1/report.html", "2021H1/report.pdf",
        "2021H1/review.html", "2021H1/review.pdf", "index.html",
    )  # fmt: skip
    assert digests(site / "2021H1/before-correction-1") == before
    page = parser.fromstring((site / "2021H1/correction-1.html").read_text(encoding="utf-8"))
    assert f"更正原因：{REASON}。" in page.text_content()
    rows = [[cell.text_content() for cell in row] for row in page.iter("tr")]
    assert rows[1:] == [["1", "改革创新，第1段", "322", "190", "指标!E3"]]
    text = "".join(one.extract_text() for one in pypdf.PdfReader(site / "2021H1/correction-1.pdf").pages)
    assert "更正说明" in text
    assert "322" in text
    sums = (site / "2021H1/SHA256SUMS").read_text(encoding="utf-8")
    assert {line.split("  ")[1] for line in sums.splitlines()} == {
        name.removeprefix("2021H1/") for name in done.files if name.startswith("2021H1/")
    } - {"SHA256SUMS"}
    index = (site / "index.html").read_text(encoding="utf-8")
    assert '<a href="2021H1/correction-1.html">更正说明1</a>' in index
    assert all((site / address).is_file() for address in re.findall('href="([^"]+)"', index))


def test_corrections_follow_each_other(editions, site):
    """A second correction leaves the first and its files, publishing again changes nothing, another period neither."""
    published(editions["second"], site, REASON)
    first = digests(site / "2021H1/before-correction-1")
    published(editions["third"], site, "单位更正")
    assert digests(site / "2021H1/before-correction-1") == first
    assert (site / "2021H1/correction-1.pdf").is_file()
    second = site / "2021H1/before-correction-2"
    assert not list(second.glob("*correction*"))
    record = json.loads((site / "2021H1/release.json").read_text(encoding="utf-8"))
    assert [one["reason"] for one in record["corrections"]] == [REASON, "单位更正"]
    before = digests(site)
    assert not published(editions["third"], site).changed
    published(replace(editions["first"], period=Period.parse("2021H2")), site)
    assert {name: there for name, there in digests(site).items() if name.startswith("2021H1/")} == {
        name: there for name, there in before.items() if name.startswith("2021H1/")
    }


def test_other_words_need_no_correction(editions, site):
    """An edition that only words things otherwise is published over the old one, and a reason given for nothing is told."""
    done = published(editions["reworded"], site, REASON)
    assert (done.changed, done.corrected) == (True, False)
    assert not list((site / "2021H1").glob("*correction*"))


def test_a_figure_that_is_gone_is_corrected_too(editions, site):
    """A figure that the new edition does not state stands in the notice as taken out."""
    with pytest.raises(ReleaseError, match="322 → —"):
        published(candidate(), site)
    published(candidate(), site, REASON)
    assert "（删去）" in (site / "2021H1/correction-1.html").read_text(encoding="utf-8")


def test_there_must_be_something_to_correct(editions, tmp_path):
    """A correction of what was never published is refused."""
    with pytest.raises(ReleaseError, match="no published edition of 2021H1 to correct"):
        published(editions["first"], tmp_path / "site", REASON)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("reason", ["经张某13812345678核实", "核对了加班记录"])
def test_a_reason_leaves_the_house_as_everything_else_does(editions, site, reason):
    """Personal data, or what only internal records have, stops the notice, and with it the correction."""
    before = digests(site)
    with pytest.raises(ReleaseError, match=r"correction-1\.html: it holds"):
        published(editions["second"], site, reason)
    assert digests(site) == before


@pytest.mark.parametrize("reason", ["<b>粗</b>", "*星* $x$ \n 换行", "已核实。"])
def test_a_reason_prints_as_typed(editions, site, reason):
    """Whatever the reason holds is text on the page, on one line, with one full stop."""
    published(editions["second"], site, reason)
    page = parser.fromstring((site / "2021H1/correction-1.html").read_text(encoding="utf-8"))
    assert f"更正原因：{' '.join(reason.split()).removesuffix('。')}。" in page.text_content()


def test_the_command_corrects(workspace):
    """`publish` refuses other figures with what to do, `--correct` publishes them, and says so; exit codes follow."""
    command, ledger = Command(workspace), workspace / "data/2021H1/tables/licences.csv"
    settings = workspace / "data/2021H1/report.toml"
    settings.write_text(settings.read_text("utf-8").replace("draft = true", "draft = false"), encoding="utf-8")
    assert command("run", "2021H1").returncode == 0
    done = command("publish", "2021H1", "--to", workspace / "site", "--lang", "zh")
    assert done.returncode == 0, done.stdout + done.stderr
    ledger.write_text(ledger.read_text("utf-8-sig").replace(",54,", ",55,"), encoding="utf-8-sig")
    assert command("run", "2021H1").returncode == 0
    refused = command("publish", "2021H1", "--to", workspace / "site", "--lang", "zh")
    assert refused.returncode == 1
    assert "2021H1 已发布的公开版有1处数字与这次的不同；确要更正，请用 --correct 写明原因" in refused.stderr
    assert "54 → 55　行政许可!G2　事前公示，" in refused.stderr
    done = command("publish", "2021H1", "--to", workspace / "site", "--correct", REASON, "--json")
    assert json.loads(done.stdout)["corrected"] is True
    assert (workspace / "site/2021H1/before-correction-1/report.pdf").is_file()
