"""Small files with a big appetite, and things that are no files: each builder puts one into the folder of a half-year."""

from __future__ import annotations

import os
import socket
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from workbooks import PARTS

from pipeline.findings.place import letter

HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {}
MB = b" " * 1_000_000
_STRINGS = (
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="strings.xml"'
)
_STYLES = 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"'
_ROW = '<row><c t="inlineStr"><is><t>月份</t></is></c><c t="inlineStr"><is><t>活动</t></is></c></row>'
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def hostile(code: str) -> Callable[[Callable[[Path], object]], Callable[[Path], object]]:
    """Register a builder with the code of the problem it must give; "" where the file is read."""

    def register(build: Callable[[Path], object]) -> Callable[[Path], object]:
        HOSTILE[build.__name__.replace("_", " ")] = (build, code)
        return build

    return register


def book(folder: Path, *, level: int = 1, method: int = zipfile.ZIP_DEFLATED, **parts: object) -> Path:
    """A workbook whose parts are texts, or lists of bytes and how often each is written."""
    named = {
        "sheet": "xl/worksheets/sheet1.xml",
        "workbook": "xl/workbook.xml",
        "relations": "xl/_rels/workbook.xml.rels",
        "strings": "xl/strings.xml",
        "styles": "xl/styles.xml",
    }
    related = "".join(f'<Relationship Id="x{n}" {each}/>' for n, each in enumerate((_STRINGS, _STYLES)))
    texts = dict(PARTS)
    texts["xl/_rels/workbook.xml.rels"] = PARTS["xl/_rels/workbook.xml.rels"].replace("</Rel", related + "</Rel", 1)
    texts |= {named.get(name, name): content for name, content in parts.items()}
    path = folder / "tables.xlsx"
    with zipfile.ZipFile(path, "w", method, compresslevel=level) as archive:
        for name, content in texts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for chunk, times in content if isinstance(content, list) else [(content, 1)]:
                    data = chunk.replace("{name}", "普法活动").encode() if isinstance(chunk, str) else chunk
                    for _ in range(times):
                        part.write(data)
    return path


def sheet(rows: str) -> str:
    return PARTS["xl/worksheets/sheet1.xml"].replace("{rows}", rows)


def around(*middle: tuple[bytes, int], rows: str = "") -> list[tuple[bytes, int]]:
    """A sheet in whose rows something is written many times."""
    begin, end = sheet(rows + "@").encode().split(b"@")
    return [(begin, 1), *middle, (end, 1)]


def table(folder: Path, *chunks: tuple[bytes, int]) -> None:
    with (folder / "tables" / "outreach.csv").open("wb") as file:
        for chunk, times in chunks:
            for _ in range(times):
                file.write(chunk)


HEADINGS = "月份,活动,接待群众\n".encode()

# -- workbooks that reach far, deep or long --------------------------------------------------------------------


@hostile("sheet-too-large")
def a_cell_in_the_last_row_of_every_column(folder):
    cells = "".join(f'<c r="{letter(column)}1048576"><v>1</v></c>' for column in range(16_384))
    book(folder, sheet=sheet(f"<row>{cells}</row>"))


@hostile("sheet-too-large")
def a_cell_in_the_last_row_of_thirty_columns(folder):
    cells = "".join(f'<c r="{letter(column)}1048576"><v>1</v></c>' for column in range(30))
    book(folder, sheet=sheet(f"<row>{cells}</row>"))


@hostile("broken-workbook")
def a_cell_in_a_column_behind_the_last(folder):
    book(folder, sheet=sheet('<row><c r="XFE1"><v>1</v></c></row>'))


@hostile("broken-workbook")
def a_cell_in_a_row_of_many_digits(folder):
    book(folder, sheet=sheet(f'<row><c r="A{"9" * 400_000}"><v>1</v></c></row>'))


@hostile("broken-workbook")
def a_row_before_the_first(folder):
    book(folder, sheet=sheet('<row r="-5"><c><v>1</v></c></row>'))


