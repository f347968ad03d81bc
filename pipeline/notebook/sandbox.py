"""What a placeholder may do: look up, calculate, join; nothing whose size or time a few characters could set.

Jinja's own sandbox keeps prose away from the machine, and does not ask how long an expression takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from ..errors import FactError

if TYPE_CHECKING:
    from jinja2.runtime import Context

_FILTERS = (
    "abs", "capitalize", "d", "default", "first", "float", "int", "join", "last", "length", "list", "lower", "max", "min",
    "replace", "reverse", "round", "sort", "string", "sum", "title", "trim", "unique", "upper",
)  # fmt: skip
_STATEMENTS = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.ImportedName, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)  # fmt: skip
_PADDING = ("center", "expandtabs", "format", "format_map", "ljust", "rjust", "translate", "zfill")
_LARGEST_BASE, _LARGEST_POWER = 1_000_000, 20


class PlaceholderSandbox(SandboxedEnvironment):
    """Where placeholders are filled: neither loops nor macros, a few filters, no text times a number."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, keep_trailing_newline=True, **options)
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.globals = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for found in tree.find_all(_STATEMENTS):
            raise TemplateSyntaxError("a loop", found.lineno, name, filename)
        return tree

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse what makes much of little.

        Raises:
            FactError: a text or a list times a number, a formatted text, or a large power.
        """
        if any(isinstance(side, str | list | tuple) for side in (left, right)) or (
            operator == "**" and not (abs(left) <= _LARGEST_BASE and abs(right) <= _LARGEST_POWER)
        ):
            raise FactError("placeholder-too-much")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """Jinja would let texts format themselves, to any width."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Texts do not pad themselves."""
        return not (isinstance(obj, str) and attr in _PADDING) and super().is_safe_attribute(obj, attr, value)


_LEXER = PlaceholderSandbox().lexer  # its patterns are compiled with the module: processes forked from here have them
