"""A section of the report as its notebook sees it: the ledgers of one period, their facts, and its prose."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas

from .. import ledger, reads
from ..document.markup import Prose
from ..facts import DateFact, Fact, StatedWords
from ..facts.stated_words import bare
from .display import NOT_FILLED
from .lookup import Lookup
from .own_file import own_file
from .period_words import PeriodWords
from .prose import NOTHING, is_there, word
from .rest import Rest
from .section_rows import SectionRows


class Section(SectionRows):
    """One chapter for one period.

    Args:
        name: the section's name, as in its file name (``reform`` of ``01-reform.ipynb``).
        period: written 2021, 2021H1, 2021Q3, 2021-03 or 2021-01..09.
        workspace: the folder with notebooks/ and data/; by default the one around the notebook.

    Raises:
        UnknownPeriod, UnknownSection, WorkspaceError: there is no such period, section or workspace.

    Example:
        >>> reform = Section("reform", "2021H1")
        >>> reform.title, reform.period.label
        ('改革创新', '2021年上半年')
    """

    def about(self, initiative: str) -> Section:
        """The same section, its tables, facts and prose narrowed to one initiative (改革事项).

        Example:
            >>> len(reform.about("跨省通办").table("policies")) < len(reform.table("policies"))
            True
        """
        narrowed = Section(self.name, str(self.period), workspace=self.workspace, initiative=initiative)
        narrowed._told = self._told
        return narrowed

    @cached_property
    def lookup(self) -> Lookup:
        """What the ledgers state, by what it is about."""
        return Lookup(self.ledgers, self._rows, self._whole, where=str(self.period))

    def fact(self, subject: str, measure: str, as_of: str = "") -> Fact:
        """The one figure that the ledgers state of ``subject`` under ``measure``; of several the one ``as_of`` that date, or of
        that 口径.

        The ledgers are looked through in their order up to the first that states it; that no other does, for what
        prose asks, is a matter of ``halfyear check``.

        Raises:
            FactError: there is none, or more than one in that ledger; with the nearest names.

        Example:
            >>> reform.fact("一业一证", "办件量")
            <Fact 322件 from tables/indicators.csv#row=5;col=数值>
        """
        return self.lookup.fact(subject, measure, as_of)

    def text(self, subject: str, measure: str) -> StatedWords:
        """What the ledgers state in words (内容) of ``subject`` under ``measure``.

        Raises:
            FactError: there is none, or more than one.

        Example:
            >>> print(reform.text("工作目标", "聚焦"))
            “能办”“快办”“办好”
        """
        return self.lookup.text(subject, measure)

    def as_of(self, subject: str, measure: str, which: str = "") -> DateFact:
        """The date (截至) that the ledgers give the figure of ``subject`` under ``measure``.

        Raises:
            FactError: there is none, or more than one.

        Example:
            >>> reform.as_of("一业一证", "办件量")
            <DateFact 2021年6月 from tables/indicators.csv#row=5;col=截至>
        """
        return self.lookup.as_of(subject, measure, which)

    def prose(self, part: str, *, optional: bool = False, **names: Any) -> Prose:
        """The prose ``data/PERIOD/prose/SECTION-PART.md``, with placeholders filled; 尚未填报 where nothing is written.

        A placeholder is ``{{ fact("对象", "指标") }}``, ``{{ text("对象", "指标") }}``, ``{{ as_of("对象", "指标") }}``,
        ``{{ period }}`` with its parts (``{{ period.year }}``) or one of ``names``. A file that says ``/`` alone says that
        there is nothing to write.

        Args:
            optional: the file may be missing or empty: nothing then stands there.

        Raises:
            ProseError: the file is missing, though the period has something for this chapter, or a placeholder
                cannot be filled; with file and line.

        Example:
            >>> reform.prose("closing-words", optional=True)
            <BLANKLINE>
        """
        file = self._folder / "prose" / f"{self.name}-{bare(part)}.md"
        if not is_there(file) and (optional or self.is_absent):
            return Prose("")
        shown = file.relative_to(self.workspace.root).as_posix()
        written = word(file, shown, {**self.placeholders(), **names})
        if written == NOTHING:
            return Prose("")
        return Prose(written or ("" if optional else f"{NOT_FILLED}。"))

    @property
    def is_absent(self) -> bool:
        """Whether the period's folder has no prose and no row for this chapter: it is then not kept, and says nothing."""
        with reads.known():
            written = any((self._folder / "prose").glob(f"{self.name}-*.md"))
        asked = {one.table for one in ledger.rows_asked(self._notebook.path, self.title)}
        own = (one for one in self.ledgers if {one.stem, one.sheet} & asked or one.field(ledger.Role.SECTION))
        return not (written or any(len(self.table(one.stem)) for one in own))

    def file(self, name: str) -> pandas.DataFrame:
        """The rows of a CSV file of your own, ``data/PERIOD/NAME``: facts and words that know its cells.

        The first line names the columns, a unit behind a name in brackets is that of its figures: 金额（万元）.

        Raises:
            FactError: there is no such file, or its columns are not named. DataError: it cannot be read.

        Example:
            >>> reform.file("survey.csv")[["窗口", "满意率"]]  # doctest: +SKIP
                 窗口    满意率
            row
            2  综合窗口  97.5%
        """
        return own_file(self._folder, name)

    def rest(self, *, lead: str = "其他情况：", caption: str = "其他情况") -> Rest:
        """What the indicators state for this chapter and no cell before has shown; it closes the chapter.

        A few are said in one sentence behind ``lead``, more stand in a table. So no row depends on a notebook knowing its
        name; that it stands there only is told, for its name may be mistyped.

        Example:
            >>> disclosure.rest()
            其他情况：公示报告公示2020年度累计1份（区政府网站）。
        """
        return Rest(self, self._told, lead=lead, caption=caption)

    def placeholders(self) -> dict[str, Any]:
        """What every piece of prose can use by name.

        Example:
            >>> sorted(reform.placeholders())
            ['as_of', 'fact', 'period', 'text']
        """
        return {"fact": self.fact, "text": self.text, "as_of": self.as_of, "period": PeriodWords(self.period)}
