"""halfyear: from a half-year's ledgers and notebooks to one work report."""
