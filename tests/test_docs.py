"""What the documents promise: files that exist, commands that run, settings that are explained."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from indexer.settings import SECTIONS, load_settings
from searchapp.cli import main

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "benchmarks" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8")):
        assert "://" in target or (document.parent / target).exists(), target


def test_the_readme_opens_with_the_two_commands():
    first = re.search(r"```sh\n(.*?)```", README, re.DOTALL)
    assert first is not None
    assert README.index("```sh") < 40
    assert [line.split("#")[0].strip() for line in first[1].splitlines()] == ["make run", "make test"]


def test_the_readme_names_every_command_and_no_other():
    commands = set(main.list_commands(None))
    assert set(re.findall(r"^\| `rasad (\w+)", README, re.MULTILINE)) == commands


def test_every_make_target_in_the_documents_exists():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        name for document in DOCUMENTS for name in re.findall(r"make (\w+)(?=[ `\n]|$)", _code(document))
    }
    assert {"run", "test", "lint", "bench", "lock"} <= named
    assert named <= targets


def test_every_setting_is_explained_with_its_default(tmp_path):
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    written = tomllib.loads(text)
    assert {name: set(section.__struct_fields__) for name, section in SECTIONS.items()} == {
        name: set(table) for name, table in written.items()
    }
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    (tmp_path / "same.toml").write_text(text, encoding="utf-8")
    assert load_settings(tmp_path / "config.toml", {}) == load_settings(tmp_path / "same.toml", {})
    for line, below in zip(text.splitlines(), text.splitlines()[1:], strict=False):
        if re.match(r"\w+ *=", below):
            assert line[:1] not in {"", "["}, f"{below!r} has no comment"


def test_every_direct_dependency_is_accounted_for():
    project = PROJECT["project"]
    asked = chain(project["dependencies"], *project["optional-dependencies"].values())
    accounts = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    for requirement in asked:
        name = re.split(r"[^\w.-]", requirement)[0].lower()
        assert f"| {name} |" in accounts, name


def _code(document):
    """The parts of a document that are meant to be typed."""
    text = document.read_text(encoding="utf-8")
    return "\n".join(
        [*re.findall(r"```(?:sh)?\n(.*?)```", text, re.DOTALL), *re.findall(r"`([^`\n]+)`", text)]
    )
