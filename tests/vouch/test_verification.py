"""Whether finished files are what the manifest says, and still what would be made."""

import json

import pytest

from pipeline.document.manifest import describe, read_manifest, write_manifest
from pipeline.errors import ReleaseError
from pipeline.own_files import digest
from pipeline.vouch import verify

FACTS = "number,sources\n1,tables/indicators.csv#row=2;col=数值\n2,tables/indicators.csv#row=3;col=数值 tables/cases.csv#row=2\n"


@pytest.fixture
def built(tmp_path):
    """A workspace with two ledgers and a notebook, and its report with a manifest."""
    files = {
        "data/2021H1/tables/indicators.csv": "a", "data/2021H1/tables/cases.csv": "b", "notebooks/01-reform.ipynb": "{}",
        "notebooks/scratch.ipynb": "{}", "outputs/2021H1/report.html": "<p>1</p>", "outputs/2021H1/facts.csv": FACTS,
        "outputs/2021H1/sections/01-reform.ipynb": "{}",
    }  # fmt: skip
    for name, text in files.items():
        put(tmp_path / name, text)
    inputs = {name: digest(text.encode()) for name, text in files.items() if name.startswith(("data", "notebooks/01"))}
    folder = tmp_path / "outputs" / "2021H1"
    manifest = describe(
        inputs=inputs, outputs=folder, parameters={"period": "2021H1"}, checks=[], sections=[], asked={}, fonts=[]
    )
    write_manifest(manifest, folder / "manifest.json")
    return folder


def told(folder):
    verification = verify(folder, folder.parents[1])
    return verification.intact, verification.current, [finding.text("en") for finding in verification.findings]


def test_a_finished_report_is_intact_and_current(built):
    """Right after the build nothing is to be said."""
    assert told(built) == (True, True, [])


AGAIN = "build the report again."


def put(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda folder: (folder / "report.html").unlink(), f"report.html: the file is missing; {AGAIN}"),
        (
            lambda folder: (folder / "report.html").write_text("<p>2</p>"),
            f"report.html: the file was altered after it was built; keep a copy elsewhere if the change is wanted, and {AGAIN}",
        ),
        (
            lambda folder: (folder / "sections" / "x.txt").write_text("x"),
            "sections/x.txt: the file was not built with the others; move it elsewhere or delete it.",
        ),
    ],
)
def test_an_output_that_is_not_the_manifests_is_told(built, change, expected):
    """A missing, altered or unknown output is named; the inputs are still current."""
    change(built)
    assert told(built) == (False, True, [expected])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda root: (root / "data/2021H1/tables/indicators.csv").write_text("c"),
            f"data/2021H1/tables/indicators.csv: it was changed since (facts that come from it: 2); {AGAIN}",
        ),
        (
            lambda root: (root / "data/2021H1/tables/cases.csv").unlink(),
            f"data/2021H1/tables/cases.csv: it was removed or renamed since (facts that came from it: 1); {AGAIN}",
        ),
        (
            lambda root: (root / "notebooks/01-reform.ipynb").write_text("{ }"),
            f"notebooks/01-reform.ipynb: it was changed since; {AGAIN}",
        ),
        (
            lambda root: (root / "notebooks/01-reform.ipynb").unlink(),
            f"notebooks/01-reform.ipynb: it was removed or renamed since; {AGAIN}",
        ),
        (
            lambda root: (root / "data/2021H1/tables/officers.csv").write_text("c"),
            f"data/2021H1/tables/officers.csv: it is new, and the report was made without it; {AGAIN}",
        ),
        (
            lambda root: put(root / "data/2020H2/tables/cases.csv", "c"),
            f"data/2020H2/tables/cases.csv: it is new, and the report was made without it; {AGAIN}",
        ),
        (
            lambda root: (root / "notebooks/06-more.ipynb").write_text("{}"),
            f"notebooks/06-more.ipynb: it is new, and the report was made without it; {AGAIN}",
        ),
    ],
)
def test_a_stale_report_says_because_of_what(built, change, expected):
    """A ledger (of the period before, too) or notebook changed, removed or added makes the report stale, and is named; the outputs are intact."""
    change(built.parents[1])
    assert told(built) == (True, False, [expected])


def test_another_version_of_a_package_is_told(built):
    """A report made with other packages is intact and current; that they differ is said."""
    manifest = read_manifest(built / "manifest.json")
    manifest["versions"]["lxml"] = "0.1"
    write_manifest(manifest, built / "manifest.json")
    intact, current, (text,) = told(built)
    assert intact
    assert current
    assert text.startswith("lxml: the report was made with 0.1, now it is ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "is missing, so nothing says what belongs there; build the report, with: halfyear run PERIOD"),
        ("{", "is not JSON: Expecting property name enclosed in double quotes"),
        (json.dumps({"inputs": {}}), "is no manifest of a report: it lacks inputs, outputs or parameters"),
    ],
)
def test_without_a_manifest_nothing_can_be_verified(tmp_path, text, expected):
    """A missing or foreign manifest is refused with what to do."""
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(ReleaseError) as caught:
        verify(tmp_path, tmp_path)
    assert expected in str(caught.value)
