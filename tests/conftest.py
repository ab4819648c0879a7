import pytest

from analyzers import PersianAnalyzer, load_analyzer


@pytest.fixture(scope="session")
def analyzer() -> PersianAnalyzer:
    """The analyzer of the compiled lexicon, without a corpus layer."""
    return load_analyzer()
