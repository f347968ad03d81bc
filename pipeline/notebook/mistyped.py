"""Slips in a cell told by what is meant: the nearest name, how a function is written, a Chinese mark in code."""

from __future__ import annotations

import builtins
import inspect
import re
import unicodedata
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import pipeline

from ..errors import HalfyearError
from ..findings import Said, language, nearest_of
from .named_rows import LedgerRows, headings

_TOLD = (NameError, ImportError, AttributeError, TypeError, SyntaxError, HalfyearError)
_OURS = ("pipeline", "pandas")
_IMPORTED = re.compile(r"cannot import name '(\w+)' from 'pipeline'")
_CALLED = re.compile(
    r"((?:\w+\.)*\w+)\(\) (?:got an unexpected keyword argument '(?P<value>\w+)'|missing .*?: (?P<missing>.*)|takes )"
)
_MARK = re.compile(r"invalid (?:non-printable )?character '?(.)'? ?\(U\+")
_MARKS = {"“": '"', "”": '"', "‘": "'", "’": "'", "。": ".", "、": ",", "【": "[", "】": "]", "《": '"', "》": '"'}


def offer(shell: Any) -> None:
    """Have the shell of a kernel tell slips so."""
    if not shell.custom_exceptions:
        shell.set_custom_exc(_TOLD, _tell)


def _tell(shell: Any, kind: Any, error: BaseException, traceback: TracebackType, tb_offset: int | None = None) -> None:
    """Show an error with its meaning for its message, and without the inside of what the cell called."""
    meaning = None if isinstance(error, HalfyearError) else meaning_of(error, shell.user_ns)
    if meaning:
        error.args = (meaning, *error.args[1:])
        if isinstance(error, SyntaxError | ImportError):
            error.msg = meaning
    if meaning or isinstance(error, HalfyearError):
        _leave_the_cell_alone(traceback)
    shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)


def meaning_of(error: BaseException, names: Mapping[str, Any]) -> str:
    """What is meant by an error of Python, in the reader's language; "" where its own message says it best."""
    said: Said | None = None
    if isinstance(error, NameError):
        said = _name(str(error.name or ""), names)
    elif isinstance(error, ImportError) and (match := _IMPORTED.match(str(error))):
        said = Said(
            "not-offered", value=match[1], nearest=nearest_of(match[1], pipeline.__all__), allowed=pipeline.__all__
        )
    elif isinstance(error, AttributeError) and error.name:
        said = _attribute(error.obj, error.name)
    elif isinstance(error, TypeError) and (match := _CALLED.match(str(error))):
        said = _call(match)
    elif isinstance(error, SyntaxError) and (match := _MARK.match(str(error.msg))):
        mark = match[1]
        said = Said("chinese-mark", value=mark, nearest=_MARKS.get(mark) or unicodedata.normalize("NFKC", mark))
    return said.text(language()) if said else ""


def _name(name: str, names: Mapping[str, Any]) -> Said | None:
    if not name:
        return None
    if name in pipeline.__all__:
        return Said("name-not-imported", value=name)
    frames = [value for value in names.values() if isinstance(value, LedgerRows)]
    if any(name in rows or name in headings(rows) for rows in frames):
        return Said("name-of-a-field", value=name)
    known = [*(each for each in names if not each.startswith("_")), *pipeline.__all__, *dir(builtins)]
    return Said("name-unknown", value=name, nearest=nearest_of(name, known))


def _attribute(thing: object, name: str) -> Said | None:
    public = [each for each in dir(thing) if not each.startswith("_")]
    near = nearest_of(name, public)
    if type(thing).__module__.partition(".")[0] != "pipeline" and not near:
        return None
    allowed = public if type(thing).__module__.startswith("pipeline.") else [near]
    return Said("attribute-unknown", what=type(thing).__name__, value=name, nearest=near, allowed=allowed)


def _call(match: re.Match[str]) -> Said | None:
    function = _offered(match[1])
    if function is None:
        return None
    parameters = [each for each in inspect.signature(function).parameters.values() if each.name != "self"]
    named = [each.name for each in parameters]
    usage = f"{match[1].split('.')[-1]}({', '.join(map(_written, parameters))})"
    said = {"called": match[1], "usage": usage}
    if value := match["value"]:
        return Said("argument-unknown", value=value, nearest=nearest_of(value, named), **said)
    if missing := match["missing"]:
        return Said("argument-missing", missing=re.findall(r"'(\w+)'", missing), **said)
    return Said("arguments-too-many", **said)


def _written(parameter: inspect.Parameter) -> str:
    if parameter.kind is parameter.VAR_KEYWORD:
        return f"**{parameter.name}"
    return f"{parameter.name}=" if parameter.kind is parameter.KEYWORD_ONLY else parameter.name


def _offered(called: str) -> Any:
    """What the package offers under that name: table, or Section.fact."""
    found: Any = pipeline
    for part in called.split("."):
        if found is pipeline and part not in pipeline.__all__:
            return None
        found = getattr(found, part, None)
    return found


def _leave_the_cell_alone(traceback: TracebackType) -> None:
    """Leave out the frames that are ours or those of pandas: what is shown is what the analyst wrote."""
    last, each = traceback, traceback.tb_next
    while each:
        if str(each.tb_frame.f_globals.get("__name__")).partition(".")[0] not in _OURS:
            last.tb_next, last = each, each
        each = each.tb_next
    if last is not traceback:
        last.tb_next = None
