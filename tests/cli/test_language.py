"""The command speaks the language of the one who asks: every command, its help, its refusals, its summaries."""

import ast
import json
import re
from pathlib import Path

import click
import lxml.html
import openpyxl
import pytest
from calling import Command, copied_workspace

import pipeline
from pipeline.cli import app
from pipeline.cli.click_words import speak
from pipeline.findings import language
from pipeline.findings.catalogue import codes, message

PACKAGE = Path(pipeline.__file__).parent
# What may stand there in Latin letters: names of commands, options, files, formats, and what libraries say, quoted.
NAMES = re.compile(
    r"https?://\S+|[\w./~*-]*/[\w./~*-]*|--?[a-z][\w-]*(?:=\w+)?|[\w.-]+\.(?:toml|xlsx?|csv|ipynb|html|pdf|docx|md|json)\b"
    r"|\[[a-z|]+\]|'[^']*'|“[^”]*”|[A-Z_]{2,}\w*|\b(?:halfyear|pip)(?: [a-z]+)*(?: 20\d\dH\d)?"
)
SENTENCE = re.compile(r"[a-z]{2,}[,;]? [a-z]{2,}[,;]? [a-z]{2,}", re.IGNORECASE)


def english(printed):
    """What of the words printed is an English sentence: three words in a row that are no names."""
    return [
        line
        for line in printed.splitlines()
        if SENTENCE.search(NAMES.sub("·", line)) and not re.search("优先使用而没有找到|随安装包自带", line)
    ]


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """A workspace with a finished report, in which commands are walked one after another."""
    folder = tmp_path_factory.mktemp("walk")
    command = Command(copied_workspace(folder / "工作区"))
    done = command("run", "2021H1", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    return command, done


WALK = {
    **{f"help of {name}": ((name, "--help"), 0) for name in app.commands},
    "help": (("--help",), 0),
    "help without a command": ((), 2),
    "an unknown command": (("chek",), 2),
    "an unknown option": (("check", "2021H1", "--jsn"), 2),
    "a missing argument": (("run",), 2),
    "a missing option": (("publish", "2021H1"), 2),
    "too many arguments": (("check", "2021H1", "2020H2"), 2),
    "a format that does not exist": (("run", "2021H1", "--format", "odt"), 2),
    "a number that is none": (("run", "2021H1", "--jobs", "x"), 2),
    "a number out of range": (("run", "2021H1", "--jobs", "0"), 2),
    "a flag with a value": (("run", "2021H1", "--fresh=1"), 2),
    "a period that is none": (("check", "2021h1"), 2),
    "a period without data": (("check", "2030H1"), 2),
    "an unknown section": (("run", "2021H1", "--section", "refrom"), 2),
    "a parameter that is none": (("run", "2021H1", "--parameter", "top"), 2),
    "the period as a parameter": (("run", "2021H1", "--parameter", "period=2020H1"), 2),
    "an unknown parameter": (("run", "2021H1", "--parameter", "tpo=3"), 2),
    "no workspace": (("check", "2021H1", "--workspace", "/"), 1),
    "the data": (("check", "2021H1"), 0),
    "the data marked": (("check", "2021H1", "--mark"), 0),
    "a period made": (("new", "2021H2"), 0),
    "a workbook that is not there": (("collect", "2021H2", "一科.xlsx"), 1),
    "workbooks of no half-year": (("collect", "2030H1", "一科.xlsx"), 2),
    "a period made again": (("new", "2021H2"), 1),
    "a period not filled in": (("check", "2021H2"), 0),
    "fonts": (("fonts",), 0),
    "nothing changed": (("run", "2021H1"), 0),
    "what the outputs are": (("verify", "2021H1"), 0),
    "outputs that are not there": (("verify", "2020H2"), 1),
    "a report and itself": (("diff", "2021H1", "2021H1"), 0),
    "a report and none": (("diff", "2021H1", "2020H2"), 1),
    "a report published": (("publish", "2021H1", "--to", "公开"), 0),
    "a report published again": (("publish", "2021H1", "--to", "公开"), 0),
    "published into the data": (("publish", "2021H1", "--to", "data"), 1),
    "the manuals": (("manual", "--no-browser"), 0),
    "manuals elsewhere": (("manual", "--no-browser", "--to", "data/2021H1/report.toml"), 1),
    "the archive": (("site",), 0),
    "the archive again": (("site",), 0),
    "an archive of nothing": (("site", "--output", "data", "--to", "空"), 1),
    "where nothing can be written": (("run", "2021H1", "--fresh", "--output", "/proc/nowhere"), 1),
    "a report into the data": (("run", "2021H1", "--output", "data"), 1),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "code"), WALK.values(), ids=WALK)
