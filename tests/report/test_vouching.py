"""What can be said about a finished report: its numbers, its differences, whether it still holds."""

import json

import pytest


def edited(file, old, new):
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8-sig" if file.suffix == ".csv" else "utf-8")


@pytest.fixture
def built(halfyear, workspace):
    """A workspace with a report of its own (HTML only)."""
    done = halfyear("run", "2021H1", "--format", "html")
    assert done.returncode == 0, done.stderr
    return workspace / "outputs/2021H1"


def test_every_number_of_the_report_is_accounted_for(report):
    """In the project's own report no number is untraced: each is a fact or part of a declared literal."""
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["numbers"]["fact"] >= 80
    assert manifest["numbers"]["untraced"] == 0


def test_a_typed_number_is_told_with_its_place(halfyear, workspace):
    """A figure typed into prose is told with section, place and sentence, and counted in the manifest."""
    edited(workspace / "data/2021H1/prose/evaluation-overview.md", "做到环节衔接有序", "共到场45人，做到环节衔接有序")
    done = halfyear("run", "2021H1", "--format", "html")
    assert done.returncode == 0
    assert "warning: evaluation, cell 9" in done.stdout
    assert "'45人' is untraced" in done.stdout
    manifest = json.loads((workspace / "outputs/2021H1/manifest.json").read_text(encoding="utf-8"))
    assert manifest["numbers"]["untraced"] == 1


def test_a_fresh_report_verifies_and_a_changed_cell_makes_it_stale(built, halfyear, workspace):
    """Just built, outputs are intact and current; after a ledger cell changes they are stale, and the ledger is named."""
    done = halfyear("verify", "2021H1")
    assert (done.returncode, done.stdout) == (0, "the outputs are as the manifest says and current\n")
    edited(workspace / "data/2021H1/tables/cases.csv", ",7,", ",8,")
    done = halfyear("verify", "2021H1")
    assert done.returncode == 1
    assert "data/2021H1/tables/cases.csv" in done.stdout
    assert done.stdout.endswith("the outputs are as the manifest says and stale\n")


def test_an_altered_output_is_told(built, halfyear):
    """An output that was edited by hand is named."""
    edited(built / "report.html", "322", "323")
    done = halfyear("verify", "2021H1", "--json")
    result = json.loads(done.stdout)
    assert done.returncode == 1
    assert (result["intact"], [finding["place"] for finding in result["findings"]]) == (False, ["report.html"])


def test_two_builds_differ_in_what_a_changed_cell_gives(built, halfyear, workspace, tmp_path):
    """After one cell changed, the comparison lists that fact and the balance that it no longer keeps, told only now."""
    first = built.rename(tmp_path / "first")
    edited(workspace / "data/2021H1/tables/licences.csv", ",815,", ",816,")
    assert halfyear("run", "2021H1", "--format", "html").returncode == 0
    done = halfyear("diff", first, built, "--json", "--html", tmp_path / "diff.html")
    facts = json.loads(done.stdout)["facts"]
    changed = {tuple(one[side] and one[side]["value"] for side in ("before", "after")) for one in facts}
    assert changed == {("815", "816"), (None, "2020"), (None, "1")}
    assert "816" in (tmp_path / "diff.html").read_text(encoding="utf-8")
    assert " 815件 -> 816件  +1件（+0.1%）" in halfyear("diff", first, built).stdout


def test_nothing_changed_is_fresh_and_one_cell_runs_one_section(built, halfyear, workspace):
    """A second run executes nothing; after a change only the sections that read that ledger run, and say why."""
    again = halfyear("run", "2021H1", "--format", "html", "--json")
    assert {one["why"] for one in json.loads(again.stdout)["sections"]} == {"fresh"}
    edited(workspace / "data/2021H1/tables/licences.csv", ",815,", ",816,")
    changed = json.loads(halfyear("run", "2021H1", "--format", "html", "--json").stdout)["sections"]
    why = {one["name"]: one["why"] for one in changed}
    assert why["disclosure"] == "run, because licences changed"
    assert why["lists"] == "fresh"


