"""``collect``: departments' workbooks merged into the ledgers, and what each cell came from."""

import csv
import io
import re
import shutil
import tomllib
import zipfile

import openpyxl
import pytest
from office import converted
from programs import needs_calc
from samples import ROWS
from workbooks import saved, zipped

from pipeline.errors import DataError, WorkspaceError
from pipeline.ledger import TABLES, new, read
from pipeline.ledger.collecting import collect
from pipeline.period import Period
from pipeline.workspace import Workspace

ROSTER = """
[departments]
"一科" = ["指标：对象=甲", "案件"]
"二科" = ["指标：对象=乙"]
"三科" = ["指标：对象=丙"]
"四科" = ["执法人员"]
"""


def row(subject, value="", **cells):
    return {**ROWS["indicators"], "对象": subject, "数值": value, "改革事项": "", **cells}


LISTED = [row("甲"), row("乙"), row("丙")]


@pytest.fixture(params=["csv", "xlsx"])
def office(request, sample):
    """A half-year whose 指标 lists three rows without figures, in a CSV file or in a workbook with a heading above."""
    sample.only()
    sample.put("indicators", LISTED)
    settings = sample.folder / "report.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + ROSTER, encoding="utf-8")
    if request.param == "xlsx":
        sample.only()
        sample.write("tables.xlsx", workbook({"indicators": LISTED}, title="填报单位：示例局"))
    return sample


