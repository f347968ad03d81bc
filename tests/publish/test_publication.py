"""Only a public edition that passes every gate is published, whole or not at all."""

import hashlib
import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pdfplumber
import pypdf
import pytest
from material import LEDGERS, PERIOD, SETTINGS, candidate_of, handled, notebook, report, says, shows, value

from pipeline import render
from pipeline.errors import ReleaseError
from pipeline.findings import Finding, Place
from pipeline.period import Period
from pipeline.publish import public, publish, review
from pipeline.publish.gates import Gate
from pipeline.publish.review_sheet import review_notebook
from pipeline.render import render_pdf, semantic_body
from pipeline.render.stitch import Chapter, stitch
from pipeline.workspace import SectionNotebook

ID = "11010519491231002X"
CELLS = [says(f"办件量{value(2)}，累计加班{value(4)}。"), shows(handled().html)]


@pytest.fixture(scope="module")
def candidate():
    """The public edition of a report that holds something internal."""
    made = public([notebook(*CELLS)], LEDGERS)
    section = SectionNotebook(Path("01-reform.ipynb"), 1, "reform", "改革创新")
    stitched = stitch([Chapter(section, made.notebooks[0])], SETTINGS, PERIOD, edition="public")
    return candidate_of(stitched, withheld=made.withheld)


def published(candidate, to):
    return publish(candidate, to, render=render.to_bytes)


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def refused(candidate, to):
    with pytest.raises(ReleaseError) as caught:
        published(candidate, to)
    first, *reasons = str(caught.value).split("\n")
    assert (
        first
        == f"2021H1 may not be published, for {len(reasons)} reason{'s' * (len(reasons) > 1)}; nothing was written:"
    )
    return [reason.removeprefix("  - ") for reason in reasons]


def test_a_public_edition_passes_every_gate_and_is_published(candidate, tmp_path):
    """Files, checksums, record, review sheet and archive page stand in the folder; the checksums hold."""
    done = published(candidate, tmp_path / "site")
    assert done.changed
    assert done.files == (
        "2021H1/SHA256SUMS", "2021H1/release.json", "2021H1/report.docx", "2021H1/report.html", "2021H1/report.pdf",
        "2021H1/review.html", "2021H1/review.pdf", "index.html",
    )  # fmt: skip
    sums = dict(line.split("  ")[::-1] for line in (tmp_path / "site/2021H1/SHA256SUMS").read_text().splitlines())
    held = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "site/2021H1").iterdir()}
    assert sums == {name: digest for name, digest in held.items() if name != "SHA256SUMS"}


def test_publishing_again_changes_nothing(candidate, tmp_path):
    """The same build published twice leaves every byte and every file's time as they were."""
    published(candidate, tmp_path / "site")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    assert not published(candidate, tmp_path / "site").changed
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")} == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_archive_leads_to_every_half_year(candidate, tmp_path):
    """A second half-year stands beside the first, newest first, and every link of the page arrives."""
    published(candidate, tmp_path / "site")
    first = tree(tmp_path / "site" / "2021H1")
    later = replace(candidate, period=Period.parse("2021H2"), metadata={**candidate.metadata, "label": "2021年下半年"})
    published(later, tmp_path / "site")
    index = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert index.index("2021年下半年") < index.index("2021年上半年")
    assert all((tmp_path / "site" / address).is_file() for address in re.findall('href="([^"]+)"', index))
    assert tree(tmp_path / "site" / "2021H1") == first


