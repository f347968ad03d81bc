"""Recognising personal data in a text, however it is disguised."""

from .first_look import may_hold_personal_data
from .readings import text_of
from .recognise import Hit, personal, revealing

__all__ = ["Hit", "may_hold_personal_data", "personal", "revealing", "text_of"]
