"""Turns an article into what an index keeps of it: paragraphs, their terms, and what they are about."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from analyzers import CorpusLayer, PersianAnalyzer, load_analyzer
from analyzers.entities import Entity, EntityFinder, Mentions
from analyzers.name_table import load_names
from analyzers.token import Token
from analyzers.topics import DEFAULT_CUES, Topic, TopicFinder, read_cues, without_people
from indexer.article import Article
from indexer.boilerplate import blanked
from indexer.dates import jalali_year
from indexer.engine import AnalyzedArticle, AnalyzedParagraph, FacetValue
from indexer.names import load_entity_finder, packed_names, unpacked_names
from indexer.paragraphs import split
from indexer.settings import AnalysisSettings

# Raised when splitting or enrichment gives other paragraphs or facets for the same article.
_VERSION = 8

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


class Enrichment:
    """Everything that is done to an article's text before it is indexed, the same for every engine.

    ``longest`` is the length in words over which a paragraph is cut at its sentences; ``names`` is the file
    (:mod:`indexer.names`) that lets the next be made sooner.
    """

    def __init__(
        self,
        analyzer: PersianAnalyzer,
        entities: EntityFinder,
        topics: TopicFinder,
        longest: int,
        names: bytes = b"",
    ) -> None:
        self.names = names
        self._analyzer = analyzer
        self._entities = entities
        self._topics = topics
        self._longest = longest

    @property
    def fingerprint(self) -> str:
        """Tell whether an index was made by just these rules, so that a stale one is built anew."""
        parts = (_VERSION, self._longest, self._analyzer.fingerprint)
        finders = (self._entities.fingerprint, self._topics.fingerprint)
        return hashlib.blake2b(repr((*parts, *finders)).encode(), digest_size=8).hexdigest()

    def analyze(self, article: Article) -> AnalyzedArticle:
        """Cut an article into analysed paragraphs; what its title names counts for the first of them.

        Whom the article has named in full, later paragraphs may name by the surname alone.
        """
        mentions = Mentions()
        title_tokens = self._analyzer.analyze(article.title)
        title_named = self._named(article.title, title_tokens, mentions)
        of_article = _article_facets(article)
        paragraphs = []
        for paragraph in split(_without_title(article.text, article.title), self._longest):
            heading_tokens: Sequence[Token] = ()
            heading_named: Sequence[Entity] = ()
            if paragraph.heading:
                heading_tokens = self._analyzer.analyze(paragraph.heading)
                heading_named = self._named(paragraph.heading, heading_tokens, mentions)
            searched = blanked(paragraph.text)
            tokens = self._analyzer.analyze(searched)
            found = self._entities.find(searched, tokens, mentions)
            entities = [entity for entity in found if self._entities.is_one(entity)]
            speaking = without_people(tokens, found)
            named = [*entities, *self._entities.within(tokens, entities)]
            if heading_tokens:
                speaking = [*without_people(heading_tokens, heading_named), *speaking]
                named += heading_named
            if paragraph.number == 1:
                named += title_named
            topics = self._topics.find(speaking)
            paragraphs.append(
                AnalyzedParagraph(
                    number=paragraph.number,
                    heading=paragraph.heading,
                    text=paragraph.text,
                    heading_tokens=heading_tokens,
                    tokens=tokens,
                    entities=entities,
                    topics=topics,
                    facets={**_facets(named, topics), **of_article},
                )
            )
        return AnalyzedArticle(article, title_tokens, paragraphs)

    def _named(self, text: str, tokens: Sequence[Token], mentions: Mentions) -> list[Entity]:
        """Find what a headline names, the countries in the names of organizations too."""
        if not tokens:
            return []
        found = self._entities.find(text, tokens, mentions)
        entities = [entity for entity in found if self._entities.is_one(entity)]
        return [*entities, *self._entities.within(tokens, entities)]


def load_enrichment(layer: CorpusLayer, settings: AnalysisSettings, names: bytes = b"") -> Enrichment:
    """Make the enrichment that indexing uses, with one corpus layer; ``names`` is what was kept with it.

    It reads every name of the gazetteer, so the last ones are kept: a process that follows a corpus needs
    the same again and again. Raises :class:`analyzers.topics.TopicsError`.
    """
    return _enrichment(layer, settings, read_cues(_cues_path(settings)), names)


@lru_cache(maxsize=2)
def _enrichment(layer: CorpusLayer, settings: AnalysisSettings, cues: bytes, names: bytes) -> Enrichment:
    analyzer = load_analyzer(layer)
    kept = unpacked_names(names)
    table = load_names(analyzer, metonyms=settings.metonyms, kept=kept)
    if table is not kept:
        names = packed_names(table)
    topics = TopicFinder(analyzer, _cues_path(settings), cues)
    return Enrichment(analyzer, EntityFinder(analyzer, table), topics, settings.paragraph_words, names)


def load_finders(
    analyzer: PersianAnalyzer, settings: AnalysisSettings, names: bytes = b""
) -> tuple[EntityFinder, TopicFinder]:
    """Make what finds entities and topics as the settings ask for; ``names`` is what was kept of them."""
    entities = load_entity_finder(analyzer, settings, names)
    return entities, TopicFinder(analyzer, _cues_path(settings))


def _cues_path(settings: AnalysisSettings) -> Path:
    return Path(settings.topics) if settings.topics else DEFAULT_CUES


def _without_title(text: str, title: str) -> str:
    """Drop the title where the text repeats it as its first line; a text of nothing else is kept.

    >>> _without_title("سفر به تهران\\nوزیر خارجه رفت.", "سفر به تهران")
    'وزیر خارجه رفت.'
    """
    if not title:
        return text
    first, _, rest = text.strip().partition("\n")
    return rest if rest.strip() and " ".join(first.split()) == title else text


def _facets(entities: Iterable[Entity], topics: Sequence[Topic]) -> Mapping[str, Sequence[FacetValue]]:
    """Collect what a paragraph speaks of, each value once, under the name of its facet."""
    facets: dict[str, dict[str, FacetValue]] = {}
    for entity in entities:
        values = facets.setdefault(entity.type, {})
        if entity.id not in values:
            values[entity.id] = FacetValue(entity.id, entity.label)
    if topics:
        facets["topic"] = {topic.id: FacetValue(topic.id, topic.label) for topic in topics}
    return {facet: list(values.values()) for facet, values in facets.items()}


def _article_facets(article: Article) -> Mapping[str, Sequence[FacetValue]]:
    """Collect the facet values that all paragraphs of an article have, under the names of their facets."""
    facets = {}
    if article.source:
        facets["source"] = [FacetValue(article.source, article.source)]
    if article.date is not None:
        year = str(jalali_year(article.date))
        facets["year"] = [FacetValue(year, year.translate(_PERSIAN_DIGITS))]
    return facets
