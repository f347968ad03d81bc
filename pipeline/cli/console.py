"""What the command prints: problems, a finished build, a verification, an error."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import DataError, HalfyearError

if TYPE_CHECKING:
    from ..archive import Site
    from ..archive.difference import Difference
    from ..findings import Finding
    from ..publish import Published
    from ..render.fonts import Face
    from ..report import Built
    from ..vouch import Verification


def problems(found: Sequence[Finding], lang: str, *, as_json: bool) -> None:
    """Problems of the ledgers, grouped by file."""
    if as_json:
        click.echo(json.dumps([problem.as_dict(lang) for problem in found], ensure_ascii=False, indent=2))
        return
    file = ""
    for problem in found:
        if problem.place.file != file:
            file = problem.place.file
            click.echo(file)
        click.echo(f"  {problem.severity}: {problem.text(lang)}")
    errors = sum(problem.severity == "error" for problem in found)
    counted = f"{_counted(errors, 'error')}, {_counted(len(found) - errors, 'warning')}"
    click.echo(counted if found else "no problems")


def built(made: Built, lang: str, *, as_json: bool) -> None:
    """What was built, what it was made of, how long each part took, and where it is."""
    if as_json:
        click.echo(json.dumps(_built(made, lang), ensure_ascii=False, indent=2))
        return
    if made.warnings:
        click.echo(f"{_counted(len(made.warnings), 'warning')} about the data: halfyear check tells them")
    findings(made.findings, lang)
    for failure in made.failures:
        click.echo(f"error: {failure.text(lang)}", err=True)
    click.echo("  ".join(f"{name} {seconds:.2f} s" for name, seconds in made.stages.items()))
    for folder in made.set_aside:
        _set_aside(folder)
    total = f"{made.elapsed:.1f} s"
    state = f"{made.numbers['fact']} facts{', nothing changed since it was built' if made.unchanged else ''}"
    if made.failures:
        state = f"a draft without {len(made.failures)} section(s); the finished report was left as it was"
    files = ", ".join(name for name in made.files if "/" not in name)
    click.echo(f"{made.folder}{os.sep}: {files} ({state}, {total})")


def made(period: str, names: Sequence[str], *, as_json: bool) -> None:
    """The files of a new half-year, and what comes next."""
    if as_json:
        click.echo(json.dumps({"written": list(names)}, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(["made:", *(f"  {name}" for name in names)]))
    click.echo(f"Fill in the tables, then: halfyear check {period}, halfyear run {period}")


def difference(found: Difference, titles: Mapping[str, str], *, as_json: bool) -> None:
    """What differs between two reports, by section."""
    from ..archive import difference_text

    said = json.dumps(found.as_dict(), ensure_ascii=False, indent=2) if as_json else difference_text(found, titles)
    click.echo(said)


def findings(found: Sequence[Finding], lang: str) -> None:
    """What is wrong with a report as it reads."""
    for finding in found:
        click.echo(f"{finding.severity}: {finding.text(lang)}")


def verification(held: Verification, lang: str, *, as_json: bool) -> None:
    """Whether outputs are intact and current, and because of what not."""
    if as_json:
        click.echo(json.dumps(held.as_dict(lang), ensure_ascii=False, indent=2))
        return
    for finding in held.findings:
        click.echo(f"{finding.severity}: {finding.text(lang)}")
    intact = "as the manifest says" if held.intact else "not what the manifest says"
    click.echo(f"the outputs are {intact} and {'current' if held.current else 'stale'}")


def published(made: Published, lang: str, *, as_json: bool) -> None:
    """What was published, where, and what to look at before the review sheet is signed."""
    if as_json:
        click.echo(json.dumps(made.as_dict(lang), ensure_ascii=False, indent=2))
        return
    for gate in made.gates:
        for fault in gate.warnings:
            click.echo(f"warning: {fault.text(lang)}")
    click.echo("\n".join(f"  {name}" for name in made.files))
    _set_aside(made.set_aside)
    click.echo(f"{made.folder}{os.sep}: {'published' if made.changed else 'nothing changed since it was published'}")


def site(made: Site, lang: str, *, as_json: bool) -> None:
    """What the archive of reports does not show and why, what it does, and the page to open."""
    if as_json:
        click.echo(json.dumps(made.as_dict(lang), ensure_ascii=False, indent=2))
        return
    findings(made.left_out, lang)
    _set_aside(made.set_aside)
    held = made.archive
    span = str(held.reports[0].period)
    if len(held.reports) > 1:
        span = f"{held.reports[-1].period} to {span}"
    shown = f"{_counted(len(held.reports), 'report')} ({span}), {len(held.history.series)} series, {held.edition}"
    state = "" if made.changed else "; nothing changed since it was made"
    click.echo(f"{made.folder / 'index.html'}: {shown}{state}")


def _set_aside(folder: Path | None) -> None:
    """Where a folder is kept that held other people's things."""
    if folder is not None:
        click.echo(f"warning: what stood there held other things than ours and is kept as {folder}")


def fonts(by_role: Mapping[str, tuple[Sequence[str], Sequence[Face]]], *, as_json: bool) -> None:
    """For each role the families wanted, in order, and the face that sets it here."""
    if as_json:
        result = {
            role: {"wanted": list(wanted), "found": [{"family": face.family, "file": face.file} for face in there]}
            for role, (wanted, there) in by_role.items()
        }
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for role, (wanted, there) in by_role.items():
        ground = " (comes with the installation)" if there[0].is_ground else ""
        click.echo(f"{role}: {there[0].family}{ground}")
        missing = wanted[: wanted.index(there[0].family)]
        if missing:
            click.echo(f"  wanted before it and not found: {', '.join(missing)}")


def error(raised: HalfyearError, lang: str, *, as_json: bool) -> None:
    """An error's message; with the findings it carries."""
    if isinstance(raised, DataError):
        problems(raised.details, lang, as_json=as_json)
        if not as_json:
            click.echo(f"error: {raised.text(lang)}", err=True)
        return
    reasons = [reason.text(lang) for reason in raised.details]
    if as_json:
        told = {"error": raised.text(lang).rstrip(":：")} | ({"reasons": reasons} if reasons else {})
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n  - ".join([f"error: {raised.text(lang)}", *reasons]), err=True)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


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
        "warnings": [problem.as_dict(lang) for problem in made.warnings],
        "findings": [finding.as_dict(lang) for finding in made.findings],
    }
