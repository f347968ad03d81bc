"""MathML as Typst mathematics."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml import etree

from ..mathml_signs import LIMITS_OF, fenced, is_accent, meets, row_of, stands_beside
from .text import escaped, string

_PLAIN = re.compile(r"[\d.]+")
_FUNCTIONS = {  # of a sign above or below; the sign as MathML has it
    "¯": "macron", "ˆ": "hat", "˜": "tilde", "→": "arrow", "˙": "dot", "¨": "dot.double", "ˇ": "caron", "˘": "breve",
    "´": "acute", "`": "grave", "˚": "circle", "⃛": "dot.triple", "⃗": "arrow", "^": "hat", "~": "tilde", "←": "arrow.l",
}  # fmt: skip
_LINES = {"̲": "overline", "⏞": "overbrace", "⎴": "overbracket"}
_LINES_BELOW = {"̲": "underline", "⏟": "underbrace", "⎵": "underbracket"}


def typst_mathematics(formula: etree._Element) -> str:
    """A ``<math>`` element as Typst writes formulas, dollar signs and all."""
    inside = _written(row_of(formula))
    return f"$ {inside} $" if formula.get("display") == "block" else f"${inside}$"


def _written(element: etree._Element) -> str:
    return _WRITERS.get(str(element.tag), _row)(element) or '""'


def _row(element: etree._Element) -> str:
    """What stands side by side; between brackets that grow, as high as they are."""
    words = " ".join(_written(child) for child in element)
    return f"lr({words})" if fenced(element) else words


def _letter(element: etree._Element) -> str:
    text = element.text or ""
    if len(text) == 1:
        return f"upright({_sign(text)})" if element.get("mathvariant") == "normal" else _sign(text)
    limits = ", limits: #true" if text in LIMITS_OF else ""
    return f"op({string(text)}{limits})" if text else ""


def _number(element: etree._Element) -> str:
    text = element.text or ""
    return text if _PLAIN.fullmatch(text) else string(text)


def _operator(element: etree._Element) -> str:
    text = element.text or ""
    return _sign(text) if len(text) == 1 else f"op({string(text)})" if text else ""


def _sign(text: str) -> str:
    return escaped(text) if text.isascii() else text


def _words(element: etree._Element) -> str:
    return string("".join(element.itertext()))


def _space(element: etree._Element) -> str:
    width = re.fullmatch(r"([\d.]+)r?em", element.get("width", ""))
    return f"#h({float(width[1]):.4g}em)" if width and float(width[1]) else "zws"


def _fraction(element: etree._Element) -> str:
    above, below = map(_written, element)
    if element.get("linethickness") == "0":
        return f"mat(delim: #none, {above}; {below})"
    written = f"frac({above}, {below})"
    return f"display({written})" if element.get("displaystyle") == "true" else written


def _scripts(*names: str) -> Callable[[etree._Element], str]:
    def write(element: etree._Element) -> str:
        base, *scripts = map(_written, element)
        return f"attach({base}, {', '.join(f'{name}: {script}' for name, script in zip(names, scripts, strict=True))})"

    return write


def _limits(*names: str) -> Callable[[etree._Element], str]:
    def write(element: etree._Element) -> str:
        base, *around = map(_written, element)
        sign = "".join(element[1].itertext())
        if is_accent(element):
            lines = _LINES if names == ("t",) else _LINES_BELOW
            if sign in lines:
                return f"{lines[sign]}({base})"
            if sign in _FUNCTIONS:
                return f"accent({base}, {_FUNCTIONS[sign]})"
        base = base if stands_beside(element) else f"limits({base})"
        return f"attach({base}, {', '.join(f'{name}: {one}' for name, one in zip(names, around, strict=True))})"

    return write


def _table(element: etree._Element) -> str:
    """A matrix; columns that alternate right and left, as those of equations under each other, meet."""
    rows = [list(line.iterchildren("mtd")) for line in element.iterchildren("mtr")]
    sides = [[cell.get("columnalign", "center") for cell in row] for row in rows]
    meet = meets(rows)
    between = " & " if meet else ", "
    lines = "; ".join(between.join(_row(cell) or '""' for cell in row) for row in rows)
    left = "align: #left, " if not meet and {side for row in sides for side in row} == {"left"} else ""
    return f"mat(delim: #none, {left}{lines})"


def _enclosed(element: etree._Element) -> str:
    inside = " ".join(_written(child) for child in element if len(child) or child.text)
    notation = element.get("notation", "")
    if "strike" in notation:
        return f"cancel({inside}{', inverted: #true' if 'down' in notation else ''})"
    return f"#box(stroke: 0.5pt, inset: 3pt, ${inside}$)" if "box" in notation else inside


def _wrapped(name: str, pick: Sequence[int]) -> Callable[[etree._Element], str]:
    return lambda element: f"{name}({', '.join(_written(element[at]) for at in pick)})"


_WRITERS: dict[str, Callable[[etree._Element], str]] = {
    "mi": _letter,
    "mn": _number,
    "mo": _operator,
    "mtext": _words,
    "ms": _words,
    "mspace": _space,
    "mfrac": _fraction,
    "msqrt": lambda element: f"sqrt({_row(element)})",
    "mroot": _wrapped("root", (1, 0)),
    "msup": _scripts("tr"),
    "msub": _scripts("br"),
    "msubsup": _scripts("br", "tr"),
    "mover": _limits("t"),
    "munder": _limits("b"),
    "munderover": _limits("b", "t"),
    "mtable": _table,
    "menclose": _enclosed,
    "mphantom": lambda element: f"hide({_row(element)})",
}
