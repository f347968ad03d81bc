"""A report of some sections or formats is told as what it is, and the manifest says what was read."""

import json

import pytest


def manifest_of(workspace):
    return json.loads((workspace / "outputs/2021H1/manifest.json").read_text(encoding="utf-8"))


def test_a_report_of_one_section_is_intact_and_current(halfyear, workspace):
    """What was not asked for is not missing from a report of one section; its own notebook, changed, makes it stale."""
    assert halfyear("run", "2021H1", "-s", "lists", "-f", "html").returncode == 0
    assert list(manifest_of(workspace)["asked"].values()) == [["html"], ["lists"]]
    done = halfyear("verify", "2021H1")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stdout
    notebook = workspace / "notebooks/02-lists.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8") + " ", encoding="utf-8")
    done = halfyear("verify", "2021H1")
    assert done.returncode == 1
    assert "02-lists.ipynb" in done.stdout


def test_a_report_of_one_section_is_not_published(halfyear, workspace):
    """Publishing refuses a part of a report by that name and says what to run; a report of one format is whole."""
    halfyear("run", "2021H1", "-s", "lists")
    done = halfyear("publish", "2021H1", "--to", "public", "--lang", "zh")
    assert done.returncode == 1
    assert "只生成了lists" in done.stderr
    assert not (workspace / "public").exists()
    halfyear("run", "2021H1", "-f", "html")
    done = halfyear("publish", "2021H1", "--to", "public")
    assert done.returncode == 0, done.stderr
    assert (workspace / "public/2021H1/report.pdf").exists()


@pytest.mark.parametrize("name", ["data/2021H1/tables/cases.csv", "data/2021H1/prose/evaluation-overview.md"])
def test_the_manifest_says_what_was_read(halfyear, workspace, name):
    """A file saved while the report is made makes it stale at once: the manifest has what was read, not what is there."""
    notebook = workspace / "notebooks/05-disclosure.ipynb"
    text = notebook.read_text(encoding="utf-8")
    first = text.index('"from pipeline import')
    save = f"open('../{name}', 'a', encoding='utf-8').write(chr(10))\\n"
    notebook.write_text(text[:first] + f'"{save}",\n    ' + text[first:], encoding="utf-8")
    assert halfyear("run", "2021H1").returncode == 0
    done = halfyear("verify", "2021H1")
    assert done.returncode == 1
    assert name in done.stdout


def test_the_manifest_names_the_package_by_its_files(halfyear, workspace):
    """Beside versions the manifest has a digest of the package's own files: two builds of one version can differ."""
    halfyear("run", "2021H1", "-s", "lists", "-f", "html")
    assert len(manifest_of(workspace)["versions"]["pipeline"]) == 64
