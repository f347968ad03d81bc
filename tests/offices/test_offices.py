"""Six other offices, their ledgers entered as a clerk would (示例 figures), reported without touching code or notebooks."""

import itertools
import json
import re
import shutil
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from calling import ROOT, Command

HERE = Path(__file__).parent
CHAPTERS = {"own": (("hotline", "热线办理", "--ledger"), ("teams", "队伍建设"))}
# What each must say, and what it must not: another kind of period's words, filler, headings of chapters it does not keep.
OFFICES = {
    "year": (
        "2023",
        [
            "本年，企业开办“一件事”办件量48615件，同比增长17.9%（上年41230件）",
            "开展活动13场（见表3）。",
            "本年共接待群众4370余人次",
            "等13场（见表3）。",
            "行政复议16件（维持12件、撤销4件），同比增长14.3%（上年14件）；行政诉讼8件（驳回8件）",
            "2023年，合计收到行政许可申请56949件，受理行政许可56459件",
            "其中，市场准入受理30870件、许可30655件、不予许可215件、撤销18件",
            "注：受理与办理结果（受理数量 = 许可数量 + 不予许可数量）核对一致",
        ],
        ["环比", "上期", "半年", "简政放权评估", "差额"],
    ),
    "quarter": (
        "2024Q3",
        [
            "本季度，帮办代办办件量389件，环比下降3.2%（上季度402件）",
            "合计举办9场（见表2）。",
            "本季度变更清单事项2项：取消1项、承接1项（见表3）。",
            "7月份完成窗口整合",
        ],
        ["同比", "上期", "半年", "法治建设", "事前公示"],
    ),
    "month": (
        "2024-03",
        [
            "本月，综合窗口办件量5893件，环比增长34.6%（上月4377件），同比增长15.1%（上年同期5120件）",
            "综合窗口办件量本年累计16141件，同比增长15.2%（上年同期14006件）",
            "现将2024年3月工作情况报告如下。",
            "群众表扬收到14次，上月、上年同期均无此项。",
        ],
        ["上期", "半年", "普法", "清单梳理"],
    ),
    "months": (
        "2023-01..09",
        [
            "2023年1—9月，法规与监督科",
            "前三季度的工作如下。",
            "共接待群众490余人次",
            "本年累计经办行政复议20件（维持11件、撤销4件、在办5件），比上年同期增加11件（上年同期9件）。",
        ],
        ["环比", "上期", "半年", "改革创新"],
    ),
    "bureau": (
        "2024H1",
        [
            "本期，省级平台办件量128.6万件",
            "电子证照已归集3120万张，覆盖286类（截至2024年6月30日）。",
            "2024年5月上旬，国务院督查组来局调研。",
            "受理行政许可412宗，作出许可决定405宗（占98.3%）",
            "单位：宗",
        ],
        ["科室", "来区", "清单梳理"],
    ),
    "own": (
        "2024H2",
        ["一、热线办理", "物业管理6120件（供暖季较多）", "二、队伍建设", "话务员在岗48人；业务培训组织9次。"],
        ["改革创新", "法治建设", "上期"],
    ),
}


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """A function that gives an office's workspace with its report built and published: (workspace, run, published)."""

    @cache
    def of(office):
        folder, period = tmp_path_factory.mktemp(office), OFFICES[office][0]
        shutil.copytree(ROOT / "notebooks", folder / "notebooks")
        (folder / "data" / period).mkdir(parents=True)
        command = Command(folder)
        for chapter in CHAPTERS.get(office, ()):
            assert command("chapter", *chapter).returncode == 0
        shutil.copytree(HERE / office / "data", folder / "data", dirs_exist_ok=True)
        return folder, command("run", period), command("publish", period, "--to", "published")

    return of


def page_of(workspace, office):
    return lxml.html.parse(str(workspace / "outputs" / OFFICES[office][0] / "report.html")).getroot()


@pytest.mark.parametrize("office", OFFICES)
def test_an_office_reports_and_publishes(reported, office):
    """Its report is built in three formats, is no draft, has every number traced, and is published."""
    workspace, ran, published = reported(office)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    folder = workspace / "outputs" / OFFICES[office][0]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {"report.html", "report.pdf", "report.docx"} <= set(manifest["outputs"])
    assert "untraced" not in ran.stdout + ran.stderr
    assert page_of(workspace, office).find_class("draft") == []
    assert published.returncode == 0, published.stdout + published.stderr
    assert (workspace / "published" / OFFICES[office][0] / "report.html").is_file()


@pytest.mark.parametrize("office", OFFICES)
def test_an_office_says_its_own_words(reported, office):
    """Text, tables and notes say what its ledgers state, in its period's words, without filler and without others' chapters."""
    workspace, _, _ = reported(office)
    _, wanted, unwanted = OFFICES[office]
    [article] = page_of(workspace, office).find_class("report")
    text = re.sub(r"\s+", " ", article.text_content())
    assert [words for words in wanted if words not in text] == []
    assert [words for words in [*unwanted, "尚未填报", "草稿", "槐荫", "济南"] if words in text] == []


@pytest.mark.parametrize("office", OFFICES)
def test_an_office_has_no_empty_heading(reported, office):
    """Under every heading stands something before the next of its level."""
    workspace, _, _ = reported(office)
    [article] = page_of(workspace, office).find_class("report")
    blocks = list(article.iter("h2", "h3", "h4", "h5", "p", "figure", "ul", "ol", "footer"))
    for heading, after in itertools.pairwise(blocks):
        if heading.tag[0] == "h":
            assert after.tag not in ("footer", *(f"h{level}" for level in range(2, int(heading.tag[1]) + 1))), (
                heading.text_content()
            )
