"""From an empty folder and the wheel alone to a published report."""

import csv
import json
import zipfile

import pytest
from calling import ROOT
from installed import clean_environment, run

FILLED = {
    "indicators": [
        {
            "板块": "改革创新",
            "对象": "一件事",
            "指标": "办件量",
            "数值": "412",
            "单位": "件",
            "口径": "当期",
            "截至": "2023H2",
        },
        {
            "板块": "法治建设",
            "对象": "合法性审查",
            "指标": "审查文件",
            "数值": "21",
            "单位": "件",
            "口径": "当期",
            "截至": "2023H2",
        },
    ],
    "cases": [{"类型": "行政复议", "件数": "3", "口径": "当期"}],
}
PROSE = {
    "reform-overview": '科室推行“高效办成一件事”，办理{{ fact("一件事", "办件量") }}。',
    "rule-of-law-overview": "/",
    "outlook-plans": "下一步，科室将继续优化流程。",
}


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    return clean_environment(tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="module")
def begun(programs, tmp_path_factory):
    """A workspace that the installed command made in an empty folder."""
    folder = tmp_path_factory.mktemp("office")
    who = ("--bureau", "某市某区行政审批服务局", "--office", "法规科")
    run(programs / "halfyear", "init", "work", "--period", "2023H2", *who, cwd=folder)
    return folder / "work"


def fill(folder):
    """What a clerk enters: rows and prose of what there is; ledgers and prose of what there is not are deleted."""
    for file in (folder / "tables").glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            head = next(csv.reader(stream))
        if file.stem not in FILLED:
            file.unlink()
            continue
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, head, restval="")
            writer.writeheader()
            writer.writerows(FILLED[file.stem])
    for file in (folder / "prose").glob("*.md"):
        if file.stem in PROSE:
            file.write_text(PROSE[file.stem], encoding="utf-8")
        else:
            file.unlink()
    settings = folder / "report.toml"
    text = settings.read_text(encoding="utf-8").replace("draft = true", "draft = false")
    settings.write_text(text.replace('signed = ""', "signed = 2024-01-08"), encoding="utf-8")


def test_the_wheel_has_the_notebooks_once_and_byte_for_byte(programs):
    """What a workspace begins with comes from the project's own notebooks and example."""
    [wheel] = (programs.parents[1] / "wheel").glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        names = [
            name for name in package.namelist() if name.startswith(("pipeline/begin/notebooks", "pipeline/begin/data"))
        ]
        for name in names:
            assert package.read(name) == (ROOT / name.removeprefix("pipeline/begin/")).read_bytes()
    assert len([name for name in names if name.endswith(".ipynb")]) == 5
    assert len(names) == 5 + sum(path.is_file() for path in (ROOT / "data/2021H1").rglob("*"))


def test_a_new_workspace_runs_at_once(programs, begun):
    """The first command after init makes a draft that says what is still to be filled in, and passes every check but that."""
    done = run(
        programs / "halfyear", "run", "2023H2", "--format", "html", "--output", begun.parent / "first", cwd=begun
    )
    page = (begun.parent / "first/2023H2/report.html").read_text(encoding="utf-8")
    assert "尚未填报" in page
    assert "某市某区行政审批服务局法规科" in page
    assert "存在问题" not in page
    assert "untraced" not in done.stdout
    checked = run(programs / "halfyear", "check", "2023H2", "--json", cwd=begun)
    assert {one["code"].partition("-")[0] for one in json.loads(checked.stdout)} == {"not"}


def test_a_report_is_published_from_an_empty_folder(programs, begun):
    """Install, init, fill, check, run, publish: the report has the chapters that were filled, each number traced."""
    fill(begun / "data/2023H2")
    checked = run(programs / "halfyear", "check", "2023H2", "--json", cwd=begun)
    assert json.loads(checked.stdout) == []
    run(programs / "halfyear", "run", "2023H2", "--edition", "public", cwd=begun)
    manifest = json.loads((begun / "outputs/2023H2/manifest.json").read_text(encoding="utf-8"))
    assert manifest["numbers"]["untraced"] == 0
    page = (begun / "outputs/2023H2/report.html").read_text(encoding="utf-8")
    for title in (
        "一、</span>改革创新",
        "二、</span>法治建设",
        "三、</span>存在问题和下一步打算",
        "（一）</span>下一步打算",
    ):
        assert title in page
    assert "尚未填报" not in page
    run(programs / "halfyear", "publish", "2023H2", "--to", begun.parent / "public", cwd=begun)
    assert (begun.parent / "public/2023H2/report.pdf").is_file()
    run(programs / "halfyear", "verify", "2023H2", cwd=begun)
