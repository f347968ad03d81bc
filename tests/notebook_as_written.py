"""A section's cells as an analyst writes them, for a type checker to read: see test_types.py. Nothing here is run.

A line that is wrong bears the error that a checker must find in it; one that it does not find is an error itself.
"""

from typing import assert_type

import pandas

from pipeline import (
    Fact,
    Section,
    bar_chart,
    count,
    documents,
    given,
    heading,
    join,
    listed,
    reference,
    say,
    share,
    table,
)

reform = Section("reform", "2021H1")
handled = reform.compared("indicators", initiative="", measure="办件量").sort_values("value", ascending=False)
assert_type(handled, pandas.DataFrame)
as_of = join(handled["as_of"].unique())
listed(
    handled,
    lambda row: given(row.value, f"{row.subject}办件量", row.change),
    lead=f"截至{as_of}，",
    end=f"（见{reference('handled')}）。",
)
listed(handled, "{subject}办件量{value}[{change}]", lead="本期", between="、")
listed(handled, ["办件量{value}", "{change}"], before="{subject}", within="、")
bar_chart(
    handled, label="subject", value="value", base="previous", name="bars", caption="办件量", legend=("本期", "上期")
)
table(handled, {"subject": "改革事项", "value": "办件量"}, name="handled", caption="各改革事项办件量", unit="件")

accepted, granted = reform.fact("一业一证", "办件量"), reform.fact("一业一证", "许可量", as_of="2021-06")
assert_type(accepted, Fact)
assert_type(share(granted, accepted), Fact)
assert_type(granted / accepted + 1, Fact)
assert_type(accepted > granted, bool)
assert_type(count(reform.table("policies"), "份"), Fact)
say(f"受理{accepted}，{'多' if accepted > 300 else '少'}于三百件。") + reform.prose("overview")
about = reform.about("一业一证")
documents(about.table("policies", relation="依据"), lead="主要依据为")
heading(3, about.title)

listed(handled, 3)  # type: ignore[arg-type]
share(granted, "322")  # type: ignore[arg-type]
reform.fact("一业一证")  # type: ignore[call-arg]
heading("3", "标题")  # type: ignore[arg-type]
table(handled, name="handled", caption="各改革事项办件量")  # type: ignore[call-arg]
accepted.quantity = None  # type: ignore[assignment]
reform.tabel("policies")  # type: ignore[attr-defined]
