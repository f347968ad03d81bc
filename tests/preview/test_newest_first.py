"""The problems on the preview's page: of each ledger together, the newest first."""

import asyncio

from pipeline.findings import Finding, Place
from pipeline.preview.state import Board
from pipeline.preview.told import remarks


def problem(sheet, row):
    return Finding("required", Place("tables.xlsx", sheet, (row,), "E", "数值"))


def shown(board, *problems):
    """What the page lists after a build with these problems."""
    answer = {"kind": "failed", "errors": remarks(problems, "zh")}

    async def after():
        await board.end(answer, 1.0)
        return (await board.after(0))[1]["errors"]

    return [(one["text"].split(" 数值")[0], one["new"]) for one in asyncio.run(after())]


def test_what_is_new_comes_first_with_its_ledger():
    """A ledger in which something new is wrong comes first, the new problem at its head; at the start nothing is new."""
    board, old = Board("2021H1"), [problem("指标", 2), problem("案件", 3), problem("指标", 4)]
    assert shown(board, *old) == [
        ("tables.xlsx 指标!E2", False),
        ("tables.xlsx 指标!E4", False),
        ("tables.xlsx 案件!E3", False),
    ]
    assert shown(board, *old, problem("案件", 9)) == [
        ("tables.xlsx 案件!E9", True),
        ("tables.xlsx 案件!E3", False),
        ("tables.xlsx 指标!E2", False),
        ("tables.xlsx 指标!E4", False),
    ]


def test_what_was_mended_and_comes_back_is_new():
    """A problem that was gone for a build counts from its return."""
    board = Board("2021H1")
    shown(board, problem("指标", 2), problem("指标", 3))
    shown(board, problem("指标", 2))
    assert shown(board, problem("指标", 2), problem("指标", 3))[0] == ("tables.xlsx 指标!E3", True)
