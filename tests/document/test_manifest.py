"""The manifest names what made the report: Python, this package by its files, and each package on which its bytes depend."""

from importlib.metadata import version

from pipeline.document import manifest
from pipeline.document.manifest import versions
from pipeline.installed_code import package_digest


def test_each_package_has_the_version_that_is_installed():
    """What the installation says of a package is what the manifest says."""
    said = versions()
    assert said.pop("pipeline") == package_digest()
    assert said.pop("python").startswith("3.")
    assert said == {name: version(name) for name in said}
    assert {"pandas", "matplotlib", "typst", "lxml"} <= said.keys()


def test_a_package_that_is_not_installed_is_left_out(monkeypatch):
    """Nothing is said of a package that is not there."""
    monkeypatch.setattr(manifest, "_PACKAGES", ("lxml", "no-such-package-of-ours"))
    assert versions().keys() == {"python", "pipeline", "lxml"}
