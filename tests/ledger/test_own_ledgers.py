"""A ledger that a workspace declares for itself is one like those built in, wherever ledgers matter."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pipeline import publish
from pipeline.archive import opening
from pipeline.errors import DataError
from pipeline.ledger import check, fields_of, ledgers_in, new, read, tables
from pipeline.ledger.dictionary import dictionary
from pipeline.ledger.roles import Role
from pipeline.notebook import Section, documents
from pipeline.period import Period
from pipeline.report.vouching import ledgers_of
from pipeline.workspace import Workspace

ROOT = Path(__file__).parents[2]
VISITS = """\
title = "来访接待"
description = "一行写一批来访。"
description_en = "One group of visitors."
primaryKey = ["visitor", "day"]
total_over = "visitor"
carried = "running"

[[fields]]
role = "section"

[[fields]]
name = "visitor"
title = "来访单位"
role = "subject"
description = "来访的单位。"
description_en = "Who came."
constraints = { required = true }

[[fields]]
name = "host"
title = "接待科室"
role = "office"
description = "接待的科室。"

[[fields]]
name = "people"
title = "来访人数"
type = "figure"
unit = "人"
counts = true
description = "来访的人数。"

[[fields]]
name = "matter"
title = "来访事由"
role = "circumstance"
description = "为什么来。"

[[fields]]
name = "hall"
title = "接待地点"
role = "place"
description = "在哪里接待。"

[[fields]]
name = "day"
title = "来访日期"
type = "date"
in_period = true
description = "哪一天。"

[[fields]]
name = "state"
title = "办理状态"
role = "status"
description = "办理中或已办结。"
ended = ["已办结"]
constraints = { enum = ["办理中", "已办结"] }

[[fields]]
role = "disclosure"

