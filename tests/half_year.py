"""A further half-year of the example workspace, its figures made up (示例)."""

import csv
import re
import shutil

import openpyxl

from pipeline.ledger import TABLES

CARRIED = ("initiatives", "policies", "checks")
MONTHS = {"03": "09", "04": "10", "05": "11", "06": "12"}


def later(text):
    """A date of the first half-year moved into the second."""
    text = re.sub(r"^(2021)-(0[3-6])", lambda match: f"{match[1]}-{MONTHS[match[2]]}", text)
    return text.replace("2021H1", "2021H2").replace("2021年6月", "2021年12月")


def sample_rows(folder, table):
    """The rows of a half-year's ledger, dates moved on and every figure made another (示例); licences stay as they were."""
    ledger = TABLES[table]
    figures = {column.heading for column in ledger.columns if column.kind == "figure"}
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if table == "licences":
                yield {**row, "备注": "示例；未变"}
                continue
            moved = {heading: later(text) for heading, text in row.items()}
            for heading in figures & set(row):
                if row.get("指标") != "年份":
                    moved[heading] = re.sub(r"\d+", lambda match: str(int(match[0]) * 2 + 3), row[heading])
            yield {**moved, "备注": "示例"}


def write_prose(old, new):
    """The prose of the half-year before serves again; report.toml is no draft any more."""
    for file in (old / "prose").glob("*.md"):
        shutil.copy(file, new / "prose" / file.name)
    settings = new / "report.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("draft = true", "draft = false"), encoding="utf-8")


def as_workbook(folder):
    """The ledgers of ``data/PERIOD`` as the sheets of one workbook, in place of their files."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for file in sorted(folder / "tables" / f"{table}.csv" for table in TABLES):
        if not file.exists():
            continue
        sheet = book.create_sheet(TABLES[file.stem].sheet)
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.reader(stream):
                sheet.append(row)
        file.unlink()
    book.save(folder / "tables.xlsx")


def put_cell(folder, table, heading, text, *, row=2):
    """Type ``text`` into one cell of the workbook of ``data/PERIOD``."""
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    sheet = book[TABLES[table].sheet]
    [head] = [cell for cell in sheet[1] if cell.value == heading]
    sheet.cell(row, head.column, text)
    book.save(folder / "tables.xlsx")


def fill_files(old, new):
    for table, ledger in TABLES.items():
        file = new / "tables" / f"{table}.csv"
        if table in CARRIED:
            text = file.read_text(encoding="utf-8-sig").replace("结转待核", "")
            file.write_text(text, encoding="utf-8-sig")
        elif (old / "tables" / f"{table}.csv").exists():
            with file.open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.DictWriter(stream, ledger.headings(), restval="")
                writer.writeheader()
                writer.writerows(sample_rows(old, table))
        else:
            file.unlink()
