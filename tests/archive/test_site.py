"""The archive of finished reports as pages: what is in it, what is left out, what it may replace."""

import json
import re
import shutil

import lxml.html
import pytest
from material import says
from shelf import Shelf, handled, ledger

from pipeline import render
from pipeline.archive import ChangedFigure, write_site
from pipeline.errors import ReleaseError
from pipeline.leftovers import marked
from pipeline.publish import publish
from pipeline.publish.correction import Correction


@pytest.fixture
def shelf(tmp_path):
    """Three half-years with a gap between them; the ledger of the newest says 10余件."""
    made = Shelf(tmp_path / "outputs")
    made.put("2020H1", ledger("indicators", handled("0件", subject="投诉"), handled("200件")))
    made.put("2021H1", ledger("indicators", handled("322件"), handled("4件", subject="投诉")))
    made.put("2021H2", ledger("indicators", handled("300余件"), handled("2件", subject="投诉")))
    return made


def site(shelf, to=None, published=None):
    return write_site(shelf.archive(published), to or shelf.outputs / "site", style=render.sheet("screen.css"))


def pages(made):
    return {name: lxml.html.parse(str(made.folder / f"{name}.html")).getroot() for name in ("index", "history")}


def words(element):
    return re.sub(r"\s+", " ", element.text_content()).strip()


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def reasons(shelf):
    return [finding.text("en") for finding in shelf.archive().left_out]


def test_the_newest_report_stands_before_all_earlier_ones(shelf):
    """The newest is on top with its day and files, the earlier ones follow newest first, a half-year without report is named."""
    index = pages(site(shelf))["index"]
    newest, earlier, _ = index.findall(".//section")
    assert words(newest).startswith("最新一期2021年下半年工作总结2021年下半年 成文日期：2021年12月31日 内部版HTML（")
    assert [words(row[0]) for row in earlier.iter("tr")] == ["期间", "2021年上半年", "2020年上半年"]
    assert words(earlier.find("p")) == "其间没有报告的：2020年下半年。"


def test_the_reports_are_those_that_were_built(shelf):
    """Each report stands in the archive to the byte."""
    made = site(shelf)
    for period in ("2020H1", "2021H1", "2021H2"):
        built = (shelf.outputs / period / "report.html").read_bytes()
        assert (made.folder / period / "report.html").read_bytes() == built


def test_every_link_arrives(shelf):
    """Each link of the pages leads to a file of the archive, and to a place in it that is there."""
    made = site(shelf)
    checked = 0
    for page in pages(made).values():
        for address in page.xpath("//a/@href"):
            file, _, place = address.partition("#")
            target = page if not file else lxml.html.parse(str(made.folder / file)).getroot()
            assert not place or target.xpath("//*[@id=$place]", place=place), address
            checked += 1
    assert checked > 10


def test_the_table_gives_each_figure_as_printed(shelf):
    """One row a series, one column a half-year: unit and 口径 in columns of their own, figures with 余, — for a gap."""
    table = pages(site(shelf))["history"].find(".//table")
    heads = ["对象", "指标", "单位", "口径", "2020年上半年", "2020年下半年", "2021年上半年", "2021年下半年"]
    assert [[words(cell) for cell in row] for row in table.iter("tr")] == [
        heads,
        ["一业一证", "办件量", "件", "—", "200", "—", "322", "300余"],
        ["投诉", "办件量", "件", "—", "0", "—", "4", "2"],
    ]


def test_the_history_says_from_when_to_when(shelf):
    """Its lead counts the series and names the first and the last half-year."""
    assert "共2项指标，2020年上半年至2021年下半年。" in words(pages(site(shelf))["history"].find(".//main"))


def test_the_history_says_how_many_figures_it_leaves_out(shelf):
    """Its lead counts what only one report states; where there is none, nothing is said of it."""
    assert "只在一期报告中出现" not in words(pages(site(shelf))["history"].find(".//main"))
    shelf.put("2022H1", ledger("indicators", handled("7件", subject="跨省通办")))
    assert "另有1项只在一期报告中出现，没有列入。" in words(pages(site(shelf))["history"].find(".//main"))


