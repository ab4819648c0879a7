import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzers import PersianAnalyzer, load_analyzer
from analyzers.entities import EntityFinder

from .website import Site

# The installed command.
RASAD = Path(sys.executable).with_name("rasad")


def pytest_configure() -> None:
    """Let Ctrl+C reach what the tests start: in the background of a shell it is ignored, by children too."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def analyzer() -> PersianAnalyzer:
    """The analyzer of the compiled lexicon, without a corpus layer."""
    return load_analyzer()


@pytest.fixture(scope="session")
def finder(analyzer: PersianAnalyzer) -> EntityFinder:
    """What finds the names of all tables."""
    return EntityFinder(analyzer)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()
