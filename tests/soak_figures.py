"""What the soak tests counted, told at the end of a run: `make soak` is asked for figures, whichever process counted them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest

COUNTED, MOST = "soak-counted", "soak-most"  # user properties of a report, which reach the process that tells them


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """``counted("kills", run=3, new=2)`` adds to what this and other tests counted."""
    return lambda what, **numbers: record_property(COUNTED, [what, numbers])


@pytest.fixture
def most(record_property: Callable[[str, object], None]) -> Callable[[str, float], None]:
    """``most("megabytes", 97)``: only the largest of all is told."""
    return lambda what, number: record_property(MOST, [what, number])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that was counted: the sum, and what it is made of."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for what, numbers in _told(terminalreporter, COUNTED):
        counts[what].update(numbers)
    largest: dict[str, float] = {}
    for what, number in _told(terminalreporter, MOST):
        largest[what] = max(number, largest.get(what, number))
    if counts or largest:
        terminalreporter.section("figures")
    for what, numbers in sorted(counts.items()):
        parts = ", ".join(f"{part.replace('_', ' ')} {number}" for part, number in sorted(numbers.items()))
        terminalreporter.line(f"{what}: {sum(numbers.values())} ({parts})")
    for what, number in sorted(largest.items()):
        terminalreporter.line(f"{what}: at most {number:g}")


def _told(terminalreporter: pytest.TerminalReporter, name: str) -> Iterator[Any]:
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                yield from (value for key, value in report.user_properties if key == name)