def everything(folder):
    """Every byte of a folder, archives unpacked."""
    import io
    import zipfile

    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            yield path.name, content
            if path.suffix == ".docx":
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())


def test_a_public_edition_holds_nothing_internal(halfyear, workspace, tmp_path):
    """A public edition has no trace of a row marked 内部, in none of its files; the rest of the report is there."""
    done = halfyear("run", "2021H1", "--edition", "public", "--output", tmp_path)
    assert done.returncode == 0, done.stderr
    for name, content in everything(tmp_path / "2021H1"):
        assert "加班" not in content.decode("utf-8", "ignore"), name
    assert "30215" in (tmp_path / "2021H1/report.html").read_text(encoding="utf-8")


def test_a_finished_report_is_published_once(report, workspace, halfyear, tmp_path):
    """Publishing makes the public files, their checksums, the review sheet and the archive page; again, it changes nothing."""
    import shutil

    shutil.copytree(report, workspace / "outputs/2021H1")
    done = halfyear("publish", "2021H1", "--to", tmp_path / "public")
    assert done.returncode == 0, done.stderr
    assert "the public edition leaves out the row '加班累计22小时'" in done.stdout
    names = sorted(path.relative_to(tmp_path / "public").as_posix() for path in (tmp_path / "public").rglob("*"))
    forms = ["report.docx", "report.html", "report.pdf", "review.html", "review.pdf"]
    assert {f"2021H1/{name}" for name in (*forms, "SHA256SUMS")} | {"index.html"} <= set(names)
    again = halfyear("publish", "2021H1", "--to", tmp_path / "public")
    assert again.stdout.endswith("nothing changed since it was published\n")


def test_what_may_not_leave_is_refused_with_every_reason(built, halfyear, workspace, tmp_path):
    """A stale report with an untraced number is not published; all reasons are given and nothing is written."""
    edited(workspace / "data/2021H1/prose/evaluation-overview.md", "做到环节衔接有序", "共到场45人，做到环节衔接有序")
    assert halfyear("run", "2021H1", "--format", "html").returncode == 0
    edited(workspace / "data/2021H1/tables/cases.csv", ",7,", ",8,")
    done = halfyear("publish", "2021H1", "--to", tmp_path / "public")
    assert done.returncode == 1
    assert "'45人' is untraced" in done.stderr
    assert "data/2021H1/tables/cases.csv" in done.stderr
    assert not (tmp_path / "public").exists()


def with_cell(workspace, notebook, number, source):
    """Have a cell of a notebook, counted as JupyterLab shows it, say something else."""
    file = workspace / "notebooks" / notebook
    held = json.loads(file.read_text(encoding="utf-8"))
    held["cells"][number - 1]["source"] = source
    file.write_text(json.dumps(held, ensure_ascii=False, indent=1), encoding="utf-8")


def test_a_forgotten_f_is_an_error_and_stops_publishing(halfyear, workspace, tmp_path):
    """Braces that a report prints as they were typed are told with notebook and cell, and such a report does not leave."""
    with_cell(workspace, "04-rule-of-law.ipynb", 8, """say("本期共{count(activities, '场')}。")""")
    with_cell(
        workspace,
        "04-rule-of-law.ipynb",
        19,
        """received = count(activities, "场")
display(listed(activities, "{activity}", lead="共{received}，"))
table(activities, ["activity", "month"], name="more", caption="活动共｛received｝")""",
    )
    done = halfyear("run", "2021H1", "--format", "html", "--lang", "zh")
    told = [line for line in done.stdout.splitlines() if "没有换成内容" in line]
    start = "错误：法治建设，04-rule-of-law.ipynb，第"
    each = ((8, "{count(activities, '场')}"), (19, "{received}"), (19, "｛received｝"))
    assert [line.split("没有")[0] for line in told] == [f"{start}{cell}单元格：“{value}”" for cell, value in each]
    refused = halfyear("publish", "2021H1", "--to", tmp_path / "public", "--lang", "zh")
    assert (refused.returncode, (tmp_path / "public").exists()) == (1, False)
    assert all(f"，第{cell}单元格：“{value}”" in refused.stderr for cell, value in each)