@hostile("broken-workbook")
def a_row_without_an_end_to_its_cells(folder):
    book(folder, sheet=sheet("<row>" + "<c><v>1</v></c>" * 20_000 + "</row>"))


def _deep(name: str, part: str) -> None:
    def build(folder: Path) -> None:
        book(folder, **{part: "<x>" * 133_000})

    build.__name__ = name
    hostile("too-deep")(build)


for _part in ("sheet", "workbook", "relations", "strings", "styles"):
    _deep(f"tags_within_tags_in_the_{_part}", _part)


@hostile("cell-too-long")
def a_cell_of_40_megabytes(folder):
    cell = b'<row><c t="inlineStr"><is><t>', b"</t></is></c></row>"
    book(folder, sheet=around((cell[0], 1), (MB.replace(b" ", b"x"), 40), (cell[1], 1), rows=_ROW))


@hostile("cell-too-long")
def a_shared_string_of_40_megabytes(folder):
    strings = [(b"<sst><si><t>", 1), (MB.replace(b" ", b"x"), 40), (b"</t></si></sst>", 1)]
    book(folder, sheet=sheet(_ROW + '<row><c t="s"><v>0</v></c></row>'), strings=strings)


@hostile("cell-too-long")
def a_string_of_a_million_runs(folder):
    runs = [(b"<sst><si>", 1), (b"<r><t>xxxxxxxxxx</t></r>", 500_000), (b"</si></sst>", 1)]
    book(folder, sheet=sheet(_ROW + '<row><c t="s"><v>0</v></c></row>'), strings=runs)


@hostile("cell-too-long")
def a_number_of_20_megabytes(folder):
    book(folder, sheet=around((b"<row><c><v>", 1), (MB.replace(b" ", b"1"), 20), (b"</v></c></row>", 1), rows=_ROW))


@hostile("too-long")
def a_number_of_thirty_thousand_digits(folder):
    book(folder, sheet=sheet(_ROW + f"<row><c><v>{'7' * 30_000}</v></c></row>"))


@hostile("too-long")
def a_number_with_an_exponent_of_thousands(folder):
    book(folder, sheet=sheet(_ROW + "<row><c><v>1e9999</v></c></row>"))


@hostile("broken-cell")
def a_number_with_an_exponent_of_millions(folder):
    book(folder, sheet=sheet(_ROW + "<row><c><v>1e99999999</v></c></row>"))


@hostile("cell-too-long")
def a_formula_of_20_megabytes(folder):
    cell = around((b"<row><c><f>", 1), (MB.replace(b" ", b"1"), 20), (b"</f><v>1</v></c></row>", 1), rows=_ROW)
    book(folder, sheet=cell)


@hostile("broken-workbook")
def an_attribute_of_20_megabytes(folder):
    book(folder, sheet=around((b'<row><c r="', 1), (MB.replace(b" ", b"A"), 20), (b'1"/></row>', 1)))


@hostile("too-many-cells")
def more_cells_than_a_sheet_may_hold(folder):
    book(folder, sheet=around((b"<row>" + b"<c><v>7</v></c>" * 10 + b"</row>", 31_000)))


@hostile("too-many-elements")
def millions_of_empty_rows(folder):
    book(folder, sheet=around((b"<row/>" * 1000, 1_600)))


@hostile("too-many-elements")
def millions_of_empty_cells(folder):
    book(folder, sheet=around((b"<row>" + b"<c/>" * 1000 + b"</row>", 1_600)))


@hostile("too-many-elements")
def millions_of_shared_strings(folder):
    book(folder, strings=[(b"<sst>", 1), (b"<si><t>x</t></si>" * 1000, 1_600), (b"</sst>", 1)])


@hostile("too-many-merges")
def a_hundred_thousand_merged_ranges(folder):
    merges = (b'<mergeCell ref="A1:XFD1048576"/>', 100_000)
    book(
        folder,
        sheet=[(f"<worksheet><sheetData>{_ROW}</sheetData><mergeCells>", 1), merges, ("</mergeCells></worksheet>", 1)],
    )