def test_a_failure_half_way_leaves_what_was_published(candidate, tmp_path):
    """Where the review sheet cannot be rendered, the folder is as it was and nothing is left beside it."""
    published(candidate, tmp_path / "site")
    before = tree(tmp_path / "site")

    def broken(form, sheet):
        raise RuntimeError(form)

    with pytest.raises(RuntimeError):
        publish(replace(candidate, period=Period.parse("2021H2")), tmp_path / "site", render=broken)
    assert tree(tmp_path / "site") == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_other_things_is_not_touched(candidate, tmp_path):
    """A folder that holds anything but publications is refused."""
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(ReleaseError, match=r"holds other things than publications.*: thesis\.txt; name another"):
        published(candidate, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_what_others_put_beside_the_publications_stays(candidate, tmp_path):
    """A file put into the published folder by hand survives the next publication."""
    published(candidate, tmp_path / "site")
    (tmp_path / "site/robots.txt").write_text("x")
    published(replace(candidate, period=Period.parse("2021H2")), tmp_path / "site")
    assert (tmp_path / "site/robots.txt").read_text() == "x"


def test_nothing_internal_is_in_any_published_byte(candidate, tmp_path):
    """Neither overtime nor its hours nor its cell stand in any published file, unpacked or raw."""
    from pipeline.publish.unpack import texts

    published(candidate, tmp_path / "site")
    for name, data in tree(tmp_path / "site").items():
        said = "".join(text.place + text.text for text in texts(name, data)).replace("\n", "")
        assert "加班" not in said
        assert "22小时" not in said
        assert "row=4" not in said
        assert "加班".encode() not in data


def test_the_review_sheet_is_one_page_with_blanks(candidate, tmp_path):
    """The sheet names each thing looked at with its rule and result, fits one page, and leaves the signatures blank."""
    published(candidate, tmp_path / "site")
    sheet = pypdf.PdfReader(tmp_path / "site/2021H1/review.pdf")
    assert len(sheet.pages) == 1
    text = (tmp_path / "site/2021H1/review.html").read_text(encoding="utf-8")
    for words in ("台账检查", "数字溯源", "条例第十六条", "通过（提示", "拟稿人", "保密审查人", "分管领导"):
        assert words in text


def test_gates_say_what_was_withheld_without_stopping(candidate):
    """What the public edition leaves out is a hint on the sheet, for the one who reads it through."""
    gates = {gate.name: gate for gate in review(candidate)}
    assert all(gate.passed for gate in gates.values())
    assert [fault.code for fault in gates["公开属性"].warnings] == ["withheld-text"]


def with_file(name, old, new):
    def change(candidate):
        data = candidate.files[name].replace(old.encode(), new.encode())
        assert data != candidate.files[name]
        return replace(candidate, files={**candidate.files, name: data})

    return change


def finding(code, **more):
    return lambda candidate: replace(candidate, findings=(Finding(code, Place("x"), **more),))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda one: replace(one, metadata={**one.metadata, "draft": True}),
            "report: it bears the mark of a draft; finish it first.",
        ),
        (
            lambda one: replace(one, metadata={**one.metadata, "edition": "internal"}),
            "report: it is no public edition (edition = internal); build that.",
        ),
        (
            lambda one: replace(one, failed=("法治建设",)),
            "report: the section '法治建设' is missing; mend it and build again.",
        ),
        (
            lambda one: replace(one, files={name: data for name, data in one.files.items() if name != "report.pdf"}),
            "report.pdf: the file is missing; build the report in every format.",
        ),
        (
            finding("untraced", value="三份", params={"sentence": "起草三份。"}),
            "x: '三份' is untraced in “起草三份。”; take it from a ledger, or declare the name it belongs to in literals.toml.",
        ),
        (
            finding("input-changed", params={"facts": 3}),
            "x: it was changed since (facts that come from it: 3); build the report again.",
        ),
        (finding("input-changed-otherwise"), "x: it was changed since; build the report again."),
        (finding("input-gone-otherwise"), "x: it was removed or renamed since; build the report again."),
        (finding("input-new"), "x: it is new, and the report was made without it; build the report again."),
        (
            finding("output-altered"),
            "x: the file was altered after it was built; keep a copy elsewhere if the change is wanted, and build the report again.",
        ),
        (
            lambda one: replace(one, problems=(Finding("no-such-cell", Place("x"), "1", {"source": "y"}),)),
            "x: '1' comes from y, which the ledgers do not have; build the report again.",
        ),
        (
            with_file("report.html", "</body>", f"<p>{ID}</p></body>"),
            "report.html: it holds the resident id 11*************02X; take it out of the data or the text.",
        ),
        (
            with_file("report.html", "</body>", "<p>13812345678</p></body>"),
            "report.html: it holds the mobile number 138****5678; take it out of the data or the text.",
        ),
        (
            with_file("report.html", "</body>", "<p>加班</p></body>"),
            "report.html: it holds '加班', which only the internal record tables/indicators.csv#row=4;col=对象 has; "
            "reword it or build the public edition again.",
        ),
        (with_file("report.html", 'lang="zh-CN">\n<head', "><head"), "report.html: it does not say its language."),
    ],
)
def test_a_gate_that_does_not_pass_stops_publishing_with_its_reason(candidate, tmp_path, change, reason):
    """Drafts, missing parts, untraced numbers, stale or altered files, personal and internal data are refused by name."""
    assert refused(change(candidate), tmp_path / "site") == [reason]
    assert not (tmp_path / "site").exists()


