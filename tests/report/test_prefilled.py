"""A new half-year filled in where its figures go and nowhere else (示例 figures) is a report with every 环比."""

import ast
import csv
import json
import re

import lxml.html
import openpyxl
import pytest
from calling import Command, copied_workspace

import pipeline
from pipeline import Section
from pipeline.ledger import TABLES
from pipeline.ledger.roles import Role
from pipeline.workspace import Workspace

FIGURES = {ledger.sheet: [column.heading for column in ledger.figures] for ledger in TABLES.values()}
STEMS = {ledger.sheet: stem for stem, ledger in TABLES.items()}


def example(before, unit):
    """Another figure, made up from what stands beside it; nothing where nothing does. A year is what it is."""
    return before if unit == "年" else re.sub(r"\d+", lambda match: str(int(match[0]) * 2 + 3), before or "")


def filled(headings, row, sheet):
    """(place, figure) of each cell of a row that has something of last time beside it."""
    for heading in FIGURES[sheet]:
        place = headings.index(heading) if heading in headings else -1
        beside = TABLES[STEMS[sheet]].base_of(TABLES[STEMS[sheet]].column(heading).field)
        if place >= 0 and beside and row[place + 1]:
            assert headings[place + 1] == TABLES[STEMS[sheet]].column(beside).heading
            unit = row[headings.index("单位")] if "单位" in headings else ""
            yield place, example(row[place + 1], unit)


def fill_workbook(folder):
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    for sheet in (book[name] for name in FIGURES):
        headings, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        for number, row in enumerate(rows, 2):
            for place, figure in filled(headings, row, sheet.title):
                sheet.cell(number, place + 1).value = figure
    book.save(folder / "tables.xlsx")


def fill_files(folder):
    for stem, ledger in TABLES.items():
        file = folder / "tables" / f"{stem}.csv"
        headings, *rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
        for row in rows:
            for place, figure in list(filled(headings, row, ledger.sheet)):
                row[place] = figure
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([headings, *rows])


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def made(request, tmp_path_factory):
    """A workspace with 2021H2 made and filled in, and what run said of it."""
    root = copied_workspace(tmp_path_factory.mktemp("prefilled") / "workspace")
    command = Command(root)
    assert command("new", "2021H2", *(["--xlsx"] if request.param == "xlsx" else [])).returncode == 0
    (fill_workbook if request.param == "xlsx" else fill_files)(root / "data/2021H2")
    return root, command("run", "2021H2", "--format", "html")


def test_figures_alone_give_every_comparison(made):
    """With nothing but figures typed, each figure that last time has one for is compared with it, and none is missing there."""
    root, ran = made
    assert "error" not in ran.stdout, ran.stdout
    page = lxml.html.parse(str(root / "outputs/2021H2/report.html")).getroot()
    text = re.sub(r"\s", "", page.body.text_content())
    assert "无此项" not in text
    assert "不可比" not in text.replace("概数不可比", "")
    for said in (
        "截至2021年12月，一业一证办件量647件，环比增长100.9%（上期322件）",
        "一链办理办件量383件，环比增长101.6%（上期190件）",
        "跨省通办办件量137件，环比增长104.5%（上期67件）",
        "梳理权责清单、政务服务事项清单23余次，上期为10余次",
        "有执法资格的人员共65人，环比增长109.7%（上期31人），全部通过审核",
        "行政诉讼17件，比上期增加10件（上期7件）",
        "行政复议5件，比上期增加4件（上期1件）",
    ):
        assert said in text, said
    workload = [cell.text_content() for cell in page.get_element_by_id("workload-capital-circle").iter("td")]
    assert {"97天", "47天"} <= set(workload)


def test_what_last_time_is_typed_without_its_ledgers_is_compared_with_too(made):
    """Where the earlier half-year is not in data/, what stands under 上期值 is the base of 环比 and is named as its source."""
    root, _ = made
    (root / "data/2021H1").rename(root / "data-2021H1")
    ran = Command(root)("run", "2021H2", "--format", "html", "--output", root / "alone")
    (root / "data-2021H1").rename(root / "data/2021H1")
    assert "error" not in ran.stdout, ran.stdout
    page = lxml.html.parse(str(root / "alone/2021H2/report.html")).getroot()
    text = re.sub(r"\s", "", page.body.text_content())
    assert "一业一证办件量647件，环比增长100.9%（上期322件）" in text
    assert "行政诉讼17件，比上期增加10件（上期7件）" in text
    [base] = {fact.get("data-source") for fact in page.iter("data") if fact.text == "322"}
    assert re.fullmatch(r"tables(/indicators\.csv|\.xlsx#indicators)#row=5;col=上期值", base)
    assert Role.BASE in TABLES["indicators"].roles.values()


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ("通过", "在示例平台完成审核的示例人员共31人，全部通过审核"),
        ("待审", "在示例平台提交审核的示例人员共31人，尚待审核"),
        ("退回", "在示例平台提交审核的示例人员共31人，审核后退回"),
        ("", "在示例平台完成审核的示例人员共31人"),
    ],
)
def test_every_choice_offered_gives_a_right_sentence(review, said, tmp_path):
    """Whatever 审核状态 the drop-down offers, the sentence about officers says it rightly."""
    root = copied_workspace(tmp_path / "workspace")
    file = root / "data/2021H1/tables/officers.csv"
    heads = file.read_text(encoding="utf-8-sig").splitlines()[0]
    file.write_text(f"{heads}\n示例人员,{review},31,人,示例平台,,,,\n", encoding="utf-8")
    notebook = json.loads((root / "notebooks/04-rule-of-law.ipynb").read_text(encoding="utf-8"))
    codes = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    [taken] = [number for number, code in enumerate(codes) if 'compared("officers")' in code]
    source = "\n".join(codes[taken : taken + 2])  # the rows, then the sentence about them
    shown = {name: getattr(pipeline, name) for name in pipeline.__all__}
    shown["law"] = Section("rule-of-law", "2021H1", workspace=Workspace.at(root))
    sentence = eval_last(source, shown).markdown
    assert lxml.html.fromstring(sentence).text_content().strip().rstrip("。") == said


def eval_last(source, names):
    """What the last expression of a cell gives."""
    body = ast.parse(source)
    last = ast.Expression(body.body.pop().value)
    exec(compile(body, "cell", "exec"), names)
    return eval(compile(last, "cell", "eval"), names)