@hostile("too-many-merges")
def ranges_merged_over_every_row(folder):
    far = '<row r="1000000"><c r="A1000000"><v>1</v></c></row>'
    merges = (b'<mergeCell ref="A3:A1048576"/>', 5_000)
    rows = f"<worksheet><sheetData>{_ROW}{far}</sheetData><mergeCells>"
    book(folder, sheet=[(rows, 1), merges, ("</mergeCells></worksheet>", 1)])


@hostile("too-many-sheets")
def a_hundred_thousand_sheets(folder):
    begin, end = PARTS["xl/workbook.xml"].split('<sheet name="{name}" sheetId="1" r:id="rId1"/>')
    book(folder, workbook=[(begin, 1), ('<sheet name="指标" sheetId="1" r:id="rId1"/>', 100_000), (end, 1)])


@hostile("workbook-too-many")
def three_thousand_parts(folder):
    book(folder, **{f"xl/media/{number}.png": b"" for number in range(3_000)})


@hostile("broken-workbook")
def half_a_character_by_its_number(folder):
    book(folder, sheet=sheet('<row><c t="inlineStr"><is><t>甲&#xD800;乙</t></is></c></row>'))


@hostile("lost-character")
def half_a_character_as_excel_writes_it(folder):
    cells = (f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("2021-04", "甲_xD800_乙", "7"))
    head = (f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("月份", "活动", "接待群众"))
    book(folder, sheet=sheet(f"<row>{''.join(head)}</row><row>{''.join(cells)}</row>"))


# -- workbooks that unpack to more -----------------------------------------------------------------------------


def _bomb(name: str, part: str, method: int = zipfile.ZIP_DEFLATED, code: str = "part-too-large") -> None:
    def build(folder: Path) -> None:
        book(folder, method=method, level=9, **{part: [(b"<x>", 1), (MB, 300), (b"</x>", 1)]})

    build.__name__ = name
    hostile(code)(build)


for _part in ("sheet", "workbook", "relations", "strings", "styles"):
    _bomb(f"300_megabytes_of_blanks_in_the_{_part}", _part)
_bomb("300_megabytes_packed_by_bzip2", "sheet", zipfile.ZIP_BZIP2, "broken-workbook")
_bomb("300_megabytes_packed_by_lzma", "sheet", zipfile.ZIP_LZMA, "broken-workbook")


@hostile("broken-workbook")
def a_part_that_is_larger_than_it_says(folder):
    path = book(folder, sheet=around((b"<row/>", 1_000_000)))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(bytes(content))


@hostile("")
def half_a_gigabyte_in_a_part_that_nobody_reads(folder):
    book(folder, sheet=sheet(_ROW), **{"xl/media/filler.bin": [(MB, 500)]})


# -- entities, links and what else a package may say -----------------------------------------------------------


def _entities(name: str, part: str, doctype: str, encoding: str = "utf-8") -> None:
    def build(folder: Path) -> None:
        head = '<?xml version="1.0" encoding="UTF-16"?>' if encoding != "utf-8" else ""
        book(folder, **{part: (head + doctype + "<x>&j;</x>").encode(encoding)})

    build.__name__ = name
    hostile("broken-workbook")(build)


for _part in ("sheet", "workbook", "relations", "strings", "styles"):
    _entities(f"a_billion_laughs_in_the_{_part}", _part, _LAUGHS)
_entities("laughs_behind_a_long_comment", "sheet", f"<!--{'x' * 100_000}-->{_LAUGHS}")
_entities("laughs_in_utf16", "sheet", _LAUGHS, "utf-16")
_entities("a_file_of_the_machine_as_entity", "workbook", '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>')
_entities("a_document_type_elsewhere", "workbook", '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">')
_entities("one_long_entity_many_times", "sheet", f'<!DOCTYPE x [<!ENTITY j "{"x" * 100_000}">]>')


