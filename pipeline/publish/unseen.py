"""What no reader of the report sees does not leave with the public edition: comments, definitions that nothing uses."""

from __future__ import annotations

import re

from ..render.markdown import markdown_to_html

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE_OR_COMMENT = re.compile(
    r"(?P<code>^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`))"
    r"|^ {0,3}<!--(?:(?!-->).)*(?:-->[ \t]*$|\Z)|<!--.*?-->",
    re.DOTALL | re.MULTILINE,
)
# Addresses of links, footnotes, and the comments that some write as an address: [//]: # (…).
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:.*(?:\n(?: {4}|\t).*)*\n?", re.MULTILINE)


def seen_markdown(text: str) -> str:
    """Markdown without comments and without definitions of addresses and footnotes that change nothing when they go."""
    if "<!--" in text:
        text = _CODE_OR_COMMENT.sub(lambda match: match["code"] or "", text)
    for match in reversed(list(_DEFINITION.finditer(text))):
        rest = text[: match.start()] + text[match.end() :]
        if _shown(rest) == _shown(text):
            text = rest
    return text


def seen_markup(html: str) -> str:
    """HTML or SVG without comments, processing instructions, templates and metadata."""
    if not re.search(r"<(?:!--|\?|template|metadata)", html):
        return html
    html = re.sub(r"<\?.*?\?>", "", _COMMENT.sub("", html), flags=re.DOTALL)
    return re.sub(r"<(template|metadata)\b.*?</\1\s*>", "", html, flags=re.DOTALL | re.IGNORECASE)


def _shown(text: str) -> list[str]:
    return markdown_to_html(text).split()
