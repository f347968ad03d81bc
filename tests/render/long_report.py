"""A report of some forty pages whose paragraphs, tables and charts are drawn by a seed (示例), as a semantic body."""

from __future__ import annotations

import base64
import random

WORDS = "坚持以人民为中心的发展思想持续深化改革优化营商环境推动各项工作取得新的进展成效"
_BARS = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='440' height='{height}'><rect width='300' height='{height}'/></svg>"
)


def long_report(seed: int, chapters: int = 5, parts: int = 9) -> str:
    """Chapters of parts; a part is text, mostly a short table, now and then a long table or charts, and text again."""
    drawn = random.Random(seed)
    inside = "".join(
        f'<section><h2 id="c{chapter}">{chapter}、改革创新</h2>'
        + "".join(_part(drawn, f"{chapter}-{part}") for part in range(parts))
        + "</section>"
        for chapter in range(chapters)
    )
    signature = '<footer class="signature"><p class="signer">政策法规科</p><p class="date">2021年6月30日</p></footer>'
    return f'<article class="report" lang="zh-CN"><header class="front"><h1 id="t">工作总结</h1></header>{inside}{signature}</article>'


def _part(drawn: random.Random, name: str) -> str:
    shown = drawn.choices(([_table], [_chart], [_chart, _table], [_long_table], []), weights=(6, 2, 2, 1, 1), k=1)[0]
    return (
        f'<h3 id="p{name}">（一）重点事项</h3>'
        + _text(drawn)
        + "".join(kind(drawn, f"{name}-{place}") for place, kind in enumerate(shown))
        + (_text(drawn) if drawn.random() < 0.5 else "")
    )


def _text(drawn: random.Random) -> str:
    return "".join(f"<p>{(WORDS * 9)[: drawn.randint(15, 160)]}。</p>" for _ in range(drawn.randint(1, 3)))


def _table(drawn: random.Random, name: str, least: int = 2, most: int = 7) -> str:
    unit = '<p class="unit">单位：件</p>' if drawn.random() < 0.5 else ""
    rows = "".join(
        f'<tr><th scope="row">{WORDS[: drawn.randint(2, 30)]}</th><td class="number">{row}</td></tr>'
        for row in range(drawn.randint(least, most))
    )
    head = '<thead><tr><th scope="col">事项</th><th scope="col">办件量</th></tr></thead>'
    caption = f'<figcaption><span class="number">表{name}</span> 办理情况</figcaption>'
    return f'<figure class="table" id="t{name}">{caption}{unit}<table>{head}<tbody>{rows}</tbody></table></figure>'


def _long_table(drawn: random.Random, name: str) -> str:
    return _table(drawn, name, 12, 45)


def _chart(drawn: random.Random, name: str) -> str:
    picture = base64.b64encode(_BARS.format(height=drawn.randint(60, 300)).encode()).decode()
    return (
        f'<figure class="chart" id="f{name}"><img alt="条形图" src="data:image/svg+xml;base64,{picture}">'
        f'<figcaption><span class="number">图{name}</span> 办件量</figcaption></figure>'
    )
