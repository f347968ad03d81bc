"""E-mail addresses, also those written so that programs shall not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPEN, _CLOSE = r"[(\[{<【「『*_]\s?", r"\s?[)\]}>】」』*_]"
_AT = re.compile(
    rf"[ \t]{{0,3}}(?P<sign>\n?@\n?|{_OPEN}(?:at?|@|#|艾特){_CLOSE}|(?<=\s)at(?=\s)|(?<=[a-z0-9])(?-i:AT)(?=[a-z0-9])|#|艾特|小老鼠|圈a)[ \t]{{0,3}}",
    re.IGNORECASE,
)
_DOT = rf"[ \t]{{0,3}}(?:[.。｡]|{_OPEN}(?:dot|点|\.){_CLOSE}|(?<=\s)dot(?=\s)|点)[ \t]{{0,3}}"
_TOP = (
    r"[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,59}|中国|中國|公司|网络|網絡|政务|公益|在线|中文网|网址|网站|商城|集团|信息|世界|企业|手机|移动"
    r"|香港|台湾|台灣|澳门|佛山|广东|测试|[\u0400-\u04ff]{2,10}|[\u3040-\u30ff\uac00-\ud7af\u0600-\u06ff\u0900-\u0dff]{2,12}"
)
# made ready, which takes longer than to read a ledger, only where a sign is found
_HOST = rf"[\w-]{{1,63}}?(?:{_DOT}[\w-]{{1,63}}?){{0,4}}{_DOT}(?P<top>{_TOP})(?![A-Za-z0-9_-])"
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._%+-]*$")
_LOCAL_OF_LETTERS = re.compile(r"(?<!\w)[^\W\d_]{1,20}$")
_LABEL = re.compile(r"(?:邮箱|邮件|e-?mail|mail)[地址\s:：为是(（]*$", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\S)((?:[A-Za-z0-9._+-] ){2,40})@ ((?:[A-Za-z0-9.-] ){3,40}[A-Za-z])(?![A-Za-z0-9])")
_FILES = frozenset("png jpg jpeg gif svg webp css js html htm json pdf docx xlsx csv".split())  # chart@2x.png
_LONGEST = 64  # characters before the @ (RFC 5321, 4.5.3.1.1)


def addresses(text: str) -> Iterator[tuple[int, str]]:
    """Where each e-mail address of a plain text begins, and the address as mail programs want it."""
    for at in _AT.finditer(text):
        before = max(0, at.start() - _LONGEST)
        near = text[before : at.start()]
        local = _LOCAL.search(near) or _LOCAL_OF_LETTERS.search(near)
        host = re.compile(_HOST, re.IGNORECASE).match(text, at.end())
        if local and host and _is_meant(near[: local.start()], local[0], at["sign"].strip(), host):
            yield before + local.start(), f"{local[0]}@{_tidy(host)}"
    for match in _SPACED.finditer(text):
        name, domain = match[1].replace(" ", ""), match[2].replace(" ", "")
        if re.fullmatch(rf".+\.(?:{_TOP})", domain):
            yield match.start(), f"{name}@{domain}"


def _is_meant(before: str, local: str, sign: str, host: re.Match[str]) -> bool:
    if {host["top"].lower(), local.lower().rpartition(".")[2]} & _FILES:
        return False
    if not local.isascii() or not _tidy(host).isascii():  # the @ of a name in a sentence is none
        return "@" in sign and not re.search(r"[。｡点\s]", host[0])
    hidden = not re.fullmatch(r"[\w.-]+", host[0])
    if sign.lower() == "at" and not (hidden or sign == "AT"):
        return bool(_LABEL.search(before))
    return sign != "#" or (len(local) > 1 and not re.search(r"[/?]\S*$", before) and not hidden)


def _tidy(host: re.Match[str]) -> str:
    return re.sub(_DOT, ".", host[0], flags=re.IGNORECASE)
