"""Where an office begins: a new workspace, one more chapter, an older workspace brought forward."""

from .another_chapter import HEADINGS, another_chapter
from .bring_forward import Forward, bring_forward
from .new_workspace import new_workspace

__all__ = ["HEADINGS", "Forward", "another_chapter", "bring_forward", "new_workspace"]
