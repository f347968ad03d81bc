"""Which characters no page can show, asked of Typst itself, so that what `check` passes can be set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from ...facts.unprintable import UNSEEN
from ..fonts import typst_fonts

# Not in any face, or of the private use area, which PDF/A refuses whatever a face has there.
_REFUSED = re.compile(r'the (?:text|codepoint) `"(.+?)"`')
STANDARDS: tuple[Literal["a-2a", "ua-1"], ...] = ("a-2a", "ua-1")
# Latin-1, marks of punctuation, Han and full-width forms: the faces of the installed packages have each of them.
COMMON = "\t-\r -~\xa0-\xff‐-‖‘’“”†‡•…‰′″※\u3000-〿ぁ-ゖァ-ヺ一-\u9fef！-～"
_RARE = re.compile(f"[^{COMMON}]+")
_known: dict[str, bool] = {}  # rare characters that Typst was asked about: whether no face has them


def undrawn(text: str) -> list[str]:
    """The characters of ``text`` that no PDF can show, each once; what is told otherwise, such as controls, aside."""
    rare = [each for each in dict.fromkeys("".join(_RARE.findall(text))) if not UNSEEN.match(each)]
    if new := [each for each in rare if each not in _known]:
        refused = "".join(_refused(new))
        _known.update({each: each in refused for each in new})
    return [each for each in rare if _known[each]]


def texts_of(diagnostic: str) -> list[str]:
    """The texts that Typst says it cannot put into a PDF."""
    return [re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), text) for text in _REFUSED.findall(diagnostic)]


def _refused(characters: Iterable[str]) -> list[str]:
    """What Typst cannot display of characters, each set alone; marks on a letter, as they stand in texts."""
    import typst

    from .text import string

    alone = (f"a{each}" if unicodedata.category(each).startswith("M") else each for each in characters)
    source = '#set document(title: "a", date: auto)\n' + "\n\n".join(f"#{string(each)}" for each in alone)
    try:
        typst.compile(
            source.encode(),
            font_paths=typst_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=0,
        )
    except typst.TypstError as error:
        return texts_of(error.diagnostic)
    return []
