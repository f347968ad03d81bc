"""A plain page for what is said about reports: no script, nothing fetched, printable."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from pathlib import Path

MADE_BY = "halfyear"
_DIGEST = re.compile(r'<meta name="digest" content="[0-9a-f]{64}">\n')
STYLE = """
:root { color-scheme: light dark; --paper: #fffefb; --ink: #1c1c20; --soft: #55545a; --rule: #cfcbc0; --line: #8a877e; --link: #1d4f7c; font: 16px/1.7 "Noto Serif SC", "Source Han Serif SC", "FangSong", serif; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #17181b; --ink: #e6e4de; --soft: #b4b2ad; --rule: #4a4c52; --line: #6b6d73; --link: #8fbbe8; } }
html, body { color: var(--ink); background: var(--paper); }
a { color: var(--link); }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { font-family: "Noto Sans SC", "Source Han Sans SC", "SimHei", sans-serif; line-height: 1.4; }
h1 { font-size: 1.5rem; text-align: center; } h2 { font-size: 1.15rem; } h3 { font-size: 1rem; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { text-align: center; }
.blank { height: 2.6rem; } .failed { font-weight: bold; }
.scroll { overflow-x: auto; margin: 1rem 0; }
.scroll :is(th, td) { overflow-wrap: normal; min-width: 4em; }
.whole { white-space: nowrap; }
@media (max-width: 30rem) { body { margin: 1rem auto; } .scroll table { width: max-content; } .scroll td { max-width: 14em; } }
@media print { @page { size: A4; margin: 20mm 22mm; } body { margin: 0; max-width: none; font-size: 10.5pt; line-height: 1.45; } .scroll { overflow: visible; } }
"""


def mark(made_by: str = MADE_BY) -> str:
    """What tells in a page that we made it, and as what."""
    return f'<meta name="generator" content="{made_by}">'


def is_own_page(path: Path, made_by: str) -> bool:
    """Whether a file is a page made here by ``made_by`` and not changed since: it carries its own digest."""
    if not names_its_maker(path, made_by):
        return False
    text = path.read_text(encoding="utf-8", errors="replace")
    found = _DIGEST.search(text)
    return found is not None and _digest_meta(_DIGEST.sub("", text, count=1)) == found[0]


def names_its_maker(path: Path, made_by: str) -> bool:
    """Whether a file says that it is a page of ``made_by``, changed since or not."""
    regular = path.is_file() and not path.is_symlink()
    return regular and mark(made_by) in path.read_text(encoding="utf-8", errors="replace")


def page(title: str, body: str, *, style: str = STYLE, made_by: str = MADE_BY) -> str:
    """An HTML page of ``body`` under the heading ``title``; ``mark(made_by)`` stands in it, and its own digest."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head, rest = (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{mark(made_by)}\n",
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n{body}\n"
        "</main>\n</body>\n</html>\n",
    )
    return head + _digest_meta(head + rest) + rest


def _digest_meta(text: str) -> str:
    return f'<meta name="digest" content="{hashlib.sha256(text.encode()).hexdigest()}">\n'
