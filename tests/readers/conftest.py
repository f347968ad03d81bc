"""What the readers of a report must find in it."""

import pytest
from words import Words


@pytest.fixture(scope="session")
def words(report):
    """The words of the finished report."""
    return Words.of(report)
