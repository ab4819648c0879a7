from pathlib import Path

import pytest
from click.testing import CliRunner

from searchapp.cli import main

from .conftest import Run

COMMANDS = ["index", "watch", "search", "serve", "analyze", "entities", "evaluate", "stats", "check"]


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_every_command_explains_itself(command: list[str]) -> None:
    done = CliRunner().invoke(main, [*command, "--help"], prog_name="rasad")
    assert done.exit_code == 0
    assert " ".join(["Usage: rasad", *command]) in done.stdout


def test_the_installed_command_explains_itself(rasad: Run) -> None:
    assert "Usage: rasad" in rasad("--help").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["search"],
        ["search", "a", "--size", "0"],
        ["index", "--jobs", "0"],
        ["index", "--rollback", "--rebuild"],
        ["index", "--rollback", "news"],
        ["serve", "--port", "x"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert "Error" in done.stderr


def test_the_installed_command_ends_with_2_too(rasad: Run) -> None:
    assert "Error" in rasad("search", status=2).stderr


@pytest.mark.parametrize("arguments", [["search", "تحریم"], ["serve"], ["stats"], ["check"]])
def test_without_an_index_the_error_says_what_to_do(rasad: Run, arguments: list[str]) -> None:
    done = rasad(*arguments, status=1)
    assert "rasad index" in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_an_unknown_setting_is_refused_by_name(rasad: Run, corpus: Path) -> None:
    config = corpus.parent / "other.toml"
    config.write_text("[search]\npage_sise = 5\n", encoding="utf-8")
    for arguments in (["--config", str(config), "stats"], ["stats", "--config", str(config)]):
        done = rasad(*arguments, status=1)
        assert "page_sise" in done.stderr
        assert done.stderr.count("\n") == 1
