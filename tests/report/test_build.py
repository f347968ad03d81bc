"""The path of a report: what it makes, and what becomes of it when something is wrong."""

import json
import shutil
import subprocess
import sys

import pytest

KINDS = [
    "coverage.csv",
    "facts.csv",
    "manifest.json",
    "report.docx",
    "report.html",
    "report.ipynb",
    "report.pdf",
    "sections",
]


def edited(file, old, new):
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8-sig" if file.suffix == ".csv" else "utf-8")


@pytest.fixture
def built(workspace, report):
    """A workspace that already holds a finished report; yields its folder and what it held."""
    folder = workspace / "outputs" / "2021H1"
    shutil.copytree(report, folder)
    return folder


def held(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_makes_every_kind_of_output(report):
    """The folder of a report holds the three forms, the stitched notebook, every section, the facts, the coverage and the manifest."""
    assert sorted(path.name for path in report.iterdir()) == KINDS
    assert len(list((report / "sections").glob("*.ipynb"))) == 5


def test_a_second_build_elsewhere_is_the_same_to_the_byte(report, workspace, halfyear):
    """Built again from a copy of the workspace in another folder, every output has the same bytes."""
    done = halfyear("run", "2021H1")
    assert done.returncode == 0, done.stderr
    assert held(workspace / "outputs/2021H1") == held(report)


def test_ordinary_kernels_and_ledgers_read_by_the_command_itself_give_the_same_to_the_byte(report, workspace, halfyear):
    """Without the warm process and what it spares the command every output has the same bytes."""
    done = halfyear("run", "2021H1", "--cold")
    assert done.returncode == 0, done.stderr
    assert held(workspace / "outputs/2021H1") == held(report)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_the_command_itself_loads_no_pandas(workspace):
    """A command that makes a report has its ledgers read by a process that has pandas already."""
    command = f"sys.argv[1:] = ['run', '2021H1', '--workspace', {str(workspace)!r}]"
    told = "atexit.register(lambda: print({'pandas', 'numpy', 'pipeline.report.production'} & set(sys.modules)))"
    script = f"import atexit, sys; {command}; {told}; from pipeline.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "{'pipeline.report.production'}"


def test_the_build_says_what_it_does_and_did(halfyear, workspace):
    """A build names each section as it is done, then the files, their place, how long each part took and how many facts."""
    done = halfyear("run", "2021H1", "--format", "html")
    assert sorted(done.stderr.split("\n"))[1:] == [
        f"{name}: run, because there is no result of it yet"
        for name in ("disclosure", "evaluation", "lists", "reform", "rule-of-law")
    ]
    assert "execute " in done.stdout
    assert (
        f"{workspace}/outputs/2021H1/: coverage.csv, facts.csv, manifest.json, report.html, report.ipynb" in done.stdout
    )
    assert " facts, " in done.stdout


def test_json_tells_the_same_to_a_program(halfyear):
    """With --json the result is one JSON object on standard output and nothing else is said."""
    done = halfyear("run", "2021H1", "--format", "html", "--json")
    result = json.loads(done.stdout)
    assert done.stderr == ""
    assert [section["name"] for section in result["sections"]] == [
        "reform",
        "lists",
        "evaluation",
        "rule-of-law",
        "disclosure",
    ]
    assert result["files"][:3] == ["coverage.csv", "facts.csv", "manifest.json"]


def test_the_manifest_names_every_file_with_its_hash(report):
    """The manifest gives the SHA-256 of every input and of every output but itself."""
    import hashlib

    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    files = held(report)
    assert manifest["outputs"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"
    }
    assert "data/2021H1/tables/indicators.csv" in manifest["inputs"]
    assert "notebooks/01-reform.ipynb" in manifest["inputs"]


def test_one_section_alone_can_be_built(halfyear, workspace):
    """With --section only that chapter is executed and stands in the report."""
    done = halfyear("run", "2021H1", "--section", "lists", "--format", "html")
    assert done.returncode == 0, done.stderr
    html = (workspace / "outputs/2021H1/report.html").read_text(encoding="utf-8")
    assert "一、</span>清单梳理" in html
    assert "改革创新</h2>" not in html


def test_a_notebook_that_raises_leaves_the_old_report_and_its_own_run(built, workspace, halfyear):
    """A failing section is named with notebook, cell and line; the others are built as a draft; the old report stays."""
    before = held(built)
    edited(workspace / "notebooks/02-lists.ipynb", 'reviews = lists.compared(\\"list_reviews\\")', "reviews = 1 / 0")
    done = halfyear("run", "2021H1")
    assert done.returncode == 1
    assert "section 'lists' failed: 02-lists.ipynb, cell 6, line 1: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    draft = workspace / "outputs/2021H1.draft"
    assert str(draft / "sections/02-lists.ipynb") in done.stderr
    saved = json.loads((draft / "sections/02-lists.ipynb").read_text(encoding="utf-8"))
    assert any(
        output.get("ename") == "ZeroDivisionError" for cell in saved["cells"] for output in cell.get("outputs", [])
    )
    html = (draft / "report.html").read_text(encoding="utf-8")
    assert "本节未能生成" in html
    assert "草稿" in html
    assert "30215" in html
    assert held(built) == before


def test_a_mended_section_clears_the_draft(built, workspace, halfyear):
    """After a failed build a good one replaces the report and takes the draft away."""
    file = workspace / "notebooks/02-lists.ipynb"
    good = file.read_text(encoding="utf-8")
    edited(file, 'reviews = lists.compared(\\"list_reviews\\")', "reviews = 1 / 0")
    assert halfyear("run", "2021H1", "--format", "html").returncode == 1
    file.write_text(good, encoding="utf-8")
    assert halfyear("run", "2021H1", "--format", "html").returncode == 0
    assert not (workspace / "outputs/2021H1.draft").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ('{{ fact("表格", "汇总") }}', '{{ fact("表格", "汇种") }}'),
            "'表格, 汇种': the ledgers do not state it (did you mean '表格, 汇总'?); change the placeholder",
        ),
        (
            ('{{ fact("表格", "汇总") }}', "{{ facts }}"),
            "'facts': there is no such placeholder; known: as_of, fact, period, text.",
        ),
        (('{{ fact("表格", "汇总") }}', "{{ fact( }}"), "a placeholder is not well formed () is missing before }"),
        (('{{ fact("表格", "汇总") }}', "{{ 1 / 0 }}"), "this placeholder cannot be worked out: division by zero"),
    ],
    ids=["unknown-figure", "unknown-name", "not-well-formed", "not-calculable"],
)
def test_a_broken_placeholder_is_told_with_file_and_line(built, workspace, halfyear, change, message):
    """A placeholder that cannot be filled is told with its prose file and line before any kernel; the old report stays."""
    before = held(built)
    edited(workspace / "data/2021H1/prose/reform-dual-hundred.md", *change)
    for command in (("check", "2021H1"), ("run", "2021H1", "--format", "html")):
        done = halfyear(*command)
        assert done.returncode == 1
        assert "  error: prose/reform-dual-hundred.md:1" in done.stdout
        assert message in done.stdout
        assert "run, because" not in done.stderr
    assert held(built) == before


