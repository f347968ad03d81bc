"""A workspace whose report takes some forty pages: twelve initiatives, 36 activities, all ledgers as rich (示例).

``python tests/forty_pages.py FOLDER`` writes it there, to be looked at.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from calling import copied_workspace

SEED, PERIOD = 20210630, "2021H1"
INITIATIVES = (
    "一业一证", "一链办理", "异地通办", "证照联办", "告知承诺", "容缺受理", "帮办代办", "电子证照应用",
    "标准地出让与拿地即开工", "工程建设项目分阶段办理", "政务服务事项标准化", "企业开办全程网办",
)  # fmt: skip
_PLACES = ("区政务服务大厅", "和谐广场一层", "经济开发区企业服务中心", "街道便民服务中心", "区法治宣传教育基地")
_PARTNERS = ("市场监管局", "司法局", "住房城乡建设局、自然资源局", "卫生健康局", "应急管理局、消防救援大队")
_MEDIA = ("济南日报", "区融媒体中心、政务公众号", "")
_SUBJECTS = ("优化营商环境", "行政处罚法", "民法典", "安全生产法", "行政许可法", "政府信息公开条例")
_WORK = (
    ("调度会议", "召开", "次"), ("联席会议", "参加", "次"), ("通知", "制发", "份"), ("办事指南", "修订", "份"),
    ("参与部门", "组织", "个"), ("窗口人员", "培训", "人次"), ("调研报告", "撰写", "篇"), ("申请材料", "精简", "份"),
    ("审批环节", "压减", "个"), ("企业走访", "开展", "家"), ("问题台账", "建立", "份"), ("数据接口", "联调", "个"),
)  # fmt: skip
_DETAILS = (
    "", "", "与市级部门逐项核对要素，形成统一口径后在各窗口执行",
    "覆盖市场准入、社会事务、建设项目和卫生健康四类事项，逐项列明责任科室和完成时限", "已全部上线运行",
)  # fmt: skip
_PROSE = """{name}由科室会同有关单位推进，重点解决企业和群众办事材料重复提交、环节多头跑动、进度无处查询的问题。科室逐项核对事项要素，梳理办理流程，{first}，{second}，做到一次告知、一表申请、一窗受理、一网通办。

推进中坚持边试点边完善。对试点中反映集中的问题，科室建立台账、逐条销号；对跨部门、跨层级的事项，明确牵头单位和配合单位的职责分工，{third}，形成闭环管理。相关做法在全区推广，窗口办理的平均用时进一步缩短，企业和群众的满意度稳步提升。

下一步将继续扩大适用范围，推动更多高频事项纳入{name}，并与电子证照、数据共享、信用监管等工作统筹推进，巩固和拓展改革成果。
"""


def forty_pages(folder: Path) -> Path:
    """A workspace with the half-year in its data, the same each time."""
    copied_workspace(folder)
    chance, data = random.Random(SEED), folder / "data" / PERIOD
    for file in (data / "prose").glob("reform-*.md"):
        if file.stem != "reform-overview":
            file.unlink()
    _made(data, "initiatives", _initiatives())
    _made(data, "policies", _policies(chance), keep=lambda row: not row["改革事项"])
    _made(data, "milestones", _milestones(chance))
    _made(data, "indicators", _indicators(chance), keep=lambda row: not row["改革事项"] and row["指标"] != "办件量")
    work = {name: list(_coordination(name, chance)) for name in INITIATIVES}
    _made(data, "coordination", [row for rows in work.values() for row in rows])
    for number, name in enumerate(INITIATIVES):
        (data / "prose" / f"reform-part-{number:02}.md").write_text(_prose(name, work[name]), encoding="utf-8")
    _made(data, "outreach", _outreach(chance))
    _made(data, "list_reviews", _list_reviews(chance))
    _made(data, "evaluation_steps", _evaluation_steps())
    _made(data, "licences", _licences(chance))
    _made(data, "cases", _cases())
    settings = data / "report.toml"
    settings.write_text("sources = true\n" + settings.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def _made(data: Path, ledger: str, rows, keep=lambda row: False) -> None:
    """Write a ledger: of the sample's rows those to keep, then ``rows``, whose other columns are blank."""
    file = data / "tables" / f"{ledger}.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        headings, kept = list(reader.fieldnames or ()), [row for row in reader if keep(row)]
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, headings, restval="")
        writer.writeheader()
        writer.writerows([*kept, *({**row, "备注": "示例"} for row in rows)])


def _initiatives() -> Iterator[dict[str, str]]:
    for number, name in enumerate(INITIATIVES):
        yield {"编号": f"part-{number:02}", "名称": name, "牵头科室": "政策法规科", "状态": "推进中"}


