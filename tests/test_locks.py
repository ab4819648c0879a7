"""The locked dependencies: complete, hashed, and tied to no index."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements):
    return {re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


def locked(lock):
    """The blocks of a lock file: a pinned requirement and the lines of its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--extra-index|--find-links|@ ", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock):
    requirements = locked(lock)
    assert len(requirements) > 40
    for requirement in requirements:
        assert re.match(r"[\w.-]+==\S+ ", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def test_the_locks_hold_what_the_project_asks_for():
    project = PROJECT["project"]
    to_run = names(project["dependencies"]) | names(project["optional-dependencies"]["lexicon"])
    to_run |= names(PROJECT["dependency-groups"]["build"])
    assert to_run <= names(locked("requirements.lock"))
    assert names(project["optional-dependencies"]["test"]) <= names(locked("requirements-dev.lock"))


def test_tests_run_with_what_readers_run_with():
    running = {requirement.split(" ")[0] for requirement in locked("requirements.lock")}
    assert running <= {requirement.split(" ")[0] for requirement in locked("requirements-dev.lock")}


def test_running_does_not_install_the_tools_for_tests():
    tools = names(PROJECT["project"]["optional-dependencies"]["test"])
    assert tools.isdisjoint(names(locked("requirements.lock")))
