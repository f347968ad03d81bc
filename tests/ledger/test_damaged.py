"""Files damaged at random: whatever the bytes, a check ends with problems or without, and with nothing else."""

from __future__ import annotations

import functools
import io
import zipfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from samples import ROWS, table_bytes
from workbooks import saved, zipped

from pipeline.findings import Finding
from pipeline.ledger import TABLES

BYTES = st.sampled_from(
    [b"", b"\x00", b"\xff", b'"', b"<", b"/>", b"9999999999", b"-1", b"A0", b"<row/>", b"=1", b"\n", b","]
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), BYTES), min_size=1, max_size=6)
ONCE_A_FIXTURE = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@functools.cache
def workbook_parts() -> dict[str, bytes]:
    """A workbook with two ledgers, taken apart."""
    book = Workbook()
    book.remove(book.active)
    for name in ("licences", "outreach"):
        sheet = book.create_sheet(TABLES[name].sheet)
        sheet.append(TABLES[name].headings())
        sheet.append([ROWS[name].get(heading) for heading in TABLES[name].headings()])
    with zipfile.ZipFile(io.BytesIO(saved(book))) as package:
        return {part.filename: package.read(part) for part in package.infolist()}


def damaged(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """``content`` with some bytes taken out and others put in."""
    for share, length, inserted in edits:
        place = int(share * len(content))
        content = content[:place] + inserted + content[place + length :]
    return content


def told(problems: list[Finding]) -> bool:
    """Whether every problem can be said in both languages."""
    return all(problem.text(lang) for problem in problems for lang in ("zh", "en"))


@ONCE_A_FIXTURE
@given(EDITS)
def test_a_damaged_text_file_is_told(sample, edits):
    """A CSV file with bytes lost and added gives problems that can be said, and no other error."""
    sample.only()
    sample.write("tables/outreach.csv", damaged(table_bytes("outreach", [ROWS["outreach"]] * 3), edits))
    assert told(sample.check())


@ONCE_A_FIXTURE
@given(EDITS)
def test_a_damaged_package_is_told(sample, edits):
    """A workbook with bytes lost and added gives problems that can be said, and no other error."""
    sample.only()
    sample.write("tables.xlsx", damaged(zipped(workbook_parts()), edits))
    assert told(sample.check())


@ONCE_A_FIXTURE
@given(st.data(), EDITS)
def test_a_damaged_part_of_a_package_is_told(sample, data, edits):
    """A sound package around a damaged part gives problems that can be said, and no other error."""
    parts = dict(workbook_parts())
    name = data.draw(st.sampled_from(sorted(parts)))
    parts[name] = damaged(parts[name], edits)
    sample.only()
    sample.write("tables.xlsx", zipped(parts))
    assert told(sample.check())