def test_all_reasons_are_told_at_once(candidate, tmp_path):
    """Whoever mends one thing does not find the next only afterwards."""
    worse = replace(
        candidate, metadata={**candidate.metadata, "draft": True, "edition": "internal"}, failed=("法治建设",)
    )
    assert len(refused(worse, tmp_path / "site")) == 3


def test_an_internal_edition_is_refused_for_what_it_holds(tmp_path):
    """The internal edition is stopped by its edition and by the internal record in each of its files."""
    reasons = refused(candidate_of(report(*CELLS)), tmp_path / "site")
    assert "report: it is no public edition (edition = internal); build that." in reasons
    for name in ("report.html", "report.pdf (page text)", "report.docx!word/document.xml"):
        assert any(reason.startswith(f"{name}: it holds the figure '22小时'") for reason in reasons)


def test_the_record_says_what_a_page_needs_and_no_more(candidate, tmp_path):
    """release.json holds period, title, offices, day and digests."""
    published(candidate, tmp_path / "site")
    record = json.loads((tmp_path / "site/2021H1/release.json").read_text(encoding="utf-8"))
    assert sorted(record) == ["bureau", "files", "label", "office", "period", "signed", "title"]


def test_what_is_carried_over_costs_no_space(candidate, tmp_path):
    """Earlier half-years are linked into the new folder, not copied, where the disk can link."""
    published(candidate, tmp_path / "site")
    try:
        os.link(tmp_path / "site/index.html", tmp_path / "linked")
    except OSError:
        pytest.skip("this disk has no links")
    before = {path.name: path.stat().st_ino for path in (tmp_path / "site/2021H1").iterdir()}
    published(replace(candidate, period=Period.parse("2021H2")), tmp_path / "site")
    assert {path.name: path.stat().st_ino for path in (tmp_path / "site/2021H1").iterdir()} == before


def test_what_cannot_be_linked_is_copied(candidate, tmp_path, monkeypatch):
    """On a disk without links earlier half-years are copied to the byte."""
    published(candidate, tmp_path / "site")
    before = tree(tmp_path / "site/2021H1")
    monkeypatch.setattr("os.link", lambda *_, **__: (_ for _ in ()).throw(OSError("no links here")))
    published(replace(candidate, period=Period.parse("2021H2")), tmp_path / "site")
    assert tree(tmp_path / "site/2021H1") == before


def test_the_review_sheet_is_a_notebook_and_tells_each_result(candidate):
    """The sheet is a valid notebook that says what passed, passed with remarks and did not pass, and how often."""
    fault = Finding("draft", Place("report"))
    gates = (Gate("甲", "子"), Gate("乙", "丑", (fault, fault)), Gate("丙", "寅", (), (fault,)))
    sheet = review_notebook(candidate, gates)
    nbformat.validate(sheet)
    assert (sheet["nbformat"], sheet["nbformat_minor"]) == (4, 5)
    shown = re.findall(r"<tr><th[^>]*>(.)</th><td>(.)</td><td>([^<]*)</td></tr>", sheet["cells"][1]["source"])
    assert shown == [("甲", "子", "通过"), ("乙", "丑", "不通过（2）"), ("丙", "寅", "通过（提示1）")]


def test_the_review_sheet_says_what_each_hint_is(candidate):
    """Hints are told by gate and kind with their number, without the words that were found; without any there are none."""
    kept_back = [Finding("withheld-text", Place("reform"), "加班22小时", {"left": "略"})] * 2
    gates = (Gate("公开属性", "子", (), (*kept_back, Finding("withheld-row", Place("reform"), "加班"))),)
    told = review_notebook(candidate, gates)["cells"][1]["source"]
    assert "提示：公开属性2处，公开版把“…”改为“…”；请看看是否通顺；公开属性1处，公开版略去表中的一行：…。</p>" in told
    assert "加班" not in told
    assert "提示" not in review_notebook(candidate, (Gate("甲", "子"),))["cells"][1]["source"]


def test_the_review_sheet_has_room_for_signatures(candidate):
    """The cells that are signed in are at least 15 mm high."""
    sheet = review_notebook(candidate, (Gate("甲", "子"),))
    made = render_pdf(semantic_body(sheet), sheet["metadata"]["halfyear"])
    table = pdfplumber.open(io.BytesIO(made)).pages[0].find_tables()[-1]
    for row in table.rows[1:]:
        assert row.bbox[3] - row.bbox[1] > 15 * 72 / 25.4
