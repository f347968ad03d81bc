"""Whatever is wrong with a declaration is told with file, line, key, the value found and what is allowed."""

import os

import openpyxl
import pytest

from pipeline.errors import DataError
from pipeline.findings.catalogue import codes
from pipeline.ledger import ledgers_in, new, read
from pipeline.period import Period
from pipeline.workspace import Workspace

HEAD = 'title = "来访"\ndescription = "一行写一次来访。"\n'
FIELD = '\n[[fields]]\nname = "{name}"\ntitle = "{title}"\nrole = "{role}"\ndescription = "说明。"\n'
VISITOR = FIELD.format(name="visitor", title="来访单位", role="subject")
PEOPLE = '\n[[fields]]\nname = "people"\ntitle = "人数"\ntype = "figure"\nunit = "人"\ndescription = "人数。"\n'
WHOLE = HEAD + VISITOR + PEOPLE

# name of the case: (the declaration, what is told in English behind ledgers/visits.toml)
CASES = {
    "no toml": (
        "title = 来访",
        " declaration-not-toml: it is not TOML (Invalid value (at line 1, column 9)); give one property a line, "
        "texts between quotation marks, each column under [[fields]].",
    ),
    "an empty file": ("", " declaration-lacks: it lacks title, description, fields; add them."),
    "a property that does not exist": (
        "titel = \"来访\"\n" + WHOLE,
        ":1 'titel' declaration-unknown: there is no such property (did you mean 'title'?); allowed: title, description, "
        "description_en, order, primaryKey, compared_by, compared_if, total_over, carried, yearly, added_up, generated, within, fields.",
    ),
    "a constraint that does not exist": (
        WHOLE.replace('role = "subject"\n', 'role = "subject"\nconstraints = { requird = true }\n'),
        ":8 'fields.1.constraints.requird' declaration-unknown: there is no such property (did you mean 'required'?); "
        "allowed: required, unique, enum.",
    ),
    "a column without a sentence": (
        WHOLE.replace('description = "说明。"\n', ""),
        ":4 'fields.1' declaration-lacks: it lacks description; add them.",
    ),
    "a column without a role": (
        WHOLE.replace('role = "subject"\n', ""),
        ":4 'fields.1' declaration-lacks: it lacks role; add them.",
    ),
    "a number for a text": (
        WHOLE.replace('title = "人数"', "title = 3"),
        ":12 'fields.2.title' '3' declaration-type: write a text between quotation marks.",
    ),
    "a text for a truth": (
        WHOLE + 'counts = "yes"\n',
        ":16 'fields.2.counts' 'yes' declaration-type: write true or false.",
    ),
    "a truth for a whole number": (
        "order = true\n" + WHOLE,
        ":1 'order' 'true' declaration-type: write a whole number.",
    ),
    "a list of numbers": (
        WHOLE.replace('role = "subject"\n', 'role = "subject"\nconstraints = { enum = [1, 2] }\n'),
        ":8 'fields.1.constraints.enum' '[1, 2]' declaration-type: write texts in square brackets, separated by commas.",
    ),
    "no table for constraints": (
        WHOLE + "constraints = true\n",
        ":16 'fields.2.constraints' 'true' declaration-type: write constraints in braces, as in { required = true }.",
    ),
    "texts for columns": (
        HEAD + 'fields = ["来访单位"]\n',
        " 'fields.1' '来访单位' declaration-type: write a table [[fields]].",
    ),
    "a role that does not exist": (
        WHOLE.replace('role = "subject"', 'role = "subjekt"'),
        ":7 'fields.1.role' 'subjekt' declaration-value: this may not stand here (did you mean 'subject'?); allowed: "
        "section, initiative, initiative-name, initiative-code, subject, measure, figure, qualifier, unit, basis, as-of, "
        "words, item, class, detail, place, circumstance, document-name, document-number, office, status, table, rule, "
        "severity, disclosure, note.",
    ),
    "a type that does not exist": (
        WHOLE.replace('type = "figure"', 'role = "figure"\ntype = "number"'),
        ":14 'fields.2.type' 'number' declaration-value: this may not stand here; allowed: string, figure, date.",
    ),
    "a type that is not the role's": (
        WHOLE.replace('role = "subject"', 'role = "subject"\ntype = "date"'),
        ":8 'fields.1.type' 'date' declaration-value: this may not stand here; allowed: string.",
    ),
    "a key of no column": (
        'primaryKey = ["visitors"]\n' + WHOLE,
        ":1 'primaryKey' 'visitors' declaration-value: this may not stand here (did you mean 'visitor'?); allowed: "
        "visitor, people.",
    ),
    "another way of carrying over": (
        'carried = "some"\n' + WHOLE + '\n[[fields]]\nrole = "note"\n',
        ":1 'carried' 'some' declaration-value: this may not stand here; allowed: all, running.",
    ),
    "a default that is not allowed": (
        WHOLE.replace('role = "subject"\n', 'role = "subject"\ndefault = "丙"\nconstraints = { enum = ["甲", "乙"] }\n'),
        ":8 'fields.1.default' '丙' declaration-value: this may not stand here; allowed: 甲, 乙.",
    ),
    "an end that is no value": (
        WHOLE + FIELD.format(name="state", title="状态", role="status") + 'ended = ["已结"]\n',
        ":22 'fields.3.ended' '已结' declaration-value: this may not stand here; allowed: —.",
    ),
    "a field that is no name": (
        WHOLE.replace('name = "visitor"', 'name = "Besucher 1"'),
        ":5 'fields.1.name' 'Besucher 1' declaration-name: a name has lower-case letters, digits and underscores and "
        "begins with a letter, as in site_visits.",
    ),
    "a word of Python": (
        WHOLE.replace('name = "visitor"', 'name = "class"'),
        ":5 'fields.1.name' 'class' declaration-name: a name has lower-case letters, digits and underscores and begins "
        "with a letter, as in site_visits.",
    ),
    "one heading twice": (
        WHOLE.replace('title = "人数"', 'title = "来访单位"'),
        ":12 'fields.2.title' '来访单位' declaration-taken: it is used already (fields.1); choose another, or remove one of "
        "the two.",
    ),
    "one role twice": (
        WHOLE + FIELD.format(name="guest", title="来客", role="subject"),
        ":20 'fields.3.role' 'subject' declaration-taken: it is used already (fields.1); choose another, or remove one of "
        "the two.",
    ),
    "the title of a built-in ledger": (
        WHOLE.replace('title = "来访"', 'title = "指标"'),
        ":1 'title' '指标' declaration-taken: it is used already (indicators); choose another, or remove one of the two.",
    ),
    "a title that no sheet can have": (
        WHOLE.replace('title = "来访"', 'title = "来访/接待"'),
        ":1 'title' '来访/接待' declaration-sheet: no sheet can have this name; give 31 characters at most, no blank or ' at "
        "its ends, and none of [ ] : * ? / \\.",
    ),
    "the title of the directions": (
        WHOLE.replace('title = "来访"', 'title = "填写说明"'),
        ":1 'title' '填写说明' declaration-taken: it is used already (填写说明); choose another, or remove one of the two.",
    ),
    "a heading with its unit": (
        WHOLE.replace('title = "人数"', 'title = "人数（人）"'),
        ":12 'fields.2.title' '人数（人）' declaration-heading: a heading has no blanks, stars, colons or unit in "
        "parentheses; give the unit as unit.",
    ),
    "a field that notebooks add": (
        WHOLE.replace('name = "people"', 'name = "previous"'),
        ":11 'fields.2.name' 'previous' declaration-taken: it is used already (notebooks have another column of that "
        "name); choose another, or remove one of the two.",
    ),
    "a unit beside a text": (
        WHOLE.replace('role = "subject"\n', 'role = "subject"\nunit = "人"\n'),
        ":8 'fields.1.unit' declaration-unfit: it is for columns with type = \"figure\", and this one is string; remove it.",
    ),
    "allowed values of a figure": (
        WHOLE + 'constraints = { enum = ["1"] }\n',
        ":16 'fields.2.constraints' declaration-unfit: it is for columns with type = \"string\", and this one is figure; "
        "remove it.",
    ),
    "a figure without a unit": (
        WHOLE.replace('unit = "人"\n', ""),
        " 'fields' declaration-needs: the ledger is not whole: 人数 needs a unit, or a column with role = \"unit\".",
    ),
    "figures of nothing": (
        HEAD + PEOPLE,
        " 'fields' declaration-needs: the ledger is not whole: it needs columns with role = \"subject\".",
    ),
    "a qualifier of two figures": (
        WHOLE + PEOPLE.replace("people", "cars").replace("人数", "车数") + '\n[[fields]]\nrole = "qualifier"\n',
        " 'fields' declaration-needs: the ledger is not whole: beside a qualifier there may be one column of figures.",
    ),
    "rows carried over without a remark": (
        'carried = "all"\n' + WHOLE,
        ":1 'carried' declaration-needs: the ledger is not whole: it needs columns with role = \"note\".",
    ),
    "running rows without a status": (
        'carried = "running"\n' + WHOLE + '\n[[fields]]\nrole = "note"\n',
        ":1 'carried' declaration-needs: the ledger is not whole: it needs a column with role = \"status\" and ended.",
    ),
    "a total over what is no key": (
        'total_over = "visitor"\n' + WHOLE,
        ":1 'total_over' declaration-needs: the ledger is not whole: the field should be one of primaryKey.",
    ),
    "years without dates": (
        "yearly = true\n" + WHOLE,
        ":1 'yearly' declaration-needs: the ledger is not whole: it needs columns with role = \"as-of\", role = \"note\".",
    ),
    "a rule about nothing": (
        HEAD + FIELD.format(name="rule", title="规则", role="rule"),
        " 'fields' declaration-needs: the ledger is not whole: it needs columns with role = \"table\", role = \"severity\", "
        "role = \"item\".",
    ),
    "a code without a name": (
        HEAD + FIELD.format(name="code", title="编号", role="initiative-code"),
        " 'fields' declaration-needs: the ledger is not whole: it needs columns with role = \"initiative-name\".",
    ),
}  # fmt: skip