def test_what_never_changes_is_said_in_a_line_and_not_drawn(shelf):
    """A series whose figures are all the same has no chart and no row; its line says figure and span, and is linked to."""
    for period in ("2022H1", "2022H2"):
        shelf.put(period, ledger("indicators", handled("5份", subject="清单"), handled("400件")))
    history = pages(site(shelf))["history"]
    assert "清单" not in "".join(words(figure) for figure in history.iter("figure"))
    [line] = history.xpath("//ul[@class='constant']/li")
    assert words(line) == "清单办件量5份（2022年上半年至2022年下半年）"
    assert f"#{line.get('id')}" in history.xpath("//nav[@class='jump']//a/@href")


def test_every_series_is_reached_from_its_chapter(shelf):
    """The contents name each chapter with its number of series and, folded under it, each series, in the order of the page."""
    history = pages(site(shelf))["history"]
    [chapter] = history.xpath("//nav[@class='jump']/ul/li")
    assert (words(chapter.find("a")), words(chapter.find(".//summary"))) == ("改革创新", "2项指标")
    links = [(words(link), link.get("href")[1:]) for link in chapter.findall(".//ul//a")]
    assert links == [("一业一证 办件量", "series-1"), ("投诉 办件量", "series-2")]
    assert [figure.get("id") for figure in history.xpath("//figure[@class='series']")] == ["series-1", "series-2"]


def corrected(folder, *figures, period="2021H1"):
    """A folder of publications in which a period's edition was corrected once."""
    made = Correction(1, "台账录入有误", tuple(ChangedFigure(*one, ("第1段",), "") for one in figures))
    there = folder / period
    there.mkdir(parents=True)
    (there / "release.json").write_text(json.dumps({"period": period, "corrections": [made.as_record()]}))
    for form in ("html", "pdf"):
        (there / f"correction-1.{form}").write_text(f"更正说明 {form}")
    return folder


def test_a_correction_is_marked_where_its_figure_stands_and_linked(shelf, tmp_path):
    """The list of reports leads to 更正说明 with its reason; chart, table and note mark the figure and say what it was."""
    published = corrected(tmp_path / "public", ("320", "322", "tables/indicators.csv#row=2;col=数值"))
    made = site(shelf, published=published)
    index, history = pages(made)["index"], pages(made)["history"]
    assert (made.folder / "2021H1/correction-1.pdf").read_text() == "更正说明 pdf"
    said = "公开版已更正1项：更正说明1（台账录入有误）"
    assert [words(one) for one in index.find_class("corrected")] == [said]
    assert [words(cell) for cell in history.xpath("//td[contains(., '*')]")] == ["322*"]
    assert [words(text) for text in history.xpath("//*[local-name()='text'][contains(., '*')]")] == ["322件*"]
    assert "注：* 一业一证办件量，2021年上半年的公开版原为320，见更正说明1。" in words(history)
    links = [*index.xpath("//a/@href"), *history.xpath("//a/@href")]
    assert links.count("2021H1/correction-1.html") == 2


def test_without_a_correction_nothing_is_marked(shelf, tmp_path):
    """Published editions that nobody corrected, and those of other periods, leave no mark."""
    published = corrected(tmp_path / "public", ("1", "2", "tables/other.csv#row=2;col=数值"), period="2019H1")
    made = site(shelf, published=published)
    for page in pages(made).values():
        assert "*" not in words(page.find(".//main"))
        assert not page.find_class("corrected")


def test_a_folder_without_publications_is_refused(shelf, tmp_path):
    """A folder in which nothing is published is named, and what to name instead."""
    with pytest.raises(ReleaseError, match="no published report in .*: name the folder that halfyear publish --to"):
        site(shelf, published=tmp_path)


def test_a_gap_is_not_zero(shelf):
    """Zero has its piece of the base line and its figure, a gap has neither column nor base line; both are said in words."""
    history = pages(site(shelf))["history"]
    complaints = history.xpath("//svg")[1]
    assert len(complaints.findall("rect")) == len(complaints.xpath("./path[@class='base']")) == 3
    assert [words(text) for text in complaints.iter("text") if "value" in text.get("class")] == ["0件", "4件", "2件"]
    assert (
        words(complaints.find("title"))
        == "投诉办件量：2020年上半年0件，2020年下半年无，2021年上半年4件，2021年下半年2件。"
    )


