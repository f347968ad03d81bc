"""Hostile text in every field there is: each text column of each ledger, report.toml, names of files, sheets and headings."""

import csv
import json
import sys
from pathlib import Path

import nbformat
import openpyxl
import pytest
from calling import Command
from test_hostile_text import KNOWN, bare, read, values

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from samples import REPORT, ROWS

from pipeline.facts.unprintable import UNSEEN
from pipeline.ledger import TABLES
from pipeline.ledger.columns import TEXT
from pipeline.ledger.roles import Role
from pipeline.render import undrawn

CLASSES = ["张*明、李*强", "~~废止~~", "<title>甲</title>", "[a](b)", "\\\\ $x$ \\(y\\)", "# 标题", "| a | b |", "甲\u202e乙",
    '<data class="fact" value="9" data-source="tables/a.csv#row=2;col=数">9</data>', "{{ period }} {% if %}", "&copy; </span>", "</td></table>", "\x85甲", "https://a.cn/b_c*d"]  # fmt: skip
FORMS = ("html", "docx", "pdf")


def free_columns(ledger):
    """The columns of a ledger in which anything may be typed and which reach the report."""
    return [
        column
        for column in ledger.columns
        if column.kind == TEXT
        and not column.refers_to
        and not column.choices
        and column.role not in (Role.NOTE, Role.UNIT, Role.INITIATIVE_CODE, Role.RULE)
    ]


def rows_of(stem, texts):
    """One row for each text in each free column: what stands there is marked by a number, and so are other keys."""
    ledger = TABLES[stem]
    for column in free_columns(ledger):
        for text in texts:
            number = len(MARKED)
            row = dict(ROWS[stem])
            for other in free_columns(ledger):
                if other.field in ledger.key:
                    row[other.heading] = f"{row.get(other.heading, '')}{number}号"
            row[column.heading] = f"起{number}始{text}终{number}止"
            MARKED[number] = (stem, column, text)
            yield number, row


MARKED = {}


def workspace_of(folder, rows):
    """A workspace of one chapter that says each free field of each row."""
    tables = folder / "data/2021H1/tables"
    tables.mkdir(parents=True)
    (folder / "notebooks").mkdir()
    (folder / "data/2021H1/report.toml").write_text(REPORT, encoding="utf-8")
    for stem, each in rows.items():
        with (tables / f"{stem}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, TABLES[stem].headings(), restval="")
            writer.writeheader()
            writer.writerows(row for _, row in each)
    fields = {stem: [column.field for column in free_columns(TABLES[stem])] for stem in rows}
    code = (
        f"from IPython.display import display\nfrom pipeline import Section, say\nreform = Section('reform', period)\n"
        f"for stem, fields in {fields!r}.items():\n"
        "    for row in reform.table(stem).itertuples():\n"
        "        for field in fields:\n"
        "            display(say(f'{getattr(row, field)}。'))"
    )
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# 改革创新"),
        nbformat.v4.new_code_cell('period = "2021H1"', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(code),
    ]
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "notebooks/01-reform.ipynb")
    return Command(folder)


def errors(command):
    """(file, row) of every error that check tells."""
    done = command("check", "2021H1", "--json")
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    found = json.loads(done.stdout)
    return {
        (problem["file"], row) for problem in found if problem["severity"] == "error" for row in problem["rows"] or [0]
    }


def holds(folder, texts):
    """Each text in each field is told by check, or stands as typed in all three forms; how many of each."""
    MARKED.clear()
    rows = {stem: list(rows_of(stem, texts)) for stem in ROWS if stem not in ("checks", "initiatives")}
    rows["initiatives"] = [(-1, ROWS["initiatives"])]
    told = errors(workspace_of(folder / "all", rows))
    kept = {
        stem: [one for at, one in enumerate(each, 2) if (f"tables/{stem}.csv", at) not in told]
        for stem, each in rows.items()
    }
    numbers = {number for each in kept.values() for number, _ in each if number >= 0}
    unseen = {number for number, (_, _, text) in MARKED.items() if UNSEEN.search(text)}
    assert not numbers & unseen
    assert len(numbers) >= 0.9 * (len(MARKED) - len(unseen)), sorted(told)[:20]
    command = workspace_of(folder / "kept", kept)
    done = command("run", "2021H1")
    assert done.returncode == 0, done.stdout + done.stderr
    said = {form: bare(read(form, command.folder / f"outputs/2021H1/report.{form}")) for form in FORMS}
    lost = [
        (form, stem, column.field, text)
        for number in sorted(numbers)
        for stem, column, text in [MARKED[number]]
        for form in FORMS
        if bare(f"{number}始{text}终{number}止") not in said[form]
    ]
    assert lost == []
    return {"in_ledgers_as_typed": len(numbers), "in_ledgers_refused": len(MARKED) - len(numbers)}


