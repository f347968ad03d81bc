"""The one catalogue: every message in both languages, none twice, none that nothing says."""

import re
import tomllib
from pathlib import Path

import pytest

import pipeline
from pipeline.findings.catalogue import Said, codes, message

FILES = sorted((Path(pipeline.__file__).parent / "findings" / "catalogue").glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_entry_read_alone_is_what_the_whole_file_says(file):
    """Reading one entry at a time gives what TOML makes of the whole file."""
    whole = tomllib.loads(file.read_text(encoding="utf-8"))
    assert list(whole) == list(codes(file.stem))
    for code, entry in whole.items():
        assert {name: value for name, value in message(code)._asdict().items() if value} == entry


def test_no_code_stands_in_two_files():
    """A code has one meaning."""
    found = [code for file in FILES for code in tomllib.loads(file.read_text(encoding="utf-8"))]
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize("code", codes())
def test_both_languages_say_the_same(code):
    """Every message has both wordings with the same parameters, each in its own script, and a severity that exists."""
    said = message(code)
    zh, en = (set(re.findall(r"{(\w+)(?:!r)?}", wording)) for wording in (said.zh, said.en))
    assert zh == en or (code.startswith("click-") and zh < en)
    words = re.sub(r"{.*?}", "", said.en)
    assert re.search(r"[\u4e00-\u9fff]", said.zh) or not re.search(r"[a-zA-Z]{2}", words)
    assert said.severity in ("error", "warning", "")


@pytest.mark.parametrize("code", [code for code in codes() if message(code).severity])
def test_what_is_said_of_a_wrong_thing_is_a_sentence(code):
    """A message about something wrong ends as a sentence does, or with a command to type, or before a list."""
    assert re.search(r"(。|}|：|：(halfyear|pip) [\w {}]+| (halfyear|pip) [\w {}]+)$", message(code).zh)
    assert re.search(r"(\.|}|:|: (halfyear|pip) [\w {}]+| (halfyear|pip) [\w {}]+)$", message(code).en)


def test_what_is_said_of_the_same_is_the_same():
    """Two sayings are one where code and words are; a text or another saying is another."""
    one = Said("span", first="2020H1", last="2021H1")
    assert one == Said("span", first="2020H1", last="2021H1")
    assert len({one, Said("span", first="2020H1", last="2021H1"), Said("span", first="2020H2", last="2021H1")}) == 2
    assert one not in (Said("none-yet"), one.text("en"), None)
