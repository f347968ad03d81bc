"""Kernels that are ready before they are asked for: forked from a warm process where possible, ordinary where not."""
