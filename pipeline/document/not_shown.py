"""What a cell words and does not show: of its lines the last alone is shown, and Python drops the values of all others.

A heading in a loop or the first of two sentences would be missing from the report without a word. So each statement that is
nothing but a value hands it in, and what was made for the report among these is told at the end of the cell.
"""

from __future__ import annotations

import ast
import builtins
from html import escape
from typing import Any

from ..findings import Said, language
from .markup import NOT_SHOWN, ForTheReport

_HAND_IN = "__halfyear_hand_in__"  # a built-in name, so that functions of the notebook find it wherever they run
_MOST = 30  # characters of each
_NO_VALUES = (ast.Constant, ast.JoinedStr, ast.Await, ast.Yield, ast.YieldFrom)


def offer(shell: Any) -> None:
    """Have the shell of a kernel tell what its cells word and do not show."""
    if not any(isinstance(each, _HandsIn) for each in shell.ast_transformers):
        dropped = _Dropped()
        setattr(builtins, _HAND_IN, dropped.hand_in)
        shell.ast_transformers.append(_HandsIn(shell))
        shell.events.register("post_run_cell", dropped.tell)


class _HandsIn(ast.NodeTransformer):
    """Rewrites a cell so that the values of its statements are handed in, but for the one that IPython shows."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell

    def visit_Module(self, cell: ast.Module) -> ast.Module:
        cell.body = [line if self._is_shown(line, cell) else self.visit(line) for line in cell.body]
        return cell

    def visit_Expr(self, line: ast.Expr) -> ast.Expr:
        if not isinstance(line.value, _NO_VALUES):
            name = ast.copy_location(ast.Name(_HAND_IN, ast.Load()), line.value)
            line.value = ast.copy_location(ast.Call(name, [line.value], []), line.value)
        return line

    def _is_shown(self, line: ast.stmt, cell: ast.Module) -> bool:
        if not isinstance(line, ast.Expr):
            return False
        is_last = line is cell.body[-1] and not self._shell.displayhook.quiet()
        return is_last or self._shell.ast_node_interactivity == "all"


class _Dropped:
    """What the cell that runs has handed in so far."""

    def __init__(self) -> None:
        self._values: list[ForTheReport] = []

    def hand_in(self, value: object) -> None:
        """Keep a value that its statement drops, if it was made for the report."""
        each = value if isinstance(value, list | tuple) else (value,)
        self._values += (one for one in each if isinstance(one, ForTheReport))

    def tell(self, _result: object) -> None:
        """Tell the analyst, and by the output's metadata the report, what was not shown; IPython calls it after each cell."""
        values, self._values = self._values, []
        said = (" ".join(repr(one).split()).lstrip("# ") for one in values if not getattr(one, "was_shown", False))
        words = [f"“{one[:_MOST]}{'…' * (len(one) > _MOST)}”" for one in said if one]
        if words:
            from IPython.display import publish_display_data

            text = Said("words-not-shown", value="、".join(words), count=len(words)).text(language())
            publish_display_data(  # type: ignore[no-untyped-call]  # IPython does not say
                {"text/html": f"<p>{escape(text)}</p>"}, {NOT_SHOWN: words}
            )
