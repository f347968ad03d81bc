"""What is wrong with a half-year's report.toml."""

from __future__ import annotations

from ..errors import WorkspaceError
from ..findings import WARNING, Finding, Place, Words, nearest_of
from ..period import Period
from ..personal import revealing
from ..workspace import ReportSettings, Workspace

_FILE = "report.toml"
_PRINTED = ("title", "office", "bureau")  # on the first page and under the last
_WANTED = {
    "date": Words("日期，如 2021-06-30，不加引号", "a date, as in 2021-06-30, without quotation marks"),
    "str": Words("半角引号里的文字", "a text between quotation marks"),
    "bool": Words("true 或 false", "true or false"),
    "dict": Words("一个小节，如 [letterhead]", "a table, as in [letterhead]"),
}


def settings(workspace: Workspace, period: Period) -> list[Finding]:
    """The first fault of the file, or what of it is still to be filled in."""
    try:
        said = workspace.settings(period)
    except WorkspaceError as error:
        params = dict(error.params)
        if "allowed" in params:
            params["nearest"] = nearest_of(error.key.rpartition(".")[2], params["allowed"])
        if "wanted" in params:
            params["wanted"] = _WANTED[params["wanted"]]
        return [Finding(error.code, Place(_FILE, key=error.key), params=params)]
    blank = tuple(name for name in _PRINTED if not getattr(said, name).strip())
    unfilled = [Finding("not-filled-settings", Place(_FILE), params={"names": blank})] if blank else []
    return unfilled + _personal(said)


def _personal(said: ReportSettings) -> list[Finding]:
    """Personal data in what is printed: the opening and the title alike."""
    return [
        Finding(hit.kind, Place(_FILE, key=name), hit.masked, severity=WARNING)
        for name, text in vars(said).items()
        if isinstance(text, str)
        for hit in revealing(text)
    ]
