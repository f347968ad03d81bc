"""What a period's report.toml says of its report, read and held against what may stand there."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any, NamedTuple

from .errors import WorkspaceError
from .findings import Place, Said, nearest_of
from .input_file import toml_of

_SETTINGS = {"title": str, "office": str, "bureau": str, "district": str, "city": str, "opening": str, "signed": date}
_WANTED = {
    date: Said("wanted-date"),
    int: Said("wanted-positive"),
    str: Said("wanted-text"),
    bool: Said("wanted-truth"),
    dict: Said("wanted-table"),
    list: Said("wanted-highlights"),
}
_PARTS = {"letterhead": ("issuer", "number", "signer"), "colophon": ("copied", "printer", "date")}
NEEDED = tuple(_SETTINGS)


class ReportSettings(NamedTuple):
    """What ``report.toml`` says of a period's report.

    ``opening`` is Markdown put before the first section; ``signed`` the day under the signature;
    ``cell_timeout`` gives the seconds that a cell may run; ``draft`` marks the document 草稿; ``sources`` adds the list of sources (附件：数据来源).
    ``from_months`` says that what the period's ledgers lack is made of those of its months.
    ``highlights`` are the labels of the figures at the top of the page (要点), false for none;
    ``main_figures`` puts a table of them, beside earlier ones, behind the opening. ``recipients`` (主送机关) stand
    under the title; ``contents`` adds a 目录. ``letterhead`` (issuer, number, signer: 签发人)
    and ``colophon`` (copied, printer, date) put a 版头 and a 版记 on the PDF; a report has none of these unless asked. ``departments`` says who fills in what, for ``halfyear collect``.
    """

    title: str
    office: str
    bureau: str
    district: str
    city: str
    signed: date | None
    opening: str
    cell_timeout: int = 600
    draft: bool = False
    sources: bool = False
    from_months: bool = False
    main_figures: bool = False
    highlights: bool | list[str] = True
    recipients: str = ""
    contents: bool = False
    letterhead: dict[str, str] | None = None
    colophon: dict[str, str] | None = None
    departments: dict[str, list[str]] | None = None

    @classmethod
    def read(cls, raw: bytes, shown: str) -> ReportSettings:
        """What a ``report.toml`` says that is called ``shown``.

        Raises:
            WorkspaceError: it is not TOML, lacks a key, has an unknown one or one of the wrong type.
        """
        return cls(**_checked(read_toml(raw, shown), shown))


def read_toml(raw: bytes, shown: str) -> dict[str, Any]:
    """A TOML file of the workspace that is called ``shown``.

    Raises:
        WorkspaceError: it is none.
    """
    try:
        return toml_of(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError("settings-not-toml", Place(shown), reason=error) from error


def _checked(values: dict[str, Any], shown: str) -> dict[str, Any]:
    """``values`` with every setting present and of its type; an empty ``signed`` becomes None."""
    allowed: dict[str, type[Any]] = {
        **_SETTINGS,
        "draft": bool,
        "sources": bool,
        "from_months": bool,
        "main_figures": bool,
        "highlights": list,
        "recipients": str,
        "contents": bool,
        "cell_timeout": int,
        "departments": dict,
        **dict.fromkeys(_PARTS, dict),
    }
    for key, value in values.items():
        if key not in allowed:
            raise WorkspaceError(
                "settings-unknown", Place(shown, key=key), allowed=tuple(allowed), nearest=nearest_of(key, allowed)
            )
        right = type(value) is allowed[key] and (
            key != "cell_timeout" or value > 0
        )  # a time is no date, true no number
        if key == "highlights":
            right = value is False or (right and all(isinstance(one, str) for one in value))
        if not right and not (key == "signed" and value == ""):
            raise WorkspaceError("settings-type", Place(shown, key=key), value=str(value), wanted=_WANTED[allowed[key]])
        for part, word in value.items() if key in _PARTS else ():
            if part not in _PARTS[key] or not isinstance(word, str):
                raise WorkspaceError(
                    "settings-part",
                    Place(shown, key=f"{key}.{part}"),
                    value=str(word),
                    allowed=_PARTS[key],
                    nearest=nearest_of(part, _PARTS[key]),
                )
    missing = [key for key in _SETTINGS if key not in values]
    if missing:
        raise WorkspaceError("settings-lacks", Place(shown), names=tuple(missing))
    return {**values, "signed": values["signed"] or None}