def test_hedged_figures_are_hatched_and_a_note_says_so(tmp_path):
    """The column of 310余 is marked as in other charts, that of 322 is not; without hedges there is neither mark nor note."""
    for others, hatched in ((("310余件", "322件", "近330件"), 2), (("310件", "322件", "330件"), 0)):
        shelf = Shelf(tmp_path / f"outputs-{hatched}")
        for period, figure in zip(("2020H1", "2020H2", "2021H1"), others, strict=True):
            shelf.put(period, ledger("indicators", handled(figure)))
        history = pages(site(shelf))["history"]
        [svg] = history.iter("svg")
        name = svg.find("title").get("id").removesuffix("-says") + "-says-hatch"
        assert len(svg.findall("rect")) == 3
        assert len(svg.xpath(f"./path[@fill='url(#{name})']")) == hatched
        assert len(svg.xpath(f"./pattern[@id='{name}']")) == bool(hatched)
        assert ("斜纹为概数" in words(history)) is bool(hatched)


def test_ranks_are_dots_with_the_best_on_top(tmp_path):
    """第1位 is no column that is lower than 第3位: the better rank stands higher, and the caption says that it is one."""
    shelf = Shelf(tmp_path / "outputs")
    shelf.put("2020H2", ledger("indicators", handled("第3位")))
    shelf.put("2021H1", ledger("indicators", handled("第1位")))
    history = pages(site(shelf))["history"]
    third, first = history.xpath("//svg//circle/@cy")
    assert float(first) < float(third)
    assert not history.xpath("//svg//rect")
    assert "位，名次" in words(history.find(".//figcaption"))


def test_a_fall_below_zero_hangs_from_the_base_line(tmp_path):
    """A negative figure's column hangs from zero, and its label stands under it."""
    shelf = Shelf(tmp_path / "outputs")
    shelf.put("2020H2", ledger("indicators", handled("12.5%")))
    shelf.put("2021H1", ledger("indicators", handled("-24.76%")))
    svg = pages(site(shelf))["history"].find(".//svg")
    up, down = ({name: float(bar.get(name)) for name in ("y", "height")} for bar in svg.iter("rect"))
    assert up["y"] + up["height"] == pytest.approx(down["y"], abs=0.2)
    label = next(text for text in svg.iter("text") if words(text) == "-24.76%")
    assert float(label.get("y")) > down["y"] + down["height"]


def test_labels_lie_on_nothing_and_inside(tmp_path):
    """Over thirty half-years the first and the last figure are written, inside the drawing, apart, and over no column."""
    shelf = Shelf(tmp_path / "outputs")
    for number, value in ((0, "20000件"), (1, "30215件"), (28, "29400件"), (29, "29400件")):
        late = [handled("-54321件", subject="近")] if number > 1 else []
        shelf.put(f"{2007 + number // 2}H{number % 2 + 1}", ledger("indicators", handled(value), *late))
    for svg in pages(site(shelf))["history"].iter("svg"):
        labels = [text for text in svg.iter("text") if "value" in text.get("class")]
        assert len(labels) == 2
        places = [(float(label.get("x")), float(label.get("y"))) for label in labels]
        assert all(24 < x < 256 and 10 < y < 100 for x, y in places)
        (one_x, one_y), (two_x, two_y) = places
        assert abs(one_x - two_x) > 45 or abs(one_y - two_y) > 11
        for bar in svg.iter("rect"):
            left, top, width, height = (float(bar.get(name)) for name in ("x", "y", "width", "height"))
            for x, y in places:
                beside = left + width < x - 22 or x + 22 < left
                assert beside or y <= top or y - 9 >= top + height


def test_one_report_alone_has_no_history_and_says_so(tmp_path):
    """With one report the archive says in words that a history needs two."""
    shelf = Shelf(tmp_path / "outputs")
    shelf.put("2021H1", ledger("indicators", handled("322件")))
    made = site(shelf)
    said = "现在只有2021年上半年一期报告；有了两期，这里就列出各项指标的历史。"
    assert all(said in words(page) for page in pages(made).values())
    assert "还没有更早的报告。" in words(pages(made)["index"])
    assert not pages(made)["history"].findall(".//svg")


