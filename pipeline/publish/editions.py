"""The public edition: the sections as they were executed, without what must stay inside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from ..document.markup import NOT_SHOWN
from ..document.source_rows import rows_of
from ..findings import Finding, Place, Said
from ..render.notes_elsewhere import with_notes_from_elsewhere
from ..vouch.ledgers import Ledgers
from .public_html import public_html
from .public_markdown import HEADING, PublicCell, public_text, rewritten
from .unseen import seen_markdown, seen_markup

Notebook = Mapping[str, Any]
PUBLIC_FORM = "application/vnd.halfyear.public+json"  # an output's own form for the public edition
_SHOWN = ("text/html", "text/markdown", "image/png", "image/jpeg", "image/svg+xml")
_SOURCE = re.compile(r'data-source="([^"]*)"')
_REFERENCE = r'<a class="ref" href="#({})">[^<]*</a>'
_MARKUP = re.compile(r"<[^>]*>")
_OPENING = Said("the-opening")
_WORDS = re.compile(r'<span class="words[^"]*" data-source="(?P<source>[^"]*)">(?P<said>[^<]*)</span>')


@dataclass(frozen=True)
class PublicEdition:
    """Section notebooks that may leave the house, in their order, and what was left out of them."""

    notebooks: tuple[dict[str, Any] | None, ...]
    opening: str
    withheld: tuple[Finding, ...]


def public(notebooks: Sequence[Notebook | None], ledgers: Ledgers, *, opening: str = "") -> PublicEdition:
    """Leave out of executed section notebooks all that rests on internal records, before they are stitched.

    Internal is a record whose 公开属性 is neither blank nor 主动公开. With it go: each fact with a source among such
    records, be it one of many summed up, and the clause around it; each row of a table with such a fact or with words
    that only internal records have; charts that show one (or their ``PUBLIC_FORM``, where they have one); headings that
    name one, with all below them; what is marked ``data-disclosure="internal"`` and cells tagged ``internal``;
    references to tables and charts that went; comments, and definitions that nothing uses. Code, plain texts and streams go from every cell, for nobody can say
    what they hold.

    Args:
        notebooks: in the order of the report; None for a section that failed. ledgers: all that facts name as sources.
        opening: the report's opening, in Markdown.
    """
    withheld: list[Finding] = []
    gone: set[str] = set()
    tables = [None if one is None else _pieces(one, ledgers, withheld, gone) for one in notebooks]
    inside = _Inside(ledgers, frozenset(gone))
    made = tuple(None if cells is None else rewritten(cells, inside, withheld) for cells in tables)
    return PublicEdition(
        made, public_text(seen_markdown(opening), inside, withheld, Place(passage=_OPENING)), tuple(withheld)
    )


class _Inside:
    """Whether some markup holds anything that must stay inside."""

    def __init__(self, ledgers: Ledgers, gone: frozenset[str]) -> None:
        self._ledgers = ledgers
        self._gone = re.compile(_REFERENCE.format("|".join(map(re.escape, gone)))) if gone else None

    def __call__(self, markup: str) -> bool:
        if 'data-disclosure="internal"' in markup or (self._gone and self._gone.search(markup)):
            return True
        return self.says(markup) or any(self.rests_on(unescape(written)) for written in _SOURCE.findall(markup))

    def without_addresses(self, markup: str) -> str:
        """``markup`` in which words that public records say too no longer name the internal cell they were taken from."""
        return _WORDS.sub(self._public_words, markup)

    def _public_words(self, match: re.Match[str]) -> str:
        if not self.rests_on(unescape(match["source"])) or self.says(match["said"]):
            return match[0]
        cell = self._ledgers.public.names.get(" ".join(unescape(match["said"]).split()))
        return match[0].replace(match["source"], escape(cell)) if cell else match["said"]

    def says(self, markup: str) -> bool:
        """Whether words that only internal records have stand in it."""
        words = unescape(_MARKUP.sub("", markup))
        return any(text in words for text in self._ledgers.internal_texts)

    def rests_on(self, written: str) -> bool:
        """Whether one of the sources is an internal cell."""
        try:
            return any(map(self._ledgers.is_internal, rows_of(written)))
        except ValueError:
            return False


def _pieces(notebook: Notebook, ledgers: Ledgers, withheld: list[Finding], gone: set[str]) -> list[PublicCell]:
    """The cells that may be looked at, their tables and charts settled; texts still to be gone through."""
    inside = _Inside(ledgers, frozenset())
    title, cells = _title(notebook), []
    number = 0  # as JupyterLab shows the notebook, which has no injected parameters
    for cell in with_notes_from_elsewhere(notebook["cells"]):
        tags = set(cell["metadata"].get("tags", ()))
        number += "injected-parameters" not in tags
        if tags & {"remove-cell", "internal"}:
            continue
        kept = _bare(cell, number)
        where = Place(section=title, title=title, cell=number)
        cells.append(PublicCell(where, kept))
        if cell["cell_type"] == "markdown":
            kept["source"] = inside.without_addresses(seen_markdown("".join(cell["source"])))
        for output in cell.get("outputs", ()):
            data = {kind: inside.without_addresses(_seen(kind, one)) for kind, one in _public_data(output).items()}
            if "text/html" in data:
                before = data["text/html"]
                data["text/html"] = public_html(before, inside, withheld, where, gone)
                if not data["text/html"]:
                    data = {}
            if data:
                kept["outputs"].append({"output_type": "display_data", "data": data, "metadata": {}})
    return cells


def _seen(kind: str, said: str) -> str:
    """What of an output a reader sees."""
    if kind == "text/markdown":
        return seen_markdown(said)
    return seen_markup(said) if kind in ("text/html", "image/svg+xml") else said


def _title(notebook: Notebook) -> str:
    heading = next(
        (match for cell in notebook["cells"] for match in [HEADING.match("".join(cell["source"]))] if match), None
    )
    return heading[2] if heading else "notebook"


def _bare(cell: Mapping[str, Any], number: int) -> dict[str, Any]:
    """A cell without code, attachments, counts and metadata of others, which remembers its number among all of them."""
    tags = [tag for tag in cell["metadata"].get("tags", ()) if tag != "show-input"]
    kept = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id", "cell"),
        "metadata": ({"tags": tags} if tags else {}) | {"halfyear": {"cell": number}},
        "source": "",
    }
    return kept | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})


def _public_data(output: Mapping[str, Any]) -> dict[str, Any]:
    data = {} if NOT_SHOWN in output.get("metadata", {}) else output.get("data", {})
    data = data.get(PUBLIC_FORM) or data
    return {kind: value if isinstance(value, str) else "".join(value) for kind, value in data.items() if kind in _SHOWN}