[[fields]]
role = "note"
"""
HEADINGS = [
    "板块",
    "来访单位",
    "接待科室",
    "来访人数",
    "来访事由",
    "接待地点",
    "来访日期",
    "办理状态",
    "公开属性",
    "备注",
]
ROWS = """\
板块,来访单位,接待科室,来访人数,来访事由,接待地点,来访日期,办理状态,公开属性,备注
改革创新,示例商会,示例接待服务科,2,咨询示例许可,示例大厅,2021-05-06,办理中,,
改革创新,示例公司,示例接待服务科,15,参观,示例展厅,2021-05-07,已办结,,
改革创新,示例内部组,示例接待服务科,12,密谈示例事项,示例小厅,2021-05-08,已办结,内部,
"""


@pytest.fixture
def visits(sample):
    """The faultless workspace with a ledger of its own that has three rows."""
    (sample.root / "ledgers").mkdir()
    (sample.root / "ledgers" / "visits.toml").write_text(VISITS, encoding="utf-8")
    sample.write("tables/visits.csv", ROWS.encode())
    return sample


@pytest.fixture
def workspace(visits):
    return Workspace.at(visits.root)


def test_it_is_read_by_either_name(visits):
    """Its records are read by the file's name and by the sheet's title: figures as facts, dates, roles."""
    frame = read(visits.folder, "visits")
    assert frame.equals(read(visits.folder, "来访接待"))
    assert [str(fact) for fact in frame.people] == ["2人", "15人", "12人"]
    assert fields_of(frame, Role.PLACE, Role.STATUS) == ("hall", "state")
    assert tables(visits.folder)[-1] == "visits"


def test_it_is_checked(visits):
    """Missing and unknown values, broken counts, dates, twofold rows, totals and unmoved figures are told."""
    faulty = ROWS.replace("示例公司", "").replace(",12,", ",-1,").replace("已办结,,", "办结,,")
    faulty += "改革创新,示例商会,,2.5,,,2021-05-06,,,\n改革创新,合计,,4,,,2020-05-06,,,\n没有的板块,示例协会,,3,,,,,,\n"
    visits.write("tables/visits.csv", faulty.encode())
    found = {(problem.code, problem.place.name()) for problem in visits.check()}
    assert found == {
        ("required", "tables/visits.csv!B3"),
        ("choice", "tables/visits.csv!H3"),
        ("negative", "tables/visits.csv!D4"),
        ("duplicate", "tables/visits.csv!B2,B5"),
        ("not-whole", "tables/visits.csv!D5"),
        ("outside-period", "tables/visits.csv!G6"),
        ("unknown-section", "tables/visits.csv!A7"),
        ("total-apart", "tables/visits.csv!D4:D6"),
    }


def test_declared_sums_may_be_about_it(visits):
    """A 勾稽 rule names it by either name, and the section works it out."""
    (visits.root / "ledgers" / "visits.toml").write_text(
        VISITS.replace(
            'name = "host"\ntitle = "接待科室"\nrole = "office"',
            'name = "asked"\ntitle = "预约人数"\ntype = "figure"\nunit = "人"',
        ),
        encoding="utf-8",
    )
    visits.write("tables/visits.csv", ROWS.replace("接待科室", "预约人数").replace("示例接待服务科", "2").encode())
    visits.put("checks", [{"表": "来访接待", "规则": "来访人数 = 预约人数"}])
    assert [(one.code, one.place.name()) for one in visits.check()] == [
        ("rule-difference", "tables/visits.csv!D3"),
        ("rule-difference", "tables/visits.csv!D4"),
    ]
    worked = Section("reform", "2021H1", workspace=Workspace.at(visits.root)).checks("来访接待")
    assert [str(fact) for fact in worked.difference] == ["0人", "13人", "10人"]


@pytest.mark.parametrize("xlsx", [False, True])
def test_a_new_half_year_offers_it(workspace, xlsx):
    """The templates have it with its headings, in a workbook with comments, a list and its line among the directions."""
    new(workspace, Period.parse("2021H2"), xlsx=xlsx)
    folder = workspace.data("2021H2")
    if not xlsx:
        with (folder / "tables" / "visits.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert next(csv.reader(stream)) == HEADINGS
        return
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    sheet = book["来访接待"]
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert sheet["D1"].comment.text == "来访的人数。"
    assert sheet["B1"].comment.text == "必填。来访的单位。"
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists["H2:H2000"] == '"办理中,已办结"'
    assert ["来访接待", "一行写一批来访。"] in [[cell.value for cell in row[:2]] for row in book["填写说明"].rows]
    assert read(folder, "visits").visitor.tolist() == ["示例商会"]


def test_rows_that_have_not_ended_carry_over(workspace):
    """What its declaration does not call ended begins the new half-year, marked 结转待核, and is to be looked at."""
    new(workspace, Period.parse("2021H2"))
    carried = read(workspace.data("2021H2"), "visits")
    assert carried[["visitor", "note"]].values.tolist() == [["示例商会", "结转待核"]]
    assert ("not-filled-review", "tables/visits.csv!J2") in [
        (one.code, one.place.name()) for one in check(workspace, "2021H2")
    ]


def test_the_dictionary_of_a_workspace_has_it(workspace):
    """The data dictionary of a workspace describes it behind those built in; the command prints it."""
    page = dictionary(ledgers_in(workspace.root))
    assert "| 来访单位 | `visitor` | text | subject | yes | Who came. |" in page
    assert "No two rows have the same 来访单位 + 来访日期. What is not completed carries over." in page
    assert "| 接待地点 | `hall` | text | place |  | 在哪里接待。 May identify a person. |" in page
    command = [sys.executable, "-m", "pipeline.ledger.dictionary", str(workspace.root)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert printed == page


def test_its_figures_are_looked_up(workspace):
    """``fact`` finds a figure by the subject and the heading, by the date where there are several, and keeps its cell."""
    section = Section("reform", "2021H1", workspace=workspace)
    fact = section.fact("示例商会", "来访人数")
    assert (str(fact), str(fact.sources)) == ("2人", "tables/visits.csv#row=2;col=来访人数")
    assert section.table("来访接待", visitor="示例公司").people.tolist() == [section.fact("示例公司", "来访人数")]
    assert Section("lists", "2021H1", workspace=workspace).table("visits").empty


def test_new_prose_offers_its_figures(workspace):
    """The stub of a section's prose lists the placeholders that its rows filled."""
    notebook = workspace.section("reform").path
    cell = '{"cell_type": "code", "metadata": {}, "source": ["section.prose(\\"overview\\")"]}'
    notebook.write_text(notebook.read_text(encoding="utf-8").replace('"cells": [', f'"cells": [{cell}, '), "utf-8")
    new(workspace, Period.parse("2021H2"))
    stub = (workspace.data("2021H2") / "prose" / "reform-overview.md").read_text(encoding="utf-8")
    assert '{{ fact("示例商会", "来访人数") }}' in stub


def test_what_must_stay_inside_is_held_back(workspace):
    """Words and figures of its internal rows are known as such, and its rows are no part of the public edition."""
    ledgers = ledgers_of(workspace, Period.parse("2021H1"))
    assert set(ledgers.internal_texts) == {"示例内部组", "密谈示例事项", "示例小厅"}
    assert set(ledgers.internal_figures) == {"12人"}
    assert "示例内部组" not in ledgers.public.names


def test_small_numbers_beside_its_circumstances_are_flagged(workspace):
    """A number of at most 3 persons beside why and where they came is flagged; 15 are not."""
    section = Section("reform", "2021H1", workspace=workspace)
    few, many = (section.fact(name, "来访人数") for name in ("示例商会", "示例公司"))
    body = f"<p>咨询示例许可{few}，在示例大厅。</p><p>参观{many}，在示例展厅。</p><p>来访{few}，在示例大厅。</p>"
    found = publish.small_cells(body, ledgers_of(workspace, Period.parse("2021H1")))
    assert [(one.code, one.params["detail"]) for one in found] == [("small-cell", ("咨询示例许可", "示例大厅"))]


