"""The package as a wheel in an environment of its own, beside the packages that the tests run with."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from calling import ROOT


def clean_environment(folder):
    """An environment whose only halfyear is the wheel of this project; gives its folder of programs.

    What the wheel depends on is that of the tests' own environment, so that no registry is asked: its folder of packages is
    looked through, and not what is installed in place there.
    """
    wheel = built_wheel(folder / "wheel")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "environment")
    programs = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel)
    return programs


def built_wheel(folder):
    """The project's wheel, as ``pip wheel`` makes it."""
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--wheel-dir")
    run(sys.executable, "-m", "pip", "wheel", *options, folder, ROOT)
    [wheel] = folder.glob("*.whl")
    return wheel


def run(*arguments, cwd=None, code=0, **environment):
    """A program in no workspace and no project, which must end with ``code``."""
    known = {
        key: value for key, value in os.environ.items() if not key.startswith(("HALFYEAR", "PYTHON", "LC_", "LANG"))
    }
    done = subprocess.run(
        [*map(str, arguments)],
        cwd=cwd,
        env={**known, "LANG": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done