def test_no_english_sentence_is_printed(walked, arguments, code):
    """Under ``--lang zh`` whatever a command prints is Chinese, names of files and what libraries say aside."""
    command, _ = walked
    done = command(*arguments, HALFYEAR_LANG="zh") if not arguments else command(*arguments, "--lang", "zh")
    printed = done.stdout + done.stderr
    assert done.returncode == code, printed
    assert not english(printed)
    assert re.search(r"[\u4e00-\u9fff]", printed)


def test_no_english_sentence_stands_on_a_page(walked, tmp_path):
    """The pages that commands make, the archive, published reports with their review sheet, a comparison, the manuals, are Chinese."""
    command, _ = walked
    for call in (
        ("site", "--to", tmp_path / "存档"),
        ("publish", "2021H1", "--to", tmp_path / "公开"),
        ("diff", "2021H1", "2021H1", "--html", tmp_path / "对比.html"),
        ("manual", "--to", tmp_path, "--no-browser"),
    ):
        done = command(*call, "--lang", "zh")
        assert done.returncode == 0, done.stderr
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) >= 6
    for page in pages:
        tree = lxml.html.fromstring(page.read_bytes())
        for element in tree.xpath("//style | //script | //code | //pre"):
            element.drop_tree()
        assert not english(tree.text_content()), page


