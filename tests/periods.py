"""Periods of every kind, drawn by property tests."""

from hypothesis import strategies as st

from pipeline.period import KINDS, Period

PERIODS = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.builds(
        Period,
        st.just(kind),
        st.integers(1900, 2099),
        st.integers(2 if kind == "months" else 1, 12 // KINDS[kind].months),
    )
)
