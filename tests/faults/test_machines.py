"""Other machines: little memory of open files, no home, other encodings, other people's umask, programs that hold a file."""

import json
import os
import resource
import stat
import subprocess
import sys

import pytest
from calling import ROOT

from pipeline.own_files import held_open

RARE = "䶮"  # in Unicode, not in code page 936


def called(workspace, *words, limit=None, home=None, **environment):
    """``halfyear`` with bytes out, under a limit of open files, with a home of its own."""
    known = {key: value for key, value in os.environ.items() if not key.startswith(("HALFYEAR", "LC_", "LANG"))}
    if home is not None:
        known.pop("HOME", None)
        known |= {"HOME": home} if home else {}

    def limited():
        if limit:
            resource.setrlimit(resource.RLIMIT_NOFILE, limit)

    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=workspace, capture_output=True, timeout=600, check=False, preexec_fn=limited,
        env={**known, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **environment},
    )  # fmt: skip


@pytest.fixture
def rare(workspace):
    """A workspace whose ledger has a character that code page 936 lacks, in a cell that check tells of."""
    file = workspace / "data/2021H1/tables/indicators.csv"
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(text.replace(",322,", f",{RARE},", 1), encoding="utf-8-sig")
    return workspace


@pytest.mark.parametrize("encoding", ["cp936", "ascii", "cp936:strict", "latin-1"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_encoding_of_a_pipe_stops_the_command(rare, encoding, lang):
    """What a pipe's encoding lacks is written out; the exit code and the rest of the message are as ever."""
    done = called(rare, "check", "2021H1", "--lang", lang, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert (
        b"\\u4dae" in done.stdout or RARE.encode() in done.stdout
    )  # click takes ASCII for a locale that was forgotten


@pytest.mark.parametrize("words", [["check", "2021H1"], ["run", "2021H1"]], ids=" ".join)
def test_json_is_utf_8_whatever_the_pipe(rare, words):
    """Programs get UTF-8 from --json on a machine of any locale."""
    done = called(rare, *words, "--json", PYTHONIOENCODING="cp936")
    assert done.returncode == 1
    assert RARE in json.dumps(json.loads(done.stdout.decode("utf-8")), ensure_ascii=False)


def test_few_open_files_are_raised_or_told(workspace):
    """A low limit is raised where the system lets it; else one sentence says what to do, before anything runs."""
    assert called(workspace, "run", "2021H1", limit=(64, 4096)).returncode == 0
    done = called(workspace, "run", "2021H1", "--fresh", limit=(64, 64))
    assert done.returncode == 1
    assert b"ulimit -n" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("limit", "raised"),
    [((64, 4096), 1024), ((64, 512), 512), ((2048, 4096), 2048), ((128, 128), 128), ((127, 127), None)],
)
def test_open_files_are_allowed_as_far_as_is_useful(limit, raised):
    """A low limit becomes 1024 or what the system lets it, a high one stays, and fewer than 128 are refused."""
    script = (
        "import resource, pipeline.startup as startup; startup.allow_open_files();"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limit),
    )  # fmt: skip
    assert done.stdout.strip() == (str(raised) if raised else "")
    assert raised or "ulimit -n" in done.stderr


@pytest.mark.parametrize("home", ["", "/proc/nowhere"], ids=["no home", "a home that cannot be written to"])
def test_no_home_is_needed(workspace, home):
    """A report is made for a user without a home, too."""
    done = called(workspace, "run", "2021H1", home=home)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize(
    ("umask", "folder", "file"), [(0o077, 0o700, 0o600), (0o002, 0o775, 0o664), (0o022, 0o755, 0o644)]
)
def test_files_get_the_users_umask(workspace, umask, folder, file):
    """Folders and files of a new half-year and of a report may be read and written by whom the user's umask says."""
    before = os.umask(umask)
    try:
        for words in (["new", "2021H2"], ["run", "2021H1", "-f", "html"], ["publish", "2021H1", "--to", "public"]):
            called(workspace, *words)
    finally:
        os.umask(before)
    for made in (workspace / "data/2021H2", workspace / "outputs/2021H1"):
        places = [made, *made.rglob("*")]
        assert {stat.S_IMODE(path.stat().st_mode) for path in places if path.is_dir()} == {folder}
        assert {stat.S_IMODE(path.stat().st_mode) for path in places if path.is_file()} == {file}


HOLDING = """
import io, os, sys
opened = io.open
def refused(name, mode="r", *more, **named):
    if str(name).endswith("report.docx") and mode == "r+b":
        raise PermissionError(13, "Permission denied", str(name))
    return opened(name, mode, *more, **named)
io.open = refused
from pipeline.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "请先在 Word、WPS 或阅读器中关闭它"), ("en", "close it in Word, WPS")]
)
def test_a_report_open_in_another_program_is_told_before_the_build(workspace, lang, words):
    """Where another program holds the old report nothing is built, and the command says what to close."""
    called(workspace, "run", "2021H1")
    command = [sys.executable, "-c", HOLDING, "run", "2021H1", "--fresh", "--lang", lang]
    done = subprocess.run(
        command, cwd=workspace, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert words in done.stderr
    assert "report.docx" in done.stderr
    assert "run, because" not in done.stdout + done.stderr


def test_what_nobody_can_write_is_not_held_by_a_program(tmp_path):
    """A read-only file and a link to a folder are not told to be open elsewhere: there is nothing to close."""
    (tmp_path / "report.pdf").write_bytes(b"read-only")
    (tmp_path / "report.pdf").chmod(0o444)
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    assert held_open(tmp_path) == []
