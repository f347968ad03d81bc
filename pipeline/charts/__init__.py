"""Charts in the house style, one function a kind."""

from .bars import Chart, bar_chart

__all__ = ["Chart", "bar_chart"]
