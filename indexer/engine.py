"""The contract between searching and whatever keeps the index, so that one engine can stand in for another.

An engine is written to in articles and asked with a :class:`SearchRequest`, whose query is a tree of plain
``whoosh.query`` objects over the fields named here. Every engine gives the same answer to the same request.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from msgspec import Struct

from analyzers.entities import Entity
from analyzers.errors import RasadError
from analyzers.token import Token
from analyzers.topics import Topic
from indexer.article import Article

if TYPE_CHECKING:
    from whoosh.query.qcore import Query

    from indexer.preparation import PreparedArticles

FACETS = ("country", "place", "topic", "person", "organization", "source", "year")


class IndexProblemError(RasadError):
    """An index that cannot be read or written; the message says what to do."""


class FacetValue(NamedTuple):
    """What a paragraph can be narrowed by: a stable id, and the label a person reads.

    A year is the Jalali one of the article's date; its id is written in Latin digits.
    """

    id: str
    label: str


class AnalyzedParagraph(Struct, frozen=True):
    """A paragraph with everything an index keeps of it.

    Offsets of ``tokens`` and ``entities`` count code points of ``text``, those of ``heading_tokens`` of
    ``heading``. ``facets`` maps a name of :data:`FACETS` to the paragraph's values, each once.
    """

    number: int
    heading: str
    text: str
    heading_tokens: Sequence[Token]
    tokens: Sequence[Token]
    entities: Sequence[Entity]
    topics: Sequence[Topic]
    facets: Mapping[str, Sequence[FacetValue]]


class AnalyzedArticle(Struct, frozen=True):
    """The unit an index is written in, so that a reader never sees half an article."""

    article: Article
    title_tokens: Sequence[Token]
    paragraphs: Sequence[AnalyzedParagraph]


class StoredParagraph(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A paragraph as the index gives it back, with what is known about its article.

    ``metadata``, ``path`` and ``content_hash`` are the article's and kept with its first paragraph only.
    """

    article_id: str
    number: int
    text: str
    heading: str = ""
    title: str = ""
    date: dt.date | None = None
    source: str = ""
    url: str = ""
    category: str = ""
    entities: tuple[Entity, ...] = ()
    topics: tuple[Topic, ...] = ()
    metadata: Mapping[str, str] = {}
    path: str = ""
    content_hash: str = ""


class Filters(Struct, frozen=True):
    """What narrows a search without ranking it.

    ``include`` and ``exclude`` map a name of :data:`FACETS` to ids: within a facet any included id will do,
    across facets all must hold, and an excluded id never shows. The dates are both inclusive; where one is
    given, a paragraph without a date is left out. ``similar_to`` is the id of an article: only those that are
    copies of it are left, and itself.
    """

    include: Mapping[str, frozenset[str]] = {}
    exclude: Mapping[str, frozenset[str]] = {}
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    similar_to: str = ""


class SearchRequest(Struct, frozen=True, kw_only=True):
    """One question to an engine.

    ``offset`` and ``limit`` count articles when ``group`` is "article", else paragraphs; ``limit`` 0 asks
    for counts only. ``more`` is how many other paragraphs an article shows, ``facet_size`` how many values a
    facet. ``fold`` puts the copies of an article under the best of them, ``similar`` of them at most are
    shown, and ``offset`` and ``limit`` count what is left; paragraphs are never folded.

    ``words`` are the question's words in its order, each a list of alternative terms of the field text, empty
    for one that does not count: a paragraph that holds them near each other is ranked higher. ``recency`` is
    what the newest day of the index adds to a score, as a share of it.
    """

    query: "Query"
    filters: Filters = Filters()
    sort: Literal["relevance", "newest", "oldest"] = "relevance"
    offset: int = 0
    limit: int = 10
    group: Literal["article", "paragraph"] = "article"
    more: int = 5
    fold: bool = False
    similar: int = 5
    facets: tuple[str, ...] = FACETS
    facet_size: int = 10
    timeline: Literal["month", "year"] = "month"
    words: tuple[tuple[str, ...], ...] = ()
    recency: float = 0.0


class Hit(Struct, frozen=True, kw_only=True):
    """A matching paragraph; the best of its article, with the article's next best under ``more``.

    ``matching`` counts all the article's matching paragraphs, shown or not. ``score`` is the paragraph's
    own; hits are ordered by their article's, which weighs what the article says as a whole.
    ``similar`` are the copies that were folded under the article, the best first, each with its best
    paragraph alone; ``copies`` counts them all, shown or not.
    """

    article_id: str
    number: int
    score: float
    document: StoredParagraph
    more: Sequence["Hit"] = ()
    matching: int = 1
    similar: Sequence["Hit"] = ()
    copies: int = 0


