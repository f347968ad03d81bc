"""Text as Typst markup: escaped, and with numbers kept beside their units."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable

_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_UNIT = r"(?:个?百分点|[万亿]?[元件次人项户条家]|余?[\u4e00-\u9fff]| ?(?:[mkµ]?[smgWVAB]|[MGT]B|[kM]?Hz|min|h)\b)"
_NUMBER = r"[-−+]?\d[\d.,]*[%％‰]?"
_ENDS = "；：…—・"  # signs that begin no line (GB/T 15834-2011, 5.1); after a box Typst would let them
_UNIT_HELD = f"{_UNIT}[{_ENDS}]*"
_NUMBER_AND_UNIT = re.compile(f"(?:{_NUMBER}){_UNIT_HELD}")
_NUMBER_ALONE = re.compile(f"{_NUMBER}[余多]?")
_BEGINS_WITH_UNIT = re.compile(_UNIT_HELD)
_BOX_BEFORE_END = re.compile(rf"\]\](?=[{_ENDS}])")
# What Typst breaks nowhere, or hardly: all but blanks and the signs of Han, kana and hangul.
_UNBROKEN = re.compile(
    "[^\\s\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]{2,}"
)
_JOINED = re.compile(
    "[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)  # belongs to what stands before it
_SLACK = 0.1  # ems; what plans of tables round off
LINE = 28.0  # ems that the text's line has room for


def escaped(text: str) -> str:
    """Every ASCII sign with a backslash before it: in Typst markup it then stands for itself."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def markup(text: str, room: float = LINE) -> str:
    """``text`` as Typst markup: every sign of ASCII escaped, blanks collapsed, number and unit on one line.

    GB/T 15834 and GB/T 15835 want a number unbroken; Typst would break a line between it and a following Han character.
    A word wider than ``room`` ems, such as an address, may break anywhere: else it would leave the page.
    """
    pieces, position = [], 0
    text = _BLANKS.sub(" ", _CONTROL.sub("", text))
    for match in _NUMBER_AND_UNIT.finditer(text):
        pieces += [breakable(text[position : match.start()], room), kept(match[0], room)]
        position = match.end()
    return "".join([*pieces, breakable(text[position:], room)])


def kept(text: str, room: float) -> str:
    """``text`` on one line, if a line of ``room`` ems holds it. Typst takes the empty half off a sign that ends a box."""
    end = "#cut" if text.endswith(("；", "：")) else ""
    return f"#box[{escaped(text)}{end}]" if _width(text) <= room + _SLACK else breakable(text, room)


def breakable(text: str, room: float) -> str:
    """``text`` as markup, words that are wider than ``room`` ems with places to break at."""
    pieces, position = [], 0
    for match in _UNBROKEN.finditer(text):
        if _width(match[0]) > room + _SLACK:
            broken = cut(_pieces(match[0], room))
            pieces += [escaped(text[position : match.start()]), broken]
            position = match.end()
    return "".join([*pieces, escaped(text[position:])])


def cut(pieces: list[str], written: Callable[[str], str] = escaped) -> str:
    """The pieces of a word as ``written`` gives each, with places to break at between them.

    A gap of almost nothing is one between letters; in a row of punctuation only a zero-width space is.
    """
    markup = [written(pieces[0])]
    for before, piece in itertools.pairwise(pieces):
        markup += ["#cut;" if _parts_here(before[-1], piece[0]) else "#sym.zws;", written(piece)]
    return "".join(markup)


def _parts_here(before: str, after: str) -> bool:
    """Whether a line may end at a gap between two signs (Unicode Standard Annex 14, LB13 and LB14)."""
    return after.isalnum() and (before.isalnum() or before in "/-_.,:;?!=&")


def _pieces(word: str, room: float) -> list[str]:
    """A word in pieces that any line holds, no sign parted from what it carries."""
    size, pieces = max(1, min(2, int(room / 2))), [""]
    for character in word:
        carried = _JOINED.match(character) or unicodedata.combining(character) or pieces[-1][-1:] == "\u200d"
        enough = len(pieces[-1]) >= size and (_parts_here(pieces[-1][-1], character) or len(pieces[-1]) >= 2 * size)
        if enough and not carried:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _width(text: str) -> float:
    """About how many ems ``text`` takes, as plans of tables count, but wide letters such as M and W at their width."""
    return sum(
        1.0 if unicodedata.east_asian_width(sign) in "WFA" or sign in "MWmw@%" else 0.75 if sign.isupper() else 0.56
        for sign in text
    )


def ends_held(written: str) -> str:
    """Markup with the signs that begin no line held at what stands before them: 表1 in a link, a stressed number."""
    return _BOX_BEFORE_END.sub("]]#sym.wj;", written)


def number_and_rest(number: str, following: str, room: float = LINE) -> tuple[str, str]:
    """Markup of a number with the unit ``following`` begins with, and what of ``following`` is left."""
    unit = _BEGINS_WITH_UNIT.match(following)
    if unit is None or not _NUMBER_ALONE.fullmatch(number.strip()):
        return markup(number, room), following
    return kept(number.strip() + unit[0], room), following[unit.end() :]


def folded(text: str, columns: int = 75) -> str:
    """Preformatted text with words longer than a line cut, as a terminal does; 75 columns fill the type area."""
    lines = []
    for line in text.split("\n"):
        if any(_columns(word) > columns for word in _UNBROKEN.findall(line)):
            lines += _folded_line(line, columns)
        else:
            lines.append(line)
    return "\n".join(lines)


def _folded_line(line: str, columns: int) -> list[str]:
    lines, taken = [""], 0.0
    for sign in line:
        if taken + _columns(sign) > columns and not unicodedata.combining(sign):
            lines.append("")
            taken = 0.0
        lines[-1] += sign
        taken += _columns(sign)
    return lines


def _columns(text: str) -> float:
    """The columns of the fixed-width face that ``text`` takes: a full-width sign of another face takes 1.7."""
    return sum(1.7 if unicodedata.east_asian_width(sign) in "WF" else 1.0 for sign in text)


def string(text: str) -> str:
    """A Typst string literal."""
    cleaned = _CONTROL.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + cleaned.replace("\n", "\\n").replace("\r", "").replace("\t", "\\t") + '"'
