"""Which face sets what: official names first, open ones next, Noto SC from a wheel as the ground always there."""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from .font_files import own_folders

Role = Literal["title", "heading", "kai", "body", "number", "mono"]

_BOLD = 600  # weights from here on are bold ones
_SERIF, _SANS, _MONO = "Noto Serif SC", "Noto Sans SC", "DejaVu Sans Mono"

BOLDER: tuple[Role, ...] = ("title", "kai")  # where the ground stands in for faces darker than its regular weight

# GB/T 9704-2012 names the kinds (5.2.2, 7.3.1, 7.3.3, 7.5); the families are how systems and vendors call them.
_STACK: dict[Role, tuple[str, ...]] = {
    "title": (
        "FZXiaoBiaoSong-B05S",
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05",
        "方正小标宋_GBK",
        "STZhongsong",
        "华文中宋",
        "Source Han Serif SC",
        "Noto Serif CJK SC",
        _SERIF,
    ),
    "heading": ("SimHei", "黑体", "FZHei-B01S", "STHeiti", "Source Han Sans SC", "Noto Sans CJK SC", _SANS),
    "kai": (
        "KaiTi_GB2312",
        "楷体_GB2312",
        "KaiTi",
        "楷体",
        "FZKai-Z03S",
        "STKaiti",
        "LXGW WenKai",
        "LXGW WenKai GB",
        "FandolKai",
        _SERIF,
    ),
    "body": (
        "FangSong_GB2312",
        "仿宋_GB2312",
        "FangSong",
        "仿宋",
        "FZFangSong-Z02S",
        "STFangsong",
        "Zhuque Fangsong (technical preview)",
        "FandolFang R",
        _SERIF,
    ),
    "number": ("SimSun", "宋体", "NSimSun", "STSong", "Source Han Serif SC", "Noto Serif CJK SC", _SERIF),
    "mono": (_MONO, _SANS),
}

# Han characters beyond the basic ones (𠮷, in names of people and places), which faces made for GB 2312 and GBK lack.
# Not SimSun-ExtB: Typst takes it for SimSun itself, of which it sees one face.
_RARE = (
    "Songti SC",
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Plangothic P1",
    "Plangothic P2",
    "Jigmo2",
    "HanaMinB",
    "BabelStone Han",
)


@dataclass(frozen=True)
class Face:
    """A face that is there: its family and its file; an empty file means it is inside the typst wheel."""

    family: str
    file: str

    @property
    def is_ground(self) -> bool:
        """Whether it is one of the faces that come with the installed packages."""
        return self.family in (_SERIF, _SANS, _MONO)


def stack(role: Role) -> tuple[str, ...]:
    """The families that may set ``role``, the most wanted first."""
    return _STACK[role]


@cache
def found() -> dict[Role, tuple[Face, ...]]:
    """For each role the faces of its stack that are there, the one that sets it first.

    Looked for in the folders of ``HALFYEAR_FONTS`` (separated as in PATH), in the system and in the installed wheels.
    """
    return {role: _there(families) for role, families in _STACK.items()}


@cache
def rare_faces() -> tuple[Face, ...]:
    """The faces that are there for rare Han characters; they set what no face of a role has, and nothing else."""
    return _there(_RARE)


def bold_file(role: Role) -> str:
    """The file of a true bold of the ground, where the ground sets a role; "" where none is installed."""
    face = found()[role][0]
    bold = (font.path or "" for font in _all_fonts().fonts() if font.family == face.family and font.weight >= _BOLD)
    return next(bold, "") if face.is_ground else ""


def _there(families: tuple[str, ...]) -> tuple[Face, ...]:
    return tuple(Face(family, _files()[family]) for family in families if family in _files())


@cache
def typst_fonts() -> Any:
    """The fonts Typst may use, parsed once a process: no others than those of the stacks and Typst's own.

    A face of the system is used only where a stack names it, so what else is installed cannot change a page.
    """
    import typst

    faces = itertools.chain(*found().values(), rare_faces())
    files = [*(face.file for face in faces), *map(bold_file, BOLDER)]
    folders = {str(Path(file).parent) for file in files if file}
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=sorted(folders))


def named(character: str) -> str:
    """A character as a message shows it: ``'😀' U+1F600 GRINNING FACE``."""
    name = unicodedata.name(character, "")
    return f"{character!r} U+{ord(character):04X}{' ' + name if name else ''}"


def spoken(character: str) -> str:
    """What can stand for a character nobody can draw: its name in small letters, or its code point."""
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()


def fonts_used() -> dict[str, str]:
    """For each role the family that sets it, for a report's manifest."""
    return {role: faces[0].family for role, faces in found().items()}


@cache
def _files() -> dict[str, str]:
    files: dict[str, str] = {}
    for font in _all_fonts().fonts():
        if font.weight == 400 or font.family not in files:
            files[font.family] = font.path or ""
    return files


@cache
def _all_fonts() -> Any:
    import pylopdf_fonts_zh_cn
    import typst

    ground = str(pylopdf_fonts_zh_cn.serif_path().parent)
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[*own_folders(), ground])
