"""WordprocessingML from a semantic body: styles, numbering, captions, notes and tables that one can go on editing."""

from __future__ import annotations

from .document import word_document

__all__ = ["word_document"]
