"""A format is declared once, and every place that speaks of formats knows it."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from calling import ROOT, copied_workspace

# A format of somebody else's: the words alone. The look wants a title line.
MODULE = """
from lxml import html
from pipeline.formats import Format, register

def render(body, metadata, options):
    return f"{metadata.get('title', '')}\\n{html.fromstring(body).text_content()}".encode()

def look(data):
    if not data.startswith("关于".encode()):
        yield "no-title", "words"

register(Format("txt", "text/plain", "Words alone", render="words_alone:render", accessibility="words_alone:look"))
"""
ENTRY = "import words_alone, sys; from pipeline.cli import main; main()"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with a package that brings the format ``txt``, and a workspace in which its report was built."""
    folder = tmp_path_factory.mktemp("format")
    (folder / "words_alone.py").write_text(MODULE, encoding="utf-8")
    copied_workspace(folder / "workspace")
    return folder


@pytest.fixture(scope="module")
def built(home):
    """The folder of the report in all formats."""
    done = halfyear(home, "run", "2021H1")
    assert done.returncode == 0, done.stdout + done.stderr
    return home / "workspace" / "outputs" / "2021H1"


def halfyear(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", ENTRY, *arguments, "--workspace", str(home / "workspace"), "--lang", "zh"]
    return subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)


def test_the_command_offers_it(home):
    """The format is a choice of run --format, and a wrong one is answered with its name."""
    assert "txt" in halfyear(home, "run", "2021H1", "--format", "odt").stderr


def test_a_run_makes_it_and_the_manifest_has_it(built):
    """run makes its file beside the others, and the manifest lists it with its digest."""
    assert "改革创新" in (built / "report.txt").read_text(encoding="utf-8")
    assert len(json.loads((built / "manifest.json").read_text(encoding="utf-8"))["outputs"]["report.txt"]) == 64


def test_the_gates_look_at_it_and_publishing_lets_it_out(home, built):
    """Its accessibility look is asked before publishing; with no fault the file leaves with its checksum."""
    done = halfyear(home, "publish", "2021H1", "--to", str(home / "public"))
    assert done.returncode == 1
    assert "report.txt" in done.stdout + done.stderr
    module = home / "words_alone.py"
    module.write_text(MODULE.replace("关于", ""), encoding="utf-8")
    done = halfyear(home, "publish", "2021H1", "--to", str(home / "public"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "report.txt" in (home / "public" / "2021H1" / "SHA256SUMS").read_text(encoding="ascii")


def test_nbconvert_has_an_exporter_for_it(home, built):
    """The build gives nbconvert an entry point a format; the exporter's bytes are the build's."""
    assert set(exporters()) == {"halfyear-html", "halfyear-pdf", "halfyear-docx"}
    target = exporters()["halfyear-pdf"].replace(":pdf", ":txt")
    information = home / "words_alone-1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Name: words-alone\nVersion: 1\n", encoding="ascii")
    (information / "entry_points.txt").write_text(f"[nbconvert.exporters]\nhalfyear-txt = {target}\n", encoding="ascii")
    script = (
        "import words_alone, sys; from nbconvert.exporters import get_exporter; "
        "sys.stdout.write(get_exporter('halfyear-txt')().from_filename(sys.argv[1])[0])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(built / "report.ipynb")], cwd=home, capture_output=True)
    assert done.stdout == (built / "report.txt").read_bytes(), done.stderr.decode()


def exporters() -> dict[str, str]:
    """The entry points that the build adds to the package's metadata."""
    metadata: dict = {}
    hook = runpy.run_path(str(ROOT / "hatch_build.py"))["ExporterEntryPoints"]
    hook(str(ROOT), {}).update(metadata)
    return metadata["entry-points"]["nbconvert.exporters"]
