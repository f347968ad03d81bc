"""A name that stands once, a slip of the pen from one that stands elsewhere in the period, is asked about."""

import shutil

import pytest
from calling import ROOT
from samples import REPORT
from seven_half_years import PERIODS, seven_half_years

from pipeline.ledger import check
from pipeline.workspace import Workspace

HEADINGS = "板块,改革事项,对象,指标,数值,限定词,单位,口径,截至,内容,公开属性,备注\n"
NOTEBOOK = '{{"cells": [{{"cell_type": "markdown", "metadata": {{}}, "source": ["# {}"]}}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}'


def told(root, rows, *, chapter="示例", policies=()):
    """What check says of near names in 指标 of these (subject, measure, note), and in 文件 of these titles."""
    folder = root / "data/2021H1/tables"
    folder.mkdir(parents=True)
    (root / "notebooks").mkdir()
    (root / "notebooks/01-sample.ipynb").write_text(NOTEBOOK.format(chapter), encoding="utf-8")
    (folder.parent / "report.toml").write_text(REPORT, encoding="utf-8")
    lines = "".join(
        f"{chapter},,{about},{what},{n},,件,当期,2021-05,,,{note}\n" for n, (about, what, note) in enumerate(rows, 7)
    )
    (folder / "indicators.csv").write_text(HEADINGS + lines, encoding="utf-8-sig")
    if policies:
        titles = "".join(f"{chapter},{title},制定\n" for title in policies)
        (folder / "policies.csv").write_text(f"板块,文件名称,关系\n{titles}", encoding="utf-8-sig")
    found = [one for one in check(Workspace.at(root), "2021H1") if one.code == "near-a-name"]
    return [(one.place.row, one.value, one.params["other"], one.params["where"]) for one in found]


@pytest.mark.parametrize(
    ("slipped", "meant"),
    [
        ("法制审核", "法治审核"),
        ("法治核审", "法治审核"),
        ("法治治审核", "法治审核"),
        ("法审核", "法治审核"),
        ("度调", "调度"),
        ("简政放全评估", "简政放权评估"),
    ],
)
def test_a_slip_of_a_name_that_stands_twice_is_told(slipped, meant, tmp_path):
    """Characters exchanged, doubled, left out or mistaken are told at their cell, with the name and where it stands."""
    rows = [(meant, "件数", ""), (meant, "人数", ""), (slipped, "次数", "")]
    assert told(tmp_path, rows) == [(4, slipped, meant, "指标!C2")]


@pytest.mark.parametrize(
    ("others", "slipped", "meant", "where"),
    [
        ({"chapter": "简政放权评估"}, "简政放全评估", "简政放权评估", "01-sample.ipynb"),
        ({"policies": ["《容缺受理办法》"]}, "《容缺授理办法》", "《容缺受理办法》", "文件依据!B2"),
    ],
)
def test_a_name_elsewhere_is_what_was_meant(others, slipped, meant, where, tmp_path):
    """A chapter's title and a text of another ledger count, though they stand once."""
    assert told(tmp_path, [(slipped, "件数", "")], **others)[0] == (2, slipped, meant, where)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第一批次", "第二批次"),
        ("市级平台", "区级平台"),
        ("上年受理", "本年受理"),
        ("办件量", "办件总量"),
        ("行政审批", "行政审批局"),
        ("来信", "来访"),
        ("示例商会", "示例协会"),
        ("示例12", "示例21"),
        ("示例1", "示例11"),
    ],
)
def test_names_that_are_told_apart_are_right(one, other, tmp_path):
    """Numbers, levels, kinds, totals and longer names are names of their own."""
    assert told(tmp_path, [(one, "件数", ""), (other, "件数", "")]) == []


def test_a_name_that_is_confirmed_is_right(tmp_path):
    """名称已核 in 备注 says that it is another thing."""
    assert told(tmp_path, [("法治审核", "件数", ""), ("法治审核", "人数", ""), ("法制审核", "件数", "名称已核")]) == []


def test_ledgers_that_are_right_have_none(tmp_path):
    """Neither the example, nor its seven half-years, nor the ledgers of six offices."""
    places = {ROOT: ["2021H1"], seven_half_years(tmp_path / "seven"): PERIODS}
    for office in ("bureau", "month", "months", "own", "quarter", "year"):
        shutil.copytree(ROOT / "notebooks", tmp_path / office / "notebooks")
        shutil.copytree(ROOT / "tests/offices" / office / "data", tmp_path / office / "data")
        places[tmp_path / office] = [path.name for path in (tmp_path / office / "data").iterdir()]
    found = [one for root, periods in places.items() for period in periods for one in check(Workspace.at(root), period)]
    assert [one.text("zh") for one in found if one.code == "near-a-name"] == []
