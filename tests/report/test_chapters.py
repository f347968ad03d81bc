"""Chapters show what a half-year has: nothing of what it has not, and every row of what it has."""

import csv
import json

import pytest
from calling import Command, copied_workspace
from lxml import html

from pipeline.document.passages import read_passages

ROWS = """\
改革创新,,政务大厅,接待量,1200,余,人次,本年累计,2021-06,,,
改革创新,,帮办代办队伍,人数,15,,人,时点,2021-06-30,“红马甲”帮办,,
改革创新,跨省通办,联办窗口,设立,3,,个,时点,2021-06-30,,,
改革创新,,保密事项,总量,8,,个,时点,2021-06-30,,内部,
改革创新,,不入文事项,总量,9,,个,时点,2021-06-30,,备查,
清单梳理,,年度目标,要求,,,,,2021H1,“应上尽上”,,
法治建设,,合法性审查,审查文件,21,,件,当期,2021-06-30,,,
法治建设,,法律顾问,聘请,/,,名,当期,2021-06-30,,,
法治建设,,法律意见,出具,5,,份,当期,2021-06-30,,,
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office that keeps no evaluation and no officers, writes nothing of its cases, and has rows nobody asks for."""
    root = copied_workspace(tmp_path_factory.mktemp("office"))
    folder = root / "data/2021H1"
    for name in ("prose/evaluation-overview.md", "tables/evaluation_steps.csv", "tables/officers.csv"):
        (folder / name).unlink()
    with (folder / "tables/indicators.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    (folder / "prose/disclosure-overview.md").write_text("/\n", encoding="utf-8")
    (folder / "prose/rule-of-law-cases.md").write_text("<!-- 可以不写 -->\n", encoding="utf-8")
    (folder / "prose/rule-of-law-officers.md").write_text("", encoding="utf-8")
    return root


def built(root, *options):
    done = Command(root)("run", "2021H1", "--format", "html", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "outputs/2021H1", done


@pytest.fixture(scope="module")
def report(office):
    folder, done = built(office)
    return folder, done.stdout


def headings(folder):
    article = html.fromstring((folder / "report.html").read_bytes())
    return ["".join(one.itertext()) for one in article.find(".//article").iter("h2", "h3", "h4")]


def passages(folder, *titles):
    return [one.text for one in read_passages((folder / "report.html").read_text("utf-8")) if one.place.title in titles]


def is_draft(folder):
    return json.loads((folder / "report.ipynb").read_text("utf-8"))["metadata"]["halfyear"]["draft"]


def states(folder):
    with (folder / "coverage.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {int(row["row"]): row["state"] for row in csv.DictReader(stream) if row["sheet"] == "指标"}


def test_a_chapter_and_a_heading_without_anything_do_not_appear(report):
    """The numbers go on as if they were not there; no 尚未填报 and no 草稿 stands for them."""
    folder, _ = report
    found = headings(folder)
    assert [one for one in found if one[1:2] == "、"] == [
        "一、改革创新",
        "二、清单梳理",
        "三、法治建设",
        "四、事前公示",
    ]
    assert [one for one in found if one.startswith("（")][-3:] == ["（一）普法宣传", "（二）案件办理", "（三）其他情况"]
    assert "尚未填报" not in (folder / "report.html").read_text("utf-8")
    assert not is_draft(folder)
    assert "评估" not in "".join(found)


def test_every_row_that_no_cell_took_closes_its_chapter(report):
    """A few rows are said with what they count since when, more or a / stand in a table, an initiative's where it is told of."""
    folder, said = report
    reform = passages(folder, "改革创新")
    assert "其他情况：联办窗口设立3个。" in reform
    assert reform.index("其他情况：联办窗口设立3个。") < reform.index("4.双全双百")
    assert reform[-1] == "政务大厅接待量本年累计1200余人次；帮办代办队伍人数15人（“红马甲”帮办）；保密事项总量8个。"
    assert passages(folder, "清单梳理")[-1] == "其他情况：年度目标要求：“应上尽上”。"
    cells = passages(folder, "法治建设")
    start = next(place for place, text in enumerate(cells) if text.startswith("表") and text.endswith(" 其他情况"))
    assert cells[start + 1 : start + 7] == ["对象", "指标", "数值", "合法性审查", "审查文件", "21件"]
    assert cells[cells.index("法律顾问") :][:3] == ["法律顾问", "聘请", "/"]
    assert "for nothing asks for it by name" in said


def test_what_stands_in_the_closing_alone_is_told_as_such(report):
    """Rows that only the closing states have a state of their own, one for reference is not printed, none is left out."""
    folder, _ = report
    found = states(folder)
    assert [found[row] for row in range(20, 29)] == [
        *["stated-there-only"] * 4, "for-reference", *["stated-there-only"] * 4,
    ]  # fmt: skip
    assert "不入文事项" not in (folder / "report.html").read_text("utf-8")


def test_the_public_closing_holds_no_internal_row(office, report):
    """The other rows of the closing stay whole when an internal one goes."""
    folder, _ = built(office, "--edition", "public", "--output", office / "public")
    folder = office / "public/2021H1"
    assert (
        passages(folder, "改革创新")[-1] == "政务大厅接待量本年累计1200余人次；帮办代办队伍人数15人（“红马甲”帮办）。"
    )
    assert states(folder)[23] == "kept-back"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("evaluation-overview.md", None, "error"),
        ("evaluation-overview.md", "", "not filled in"),
        ("evaluation-overview.md", "/", ""),
        ("lists-overview.md", "", ""),
        ("lists-overview.md", None, ""),
        ("lists-overveiw.md", "文", "did you mean"),
    ],
)
def test_prose_is_asked_for_where_the_chapter_has_something(workspace, halfyear, name, text, told):
    """A missing piece is an error, an empty one not filled in, a / alone nothing to write; an optional one may be either."""
    file = workspace / "data/2021H1/prose" / name
    if text is None:
        file.unlink(missing_ok=True)
    else:
        file.write_text(text, encoding="utf-8")
    lines = [line for line in halfyear("check", "2021H1").stdout.split("\n") if f"prose/{name}" in line]
    assert (told in "".join(lines)) if told else not lines or lines == [f"prose/{name}"]


def test_what_is_asked_for_and_empty_stays_open(workspace, halfyear):
    """An empty ledger and an empty piece of prose say 尚未填报 under their headings, and make a draft."""
    folder = workspace / "data/2021H1"
    (folder / "tables/cases.csv").write_text("类型,件数,口径\n", encoding="utf-8")
    (folder / "prose/evaluation-overview.md").write_text("", encoding="utf-8")
    made, _ = built(workspace)
    assert "案件尚未填报。" in passages(made, "法治建设")
    assert "尚未填报。" in passages(made, "简政放权评估")
    assert is_draft(made)
