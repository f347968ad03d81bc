"""Reports and ledgers of earlier versions stay readable: tests/kept holds those of the version before formats had a check."""

import json
import shutil

import pytest
from calling import ROOT, Command

from pipeline.document.manifest import read_manifest
from pipeline.document.record import load_facts, write_facts
from pipeline.errors import FactError, ReleaseError

KEPT = ROOT / "tests/kept"


@pytest.fixture
def kept(tmp_path):
    """The kept workspace, notebooks, ledgers and report, where commands may write."""
    return shutil.copytree(KEPT, tmp_path / "kept")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "2021H1"), "0 errors"),
        (("verify", "2021H1"), "the outputs are as the manifest says and current"),
        (("site",), "1 report"),
        (("diff", "2021H1", "2021H1"), "2021H1"),
        (("where", "2021H1", "行政许可!C2"), "30215"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_a_kept_report_is_read(kept, arguments, said):
    """What an earlier version made is checked, verified, shown and compared by this one."""
    done = Command(kept)(*arguments)
    assert (done.returncode, said in done.stdout) == (0, True), done.stdout + done.stderr


def test_a_kept_report_is_compared_with_one_of_this_version(kept):
    """Built anew, the report replaces the kept one, whose figures are its own: nothing that the ledgers state differs."""
    done = Command(kept)("run", "2021H1", "--format", "html", "--output", kept / "anew")
    assert done.returncode == 0, done.stdout + done.stderr
    done = Command(kept)("diff", kept / "outputs/2021H1", kept / "anew/2021H1", "--json")
    assert done.returncode == 0, done.stderr
    assert not [one for one in json.loads(done.stdout).get("facts", []) if one]


def test_every_record_says_its_format(kept, tmp_path):
    """The manifest and facts.csv carry a number; one that is not known yet is refused with what to do, none is the first."""
    facts = load_facts(kept / "outputs/2021H1/facts.csv")
    write_facts(facts, tmp_path / "facts.csv")
    assert load_facts(tmp_path / "facts.csv") == facts
    lines = (tmp_path / "facts.csv").read_text(encoding="utf-8-sig").splitlines()
    assert {line.rpartition(",")[2] for line in lines} == {"format", "1"}
    (tmp_path / "facts.csv").write_text("\n".join(line.replace(",1", ",2") for line in lines), encoding="utf-8-sig")
    with pytest.raises(FactError, match="later halfyear"):
        load_facts(tmp_path / "facts.csv")
    manifest = kept / "outputs/2021H1/manifest.json"
    said = json.loads(manifest.read_text(encoding="utf-8"))
    assert said["format"] == 1
    manifest.write_text(json.dumps({**said, "format": 2}), encoding="utf-8")
    with pytest.raises(ReleaseError, match="later halfyear"):
        read_manifest(manifest)
    done = Command(kept)("run", "2021H1", "--format", "html")
    assert done.returncode == 1
    assert json.loads(manifest.read_text(encoding="utf-8"))["format"] == 2
