"""What holds a place for something still to be written: XX件, X月X日, ____, （待补充）, TODO."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = "[件次个项人天份场期年月日户家位名条起例万亿元%％]"
_STAND_IN = re.compile(
    rf"(?<![A-Za-z0-9])(?:[XxＸ×]{{2,4}}|[XＸ×])(?:余|多)?{_UNITS}"
    r"|[_＿]{3,}"
    r"|[（(【\[][^（()）【】\[\]]{0,8}(?:待[填补核定]|待(?:确认|完善|更新)|请(?:填|补|核实)|此处填)[^（()）【】\[\]]{0,12}[）)】\]]"
    r"|(?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z])"
)


def stand_ins(text: str) -> Iterator[tuple[int, str]]:
    """(line, what stands there) of each of them, the first line being 1."""
    for line, said in enumerate(text.split("\n"), 1):
        yield from ((line, match[0]) for match in _STAND_IN.finditer(said))
