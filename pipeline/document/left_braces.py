"""Placeholders that nobody filled: braces around a call or a name that is known, standing in a text as they were typed.

Braces of formulas, of code and of sets are legitimate, so only what calls or names something known is one of these.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Collection, Iterator
from html import unescape

_CODE_OR_FORMULA = re.compile(
    r"^(?P<fence>```|~~~).*?^(?P=fence)|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|(?<!\\)\$\$.+?\$\$|(?<!\\)\$(?!\s)[^$\n]+?(?<!\s)\$|\\\(.+?\\\)|\\\[.+?\\\]|\\[{}]"
    r"|<(?P<element>pre|code|math|style|script|svg)\b.*?</(?P=element)>",
    re.DOTALL | re.MULTILINE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FILLED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_BRACES = re.compile(r"[{｛]+(?P<inside>[^{}｛｝]{1,300})[}｝]+")
_QUOTATION_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"'})
_EXPRESSIONS = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.BinOp, ast.UnaryOp, ast.IfExp, ast.BoolOp, ast.Compare)  # fmt: skip


def left_braces(text: str, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """(line, as typed) of each placeholder left in ``text``, the first line being 1.

    Args:
        text: Markdown or HTML; its code and its formulas are not looked at. known: the names that a placeholder can have.
    """
    read = _CODE_OR_FORMULA.sub(lambda match: _blank(match[0]), text)
    seen = unescape(_TAG.sub(lambda match: _blank(match[0]), read))
    for match in _BRACES.finditer(seen):
        if _asks(match["inside"], known):
            yield 1 + seen.count("\n", 0, match.start()), match[0]


def left_in_prose(text: str, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """As :func:`left_braces`, of a text whose well-formed placeholders are still to be filled."""
    return left_braces(_FILLED.sub(lambda match: _blank(match[0]), text), known)


def _blank(text: str) -> str:
    """As many lines with nothing on them."""
    return re.sub(r"[^\n]", " ", text)


def _asks(inside: str, known: Collection[str]) -> bool:
    """Whether what stands in braces calls or names something known, though its marks may be full-width."""
    plain = unicodedata.normalize("NFKC", inside.translate(_QUOTATION_MARKS)).strip()
    try:
        worded = ast.parse(f'f"""{{{plain}}}"""')
    except (SyntaxError, ValueError):  # not well formed either: a call still tells what was meant
        return any(name in known for name in re.findall(r"([^\W\d]\w*)\s*\(", plain))
    field = next((node for node in ast.walk(worded) if isinstance(node, ast.FormattedValue)), None)
    if (
        field is None
        or not isinstance(field.value, _EXPRESSIONS)
        or " " in ast.unparse(field.format_spec or ast.Pass())
    ):
        return False
    return any(isinstance(node, ast.Name) and node.id in known for node in ast.walk(field.value))
