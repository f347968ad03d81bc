"""What Tab offers between quotation marks: ledgers, fields, subjects and measures of the period of the notebook at hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .. import ledger
from ..facts.stated_words import bare
from .named_rows import LedgerRows, headings
from .section import Section

_OPEN = r"""\(\s*["']([^"']*)$"""  # the first argument is being typed
_SECOND = r"""\(\s*["']([^"']*)["']\s*,\s*["']([^"']*)$"""
_LEDGER = r"\b(\w+)\.(?:table|compared|history|checks)"
_STATED = r"\b(\w+)\.(?:fact|text|as_of)"
_ROWS = r"""\(\s*["']([^"']*)["']\s*,[^()]*?"""  # the rows of a ledger are being chosen
_FIELD = (
    r"""(?:(?:[(\[{,]|\b(?:label|value|base|by|per)=)\s*["']|\{)([^"'{}\[\]:]*)$"""  # no free text, such as a caption
)


def offer(shell: Any) -> None:
    """Have the shell of a kernel complete so."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    if any(getattr(each, "matcher_identifier", "") == __name__ for each in shell.Completer.custom_matchers):
        return

    @context_matcher(identifier=__name__)  # type: ignore[untyped-decorator]  # IPython does not say
    def matcher(context: Any) -> dict[str, Any]:
        lines = context.full_text.split("\n")[: context.cursor_line + 1]
        typed = "\n".join([*lines[:-1], lines[-1][: context.cursor_position]])
        begun, names = offered(typed, shell.user_ns)
        found = [SimpleCompletion(name, type="halfyear") for name in names if name.startswith(begun)]
        return {"completions": found, "matched_fragment": begun, "suppress": bool(found), "ordered": True}

    shell.Completer.custom_matchers.append(matcher)


def offered(typed: str, names: Mapping[str, Any]) -> tuple[str, list[str]]:
    """What has been begun at the end of ``typed``, and all that could stand there."""
    for pattern, kind, find in _CONTEXTS:
        if match := pattern.search(typed):
            thing, *asked, begun = match.groups()
            if isinstance(names.get(thing), kind):
                return begun, list(dict.fromkeys(filter(None, map(bare, find(names[thing], *asked)))))
    return "", []


def _ledgers(section: Section) -> Iterable[str]:
    return [name for each in section.ledgers for name in (each.sheet, each.stem)]


def _subjects(section: Section) -> Iterable[str]:
    return [subject for subject, _ in section.lookup.known]


def _measures(section: Section, subject: str) -> Iterable[str]:
    return [measure for about, measure in section.lookup.known if about == subject]


def _arguments(section: Section, name: str) -> Iterable[str]:
    columns = [column for each in _called(section, name) for column in each.columns]
    return [f"{called}=" for column in columns for called in (column.field, column.heading)]


def _values(section: Section, name: str, field: str) -> Iterable[str]:
    """The values of a field; of ``value=`` and ``total_by=`` the fields themselves."""
    for each in _called(section, name):
        fields = [column.field for column in each.columns]
        if field in ("value", "total_by"):
            return fields
        return section.table(name)[each.named(field)] if each.named(field) in fields else []
    return []


def _called(section: Section, name: str) -> list[ledger.Ledger]:
    return [each for each in section.ledgers if name in (each.stem, each.sheet)]


def _initiatives(section: Section) -> Iterable[str]:
    named = ((each.stem, field) for each in section.ledgers for field in each.fields(ledger.Role.INITIATIVE_NAME))
    return [cell for stem, field in named for cell in section.table(stem)[field]]


def _parts(section: Section) -> Iterable[str]:
    folder, start = section.workspace.data(section.period) / "prose", f"{section.name}-"
    return [path.stem.removeprefix(start) for path in sorted(folder.glob(f"{start}*.md"))]


def _fields(rows: LedgerRows) -> Iterable[str]:
    return [*map(str, rows.columns), *headings(rows)]


_CONTEXTS: list[tuple[re.Pattern[str], type, Callable[..., Iterable[str]]]] = [
    (re.compile(_LEDGER + _OPEN), Section, _ledgers),
    (re.compile(_STATED + _OPEN), Section, _subjects),
    (re.compile(_STATED + _SECOND), Section, _measures),
    (re.compile(rf"""{_LEDGER}{_ROWS}\b(\w+)\s*=\s*["']([^"']*)$"""), Section, _values),
    (re.compile(rf"{_LEDGER}{_ROWS}(\w*)$"), Section, _arguments),
    (re.compile(r"\b(\w+)\.about" + _OPEN), Section, _initiatives),
    (re.compile(r"\b(\w+)\.prose" + _OPEN), Section, _parts),
    (re.compile(r"""\b(\w+)\[\[?(?:\s*["'][^"']*["']\s*,)*\s*["']([^"']*)$"""), LedgerRows, _fields),
    (re.compile(r"\b\w+\(\s*(\w+)\b[^()]*?" + _FIELD), LedgerRows, _fields),
]
