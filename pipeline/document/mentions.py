"""Mentions of tables and charts as a notebook shows them: by the caption, though what has it may be shown only later."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import Any

_FIGURE = re.compile(r'<figure class="(?:table|chart)" id="([^"]+)"[^>]*>.*?<figcaption>(.*?)</figcaption>', re.DOTALL)
_MENTION = re.compile(r'<a class="ref" href="#([^"]+)">[^<]*</a>')
_WRITTEN = re.compile(r'(<a class=(\\?")ref\2 href=\2#([^"\\]+)\2>)[^<]*(?=</a>)')
_MARKUP = re.compile(r"<[^>]*>")
_MOST = 200  # shown texts whose mentions are kept current; those of cells that ran again are among them

_captions: dict[str, str] = {}
_shown: deque[tuple[set[str], Callable[[], None]]] = deque(maxlen=_MOST)


def mentions(markup: str) -> set[str]:
    """The names of the tables and charts that are mentioned."""
    return set(_MENTION.findall(markup))


def with_captions(markup: str) -> str:
    """Each mention reads as the caption of what it points to, as far as that was shown; stitching puts the number there."""
    return _MENTION.sub(lambda match: _mention(match[1]) if match[1] in _captions else match[0], markup)


def without_captions(text: str) -> str:
    """Each mention by its name again, in markup or in the text of a notebook's file: a report prints the number there."""
    return _WRITTEN.sub(r"\1\3", text)


def with_known_figures(markup: str) -> str:
    """The markup of a table or chart that is shown just now; what mentions it, shown before, then reads as its caption."""
    new = {name: _MARKUP.sub("", caption) for name, caption in _FIGURE.findall(markup)}
    changed = {name for name, caption in new.items() if _captions.get(name) != caption}
    _captions.update(new)
    for names, show_again in list(_shown):
        if names & changed:
            show_again()
    return with_captions(markup)


def show_with_mentions(markup: str, bundle: Callable[[], dict[str, Any]]) -> None:
    """Show what ``bundle`` gives, and again in the same place whenever what ``markup`` mentions gets its caption."""
    from IPython.display import display

    place = display(bundle(), raw=True, display_id=True)  # type: ignore[no-untyped-call]  # IPython does not say
    if place is not None:
        _shown.append((mentions(markup), lambda: place.update(bundle(), raw=True)))


def _mention(name: str) -> str:
    return f'<a class="ref" href="#{name}">{_captions[name]}</a>'
