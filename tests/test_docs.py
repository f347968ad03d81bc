"""What the documentation shows is what happens."""

import doctest
import functools
import inspect
import re
from pathlib import Path

import pytest

import pipeline

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("page", ["docs/api.md", "docs/facts.md"])
def test_examples_give_what_they_show(page, monkeypatch):
    """Every interactive example of a page gives, in the project's own workspace, exactly what the page shows."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("HALFYEAR_WORKSPACE", raising=False)
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8")
    assert tried >= 5
    assert failed == 0


OFFERED = [
    *pipeline.__all__,
    *(f"Section.{name}" for name in dir(pipeline.Section) if callable(getattr(pipeline.Section, name))),
]


@pytest.mark.parametrize("name", [name for name in OFFERED if "._" not in name])
def test_help_shows_an_example_that_runs(name, monkeypatch):
    """What ``?`` shows of everything a notebook imports, and of all a chapter can do, ends in an example that gives what it says."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("HALFYEAR_WORKSPACE", raising=False)
    named = {each: getattr(pipeline, each) for each in pipeline.__all__}
    chapters = {"reform": "reform", "law": "rule-of-law", "disclosure": "disclosure"}
    named |= {called: pipeline.Section(section, "2021H1") for called, section in chapters.items()}
    text = inspect.getdoc(functools.reduce(getattr, name.split("."), pipeline))
    assert "\nExample:\n" in text
    example = doctest.DocTestParser().get_doctest(text, named, name, None, 0)
    assert example.examples
    assert not doctest.DocTestRunner().run(example).failed


def test_every_command_is_documented(halfyear):
    """Every command that the help lists stands in the README and the Chinese one, and they name no other."""
    listed = re.findall(r"^  ([a-z]+) ", halfyear("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert listed
    for page in ("README.md", "README.zh-CN.md"):
        named = set(re.findall(r"^    halfyear ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE))
        assert named == set(listed), page
