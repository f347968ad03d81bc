"""The fonts a report comes with and no others, for programs that would take those of the machine; LibreOffice with them."""

import os
from pathlib import Path

import pylopdf_fonts_zh_cn
from programs import asked

_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>"""


def font_environment(home, *more):
    """The variables that make a program find the fonts a report comes with, and those in ``more`` folders; ``home`` is a folder for their index."""
    folders = "".join(f"<dir>{folder}</dir>" for folder in (Path(pylopdf_fonts_zh_cn.__file__).parent, *more))
    (home / "fonts.conf").write_text(_FONTS.format(folders=folders, cache=home / "cache"), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(home / "fonts.conf")}


def converted(document, form, home, *fonts):
    """``document`` as LibreOffice, with a profile of its own, writes it into the folder ``home`` in a form such as ``pdf``.

    ``fonts`` are folders of others than those a report comes with.
    """
    return all_converted([document], form, home, *fonts)[0]


def all_converted(documents, form, home, *fonts):
    """Several documents, by one start of LibreOffice."""
    own = {"HOME": str(home), "LANG": "C.UTF-8", **font_environment(home, *fonts)}
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    options = [profile, "--headless", "--norestore", "--convert-to", form, "--outdir", home]
    asked("soffice", *options, *documents, env={**os.environ, **own})
    return [home / f"{document.stem}.{form.partition(':')[0]}" for document in documents]
