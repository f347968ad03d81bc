"""Text as Typst markup: escaped, and with numbers kept beside their units."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_UNIT = r"(?:个?百分点|[万亿]?[元件次人项户条家]|余?[\u4e00-\u9fff]| ?(?:[mkµ]?[smgWVAB]|[MGT]B|[kM]?Hz|min|h)\b)"
_NUMBER = r"[-−+]?\d[\d.,]*[%％‰]?"
_NUMBER_AND_UNIT = re.compile(f"(?:{_NUMBER}){_UNIT}")
_NUMBER_ALONE = re.compile(f"{_NUMBER}[余多]?")
_BEGINS_WITH_UNIT = re.compile(_UNIT)


def markup(text: str) -> str:
    """``text`` as Typst markup: every sign of ASCII escaped, blanks collapsed, number and unit on one line.

    GB/T 15834 and GB/T 15835 want a number unbroken; Typst would break a line between it and a following Han character.
    """
    pieces, position = [], 0
    text = _BLANKS.sub(" ", _CONTROL.sub("", text))
    for match in _NUMBER_AND_UNIT.finditer(text):
        pieces += [escaped(text[position : match.start()]), f"#box[{escaped(match[0])}]"]
        position = match.end()
    return "".join([*pieces, escaped(text[position:])])


def number_and_rest(number: str, following: str) -> tuple[str, str]:
    """Markup of a number with the unit ``following`` begins with, and what of ``following`` is left."""
    unit = _BEGINS_WITH_UNIT.match(following)
    if unit is None or not _NUMBER_ALONE.fullmatch(number.strip()):
        return markup(number), following
    return f"#box[{escaped(number.strip() + unit[0])}]", following[unit.end() :]


def escaped(text: str) -> str:
    """Every ASCII sign with a backslash before it: in Typst markup it then stands for itself."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def folded(text: str, columns: int = 75) -> str:
    """Preformatted text with words longer than a line cut, as a terminal does; 75 columns fill the type area."""
    lines = []
    for line in text.split("\n"):
        if any(len(word) > columns for word in line.split(" ")):
            lines += [line[at : at + columns] for at in range(0, len(line), columns)]
        else:
            lines.append(line)
    return "\n".join(lines)


def string(text: str) -> str:
    """A Typst string literal."""
    cleaned = _CONTROL.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + cleaned.replace("\n", "\\n").replace("\r", "").replace("\t", "\\t") + '"'