def test_a_changed_basis_is_told_on_the_page(tmp_path):
    """Figures that cannot be compared are named with what each half-year says."""
    shelf = Shelf(tmp_path / "outputs")
    shelf.put("2020H2", ledger("indicators", handled("300件", basis="当期")))
    shelf.put("2021H1", ledger("indicators", handled("622件", basis="未注明")))
    told = pages(site(shelf))["history"].get_element_by_id("not-comparable")
    assert "一业一证办件量：2020年下半年300件（件，当期），2021年上半年622件（件，口径未注明）" in words(told)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda at: (at / "report.html").write_text("改过"), "2021H1: report.html went missing or was altered"),
        (lambda at: (at / "facts.csv").unlink(), "2021H1: facts.csv went missing or was altered"),
        (lambda at: (at / "manifest.json").unlink(), "2021H1: it cannot be read ("),
        (lambda at: (at / "manifest.json").write_text("{}"), "2021H1: it cannot be read ("),
        (lambda at: at.rename(at.with_name("2020H2")), "2020H2: it holds the report of 2021H1 and is left out"),
        (lambda at: at.rename(at.with_name("2021H1.draft")), "2021H1.draft: it is a draft that lacks sections"),
        (
            lambda at: at.rename(at.with_name(marked(".2021H1") + "abc_12")),
            "{under_way}abc_12: it belongs to a build that is under way",
        ),
        (
            lambda at: at.rename(at.with_name("old")),
            "old: it is not named by a period, as in 2021H1, and is left out",
        ),
    ],
)
def test_what_is_no_whole_report_is_left_out_and_told(shelf, damage, said):
    """A damaged report, a draft, a build under way and a folder of another name are left out, each with its reason."""
    damage(shelf.outputs / "2021H1")
    (told,) = reasons(shelf)
    assert told.startswith(said.replace("{under_way}", marked(".2021H1")))  # whose build it is differs by process
    made = site(shelf)
    assert [str(report.period) for report in made.archive.reports] == ["2021H2", "2020H1"]
    assert not (made.folder / "2021H1").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [(".2022H1", True), (".2022H1.draft", True), (".site", True), (".notes", False), (".site2", False)],
)
def test_what_is_being_made_beside_the_reports_is_told(shelf, name, told):
    """A report, a draft or an archive that a running command has not finished is told as such, and nothing else hidden is."""
    (shelf.outputs / f"{marked(name)}abc_12").mkdir()
    assert [reason.partition(": ")[2].startswith("it belongs to a build") for reason in reasons(shelf)] == [True] * told


def test_a_report_built_without_a_page_is_left_out(shelf):
    """A build of the PDF alone has no page to show; the file that it lacks is named."""
    folder = shelf.outputs / "2021H1"
    manifest = (folder / "manifest.json").read_text(encoding="utf-8")
    (folder / "manifest.json").write_text(re.sub(r'\n *"report.html": "\w+",', "", manifest), encoding="utf-8")
    assert reasons(shelf) == [
        "2021H1: it was built without report.html and is left out; build it again to have it listed."
    ]


def test_what_others_put_beside_the_reports_is_left_alone(shelf):
    """The archive itself, files, and what programs hide are no reports and no news."""
    site(shelf)
    (shelf.outputs / "README.md").write_text("#")
    (shelf.outputs / ".ipynb_checkpoints").mkdir()
    (shelf.outputs / "2021H1" / "~$report.docx").write_text("")
    assert reasons(shelf) == []


def test_without_a_report_there_is_no_archive(shelf):
    """Nothing to show is an error that says what was found instead; nothing is written."""
    for period in ("2020H1", "2021H1", "2021H2"):
        (shelf.outputs / period / "manifest.json").unlink()
    with pytest.raises(
        ReleaseError, match="no finished report in .*: build one first, with: halfyear run PERIOD\n  - 2020H1: "
    ):
        site(shelf)
    assert not (shelf.outputs / "site").exists()
    with pytest.raises(ReleaseError, match="no finished report"):
        Shelf(shelf.outputs / "nowhere").archive()


