"""Of what kind a subject is by the end of its name: a street, a county, a 类; and which name is that of a whole."""

from __future__ import annotations

import re

WIDER = re.compile(r"全[国省市州县区旗镇乡街]")
_LOWER, _UPPER = "道镇乡村", "市区县旗"
_PLACES = _LOWER + _UPPER + "厅口园站级"
_END = re.compile(rf"[类型项式件业员岗渠{_PLACES}]$")


def is_one_of(name: str, others: list[str]) -> bool:
    """Whether a name is of the kind that all the others are of: one town more."""
    kinds = {_kind(each) for each in (name, *others)}
    return len(kinds) == 1 and kinds != {""} and not WIDER.match(name)


def is_whole_of(name: str, others: list[str]) -> bool:
    """Whether a name is that of a wider place than all the others, or they are of one kind and it is of none."""
    ends = {match[0] if (match := _END.search(each)) else "" for each in others}
    is_wider = bool(WIDER.match(name)) or (name[-1:] in _UPPER and ends <= {*_LOWER})
    return (is_wider and ends <= {*_PLACES}) or (len(ends) == 1 and "" not in ends and not _END.search(name))


def _kind(name: str) -> str:
    match = _END.search(name)
    return next((kind for kind in (_LOWER, _UPPER) if match and match[0] in kind), match[0] if match else "")
