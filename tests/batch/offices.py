"""Small offices of three levels, entered as their clerks would: one ledger and one short chapter each, 示例 figures."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

from pipeline.begin.shipped import UPPER

HEADS = "板块,改革事项,对象,指标,数值,限定词,单位,口径,截至,内容,公开属性,备注".split(",")
SETTINGS = 'title = "{0}工作总结"\noffice = "科室"\nbureau = "{0}局"\ndistrict = "{0}"\ncity = "示例"\nsigned = 2021-06-30\nopening = ""\n'
CHAPTER = """\
# 改革创新
---
period = "2021H1"
---
from pipeline import Section, table

reform = Section("reform", period)
---
columns = {"subject": "对象", "measure": "指标", "value": "数值", "as_of": "截至"}
table(reform.table("indicators"), columns, name="figures", caption="各项指标")
"""


def notebook(text: str, *more: str) -> str:
    """A section notebook: a heading, parameters, and one cell for each further part."""
    heading, parameters, *rest = [part.strip() for part in text.split("\n---\n")]
    cells = [_cell("markdown", heading, "h"), _cell("code", parameters, "p", "parameters")]
    cells += [_cell("code", part, f"c{number}") for number, part in enumerate([*rest, *more])]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def _cell(kind: str, source: str, name: str, *tags: str) -> dict:
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": {"tags": list(tags)}, "source": source, **code}


def row(
    subject: str, measure: str, value: str, unit: str = "件", basis: str = "当期", as_of: str = "2021-06"
) -> list[str]:
    """One row of the ledger 指标."""
    return ["改革创新", "", subject, measure, value, "", unit, basis, as_of, "", "", ""]


def fill(folder: Path, rows: list[list[str]], period: str = "2021H1") -> None:
    """Write an office's ledger."""
    file = folder / "data" / period / "tables" / "indicators.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([HEADS, *rows])


def office(folder: Path, name: str, rows: list[list[str]] | None, period: str = "2021H1") -> Path:
    """A workspace that shares the notebooks beside it: an upper office's without rows."""
    data = folder / "data" / period
    (data / "prose").mkdir(parents=True)
    shared = "../shared" if rows is not None else "../upper"
    (folder / "workspace.toml").write_text(f'notebooks = "{shared}"\n', encoding="utf-8")
    (data / "report.toml").write_text(SETTINGS.format(name), encoding="utf-8")
    if rows is not None:
        fill(folder, rows, period)
    return folder


def province(folder: Path, counties: dict[str, list[list[str]]], *, formats: str = '["html"]', more: str = "") -> Path:
    """A province 37, cities by the first four digits of their counties' codes, and the batch file that names them all."""
    (folder / "shared").mkdir(parents=True)
    (folder / "shared" / "01-reform.ipynb").write_text(notebook(CHAPTER), encoding="utf-8")
    (folder / "upper").mkdir()
    shutil.copy(UPPER / "06-units.ipynb", folder / "upper" / "01-units.ipynb")
    units = [["370000", "示例省", "", ""]]
    office(folder / "370000", "示例省", None)
    for city in sorted({code[:4] for code in counties}):
        units.append([f"{city}00", f"示例{city}市", "370000", ""])
        office(folder / f"{city}00", f"示例{city}市", None)
    for code, rows in counties.items():
        units.append([code, f"示例{code}县", f"{code[:4]}00", ""])
        office(folder / code, f"示例{code}县", rows)
    lines = "\n".join(map(",".join, [["行政区划代码", "名称", "上级", "文件夹"], *units]))
    (folder / "units.csv").write_text(lines + "\n", encoding="utf-8")
    said = f'periods = ["2021H1"]\nunits = "units.csv"\nformats = {formats}\n{more}'
    (folder / "batch.toml").write_text(said, encoding="utf-8")
    return folder / "batch.toml"