def test_the_same_reports_give_the_same_bytes(shelf, tmp_path):
    """Made twice, in two places, every byte is the same; made again in the same place nothing is touched."""
    first = site(shelf)
    times = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")}
    again = site(shelf)
    assert (first.changed, again.changed) == (True, False)
    assert {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")} == times
    elsewhere = Shelf(tmp_path / "elsewhere/outputs")
    shutil.copytree(shelf.outputs, elsewhere.outputs, ignore=shutil.ignore_patterns("site"))
    elsewhere.ledgers = shelf.ledgers
    assert tree(site(elsewhere, tmp_path / "other").folder) == tree(first.folder)
    assert not [name for name, data in tree(first.folder).items() if str(tmp_path).encode() in data]


def test_a_report_that_is_gone_goes_from_the_archive(shelf):
    """The folder is made anew: what is no longer a report is not carried over."""
    site(shelf)
    shutil.rmtree(shelf.outputs / "2020H1")
    assert not (site(shelf).folder / "2020H1").exists()


def test_only_an_archive_is_replaced(shelf, tmp_path):
    """A folder of something else, a file and the outputs themselves are refused and stay; an empty folder is filled."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/letter.txt").write_text("重要")
    (tmp_path / "file").write_text("重要")
    for to in (tmp_path / "papers", tmp_path / "file", shelf.outputs):
        with pytest.raises(ReleaseError, match="an archive of reports.*name another"):
            site(shelf, to)
    assert (tmp_path / "papers/letter.txt").read_text() == "重要"
    (tmp_path / "empty").mkdir()
    assert site(shelf, tmp_path / "empty").changed


def test_a_report_replaced_meanwhile_stops_the_archive(shelf):
    """What is copied is what was read: a report built anew in between is an error, and nothing is replaced."""
    archive = shelf.archive()
    (shelf.outputs / "2021H1/report.html").write_text("另一次生成")
    with pytest.raises(ReleaseError, match="report.html was replaced while the pages were made; make them again"):
        write_site(archive, shelf.outputs / "site", style="")
    assert sorted(path.name for path in shelf.outputs.iterdir()) == ["2020H1", "2021H1", "2021H2"]


@pytest.mark.parametrize(
    ("editions", "edition", "warned"),
    [
        (("internal", "internal"), "internal", 0),
        (("public", "public"), "public", 0),
        (("public", "internal"), "internal", 1),
    ],
)
def test_an_internal_report_makes_the_archive_internal(tmp_path, editions, edition, warned):
    """Pages that hold an internal report say so at their head; public ones say nothing; a mixture is told."""
    shelf = Shelf(tmp_path / "outputs")
    for period, one in zip(("2020H2", "2021H1"), editions, strict=True):
        shelf.put(period, ledger("indicators", handled("322件")), edition=one)
    made = site(shelf)
    assert made.archive.edition == edition
    assert len(reasons(shelf)) == warned
    for page in pages(made).values():
        marks = [words(mark) for mark in page.find_class("internal")]
        assert marks == (["内部资料，不得对外提供"] if edition == "internal" else [])
    listed = words(pages(made)["index"])
    assert [name in listed for name in ("公开版", "内部版")] == ["public" in editions, "internal" in editions]


def test_a_draft_that_has_all_sections_is_marked(tmp_path):
    """A report with something not filled in is listed and bears 草稿."""
    shelf = Shelf(tmp_path / "outputs")
    shelf.put("2021H1", ledger("indicators", handled("322件")), draft=True)
    assert [words(mark) for mark in pages(site(shelf))["index"].find_class("draft")] == ["草稿"]


def test_a_title_cannot_break_the_page(tmp_path):
    """Titles and names are text, whatever characters they hold; the pages hold no script."""
    shelf = Shelf(tmp_path / "outputs")
    name = "<script>alert('1')</script>\"&"
    for period in ("2020H2", "2021H1"):
        shelf.put(period, ledger("indicators", handled("322件", subject=name)), title=name)
    made = site(shelf)
    assert name in words(pages(made)["index"])
    assert name in words(pages(made)["history"])
    assert not any(page.findall(".//script") for page in pages(made).values())


def test_publishing_and_the_archive_do_not_take_each_others_folder(shelf, tmp_path):
    """The office's own archive never replaces published reports, nor do those move into an archive that is internal."""
    from material import candidate_of, report

    made = site(shelf)
    candidate = candidate_of(report(says("无。"), edition="public"))
    with pytest.raises(ReleaseError, match="holds other things than publications"):
        publish(candidate, made.folder, render=render.to_bytes)
    publish(candidate, tmp_path / "published", render=render.to_bytes)
    with pytest.raises(ReleaseError, match="holds other things than an archive"):
        site(shelf, tmp_path / "published")
