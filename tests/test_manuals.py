"""The clerk's manual and the page of questions say what happens."""

import re
import shlex
import shutil
import subprocess
import sys

import openpyxl
import pytest
from calling import ROOT, Command, copied_workspace

from pipeline.errors import WorkspaceError
from pipeline.findings.questions import questions
from pipeline.manual import PAGES, manual_folder, write_manuals

BLOCK = re.compile(
    r"^```(\w+)\n(.*?)^```$|^\| 工作簿 \| 单元格 \| 填 \|\n\|---\|---\|---\|\n((?:\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)


def shown(line):
    """A line of a block as a pattern; … stands for anything."""
    return re.compile(".*".join(map(re.escape, line.split("…"))))


def follow(block, command):
    """Run each command of a block; what is shown below it is printed, line by line in that order."""
    for call, expected in re.findall(r"^\$ halfyear (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        done = command(*shlex.split(call), HALFYEAR_LANG="zh")
        printed = iter((done.stdout + done.stderr).splitlines())
        for line in filter(lambda line: line != "…", expected.splitlines()):
            assert any(shown(line).fullmatch(one) for one in printed), f"{call}: {line}\n{done.stdout}{done.stderr}"


def fill(rows, folder):
    """Type into workbooks as a table says; one that is not there yet is a copy of the half-year's."""
    for file, cell, text in re.findall(r"^\| (\S+) \| (\S+) \| (.*?) ?\|$", rows, re.MULTILINE):
        if not (folder / file).exists():
            shutil.copy(folder / "data/2021H2/tables.xlsx", folder / file)
        book = openpyxl.load_workbook(folder / file)
        sheet, _, address = cell.partition("!")
        book[sheet][address] = text or None
        book.save(folder / file)


def followed(page, folder):
    """Do what a page says, from its first block to its last, in a clean workspace; how many blocks it has."""
    command, blocks = Command(folder), 0
    for kind, block, rows in BLOCK.findall(page):
        blocks += 1
        if kind == "console":
            follow(block, command)
        elif kind == "toml":
            settings = folder / "data/2021H2/report.toml"
            settings.write_text(f"{settings.read_text(encoding='utf-8')}\n{block}", encoding="utf-8")
        else:
            fill(rows, folder)
    return blocks


@pytest.mark.parametrize("page", ["docs/zh/填报手册.md", "README.zh-CN.md"])
def test_a_page_can_be_followed_literally(page, tmp_path):
    """Each command of the page, in its order and with what it says to type, prints what the page shows."""
    assert followed((ROOT / page).read_text(encoding="utf-8"), copied_workspace(tmp_path / "工作区")) >= 5


def test_the_page_of_questions_is_in_step():
    """docs/zh/常见问题.md is what the catalogue gives; write it anew with python -m pipeline.findings.questions."""
    written = (ROOT / "docs/zh/常见问题.md").read_text(encoding="utf-8")
    assert written == questions()
    call = [sys.executable, "-X", "utf8", "-m", "pipeline.findings.questions"]
    assert subprocess.run(call, cwd=ROOT, capture_output=True, check=True).stdout == written.encode()


def test_every_picture_and_link_of_the_manuals_is_there():
    """What a page shows or leads to exists, and a picture is no larger than a page needs."""
    for page in PAGES:
        text = (manual_folder() / f"{page}.md").read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (manual_folder() / target).is_file(), target
            assert (manual_folder() / target).stat().st_size < 150_000


def test_a_manual_somebody_changed_is_not_overwritten(halfyear, tmp_path):
    """An unchanged page is written again, one with other content stays and is told."""
    for _ in range(2):
        assert halfyear("manual", "--to", tmp_path, "--no-browser").returncode == 0
    (tmp_path / "填报手册.html").write_text("批注", encoding="utf-8")
    done = halfyear("manual", "--to", tmp_path, "--no-browser", "--lang", "zh")
    assert (done.returncode, (tmp_path / "填报手册.html").read_text(encoding="utf-8")) == (1, "批注")
    assert "没有覆盖" in done.stderr


def test_a_manual_is_whole_in_each_of_its_files(tmp_path):
    """Pages come into a folder that is made for them; pictures lie inside, and other pages are named, not linked."""
    made = write_manuals(tmp_path / "new" / "手册", ["html"])
    assert [path.name for path in made] == ["填报手册.html", "常见问题.html"]
    text = made[0].read_text(encoding="utf-8")
    pictures = re.findall(r'<img [^>]*src="([^"]{0,30})', text)
    assert pictures and all(each.startswith("data:image/png;base64,") for each in pictures)
    written = (manual_folder() / "填报手册.md").read_text(encoding="utf-8")
    assert re.findall(r'<img [^>]*alt="([^"]*)"', text) == re.findall(r"!\[([^\]]*)\]\([^)]+\.png\)", written)
    assert ".md" not in re.sub(r"<code>.*?</code>", "", text) and "《常见问题》" in text


def test_nothing_is_written_where_a_page_of_others_stands(tmp_path):
    """The first page that is not ours is named, and no other is written."""
    (tmp_path / "常见问题.html").write_text("批注", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="常见问题.html"):
        write_manuals(tmp_path, ["html"])
    assert [path.name for path in tmp_path.iterdir()] == ["常见问题.html"]