@hostile("broken-workbook")
def a_sheet_that_is_a_file_of_the_machine(folder):
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "../../../../etc/passwd")
    book(folder, relations=relations)


@hostile("number-format")
def a_number_format_of_fifty_thousand_characters(folder):
    code = "0;" * 25_000
    styles = f"<styleSheet><numFmts><numFmt numFmtId='164' formatCode='{code}'/></numFmts><cellXfs><xf numFmtId='164'/></cellXfs></styleSheet>"
    head = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in ("月份", "活动", "接待群众"))
    book(folder, styles=styles, sheet=sheet(f'<row>{head}</row><row><c/><c/><c s="0"><v>1</v></c></row>'))


@hostile("")
def a_hundred_thousand_styles(folder):
    styles = [("<styleSheet><cellXfs>", 1), ("<xf numFmtId='1'/>", 100_000), ("</cellXfs></styleSheet>", 1)]
    book(folder, styles=styles, sheet=sheet(_ROW))


@hostile("broken-workbook")
def a_package_cut_in_two(folder):
    path = book(folder, sheet=sheet(_ROW))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@hostile("broken-workbook")
def a_package_with_wrong_checksums(folder):
    path = book(folder, sheet=sheet(_ROW * 200))
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 16] ^= 0xFF
        place = content.find(b"PK\x01\x02", place + 1)
    path.write_bytes(bytes(content))


# -- CSV files ---------------------------------------------------------------------------------------------------


@hostile("line-too-long")
def a_line_of_100_megabytes(folder):
    table(folder, (HEADINGS, 1), (MB.replace(b" ", b"x"), 100))


@hostile("line-too-long")
def a_line_of_100_megabytes_in_utf16(folder):
    table(folder, (b"\xff\xfe", 1), ("月份\t活动\r\n".encode("utf-16-le"), 1), (MB.replace(b"  ", b"x\x00"), 100))


@hostile("line-too-long")
def a_first_line_of_100_megabytes(folder):
    table(folder, (MB.replace(b" ", b"x"), 100))


@hostile("line-too-long")
def a_line_of_commas(folder):
    table(folder, (MB.replace(b" ", b","), 50))


@hostile("file-too-large")
def a_file_with_a_hole_of_50_gigabytes(folder):
    table(folder, (HEADINGS, 1))
    os.truncate(folder / "tables" / "outreach.csv", 50_000_000_000)


@hostile("file-too-large")
def a_workbook_with_a_hole_of_50_gigabytes(folder):
    os.truncate(book(folder), 50_000_000_000)


@hostile("sheet-too-large")
def a_wide_heading_over_a_million_lines(folder):
    table(folder, (b"," * 16_000 + b"\n", 1), (b"\n" * 1000, 1_000))


@hostile("sheet-too-large")
def a_wide_line_under_a_million_lines(folder):
    table(folder, (HEADINGS, 1), (b"x\n" * 1000, 1_000), (b"," * 16_000 + b"\n", 1))


@hostile("sheet-too-large")
def half_a_million_columns(folder):
    table(folder, (b"," * 500_000 + b"\n", 2))


@hostile("sheet-too-large")
def thirty_million_line_ends(folder):
    table(folder, (b"x,y\n", 1), (MB.replace(b" ", b"\n"), 30))


@hostile("sheet-too-large")
def thirty_million_old_line_ends(folder):
    table(folder, (b"x,y\r", 1), (MB.replace(b" ", b"\r"), 30))


@hostile("unclosed-quote")
def a_quotation_mark_before_30_megabytes(folder):
    table(folder, (HEADINGS, 1), (b'2021-04,"', 1), (b"x,y,z\n" * 1000, 5_000))


@hostile("cell-too-long")
def a_quoted_cell_of_30_megabytes(folder):
    table(folder, (HEADINGS, 1), (b'2021-04,"', 1), (b"x,y,z\n" * 1000, 5_000), (b'",1\n', 1))


