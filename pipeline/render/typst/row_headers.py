"""Row headers in a tagged PDF.

Typst 0.15 tags the head of a table, but opens header cells of rows only behind a feature that its Python wheel cannot
enable. The template therefore marks the words of such a cell as emphasised and strong, and shows neither; here the
cell becomes what ISO 32000-1, 14.8.4.3.4 and 14.8.5.7 want: a TH with Scope Row.
"""

from __future__ import annotations

import re
from importlib.metadata import version

from ...errors import RenderError

_ELEMENT = re.compile(rb"(\d+) 0 obj\n<</Type/StructElem/S/(\w+)/P (\d+) 0 R.*/K\[([^\]]*)\]")
_CHILD = re.compile(rb"(\d+) 0 R")
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")
_NAME = re.compile(rb"(?<=/ID)\(U\d+x\d+y\d+\)")
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")


def with_row_headers(pdf: bytes) -> bytes:
    """``pdf`` as Typst writes it and with cells marked as above, each turned into the header of its row.

    The other cells of that row name the heads of their columns no longer: a list of headers would hide the row's own,
    while scopes give both.

    Raises:
        RenderError: none was found, for another version of Typst writes PDF in another way.
    """
    start = _START.search(pdf)
    table = re.match(rb"xref\n0 (\d+)\n", pdf[int(start[1]) :]) if start else None
    if start is not None and table is not None:
        head, objects, trailer = _objects(pdf, int(start[1]), table)
        changed = _changed(objects)
        if changed:
            return _written(head, {**objects, **changed}, trailer)
    raise RenderError("row-headers-lost", version=version("typst"))


def _objects(pdf: bytes, start: int, table: re.Match[bytes]) -> tuple[bytes, dict[int, bytes], bytes]:
    """What stands before the objects, the objects by number in the order of the file, and the trailer."""
    count, first = int(table[1]), start + table.end()
    offsets = {number: int(pdf[first + 20 * number :][:10]) for number in range(1, count)}
    order = sorted(offsets, key=offsets.__getitem__)
    ends = [*(offsets[number] for number in order[1:]), start]
    objects = {number: pdf[offsets[number] : end] for number, end in zip(order, ends, strict=True)}
    return pdf[: offsets[order[0]]], objects, pdf[first + 20 * count :]


def _changed(objects: dict[int, bytes]) -> dict[int, bytes]:
    """The structure elements that become others: header cells, and the cells beside them."""
    elements = {int(match[1]): match for text in objects.values() if (match := _ELEMENT.match(text))}
    children = {number: [int(child) for child in _CHILD.findall(match[4])] for number, match in elements.items()}
    kinds = {number: match[2] for number, match in elements.items()}
    changed = _without_blank_rows(objects, elements, children)
    objects = {**objects, **changed}
    for number, kind in kinds.items():
        if kind == b"TD" and _is_marked(number, children, kinds):
            changed[number] = _as_header(objects[number])
            for cell in children[int(elements[number][3])]:
                if cell != number and cell not in changed:
                    changed[cell] = _HEADERS.sub(b"", objects[cell], count=1) if kinds[cell] == b"TD" else objects[cell]
    return changed


def _without_blank_rows(
    objects: dict[int, bytes], elements: dict[int, re.Match[bytes]], children: dict[int, list[int]]
) -> dict[int, bytes]:
    """Heads of tables, and cells that name them, without rows of which nothing is said.

    The row that says on further pages what goes on there (表1（续）) is an artifact on those, and blank on the first.
    """
    blank = {
        number
        for number, match in elements.items()
        if match[2] == b"TR" and children[number] and all(_is_blank_head(elements.get(one)) for one in children[number])
    }
    cells = [objects[cell] for row in blank for cell in children[row]]
    names = b"|".join(re.escape(name[0]) for cell in cells if (name := _NAME.search(cell)))
    gone = re.compile(b"|".join([*(rb"\b%d 0 R ?" % row for row in sorted(blank)), *([names] if names else [])]))
    return {
        number: gone.sub(b"", text)
        for number, text in objects.items()
        if blank and number in elements and elements[number][2] in (b"THead", b"TH", b"TD") and gone.search(text)
    }


def _is_blank_head(element: re.Match[bytes] | None) -> bool:
    return element is not None and element[2] == b"TH" and not element[4].strip()


def _is_marked(number: int, children: dict[int, list[int]], kinds: dict[int, bytes]) -> bool:
    inside = children[number]
    deeper = children.get(inside[0], []) if len(inside) == 1 else []
    return len(deeper) == 1 and [kinds.get(inside[0]), kinds.get(deeper[0])] == [b"Em", b"Strong"]


def _as_header(text: bytes) -> bytes:
    text = _HEADERS.sub(b"/Scope/Row", text.replace(b"/S/TD/", b"/S/TH/", 1), count=1)
    return text if b"/Scope/Row" in text else text.replace(b"/K[", b"/A[<</O/Table/Scope/Row>>]/K[", 1)


def _written(head: bytes, objects: dict[int, bytes], trailer: bytes) -> bytes:
    """The file again, its table of offsets made anew."""
    position, offsets = len(head), {}
    for number, text in objects.items():
        offsets[number] = position
        position += len(text)
    table = b"".join(b"%010d 00000 n\r\n" % offsets[number] for number in sorted(offsets))
    count = b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(offsets) + 1)
    trailer = re.sub(rb"startxref\n\d+", b"startxref\n%d" % position, trailer)
    return b"".join([head, *objects.values(), count, table, trailer])
