"""What the command prints of ledgers: their problems, those of a save, a marked copy, what was made or collected."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import ERROR, Counted, Said
from .saying import say, say_files, told
from .terminal import echo

if TYPE_CHECKING:
    from ..findings import Finding
    from ..ledger.collecting import Collected
    from ..ledger.taking_rules import TakenRules
    from ..report.marking import Marked


def problems(found: Sequence[Finding], lang: str, *, as_json: bool) -> None:
    """Problems of the ledgers, grouped by file."""
    if as_json:
        click.echo(json.dumps([problem.as_dict(lang) for problem in found], ensure_ascii=False, indent=2))
        return
    by_file: dict[str, list[Finding]] = {}
    for problem in found:
        by_file.setdefault(problem.place.file, []).append(problem)
    for file, each in by_file.items():
        if file:
            click.echo(file)
        for problem in each:
            told(problem, lang, indent="  ")
    echo(_count(found).text(lang))


def checked_again(
    files: Sequence[str], before: Sequence[Finding], found: Sequence[Finding], lang: str, *, as_json: bool
) -> None:
    """After a save: the problems that were not there before, how many there are, how many were mended."""
    earlier, now = ({problem.text(lang) for problem in each} for each in (before, found))
    if as_json:
        problems(found, lang, as_json=True)
        return
    for problem in found:
        if problem.text(lang) not in earlier:
            told(problem, lang, indent="  ")
    counts = {"appeared": len(now - earlier), "gone": len(earlier - now)}
    say("checked-again", lang, files=files, count=_count(found), **counts)


def watching(lang: str) -> None:
    """That saves are waited for."""
    echo(Said("watching").text(lang), err=True)


def taken(taken: TakenRules, lang: str, *, err: bool) -> None:
    """The rules that were declared, or that the clerk may paste into the workbook."""
    code = "rules-none" if not taken.rules else "rules-to-paste" if taken.lines else "rules-taken"
    echo(Said(code, file=taken.file, count=Counted(len(taken.rules), "rule")).text(lang), err=err)
    for line in taken.lines or [f"{rule.table}  {rule.rule}" for rule in taken.rules]:
        echo(line if taken.lines else f"  {line}", err=err)


def marked(copy: Marked, problems: int, lang: str, *, err: bool) -> None:
    """The copy in which problems are marked."""
    counts = {"problems": Counted(problems, "problem"), "rows": Counted(copy.left_out, "row left out", "rows left out")}
    echo(Said("marked", file=copy.file, **counts).text(lang), err=err)


def _count(found: Sequence[Finding]) -> Said:
    errors = sum(problem.severity == ERROR for problem in found)
    counts = {"errors": Counted(errors, "error"), "warnings": Counted(len(found) - errors, "warning")}
    return Said("counted-problems" if found else "no-problems", **counts)


def made(period: str, names: Sequence[str], lang: str, *, as_json: bool) -> None:
    """The files of a new period, and what comes next."""
    if as_json:
        click.echo(json.dumps({"written": list(names)}, ensure_ascii=False, indent=2))
        return
    say_files("made-files", names, lang)
    say("made-next", lang, period=period)


def collected(found: Collected, lang: str, *, as_json: bool) -> None:
    """What is in doubt, what was written, and who of the roster has sent what."""
    if as_json:
        result = {"written": list(found.written), "cells": found.cells}
        result |= {"departments": [one._asdict() for one in found.departments]}
        result |= {"problems": [finding.as_dict(lang) for finding in found.findings]}
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for finding in found.findings:
        told(finding, lang)
    say(
        "collected" if found.written else "collected-nothing-new",
        lang,
        files=found.written,
        cells=Counted(found.cells, "cell"),
    )
    say("collected-list" if found.departments else "no-roster", lang)
    for one in found.departments:
        lacks = Said("department-lacks", missing=one.missing) if one.missing else ""
        said = {"name": one.name, "rows": Counted(one.rows, "row"), "files": one.files, "lacks": lacks}
        say("department-sent" if one.files else "department-not-sent", lang, **said)


def manuals(written: Sequence[Path], lang: str) -> None:
    """The manuals that were written."""
    say_files("manuals-written", written, lang)
