"""Prose of one half-year: Markdown in ``data/PERIOD/prose/`` with placeholders for facts."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..document.markup import Prose
from ..errors import HalfyearError, ProseError
from ..facts.element import marked
from ..findings import nearest_of

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

_UNDEFINED = re.compile(r"'(.+)' is undefined")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def word(file: Path, shown: str, names: Mapping[str, Any]) -> str:
    """The Markdown of ``file`` with its placeholders filled from ``names``; HTML comments are left out.

    Placeholders are Jinja expressions, run in its sandbox: a file of prose can look facts up and calculate with
    them, and can reach nothing else.

    Raises:
        ProseError: the file is missing, a placeholder is not well formed, is not known, or its fact does not
            exist; with the file and the line.
    """
    try:
        source = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        there = sorted(path.name for path in file.parent.glob("*.md"))
        msg = f"{shown} is missing; write it{nearest_of(file.name, there).text('en')}"
        raise ProseError(msg, shown) from None
    except UnicodeDecodeError as error:
        msg = f"{shown} is not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8"
        raise ProseError(msg, shown) from error
    return word_text(source, shown, names)


def word_text(source: str, shown: str, names: Mapping[str, Any]) -> str:
    """``source`` worded like a prose file; ``shown`` is the file it stands in.

    Raises:
        ProseError: as ``word``.
    """
    from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

    kept = without_comments(source)
    try:
        return _environment().from_string(kept).render(names).strip()
    except TemplateSyntaxError as error:
        raise _error(shown, error.lineno, kept, str(error.message)) from error
    except UndefinedError as error:
        match = _UNDEFINED.fullmatch(str(error))
        what = f"{error}; known: {', '.join(sorted(names))}"
        raise _error(shown, _line(error), kept, what, unknown=match[1] if match else "") from error
    except (TemplateError, HalfyearError, ArithmeticError, TypeError, ValueError) as error:
        raise _error(shown, _line(error), kept, str(error)) from error


def parsed(source: str, shown: str) -> nodes.Template:
    """The placeholders of ``source`` as a tree, without filling them in.

    Raises:
        ProseError: one is not well formed.
    """
    from jinja2 import TemplateSyntaxError

    try:
        return _environment().parse(source)
    except TemplateSyntaxError as error:
        raise _error(shown, error.lineno, source, str(error.message)) from error


def without_comments(source: str) -> str:
    """``source`` with its HTML comments blanked, every line staying in its place."""
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source)


def _error(shown: str, line: int, source: str, what: str, *, unknown: str = "") -> ProseError:
    lines = source.splitlines()
    quoted = f"\n    {lines[line - 1].strip()}" if 0 < line <= len(lines) else ""
    return ProseError(f"{shown}, line {line}: {what}{quoted}", shown, line, what=what, unknown=unknown)


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, finalize=_finalize, keep_trailing_newline=True)


def _finalize(value: Any) -> str:
    """A placeholder's value in Markdown: it is text, whatever the file around it is."""
    return value.markdown if isinstance(value, Prose) else marked(value)


def _line(error: BaseException) -> int:
    """The template line a run-time error came from: Jinja maps its frames back to the template."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return (lines[-1] or 0) if lines else 0