def test_every_broken_placeholder_is_told_at_once_in_either_language(workspace, halfyear):
    """All placeholders that find nothing are told together, in Chinese where Chinese is asked for."""
    file = workspace / "data/2021H1/prose/reform-overview.md"
    file.write_text('{{ fact("甲", "乙") }}\n\n{{ text("丙", "丁") }}\n{{ fact("工作", "调度") }}', encoding="utf-8")
    (workspace / "data/2021H1/prose/reforms-more.md").write_text("多出的文件", encoding="utf-8")
    lines = halfyear("check", "2021H1", "--lang", "zh").stdout.split("\n")
    assert "  错误：prose/reform-overview.md:1 “甲, 乙”：台账里没有；请改占位符，或在台账里填上。" in lines
    assert "  错误：prose/reform-overview.md:3 “丙, 丁”：台账里没有；请改占位符，或在台账里填上。" in lines
    assert any(line.startswith("  错误：prose/reform-overview.md:4 “工作, 调度”：台账里有不止一处") for line in lines)
    assert any(line.startswith("  错误：prose/reforms-more.md：文件名要以章节名开头") for line in lines)


def test_a_missing_prose_file_is_told_before_any_kernel(workspace, halfyear):
    """Prose that a notebook will ask for and that is not there is told by check and run, one piece an initiative too."""
    folder = workspace / "data/2021H1"
    (folder / "prose/disclosure-overview.md").rename(folder / "prose/disclosure-overveiw.md")
    with (folder / "tables/initiatives.csv").open("a", encoding="utf-8") as stream:
        stream.write("new-thing,示例事项,,推进中,,\n")
    for command in (("check", "2021H1"), ("run", "2021H1", "--format", "html")):
        done = halfyear(*command)
        assert done.returncode == 1
        assert (
            "prose/disclosure-overview.md: 05-disclosure.ipynb asks for this file, and it is missing "
            "(did you mean 'disclosure-overveiw.md'?); write it, or leave it empty for now." in done.stdout
        )
        assert "error: prose/reform-new-thing.md: 01-reform.ipynb asks for this file" in done.stdout
        assert "done" not in done.stderr


