"""One ledger's declaration read from TOML: what it says, and every fault of it with file, line and key.

Property names are those of Frictionless Table Schema (title, description, primaryKey, fields; name, title, type,
description, constraints with required, unique, enum) where it has them.
"""

from __future__ import annotations

import keyword
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from ..findings import Finding, Place, Said, nearest_of
from ..input_file import toml_of
from .columns import Column, Ledger
from .declaration_needs import needs
from .headings import bare_heading
from .recurring import with_base_columns
from .roles import DATE, FIGURE, MEANINGS, TEXT, Role

LEDGER_PROPERTIES = {
    "title": str, "description": str, "description_en": str, "order": int, "primaryKey": list, "compared_by": list,
    "compared_if": list,
    "total_over": str, "carried": str, "yearly": bool, "added_up": bool, "generated": bool,
    "within": str, "fields": list,
}  # fmt: skip
FIELD_PROPERTIES = {
    "name": str, "title": str, "type": str, "role": str, "description": str, "description_en": str, "unit": str,
    "counts": bool, "in_period": bool, "default": str, "ended": list, "identifying": bool, "constraints": dict,
}  # fmt: skip
_CONSTRAINTS = {"required": bool, "unique": bool, "enum": list}
_WANTED = {
    str: Said("wanted-text"),
    bool: Said("wanted-truth"),
    int: Said("wanted-integer"),
    list: Said("wanted-list"),
    dict: Said("wanted-constraints"),
}
_CARRIED = ("all", "running")
_ONLY_FOR = {"unit": FIGURE, "counts": FIGURE, "in_period": DATE, "default": TEXT, "ended": TEXT}
_DECLARED = tuple(str(role) for role in Role if role != Role.BASE)
_ORDER = 1000  # behind those built in, unless a declaration says otherwise
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SHEET = re.compile(r"(?!['\s])[^\[\]:*?/\\\x00-\x1f]{0,30}[^\[\]:*?/\\\x00-\x1f'\s]|")  # what Excel calls a sheet
_ADDED = ("row", "previous", "year_before", "change_rate", "previous_change", "year_before_change")
_BY_SECTIONS = Said("column-of-notebooks")


@cache
def standard_columns() -> dict[str, dict[str, Any]]:
    """Role → what a column of that role says unless a declaration says otherwise."""
    return tomllib.loads((Path(__file__).parent / "standard_columns.toml").read_text(encoding="utf-8"))