@hostile("not-text")
def noughts(folder):
    table(folder, (HEADINGS, 1), (bytes(1_000_000), 50))


@hostile("not-text")
def a_web_page_of_one_long_line(folder):
    table(folder, (b"<html><table>", 1), ("<tr><td>甲</td></tr>".encode(), 100_000))


@hostile("not-text")
def a_packed_bomb_called_csv(folder):
    import gzip

    table(folder, (gzip.compress(MB * 50), 1))


@hostile("encoding")
def bytes_of_no_encoding(folder):
    table(folder, (b"\xff\xfd" * 1000 + b"\n", 10_000))


@hostile("heading-repeated")
def marks_at_the_start_of_every_line(folder):
    table(
        folder,
        (b"\xef\xbb\xbf" + HEADINGS, 1),
        (b"\xef\xbb\xbf" + HEADINGS, 1_000),
        (b"", 0),
        (b"\xef\xbb\xbf,x,,,y\n", 1),
    )


# -- no files at all ---------------------------------------------------------------------------------------------


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket has to be short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def _outside(path: Path) -> None:
    workspace = next(folder for folder in path.parents if folder.name == "workspace")
    target = workspace.parent / f"outside{path.suffix}"
    target.write_bytes(HEADINGS)
    path.symlink_to(target)


def _folder(path: Path) -> None:
    path.mkdir()


def _nowhere(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def _circle(path: Path) -> None:
    path.symlink_to(path)


def _no_file(kind: str, make: Callable[[Path], None], code: str) -> None:
    HOSTILE[f"{kind} for a table"] = (lambda folder: make(folder / "tables" / "outreach.csv"), code)
    HOSTILE[f"{kind} for the workbook"] = (lambda folder: make(folder / "tables.xlsx"), code)


for _kind, _make, _code in (
    ("a pipe", _pipe, "not-a-file"),
    ("a link to a device", _device, "not-a-file"),
    ("a socket", _socket, "not-a-file"),
    ("a link out of the workspace", _outside, "link-outside"),
    ("a folder", _folder, "unreadable"),
    ("a link to nothing", _nowhere, "unreadable"),
    ("a link to itself", _circle, "unreadable"),
):
    _no_file(_kind, _make, _code)

# -- other files of a workspace ----------------------------------------------------------------------------------

_OTHERS = {
    "report.toml": "settings-not-toml",
    "literals.toml": "literals-not-toml",
    "prose/law-overview.md": "",
    "../../ledgers/visits.toml": "declaration-not-toml",
    "../../notebooks/02-lists.ipynb": "",
}
_DEEP = b"a = " + b"[" * 200_000


def _hole(path: Path) -> None:
    path.write_bytes(b"# ")
    os.truncate(path, 50_000_000_000)


def _other(kind: str, make: Callable[[Path], object], name: str, code: str) -> None:
    def build(folder: Path) -> None:
        path = Path(os.path.normpath(folder / name))
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        make(path)

    HOSTILE[f"{kind} for {Path(name).name}"] = (build, code)


for _name, _not_toml in _OTHERS.items():
    for _kind, _make, _code in (
        ("a pipe", _pipe, "not-a-file"),
        ("a link to a device", _device, "not-a-file"),
        ("a link out of the workspace", _outside, "link-outside"),
        ("a folder", _folder, "unreadable"),
        ("a link to itself", _circle, "unreadable"),
        ("a hole of 50 gigabytes", _hole, "file-too-large"),
    ):
        _other(_kind, _make, _name, _code)
    if _not_toml:
        _other("lists in lists", lambda path: path.write_bytes(_DEEP), _name, _not_toml)
        _other("a key of many parts", lambda path: path.write_bytes(b"a." * 500_000 + b"a = 1"), _name, _not_toml)
_other("brackets in brackets", lambda path: path.write_bytes(b"[" * 200_000), "../../notebooks/02-lists.ipynb", "")
