"""Draws the pictures of zh/填报手册.md from workbooks that the command makes; ``python docs/pictures.py`` writes them anew.

A workbook of the example's next half-year is made, two cells are filled in, and the problems are marked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
import pylopdf_fonts_zh_cn
from matplotlib import pyplot
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Polygon, Rectangle
from openpyxl.utils import get_column_letter
from PIL import Image

from pipeline.cli.terminal import clipped, display_width, wrapped

ROOT = Path(__file__).parents[1]
HERE = ROOT / "docs/zh"
FONT = FontProperties(fname=pylopdf_fonts_zh_cn.sans_path(), size=7)
HEIGHT, LETTER = 0.26, 0.066  # inches: of a row; of a column, for each character that it is wide
GREY, LINE = "#f2f2f2", "#c8c8c8"


def draw(sheet, columns, rows, target, opened=""):
    """Draw ``rows`` of the ``columns`` as a spreadsheet program shows them, the comment of one cell opened."""
    widths = [
        0.3,
        *(LETTER * min(_width(sheet, column), 60 if opened == "" else 20) for column in columns),
    ]
    lefts = [sum(widths[:index]) for index in range(len(widths) + 1)]
    figure = pyplot.figure(figsize=(lefts[-1], HEIGHT * (len(rows) + 1)), dpi=140)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, lefts[-1])
    axes.set_ylim(HEIGHT * (len(rows) + 1), 0)
    axes.axis("off")
    for place, column in enumerate(columns, 1):
        _cell(axes, lefts[place], 0, widths[place], get_column_letter(column), GREY, centred=True)
    for line, row in enumerate(rows, 1):
        _cell(axes, 0, line * HEIGHT, widths[0], str(row), GREY, centred=True)
        for place, column in enumerate(columns, 1):
            cell = sheet.cell(row, column)
            fill = f"#{cell.fill.fgColor.rgb[2:]}" if cell.fill.fill_type else "white"
            corner = (lefts[place], line * HEIGHT, widths[place])
            _cell(axes, *corner, str(cell.value or ""), fill, centred=row == 1, link=bool(cell.hyperlink))
            if cell.comment:
                right = lefts[place + 1]
                axes.add_patch(
                    Polygon(
                        [(right, line * HEIGHT), (right - 0.07, line * HEIGHT), (right, line * HEIGHT + 0.07)],
                        color="#d00000",
                    )
                )
            if cell.coordinate == opened:
                bubble = (lefts[place + 1], line * HEIGHT, cell.comment.text)
    if opened:
        _bubble(axes, *bubble, limit=lefts[-1])
    figure.savefig(target)
    pyplot.close(figure)
    Image.open(target).convert("P", palette=Image.Palette.ADAPTIVE, colors=48).save(target, optimize=True)


def _width(sheet, column):
    return sheet.column_dimensions[get_column_letter(column)].width or 10


def _cell(axes, left, top, width, text, fill, *, centred=False, link=False):
    axes.add_patch(Rectangle((left, top), width, HEIGHT, facecolor=fill, edgecolor=LINE, linewidth=0.6))
    room = int(width / 0.052)  # half a Chinese character of 7 points is that many inches wide
    shown = text if display_width(text) <= room else f"{clipped(text, room - 2)}…"
    left, place = (left + width / 2, "center") if centred else (left + 0.04, "left")
    colour = "#0563c1" if link else "black"
    words = axes.text(left, top + HEIGHT / 2, shown, fontproperties=FONT, ha=place, va="center", color=colour)
    words.set_clip_path(axes.patches[-1])


def _bubble(axes, left, top, text, *, limit):
    lines = wrapped(text, 44).split("\n")
    width = 26 * 0.1 + 0.1
    left = min(left + 0.1, limit - width)
    axes.add_patch(
        Rectangle(
            (left, top + 0.05),
            width,
            0.14 * len(lines) + 0.1,
            facecolor="#ffffe1",
            edgecolor="#808080",
            linewidth=0.8,
            zorder=5,
        )
    )
    axes.text(left + 0.05, top + 0.1, "\n".join(lines), fontproperties=FONT, va="top", zorder=6, linespacing=1.35)


def main():
    """Make the workbooks and draw them."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("notebooks", "data"):
            shutil.copytree(ROOT / name, place / name)
        call = [sys.executable, "-m", "pipeline"]
        subprocess.run([*call, "new", "2021H2", "--xlsx"], cwd=place, check=True, env=_environment())
        book = openpyxl.load_workbook(place / "data/2021H2/tables.xlsx")
        draw(book["指标"], range(3, 10), range(1, 10), HERE / "工作簿.png", "E1")
        book["指标"]["E5"], book["指标"]["E6"] = "410", "3百"
        book.save(place / "data/2021H2/tables.xlsx")
        subprocess.run([*call, "check", "2021H2", "--mark"], cwd=place, check=False, env=_environment())
        marked = openpyxl.load_workbook(place / "outputs/2021H2-台账问题.xlsx")
        draw(marked["指标"], range(3, 10), range(1, 10), HERE / "标注.png", "E6")
        marked["问题清单"].column_dimensions["F"].width = 60
        draw(marked["问题清单"], range(2, 7), range(4, 10), HERE / "问题清单.png")


def _environment():
    return {**os.environ, "PYTHONPATH": str(ROOT), "HALFYEAR_LANG": "zh"}


if __name__ == "__main__":
    main()
