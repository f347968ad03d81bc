"""A preview's builder, seen from outside: what it answers, and what is told when it goes."""

import asyncio

import pytest

from pipeline.preview import process
from pipeline.preview.process import Builder

ANSWERS = """
import json, sys
for number, line in enumerate(sys.stdin):
    for said in ({"kind": "stage", "name": "check"}, {"kind": "section"}, {"kind": "built", "number": number, "asked": line}):
        print(json.dumps(said), flush=True)
"""


def built(script, monkeypatch, times=1):
    """The answers of a builder that runs a script, the steps that were heard of, and the code that it ends with."""
    monkeypatch.setattr(process, "_START", script)
    steps = []

    async def told():
        builder = Builder({"lang": "en"})
        answers = [await builder.build(steps.append) for _ in range(times)]
        return answers, await builder.end(), await builder.end()

    answers, code, again = asyncio.run(told())
    assert again == 0
    return answers, steps, code


def test_one_process_builds_again_and_again(monkeypatch):
    """Each order is answered by the same process, its steps are told as they come, and it ends when it is not needed."""
    answers, steps, code = built(ANSWERS, monkeypatch, times=2)
    assert [(one["number"], one["asked"]) for one in answers] == [(0, "build\n"), (1, "build\n")]
    assert [one["kind"] for one in steps] == ["stage", "section"] * 2
    assert code == 0


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys; sys.exit('no such thing')", "no such thing"),
        ("import sys; sys.exit(3)", "3"),
        ('import sys; print(\'{"kind": "stage"}\', flush=True); sys.exit(7)', "7"),
    ],
)
def test_a_builder_that_goes_is_told_by_what_it_said(monkeypatch, script, said):
    """Its last words, else the code that it ended with."""
    ((answer,), _, _) = built(script, monkeypatch)
    assert answer["kind"] == "failed"
    assert said in answer["errors"][0]["text"]


def test_a_builder_that_went_before_it_was_asked_is_started_once_more(monkeypatch, tmp_path):
    """Who died of an earlier build is replaced; who goes in the middle of one is not asked again."""
    died = tmp_path / "died"
    script = f"import os, sys\nif not os.path.exists({str(died)!r}): open({str(died)!r}, 'w'); sys.exit(1)\n{ANSWERS}"
    ((answer,), _, _) = built(script, monkeypatch)
    assert answer["kind"] == "built"
    begun = f"import sys\nopen({str(tmp_path / 'begun')!r}, 'a').write('x')\nprint('{{\"kind\": \"stage\"}}', flush=True)\nsys.exit(1)"
    ((answer,), steps, _) = built(begun, monkeypatch)
    assert (answer["kind"], len(steps), (tmp_path / "begun").read_text()) == ("failed", 1, "x")


def test_a_builder_that_does_not_end_is_killed(monkeypatch):
    """It is given a while, and no more."""
    monkeypatch.setattr(process, "_GRACE", 0.2)
    stays = ANSWERS + "import time\ntime.sleep(600)\n"
    _, _, code = built(stays, monkeypatch)
    assert code == -9
