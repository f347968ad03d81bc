"""Prose of one period: Markdown in ``data/PERIOD/prose/`` with placeholders for facts."""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import reads
from ..document.markup import Prose
from ..errors import HalfyearError, ProseError
from ..facts.element import marked
from ..findings import LANGUAGES, Place, Said, Words, nearest_of
from ..input_file import LimitError, content, refusal

if TYPE_CHECKING:
    from jinja2 import TemplateSyntaxError, nodes

    from .sandbox import PlaceholderSandbox

NOTHING = "/"  # a file that says this alone: there is nothing to write here
_UNDEFINED = re.compile(r"'(.+)' is undefined")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SYNTAX = {  # what Jinja says → what we say of it
    r"unexpected char '(?P<one>[^\x00-\x7f])'": "placeholder-full-width",
    r"unexpected '(?P<one>.+)', expected '(?P<two>.+)'": "placeholder-lacks",
    r"expected token '(?:end of print statement|,)', got '(?P<one>.+)'": "placeholder-lacks-comma",
    r"unexpected '(?P<one>[^']+)'$": "placeholder-too-many",
    r"a loop": "placeholder-loop",
    r"unexpected end of template|end of print statement": "placeholder-unfinished",
}


def is_there(file: Path) -> bool:
    """Whether there is such a file of prose; that one comes or goes counts for every section."""
    with reads.known():
        return file.is_file()


def word(file: Path, shown: str, names: Mapping[str, Any]) -> str:
    """The Markdown of ``file`` with its placeholders filled from ``names``; HTML comments are left out.

    Placeholders are Jinja expressions, run in its sandbox: a file of prose can look facts up and calculate with
    them, and can reach nothing else.

    Raises:
        ProseError: the file is missing, a placeholder is not well formed, is not known, or its fact does not
            exist; with the file and the line.
    """
    try:
        with reads.known():
            raw = content(file, file.parents[3])
        reads.note("file", str(file), hashlib.sha256(raw).hexdigest())
        source = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        there = sorted(path.name for path in file.parent.glob("*.md"))
        raise ProseError("prose-not-there", Place(shown), nearest=nearest_of(file.name, there)) from None
    except UnicodeDecodeError as error:
        raise ProseError("prose-encoding", Place(shown)) from error
    except (LimitError, OSError) as error:
        raise ProseError(
            refusal(error, Place(shown)).code, Place(shown), **refusal(error, Place(shown)).params
        ) from error
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
        raise _of_syntax(error, shown, kept) from error
    except UndefinedError as error:
        place, unknown = Place(shown, line=_line(error)), _UNDEFINED.fullmatch(str(error))
        if unknown is None:
            raise ProseError("prose-cannot", place, source=kept, what=str(error)) from error
        known = tuple(sorted(names))
        raise ProseError("prose-unknown", place, source=kept, value=unknown[1], known=known) from error
    except (TemplateError, HalfyearError, ArithmeticError, TypeError, ValueError) as error:
        raise ProseError("prose-cannot", Place(shown, line=_line(error)), source=kept, what=_words_of(error)) from error


@lru_cache(maxsize=16)
def parsed(source: str, shown: str) -> nodes.Template:
    """The placeholders of ``source`` as a tree, without filling them in; one and the same for all who ask.

    Raises:
        ProseError: one is not well formed.
    """
    from jinja2 import TemplateSyntaxError

    try:
        return _environment().parse(source)
    except TemplateSyntaxError as error:
        raise _of_syntax(error, shown, source) from error


def without_comments(source: str) -> str:
    """``source`` with its HTML comments blanked, every line staying in its place."""
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source)


def _of_syntax(error: TemplateSyntaxError, shown: str, source: str) -> ProseError:
    """What Jinja says of a placeholder, in the reader's language."""
    matches = ((code, re.search(pattern, str(error.message))) for pattern, code in _SYNTAX.items())
    what = next((Said(code, **match.groupdict()) for code, match in matches if match), Said("placeholder-malformed"))
    return ProseError("prose-syntax", Place(shown, line=error.lineno), source=source, what=what)


def _words_of(error: Exception) -> Words | Said:
    """What an error of ours says in both languages, what another says as it is."""
    from jinja2.exceptions import SecurityError

    if isinstance(error, SecurityError):
        return Said("placeholder-unsafe")
    return Words(*(error.text(lang) if isinstance(error, HalfyearError) else str(error) for lang in LANGUAGES))


@cache
def _environment() -> PlaceholderSandbox:
    from .sandbox import PlaceholderSandbox

    return PlaceholderSandbox(finalize=_finalize)


def _finalize(value: Any) -> str:
    """A placeholder's value in Markdown: it is text, whatever the file around it is."""
    return value.markdown if isinstance(value, Prose) else marked(value)


def _line(error: BaseException) -> int:
    """The template line a run-time error came from: Jinja maps its frames back to the template."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return (lines[-1] or 0) if lines else 0
