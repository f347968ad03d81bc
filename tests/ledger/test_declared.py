"""The ledgers that are built in, and what is made of their declarations."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.ledger import TABLES, Role
from pipeline.ledger.declaration import FIELD_PROPERTIES, LEDGER_PROPERTIES
from pipeline.ledger.dictionary import dictionary
from pipeline.ledger.roles import MEANINGS

ROOT = Path(__file__).parents[2]


def test_the_data_dictionary_is_in_step():
    """docs/data-dictionary.md is what the declarations give; write it anew with python -m pipeline.ledger.dictionary."""
    assert (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == dictionary()


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_explained(table):
    """Each column has one sentence in both languages and its role's type; every ledger ends with 备注."""
    ledger = TABLES[table]
    assert [column for column in ledger.columns if not column.base_of][-1].heading == "备注"
    assert ledger.zh.endswith("。")
    assert ledger.en.endswith(".")
    for column in ledger.columns:
        assert column.zh.endswith("。")
        assert column.en.endswith(".")
        assert column.kind == MEANINGS[column.role].kind


def test_ledgers_stand_in_the_order_of_the_report():
    """The order of sheets and of looking up is that of the declarations, whatever their files are called."""
    assert list(TABLES) == [
        "indicators", "initiatives", "policies", "coordination", "milestones", "list_reviews", "list_changes",
        "evaluation_steps", "outreach", "officers", "cases", "licences", "checks",
    ]  # fmt: skip


def test_every_role_is_used_and_described():
    """Each role is explained and is that of some built-in column: none is there for nothing."""
    used = {column.role for ledger in TABLES.values() for column in ledger.columns}
    assert used == set(MEANINGS) == set(Role)


def test_a_span_may_be_a_point_in_time():
    """口径 may say 时点: a count of what there is on one day."""
    assert TABLES["indicators"].column("口径").choices == ("当期", "本年累计", "开办以来累计", "时点", "未注明")


def test_reading_loads_no_writer_of_workbooks(sample):
    """A kernel that reads ledgers pays for pandas alone."""
    script = (
        "import sys; from pipeline.ledger import read; "
        f"read({str(sample.folder)!r}, 'outreach'); "
        "print({'openpyxl', 'python_calamine', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("role", Role)
def test_the_page_on_ledgers_lists_every_role(role):
    """docs/ledgers.md says of each role what it means, its type, and how many of it a ledger has."""
    meaning = MEANINGS[role]
    row = f"| `{role}` | {meaning.kind} | {'several' if meaning.several else 'one'} | {meaning.en} |"
    assert row in (ROOT / "docs" / "ledgers.md").read_text(encoding="utf-8").splitlines()


def test_the_page_on_ledgers_lists_every_property():
    """docs/ledgers.md explains each property that a declaration may have."""
    page = (ROOT / "docs" / "ledgers.md").read_text(encoding="utf-8")
    for name in (*LEDGER_PROPERTIES, *FIELD_PROPERTIES):
        assert f"| `{name}` | " in page or name == "description_en"
