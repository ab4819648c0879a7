import pytest

from indexer.settings import FetchSettings


@pytest.fixture
def fetching() -> FetchSettings:
    return FetchSettings(pause=0, timeout=20, largest=200_000, private=True)
