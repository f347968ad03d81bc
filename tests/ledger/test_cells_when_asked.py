"""Rows of a ledger whose cells are made when they are asked for: the same as if all had been made at once."""

import copy
import pickle
import weakref

import pandas as pd
import pytest

from pipeline.facts import Fact, Quantity, Sources, StatedWords
from pipeline.ledger.cells_when_asked import made, when_asked
from pipeline.notebook.named_rows import LedgerRows, LedgerRowsWhenAsked

HEADINGS = {"kind": "类型", "count": "件数", "note": "备注"}
READ = pd.DataFrame(
    {"kind": list("甲乙甲丙乙"), "count": [3, 1, 4, 1, 5], "note": ["", "补", "", "", "迟"]},
    index=pd.RangeIndex(2, 7, name="row"),
)
STEPS = {
    "a column": lambda rows: rows["count"],
    "a column by its heading": lambda rows: rows["件数"],
    "an attribute": lambda rows: rows.类型,
    "a sum": lambda rows: rows["count"].sum(),
    "rows with a value": lambda rows: rows[rows["类型"] == "甲"],
    "rows of rows": lambda rows: rows[rows["kind"] == "甲"].pipe(lambda chosen: chosen[chosen["count"] > 3]),
    "all rows": lambda rows: rows[[True] * 5],
    "a slice": lambda rows: rows[1:3],
    "some columns": lambda rows: rows[["note", "件数"]],
    "a column twice": lambda rows: rows[["count", "count"]],
    "a cell": lambda rows: rows.loc[3, "count"],
    "a place": lambda rows: rows.iloc[-1],
    "a cell of rows with a value": lambda rows: rows.loc[rows["kind"] == "丙", "count"],
    "sums of groups": lambda rows: rows.groupby("类型")["件数"].sum(),
    "groups": lambda rows: {name: group["count"].sum() for name, group in rows.groupby("kind")},
    "in order": lambda rows: rows.sort_values("件数", ascending=False),
    "the first": lambda rows: rows.head(2),
    "tuples": lambda rows: [tuple(row) for row in rows.itertuples()],
    "a row each": lambda rows: rows.apply(lambda row: row["count"] + row["件数"], axis=1),
    "each cell": lambda rows: rows.map(str),
    "renamed": lambda rows: rows.rename(columns={"count": "数"}),
    "one more column": lambda rows: rows.assign(twice=rows["count"] * 2),
    "merged": lambda rows: rows.merge(rows[["kind", "count"]], on="kind"),
    "one below another": lambda rows: pd.concat([rows, rows]),
    "turned": lambda rows: rows.T,
    "text": lambda rows: rows.to_csv(),
    "an array": lambda rows: rows.to_numpy().tolist(),
    "as a notebook shows it": lambda rows: rows._repr_html_(),
    "what there is": lambda rows: (
        len(rows),
        rows.shape,
        list(rows),
        "count" in rows,
        rows.empty,
        rows.ndim,
        rows.attrs,
    ),
    "a copy": lambda rows: rows.copy(),
    "a deep copy": copy.deepcopy,
    "kinds": lambda rows: rows.dtypes.astype(str),
}


def cells(read, field):
    """Words and facts that know the row."""
    values = zip(read[field], read.index, strict=True)
    if field == "count":
        each = [
            Fact(Quantity.parse(str(one), unit="件"), Sources.cell("tables/a.csv", row, "件数")) for one, row in values
        ]
    else:
        each = [StatedWords(one, Sources.cell("tables/a.csv", row, HEADINGS[field])) for one, row in values]
    return pd.Series(each, index=read.index, dtype=object)


def rows_when_asked(make=cells):
    rows = when_asked(LedgerRowsWhenAsked, READ, make)
    rows.attrs = {"headings": HEADINGS}
    return rows


def said(found):
    """All that a result is: each cell in the document's words, with its sources, and what the frame says of itself."""
    if isinstance(found, pd.DataFrame | pd.Series):
        cells = [list(found.columns) if isinstance(found, pd.DataFrame) else found.name, found.to_numpy().tolist()]
        kind = LedgerRows if isinstance(found, LedgerRows) else type(found)
        return kind, said(cells), found.index.tolist(), found.index.name, found.attrs
    if isinstance(found, dict | list | tuple):
        return [said(each) for each in (found.items() if isinstance(found, dict) else found)]
    return f"{type(found).__name__} {found}"


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_a_step_gives_what_it_gives_of_made_cells(step):
    """Whatever pandas is asked for, cells made when asked for give what cells give that were made before."""
    assert said(step(rows_when_asked())) == said(step(made(rows_when_asked())))


def test_what_is_set_stays():
    """Names, labels, columns and cells that are set in rows not yet made are as in rows that are."""

    def changed(rows):
        rows["half"] = rows["count"] / 2
        rows.loc[2, "kind"] = "丁"
        rows.index = range(5)
        rows.columns = ["类", "数", "注", "半"]
        return rows

    assert said(changed(rows_when_asked())) == said(changed(made(rows_when_asked())))
    assert said(rows_when_asked())[1] == said(pickle.loads(pickle.dumps(made(rows_when_asked()))))[1]


def test_a_column_that_is_added_up_makes_no_other():
    """A sum over rows with a value, or by group, makes cells of the columns it looks at, of the chosen rows alone, and once."""
    asked = []

    def noting(read, field):
        asked.append((field, len(read)))
        return cells(read, field)

    rows = rows_when_asked(noting)
    first = rows[rows["类型"] == "乙"]
    assert first["件数"].sum() == first["count"].sum() == 6
    assert asked == [("kind", 5), ("count", 2)]
    assert rows.groupby("kind")["count"].sum().tolist() == [1, 6, 7]
    assert asked == [("kind", 5), ("count", 2), ("count", 5)]


def test_rows_that_are_stopped_while_being_made_are_made_the_next_time():
    """An interrupt while the cells are made leaves rows that make them when they are asked for again."""
    stopped = iter([True])

    def stopping(read, field):
        if field == "note" and next(stopped, False):
            raise KeyboardInterrupt
        return cells(read, field)

    rows = rows_when_asked(stopping)
    with pytest.raises(KeyboardInterrupt):
        rows.copy()
    assert said(rows.copy()) == said(made(rows_when_asked()))


def test_what_was_read_is_let_go_once_all_is_made():
    """Rows that are made hold nothing of what they were made of."""
    rows = rows_when_asked()
    held = weakref.ref(rows._unmade)
    made(rows)
    assert held() is None
    assert type(rows) is LedgerRows
