"""A small workspace whose ledgers have no fault, for tests that put one in."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from pipeline.findings import Finding
from pipeline.ledger import TABLES, check
from pipeline.workspace import Workspace

SECTIONS = {"01-reform": "改革创新", "02-lists": "清单梳理", "03-disclosure": "事前公示"}
# One row of each ledger with nothing to remark on; all of them made up (示例).
ROWS: dict[str, dict[str, str]] = {
    "indicators": {
        "板块": "改革创新",
        "改革事项": "示例通办",
        "对象": "示例通办",
        "指标": "办件量",
        "数值": "322",
        "单位": "件",
        "口径": "当期",
        "截至": "2021-06",
    },
    "initiatives": {"编号": "sample", "名称": "示例通办", "状态": "推进中"},
    "policies": {
        "板块": "改革创新",
        "改革事项": "示例通办",
        "文件名称": "《示例办法》",
        "关系": "依据",
        "年份": "2020",
        "份数": "1",
        "单位": "份",
    },
    "coordination": {"改革事项": "示例通办", "对象": "会议", "动作": "调度", "数量": "5", "单位": "次"},
    "milestones": {"改革事项": "示例通办", "日期": "2021-06-29", "时段": "上午", "事件": "启动仪式"},
    "list_reviews": {"清单": "示例清单", "动作": "梳理", "次数": "10", "限定词": "余", "单位": "次"},
    "list_changes": {
        "批次": "1",
        "日期": "2021-05-01",
        "清单": "示例清单",
        "变更类型": "合并",
        "事项": "示例事项",
        "变更前": "3",
        "变更后": "1",
    },
    "evaluation_steps": {"评估": "示例评估", "环节": "会前", "时间": "2021年6月上旬", "工作内容": "准备资料"},
    "outreach": {"月份": "2021-04", "活动": "示例宣传", "接待群众": "200余", "发放宣传品": "1000余"},
    "officers": {"人员类别": "示例人员", "审核状态": "通过", "人数": "31", "单位": "人", "截至": "2021-06-30"},
    "cases": {"类型": "行政诉讼", "阶段": "在办", "件数": "1", "收案日期": "2021-03-15"},
    "licences": {
        "年度": "2020",
        "申请数量": "110",
        "受理数量": "100",
        "许可数量": "90",
        "不予许可数量": "10",
        "撤销许可数量": "2",
    },
    "checks": {"表": "licences", "名称": "示例勾稽", "规则": "受理数量 = 许可数量 + 不予许可数量"},
}
REPORT = 'title = "示例"\noffice = "示例科"\nbureau = "示例局"\ndistrict = ""\ncity = ""\nopening = ""\nsigned = 2021-06-30\n'


def csv_bytes(lines: list[list[str]], encoding: str = "utf-8") -> bytes:
    """Comma-separated lines as a file's bytes."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue().encode(encoding)


def table_bytes(table: str, rows: list[dict[str, str]]) -> bytes:
    """The CSV file of a ledger with these rows, by heading."""
    headings = TABLES[table].headings()
    return csv_bytes([headings, *([row.get(heading, "") for heading in headings] for row in rows)])


@dataclass
class Sample:
    """A workspace of this folder; 2021H1 has every ledger, without a fault."""

    root: Path

    @property
    def folder(self) -> Path:
        """``data/2021H1``."""
        return self.root / "data" / "2021H1"

    def put(self, table: str, rows: list[dict[str, str]], period: str = "2021H1") -> None:
        """Write a ledger: each row is the faultless one with these cells instead."""
        folder = self.root / "data" / period
        (folder / "tables").mkdir(parents=True, exist_ok=True)
        (folder / "report.toml").write_text(REPORT, encoding="utf-8")
        content = table_bytes(table, [{**ROWS[table], **row} for row in rows])
        (folder / "tables" / f"{table}.csv").write_bytes(content)

    def write(self, name: str, content: bytes) -> Path:
        """Write a file of ``data/2021H1``."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def only(self) -> None:
        """Take every table away."""
        for path in self.folder.glob("tables/*"):
            path.unlink()

    def check(self, period: str = "2021H1") -> list[Finding]:
        """The problems of a half-year."""
        return check(Workspace.at(self.root), period)
