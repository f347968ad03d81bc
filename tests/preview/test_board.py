"""What a preview's page shows at each moment of a build."""

import asyncio
import hashlib

import pytest

from pipeline.preview.state import Board


def section(title, state, cell):
    return {"kind": "section", "title": title, "state": state, "cell": cell, "cells": 9}


def shown(*happens):
    """The state after each of the things that happen to a board, with its number."""
    board = Board("2021H1")

    async def told():
        states = []
        for each in happens:
            await each(board)
            states.append(await board.after(len(states)))
        return states

    return board, asyncio.run(told())


def begins(*files):
    return lambda board: board.begin(list(files))


def goes_on(step):
    return lambda board: board.step(step)


def ends(kind="built", errors=(), report=None):
    said = [{"place": "", "text": text} for text in errors]
    answer = {"kind": kind, "errors": said, "warnings": [], "sections": [], "stages": {}, "report": str(report)}
    return lambda board: board.end(answer, 1.5)


def test_a_build_says_what_it_is_at():
    """The stage, then each section at work with its cell, one beside another; a section that is through is named no more."""
    happens = [
        begins("data/2021H1/tables/cases.csv"),
        goes_on({"kind": "stage", "name": "check"}),
        goes_on(section("改革创新", "cell", 2)),
        goes_on(section("法治建设", "cell", 1)),
        goes_on(section("改革创新", "done", 9)),
        goes_on(section("法治建设", "failed", 3)),
        begins(),
    ]
    _, states = shown(*happens)
    assert [number for number, _ in states] == [1, 2, 3, 4, 5, 6, 7]
    assert [state["building"] for _, state in states] == [
        "", "check", "改革创新 2/9", "改革创新 2/9  法治建设 1/9", "法治建设 1/9", "execute", "",
    ]  # fmt: skip
    assert (states[0][1]["after"], states[-1][1]["after"]) == (["data/2021H1/tables/cases.csv"], [])


def test_a_section_that_a_given_up_build_was_at_is_not_named_in_the_next():
    """A build begins with nothing at work."""
    _, states = shown(
        begins(), goes_on(section("改革创新", "cell", 2)), begins(), goes_on(section("法治建设", "cell", 1))
    )
    assert states[-1][1]["building"] == "法治建设 1/9"


def test_the_last_good_report_stays_while_there_are_errors(tmp_path):
    """A draft is shown until there is a report without errors; from then on no draft takes its place, whatever fails."""
    for name in ("draft", "better draft", "good", "bad", "mended"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    board, states = shown(
        ends(errors=["x"], report=tmp_path / "draft"),
        ends(errors=["x"], report=tmp_path / "better draft"),
        ends(report=tmp_path / "good"),
        ends(errors=["y"], report=tmp_path / "bad"),
        ends("failed", errors=["z"]),
        ends(report=tmp_path / "mended"),
    )
    assert board.report == b"mended"
    kept = ["draft", "better draft", "good", "good", "good", "mended"]
    assert [state["report"] for _, state in states] == [hashlib.sha256(one.encode()).hexdigest()[:16] for one in kept]
    assert [[one["text"] for one in state["errors"]] for _, state in states] == [["x"], ["x"], [], ["y"], ["z"], []]
    assert all(state["building"] is None and state["built"]["seconds"] == 1.5 for _, state in states)


def test_who_has_seen_a_state_waits_for_the_next():
    """Nobody is told the same state twice; who has seen none is told at once."""
    board = Board("2021H1")

    async def waited():
        await board.begin([])
        assert (await board.after(0))[0] == 1
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(board.after(1), 0.05)
        waiting = asyncio.create_task(board.after(1))
        await asyncio.sleep(0)
        await board.step({"kind": "stage", "name": "render"})
        assert (await waiting)[1]["building"] == "render"

    asyncio.run(waited())
