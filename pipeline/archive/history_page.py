"""The page of figures through the periods: small charts side by side and the same figures as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from ..charts.prepared import HATCHED
from ..charts.small_multiple import Line, Stated, small_multiple
from ..period import Period
from .collection import Archive
from .series import Point, Series, Thing

_PORTRAIT = 8  # periods whose figures stand beside each other on an upright sheet


def history_body(archive: Archive) -> str:
    """What stands on the page under its heading."""
    told = archive.history
    by_section: dict[str, list[Series]] = {}
    for line in told.series:
        by_section.setdefault(line.section, []).append(line)
    ordered = {name: by_section[name] for name in (*archive.sections, *by_section) if name in by_section}
    names = _names(told.series)
    sections = (_Section(archive, name, lines, names) for name, lines in ordered.items())
    return "".join(
        [*_lead(archive), _contents(archive, ordered, names), *(one.html() for one in sections), _split(told.split)]
    )


def needs_two(archive: Archive) -> str:
    """Why there is no history, in words; nothing where there is one."""
    if archive.history.series:
        return ""
    if len(archive.reports) == 1:
        return f"现在只有{archive.reports[0].period.label}一期报告；有了两期，这里就列出各项指标的历史。"
    return "各期报告没有同一项、同一口径的数；同一项指标在两期报告中出现，这里就列出它的历史。"


def _lead(archive: Archive) -> Iterator[str]:
    told = archive.history
    if why := needs_two(archive):
        yield f"<p>{escape(why)}</p>"
    else:
        yield (
            f"<p>共{len(told.series)}项指标，{archive.span}。每图一项，一柱一期，柱从零起；"
            "“—”不是零，是该期没有报告，报告没有这项数，或后一期报告重复了同一时间的数（只列后一期）。"
            "各期相同的不画图。数字照各期报告所印；点表中的数字，到它在报告中的位置。</p>"
        )
    if told.single:
        yield f"<p>另有{told.single}项只在一期报告中出现，没有列入。</p>"
    lost: dict[str, list[str]] = {}
    for finding in told.findings:
        lost.setdefault(str(finding.place), []).append(finding.value)
    for period, tables in lost.items():
        label = Period.parse(period).label
        yield f'<p class="lost">{label}的报告生成之后，{escape("、".join(tables))} 有过改动，这里没有来自它的数。</p>'


def _contents(archive: Archive, by_section: Mapping[str, Sequence[Series]], names: Mapping[Thing, str]) -> str:
    """Each chapter, and folded under it each of its series, as links; a chapter that is followed stands alone until all are asked for."""
    entries = "".join(
        f'<li><a href="#{escape(name)}">{escape(archive.sections.get(name, name) or "开头")}</a>'
        f"<details><summary>{len(lines)}项指标</summary><ul>{''.join(_entry(line, names) for line in lines)}</ul></details></li>"
        for name, lines in by_section.items()
    )
    every = '<a class="every" href="#every">显示各章</a>'
    return f'<nav class="jump" id="every" aria-label="各章"><ul>{entries}</ul>{every}</nav>' if by_section else ""


def _entry(line: Series, names: Mapping[Thing, str]) -> str:
    return f'<li><a href="#{names[line.thing]}">{escape(line.thing.subject)}　{escape(line.thing.measure)}</a></li>'


class _Section:
    """Charts and tables of a chapter, those of a kind of period together; what is the same in every report is said in a line."""

    def __init__(self, archive: Archive, name: str, lines: Sequence[Series], names: Mapping[Thing, str]) -> None:
        self._archive, self._name, self._lines, self._names = archive, name, lines, names
        self._title = archive.sections.get(name, name) or "开头"

    def html(self) -> str:
        """What stands under its heading."""
        constant = [line for line in self._lines if line.is_constant]
        same = "".join(f'<li id="{self._names[line.thing]}">{escape(_same(line))}</li>' for line in constant)
        told = f'<p class="note">各期相同，没有列入图表的：</p><ul class="constant">{same}</ul>' if same else ""
        kinds = "".join(
            self._of_kind(kind, some)
            for kind in self._archive.periods
            if (some := [line for line in self._lines if line.kind == kind and not line.is_constant])
        )
        return f'<section id="{escape(self._name)}"><h2>{escape(self._title)}</h2>{kinds}{told}</section>'

    def _of_kind(self, kind: str, lines: Sequence[Series]) -> str:
        periods = self._archive.periods[kind]
        drawn = [(line, self._drawn(line)) for line in lines]
        charts = "".join(self._chart(line, one, periods) for line, one in drawn)
        hedged = f'<p class="note">注：{HATCHED}。</p>' if any(one.is_hatched for _, one in drawn) else ""
        return f'<div class="charts">{charts}</div>{hedged}{self._table(f"{self._name}-{kind}", lines, periods)}'

    def _chart(self, line: Series, drawn: Line, periods: Sequence[Period]) -> str:
        thing, name = line.thing, self._names[line.thing]
        kind = "，名次" if line.is_rank else ""
        return (
            f'<figure class="series" id="{name}"><figcaption>{escape(thing.subject)}　{escape(thing.measure)}'
            f'<span class="of">（{escape(_unit(thing))}{kind}）</span></figcaption>'
            f"{small_multiple(drawn, periods, f'{name}-says')}</figure>"
        )

    def _drawn(self, series: Series) -> Line:
        figures = (
            Stated(point.period, point.value, series.said(point) + self._mark(point), bool(point.qualifier))
            for point in series.points
        )
        return Line(f"{series.thing.subject}{series.thing.measure}", tuple(figures), series.is_rank)

    def _mark(self, point: Point) -> str:
        return "*" if self._archive.correction_of(point) else ""

    def _table(self, name: str, lines: Sequence[Series], periods: Sequence[Period]) -> str:
        heads = "".join(f'<th scope="col">{head}</th>' for head in ("对象", "指标", "单位", "口径"))
        heads += "".join(
            f'<th scope="col" class="period">{period.label.replace("年", "年<wbr>", 1)}</th>' for period in periods
        )
        rows = "".join(self._row(line, periods) for line in lines)
        notes = "".join(f'<p class="note">注：{note}。</p>' for note in (*_dates(lines), *self._corrections(lines)))
        caption = f"{escape(name)}-table"
        wide = " wide" if len(periods) > _PORTRAIT else ""
        span = f"{periods[0].label}至{periods[-1].label}"
        return (
            f'<figure class="table"><figcaption id="{caption}">{escape(self._title)}{span}数据</figcaption>'
            f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{caption}"><table class="many{wide}"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>{notes}</figure>"
        )

    def _row(self, line: Series, periods: Sequence[Period]) -> str:
        thing, points = line.thing, {point.period: point for point in line.points}
        cells = "".join(f'<td class="number">{self._cell(points.get(period))}</td>' for period in periods)
        said = "".join(f"<td>{escape(word) or '—'}</td>" for word in (thing.measure, thing.unit, thing.basis))
        return f'<tr><th scope="row">{escape(thing.subject)}</th>{said}{cells}</tr>'

    def _cell(self, point: Point | None) -> str:
        if point is None:
            return "—"
        place = f"#{escape(point.anchor)}" if point.anchor else ""
        return f'<a href="{point.period}/report.html{place}">{escape(point.printed)}</a>{self._mark(point)}'

    def _corrections(self, lines: Sequence[Series]) -> Iterator[str]:
        """Which figures were corrected after they were published, what they were, and where that is said."""
        for line in lines:
            for point in line.points:
                if notice := self._archive.correction_of(point):
                    was = notice.before[self._archive.cells_of(point)]
                    yield (
                        f"* {escape(line.thing.subject + line.thing.measure)}，{point.period.label}的公开版原为{escape(was)}，"
                        f'见<a href="{escape(notice.address)}">{notice.title}</a>'
                    )


def _same(line: Series) -> str:
    """A series that never changes: 权责清单份数5份（2020年上半年至2021年下半年）."""
    first, last = line.points[0], line.points[-1]
    return f"{line.thing.subject}{line.thing.measure}{line.said(last)}（{first.period.label}至{last.period.label}）"


def _unit(thing: Thing) -> str:
    return "，".join(filter(None, (thing.unit, _basis(thing)))) or "无单位"


def _basis(thing: Thing) -> str:
    return f"口径{thing.basis}" if thing.basis == "未注明" else thing.basis


def _dates(lines: Sequence[Series]) -> Iterator[str]:
    """Which figures are those of another time than the period of their report: a year's, told the year after."""
    alike: dict[str, list[str]] = {}
    for line in lines:
        told = [f"{point.period.label}的报告所记为{point.as_of}" for point in line.points if point.is_of_another_time]
        if told:
            alike.setdefault("，".join(told), []).append(line.thing.subject + line.thing.measure)
    yield from (f"{escape('、'.join(names))}，{escape(told)}" for told, names in alike.items())


def _split(split: Sequence[Sequence[Series]]) -> str:
    if not split:
        return ""
    items = "".join(f"<li>{escape(_said(some))}</li>" for some in split)
    return (
        '<section id="not-comparable"><h2>口径或单位有变的指标</h2>'
        f"<p>以下指标的口径或单位前后不同，各期的数不能连成一项。</p><ul>{items}</ul></section>"
    )


def _said(some: Sequence[Series]) -> str:
    said = (f"{point.period.label}{line.said(point)}（{_unit(line.thing)}）" for line in some for point in line.points)
    return f"{some[0].thing.subject}{some[0].thing.measure}：{'，'.join(said)}"


def _names(lines: Sequence[Series]) -> dict[Thing, str]:
    """An id for each series, by its place on the page."""
    return {line.thing: f"series-{number}" for number, line in enumerate(lines, 1)}