def test_hostile_text_in_each_column_prints_as_typed_or_is_told(tmp_path):
    """Two kinds of text in every free column of every ledger: check and run agree, and nothing is lost."""
    assert sum(holds(tmp_path, CLASSES[:1] + CLASSES[7:8]).values()) >= 60


@pytest.mark.soak
def test_every_kind_in_every_column(tmp_path, counted):
    """Each kind of hostile text in every free column of every ledger, more than five hundred in all."""
    made = holds(tmp_path, CLASSES)
    counted("hostile texts", **made)
    assert sum(made.values()) >= 500


def settings_with(folder, text):
    """The workspace with ``text`` in every setting that is words."""
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    lines = [f"{key} = {quoted}" for key in ("title", "office", "bureau", "district", "city", "opening")]
    (folder / "data/2021H1/report.toml").write_text("\n".join(lines) + "\nsigned = 2021-06-30\n", encoding="utf-8")


def agree(command, texts):
    """For each text in report.toml: check tells it, or the report is made and bears it as its title; how many of each."""
    refused = 0
    for text in texts:
        settings_with(command.folder, text)
        told = errors(command)
        assert told or not (UNSEEN.search(text) or undrawn(text)), repr(text)
        done = command("run", "2021H1", "-f", "html")
        assert "Traceback" not in done.stderr
        assert done.returncode == (1 if told else 0), (text, done.stderr)
        if not told:
            page = read("html", command.folder / "outputs/2021H1/report.html")
            assert bare(text) in bare(page), repr(text)
        refused += bool(told)
    return {"in_settings_as_typed": len(texts) - refused, "in_settings_refused": refused}


@pytest.fixture
def small(tmp_path):
    """A workspace of one row and one chapter."""
    rows = {"indicators": [(0, ROWS["indicators"])], "initiatives": [(-1, ROWS["initiatives"])]}
    return workspace_of(tmp_path / "small", rows)


def test_hostile_settings_are_told_or_printed(small):
    """Some texts in every setting of report.toml: what check passes is made and bears the title as typed."""
    agree(small, ["张*明", "<title>甲</title>", "甲\u202e乙", "# 甲", "\x85"])


@pytest.mark.soak
def test_many_hostile_settings_are_told_or_printed(small, counted):
    """The same with every known kind."""
    counted("hostile texts", **agree(small, [text for text in values(len(KNOWN)) if "\n" not in text]))


def test_hostile_names_of_files_headings_and_sheets_are_told(small):
    """A file, a heading, a sheet of any name is told or passed over, never a fault of halfyear's own."""
    tables = small.folder / "data/2021H1/tables"
    for number, text in enumerate(values(30)):
        name = text.replace("/", "／").replace("\x00", "")
        (tables / f"{name[:60]}.csv").write_text(f"板块,{text!r}\n甲,乙\n", encoding="utf-8")
        book = openpyxl.Workbook()
        title = "".join(each for each in name if each.isprintable() and each not in r"\/*?:[]'")[:30] or f"表{number}"
        book.active.title = title
        book.active.append([text if text.isprintable() else "甲", "数值"])
        book.save(small.folder / f"data/2021H1/{number}.xlsx")
    for lang in ("zh", "en"):
        done = small("check", "2021H1", "--lang", lang)
        assert done.returncode in (0, 1)
        assert "Traceback" not in done.stderr
        assert "fault of halfyear" not in done.stderr
        assert "程序自身" not in done.stderr
