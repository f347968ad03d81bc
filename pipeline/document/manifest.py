"""``manifest.json``: what a report was made from and with, and what came out."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import ReleaseError
from ..installed_code import package_digest
from ..own_files import digest_of, digests, strangers
from ..period import named_by

MANIFEST = "manifest.json"
FORMAT = 1  # raised where a reader of the number below could misread the manifest
# What the bytes of a report depend on, beside the project itself.
_PACKAGES = (
    "halfyear", "ipykernel", "jinja2", "lxml", "math-core", "matplotlib", "mistune", "nbclient", "nbconvert", "nbformat", "nh3",
    "numpy", "pandas", "papermill", "pylopdf-fonts-zh-cn", "typst",
)  # fmt: skip


def describe(
    *,
    inputs: Mapping[str, str],
    outputs: Path,
    parameters: Mapping[str, Any],
    checks: list[dict[str, Any]],
    sections: list[dict[str, Any]],
    asked: Mapping[str, list[str]],
    fonts: Mapping[str, str],
) -> dict[str, Any]:
    """The manifest of a build: every input and output with its SHA-256, parameters, versions, fonts and checks.

    Args:
        inputs: SHA-256 of what was read, by its path in the workspace. outputs: the folder of finished files.
        checks: the warnings the data were built with. sections: name, title and state of each. asked: the formats, and
        the sections where not all were asked for.
    """
    return {
        "format": FORMAT,
        "parameters": dict(parameters),
        "sections": sections,
        "asked": dict(asked),
        "inputs": dict(inputs),
        "outputs": digests(outputs),
        "fonts": dict(fonts),
        "checks": checks,
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """The versions of Python and of the packages on which the bytes of a report depend; of halfyear its files' digest, too."""
    packages = {name: found for name in _PACKAGES if (found := _version(name))}
    return {"python": platform.python_version(), "pipeline": package_digest(), **packages}


def write_manifest(manifest: Mapping[str, Any], file: Path) -> None:
    """Write it as JSON with sorted keys."""
    file.write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )


def read_manifest(file: Path) -> dict[str, Any]:
    """Read back what ``write_manifest`` wrote.

    Raises:
        ReleaseError: the file is missing, says nothing of inputs and outputs, or is of a format that only a later version
            knows.
    """
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReleaseError("manifest-missing", file=file, period=named_by(file.parent)) from None
    except ValueError as error:
        raise ReleaseError("manifest-not-json", file=file, reason=error) from error
    if not isinstance(manifest, dict) or not {"inputs", "outputs", "parameters"} <= set(manifest):
        raise ReleaseError("manifest-lacks", file=file)
    if manifest.get("format", FORMAT) != FORMAT:
        raise ReleaseError("manifest-newer", file=file)
    return manifest


def owned_files(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of what a build put into ``folder``, by the manifest there, itself among them; nothing without one."""
    file = folder / MANIFEST
    if folder.is_symlink() or file.is_symlink() or not file.is_file():
        return {}
    try:
        return {**read_manifest(file)["outputs"], MANIFEST: digest_of(file)}
    except ReleaseError:
        return {}


def not_of_a_build(folder: Path) -> list[str]:
    """What stands in ``folder`` that no build put there as it is now; ``.`` where there is a file or link instead."""
    return strangers(folder, owned_files(folder))


@cache  # what is loaded stays what it is, whatever is installed meanwhile
def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # a fifth of what a run takes that has nothing to do

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
