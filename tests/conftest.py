import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzers import PersianAnalyzer, load_analyzer

from .website import Site

# The installed command.
RASAD = Path(sys.executable).with_name("rasad")


@pytest.fixture(scope="session")
def analyzer() -> PersianAnalyzer:
    """The analyzer of the compiled lexicon, without a corpus layer."""
    return load_analyzer()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()
