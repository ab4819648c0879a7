"""The one search that the page, the API, the command line and the evaluation all go through."""

import time
from collections.abc import Iterator

from msgspec import structs

from analyzers import PersianAnalyzer
from analyzers.entities import EntityFinder
from analyzers.profiles import find_profile
from analyzers.relations import Relations
from indexer.engine import Engine, Explanation, Filters, Hit, SearchRequest
from indexer.settings import SearchSettings
from searchapp.analysis import Explainer
from searchapp.completion import Completer
from searchapp.entities import TYPES, EntityService
from searchapp.known import KnownWords
from searchapp.models import ArticleAnswer, SearchAnswer, SearchParameters, SimilarArticles, TimelineBucket
from searchapp.names import FacetNames
from searchapp.periods import month_label
from searchapp.query import EVERY, QueryReader
from searchapp.query_entities import QueryEntities
from searchapp.results import Presenter, facet_value, similar_articles
from searchapp.retrieval import MOST_FACET_VALUES, Retrieval, Retrieved
from searchapp.slots import Boosts
from searchapp.suggest import Suggester
from searchapp.wording import Wording

# Copies of an article that its own page lists; the rest is one click away.
MOST_SIMILAR = 20
# Newest articles whose headlines are asked before anybody asks, for ten milliseconds each.
_HEADLINES = 50


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
        self.explainer = Explainer(analyzer, finder)
        self.query_entities = QueryEntities(engine, analyzer, finder)
        self.names = FacetNames(analyzer, finder, self._labels)
        self.reader = QueryReader(
            analyzer,
            relations,
            self.names,
            minimum_match=settings.minimum_match,
            boosts=Boosts(settings.exact_boost, settings.title_boost),
            counts=engine.count_terms,
        )
        wording = Wording(engine, analyzer)
        self._known = KnownWords(engine, analyzer, relations, wording)
        self.suggester = Suggester(self._known)
        self.completer = Completer(engine, analyzer, wording, self.suggester)
        self._retrieval = Retrieval(engine, self.reader, self.suggester, settings)

    def prepare(self) -> None:
        """Read the words and entities of the index and the tables now, so that no question waits for them.

        Questions of the newest headlines open what every question needs. Processes that are forked then have
        in common what these leave behind: readings of words, and what the commonest ones score.
        """
        for kind in TYPES:
            find_profile(kind, "")
        self._known.vocabulary  # noqa: B018
        self.completer.prepare()
        newest = self.search(SearchParameters(sort="newest", size=_HEADLINES))
        for result in newest.results:
            self.search(SearchParameters(q=result.title))

    def search(self, parameters: SearchParameters) -> SearchAnswer:
        """Answer a question; what was done where it finds nothing as typed is said in the answer.

        Raises :class:`searchapp.retrieval.DateProblemError` for a date limit that is no date.
        """
        began = time.perf_counter()
        reading, response, suggestions, applied, request = self.find(parameters)
        presenter = Presenter(self.analyzer, reading.query)
        explanations: list[Explanation | None] = [None] * len(response.hits)
        if parameters.explain and parameters.sort == "relevance" and request is not None:
            explanations = [*self.engine.explain(request, response.hits)]
        results = [presenter.result(*each) for each in zip(response.hits, explanations, strict=True)]
        return SearchAnswer(
            query=parameters.q,
            total=response.total,
            total_articles=response.total_articles,
            total_distinct=response.total_distinct,
            folded=parameters.group == "article" and self._retrieval.folds(parameters),
            took_ms=round((time.perf_counter() - began) * 1000, 2),
            page=parameters.page,
            size=parameters.size,
            results=results,
            facets={name: [facet_value(row) for row in rows] for name, rows in response.facets.items()},
            timeline=[TimelineBucket(row.key, month_label(row.key), row.count) for row in response.timeline],
            suggestions=list(suggestions),
            interpretation=reading.interpretation,
            entities=self.query_entities.named(reading.interpretation.clauses),
            applied=applied,
        )

    def find(self, parameters: SearchParameters, whole_facet: str | None = None) -> Retrieved:
        """Answer a question without marks and snippets; see :meth:`Retrieval.find`."""
        return self._retrieval.find(parameters, whole_facet)

    def export(self, parameters: SearchParameters) -> Iterator[Hit]:
        """Give every paragraph that answers a question, in order, without ever holding them all.

        The question is read before the first is given. Raises
        :class:`searchapp.retrieval.DateProblemError` for a date limit that is no date.
        """
        request = self.find(structs.replace(parameters, group="paragraph", page=1, size=1)).request
        return iter(()) if request is None else self.engine.export(request)

    def article(self, article_id: str, question: str = "", *, exact: bool = False) -> ArticleAnswer | None:
        """Give a whole article, the words that answer ``question`` marked; None when the index lacks it."""
        stored = self.engine.article(article_id)
        if not stored:
            return None
        query = self.reader.read(question, exact=exact, relaxed=True).query if question.strip() else None
        return Presenter(self.analyzer, query).article(stored, self._similar(article_id))

    def _similar(self, article_id: str) -> SimilarArticles:
        """The copies of an article, the oldest first."""
        request = SearchRequest(
            query=EVERY,
            filters=Filters(similar_to=article_id),
            sort="oldest",
            limit=MOST_SIMILAR + 1,
            more=0,
            facets=(),
        )
        response = self.engine.search(request)
        others = [hit for hit in response.hits if hit.article_id != article_id]
        return similar_articles(others[:MOST_SIMILAR], response.total_articles - 1)

    def _labels(self, facet: str) -> list[tuple[str, str]]:
        request = SearchRequest(query=EVERY, limit=0, facets=(facet,), facet_size=MOST_FACET_VALUES)
        return [(value.id, value.label) for value in self.engine.search(request).facets.get(facet, ())]
