"""A look that costs next to nothing and tells of almost every text that it can hold no personal data."""

from __future__ import annotations

import re

# What the recogniser may read as a digit: digits, letters like them, Han numerals (with all of the rare ideographs, few of which are).
_DIGIT = r"0-9OoIlОо○\u3400-\u4dbf\U00020000-\U0003ffff〇一七三两九二五亖仨伍兩八六勾叁参參叄四壱壹幺廾弌弍弎弐拐捌柒洞漆玖肆貮貳贰陆陸零"
# Of these characters it is known how they are read. Signs by which a text may be encoded or an address written are left out.
_QUIET = (
    r"\t\n !\"$'()+,\-./0-9:;>?\[\]^_`{|}~\u00b7\u2013-\u2015\u2018-\u201d\u2026\u3000-\u3002\u3007-\u3017\u4e00-\u9fff"
    "！％（）＋，－．／：；？～￥"
)
_LOUD = re.compile(rf"[^{_QUIET}]")
_UNUSUAL = re.compile(rf"[^{_QUIET}A-Za-z%=*]")
_NUMBER = re.compile(rf"[{_DIGIT}](?:(?:[^\w○]|_){{0,10}}+[{_DIGIT}]){{10}}")  # ○ alone of the digits is no word's
_FEWEST = 11  # digits of a mobile number
_SIGN = re.compile(
    r"[A-Za-z0-9+/_-]{12}|%[0-9A-Fa-f]{2}|=[0-9A-Fa-f\n]|[*xX]{6}"
    r"|艾特|小老鼠|圈[aA]|[(（\[{【「『*_]\s?[aA]|\s[aA][tT]\s|[A-Za-z0-9]AT[A-Za-z0-9]"
)


def may_hold_personal_data(text: str) -> bool:
    """Whether the text is worth the reading that takes twenty times as long; never False where that would find something."""
    return may_hold_number(text) or bool(_LOUD.search(text) and (_UNUSUAL.search(text) or _SIGN.search(text)))


def may_hold_number(text: str) -> bool:
    """Whether a text in plain characters has as many digits near each other as the shortest number that is looked for."""
    return len(text) >= _FEWEST and bool(_NUMBER.search(text))
