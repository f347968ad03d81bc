"""The routes to an environment agree with each other and name no registry."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def bounds(requirements):
    """name → lower bound, names as PyPI compares them."""
    parsed = (re.fullmatch(r"([A-Za-z0-9_.-]+)(?:>=([0-9.]+))?", line) for line in requirements)
    return {re.sub(r"[-_.]+", "-", match[1]).lower(): match[2] for match in parsed}


def test_the_conda_route_has_the_same_packages_and_bounds():
    """environment.yml names every package of pyproject.toml with the same lower bound, and nothing it does not need."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    conda = bounds(re.findall(r"^ {2,6}- ([A-Za-z0-9_.-]+(?:>=[0-9.]+)?)$", text, re.MULTILINE))
    conda.pop("pip")
    conda.pop("conda-forge")
    assert conda.pop("python") == PROJECT["requires-python"].removeprefix(">=")
    wanted = bounds(PROJECT["dependencies"])
    tests, build = (bounds(PROJECT["optional-dependencies"][extra]) for extra in ("test", "build"))
    assert conda == {**wanted, **build, "pytest": tests["pytest"]}


LOCKS = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-test.lock")}


def pinned(lock):
    """name → version."""
    return dict(re.findall(r"^([a-z0-9-]+)==([0-9.]+)", LOCKS[lock], re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
def test_the_locks_pin_and_hash_everything_and_name_no_address(lock):
    """Every line of a lock is a pinned version with hashes; no index, link or host stands in it."""
    assert not re.search(r"https?:|index-url|find-links|@ ", lock)
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert all(
        re.match(r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==\S+", entry) and "--hash=sha256:" in entry for entry in entries
    )


@pytest.mark.parametrize(
    ("extra", "lock"), [("", "requirements.lock"), ("build", "requirements.lock"), ("test", "requirements-test.lock")]
)
def test_the_locks_have_every_dependency(extra, lock):
    """Every dependency of pyproject.toml is locked, at a version its bound allows."""
    listed = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    for name, bound in bounds(listed).items():
        assert [int(part) for part in pinned(lock)[name].split(".")] >= [int(part) for part in bound.split(".")], name


def test_a_report_needs_nothing_that_only_tests_need():
    """What a report needs is the same version in both locks; packages of the tests are in the second alone."""
    needed, tested = (pinned(lock) for lock in LOCKS)
    assert needed.items() <= tested.items()
    assert not bounds(PROJECT["optional-dependencies"]["test"]).keys() & needed.keys()