def test_words_that_a_cell_does_not_show_are_told(halfyear, workspace):
    """They are named with notebook and cell, and neither the report nor what a public edition keeps of its sections has them."""
    loop = 'for one in activities.itertuples():\n    say(f"{one.activity}丢了。")'
    with_cell(workspace, "04-rule-of-law.ipynb", 19, loop)
    done = halfyear("run", "2021H1", "--format", "html", "--edition", "public", "--lang", "zh")
    (told,) = [line for line in done.stdout.splitlines() if "没有显示" in line]
    assert told.startswith(
        "警告：法治建设，04-rule-of-law.ipynb，第19单元格：有5处文字、表格或图没有显示，不在报告里：“庭审观摩活动丢了。”、“"
    )
    assert told.endswith("…；循环和条件里的，以及不在单元格最后一行的，请写成 display(…)。")
    made = [path for path in (workspace / "outputs/2021H1").rglob("*") if path.suffix in (".html", ".ipynb")]
    assert len(made) > 5
    assert not [path.name for path in made if "丢了" in path.read_text(encoding="utf-8")]


def test_a_refusal_is_told_in_chinese_and_as_json(built, halfyear, workspace, tmp_path):
    """Those who sign read why a report may not leave in Chinese; a program gets the reasons one by one."""
    edited(workspace / "data/2021H1/report.toml", "opening =", "draft = true\nopening =")
    assert halfyear("run", "2021H1", "--format", "html").returncode == 0
    done = halfyear("publish", "2021H1", "--to", tmp_path / "public", "--lang", "zh")
    assert done.returncode == 1
    assert "2021H1 不能发布，原因有1条；没有写入任何文件：\n  - 报告：文件带有草稿标记；请定稿后再发布。" in done.stderr
    done = halfyear("publish", "2021H1", "--to", tmp_path / "public", "--json")
    told = json.loads(done.stdout)
    assert told["error"] == "2021H1 may not be published, for 1 reason; nothing was written"
    assert told["reasons"] == ["report: it bears the mark of a draft; finish it first."]


def test_the_list_of_sources_is_an_attachment_on_request(halfyear, workspace):
    """With sources = true the report ends in 附件, a row a place, and in the page a number leads to its row and back."""
    file = workspace / "data/2021H1/report.toml"
    file.write_text(file.read_text(encoding="utf-8") + "sources = true\n", encoding="utf-8")
    assert halfyear("run", "2021H1", "--format", "html").returncode == 0
    html = (workspace / "outputs/2021H1/report.html").read_text(encoding="utf-8")
    assert "附件：数据来源" in html
    assert '<a class="to-source" href="#source-1"' in html
    assert 'href="#fact-1"' in html


@pytest.mark.parametrize(
    ("ledger", "rows"),
    [
        ("outreach", "2021-03,进社区宣传,,,,100,,,,\n2021-05,进社区宣传,,,,250,,,,\n"),
        ("outreach", "2021-04,示例宣讲,,,,,,,,\n2021-06,示例宣讲,,,,,,,,\n"),
        ("milestones", "跨省通办,2021-03-10,,示例会,,,,\n跨省通办,2021-05-10,,示例会,,,,\n"),
    ],
)
def test_what_comes_again_on_another_day_contradicts_nothing(halfyear, workspace, tmp_path, ledger, rows):
    """An activity held twice is two rows, told apart by their days: neither the days nor the figures are a contradiction."""
    file = workspace / f"data/2021H1/tables/{ledger}.csv"
    file.write_text(file.read_text(encoding="utf-8-sig") + rows, encoding="utf-8-sig")
    done = halfyear("run", "2021H1", "-f", "html")
    assert done.returncode == 0
    assert "error" not in done.stdout, done.stdout
    assert ledger != "outreach" or rows.split(",")[1] in (workspace / "outputs/2021H1/report.html").read_text(
        encoding="utf-8"
    )
    assert halfyear("publish", "2021H1", "--to", tmp_path / "published").returncode == 0
