"""Why a section ran, in Chinese."""

import ast
import re
from pathlib import Path

import pytest

import pipeline
from pipeline.findings.reasons import reason_in


@pytest.mark.parametrize(
    ("kept", "zh"),
    [
        ("fresh", "没有变化"),
        ("run, because there is no result of it yet", "重新运行，因为还没有结果"),
        ("run, because its code changed", "重新运行，因为它的代码改动过"),
        ("run, because tables/outreach.csv changed", "重新运行，因为tables/outreach.csv 改动过"),
        ("run, because ../2020H2/tables/a.csv is gone", "重新运行，因为../2020H2/tables/a.csv 不在了"),
        ("run, because installed packages changed (numpy 2, pandas 3 …)", "重新运行，因为安装的包有变化（numpy 2, pandas 3 …）"),
        ("run, because it uses open_workbook, which reads files by itself", "重新运行，因为它使用自行读文件的 open_workbook"),
        ("x.part in .halfyear-cache/ was damaged and has been removed", ".halfyear-cache/ 中的 x.part 已损坏，已删去"),
        ("something else", "something else"),
    ],
)  # fmt: skip
def test_a_reason_is_told_in_chinese(kept, zh):
    """Reasons are kept in English and told in the reader's language, names of files as they are."""
    assert reason_in(kept, "zh") == zh
    assert reason_in(kept, "en") == kept


def test_every_reason_that_is_given_is_known():
    """No sentence with which the cache says why stays English."""
    folder = Path(pipeline.__file__).parent / "execute"
    for name in ("staleness", "reads_recorder", "store", "run"):
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
            words = _words(node)
            if re.match(r"(its|it|there|pipeline's|the environment|installed packages|stored results) \w+", words):
                assert re.search(r"[\u4e00-\u9fff]", reason_in(words, "zh")), words


def _words(node):
    if isinstance(node, ast.Return | ast.Assign):
        node = node.value
    elif isinstance(node, ast.Call) and len(node.args) > 1:
        node = node.args[-1]
    else:
        return ""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
