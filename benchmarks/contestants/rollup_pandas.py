"""The least that a roll-up is: every office's indicators read by pandas, grouped and summed: PROVINCE PERIOD."""

import sys
from pathlib import Path

import pandas

province, period = sys.argv[1:]
files = [
    path / "data" / period / "tables" / "indicators.csv"
    for path in sorted(Path(province).glob("37*"))
    if not path.name.endswith("00")
]
figures = pandas.concat(
    pandas.read_csv(file, dtype=str, encoding="utf-8-sig").assign(office=str(file)) for file in files
)
figures["数值"] = pandas.to_numeric(figures["数值"], errors="coerce")
by = ["板块", "改革事项", "对象", "指标", "单位", "口径", "截至"]
figures.groupby(by, dropna=False, sort=False)["数值"].sum().reset_index().to_csv("totals.csv", index=False)
