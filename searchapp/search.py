"""The one search that the page, the API, the command line and the evaluation all go through."""

import datetime as dt
import time
from collections.abc import Mapping, Sequence

from whoosh.query.qcore import Query

from analyzers import PersianAnalyzer
from analyzers.entities import Entity, EntityFinder
from analyzers.errors import RasadError
from analyzers.relations import Relations
from analyzers.topics import Topic
from indexer.engine import (
    FACETS,
    Engine,
    FacetCount,
    Filters,
    Hit,
    SearchRequest,
    SearchResponse,
    StoredParagraph,
)
from indexer.settings import SearchSettings
from searchapp.completion import Completer
from searchapp.entities import EntityService
from searchapp.models import (
    ArticleAnswer,
    ArticleParagraph,
    EntityMention,
    FacetValue,
    MatchingParagraph,
    Result,
    SearchAnswer,
    SearchParameters,
    TimelineBucket,
    TopicLabel,
)
from searchapp.names import FacetNames
from searchapp.periods import jalali_iso, month_label, parse_period
from searchapp.query import EVERY, QueryReader, Reading
from searchapp.query_entities import QueryEntities
from searchapp.slots import Boosts
from searchapp.snippets import highlights, marked_html, snippet_html
from searchapp.suggest import Suggester
from searchapp.wording import Wording

MOST_FACET_VALUES = 100_000


class DateProblemError(RasadError):
    """A date that cannot be read; the message shows how dates are written."""


