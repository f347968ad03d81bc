"""Which heading numbers Word will count by itself, and which must be written out."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
FIRST_LEVEL, LAST_LEVEL = 2, 5  # heading levels that templates/docx/numbering.xml numbers


class HeadingNumbers:
    """Counts headings as Word does: a level starts anew after any heading above it."""

    def __init__(self) -> None:
        self._counters = [0] * (LAST_LEVEL - FIRST_LEVEL + 1)

    def counts(self, level: int, written: str) -> bool:
        """Whether Word's own number for the next heading of ``level`` is ``written``; if so it is counted."""
        if not FIRST_LEVEL <= level <= LAST_LEVEL:
            return False
        place = level - FIRST_LEVEL
        if self._counters[place] == 99 or _worded(place, self._counters[place] + 1) != written.strip():
            return False
        self._counters[place] += 1
        self._counters[place + 1 :] = [0] * (len(self._counters) - place - 1)
        return True


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese numerals: 一, 十, 十二, 二十, 九十九."""
    tens, ones = divmod(number, 10)
    head = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "")
    return head + (_DIGITS[ones] if ones or not tens else "")


def _worded(place: int, number: int) -> str:
    """一、（一）1.（1）: GB/T 9704-2012, 7.3.3."""
    return (f"{chinese_number(number)}、", f"（{chinese_number(number)}）", f"{number}.", f"（{number}）")[place]
