from collections.abc import Iterator

import pytest

from analyzers import PersianAnalyzer, load_analyzer

from .website import Site


@pytest.fixture(scope="session")
def analyzer() -> PersianAnalyzer:
    """The analyzer of the compiled lexicon, without a corpus layer."""
    return load_analyzer()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()