def workbook(ledgers, title=""):
    """A workbook with these ledgers' rows, as its bytes."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table, rows in ledgers.items():
        sheet = book.create_sheet(TABLES[table].sheet)
        for line in ([[title]] if title else []) + [TABLES[table].headings()]:
            sheet.append(line)
        for each in rows:
            sheet.append([each.get(heading) or None for heading in TABLES[table].headings()])
    return saved(book)


@pytest.fixture
def send(office, tmp_path):
    """Have workbooks sent and collected: file name → ledger → rows."""

    def sent(**files):
        paths = []
        for name, ledgers in files.items():
            paths.append(tmp_path / f"{name}.xlsx")
            paths[-1].write_bytes(workbook(ledgers))
        return collect(Workspace.at(office.root), Period.parse("2021H1"), paths)

    return sent


def figures(office, table="indicators"):
    """Subject → figure, of the ledger as it stands."""
    rows = read(office.folder, table)
    return {str(one.subject): f"{one.value.quantity.value or ''}" for one in rows.itertuples()}


def told(collected):
    return [(one.code, str(one.place), one.value) for one in collected.findings]


def lists(collected):
    return {one.name: (one.files, one.rows, one.missing) for one in collected.departments}


def cell(office, number):
    """The figure of a row of 指标, as people say its place."""
    in_book = (office.folder / "tables.xlsx").exists()
    return f"tables.xlsx 指标!E{number + 1}" if in_book else f"tables/indicators.csv!E{number}"


def put(office, number, text):
    """Type into the figure of a row of 指标."""
    if (office.folder / "tables.xlsx").exists():
        book = openpyxl.load_workbook(office.folder / "tables.xlsx")
        book["指标"].cell(number + 1, 5).value = text
        book.save(office.folder / "tables.xlsx")
        return
    file = office.folder / "tables/indicators.csv"
    lines = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    lines[number - 1][4] = text
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(lines)


def ledger_row(office, number):
    """A row of 指标, as people say its place."""
    return re.sub(r"!E(\d+)$", r"!\1:\1", cell(office, number))


def take_out(office, subject):
    """Delete the row of a subject from 指标."""
    ledger = office.folder / ("tables.xlsx" if (office.folder / "tables.xlsx").exists() else "tables/indicators.csv")
    if ledger.suffix == ".csv":
        lines = ledger.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        ledger.write_text("".join(line for line in lines if subject not in line), encoding="utf-8-sig")
        return
    book = openpyxl.load_workbook(ledger)
    sheet = book["指标"]
    sheet.delete_rows(next(each[0].row for each in sheet.iter_rows() if subject in [one.value for one in each]))
    book.save(ledger)


def test_three_workbooks_give_the_ledgers_and_the_list(office, send):
    """Each fills in its rows; the same figure twice is one, another figure is told with both cells and written nowhere."""
    collected = send(
        一科={"indicators": [row("甲", "322"), row("乙", "190"), row("丙")], "cases": [ROWS["cases"]]},
        二科={"indicators": [row("甲", "322"), row("乙", "191"), row("丙")]},
        别处={"indicators": [row("丁", "7")]},
    )
    assert figures(office) == {"甲": "322", "乙": "", "丙": "", "丁": "7"}
    assert [str(one) for one in read(office.folder, "cases")["count"]] == ["1件"]
    assert told(collected) == [
        ("collect-whose", "别处.xlsx", ""),
        ("collect-outside", "一科.xlsx 指标!3:3", ""),
        ("collect-outside", "二科.xlsx 指标!2:2", ""),
        ("collect-contradiction", "一科.xlsx 指标!E3", "190"),
    ]
    assert "二科.xlsx 指标!E3 数值 报的是“191”" in collected.findings[-1].text("zh")
    assert lists(collected) == {
        "一科": (("一科.xlsx",), 3, ()),
        "二科": (("二科.xlsx",), 2, (cell(office, 3),)),
        "三科": ((), 0, (cell(office, 4),)),
        "四科": ((), 0, ("执法人员",)),
    }


def test_a_corrected_workbook_changes_its_rows_alone(office, send):
    """What is sent again takes the place of what was sent, whatever its file is called; all else stays to the byte."""
    send(
        一科={"indicators": [row("甲", "322"), row("乙", "190")]},
        二科={"indicators": [row("乙", "191"), row("丙", "5")]},
    )
    collected = send(**{"二科（更正）": {"indicators": [row("乙", "190"), row("丙", "6")]}})
    assert figures(office) == {"甲": "322", "乙": "190", "丙": "6"}
    assert collected.cells == 2
    again = send(**{"二科（更正）": {"indicators": [row("乙", "190"), row("丙", "6")]}})
    assert (again.written, again.cells) == ((), 0)


def test_rows_missing_from_a_correction_stay_and_are_told(office, send):
    """A correction that lacks rows, or leaves them blank, takes nothing away; a row that others fill in is given up so."""
    send(
        一科={"indicators": [row("甲", "322"), row("乙", "190")]},
        二科={"indicators": [row("乙", "191"), row("丙", "5")]},
    )
    collected = send(一科={"indicators": [row("甲", "323"), row("乙")]})
    assert figures(office) == {"甲": "323", "乙": "191", "丙": "5"}
    collected = send(二科={"indicators": [row("乙", "192"), row("丙")]})
    assert figures(office) == {"甲": "323", "乙": "192", "丙": "5"}
    assert [place for code, place, _ in told(collected) if code == "collect-not-again"] == [ledger_row(office, 4)]


@pytest.mark.parametrize("now", [[row("乙", "200")], [row("甲"), row("乙", "200")]], ids=["lacking", "blank"])
@pytest.mark.parametrize("taken", ["row", "figure"])
def test_a_row_withdrawn_is_told_by_its_row_in_the_ledger_until_it_is_gone_there_too(office, send, now, taken):
    """A row sent no longer is told by name and where the ledger has it, whatever its row in any file; gone there, never again."""
    send(一科={"indicators": [row("戊", "400")]}, 二科={"indicators": [row("甲", "100"), row("乙", "200")]})
    for _ in range(2):
        [again] = [one for one in send(二科={"indicators": now}).findings if one.code != "collect-outside"]
        assert (again.code, str(again.place)) == ("collect-not-again", ledger_row(office, 2))
        assert "甲" in again.text("zh")
        assert "二科.xlsx" in again.text("zh")
    assert not send(一科={"indicators": [row("戊", "401")]}).findings[1:]
    take_out(office, "甲") if taken == "row" else put(office, 2, "")
    for sent in ({"二科": {"indicators": now}}, {"一科": {"indicators": [row("戊", "402")]}}) * 2:
        assert {code for code, _, _ in told(send(**sent))} <= {"collect-outside"}
    collected = send(二科={"indicators": [row("甲", "100"), row("乙", "200")]})
    assert [code for code, _, _ in told(collected) if code != "collect-outside"] == [
        "collect-gone" if taken == "row" else "collect-edited"
    ]


def test_a_cell_edited_since_is_kept_and_told(office, send):
    """What somebody typed into the ledger after merging, a blank included, is not overwritten."""
    send(一科={"indicators": [row("甲", "322"), row("乙", "190"), row("丙", "5")]})
    put(office, 2, "323")
    put(office, 3, "")
    collected = send(一科={"indicators": [row("甲", "324"), row("乙", "191"), row("丙", "6")]})
    assert figures(office) == {"甲": "323", "乙": "", "丙": "6"}
    kept = [one for one in collected.findings if one.code == "collect-edited"]
    assert [(str(one.place), one.value) for one in kept] == [(cell(office, 2), "323"), (cell(office, 3), "")]
    assert "一科.xlsx 指标!E2 数值 报的是“324”" in kept[0].text("zh")


def test_a_row_deleted_since_is_not_written_again(office, send):
    """A merged row that somebody took out of the ledger, or gave another name, stays out and is told."""
    send(一科={"indicators": [row("甲", "322"), row("戊", "9")]})
    take_out(office, "戊")
    collected = send(一科={"indicators": [row("甲", "322"), row("戊", "9")]})
    assert figures(office) == {"甲": "322", "乙": "", "丙": ""}
    assert [code for code, _, _ in told(collected) if code == "collect-gone"] == ["collect-gone"]


def test_each_cell_says_where_it_came_from(office, send):
    """collected.csv has each cell of each workbook, who sent it, and the cell of the ledger it went to."""
    send(一科={"indicators": [row("甲", "322"), row("乙", "190")]}, 二科={"indicators": [row("乙", "191")]})
    with (office.folder / "collected.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = [line for line in csv.DictReader(stream) if line["列"] == "数值"]
    assert [(line["报送"], line["文件"], line["单元格"], line["内容"], line["写到"]) for line in lines] == [
        ("一科", "一科.xlsx", "指标!E2", "322", cell(office, 2)),
        ("一科", "一科.xlsx", "指标!E3", "190", ""),
        ("二科", "二科.xlsx", "指标!E2", "191", ""),
    ]
    assert not [one for one in office.check() if "collected" in one.place.file]


def test_a_row_comes_back_with_another_date(office, send):
    """A listed row is filled in though its sender changed date and 口径, and stands once; two who differ in them are told."""
    send(一科={"indicators": [row("甲", "322", 截至="2021-06-30", 口径="本年累计"), row("乙")]})
    rows = read(office.folder, "indicators")
    assert next((str(one.subject), one.as_of.value) for one in rows.itertuples()) == ("甲", "2021-06-30")
    assert len(rows) == 3
    collected = send(二科={"indicators": [row("甲", "322", 截至="2021-06-30")]})
    assert [(code, value) for code, _, value in told(collected)][-1] == ("collect-contradiction", "本年累计")
    collected = send(二科={"indicators": [row("甲", "322", 截至="2021-06-30", 口径="未注明")]})
    assert not [code for code, _, _ in told(collected) if code == "collect-contradiction"]


def test_rows_that_dates_tell_apart_stay_apart(office, send):
    """Where somebody states two dates or spans of one thing, each is a row of its own."""
    send(一科={"indicators": [row("甲", "322"), row("甲", "700", 口径="本年累计")]})
    send(二科={"indicators": [row("甲", "701", 口径="本年累计")]})
    rows = read(office.folder, "indicators")
    stated = [(str(one.basis), str(one.value.quantity.value)) for one in rows.itertuples() if one.value.stated]
    assert stated == [("当期", "322"), ("本年累计", "700")]


def test_a_row_that_was_carried_over_is_taken_over_when_looked_at(office, send):
    """Of a row marked 结转待核 the copy without the mark counts; copies in which nobody looked at it say nothing."""
    policy = {**ROWS["policies"], "改革事项": "", "备注": "结转待核"}
    send(母版={"policies": [policy]})
    send(一科={"policies": [{**policy, "备注": ""}]}, 二科={"policies": [policy]})
    assert list(read(office.folder, "policies").note) == [""]


def test_a_workbook_with_errors_is_left_out_whole(office, send, tmp_path):
    """One that cannot be read in every cell is told and not merged; the others are."""
    book = openpyxl.Workbook()
    book.active.title = "指标"
    book.active.append(TABLES["indicators"].headings())
    book.active.append([row("乙").get(name) for name in TABLES["indicators"].headings()])
    book.active["E2"] = "=1/0"
    (tmp_path / "二科.xlsx").write_bytes(saved(book))
    (tmp_path / "三科.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 old")
    (tmp_path / "一科.xlsx").write_bytes(workbook({"indicators": [row("甲", "322")]}))
    files = [tmp_path / f"{name}.xlsx" for name in ("一科", "二科", "三科")]
    collected = collect(Workspace.at(office.root), Period.parse("2021H1"), files)
    assert figures(office) == {"甲": "322", "乙": "", "丙": ""}
    assert [place for code, place, _ in told(collected) if code == "collect-left"] == ["二科.xlsx", "三科.xlsx"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("一科.csv", "对象,数值\n甲,322\n".encode("utf-8-sig"), "collect-not-workbook"),
        ("一科.docx", zipped({"word/document.xml": b"<w/>"}), "collect-not-workbook"),
        ("一科.xlsx", b"PK\x03\x04 cut off", "broken-workbook"),
    ],
)
def test_a_file_that_is_no_workbook_is_not_called_a_damaged_one(office, tmp_path, name, content, code):
    """Another kind of file is told as such, with where its rows belong; only a workbook can be a damaged one."""
    (tmp_path / name).write_bytes(content)
    collected = collect(Workspace.at(office.root), Period.parse("2021H1"), [tmp_path / name])
    assert told(collected) == [(code, name, ""), ("collect-left", name, "")]


@pytest.mark.soak
def test_workbooks_that_office_wrote_are_merged_alike(office, tmp_path):
    """A department's workbook, and the ledgers' own, saved by LibreOffice are merged as openpyxl's are."""
    needs_calc()
    (tmp_path / "office").mkdir()
    as_office = "xlsx:Calc MS Excel 2007 XML"
    (tmp_path / "一科.xlsx").write_bytes(workbook({"indicators": [row("甲", "322"), row("乙", "1.50万")]}))
    sent = converted(tmp_path / "一科.xlsx", as_office, tmp_path / "office")
    own = office.folder / "tables.xlsx"
    if own.exists():
        shutil.move(converted(own, as_office, tmp_path / "office"), own)
    collect(Workspace.at(office.root), Period.parse("2021H1"), [sent])
    assert figures(office) == {"甲": "322", "乙": "15000.00", "丙": ""}


