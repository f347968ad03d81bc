"""Characters that nobody means to type and no page can show: they are told before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ..findings import Finding, Place

# Controls but tab and line ends (C0, C1, DEL), directions turned (bidi), zero-width and invisible marks, halves of
# characters (surrogates), tags, and what Unicode says is no character (U+FDD0 to FDEF, the last two of each plane).
_NO_CHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    f"\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e007f{_NO_CHARACTERS}]"
)


def unseen_on(line: str) -> str:
    """The first stretch of a line around such a character, for a message; "" where there is none."""
    match = UNSEEN.search(line)
    return line[max(0, match.start() - 8) : match.end() + 8].strip(" ") if match else ""


Undrawn = Callable[[str], Sequence[str]]  # a text → its characters that no font has


def not_asked(text: str) -> tuple[str, ...]:
    """An :data:`Undrawn` that knows no fonts."""
    return ()


def unprintable(line: str, place: Place, undrawn: Undrawn = not_asked) -> Iterator[Finding]:
    """What of a line no page can show: characters that nobody sees, and those that no font has."""
    if found := unseen_on(line):
        yield Finding("control-character", place, found)
    if missing := undrawn(line):
        yield Finding("no-font-has", place, named(missing))


def named(characters: Sequence[str]) -> str:
    """Characters as a message shows them: ``😀 U+1F600``."""
    return "、".join(f"{each} U+{ord(each):04X}" for each in characters)