def test_prose_under_a_condition_is_not_demanded(workspace, halfyear):
    """A notebook that asks for prose only sometimes, or in a line put out of use, does not make its file a must."""
    notebook = workspace / "notebooks/02-lists.ipynb"
    more = "\n# lists.prose('old')\nif len(reviews) > 1000:\n    lists.prose('many')"
    content = json.loads(notebook.read_text(encoding="utf-8"))
    code = next(cell for cell in content["cells"] if 'compared("list_reviews")' in "".join(cell["source"]))
    code["source"] = "".join(code["source"]) + more
    notebook.write_text(json.dumps(content), encoding="utf-8")
    assert halfyear("check", "2021H1").returncode == 0


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        (None, 1, "report.toml：文件不在；它给出报告的 title、office、bureau"),
        (("title =", "titel ="), 1, "report.toml “titel”：没有这一项（是不是“title”？）；可用：title、office"),
        (
            ("signed = 2021-06-30", 'signed = "6月30日"'),
            1,
            "report.toml “signed” “6月30日”：应写成日期，如 2021-06-30，不加引号。",
        ),
        (('city = "济南市"\n', ""), 1, "report.toml：缺少 city；请补上。"),
        (('office = "', "office = 政策"), 1, "report.toml：写法不对（"),
        (('bureau = "槐荫区行政审批服务局"', 'bureau = ""'), 0, "report.toml：尚未填报：bureau。"),
    ],
    ids=["missing", "unknown", "type", "lacks", "not-toml", "blank"],
)
def test_a_fault_of_report_toml_is_among_the_problems(workspace, halfyear, change, code, told):
    """What is wrong with report.toml is told by check with all other problems, in Chinese where Chinese is asked for."""
    file = workspace / "data/2021H1/report.toml"
    if change:
        edited(file, *change)
    else:
        file.unlink()
    done = halfyear("check", "2021H1", "--lang", "zh")
    assert (done.returncode, told in done.stdout) == (code, True), done.stdout
    assert "口径未注明" in done.stdout


def test_an_error_in_the_data_stops_before_any_kernel(built, workspace, halfyear):
    """A figure that cannot be read is told with its cell before any notebook runs, and the old report stays."""
    before = held(built)
    edited(workspace / "data/2021H1/tables/indicators.csv", ",322,", ",三百二十二,")
    done = halfyear("run", "2021H1")
    assert done.returncode == 1
    assert "tables/indicators.csv!E5" in done.stdout
    assert "run, because" not in done.stderr
    assert held(built) == before


def test_prose_belongs_to_the_section_a_notebook_opens(workspace, halfyear):
    """A second notebook over the same section needs no prose of its own: it asks for that of the section it opens."""
    text = (workspace / "notebooks/03-evaluation.ipynb").read_text(encoding="utf-8")
    (workspace / "notebooks/06-again.ipynb").write_text(text.replace("# 简政放权评估", "# 再说评估"), encoding="utf-8")
    done = halfyear("check", "2021H1")
    assert done.returncode == 0, done.stdout
    (workspace / "data/2021H1/prose/evaluation-overview.md").unlink()
    assert "06-again.ipynb asks for this file" in halfyear("check", "2021H1").stdout


def test_a_broken_report_toml_is_told_with_all_other_problems(workspace, halfyear):
    """``run`` tells what is wrong with report.toml beside what is wrong with the ledgers, in the language asked for."""
    edited(workspace / "data/2021H1/report.toml", "office =", "ofice =")
    edited(workspace / "data/2021H1/tables/indicators.csv", ",322,", ",三百二十二,")
    done = halfyear("run", "2021H1", "--lang", "zh")
    assert done.returncode == 1
    assert "report.toml “ofice”：没有这一项（是不是“office”？）" in done.stdout
    assert "tables/indicators.csv!E5" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "2021H3"), "period '2021H3' is none; a year, a half-year, a quarter, a month and months up to"),
        (("run", "2022H1"), "no data for 2022H1: data/2022H1/ does not exist (there: 2021H1)"),
        (("run", "2021H1", "--section", "reforms"), "no section 'reforms'"),
        (("run", "2021H1", "-p", "perod=2021H1"), "perod"),
        (("run", "2021H1", "--format", "odt"), "'odt' is not one of"),
        (("rum", "2021H1"), "No such command 'rum'"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)
def test_wrong_usage_exits_with_2_and_touches_nothing(built, halfyear, arguments, message):
    """An unknown period, section, parameter, format or command is told by name, exits with 2 and leaves the outputs."""
    before = held(built)
    done = halfyear(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert held(built) == before


def test_a_traceback_is_for_those_who_ask(halfyear):
    """An error is a message; with --debug it comes with its traceback."""
    assert "Traceback" not in halfyear("run", "2021H3").stderr
    assert "Traceback" in halfyear("run", "2021H3", "--debug").stderr


def test_help_lists_every_command(halfyear):
    """The help names each command with a sentence, and so does each command's own."""
    shown = halfyear("--help").stdout
    for name in ("run", "check", "new"):
        assert f"  {name} " in shown
        assert "Usage:" in halfyear(name, "--help").stdout