class SearchService:
    """Answers questions from one open index; safe from several threads."""

    def __init__(
        self,
        engine: Engine,
        analyzer: PersianAnalyzer,
        relations: Relations,
        finder: EntityFinder,
        settings: SearchSettings,
    ):
        self.engine = engine
        self.analyzer = analyzer
        self.settings = settings
        self.entities = EntityService(engine)
        self._query_entities = QueryEntities(engine, analyzer, finder)
        self.names = FacetNames(analyzer, finder, self._labels)
        self.reader = QueryReader(
            analyzer,
            relations,
            self.names,
            settings.minimum_match,
            Boosts(settings.exact_boost, settings.title_boost),
        )
        wording = Wording(engine, analyzer)
        self.suggester = Suggester(engine, analyzer, wording)
        self.completer = Completer(engine, analyzer, wording, self.suggester)

    def prepare(self) -> None:
        """Read the words and entities of the index now, so that no question has to wait for them."""
        self.suggester.prepare()
        self.completer.prepare()

    def search(self, parameters: SearchParameters) -> SearchAnswer:
        """Answer a question; when nothing holds enough of its words, fewer are accepted and that is said.

        Raises :class:`DateProblemError` for a date limit that is no date.
        """
        began = time.perf_counter()
        reading, response = self.find(parameters)
        results = [self._result(hit, reading.query) for hit in response.hits]
        return SearchAnswer(
            query=parameters.q,
            total=response.total,
            total_articles=response.total_articles,
            took_ms=round((time.perf_counter() - began) * 1000, 2),
            page=parameters.page,
            size=parameters.size,
            results=results,
            facets={name: [_facet_value(row) for row in rows] for name, rows in response.facets.items()},
            timeline=[TimelineBucket(row.key, month_label(row.key), row.count) for row in response.timeline],
            suggestions=[],
            interpretation=reading.interpretation,
            entities=self._query_entities.named(reading.interpretation.clauses),
        )

    def find(
        self, parameters: SearchParameters, whole_facet: str | None = None
    ) -> tuple[Reading, SearchResponse]:
        """Read a question and let the engine answer it, without marks and snippets.

        With the name of a facet in ``whole_facet`` all its values are counted, and nothing else is asked for.
        """
        filters = _filters(parameters)
        exact = parameters.exact or not self.settings.related
        reading = self.reader.read(parameters.q, exact=exact)
        response = self._ask(reading, parameters, filters, whole_facet)
        if response.total == 0 and reading.interpretation.words > 1:
            relaxed = self.reader.read(parameters.q, exact=exact, relaxed=True)
            again = self._ask(relaxed, parameters, filters, whole_facet)
            if again.total:
                return relaxed, again
        return reading, response

    def article(self, article_id: str, question: str = "", *, exact: bool = False) -> ArticleAnswer | None:
        """Give a whole article, the words that answer ``question`` marked; None when the index lacks it."""
        stored = self.engine.article(article_id)
        if not stored:
            return None
        query = self.reader.read(question, exact=exact, relaxed=True).query if question.strip() else None
        first = stored[0]
        return ArticleAnswer(
            article_id=first.article_id,
            title=first.title,
            date=first.date.isoformat() if first.date else None,
            date_jalali=jalali_iso(first.date) if first.date else None,
            source=first.source or None,
            url=first.url or None,
            category=first.category or None,
            paragraphs=[self._paragraph(paragraph, query) for paragraph in stored],
        )

    def _labels(self, facet: str) -> list[tuple[str, str]]:
        request = SearchRequest(query=EVERY, limit=0, facets=(facet,), facet_size=MOST_FACET_VALUES)
        return [(value.id, value.label) for value in self.engine.search(request).facets.get(facet, ())]

    def _ask(
        self, reading: Reading, parameters: SearchParameters, filters: Filters, whole_facet: str | None
    ) -> SearchResponse:
        if reading.query is None:
            return SearchResponse(total=0, total_articles=0, hits=[], facets={}, timeline=[])
        if whole_facet is not None:
            request = SearchRequest(
                query=reading.query,
                filters=filters,
                limit=0,
                facets=(whole_facet,),
                facet_size=MOST_FACET_VALUES,
            )
            return self.engine.search(request)
        request = SearchRequest(
            query=reading.query,
            filters=filters,
            sort=parameters.sort,
            offset=(parameters.page - 1) * parameters.size,
            limit=parameters.size,
            group=parameters.group,
            more=self.settings.more_paragraphs,
            facets=FACETS,
            facet_size=self.settings.facet_size,
        )
        return self.engine.search(request)

    def _marks(self, text: str, query: Query | None) -> list[tuple[int, int]]:
        return highlights(query, self.analyzer.analyze(text), text) if query is not None else []

    def _result(self, hit: Hit, query: Query | None) -> Result:
        document = hit.document
        marks = self._marks(document.text, query)
        return Result(
            article_id=hit.article_id,
            paragraph=hit.number,
            title=document.title,
            heading=document.heading or None,
            date=document.date.isoformat() if document.date else None,
            date_jalali=jalali_iso(document.date) if document.date else None,
            source=document.source or None,
            url=document.url or None,
            score=round(hit.score, 4),
            text=document.text,
            highlights=marks,
            snippet=snippet_html(document.text, marks),
            entities=_mentions(document.entities),
            topics=_topics(document.topics),
            matching=hit.matching,
            more=[self._more(other, query) for other in hit.more],
        )

    def _more(self, hit: Hit, query: Query | None) -> MatchingParagraph:
        text = hit.document.text
        marks = self._marks(text, query)
        return MatchingParagraph(hit.number, text, marks, snippet_html(text, marks), round(hit.score, 4))

    def _paragraph(self, stored: StoredParagraph, query: Query | None) -> ArticleParagraph:
        marks = self._marks(stored.text, query)
        return ArticleParagraph(
            paragraph=stored.number,
            heading=stored.heading or None,
            text=stored.text,
            highlights=marks,
            html=marked_html(stored.text, marks),
            entities=_mentions(stored.entities),
            topics=_topics(stored.topics),
        )


def _filters(parameters: SearchParameters) -> Filters:
    first = _day(parameters.date_from)
    last = _day(parameters.date_to)
    return Filters(
        include=_chosen(parameters.include),
        exclude=_chosen(parameters.exclude),
        date_from=first[0] if first else None,
        date_to=last[1] if last else None,
    )


def _chosen(values: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {facet: ids for facet, ids in values.items() if ids}


def _day(typed: str) -> tuple[dt.date, dt.date] | None:
    if not typed.strip():
        return None
    period = parse_period(typed)
    if period is None:
        raise DateProblemError(f"«{typed[:40]}» تاریخ نیست؛ تاریخ را مانند ۱۴۰۱/۰۴/۰۲ یا 2022-06-23 بنویسید.")
    return period


def _mentions(entities: Sequence[Entity]) -> list[EntityMention]:
    return [EntityMention(*entity) for entity in entities]


def _topics(topics: Sequence[Topic]) -> list[TopicLabel]:
    return [TopicLabel(*topic) for topic in topics]


def _facet_value(value: FacetCount) -> FacetValue:
    return FacetValue(value.id, value.label, value.count, value.selected, value.excluded)