def test_no_english_sentence_stands_in_the_copy_of_the_ledgers(walked):
    """All that check --mark writes into its copy is Chinese."""
    command, _ = walked
    command("check", "2021H1", "--mark", "--lang", "zh")
    book = openpyxl.load_workbook(command.folder / "outputs/2021H1-台账问题.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    said = [str(cell.value) for cell in cells if cell.value] + [cell.comment.text for cell in cells if cell.comment]
    assert said
    assert not english("\n".join(said))


def test_a_build_tells_its_summary_in_chinese(walked):
    """Warnings, stages and the summary of a build are Chinese."""
    _, done = walked
    assert "数据有1个警告：halfyear check 逐条列出" in done.stdout
    assert re.search(r"检查 \d+\.\d\d 秒  运行 \d+\.\d\d 秒", done.stdout)
    assert re.search(r"outputs/2021H1/：.*report\.docx.*（\d+处数据，\d+\.\d 秒）", done.stdout)


def test_a_failing_cell_is_told_in_chinese(walked, tmp_path):
    """What our own code raises in a cell is told in Chinese, with its place, and in English to whoever speaks that."""
    workspace = copied_workspace(tmp_path / "workspace")
    notebook = workspace / "notebooks/02-lists.ipynb"
    cells = json.loads(notebook.read_text(encoding="utf-8"))
    cells["cells"][-1] |= {
        "cell_type": "code",
        "source": ['Section("lists", period).fact("甲", "乙")'],
        "outputs": [],
        "execution_count": None,
    }
    notebook.write_text(json.dumps(cells), encoding="utf-8")
    done = Command(workspace)("run", "2021H1", "--format", "html", "--lang", "zh")
    number = len(cells["cells"])
    assert done.returncode == 1
    assert (
        f"错误：“清单梳理”一节运行出错：02-lists.ipynb，第{number}单元格，第1行：NotStated: 2021H1 的台账里没有 (甲, 乙)"
        in done.stderr
    )
    assert "草稿，缺1节" in done.stdout
    done = Command(workspace)("run", "2021H1", "--format", "html")
    assert f"error: section 'lists' failed: 02-lists.ipynb, cell {number}, line 1: NotStated: " in done.stderr
    assert "the ledgers state nothing for (甲, 乙)" in done.stderr


def test_json_tells_in_the_language_asked_for(walked):
    """A program that asks in Chinese is told in Chinese; the keys stay."""
    command, _ = walked
    done = command("check", "2030H1", "--json", "--lang", "zh")
    assert json.loads(done.stdout)["error"].startswith("没有 2030H1 的数据")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"HALFYEAR_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        ({"HALFYEAR_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"HALFYEAR_LANG": "zh_CN"}, "zh"),
        ({"HALFYEAR_LANG": "fr", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language_is_the_readers(monkeypatch, environment, expected):
    """``--lang`` goes before ``HALFYEAR_LANG``, that before the locale; what is none of ours counts as not said."""
    for name in ("HALFYEAR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == expected
    assert (language("zh"), language("en")) == ("zh", "en")


def test_every_option_of_every_command_has_its_words():
    """No command and no option is without help in either language."""
    speak(app, "zh")
    context = click.Context(app)
    for command in (app, *(app.get_command(context, name) for name in app.list_commands(context))):
        assert command.help
        assert all(option.help for option in command.params if option.param_type_name == "option")


def test_what_the_library_asks_for_is_what_it_says():
    """The English of each word of the command-line library is a text that the library has."""
    import click

    sources = "".join(path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    texts = {node.value for node in ast.walk(ast.parse(sources)) if isinstance(node, ast.Constant)}
    for code in codes("help"):
        if code.startswith("click-"):
            assert message(code).en in texts, code


def literal(node):
    """The words of a literal or an f-string, its places left out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) or "·" for part in node.values)
    return ""


# Errors of programs, not of people: caught inside, or raised at those who write code.
OF_PROGRAMS = {"AttributeError", "ValueError", "KeyError", "TypeError", "OSError", "ConnectionError", "RuntimeError",
               "NotImplementedError", "HTTPError", "SystemExit"}  # fmt: skip
PRINTING = {"echo", "print", "secho", "say", "told", "warn", "tell", "_line", "_over"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_words_are_printed_or_raised_outside_the_catalogue(path):
    """No sentence stands in a call that prints, nor in an error that people meet: all of it is in the catalogue."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            raised = name.endswith("Error") and name not in OF_PROGRAMS
            if name in PRINTING or raised:
                words = [literal(argument) for argument in node.args]
                assert not any(" " in text.strip("· ") and re.search(r"[a-z]{2} ", text) for text in words), (
                    ast.unparse(node)
                )


def test_every_message_is_said_somewhere():
    """No entry of the catalogue is left over: its code stands in the package, in full or in parts."""
    texts = [path.read_text(encoding="utf-8") for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js")]]
    said = {
        literal(node)
        for text in texts[:]
        for node in ast.walk(_parsed(text))
        if isinstance(node, ast.Constant | ast.JoinedStr)
    }
    patterns = [
        re.compile(re.escape(text).replace("·", "[a-z0-9-]+")) for text in said if re.fullmatch(r"[a-z·-]+", text)
    ]
    script = "".join(text for text in texts if "WORDS" in text)
    for code in codes():
        in_page = code.startswith("page-") and (f'"{code[5:]}"' in script or code.startswith("page-stage-"))
        assert in_page or any(pattern.fullmatch(code) for pattern in patterns), code


def _parsed(text):
    try:
        return ast.parse(text)
    except SyntaxError:  # a script of the page
        return ast.parse("")


def test_what_has_two_wordings_stands_in_the_catalogue():
    """No module words a part of a message for itself: outside the catalogue nothing pairs a Chinese text with an English one."""
    pairs = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Words" and path.parent.name != "findings"
        if re.search("[\u4e00-\u9fff]", ast.unparse(node))
    ]
    assert not pairs
