from collections.abc import Callable

import pytest

from analyzers import Lexicon, PersianAnalyzer, load_lexicon
from analyzers.entities import Entity, EntityFinder


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def find(finder: EntityFinder, analyzer: PersianAnalyzer) -> Callable[[str], list[Entity]]:
    return lambda text: finder.find(text, analyzer.analyze(text))


@pytest.fixture(scope="session")
def spans(find: Callable[[str], list[Entity]]) -> Callable[[str], list[tuple[str, str]]]:
    """What kind of name each is, and the words of the text that it stands in."""
    return lambda text: [(entity.type, text[entity.start : entity.end]) for entity in find(text)]
