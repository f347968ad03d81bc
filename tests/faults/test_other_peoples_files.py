"""halfyear replaces and deletes only what it can show to be its own; the rest is named and stays."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from calling import Command, copied_workspace

from pipeline.findings import Said
from pipeline.pages.page_folder import replaced
from pipeline.pages.plain_page import MADE_BY, page

NAME = "2021H1"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A workspace with a finished report, a published one, an archive and a comparison page; to be copied."""
    folder = copied_workspace(tmp_path_factory.mktemp("office") / "workspace")
    call = Command(folder)
    for words in (
        ["run", NAME],
        ["publish", NAME, "--to", "public"],
        ["site"],
        ["diff", NAME, NAME, "--html", "compared.html"],
    ):
        done = call(*words)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def place(office, tmp_path):
    """A copy of that workspace."""
    return Path(shutil.copytree(office, tmp_path / "workspace", symlinks=True))


def content(folder):
    """Every file and link beneath a folder with what it holds, stored results of sections aside."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(".halfyear-cache"):
            continue
        if path.is_symlink():
            found[name] = f"-> {os.readlink(path)}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def write(name, text="mine"):
    def put(folder):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return put


def edit(name):
    def put(folder):
        with (folder / name).open("ab") as stream:
            stream.write(b" ")

    return put


def instead(name, make):
    def put(folder):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        make(path, folder)

    return put


def foreign(name):
    def put(folder):
        shutil.rmtree(folder / name, ignore_errors=True)
        write(f"{name}/letter.txt")(folder)

    return put


def as_file(path, folder):
    path.write_text("mine", encoding="utf-8")


def as_link(path, folder):
    (folder / "elsewhere").mkdir()
    write("elsewhere/letter.txt")(folder)
    path.symlink_to(folder / "elsewhere", target_is_directory=True)


RUN, PUBLISH, SITE = ["run", NAME, "--fresh"], ["publish", NAME, "--to", "public"], ["site"]
COMPARE = ["diff", NAME, NAME, "--html", "compared.html"]
IN_THE_WAY = {
    "the ledgers, by an output folder": (["run", NAME, "-o", "data"], lambda folder: None, "data/2021H1"),
    "the notebooks' folder": (["run", NAME, "-o", "notebooks"], lambda folder: None, "notebooks"),
    "a folder above the workspace": (["run", NAME, "-o", "up"], instead("up", lambda path, folder: path.symlink_to("data")), "data/2021H1"),
    "a foreign folder of the report's name": (RUN, foreign("outputs/2021H1"), "letter.txt"),
    "a file that somebody put into the report's folder": (RUN, write("outputs/2021H1/notes.txt"), "notes.txt"),
    "a file put among the sections": (RUN, write("outputs/2021H1/sections/mine.ipynb"), "sections/mine.ipynb"),
    "a Word document that a leader edited": (RUN, edit("outputs/2021H1/report.docx"), "report.docx"),
    "a link inside the report's folder": (RUN, instead("outputs/2021H1/facts.csv", lambda path, folder: path.symlink_to(folder / "data/2021H1/report.toml")), "facts.csv"),
    "a draft's name on a folder that is none": (RUN, write("outputs/2021H1.draft/notes.txt"), "notes.txt"),
    "a file in place of the report's folder": (RUN, instead("outputs/2021H1", as_file), "outputs/2021H1"),
    "a link in place of the report's folder": (RUN, instead("outputs/2021H1", as_link), "outputs/2021H1"),
    "a manifest of something else": (RUN, lambda folder: (foreign("outputs/2021H1")(folder), write("outputs/2021H1/manifest.json", "{}")(folder)), "letter.txt"),
    "a file among the published ones": (PUBLISH, write("public/2021H1/notes.txt"), "2021H1/notes.txt"),
    "a published file that was edited": (PUBLISH, edit("public/2021H1/report.docx"), "2021H1/report.docx"),
    "a page of published reports that was edited": (PUBLISH, edit("public/index.html"), "index.html"),
    "a foreign folder of the name of a published one": (PUBLISH, foreign("public/2021H1"), "letter.txt"),
    "a file in place of the published folder": (PUBLISH, instead("public", as_file), "public"),
    "a link in place of the published folder": (PUBLISH, instead("public", as_link), "public"),
    "a foreign page of the published folder's name": (PUBLISH, write("public/index.html", "<p>mine"), "public"),
    "a file in the archive": (SITE, write("outputs/site/notes.txt"), "notes.txt"),
    "an archive page that was edited": (SITE, edit("outputs/site/history.html"), "history.html"),
    "a foreign folder of the archive's name": (SITE, foreign("outputs/site"), "letter.txt"),
    "a foreign file of the comparison's name": (COMPARE, write("compared.html", "<p>mine"), "compared.html"),
    "a comparison that was edited": (COMPARE, edit("compared.html"), "compared.html"),
    "a folder of the comparison's name": (COMPARE, instead("compared.html", lambda path, folder: path.mkdir()), "compared.html"),
    "a link of the comparison's name": (COMPARE, instead("compared.html", lambda path, folder: path.symlink_to(folder / "README")), "compared.html"),
}  # fmt: skip


@pytest.mark.parametrize("case", IN_THE_WAY, ids=str)
def test_what_others_put_there_is_named_and_stays(place, case):
    """A command that would replace something not its own ends with 1, names it, and changes no byte."""
    words, put, named = IN_THE_WAY[case]
    put(place)
    before = content(place)
    done = Command(place)(*words)
    assert done.returncode == 1, done.stdout + done.stderr
    assert named in done.stderr
    assert content(place) == before


SET_ASIDE = {
    "a Word document that a leader edited": (RUN, edit("outputs/2021H1/report.docx"), "outputs/2021H1"),
    "a foreign folder of the report's name": (RUN, foreign("outputs/2021H1"), "outputs/2021H1"),
    "a published file that was edited": (PUBLISH, edit("public/2021H1/report.docx"), "public"),
    "a file in the archive": (SITE, write("outputs/site/notes.txt"), "outputs/site"),
}


@pytest.mark.parametrize("case", SET_ASIDE, ids=str)
def test_where_asked_the_old_folder_is_set_aside_and_told(place, case):
    """With --set-aside the new stands in its place, and the old folder beside it, whole, under a name that says so."""
    words, put, where = SET_ASIDE[case]
    put(place)
    before = content(place / where)
    done = Command(place)(*words, "--set-aside")
    assert done.returncode == 0, done.stdout + done.stderr
    aside = place / f"{where}.set-aside-1"
    assert aside.name in done.stdout
    assert content(aside) == before
    again = Command(place)(*words)
    assert again.returncode == 0, again.stdout + again.stderr


def test_ledgers_are_not_even_set_aside(place):
    """No option lets a report take the place of the data it is made of."""
    before = content(place)
    done = Command(place)("run", NAME, "-o", "data", "--set-aside")
    assert done.returncode == 1
    assert content(place) == before


LITTER = ["~$report.docx", ".~lock.report.docx#", "Thumbs.db", "desktop.ini", ".DS_Store", ".ipynb_checkpoints/report-checkpoint.ipynb"]  # fmt: skip


def test_litter_of_other_programs_is_in_nobodys_way(place):
    """Locks and thumbnails neither stop a command nor make a report altered, stale or unfit for the archive."""
    for name in LITTER:
        for folder in ("outputs/2021H1", "public", "public/2021H1", "outputs/site"):
            write(f"{folder}/{name}")(place)
    for words in (["verify", NAME], ["run", NAME], RUN, PUBLISH, SITE):
        done = Command(place)(*words)
        assert done.returncode == 0, done.stdout + done.stderr


def test_other_things_beside_published_reports_stay(place):
    """What an office keeps in the folder of published reports beside them is there after the next publication."""
    write("public/readme.txt")(place)
    write("public/2020H2/letter.txt")(place)
    settings = place / "data/2021H1/report.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("工作总结", "工作小结"), encoding="utf-8")
    for words in (["run", NAME], PUBLISH):
        done = Command(place)(*words)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (place / "public/readme.txt").read_text() == "mine"
    assert (place / "public/2020H2/letter.txt").read_text() == "mine"


def test_a_file_saved_while_the_report_is_made_is_kept(place):
    """A document that somebody saves into the folder during a build is set aside with it, not lost."""
    notebook = place / "notebooks/02-lists.ipynb"
    text = notebook.read_text(encoding="utf-8")
    save = "open('../outputs/2021H1/saved.txt', 'w').write('mine')\\n"
    first = text.index('"from pipeline import')
    notebook.write_text(text[:first] + f'"{save}",\n    ' + text[first:], encoding="utf-8")
    done = Command(place)("run", NAME)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (place / "outputs/2021H1.set-aside-1/saved.txt").read_text() == "mine"
    assert "2021H1.set-aside-1" in done.stdout


def test_a_list_of_sums_makes_nothing_outside_its_folder_ours(tmp_path):
    """Whatever SHA256SUMS names above its folder, by a whole path or not at all, only what stands in the folder is replaced."""
    folder, letter = tmp_path / "public", tmp_path / "letter.txt"
    folder.mkdir()
    letter.write_text("mine", encoding="utf-8")
    (folder / "index.html").write_text(page("old", ""), encoding="utf-8")
    digest = hashlib.sha256(b"mine").hexdigest()
    named = ("../letter.txt", letter, "..", "")
    (folder / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name in named), encoding="utf-8")

    def fill(made):
        (made / "index.html").write_text(page("new", ""), encoding="utf-8")

    assert replaced(folder, fill, made_by=MADE_BY, holds=Said("holds-archive")).changed
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")} == {
        "letter.txt",
        "public",
        "public/index.html",
    }
    assert letter.read_text(encoding="utf-8") == "mine"
