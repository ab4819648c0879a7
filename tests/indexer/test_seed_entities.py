"""Who, where and what the article that the project began with speaks of."""

from pathlib import Path

import pytest

from analyzers import CorpusLayer
from indexer.article import Article
from indexer.corpus import Corpus
from indexer.engine import AnalyzedParagraph
from indexer.enrichment import load_enrichment
from indexer.settings import AnalysisSettings

SEED = Path(__file__).parents[2] / "seeds" / "000_1519392f884bfc35.txt"

Found = dict[str, set[str]]


@pytest.fixture(scope="module")
def paragraphs() -> list[AnalyzedParagraph]:
    (article,) = [each for each in Corpus([SEED], (), SEED.parent).read() if isinstance(each, Article)]
    return list(load_enrichment(CorpusLayer(), AnalysisSettings()).analyze(article).paragraphs)


@pytest.fixture(scope="module")
def found(paragraphs: list[AnalyzedParagraph]) -> Found:
    values: Found = {}
    for paragraph in paragraphs:
        for facet, each in paragraph.facets.items():
            values.setdefault(facet, set()).update(value.id for value in each)
    return values


@pytest.mark.parametrize(
    "person",
    [
        "sergey-lavrov",
        "hossein-amirabdollahian",
        "mikhail-ulyanov",
        "maria-zakharova",
        "saeed-khatibzadeh",
        "mohammad-javad-zarif",
        "ebrahim-raisi",
    ],
)
def test_people(found: Found, person: str) -> None:
    assert person in found["person"]


@pytest.mark.parametrize("country", ["IR", "RU", "US", "UA", "SY", "YE", "AF", "FR", "GB", "DE", "VE", "CU"])
def test_countries(found: Found, country: str) -> None:
    assert country in found["country"]


def test_austria_is_there_only_as_what_vienna_stands_for(paragraphs: list[AnalyzedParagraph]) -> None:
    ways = {entity.via for each in paragraphs for entity in each.entities if entity.id == "AT"}
    assert ways == {"metonym"}


@pytest.mark.parametrize("organization", ["iaea", "e3", "al-araby-al-jadeed", "iran-mfa", "russia-mfa"])
def test_organizations(found: Found, organization: str) -> None:
    assert organization in found["organization"]


@pytest.mark.parametrize("topic", ["sanctions", "nuclear", "trade", "diplomacy"])
def test_topics(found: Found, topic: str) -> None:
    assert topic in found["topic"]


def test_two_spellings_of_a_name_are_one_person(paragraphs: list[AnalyzedParagraph]) -> None:
    named: dict[str, set[str]] = {}
    for each in paragraphs:
        for entity in each.entities:
            named.setdefault(entity.id, set()).add(each.text[entity.start : entity.end])
    assert {"سرگئی لاوروف", "سرگی لاوروف"} <= named["sergey-lavrov"]
    assert {"امیرعبداللهیان", "امیر عبداللهیان"} & named["hossein-amirabdollahian"]
