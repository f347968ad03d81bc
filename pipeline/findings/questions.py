"""常见问题: every message about something wrong, with what to do; ``python -m pipeline.findings.questions`` prints the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .catalogue import codes, message, subjects

_HEAD = """<!-- 本页由提示目录生成：改 pipeline/findings/catalogue/，再运行 python -m pipeline.findings.questions > docs/zh/常见问题.md -->

# 常见问题

halfyear 指出问题时说的每一句话，以及怎么办。在本页查找提示里的几个字就能找到；“…”处是当时的文件、单元格和内容。“代码”是 `--json`
输出里的 `code`。

“错误”要改正才能继续；“警告”请逐条看过，属实的可以不改。
"""
# Subject → the heading, and what to do where the message itself does not say it.
_SUBJECTS = {
    "data": ("台账里的单元格", "改正这一格，再运行 halfyear check"),
    "reckoning": ("合计、比率和前后两期", "核对有关各格；确实如此的可以不改"),
    "collecting": ("合并科室工作簿", "核对后再运行 halfyear collect"),
    "prose": ("文字（prose）", "改正这个文件，再运行 halfyear check"),
    "settings": ("report.toml", "改正这一项，再运行 halfyear check"),
    "facts": ("引用和计算数据", "改正笔记本或文字里的引用，或补上台账"),
    "report": ("生成报告", "处理后再运行 halfyear run"),
    "workspace": ("文件夹和期间", "处理后再运行刚才的命令"),
    "command": ("命令的写法", "照提示改写命令"),
    "declarations": ("自定义的台账", "改正 ledgers 里的声明"),
    "finished": ("核对和比较已完成的报告", "核对后需要时重新生成"),
    "gates": ("公开发布前的检查", "处理后再运行 halfyear publish"),
    "archive": ("报告存档", "需要时重新生成有关报告"),
}


def questions() -> str:
    """The page as Markdown."""
    return "\n".join([_HEAD, *(line for subject in sorted(subjects(), key=_place) for line in _part(subject))])


def _place(subject: str) -> int:
    return [*_SUBJECTS, subject].index(subject)


def _part(subject: str) -> Iterator[str]:
    heading, otherwise = _SUBJECTS.get(subject, (subject, "照提示处理"))
    rows = [code for code in codes(subject) if message(code).severity]
    if rows:
        yield from (f"## {heading}", "", "| 代码 | 类别 | 提示 | 怎么办 |", "|---|---|---|---|")
        yield from (_row(code, otherwise) for code in rows)
        yield ""


def _row(code: str, otherwise: str) -> str:
    said = re.sub(r"[“‘]?\{\w*(?:!r)?\}[”’]?", "…", message(code).zh).replace("{{", "{").replace("}}", "}")
    what, _, do = said.rstrip("。：").partition("；")
    kind = {"error": "错误", "warning": "警告"}[message(code).severity]
    return f"| `{code}` | {kind} | {_cell(what)} | {_cell(do or otherwise)} |"


def _cell(text: str) -> str:
    """Words in a cell of a table: nothing in them is Markdown."""
    return re.sub(r"([\\|<>*_`\[\]])", r"\\\1", text).replace("\n", " ")


if __name__ == "__main__":
    print(questions(), end="")
