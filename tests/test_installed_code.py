"""What tells that the package is another one than yesterday: names and contents of its files."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from pipeline import installed_code


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two files, in place of ours."""
    (tmp_path / "room").mkdir()
    (tmp_path / "top.py").write_text("a = 1\n", encoding="utf-8")
    (tmp_path / "room" / "inner.py").write_text("b = 2\n", encoding="utf-8")
    monkeypatch.setattr(installed_code, "PACKAGE", tmp_path)
    return tmp_path


CHANGES = pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "top.py").write_text("a = 2\n", encoding="utf-8"),
        lambda folder: (folder / "room" / "inner.py").rename(folder / "inner.py"),
        lambda folder: (folder / "top.py").rename(folder / "room" / "top.py"),
        lambda folder: (folder / "room" / "more.py").write_text("", encoding="utf-8"),
        lambda folder: (folder / "room" / "inner.py").unlink(),
    ],
    ids=["content", "moved up", "moved down", "one more", "one less"],
)


@CHANGES
def test_any_change_of_a_file_is_another_package(package, change):
    """Other content, another folder, a file more or less: each gives another digest."""
    before = installed_code.package_digest()
    change(package)
    assert installed_code.package_digest() != before


@CHANGES
def test_a_kept_digest_is_that_of_the_files_as_they_are(package, change, monkeypatch):
    """What is kept for the next start holds until any file changes; damaged or of other files, it is made anew."""
    monkeypatch.setattr(installed_code, "_SAME_TICK", -60)  # files as new as these are not vouched for otherwise
    monkeypatch.setattr(installed_code.sys, "dont_write_bytecode", False)
    kept = package / "__pycache__" / "package-digest.txt"
    before = installed_code.package_digest()
    assert kept.read_text(encoding="utf-8").split()[1] == before
    for damage in ("", "x", f"{'0' * 64} {'0' * 64}", kept.read_text(encoding="utf-8")[:-1]):
        kept.write_text(damage, encoding="utf-8")
        assert _at_a_start(monkeypatch) == before
    change(package)
    assert _at_a_start(monkeypatch) != before
    kept.unlink()
    (package / "__pycache__").rmdir()
    assert installed_code.package_digest() == _at_a_start(monkeypatch)


def test_a_file_changed_just_now_is_not_vouched_for(package, monkeypatch):
    """Within one step of a file system's clock a file may change twice and look the same: nothing is kept until then."""
    monkeypatch.setattr(installed_code.sys, "dont_write_bytecode", False)
    installed_code.package_digest()
    assert not (package / "__pycache__").exists()


def _at_a_start(monkeypatch):
    monkeypatch.setattr(installed_code, "_digests", {})
    return installed_code.package_digest()


def test_byte_code_does_not_count(package):
    """What Python leaves beside the code says nothing of it."""
    before = installed_code.package_digest()
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "top.cpython-311.pyc").write_bytes(b"x")
    assert installed_code.package_digest() == before


def test_what_is_installed_is_named_with_its_version():
    """A library is told by name and version, so that another version is other code; in order, whatever the disk's."""
    found = installed_code.distributions()
    assert f"pandas-{version('pandas')}" in found
    assert list(found) == sorted(found)
