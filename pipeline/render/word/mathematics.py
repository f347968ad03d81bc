"""MathML as Office mathematics (ECMA-376-1, 22.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import lxml.html
from lxml import etree
from lxml.builder import ElementMaker

from ..mathml_signs import fenced, is_accent, is_sum, row_of, stands_beside

_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_M = ElementMaker(namespace=_NAMESPACE, nsmap={"m": _NAMESPACE})
_VAL = f"{{{_NAMESPACE}}}val"
_INTEGRALS = frozenset("∫∬∭∮∯∰")
_RELATIONS = frozenset("=≠<>≤≥⩽⩾≈≡∼∝→⇒⇔,;")
# Word wants signs that combine with what they stand on.
_COMBINING = {
    "¯": "\u0305", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "˙": "\u0307", "¨": "\u0308", "→": "\u20d7",
    "⃗": "\u20d7", "←": "\u20d6", "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301", "`": "\u0300", "˚": "\u030a", "⃛": "\u20db",
}  # fmt: skip
_NOTHING = "\u200a"  # a hair space
_LONE_BRACKETS = frozenset("()[]{}⟨⟩|")


def office_mathematics(formulas: Iterable[lxml.html.HtmlElement]) -> dict[lxml.html.HtmlElement, etree._Element]:
    """Each ``<math>`` element as ``m:oMath``, or ``m:oMathPara`` for one on its own line."""
    return {formula: _office(formula) for formula in formulas}


def _office(formula: lxml.html.HtmlElement) -> etree._Element:
    drawn = _M.oMath(*_row(row_of(formula)))
    return _M.oMathPara(drawn) if formula.get("display") == "block" else drawn


def _row(row: etree._Element) -> Iterator[etree._Element]:
    """What stands side by side. A sum or integral takes what follows it up to the next relation for its operand."""
    children = list(row)
    while children:
        child = children.pop(0)
        if child.tag in ("munderover", "munder", "mover", "msubsup", "msub", "msup") and is_sum(child):
            end = next((at for at, one in enumerate(children) if one.text in _RELATIONS), len(children))
            operand = etree.Element("mrow")
            operand.extend([_copied(one) for one in children[:end]])
            children = children[end:]
            yield _sum(child, operand)
        else:
            yield from _written(child)


def _copied(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))


def _written(element: etree._Element) -> Iterator[etree._Element]:
    if element.tag in _WRITERS:
        written = _WRITERS[element.tag](element)
        yield from [written] if written is not None else []
    elif fenced(element):
        yield _delimited(element)
    else:
        yield from _row(element)


def _e(name: str, *inside: etree._Element) -> etree._Element:
    """``m:NAME`` holding what is written of the elements."""
    return _M(name, *(one for element in inside for one in _written(element)))


def _properties(name: str, **values: str) -> etree._Element:
    return _M(name, *(_M(key, {_VAL: value}) for key, value in values.items()))


def _run(text: str, *properties: etree._Element) -> etree._Element:
    words = _M.t(text)
    if text != text.strip():
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _M.r(_M.rPr(*properties), words) if properties else _M.r(words)


def _run_if(text: str, *properties: etree._Element) -> etree._Element | None:
    return _run(text, *properties) if text else None


def _letter(element: etree._Element) -> etree._Element | None:
    text = element.text or ""
    upright = len(text) > 1 or element.get("mathvariant") == "normal"
    return _run_if(text, *([_M.sty({_VAL: "p"})] if upright else []))


def _sign(element: etree._Element) -> etree._Element | None:
    """A bracket that stands alone is a sign like others: LibreOffice would look for its partner in the same group."""
    text = element.text or ""
    return _run_if(text, *([_M.lit()] if text in _LONE_BRACKETS else []), _M.sty({_VAL: "p"}))


def _words(element: etree._Element) -> etree._Element | None:
    return _run_if("".join(element.itertext()), _M.nor())


def _space(element: etree._Element) -> etree._Element | None:
    ems = float(element.get("width", "0em").removesuffix("em").removesuffix("r") or 0)
    return _run_if("\u2003" * int(ems) or ("\u2009" if ems > 0 else ""))


def _fraction(element: etree._Element) -> etree._Element:
    kind = [_properties("fPr", type="noBar")] if element.get("linethickness") == "0" else []
    return _M.f(*kind, _e("num", element[0]), _e("den", element[1]))


def _scripts(name: str, *parts: str) -> Callable[[etree._Element], etree._Element]:
    def write(element: etree._Element) -> etree._Element:
        return _M(name, *(_e(part, child) for part, child in zip(("e", *parts), element, strict=True)))

    return write


def _sum(element: etree._Element, operand: etree._Element) -> etree._Element:
    sign, (below, above) = element[0].text or "", _below_and_above(element)
    beside = str(element.tag).startswith("msu") or stands_beside(element)
    place = "subSup" if beside else "undOvr"
    hidden = {name: "1" for name, part in (("subHide", below), ("supHide", above)) if part is None}
    shown = _properties("naryPr", chr=sign, limLoc=place, **hidden)
    parts = [_e(name, *([part] if part is not None else [])) for name, part in (("sub", below), ("sup", above))]
    return _M.nary(shown, *parts, _M.e(*_row(operand)))


def _below_and_above(element: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    if element.tag in ("munderover", "msubsup"):
        return element[1], element[2]
    return (element[1], None) if element.tag in ("munder", "msub") else (None, element[1])


def _around(element: etree._Element) -> etree._Element:
    """What stands over or under: signs, bars and braces, or words such as those under a limit."""
    base, below, above = element[0], *_below_and_above(element)
    sign = "".join(element[1].itertext())
    if is_accent(element):
        place = "top" if element.tag == "mover" else "bot"
        if sign == "\u0332":
            return _M.bar(_properties("barPr", pos=place), _e("e", base))
        if sign in _COMBINING:
            return _M.acc(_properties("accPr", chr=_COMBINING[sign]), _e("e", base))
        shown = _properties("groupChrPr", chr=sign, pos=place, vertJc="bot" if place == "top" else "top")
        return _M.groupChr(shown, _e("e", base))
    inner = [*_written(base)]
    if below is not None:
        inner = [_M.limLow(_M.e(*inner), _e("lim", below))]
    return _M.limUpp(_M.e(*inner), _e("lim", above)) if above is not None else inner[0]


def _delimited(row: etree._Element) -> etree._Element:
    """What stands between brackets that grow with it."""
    signs = _properties("dPr", begChr=row[0].text or "", endChr=row[-1].text or "")
    inside = etree.Element("mrow")
    inside.extend([_copied(child) for child in row[1:-1]])
    return _M.d(signs, _M.e(*_row(inside)))


def _table(element: etree._Element) -> etree._Element:
    rows: Sequence[list[etree._Element]] = [list(line.iterchildren("mtd")) for line in element.iterchildren("mtr")]
    width = max(map(len, rows), default=1)
    longest = max(rows, key=len, default=[])
    columns = [_M.mc(_properties("mcPr", count="1", mcJc=cell.get("columnalign", "center"))) for cell in longest]
    lines = [
        _M.mr(*(_M.e(*_cell(cell)) for cell in row), *(_M.e(_run(_NOTHING, _M.nor())) for _ in range(width - len(row))))
        for row in rows
    ]
    return _M.m(_M.mPr(_M.plcHide({_VAL: "1"}), _M.mcs(*columns)), *lines)


def _cell(cell: etree._Element) -> Iterator[etree._Element]:
    """A place of a matrix; LibreOffice wants something before a relation, and in an empty place."""
    if not len(cell) or cell[0].tag == "mo":
        yield _run(_NOTHING, _M.nor())
    yield from _row(cell)


def _enclosed(element: etree._Element) -> etree._Element:
    notation = element.get("notation", "")
    inside = [child for child in element if len(child) or child.text]
    if "strike" not in notation:
        return _M.borderBox(_e("e", *inside))
    sides = dict.fromkeys(("hideTop", "hideBot", "hideLeft", "hideRight"), "1")
    stroke = "strikeTLBR" if "down" in notation else "strikeBLTR"
    return _M.borderBox(_properties("borderBoxPr", **sides, **{stroke: "1"}), _e("e", *inside))


_WRITERS: dict[str, Callable[[etree._Element], etree._Element | None]] = {
    "mi": _letter,
    "mn": lambda element: _run_if(element.text or "", _M.sty({_VAL: "p"})),
    "mo": _sign,
    "mtext": _words,
    "ms": _words,
    "mspace": _space,
    "mfrac": _fraction,
    "msqrt": lambda element: _M.rad(_properties("radPr", degHide="1"), _M.deg(), _M.e(*_row(element))),
    "mroot": lambda element: _M.rad(_e("deg", element[1]), _e("e", element[0])),
    "msup": _scripts("sSup", "sup"),
    "msub": _scripts("sSub", "sub"),
    "msubsup": _scripts("sSubSup", "sub", "sup"),
    "mover": _around,
    "munder": _around,
    "munderover": _around,
    "mtable": _table,
    "menclose": _enclosed,
    "mphantom": lambda element: _M.phant(_properties("phantPr", show="0"), _M.e(*_row(element))),
}
