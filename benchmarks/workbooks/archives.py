"""Fetch archives that hold workbooks, by package name through the ordinary clients, and take the workbooks out."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

# Each was looked into: its archive holds workbooks, mostly files that users sent in with a bug report.
PYPI = (
    *("agate-excel", "csvkit", "excelrd", "frictionless", "petl", "pyexcel", "pyexcel-xlsx", "sheetparser", "tablib"),
    *("xlrd2", "xls2xlsx", "xlsx2csv"),
)
NPM = (
    *("convert-excel-to-json", "excel", "xlsx-chart", "xlsx-populate", "xlsx-stream-reader", "xlsx-to-json"),
)  # fmt: skip
DEBIAN = ("libexcel-writer-xlsx-perl", "libxlsxwriter", "libapache-poi-java", "liborcus", "gnumeric", "libreoffice")
LARGE = {"libreoffice"}  # 580 MB, of 379 workbooks
_WORKBOOK = re.compile(r"\.xls[xm]$", re.IGNORECASE)
_LARGEST = 50_000_000  # bytes of a workbook in an archive


def fetch(cache: Path, *, large: bool) -> dict[str, str]:
    """Put the archives into ``cache`` where they are not yet; what could not be had, and why."""
    missing = {}
    for kind, names, get in (("pypi", PYPI, _pypi), ("npm", NPM, _npm), ("debian", DEBIAN, _debian)):
        for name in names:
            folder = cache / "archives" / kind / name
            if folder.exists() or (name in LARGE and not large):
                continue
            print(f"fetching {name} ({kind})", flush=True)
            part = folder.with_name(f"{name}.part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            failed = get(name, part.absolute(), cache)
            if any(part.iterdir()):
                part.rename(folder)
            else:
                missing[f"{kind}:{name}"] = failed or "nothing came"
                part.rmdir()
    return missing


def _run(command: list[str], folder: Path) -> str:
    """Run a client in a folder; the last line it said where it failed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=900)
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    said = (done.stderr or done.stdout).strip().splitlines()
    return re.sub(r"https?://\S+", "…", said[-1])[:120] if done.returncode and said else ""


def _pypi(name: str, folder: Path, _: Path) -> str:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "-d", "."]
    return _run([*command, name], folder)


def _npm(name: str, folder: Path, _: Path) -> str:
    return _run(["npm", "pack", "--silent", name], folder)


def _debian(name: str, folder: Path, cache: Path) -> str:
    """Sources of the machine's own Debian mirror, whose lists are kept in the cache and not in the system."""
    apt = (cache / "apt").absolute()
    ours = Path("/etc/apt/sources.list.d/debian.sources")
    if not ours.exists():
        return "no Debian here"
    options = ["-qq", "-o", f"Dir::Etc::sourcelist={apt}/source.sources", "-o", "Dir::Etc::sourceparts=/dev/null"]
    options += ["-o", f"Dir::State::lists={apt}/lists", "-o", "APT::Sandbox::User=root"]
    if not apt.exists():
        (apt / "lists" / "partial").mkdir(parents=True)
        (apt / "source.sources").write_text(ours.read_text().replace("Types: deb\n", "Types: deb-src\n"))
        failed = _run(["apt-get", *options, "update"], apt)
        if failed:
            return failed
    return _run(["apt-get", *options, "source", "--download-only", "--tar-only", name], folder)


def workbooks(cache: Path) -> list[tuple[str, Path]]:
    """(where it came from, file) of every workbook, each content once, in the order of the archives' names."""
    target = cache / "workbooks"
    target.mkdir(parents=True, exist_ok=True)
    found: dict[str, tuple[str, Path]] = {}
    for archive in sorted((cache / "archives").rglob("*")):
        if archive.is_file() and ".part" not in str(archive):
            for name, content in _members(archive):
                digest = hashlib.sha256(content).hexdigest()
                if digest not in found:
                    file = target / f"{digest[:16]}{Path(name).suffix.lower()}"
                    if not file.exists():
                        file.write_bytes(content)
                    found[digest] = (f"{archive.parent.name}: {name}", file)
    return list(found.values())


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    if archive.name.endswith((".zip", ".whl")):
        with zipfile.ZipFile(archive) as package:
            yield from ((each.filename, package.read(each)) for each in package.infolist() if _wanted(each.filename))
    elif ".orig-" in archive.name:  # translations and help
        return
    else:
        content = io.BufferedReader(archive.open("rb"))
        with content, tarfile.open(fileobj=content, mode="r|*") as package:
            for each in package:
                if each.isfile() and each.size < _LARGEST and _wanted(each.name):
                    yield each.name, package.extractfile(each).read()


def _wanted(name: str) -> bool:
    return bool(_WORKBOOK.search(name)) and not Path(name).name.startswith(("~$", "._"))
