"""What the documentation shows is what happens."""

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("page", ["docs/api.md", "docs/facts.md"])
def test_examples_give_what_they_show(page, monkeypatch):
    """Every interactive example of a page gives, in the project's own workspace, exactly what the page shows."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("HALFYEAR_WORKSPACE", raising=False)
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8")
    assert tried >= 5
    assert failed == 0


def test_every_command_is_documented(halfyear):
    """Every command that the help lists stands in the README and the Chinese one, and they name no other."""
    listed = re.findall(r"^  ([a-z]+) ", halfyear("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert listed
    for page in ("README.md", "README.zh-CN.md"):
        named = set(re.findall(r"^    halfyear ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE))
        assert named == set(listed), page