def test_nothing_in_a_workbook_is_lost(sample, tmp_path):
    """Where writing into the ledgers' workbook would lose a formula's value, nothing is written and the cell is named."""
    sample.only()
    with zipfile.ZipFile(io.BytesIO(workbook({"indicators": [*LISTED, row("共计", "9")]}))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    summed = re.sub(r'<c r="E5".*?</c>', '<c r="E5"><f>SUM(E2:E4)+9</f><v>9</v></c>', sheet)
    parts["xl/worksheets/sheet1.xml"] = summed.encode()
    before = sample.write("tables.xlsx", zipped(parts)).read_bytes()
    (tmp_path / "甲.xlsx").write_bytes(workbook({"indicators": [row("甲", "322")]}))
    with pytest.raises(DataError) as error:
        collect(Workspace.at(sample.root), Period.parse("2021H1"), [tmp_path / "甲.xlsx"])
    assert [one.text("zh") for one in error.value.details if "指标!E5" in one.text("zh")]
    assert (sample.folder / "tables.xlsx").read_bytes() == before


def test_the_next_half_year_has_the_roster(office):
    """``new`` takes over who fills in what."""
    new(Workspace.at(office.root), Period.parse("2021H2"))
    assert Workspace.at(office.root).settings("2021H2").departments == tomllib.loads(ROSTER)["departments"]


@pytest.mark.parametrize(
    ("share", "code"),
    [
        ('"案件"', "roster-form"),
        ('["案子"]', "roster-sheet"),
        ('["指标：对像=甲"]', "roster-column"),
        ('["指标：对象"]', "roster-form"),
    ],
)
def test_a_roster_written_otherwise_is_told(sample, share, code):
    """A share must be a list, of sheets there are and columns they have."""
    settings = sample.folder / "report.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + f'[departments]\n"一科" = {share}\n', encoding="utf-8")
    with pytest.raises(WorkspaceError) as error:
        collect(Workspace.at(sample.root), Period.parse("2021H1"), [])
    assert error.value.code == code
    assert "一科" in error.value.text("zh")
