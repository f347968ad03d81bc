"""What a type checker makes of the package, for those who import it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_notebook_is_checked_as_it_is_written():
    """A checker knows what each name of the face takes and gives: right cells pass in strict mode, wrong ones do not."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "tests/notebook_as_written.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_types_of_the_package_are_for_others_too():
    """The package says that its annotations may be relied on (PEP 561)."""
    assert (ROOT / "pipeline/py.typed").is_file()
