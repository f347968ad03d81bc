"""What a check says of a half-year as a whole."""


def test_faultless_ledgers_have_no_problem(sample):
    """Ledgers without a fault give no problem, not even a warning."""
    assert sample.check() == []
