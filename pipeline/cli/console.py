"""What the command prints: problems, a finished build, a verification, an error."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import DataError, HalfyearError
from ..findings import Counted, Said, system_reason
from ..findings.catalogue import codes
from . import console_ledgers as ledgers
from .saying import say, told, warn
from .terminal import echo

if TYPE_CHECKING:
    from ..archive import Site
    from ..archive.difference import Difference
    from ..archive.edited_word import WordChange
    from ..batch.lineage import Step
    from ..findings import Finding
    from ..publish import Published
    from ..render.fonts import Face
    from ..report import Built
    from ..report.whereabouts import Whereabouts
    from ..vouch import Verification

_MOST_CHANGES = 8  # figures told one by one


def built(made: Built, lang: str, *, as_json: bool) -> None:
    """What was built, what it was made of, how long each part took, and where it is."""
    if as_json:
        click.echo(json.dumps(_built(made, lang), ensure_ascii=False, indent=2))
        return
    if made.warnings:
        say("warnings-about-data", lang, warnings=Counted(len(made.warnings), "warning"))
    findings(made.findings, lang)
    for failure in made.failures:
        told(failure.finding, lang, err=True)
    timed = [Said("seconds", name=stage_name(name), seconds=f"{seconds:.2f}") for name, seconds in made.stages.items()]
    echo("  ".join(each.text(lang) for each in timed))
    findings(made.changed_keys, lang)
    _changes(made, lang)
    for folder in made.set_aside:
        _set_aside(folder, lang)
    say(
        "built-draft" if made.failures else "built-unchanged" if made.unchanged else "built-facts",
        lang,
        folder=f"{made.folder}{os.sep}",
        files=[name for name in made.files if "/" not in name],
        facts=Counted(made.numbers["fact"], "fact"),
        sections=Counted(len(made.failures), "section"),
        seconds=f"{made.elapsed:.1f}",
    )


def difference(
    found: Difference, titles: Mapping[str, str], lang: str, *, as_json: bool, everything: bool = False
) -> None:
    """What differs between two reports, by section."""
    from ..archive import difference_text

    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo(difference_text(found, titles, lang, everything=everything))


def word_changes(found: Sequence[WordChange], lang: str, *, as_json: bool) -> None:
    """What was changed in the Word document of a report, one line a change."""
    if as_json:
        click.echo(json.dumps([one.as_dict() for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        made = Said("word-made-in", cell=one.notebook_cell) if one.notebook_cell else ""
        place = Said("word-place", section=one.section, place=one.place, made=made) if one.place else ""
        cells = Said("word-cells", cells=one.cells) if one.cells else ""
        old, new = (said.replace("\n", "↵") or "—" for said in (one.old, one.new))
        say(f"word-{one.kind}", lang, old=old, new=new, place=place, cells=cells)
    say("word-changes" if found else "word-untouched", lang, changes=Counted(len(found), "change"))


def findings(found: Sequence[Finding], lang: str) -> None:
    """What is wrong with a report as it reads."""
    for finding in found:
        told(finding, lang)


def verification(held: Verification, lang: str, *, as_json: bool) -> None:
    """Whether outputs are intact and current, and because of what not."""
    if as_json:
        click.echo(json.dumps(held.as_dict(lang), ensure_ascii=False, indent=2))
        return
    findings(held.findings, lang)
    say(f"outputs-{'intact' if held.intact else 'altered'}-{'current' if held.current else 'stale'}", lang)


def whereabouts(found: Whereabouts, behind: Sequence[tuple[int, Step]], lang: str, *, as_json: bool) -> None:
    """Each place of the report that a cell stands in or a number, with what was made of it and the cells behind it.

    Args:
        behind: the units' own figures that generated cells come from, each with how many levels down it is.
    """
    if as_json:
        below = [{"level": level + 1, **asdict(step)} for level, step in behind]
        click.echo(json.dumps({**found.as_dict(), "below": below}, ensure_ascii=False, indent=2))
        return
    if found.in_row:
        say("where-in-row", lang)
    for one in found.places:
        say("where-place", lang, **{**one, "cells": " ".join(one["cells"])})
        if one["sentence"] and one["sentence"] != one["printed"]:
            say("where-sentence", lang, sentence=one["sentence"])
    if not (found.places or found.reasons):
        say("where-nowhere", lang, asked=found.asked)
    for reason in found.reasons:
        say("where-sentence", lang, sentence=reason)
    for level, step in behind:
        say("where-below", lang, indent="  " * (level + 1), cell=step.cell, name=step.name, stated=step.stated)


def published(made: Published, lang: str, *, as_json: bool, reason: str = "") -> None:
    """What was published, where, and what to look at before the review sheet is signed."""
    if as_json:
        click.echo(json.dumps(made.as_dict(lang), ensure_ascii=False, indent=2))
        return
    for gate in made.gates:
        for fault in gate.warnings:
            warn(fault, lang)
    click.echo("\n".join(f"  {name}" for name in made.files))
    _set_aside(made.set_aside, lang)
    if reason and not made.corrected:
        say("nothing-corrected", lang)
    say("published" if made.changed else "published-unchanged", lang, folder=f"{made.folder}{os.sep}")


def site(made: Site, lang: str, *, as_json: bool) -> None:
    """What the archive of reports does not show and why, what it does, and the page to open."""
    if as_json:
        click.echo(json.dumps(made.as_dict(lang), ensure_ascii=False, indent=2))
        return
    findings(made.left_out, lang)
    _set_aside(made.set_aside, lang)
    held = made.archive
    last, first = held.reports[0].period, held.reports[-1].period
    say(
        "site-made" if made.changed else "site-unchanged",
        lang,
        file=made.folder / "index.html",
        reports=Counted(len(held.reports), "report"),
        span=last if first == last else Said("span", first=first, last=last),
        series=len(held.history.series),
        edition=Said(f"edition-{held.edition}"),
    )


def _set_aside(folder: Path | None, lang: str) -> None:
    """Where a folder is kept that held other people's things."""
    if folder is not None:
        warn(Said("set-aside", folder=folder), lang)


