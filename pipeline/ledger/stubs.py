"""The texts of a new period's folder: report.toml moved on, and prose files with the placeholders they can use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

from ..period import Period
from ..report_settings import ReportSettings
from ..workspace import SectionNotebook, Workspace
from .prose_requests import ANY, asked
from .records import Records
from .roles import Role

_EMPTY = {"office": "", "bureau": "", "district": "", "city": "", "opening": ""}


def report_toml(period: Period, before: tuple[Period, ReportSettings] | None) -> str:
    """``report.toml`` of a new period: the earlier one's words with title, label and signing date moved on."""
    values = {"title": f"{period.label}工作总结", **_EMPTY}
    signed = 'signed = ""'
    if before:
        earlier, settings = before
        values = {name: _moved_on(getattr(settings, name), earlier, period) for name in values}
        signed = f"signed = {_signed(settings.signed, earlier, period)}"
    lines = [f"{name} = {_string(value)}" for name, value in values.items()]
    return "\n".join(
        [
            "# What is said of this period's report as a whole.",
            "# Dates are written 2021-06-30, without quotation marks.",
            *lines[:-1],
            signed,
            "# The report bears 草稿 until this line says false.",
            "draft = true",
            lines[-1],
            *_departments(before[1].departments if before else None),
            "",
        ]
    )


def _departments(said: dict[str, list[str]] | None) -> list[str]:
    """Who fills in what, as ``halfyear collect`` reads it; a table stands at a file's end."""
    shares = [f"{_string(name)} = {json.dumps(listed, ensure_ascii=False)}" for name, listed in (said or {}).items()]
    return ["", "[departments]", *shares] if shares else []


def _moved_on(text: str, earlier: Period, period: Period) -> str:
    return text.replace(earlier.label, period.label).replace(str(earlier), str(period))


def _signed(signed: date | None, earlier: Period, period: Period) -> str:
    """As many days after the end of the period as before."""
    return (period.last + (signed - earlier.last)).isoformat() if signed else '""'


def _string(text: str) -> str:
    """A TOML string; one of several lines between three quotation marks."""
    if "\n" not in text:
        return json.dumps(text, ensure_ascii=False)
    escaped = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""\n{escaped.strip()}\n"""'


def prose(
    workspace: Workspace,
    period: Period,
    from_: Period | None,
    earlier: dict[str, Records],
    initiatives: list[tuple[str, str]],
) -> Iterator[tuple[str, str]]:
    """(file name, text) of every prose file that the notebooks ask for."""
    for section in workspace.sections:
        parts = {one.part: one for one in asked(section.path) if one.part != ANY}
        for part, one in parts.items():
            for initiative, code in initiatives if not part else [("", part)]:
                if code:
                    name, known = f"{one.section or section.name}-{code}.md", list(_known(earlier, section, initiative))
                    before = _written_before(workspace, from_, name)
                    yield name, _stub(period, section, initiative, known, before, optional=one.optional)


def _written_before(workspace: Workspace, from_: Period | None, name: str) -> list[str]:
    """What the file said in the earlier period, to write it anew from; nothing where there is none."""
    file = workspace.data(from_) / "prose" / name if from_ else None
    if not (from_ and file and file.is_file()):
        return []
    said = re.sub(r"<!--.*?-->", "", file.read_text(encoding="utf-8-sig", errors="replace"), flags=re.DOTALL).strip()
    return ["", f"{from_.label}写的是：", said.replace("-->", "—>")] if said else []


def _known(earlier: dict[str, Records], section: SectionNotebook, initiative: str) -> Iterator[str]:
    """The placeholders that the earlier period's ledgers would fill in this place."""
    for records in earlier.values():
        belongs, about = records.ledger.field(Role.SECTION), records.ledger.field(Role.INITIATIVE)
        if not len(records) or (initiative and not about) or not (belongs or initiative):
            continue  # nothing says where its rows are told
        masks = [records.coded(belongs).where((section.name, section.title).__contains__)] if belongs else []
        masks += [records.coded(about).where(initiative.__eq__)] if about else []
        here = masks[0] & masks[-1]
        yield from _stated(records, [position for position, inside in enumerate(here) if inside])


def _stated(records: Records, positions: list[int]) -> Iterator[str]:
    """A placeholder for each figure and each text in those rows."""
    ledger = records.ledger
    subject, measure, words = ledger.about, ledger.field(Role.MEASURE), ledger.field(Role.WORDS)
    texts = {name: records.coded(name).spread() for name in (subject, measure, words) if name}
    figures = {column.heading: records.figures(column.field).spread() for column in ledger.figures}
    for position in positions if subject else ():
        about = texts[subject][position]
        for heading, quantities in figures.items():
            if quantities[position] is not None and quantities[position].value is not None:
                yield _placeholder("fact", about, texts[measure][position] if measure else heading)
        if measure and words and texts[words][position]:
            yield _placeholder("text", about, texts[measure][position])


def _placeholder(kind: str, subject: str, measure: str) -> str:
    return f"{{{{ {kind}({json.dumps(subject, ensure_ascii=False)}, {json.dumps(measure, ensure_ascii=False)}) }}}}"


def _stub(
    period: Period, section: SectionNotebook, initiative: str, known: list[str], before: list[str], *, optional: bool
) -> str:
    """A comment that tells what can be written; comments do not reach the report."""
    about = f"{section.title}——{initiative}" if initiative else section.title
    listed = list(dict.fromkeys(known)) or [_placeholder(kind, "对象", "指标") for kind in ("fact", "text")]
    state = "可以不写" if optional else "尚未填报；没有可写的，只写一个“/”"
    head = f"{period.label}“{about}”的文字写在下面，{state}。数字用占位符，填好台账后自动代入；上一次用过的有："
    return "\n".join(["<!--", head, *(f"  {line}" for line in listed), *before, "-->", ""])