class Declaration:
    """A declaration as it is read: ``ledger`` is what it declares, None where ``problems`` say why not."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self._lines = file, text.splitlines()
        self.problems: list[Finding] = []
        self.ledger: Ledger | None = None
        self.names = {Path(file).stem}  # under which its records may lie, though it has faults
        try:
            said = toml_of(text)
        except tomllib.TOMLDecodeError as error:
            self.fault("declaration-not-toml", (), reason=str(error))
            return
        self.names |= {str(said.get("title"))}
        ledger = self._read(said)
        if ledger is not None and not self.problems:
            for key, what in needs(ledger):
                self.fault("declaration-needs", key, what=what)
        self.ledger = None if self.problems or ledger is None else with_base_columns(ledger)

    def fault(self, code: str, key: tuple[Any, ...], value: str = "", **params: Any) -> None:
        """Add a problem of the property at ``key``, (property,) or ("fields", which from 0, property, …)."""
        line = self._line(key)
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in key)
        self.problems.append(Finding(code, Place(self.file, line=line, key=name), value, params))

    def _line(self, key: tuple[Any, ...]) -> int:
        """The line that a property stands in, or else that of its table; 0 where it cannot be told."""
        which = key[1] if len(key) > 1 and key[0] == "fields" else -1
        name, table, found = (key[2:3] or ("",))[0] if which >= 0 else (key or ("",))[0], -1, 0
        for number, line in enumerate(self._lines, 1):
            if re.match(r"\s*\[\[\s*fields\s*]]", line):
                table += 1
                found = number if table == which else found
            elif table == which and name and re.match(rf'\s*["\']?{re.escape(str(name))}["\']?\s*=', line):
                return number
        return found

    # -- the ledger and its columns --------------------------------------------------------------------

    def _read(self, said: dict[str, Any]) -> Ledger | None:
        stem = Path(self.file).stem
        if not _NAME.fullmatch(stem):
            self.fault("declaration-name", (), stem)
        self._holds(said, LEDGER_PROPERTIES, (), ("title", "description", "fields"))
        title = said.get("title")
        if isinstance(title, str) and not _SHEET.fullmatch(title):
            self.fault("declaration-sheet", ("title",), title)
        read = [self._column(one, ("fields", place)) for place, one in enumerate(_list(said, "fields"))]
        columns = [column for column in read if column]
        if self.problems:
            return None
        names = tuple(column.field for column in columns)
        self._once(columns)
        for listed in ("primaryKey", "compared_by", "compared_if"):
            for name in said.get(listed, ()):
                self._one_of(name, names, (listed,))
        for name in ("total_over", "within"):
            self._one_of(said.get(name, names[0]), names, (name,))
        self._one_of(said.get("carried", "all"), _CARRIED, ("carried",))
        key = tuple(said.get("primaryKey", ()))
        dated = {column.field for column in columns if column.kind == DATE}
        return Ledger(
            stem=stem,
            sheet=said["title"],
            zh=said["description"],
            en=said.get("description_en", said["description"]),
            columns=_joined(columns),
            key=key,
            compared_by=tuple(said.get("compared_by", [name for name in key if name not in dated])),
            compared_if=tuple(said.get("compared_if", ())),
            added_up=said.get("added_up", False),
            total_over=said.get("total_over", ""),
            carried=said.get("carried", ""),
            yearly=said.get("yearly", False),
            generated=said.get("generated", False),
            within=said.get("within", ""),
            order=said.get("order", _ORDER),
        )

    def _column(self, said: Any, key: tuple[Any, ...]) -> Column | None:
        if not isinstance(said, dict):
            self.fault("declaration-type", key, str(said), wanted=Said("wanted-fields"))
            return None
        before = len(self.problems)
        own = said
        said = {**standard_columns().get(str(said.get("role")), {}), **said}
        self._holds(said, FIELD_PROPERTIES, key, ("name", "title", "description"))
        constraints = said.get("constraints", {})
        if isinstance(constraints, dict):
            self._holds(constraints, _CONSTRAINTS, (*key, "constraints"), ())
        if len(self.problems) > before:
            return None
        role, kind = self._role(own, key)
        if not _NAME.fullmatch(said["name"]) or keyword.iskeyword(said["name"]):
            self.fault("declaration-name", (*key, "name"), said["name"])
        if said["name"] in _ADDED:
            self.fault("declaration-taken", (*key, "name"), said["name"], other=_BY_SECTIONS)
        if bare_heading(said["title"]) != said["title"]:
            self.fault("declaration-heading", (*key, "title"), said["title"])
        self._fits(said, constraints, kind, key)
        choices = tuple(constraints.get("enum", ()))
        for name in ("default", "ended"):
            for value in filter(None, _list(said, name) if name == "ended" else [said.get(name)]):
                if choices or name == "ended":
                    self._one_of(value, choices, (*key, name))
        if role is None or len(self.problems) > before:
            return None
        return Column(
            field=said["name"],
            heading=said["title"],
            role=role,
            zh=said["description"],
            en=said.get("description_en", said["description"]),
            kind=kind,
            required=constraints.get("required", False),
            unique=constraints.get("unique", False),
            choices=choices,
            default=said.get("default", ""),
            unit=said.get("unit", ""),
            counts=said.get("counts", False),
            in_period=said.get("in_period", False),
            ended=tuple(said.get("ended", ())),
            identifying=said.get("identifying", False),
        )

    def _role(self, said: dict[str, Any], key: tuple[Any, ...]) -> tuple[Role | None, str]:
        """The role and the type; a figure's and a date's role need not be said, nor the type where there is a role."""
        kinds = (TEXT, FIGURE, DATE)
        by_type = {FIGURE: str(Role.FIGURE), DATE: str(Role.AS_OF)}
        named = said.get("role", by_type.get(said.get("type", TEXT), ""))
        if not named:
            self.fault("declaration-lacks", key, names=("role",))
        elif self._one_of(named, _DECLARED, (*key, "role")):
            role = Role(named)
            kind = MEANINGS[role].kind
            if self._one_of(said.get("type", kind), kinds, (*key, "type")):
                self._one_of(said.get("type", kind), (kind,), (*key, "type"))
            return role, kind
        return None, TEXT

    # -- single faults ---------------------------------------------------------------------------------

    def _holds(
        self, said: dict[str, Any], allowed: dict[str, type], key: tuple[Any, ...], wanted: tuple[str, ...]
    ) -> None:
        """Tell what is unknown, of another type than it should be, or lacking."""
        for name, value in said.items():
            if name not in allowed:
                near = nearest_of(name, tuple(allowed))
                self.fault("declaration-unknown", (*key, name), nearest=near, allowed=tuple(allowed))
            elif not _is_a(value, allowed[name], of_texts=name != "fields"):
                self.fault("declaration-type", (*key, name), _shown(value), wanted=_WANTED[allowed[name]])
        lacking = tuple(name for name in wanted if not said.get(name))
        if lacking:
            self.fault("declaration-lacks", key, names=lacking)

    def _fits(self, said: dict[str, Any], constraints: dict[str, Any], kind: str, key: tuple[Any, ...]) -> None:
        unfit = [(name, wanted) for name, wanted in _ONLY_FOR.items() if name in said and kind != wanted]
        unfit += [("constraints", TEXT)] if "enum" in constraints and kind != TEXT else []
        for name, wanted in unfit:
            self.fault("declaration-unfit", (*key, name), wanted=wanted, kind=kind)

    def _one_of(self, value: str, allowed: tuple[str, ...], key: tuple[Any, ...]) -> bool:
        if value in allowed:
            return True
        near = nearest_of(value, allowed)
        self.fault("declaration-value", key, value, nearest=near, allowed=allowed or ("—",))
        return False

    def _once(self, columns: list[Column]) -> None:
        """Field names, headings and most roles stand in one column only."""
        for name in ("field", "heading", "role"):
            seen: dict[str, int] = {}
            for place, column in enumerate(columns):
                value = getattr(column, name)
                if value in seen and not (name == "role" and MEANINGS[value].several):
                    said = {"field": "name", "heading": "title"}.get(name, name)
                    other = f"fields.{seen[value] + 1}"
                    self.fault("declaration-taken", ("fields", place, said), str(value), other=other)
                seen.setdefault(value, place)


def _joined(columns: list[Column]) -> tuple[Column, ...]:
    """The columns, each figure with the columns that its unit and its qualifier stand in."""
    from dataclasses import replace

    named = {column.role: column.field for column in columns}
    qualifier, unit = named.get(Role.QUALIFIER, ""), named.get(Role.UNIT, "")
    return tuple(
        replace(one, unit_from="" if one.unit else unit, qualifier_from=qualifier) if one.kind == FIGURE else one
        for one in columns
    )


def _list(said: dict[str, Any], name: str) -> Iterable[Any]:
    return said[name] if isinstance(said.get(name), list) else []


def _is_a(value: Any, kind: type, *, of_texts: bool) -> bool:
    if kind is list and of_texts:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
