"""Recognising personal data in a text."""

from .recognise import Hit, personal

__all__ = ["Hit", "personal"]