def test_its_offices_and_what_its_figures_are_of_are_known(workspace):
    """Names of offices are held against the report; a figure is told apart by all that names its row, and its date."""
    ledgers = ledgers_of(workspace, Period.parse("2021H1"))
    assert {one.text for one in ledgers.texts(Role.OFFICE)} >= {"示例接待服务科"}
    fact = Section("reform", "2021H1", workspace=workspace).fact("示例商会", "来访人数")
    cell = fact.sources.cells()[0]
    about, measure, when = ledgers.record(cell).about(cell)
    assert about == "示例商会·示例接待服务科·咨询示例许可·办理中"
    assert (measure, when) == ("来访人数", "2021年5月6日")


def test_its_key_tells_rows_apart_in_every_half_year(workspace):
    """What tells a row apart in another half-year, for comparisons and the archive, is its key without dates."""
    ledger = ledgers_in(workspace.root)["visits"]
    assert (ledger.key, ledger.compared_by, opening._telling(ledger)) == (
        ("visitor", "day"),
        ("visitor",),
        ("visitor",),
    )
    shutil.copytree(workspace.data("2021H1"), workspace.root / "data" / "2021H2")
    compared = Section("reform", "2021H2", workspace=workspace).compared("visits")
    assert [str(fact) for fact in compared.previous] == ["2人", "15人", "12人"]


def test_a_sheet_of_a_workbook_may_hold_it(visits):
    """The sheet of its title in tables.xlsx is read, and another workspace that does not declare it is told."""
    visits.only()
    book = openpyxl.Workbook()
    book.active.title = "来访接待"
    for row in csv.reader(ROWS.splitlines()):
        book.active.append([cell or None for cell in row])
    book.save(visits.folder / "tables.xlsx")
    assert [str(fact) for fact in read(visits.folder, "visits").people] == ["2人", "15人", "12人"]
    shutil.rmtree(visits.root / "ledgers")
    assert [problem.code for problem in visits.check()] == ["unknown-sheet"]


def test_a_declaration_that_changes_is_read_again(visits):
    """What is read follows the declaration as it is now, not as it was."""
    assert visits.check() == []
    changed = VISITS.replace('title = "来访人数"', 'title = "人数"')
    (visits.root / "ledgers" / "visits.toml").write_text(changed, encoding="utf-8")
    assert [(one.code, one.value) for one in visits.check()] == [("unknown-heading", "来访人数")]


def test_no_new_half_year_is_made_of_a_faulty_declaration(visits):
    """``new`` tells what is wrong with a declaration and makes nothing."""
    (visits.root / "ledgers" / "visits.toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(DataError, match="ledgers/visits.toml"):
        new(Workspace.at(visits.root), Period.parse("2021H2"))
    assert not (visits.root / "data" / "2021H2").exists()
    with pytest.raises(DataError, match="ledgers/visits.toml"):
        read(visits.folder, "visits")


def test_documents_of_its_own_are_named(visits):
    """``documents`` names those of any ledger whose columns say what they are, each with issuer and number."""
    columns = {"paper": ("文稿", "document-name"), "no": ("编号", "document-number"), "by": ("来文单位", "office")}
    fields = (
        f'[[fields]]\nname = "{name}"\ntitle = "{title}"\nrole = "{role}"\ndescription = "如实填写。"\n'
        for name, (title, role) in columns.items()
    )
    declared = 'title = "来文"\ndescription = "一行写一份来文。"\n' + "".join(fields)
    (visits.root / "ledgers" / "papers.toml").write_text(declared, encoding="utf-8")
    visits.write("tables/papers.csv", "文稿,编号,来文单位\n《示例通知》,示发〔2021〕1号,示例局\n".encode())
    rows = Section("reform", "2021H1", workspace=Workspace.at(visits.root)).table("来文")
    said = re.sub("<[^>]*>", "", documents(rows, lead="依据").markdown)
    assert said == "依据示例局《示例通知》（示发〔2021〕1号）。"


@pytest.mark.parametrize(
    ("begun", "ended", "told"),
    [
        ("2021-03-15", "2021-03-12", ["ends-before-begun"]),
        ("2021-03-15", "2021-02", ["ends-before-begun"]),
        ("2021-03-15", "2021-03-15", []),
        ("2021-03-15", "2021-03", []),
        ("2021-03-15", "", []),
    ],
)
def test_a_matter_that_ends_before_it_begins_is_told(begun, ended, told, sample):
    """Of two days of one process, by their headings, the later step may not lie wholly before the earlier one."""
    dates = "".join(
        f'[[fields]]\nname = "{name}"\ntitle = "{title}"\ntype = "date"\ndescription = "{title}。"\n'
        for name, title in (("accepted", "受理日期"), ("closed", "办结日期"))
    )
    subject = '[[fields]]\nname = "matter"\ntitle = "事项"\nrole = "subject"\ndescription = "什么事。"\n'
    (sample.root / "ledgers").mkdir()
    (sample.root / "ledgers" / "matters.toml").write_text(
        f'title = "办件"\ndescription = "一行写一件。"\n{subject}{dates}', encoding="utf-8"
    )
    sample.write("tables/matters.csv", f"事项,受理日期,办结日期\n示例,{begun},{ended}\n".encode())
    assert [each.code for each in sample.check() if each.place.file == "tables/matters.csv"] == told