class Explanation(Struct, frozen=True, omit_defaults=True):
    """Where a score comes from: ``value`` is made of the ``parts``.

    ``what`` is a step (article, whole_article, best_paragraph, paragraph, proximity, sum, best_of), or a
    field and a term of it (``text:تحریم``); ``details`` are the numbers that went into it.
    """

    what: str
    value: float
    details: Mapping[str, float] = {}
    parts: "Sequence[Explanation]" = ()


class FacetCount(Struct, frozen=True):
    """How many paragraphs a facet's value would leave, its own facet's selection set aside."""

    id: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


class TimelineCount(Struct, frozen=True):
    """Matching paragraphs of one Jalali month ("1401-04") or year ("1401"); only those that have any."""

    key: str
    count: int


class SearchResponse(Struct, frozen=True, kw_only=True):
    """One answer: ``total`` counts paragraphs and ``total_articles`` articles, filters applied.

    ``total_distinct`` counts articles too, copies of one another as one, whether they are folded or not.
    ``complete`` is false when the question was cut off by its time limit, so that there may be more.
    """

    total: int
    total_articles: int
    total_distinct: int
    hits: Sequence[Hit]
    facets: Mapping[str, Sequence[FacetCount]]
    timeline: Sequence[TimelineCount]
    complete: bool = True


class TermCount(Struct, frozen=True):
    """A term of the index and the number of paragraphs that hold it."""

    term: str
    count: int


class ManifestEntry(NamedTuple):
    """What must be known of an indexed article to tell whether it changed."""

    path: str
    content_hash: str


class Stats(Struct, frozen=True, kw_only=True):
    """What an index holds, in numbers; ``size`` is in bytes on disk.

    ``committed`` is when this state was written, in seconds since 1970.
    """

    articles: int
    paragraphs: int
    terms: int
    date_from: dt.date | None
    date_to: dt.date | None
    size: int
    committed: float


class WriteBatch(Protocol):
    """Changes that become visible together, and only when the batch ends without an exception.

    An article that is added replaces the one with the same id. Within a batch an id is added once.
    """

    def add(self, articles: "AnalyzedArticle | PreparedArticles") -> None:
        """Put an article in, all its paragraphs at once, or several that have been boiled down already."""

    def delete(self, article_id: str) -> None:
        """Take an article out; one that is not there is no error."""


class Engine(Protocol):
    """One index, open. Reading is safe from several threads; commits are seen by the next call."""

    def batch(self) -> AbstractContextManager[WriteBatch]:
        """Open the one write batch; raises :class:`IndexProblemError` while another is open."""

    def settle(self) -> None:
        """Arrange what was written so that it is read fastest, once a whole index has been written."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a question."""

    def export(self, request: SearchRequest) -> Iterator[Hit]:
        """Give every matching paragraph in the order of ``request``, few at a time, all from one state.

        What ``request`` says of stretches, groups, facets and copies is left aside.
        """

    def explain(self, request: SearchRequest, hits: Sequence[Hit]) -> Sequence[Explanation]:
        """Say for each hit of the answer to ``request`` where its score comes from; slow, for people."""

    def article(self, article_id: str) -> Sequence[StoredParagraph]:
        """Give an article's paragraphs in order, none when the index does not hold it."""

    def suggest_terms(self, prefix: str, *, field: str = "exact", limit: int = 10) -> Sequence[TermCount]:
        """Give the commonest terms that start with ``prefix``."""

    def values(self, facet: str) -> Iterator[FacetCount]:
        """Give every value of one of :data:`FACETS`, the commonest first, one by one and from one state."""

    def count_terms(self, terms: Sequence[str], *, field: str = "text") -> Sequence[int]:
        """Count the paragraphs that hold each of some terms."""

    def manifest(self) -> Mapping[str, ManifestEntry]:
        """Give every indexed article's path and content hash, by id."""

    def revision(self) -> int:
        """Name the committed state that answers now; cheap, for telling whether the index has changed."""

    def stats(self) -> Stats:
        """Count what the index holds."""

    def verify(self) -> Iterable[str]:
        """Read the whole index and say what is wrong with it, in sentences; nothing when it is sound."""

    def close(self) -> None:
        """Let go of files and memory."""
