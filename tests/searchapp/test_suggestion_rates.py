"""How often the word that was meant is the first suggestion, on the samples; the figures may not fall.

A smaller run of ``benchmarks/suggestions.py``, with its own questions.
"""

import importlib.util
import random
from contextlib import closing
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from indexer.settings import Settings
from indexer.update import update
from searchapp.known import KnownWords
from searchapp.library import Library
from searchapp.search import SearchService
from searchapp.wording import Wording

ROOT = Path(__file__).parents[2]
COUNT = 60


@pytest.fixture(scope="module")
def spoiling() -> ModuleType:
    spec = importlib.util.spec_from_file_location("suggestions", ROOT / "benchmarks" / "suggestions.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    settings = msgspec.structs.replace(
        Settings(),
        corpus=msgspec.structs.replace(Settings().corpus, paths=(ROOT / "seeds",)),
        index=msgspec.structs.replace(Settings().index, path=tmp_path_factory.mktemp("rates") / "index"),
        base=ROOT,
    )
    update(settings)
    with closing(Library(settings)) as library:
        yield library.service()


@pytest.fixture(scope="module")
def known(samples: SearchService, relations) -> KnownWords:
    engine, analyzer = samples.engine, samples.analyzer
    return KnownWords(engine, analyzer, relations, Wording(engine, analyzer))


def first(samples: SearchService, spoiling: ModuleType, queries) -> float:
    drawn = [query for query, _ in zip(queries, range(COUNT), strict=False)]
    found = 0
    for _, typed, meant in drawn:
        suggested = samples.suggester.suggest(typed)
        found += bool(suggested) and spoiling.letters(suggested[0].query) == spoiling.letters(meant)
    return found / len(drawn)


@pytest.fixture(scope="module")
def words(samples, spoiling):
    rows = samples.engine.suggest_terms("", field="exact", limit=1 << 30)
    found = [
        row.term
        for row in rows
        if row.count >= spoiling.LEAST_PARAGRAPHS
        and len(row.term) >= spoiling.LEAST_LETTERS
        and set(row.term) <= set(spoiling.LETTERS)
    ]
    random.Random(1).shuffle(found)  # noqa: S311 - repeatable, not secret
    return found


@pytest.fixture(scope="module")
def names(known, spoiling):
    return spoiling.names_held(known)


def test_misspelt_words_are_mended(samples, spoiling, words, known):
    rng = random.Random(1)  # noqa: S311 - repeatable, not secret
    assert first(samples, spoiling, spoiling.misspelt(words, known, rng)) >= 0.85


def test_keys_of_the_other_layout_are_read(samples, spoiling, words, names):
    rng = random.Random(1)  # noqa: S311 - repeatable, not secret
    single = [name for name in names if " " not in name[0]]
    assert first(samples, spoiling, spoiling.mistyped(words, single, rng)) >= 0.98


def test_latin_letters_are_read(samples, spoiling, words, names):
    rng = random.Random(1)  # noqa: S311 - repeatable, not secret
    held = frozenset(words)
    assert first(samples, spoiling, spoiling.in_latin(held, names, rng)) >= 0.8
