"""What a ledger is made of: columns with a Chinese heading, an English field name, a kind and one sentence.

A ledger is one class (schemas.py). From it alone come reading, checks, templates, the pandera model and the data
dictionary, so that a new ledger is one new class and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..facts.quantity import QUALIFIERS

TEXT, CHOICE, STATED, WHEN, SLUG = "text", "choice", "stated", "when", "slug"

TABLES: dict[str, type[Ledger]] = {}


@dataclass(frozen=True)
class Column:
    """One column of a ledger.

    ``kind`` is text, choice, stated (a figure), when (a date) or slug. ``zh`` and ``en`` are the same sentence for the
    one who fills the ledger and the one who reads the code. A stated column takes its unit from ``unit`` or the column
    ``unit_from``, its qualifier from the column ``qualifier_from``; ``counts`` says that it may be neither negative nor
    broken. A date with ``in_period`` should lie in the period. ``refers_to`` names what a text must be one of: section,
    initiative or table; ``unique``
    that it stands in one row only.
    """

    heading: str
    zh: str
    en: str
    kind: str = TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    unit: str = ""
    unit_from: str = ""
    qualifier_from: str = ""
    counts: bool = False
    in_period: bool = False
    refers_to: str = ""
    unique: bool = False
    field: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "field", name)


class Ledger:
    """One kind of source records; subclass it with the columns as class attributes.

    Class keywords: ``stem`` names the file, ``sheet`` the sheet of a workbook, ``key`` the fields that tell a row from
    another, ``compared_by`` the fields by which a row finds itself in another period (the key without dates),
    ``total_over`` the field whose 合计 stands for the sum of the other rows, ``carried`` what a new period takes over:
    nothing, ``all`` or ``running`` (rows whose status is not 已完成). The docstring's first line is the explanation in
    English, ``row_zh`` the same in Chinese.
    """

    stem: ClassVar[str] = ""
    sheet: ClassVar[str] = ""
    row_zh: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]] = ()
    key: ClassVar[tuple[str, ...]] = ()
    compared_by: ClassVar[tuple[str, ...]] = ()
    total_over: ClassVar[str] = ""
    carried: ClassVar[str] = ""

    def __init_subclass__(
        cls,
        *,
        stem: str,
        sheet: str,
        key: tuple[str, ...] = (),
        compared_by: tuple[str, ...] = (),
        total_over: str = "",
        carried: str = "",
    ) -> None:
        cls.stem, cls.sheet, cls.key = stem, sheet, key
        cls.compared_by, cls.total_over, cls.carried = compared_by or key, total_over, carried
        cls.columns = tuple(value for value in vars(cls).values() if isinstance(value, Column))
        TABLES[stem] = cls

    @classmethod
    def column(cls, name: str) -> Column:
        """The column of that field name or heading.

        Raises:
            KeyError: there is none.
        """
        for column in cls.columns:
            if name in (column.field, column.heading):
                return column
        raise KeyError(name)

    @classmethod
    def headings(cls) -> list[str]:
        """The Chinese headings in order."""
        return [column.heading for column in cls.columns]


def stem_of(name: str) -> str:
    """The stem of the ledger called ``name``, by its sheet's name or its file's; "" where there is none."""
    return next((stem for stem, ledger in TABLES.items() if name in (ledger.sheet, stem)), "")


def disclosure(default: str = "主动公开") -> Column:
    """公开属性, in every ledger."""
    return Column(
        "公开属性",
        f"这一行能否公开；空着就是“{default}”。",
        f"Whether the row may be published; blank means {default}.",
        CHOICE,
        choices=("主动公开", "依申请公开", "不予公开", "内部"),
        default=default,
    )


def note() -> Column:
    """备注, in every ledger."""
    return Column("备注", "给同事看的说明，不进报告。", "A remark for colleagues; it does not reach the report.")


def qualifier() -> Column:
    """限定词 beside a figure."""
    return Column(
        "限定词",
        "数字的约数词，只能有一个；写在这里或写在数字里，不要两处都写。",
        "The hedge of the figure, one at most; here or in the figure, not in both.",
        CHOICE,
        choices=QUALIFIERS,
    )


def unit() -> Column:
    """单位 beside a figure."""
    return Column("单位", "计量单位，如件、次、人次、%、万元。", "The unit of the figure: 件, 次, 人次, %, 万元.")


def section() -> Column:
    """板块: the chapter of the report to which the row belongs."""
    return Column(
        "板块",
        "这一行属于报告的哪个部分，写那一部分的标题。",
        "The section of the report: its title, or the name of its notebook.",
        required=True,
        refers_to="section",
    )


def initiative(*, required: bool = False) -> Column:
    """改革事项: a row of the ledger 改革事项."""
    return Column(
        "改革事项",
        "所属改革事项，与“改革事项”表的名称一致。",
        "The initiative it belongs to, named as in the ledger 改革事项.",
        required=required,
        refers_to="initiative",
    )


def basis(*, zh: str = "计数必填。") -> Column:
    """口径: over which span a count counts."""
    return Column(
        "口径",
        f"这个数统计的是哪一段；{zh}",
        "The span a count covers: this period, the year so far, since the start, or not stated.",
        CHOICE,
        choices=("当期", "本年累计", "开办以来累计", "未注明"),
    )