def _policies(chance: random.Random) -> Iterator[dict[str, str]]:
    for number, name in enumerate(INITIATIVES):
        common = {"板块": "改革创新", "改革事项": name, "年份": "2020"}
        for step, issuer in enumerate(("国务院办公厅", "省政府办公厅", "市政府办公厅")[: chance.randint(2, 3)]):
            title = f"《{issuer}关于推进{name}改革的指导意见》"
            document = f"示例发〔2020〕{10 * number + step + 1}号"
            yield {**common, "文件名称": title, "文号": document, "发文机关": issuer, "关系": "依据"}
        title = f"《{name}改革实施方案》"
        yield {**common, "文件名称": title, "关系": "起草", "年份": "2021H1", "份数": "1", "单位": "份"}


def _milestones(chance: random.Random) -> Iterator[dict[str, str]]:
    for number, name in enumerate(INITIATIVES):
        for event, month in (("启动仪式", 2), ("现场推进会", 5)):
            yield {
                "改革事项": name,
                "日期": f"2021-0{month}-{number + 10}",
                "时段": chance.choice(("上午", "下午")),
                "事件": event,
                "地点": chance.choice(_PLACES),
                "分工": "科室负责会务服务与会后宣传",
            }


def _indicators(chance: random.Random) -> Iterator[dict[str, str]]:
    for name in INITIATIVES:
        figure = str(chance.randint(40, 900))
        yield {
            "板块": "改革创新",
            "对象": name,
            "指标": "办件量",
            "数值": figure,
            "单位": "件",
            "口径": "当期",
            "截至": PERIOD,
        }


def _coordination(name: str, chance: random.Random) -> Iterator[dict[str, str]]:
    for subject, action, unit in sorted(chance.sample(_WORK, chance.randint(8, 12)), key=_WORK.index):
        figure = {"数量": str(chance.randint(2, 60)), "单位": unit, "限定词": chance.choice(("", "", "余"))}
        yield {"改革事项": name, "对象": subject, "动作": action, **figure, "说明": chance.choice(_DETAILS)}


def _prose(name: str, rows: list[dict[str, str]]) -> str:
    """Three paragraphs that state three of the initiative's rows."""
    said = [f'{row["动作"]}{row["对象"]}{{{{ fact("{row["对象"]}", "{row["动作"]}") }}}}' for row in rows[:3]]
    return _PROSE.format(name=name, first=said[0], second=said[1], third=said[2])


def _outreach(chance: random.Random) -> Iterator[dict[str, str]]:
    for number in range(36):
        figures = {
            "接待群众": f"{chance.randint(6, 60) * 10}余",
            "发放宣传品": f"{chance.randint(20, 160) * 10}余",
        }
        yield {
            "月份": f"2021-0{number // 6 + 1}",
            "活动": f"“{_SUBJECTS[number % 6]}”第{number // 6 + 1}场集中宣传和现场咨询活动",
            "主题": "“一月一主题”",
            "联合单位": _PARTNERS[number % 5],
            "地点": _PLACES[number % 5],
            "媒体报道": _MEDIA[number % 3],
            **figures,
        }


def _list_reviews(chance: random.Random) -> Iterator[dict[str, str]]:
    for name in INITIATIVES:
        scope = "、".join(chance.sample(("省级事项", "市级事项", "区级事项", "街道事项", "社区事项"), 3))
        yield {
            "清单": f"{name}事项清单",
            "动作": "梳理",
            "次数": str(chance.randint(2, 20)),
            "单位": "次",
            "范围": scope,
            "明确内容": "明确事项的名称、依据、材料、时限和责任科室",
        }


def _evaluation_steps() -> Iterator[dict[str, str]]:
    for evaluation in ("简政放权评估", "营商环境评价"):
        yield {
            "评估": evaluation,
            "环节": "来区调研",
            "时间": "2021-06",
            "工作内容": "来区调研",
            "依据": "根据区政府办通知",
            "组织方": "市评估调研工作组",
        }
        for stage in ("会前", "会中", "会后"):
            for name in INITIATIVES[::3]:
                work = f"汇总{name}的任务清单和佐证材料，逐项核对数据来源，向有关单位通报进度"
                yield {"评估": evaluation, "环节": stage, "时间": "2021-06", "工作内容": work}


def _licences(chance: random.Random) -> Iterator[dict[str, str]]:
    for kind in ("市场准入", "社会事务", "建设项目", "卫生健康", "交通城管"):
        granted, refused = chance.randint(900, 9000), chance.randint(20, 200)
        yield {
            "年度": "2020",
            "事项类别": kind,
            "受理数量": str(granted + refused),
            "许可数量": str(granted),
            "不予许可数量": str(refused),
            "撤销许可数量": str(refused // 9),
        }


def _cases() -> Iterator[dict[str, str]]:
    for kind, result, count in (("行政诉讼", "驳回", 4), ("行政诉讼", "撤诉", 3), ("行政复议", "维持", 2)):
        yield {"类型": kind, "结果": result, "件数": str(count), "口径": "当期"}


if __name__ == "__main__":
    forty_pages(Path(sys.argv[1]))
