"""What is asked of a document's elements everywhere: what they stand in, their ids, links and levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement


@overload
def around(element: HtmlElement) -> HtmlElement: ...


@overload
def around(element: _Element) -> _Element: ...


def around(element: _Element) -> _Element:
    """What an element inside a document stands in."""
    found = element.getparent()
    assert found is not None, f"<{element.tag!s}> stands in nothing"
    return found


def wrap(element: HtmlElement, wrapper: HtmlElement) -> None:
    """Put ``wrapper`` around an element; what follows it follows the wrapper."""
    wrapper.tail, element.tail = element.tail, None
    around(element).replace(element, wrapper)
    wrapper.append(element)


def level_of(heading: HtmlElement) -> int:
    """1 for an ``<h1>``, 6 for an ``<h6>``."""
    return int(str(heading.tag)[1])


def ids_in(root: HtmlElement) -> set[str]:
    """The ids there are."""
    return {name for element in root.iter() if (name := element.get("id"))}


def links_within(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Each link that leads to a place of the same document, and the id it leads to."""
    for link in root.iter("a"):
        target = link.get("href", "")
        if target.startswith("#"):
            yield link, target[1:]
