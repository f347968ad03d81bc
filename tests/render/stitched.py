"""Notebooks for the tests of rendering, built in code: a stitched report, a report under stress, a notebook from elsewhere."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

TITLE = "2021年上半年政策法规科工作总结"
_NUMERALS = "一二三四五六七八九十"


def fact(value: str, row: int = 2, table: str = "indicators", column: str = "数值", **more: str) -> str:
    """A number in the text as the notebooks write it."""
    extra = "".join(f' data-{name}="{text}"' for name, text in more.items())
    source = f"tables/{table}.csv#row={row};col={column}"
    return f'<data class="fact" value="{value}" data-source="{source}"{extra}>{value}</data>'


def png(width: int = 640, height: int = 320, heights: tuple[int, ...] = (60, 120, 90, 200)) -> str:
    """A bar chart as a PNG in base64."""
    step = width // len(heights)
    row = {}
    for level in range(height):
        line = bytearray(b"\xff" * width * 3)
        for index, bar in enumerate(heights):
            if height - level <= bar:
                start = (index * step + step // 4) * 3
                line[start : start + step // 2 * 3] = b"\x1f\x4e\x79" * (step // 2)
        row[level] = b"\0" + bytes(line)
    raw = zlib.compress(b"".join(row.values()), 9)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    image = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", raw) + chunk(b"IEND", b"")
    return base64.b64encode(image).decode()


def svg(
    heights: tuple[int, ...] = (60, 120, 90, 200), names: tuple[str, ...] = ("许可", "备案", "调度", "会议")
) -> str:
    """The same bar chart as an SVG whose words are text."""
    bars = "".join(
        f'<rect x="{40 + index * 100}" y="{240 - bar}" width="56" height="{bar}" fill="#1f4e79"/>'
        f'<text x="{68 + index * 100}" y="{234 - bar}" text-anchor="middle">{bar}</text>'
        f'<text x="{68 + index * 100}" y="258" text-anchor="middle">{name}</text>'
        for index, (bar, name) in enumerate(zip(heights, names, strict=False))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="440" height="270" viewBox="0 0 440 270" '
        f'font-family="Noto Sans SC, sans-serif" font-size="13">{bars}<path d="M20 240H420" stroke="#333"/></svg>'
    )


def chart(name: str, number: str, caption: str, *, alt: str = "", heights: tuple[int, ...] = (60, 120, 90, 200)) -> Any:
    """The output of a cell that shows a chart: a figure with the SVG inside, the PNG beside it."""
    address = "data:image/svg+xml;base64," + base64.b64encode(svg(heights).encode()).decode()
    html = (
        f'<figure class="chart" id="fig-{name}"><img alt="{alt or caption + "：柱形图"}" src="{address}">'
        f'<figcaption><span class="number">{number}</span> {caption}</figcaption></figure>'
    )
    return new_output("display_data", {"text/html": html, "image/png": png(heights=heights), "text/plain": caption})


def table(
    name: str,
    number: str,
    caption: str,
    heads: list[str],
    rows: list[list[str]],
    *,
    unit: str = "",
    note: str = "",
) -> Any:
    """The output of a cell that shows a table; cells that are numbers are facts, the first of a row its heading."""

    def cell(text: str, row: int) -> str:
        numeric = text.replace(".", "").replace("-", "").replace("%", "").isdigit()
        return f'<td class="number">{fact(text, row)}</td>' if numeric else f"<td>{text}</td>"

    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(cell(text, row) for text in rest)}</tr>'
        for row, (first, *rest) in enumerate(rows, 2)
    )
    html = (
        f'<figure class="table" id="tbl-{name}"><figcaption><span class="number">{number}</span> {caption}</figcaption>'
        + (f'<p class="unit">单位：{unit}</p>' if unit else "")
        + f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        + (f'<p class="note">{note}</p>' if note else "")
        + "</figure>"
    )
    return new_output("display_data", {"text/html": html, "text/plain": caption})


def prose(text: str) -> Any:
    """The output of a cell that words a paragraph."""
    return new_output("display_data", {"text/markdown": text, "text/plain": text})


def report(cells: list[Any], *, signed: str = "2021-06-30", draft: bool = False, **more: Any) -> Any:
    """A stitched notebook around ``cells``: the title before them, the signature after them."""
    halfyear = {
        "title": TITLE,
        "period": "2021H1",
        "label": "2021年上半年",
        "office": "政策法规科",
        "bureau": "某区行政审批服务局",
        "district": "某区",
        "city": "某市",
        "signed": signed,
        "draft": draft,
        "edition": "internal",
        "lang": "zh-CN",
        **more,
    }
    date = '<p class="date">2021年6月30日</p>' if signed else ""
    signature = new_markdown_cell(f'<footer class="signature"><p class="signer">政策法规科</p>{date}</footer>')
    notebook = new_notebook(cells=[new_markdown_cell(f"# {halfyear['title']}"), *cells, signature])
    notebook.metadata = nbformat.from_dict({"halfyear": halfyear, "language_info": {"name": "python"}})
    return _settled(notebook)


def stitched(*, draft: bool = False) -> Any:
    """A short report of two sections with a table, a chart, cross-references and every level of heading."""
    opening = "今年以来，政策法规科在区委、区政府和局党组的领导下，紧紧围绕“放管服”改革，各项工作取得新进展。现将上半年工作总结如下："
    cells = [
        new_markdown_cell(opening),
        _markdown("reform", heading(2, 1, "改革创新")),
        _markdown("reform", heading(3, 1, "推进“一件事”改革")),
        _code(
            "reform",
            prose(
                f"上半年共受理各类审批事项{fact('322')}件，同比增长{fact('12.5', 3, derivation='change')}%，"
                f"其中即办件{fact('30', 4, qualifier='余')}余件，"
                '详见<a class="ref" href="#tbl-handled">表1</a>和<a class="ref" href="#fig-handled">图1</a>。'
            ),
        ),
        _code(
            "reform",
            table(
                "handled",
                "表1",
                "办件情况",
                ["事项", "办结", "同比"],
                _HANDLED,
                unit="件",
                note="注：截至2021年6月30日。",
            ),
        ),
        _markdown("reform", heading(4, 1, "优化流程")),
        _markdown(
            "reform", "全面梳理办事环节，压缩承诺时限，推行《告知承诺制》（区政办发〔2021〕12号），做到“应减尽减”。"
        ),
        _markdown("reform", heading(5, 1, "减少材料")),
        _markdown("reform", "对可以通过数据共享获取的材料，一律不再要求申请人提交。"),
        _code("reform", chart("handled", "图1", "各类事项办结件数")),
        _markdown("lists", heading(2, 2, "清单梳理")),
        _code(
            "lists",
            prose(
                f"共梳理政务服务事项{fact('1123', 5)}项，调整{fact('86', 6)}项。\n\n- 行政许可；\n- 行政确认；\n- 其他服务。"
            ),
        ),
    ]
    return report(cells, draft=draft)


_HANDLED = [["行政许可", "120", "12.5%"], ["行政确认", "96", "-3.2%"], ["公共服务", "106", "持平"]]


def heading(level: int, number: int, text: str) -> str:
    """A heading of the stitched report with its number: 一、 （一） 1. （1） for levels 2 to 5."""
    numeral = _NUMERALS[number - 1]
    written = {2: f"{numeral}、", 3: f"（{numeral}）", 4: f"{number}.", 5: f"（{number}）"}[level]
    return f'{"#" * level} <span class="number">{written}</span>{text}'


def stress() -> Any:
    """A report that asks for everything at once: 200 rows, 12 columns, 4 levels, 20 figures, footnotes, a formula, Latin."""
    long_rows = [
        [f"第{row}项审批服务事项名称", "行政许可", str(row * 7 % 311), f"{row % 40}.{row % 10}%"]
        for row in range(1, 201)
    ]
    wide_heads = ["单位", *(f"{month}月办件量" for month in range(1, 12))]
    wide_rows = [
        [f"{name}局", *(str(1000 + index * 37 + row * 11) for index in range(11))] for row, name in enumerate(_BUREAUS)
    ]
    cells = [
        _markdown("long", heading(2, 1, "长表")),
        _markdown("long", _LONG_PROSE * 3),
        _code(
            "long",
            table("long", "表1", "审批服务事项办理情况明细", ["事项", "类别", "办结", "占比"], long_rows, unit="件、%"),
        ),
        _markdown("wide", heading(2, 2, "宽表")),
        _code(
            "wide",
            table(
                "wide", "表2", "各单位分月办件量", wide_heads, wide_rows, unit="件", note="注：数据来源于政务服务平台。"
            ),
        ),
        _markdown("text", heading(2, 3, "文字")),
    ]
    for number, text in enumerate(("依法行政", "Mixed Latin 混排", "标点与断行"), 1):
        cells += [
            _markdown("text", heading(3, number, text)),
            _markdown("text", _LONG_PROSE),
            _markdown("text", heading(4, 1, "三级标题")),
            _markdown("text", _LATIN),
            _markdown("text", heading(5, 1, "四级标题")),
            _markdown("text", _PUNCTUATION),
        ]
    cells += [_markdown("figures", heading(2, 4, "图"))]
    for number in range(1, 21):
        cells += [
            _markdown("figures", f"第{number}幅图前的一句话，见下图。"),
            _code(
                "figures",
                chart(
                    f"n{number}", f"图{number}", f"第{number}项指标", heights=(30 + number * 5, 90, 60 + number, 150)
                ),
            ),
        ]
    return report(cells)


def foreign() -> Any:
    """A notebook from elsewhere: code, streams, a traceback, a frame, pictures, formulas, raw cells, a widget, an attachment."""
    frame = (
        '<div><style scoped>.dataframe {color: red}</style><table border="1" class="dataframe"><thead>'
        '<tr style="text-align: right;"><th></th><th>a</th><th>b</th></tr></thead>'
        "<tbody><tr><th>0</th><td>1</td><td>x</td></tr></tbody></table></div>"
    )
    error = new_output(
        "error",
        ename="ZeroDivisionError",
        evalue="division by zero",
        traceback=["\x1b[0;31mZeroDivisionError\x1b[0m", "\x1b[0;32m----> 1\x1b[0m 1/0"],
    )
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "IntSlider(value=0)"}
    attached = new_markdown_cell("![a dot](attachment:dot.png)")
    attached["attachments"] = {"dot.png": {"image/png": png(8, 8)}}
    cells = [
        new_markdown_cell(
            "# A notebook from elsewhere\n\nEuler wrote $e^{i\\pi} + 1 = 0$ and\n\n$$\\int_0^1 x^2\\,dx = \\frac{1}{3}$$"
        ),
        new_code_cell(
            "print('hello')",
            outputs=[new_output("stream", name="stdout", text="hel"), new_output("stream", name="stdout", text="lo\n")],
        ),
        new_code_cell("1/0", outputs=[error]),
        new_code_cell(
            "frame",
            outputs=[new_output("execute_result", {"text/html": frame, "text/plain": "   a  b"}, execution_count=3)],
        ),
        new_code_cell(
            "plot()", outputs=[new_output("display_data", {"image/png": png(), "text/plain": "<Figure size 640x320>"})]
        ),
        new_code_cell("drawing", outputs=[new_output("display_data", {"image/svg+xml": svg(), "text/plain": "<SVG>"})]),
        new_code_cell("slider", outputs=[new_output("display_data", widget)]),
        new_code_cell(
            "evil",
            outputs=[new_output("display_data", {"text/html": "<script>alert(1)</script>", "text/plain": "safe"})],
        ),
        new_raw_cell("raw text"),
        new_raw_cell("\\LaTeX only", metadata={"raw_mimetype": "text/latex"}),
        attached,
    ]
    return _settled(new_notebook(cells=cells))


def _markdown(section: str, text: str) -> Any:
    return new_markdown_cell(text, metadata={"halfyear": {"section": section}})


def _code(section: str, *outputs: Any, source: str = "show()") -> Any:
    return new_code_cell(
        source, outputs=list(outputs), metadata={"tags": ["remove-input"], "halfyear": {"section": section}}
    )


def _settled(notebook: Any) -> Any:
    """The same notebook with cell ids that do not change from run to run."""
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number}"
    return notebook


_BUREAUS = [
    "发改",
    "教体",
    "工信",
    "民政",
    "财政",
    "人社",
    "住建",
    "交通",
    "水利",
    "农业",
    "商务",
    "文旅",
    "卫健",
    "应急",
    "审计",
    "统计",
]
_LONG_PROSE = (
    "一是坚持以人民为中心的发展思想，聚焦企业和群众办事的堵点、难点、痛点问题，持续深化“放管服”改革，着力优化营商环境，"
    "推动政务服务标准化、规范化、便利化，让企业和群众办事更加方便、更加快捷、更加满意。二是严格落实《优化营商环境条例》"
    "（国务院令第722号）要求，健全完善工作机制，压实各方工作责任，强化督促检查，确保各项改革任务落到实处、见到实效[^1]。\n\n"
    "[^1]: 数据来源：全国一体化政务服务平台统计报表，截至2021年6月30日。\n\n"
)
_LATIN = (
    "系统采用 OAuth 2.0 与 HTTPS/TLS 1.3 协议，接口遵循 RESTful API 规范，平均响应时间为 126.5 ms，"
    "较上年同期（2020H1）缩短 23.7%；其均值为 $\\bar{x} = \\frac{1}{n}\\sum_{i=1}^{n} x_i$。\n\n"
    "$$s^2 = \\frac{1}{n-1}\\sum_{i=1}^{n}(x_i-\\bar{x})^2$$"
)
_PUNCTUATION = (
    "根据《安全生产法》《行政许可法》《优化营商环境条例》等规定，（某政办发〔2021〕15号）要求：“应公开、尽公开”……全年共办理3.4万件、10万余次、99.8%、15个百分点。"
    * 3
)
