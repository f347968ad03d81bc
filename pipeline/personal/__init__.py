"""Recognising personal data in a text, however it is disguised."""

from .readings import text_of
from .recognise import Hit, personal, revealing

__all__ = ["Hit", "personal", "revealing", "text_of"]
