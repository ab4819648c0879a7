"""The order of the packages, as a test, so that no change slips past who runs tests only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_the_import_contracts_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("package", ["hazm", "parsivar", "wordfreq"])
def test_serving_imports_no_package_that_only_the_lexicon_needs(package):
    """In a process of its own, because other tests may have imported them."""
    code = f"import searchapp.app, searchapp.commands.serving, sys; sys.exit({package!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_there_is_no_grab_bag():
    modules = [path for room in ("analyzers", "indexer", "searchapp") for path in (ROOT / room).rglob("*.py")]
    assert len(modules) > 30
    assert not [path for path in modules if path.stem in {"utils", "util", "helpers", "common", "misc"}]


def test_every_module_says_why_it_exists():
    modules = [path for room in ("analyzers", "indexer", "searchapp") for path in (ROOT / room).rglob("*.py")]
    silent = [path for path in modules if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert not silent
