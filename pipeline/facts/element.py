"""Where text becomes markup: the elements of facts and words, and the escaping of all else, at this one place.

Whatever is worded in a notebook is text: what a cell says, what an f-string puts around it, what was joined or cut. Only
elements that this process made itself stay elements; the rest prints as typed, in Markdown and in HTML alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

_ELEMENT = re.compile(r'<(?P<tag>data|span|a) class="(?:fact|words|ref)[^"<>]*"[^<>]*>(?P<said>[^<]*)</(?P=tag)>')
_FACT = re.compile(
    r'(?P<start><data class="fact" value="[^"]*" data-source="(?P<sources>[^"]*)"(?: data-derivation="(?P<derivation>[^"]*)")?'
    r'(?: data-qualifier="[^"]*")?)>'
)
_POINTED_AT = "border-bottom: 1px dotted; cursor: help"
_EXPLAINED = re.compile(rf' title=(?P<quote>\\?")[^"]*?(?P=quote) style=(?P=quote){_POINTED_AT}(?P=quote)(?=>)')
_MADE: set[int] = set()  # the elements made in this process: what merely looks like one, in a cell, is none
_ACTIVE = re.compile(r"[&\\`*_~$|#\[\]]|<(?=[a-zA-Z/!?])|:(?=//)")
# What begins a list, a quotation, a rule, a definition or code where it stands first in a line.
_MARKER = r"(?P<lead>[ ]{0,3}(?:\d{1,9}(?=[.)](?:\s|$)))?)(?P<mark>[>+=:-]|(?<=\d)[.)]|(?<![ ])[ ]{4}|\t)"
_FIRST, _LATER = (re.compile(rf"{start}{_MARKER}") for start in (r"(?:\A|(?<=\n))", r"(?<=\n)"))
_INSIDE = str.maketrans({mark: f"&#{ord(mark)};" for mark in "<>\n\r"})
# JupyterLab sets what stands between two dollar signs of a page as a formula, but for elements of this class.
_FORMULA, _NO_FORMULA = re.compile("&#(?:36|92);"), "mathjax_ignore"
_IN_ATTRIBUTE = re.compile(r"[\\`*~$|\[\]]")


def escaped(text: str, *, begins: bool = True) -> str:
    """``text`` so that it prints as typed wherever Markdown or HTML is read; a line feed stays one.

    Args:
        begins: whether it may begin a paragraph, where 1. or - would be a list.
    """
    return _FORMULA.sub(lambda match: f'<span class="{_NO_FORMULA}">{match[0]}</span>', _escaped(text, begins=begins))


def _escaped(text: str, *, begins: bool) -> str:
    plain = _ACTIVE.sub(lambda match: _numeric(match[0]), text)
    return (_FIRST if begins else _LATER).sub(lambda match: match["lead"] + _numeric(match["mark"]), plain)


def marked(value: object) -> str:
    """What ``value`` says, with facts, words and references in it, as markup: our elements stay, all else is text."""
    return "".join(
        written if ours else escaped(written, begins=place == 0)
        for place, (written, _, ours) in enumerate(_pieces(f"{value}"))
    )


def plain(value: object) -> str:
    """What a reader sees of ``value``: facts, words and references without their elements, all else as it is."""
    return "".join(said for _, said, _ in _pieces(f"{value}"))


def fact_element(printed: str, value: str, sources: object, *, derivation: str = "", qualifier: str = "") -> str:
    """The ``<data>`` element in which a fact stands in the document (docs/design.md)."""
    extra = f' data-derivation="{derivation}"' if derivation else ""
    extra += f' data-qualifier="{qualifier}"' if qualifier else ""
    start = f'<data class="fact" value="{_attribute(value)}" data-source="{_attribute(str(sources))}"{extra}>'
    return _made(f"{start}{escape(printed)}</data>")


def explained(markup: str, worded: Callable[[str, str], str]) -> str:
    """``markup`` with each fact's source on pointing at it, by what an untrusted notebook keeps: a title and a line below.

    Args:
        worded: says a ``data-source`` and a derivation in words; "" where there is nothing to say.
    """

    def with_note(match: re.Match[str]) -> str:
        note = worded(unescape(match["sources"]), match["derivation"] or "")
        return f'{match["start"]} title="{_attribute(note)}" style="{_POINTED_AT}">' if note else match[0]

    return _FACT.sub(with_note, markup)


def unexplained(markup: str) -> str:
    """``markup``, or the text of a notebook's file, as it was before :func:`explained`: a report says sources in its own way."""
    return _EXPLAINED.sub("", markup)


def words_element(text: str, sources: object) -> str:
    """The ``<span>`` in which a ledger's words stand in the document, on one line whatever they hold."""
    said = _escaped(text, begins=True).translate(_INSIDE)
    kind = f"words {_NO_FORMULA}" if _FORMULA.search(said) else "words"
    return _made(f'<span class="{kind}" data-source="{_attribute(str(sources))}">{said}</span>')


def reference_element(name: str) -> str:
    """The ``<a>`` that mentions the table or chart of that name."""
    return _made(f'<a class="ref" href="#{name}">{name}</a>')


def _made(element: str) -> str:
    _MADE.add(hash(element))
    return element


def _pieces(text: str) -> Iterator[tuple[str, str, bool]]:
    """(as written, as read, whether it is an element of ours) of each stretch of ``text``."""
    begin = 0
    for match in _ELEMENT.finditer(text):
        if hash(match[0]) in _MADE:
            if begin < match.start():
                yield text[begin : match.start()], text[begin : match.start()], False
            yield match[0], unescape(match["said"]), True
            begin = match.end()
    if begin < len(text):
        yield text[begin:], text[begin:], False


def _attribute(text: str) -> str:
    return _IN_ATTRIBUTE.sub(lambda match: _numeric(match[0]), escape(text))


def _numeric(mark: str) -> str:
    return f"&#{ord(mark[0])};{mark[1:]}"