def fonts(by_role: Mapping[str, tuple[Sequence[str], Sequence[Face]]], lang: str, *, as_json: bool) -> None:
    """For each role the families wanted, in order, and the face that sets it here."""
    if as_json:
        result = {
            role: {"wanted": list(wanted), "found": [{"family": face.family, "file": face.file} for face in there]}
            for role, (wanted, there) in by_role.items()
        }
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for role, (wanted, there) in by_role.items():
        say("font-ground" if there[0].is_ground else "font-found", lang, role=role, family=there[0].family)
        missing = wanted[: wanted.index(there[0].family)]
        if missing:
            say("font-wanted", lang, families=missing)


def known(error: Exception) -> HalfyearError:
    """An error as one of ours: what the system refused, with the file; else it is our fault."""
    if isinstance(error, HalfyearError):
        return error
    if isinstance(error, OSError):
        return HalfyearError("system-refused", about=_about(error))
    return HalfyearError("own-fault", reason=f"{type(error).__name__}: {error}")


def _about(error: OSError) -> Said:
    """What the system refused: a folder that may not be written to, a full disk, a path that is a file."""
    from ..leftovers import standing

    named = [standing(str(name)) for name in (error.filename, error.filename2) if name]
    said = system_reason(error)
    return Said("system-refused-file", file=" -> ".join(dict.fromkeys(named)), reason=said) if named else said


def error(raised: HalfyearError, lang: str, *, as_json: bool) -> None:
    """An error's message; with the findings it carries."""
    if isinstance(raised, DataError):
        ledgers.problems(raised.details, lang, as_json=as_json)
        if not as_json:
            told(raised.finding, lang, err=True)
        return
    reasons = [reason.text(lang) for reason in raised.details]
    if as_json:
        result = {"error": raised.text(lang).rstrip(":：")} | ({"reasons": reasons} if reasons else {})
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        said = Said("told-error", text=raised.text(lang)).text(lang)
        echo("\n  - ".join([said, *reasons]), err=True)


def stopped(lang: str, code: str) -> None:
    """That an interrupt ended the command, in the words of a code of the catalogue."""
    echo(Said(code).text(lang), err=True)


def stage_name(name: str) -> Said | str:
    """A stage of a build; formats are called as they are."""
    return Said(f"timing-{name}") if f"timing-{name}" in codes("command") else name


def _changes(made: Built, lang: str) -> None:
    """The figures that differ from the build before, the first of them one by one."""
    if not made.changes:
        return
    say("figures-changed", lang, figures=Counted(len(made.changes), "figure"))
    for change in made.changes[:_MOST_CHANGES]:
        echo(f"  {change.said().text(lang)}")
    if len(made.changes) > _MOST_CHANGES:
        say("more-figures-changed", lang, more=len(made.changes) - _MOST_CHANGES, folder=made.folder.name)


def _built(made: Built, lang: str) -> dict[str, Any]:
    return {
        "folder": str(made.folder),
        "files": made.files,
        "unchanged": made.unchanged,
        "numbers": made.numbers,
        "seconds": {name: round(seconds, 3) for name, seconds in made.stages.items()},
        "elapsed": round(made.elapsed, 3),
        "sections": [
            {
                "name": one.section.name,
                "why": one.why,
                "seconds": round(one.seconds, 3),
                "error": one.error.text(lang) if one.error else None,
            }
            for one in made.sections
        ],
        "changes": [change.as_dict() for change in made.changes],
        "changed_keys": [finding.as_dict(lang) for finding in made.changed_keys],
        "warnings": [problem.as_dict(lang) for problem in made.warnings],
        "findings": [finding.as_dict(lang) for finding in made.findings],
    }