def declare(sample, content, name="visits"):
    """Write a declaration into the workspace."""
    file = sample.root / "ledgers" / f"{name}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_exactly(sample, case):
    """One fault is one message, in both languages, and nothing is said of the records of that ledger."""
    content, wanted = CASES[case]
    declare(sample, content)
    sample.write("tables/visits.csv", "来访单位\n示例局\n".encode())
    (found,) = sample.check()
    place = found.place.text("en") + (f" '{found.value}'" if found.value else "")
    assert f"{place} {found.code}" == f"ledgers/visits.toml{wanted.partition(': ')[0]}"
    assert found.text("en").endswith(wanted.partition(": ")[2])
    assert found.text("zh").endswith("。")
    with pytest.raises(DataError):
        read(sample.folder, "visits")


def test_a_whole_declaration_has_no_fault(sample):
    """What the cases above start from is right."""
    declare(sample, WHOLE)
    assert sample.check() == []


def test_all_faults_are_told_at_once(sample):
    """Several faults of several files are told together, in their order."""
    declare(sample, WHOLE.replace('role = "subject"', 'role = "x"') + 'counts = "yes"\n')
    declare(sample, "x = 1", "others")
    assert [(one.code, one.place.name()) for one in sample.check()] == [
        ("declaration-lacks", "ledgers/others.toml"),
        ("declaration-unknown", "ledgers/others.toml:1"),
        ("declaration-value", "ledgers/visits.toml:7"),
        ("declaration-type", "ledgers/visits.toml:16"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("visits", WHOLE.encode("gb18030"), "declaration-encoding"),
        ("Besuche 1", WHOLE, "declaration-name"),
        ("indicators", WHOLE, "declaration-taken"),
    ],
)
def test_a_file_may_be_faulty_as_a_whole(sample, name, content, code):
    """Another encoding, a name that is none, and that of a built-in ledger are told."""
    declare(sample, content, name)
    assert [(one.code, one.place.file) for one in sample.check()] == [(code, f"ledgers/{name}.toml")]
    assert len(ledgers_in(sample.root)["indicators"].columns) == 13


