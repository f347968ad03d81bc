"""A text as it is meant: letters and digits of every script and width as ASCII, what cannot be seen taken out."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = ("Cf", "Mn", "Me", "Cc", "Cs")  # marks of direction, joiners, variation selectors, accents, controls
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800"  # letters and patterns that print nothing
_LINES = "\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_TAGS = range(0xE0020, 0xE007F)  # an unseen copy of ASCII
_CROSSES = dict.fromkeys("ХΧ", "X") | dict.fromkeys("хχ×✕✖╳⨯", "x")  # the check character X, as people type it
_SPOKEN = {"〇": "0", "○": "0", "两": "2", "兩": "2", "洞": "0", "拐": "7", "勾": "9"}  # 幺 is among Unicode's numerals
_REVERSED = re.compile("\u202e([^\u202c\n]*)")


def plain(text: str) -> str:
    """``text`` in NFKC, every script's digits (also circled and full-width ones) as 0 to 9, without unseen characters.

    Text between a right-to-left override and its end is turned round, as it is shown. Lines stay lines.
    """
    if text.isascii():
        return text.replace("\r", "") if "\r" in text else text
    if "\u202e" in text:
        text = _REVERSED.sub(lambda match: match[1][::-1], text)
    return text.translate(_PLAIN)


def with_han_numerals(text: str) -> str:
    """A plain text with 一, 壹, 〇, 幺 … as digits, character for character."""
    return text if text.isascii() else text.translate(_HAN)


class _Plain(dict[int, str]):
    """Code point → what is meant by it, found out as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = meant = _meant(chr(code))
        return meant


class _Han(dict[int, str]):
    """Code point of a Han numeral → its digit; others stand for themselves."""

    def __missing__(self, code: int) -> str:
        self[code] = meant = (_digit(chr(code)) if _is_han(chr(code)) else "") or chr(code)
        return meant


def _meant(character: str) -> str:
    kind = unicodedata.category(character)
    if character in _LINES:
        return "\n"
    if ord(character) in _TAGS:
        return chr(ord(character) - 0xE0000)
    if character != "\t" and (kind in _UNSEEN or character in _FILLERS):
        return ""
    digit = "" if _is_han(character) else _digit(character)
    return digit or _CROSSES.get(character) or unicodedata.normalize("NFKC", character)


def _digit(character: str) -> str:
    value = unicodedata.numeric(character, -1)
    return str(int(value)) if 0 <= value <= 9 and value == int(value) else ""


def _is_han(character: str) -> bool:
    return character == "〇" or unicodedata.name(character, "").startswith("CJK ")


_PLAIN = _Plain()
_HAN = _Han({ord(character): digit for character, digit in _SPOKEN.items()})
