"""What the signs of MathML mean for whoever sets formulas."""

from __future__ import annotations

from lxml import etree

LIMITS_OF = frozenset("lim max min sup inf limsup liminf det gcd Pr argmax argmin".split())
ACCENTS = frozenset("¯ˆ˜→⃗˙¨ˇ˘´`˚̲⃛⏞⏟⎴⎵")
SUMS = frozenset("∑∏∐∫∬∭∮∯∰⋃⋂⨁⨂⨀⨄⨆⋁⋀")
_BRACKETS = frozenset("()[]{}⟨⟩⌊⌋⌈⌉|‖")


def row_of(formula: etree._Element) -> etree._Element:
    """What a ``<math>`` element says: its first child where it is annotated, else itself."""
    semantics = formula.find("semantics")
    return formula if semantics is None else semantics[0]


def fenced(row: etree._Element) -> bool:
    """Whether a row stands between two brackets that grow with it; one of them may be left out."""
    if row.tag != "mrow" or len(row) < 2:
        return False
    ends = (row[0], row[-1])
    return all(
        end.tag == "mo" and end.get("stretchy") != "false" and (end.text or "") in {"", *_BRACKETS} for end in ends
    ) and any(end.text for end in ends)


def meets(rows: list[list[etree._Element]]) -> bool:
    """Whether the columns of a table alternate right and left, as those of equations under each other."""
    sides = [[cell.get("columnalign", "center") for cell in row] for row in rows]
    return any(sides) and all(side == ("left" if at % 2 else "right") for row in sides for at, side in enumerate(row))


def is_sum(element: etree._Element) -> bool:
    """Whether an element puts something around the sign of a sum, a product, an integral."""
    return len(element) > 0 and element[0].tag == "mo" and (element[0].text or "") in SUMS


def stands_beside(element: etree._Element) -> bool:
    """Whether what belongs over and under a sum stands beside it here, so that the line is no higher than others.

    MathML Core, 3.4.4: in a line of text, unless the formula asks for otherwise.
    """
    if not is_sum(element) or element[0].get("movablelimits") == "false":
        return False
    around = [element, *element.iterancestors()]
    styles = (one.get("displaystyle") for one in around)
    return next((style == "false" for style in styles if style), around[-1].get("display") != "block")


def is_accent(element: etree._Element) -> bool:
    """Whether what stands over or under something is a sign on it, such as a bar or a brace."""
    wanted = element.get("accent") == "true" or element.get("accentunder") == "true"
    return wanted and element[1].tag == "mo" and (element[1].text or "") in ACCENTS