def test_two_declarations_may_not_share_a_title(sample):
    """The second of two ledgers with one title is told, with the first."""
    declare(sample, WHOLE, "others")
    declare(sample, WHOLE)
    (found,) = sample.check()
    assert (found.code, found.place.name(), found.params["other"]) == (
        "declaration-taken", "ledgers/visits.toml:1", "ledgers/others.toml",
    )  # fmt: skip


def test_what_is_no_file_is_told(sample):
    """A folder or a pipe named like a declaration is told, and nobody waits for it."""
    declare(sample, WHOLE).with_name("folder.toml").mkdir()
    os.mkfifo(sample.root / "ledgers" / "pipe.toml")
    assert [(one.code, one.place.file) for one in sample.check()] == [
        ("unreadable", "ledgers/folder.toml"),
        ("not-a-file", "ledgers/pipe.toml"),
    ]


def test_every_message_about_declarations_is_tried():
    """Each message of the catalogue about declarations is given by a test here or of new half-years."""
    given = {wanted.partition(": ")[0].split()[-1] for _, wanted in CASES.values()}
    assert set(codes("declarations")) - given == {"declaration-encoding", "declarations-have-errors"}


@pytest.mark.parametrize(
    ("title", "allowed"),
    [
        ("来" * 31, True),
        ("来" * 32, False),
        ("来 访", True),
        (" 来访", False),
        ("来访'", False),
        ("来'访", True),
        ("a[b", False),
        ("来", True),
    ],
)
def test_a_title_is_what_excel_calls_a_sheet(sample, title, allowed):
    """Up to 31 characters, none that Excel refuses; the template of what is allowed has that sheet."""
    declare(sample, WHOLE.replace('title = "来访"', f'title = "{title}"'))
    assert [one.code for one in sample.check()] == ([] if allowed else ["declaration-sheet"])
    if allowed:
        new(Workspace.at(sample.root), Period.parse("2021H2"), xlsx=True)
        assert title in openpyxl.load_workbook(sample.root / "data/2021H2/tables.xlsx").sheetnames


def test_values_with_commas_are_no_list_to_choose_from(sample):
    """A drop-down would offer half of such a value: there is none."""
    listed = 'constraints = { enum = ["甲,乙", "丙"] }\n'
    declare(sample, WHOLE.replace('role = "subject"\n', f'role = "subject"\n{listed}'))
    new(Workspace.at(sample.root), Period.parse("2021H2"), xlsx=True)
    assert not openpyxl.load_workbook(sample.root / "data/2021H2/tables.xlsx")["来访"].data_validations.dataValidation
