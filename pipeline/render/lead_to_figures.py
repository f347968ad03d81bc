"""Every table and chart is mentioned in the text: one that no text mentions by the paragraph before it, or by its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

_FIGURE = re.compile(r'<figure class="(?:table|chart)" id="([^"]+)"')
_REFERENCE = re.compile(r'<a class="ref" href="#([^"]+)">')
_NO_PARAGRAPH = re.compile(r"\s{4}|\s*(?:[#>|+*-]|\d+[.)]\s|```|~~~|</?(?!data|span|a\b))")


@dataclass
class _Text:
    """A piece of Markdown, which stands in ``holder[key]``, and the figures behind it that it is to mention."""

    holder: dict[str, Any]
    key: str
    names: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        text = self.holder[self.key]
        return text if isinstance(text, str) else "".join(text)

    @property
    def can_mention(self) -> bool:
        last = self.said.rstrip().rpartition("\n")[2]
        return last.endswith(("。", "：")) and not _NO_PARAGRAPH.match(last)

    def mention(self) -> None:
        """详见表1。 at the end, or （见表1） before a colon."""
        if self.names:
            named = "、".join(f'<a class="ref" href="#{name}">{name}</a>' for name in self.names)
            text = self.said.rstrip()
            self.holder[self.key] = f"{text[:-1]}（见{named}）：" if text.endswith("：") else f"{text}详见{named}。"


def lead_to_figures(cells: Iterable[dict[str, Any]]) -> None:
    """See to it that some text of these cells of a stitched notebook leads to each of their tables and charts."""
    cells = list(cells)
    mentioned = {name for cell in cells for text in _texts(cell) for name in _REFERENCE.findall(text.said)}
    before: list[_Text] = []
    for cell in cells:
        if cell["cell_type"] == "markdown":
            before.append(_Text(cell, "source"))
        else:
            cell["outputs"] = list(_led_to(cell["outputs"], before, mentioned))
    for text in before:
        text.mention()


def _led_to(outputs: list[dict[str, Any]], before: list[_Text], mentioned: set[str]) -> Iterator[dict[str, Any]]:
    """The outputs of a cell, one of our own before a figure that follows no paragraph; all texts are added to ``before``."""
    for output in outputs:
        data = output.get("data", {})
        html = "".join(data.get("text/html", ""))
        for name in _FIGURE.findall(html):
            if name in mentioned:
                continue
            if not (before and before[-1].can_mention):
                own = {"output_type": "display_data", "data": {"text/markdown": "有关情况如下："}, "metadata": {}}
                before.append(_Text(own["data"], "text/markdown"))  # type: ignore[arg-type]  # the dictionary above
                yield own
            before[-1].names.append(name)
        if "text/markdown" in data:
            before.append(_Text(data, "text/markdown"))
        yield output


def _texts(cell: dict[str, Any]) -> Iterator[_Text]:
    if cell["cell_type"] == "markdown":
        yield _Text(cell, "source")
    for output in cell.get("outputs", ()):
        if "text/markdown" in output.get("data", {}):
            yield _Text(output["data"], "text/markdown")
