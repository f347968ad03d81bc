"""The ledgers' classes, and what is made of them."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pandera
import pytest
from samples import ROWS

from pipeline.ledger import TABLES, Ledger, read
from pipeline.ledger.columns import Column
from pipeline.ledger.dictionary import dictionary
from pipeline.ledger.model import model

ROOT = Path(__file__).parents[2]


def texts(table, **cells):
    """A frame of texts with one faultless row, but for these cells."""
    row = {**ROWS[table], **cells}
    return pd.DataFrame([{heading: row.get(heading, "") for heading in TABLES[table].headings()}], dtype=object)


def test_the_data_dictionary_is_in_step():
    """docs/data-dictionary.md is what the classes give; write it anew with python -m pipeline.ledger.dictionary."""
    assert (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == dictionary()


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_explained(table):
    """Each column has its own heading and field and one sentence in both languages; every ledger ends with 备注."""
    ledger = TABLES[table]
    assert len({column.heading for column in ledger.columns}) == len(ledger.columns)
    assert ledger.columns[-1].heading == "备注"
    assert ledger.row_zh.endswith("。")
    assert (ledger.__doc__ or "").endswith(".")
    for column in ledger.columns:
        assert column.zh.endswith("。")
        assert column.en.endswith(".")
        assert {column.unit_from, column.qualifier_from} <= {"", *(each.field for each in ledger.columns)}


@pytest.mark.parametrize("table", TABLES)
def test_the_model_is_one_of_pandera(table):
    """Each ledger gives a pandera model by Chinese heading, with the English name and sentence of each column."""
    made = model(table)
    assert issubclass(made, pandera.DataFrameModel)
    columns = made.to_schema().columns
    assert list(columns) == TABLES[table].headings()
    for column in TABLES[table].columns:
        assert (columns[column.heading].title, columns[column.heading].description) == (column.field, column.en)
    made.validate(texts(table))


@pytest.mark.parametrize(
    ("table", "cells", "check"),
    [
        ("outreach", {"活动": ""}, "required"),
        ("cases", {"类型": "行政诉诉"}, "choice"),
        ("initiatives", {"编号": "示例"}, "slug"),
        ("outreach", {"接待群众": "3千余"}, "figure"),
        ("milestones", {"日期": "昨天"}, "date"),
    ],
)
def test_the_model_refuses_by_name(table, cells, check):
    """The pandera model names the check that a cell fails."""
    with pytest.raises(pandera.errors.SchemaErrors) as refused:
        model(table).validate(texts(table, **cells), lazy=True)
    assert list(refused.value.failure_cases["check"]) == [check]


def test_a_new_ledger_is_one_class(sample):
    """A class more is a ledger more: it is read, checked, offered in templates and described, with nothing else told."""
    try:

        class Visits(Ledger, stem="visits", sheet="来访接待", key=("visitor",)):
            """One visit."""

            row_zh = "一行写一次来访。"

            visitor = Column("来访单位", "来访的单位。", "Who came.", required=True)
            people = Column("人数", "来访的人数。", "How many came.", "stated", unit="人", counts=True)
            note = Column("备注", "说明。", "A remark.")

        sample.write("tables/visits.csv", "来访单位,人数\n示例局,5余\n示例局,-2\n".encode())
        assert [(problem.code, problem.place.name()) for problem in sample.check()] == [
            ("duplicate", "tables/visits.csv!A2:A3"),
            ("negative", "tables/visits.csv!B3"),
        ]
        assert str(read(sample.folder, "visits").people[2]) == "5余人"
        assert "| 来访单位 | `visitor` | text | yes | Who came. |" in dictionary()
    finally:
        TABLES.pop("visits", None)


def test_reading_loads_neither_pandera_nor_openpyxl(sample):
    """A kernel that reads ledgers pays for pandas alone."""
    script = (
        "import sys; from pipeline.ledger import read; "
        f"read({str(sample.folder)!r}, 'outreach'); "
        "print({'pandera', 'openpyxl', 'python_calamine'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
