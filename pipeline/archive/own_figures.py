"""Which figures of a report are its period's own, and which an earlier period's, by where their cells stand."""

from __future__ import annotations

import re

from ..period import Period

_ELSEWHERE = re.compile(r"\.\./(?P<folder>[^/]+)/")


def is_of_another(sources: str, period: Period | None) -> bool:
    """Whether a ``data-source`` names a cell of another period than ``period`` and the months it is made of."""
    own = {str(month) for month in period.months_within} if period else set()
    return any(found["folder"] not in own for one in sources.split() if (found := _ELSEWHERE.match(one)))
