"""What is asked of a search and what it answers, an article read as a whole, and how a request is refused."""

from typing import Literal

from msgspec import Struct, field

from indexer.engine import Explanation

Sort = Literal["relevance", "newest", "oldest"]
Grouping = Literal["article", "paragraph"]


class SearchParameters(Struct, frozen=True):
    """What a reader asks for, so that every entrance (page, API, command line) asks in one way.

    ``include`` and ``exclude`` map a facet's name to ids; ``date_from`` and ``date_to`` are dates as typed,
    Jalali or Gregorian. ``exact`` switches related forms off, and ``literal`` asks for what
    was typed and nothing in its place. ``fold`` puts copies of an article under the best of them, where the
    settings do not say otherwise; ``similar_to``, an article's id, asks for it and its copies, one by one.
    ``explain`` asks where scores come from, and ``recency`` (0 to 1) what newness adds, None for the setting.
    """

    q: str = ""
    include: dict[str, frozenset[str]] = field(default_factory=dict)
    exclude: dict[str, frozenset[str]] = field(default_factory=dict)
    date_from: str = ""
    date_to: str = ""
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    group: Grouping = "article"
    exact: bool = False
    literal: bool = False
    explain: bool = False
    recency: float | None = None
    fold: bool = True
    similar_to: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the question itself narrows the results."""
        return bool(self.include or self.exclude or self.date_from or self.date_to or self.similar_to)


class EntityMention(Struct, frozen=True):
    """A country, place, person or organization in a paragraph; offsets count code points of its raw text."""

    type: str
    id: str
    label: str
    start: int
    end: int
    via: str


class TopicLabel(Struct, frozen=True):
    """A subject that a paragraph is about."""

    id: str
    label: str


class MatchingParagraph(Struct, frozen=True):
    """Another matching paragraph of an article that is already in the list."""

    paragraph: int
    text: str
    highlights: list[tuple[int, int]]
    snippet: str
    score: float


class SimilarArticle(Struct, frozen=True):
    """A copy of an article, as another agency or another day published it."""

    article_id: str
    title: str
    date: str | None
    date_jalali: str | None
    source: str | None


class SimilarArticles(Struct, frozen=True):
    """The copies of an article: how many there are, and the first of them."""

    total: int
    articles: list[SimilarArticle]


class Result(Struct, frozen=True):
    """A ranked paragraph, with the article's other matching paragraphs under ``more``.

    ``highlights`` are ``[start, end)`` of whole words in ``text``; ``snippet`` is HTML, escaped but for
    ``<mark>``; ``paragraph`` counts from 1 and is the article page's anchor; ``matching`` counts all
    paragraphs of the article that match, shown or not. ``similar`` are the matching copies of the article
    that are folded under it. ``explanation`` is there when it was asked for.
    """

    article_id: str
    paragraph: int
    title: str
    heading: str | None
    date: str | None
    date_jalali: str | None
    source: str | None
    url: str | None
    score: float
    text: str
    highlights: list[tuple[int, int]]
    snippet: str
    entities: list[EntityMention]
    topics: list[TopicLabel]
    matching: int
    more: list[MatchingParagraph]
    similar: SimilarArticles
    explanation: Explanation | None = None


class FacetValue(Struct, frozen=True):
    """One value to narrow by, counted as if its own facet were not narrowed."""

    id: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


class TimelineBucket(Struct, frozen=True):
    """The paragraphs of one Jalali month; ``key`` is ``1401-04``."""

    key: str
    label: str
    count: int


class Suggestion(Struct, frozen=True):
    """A better question, labelled with why it is offered."""

    kind: str
    query: str
    label: str


class Completion(Struct, frozen=True):
    """What a question that is being typed may become.

    ``type`` is a facet, phrase, word or title; ``id`` is the entity's or, of a title, the article's;
    ``count`` is the number of paragraphs of an entity or a word, 0 where it is not counted.
    """

    type: str
    text: str
    id: str = ""
    count: int = 0


class CompletionAnswer(Struct, frozen=True):
    """What ``/api/v1/suggest`` answers while ``query`` is being typed."""

    query: str
    completions: list[Completion]


class Clause(Struct, frozen=True):
    """A piece of the question and what it was read as.

    ``kind`` is words, phrase, proximity, prefix, title, date, similar (a long text), or a facet's name;
    ``occur`` is must or not. ``terms`` are the index's terms, ``related`` the forms that match as well,
    ranked lower.
    """

    kind: str
    text: str
    occur: str = "must"
    terms: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)


class Note(Struct, frozen=True):
    """Something to know about how the question was read: a stable code and a Persian sentence."""

    code: str
    message: str


class Interpretation(Struct, frozen=True):
    """How the question was read, so that nothing is done to it in silence.

    ``words`` counts the plain words. All of them had to be there, or with ``weighed`` some that carry enough
    of the question's weight, in which a rare word weighs more than a common one. ``relaxed`` says that
    nothing matched so and any one of them was accepted.
    """

    clauses: list[Clause]
    words: int
    weighed: bool
    exact: bool
    relaxed: bool
    notes: list[Note]

    @property
    def related(self) -> list[str]:
        """Every related form that was searched along, each once."""
        return list(dict.fromkeys(form for clause in self.clauses for form in clause.related))


class QueryEntity(Struct, frozen=True):
    """An entity that a question names.

    ``type`` is country, person, organization, place or topic; ``text`` is what the question calls it, and
    ``count`` the number of paragraphs in the index that name it, whatever the question.
    """

    type: str
    id: str
    label: str
    text: str
    count: int


class SearchAnswer(Struct, frozen=True):
    """A page of results with everything the results page shows around it.

    ``query`` is the question as typed. Where it finds nothing, ``applied`` may be asked in its place, and
    results and ``interpretation`` are of that; ``suggestions`` are only offered. ``total`` counts paragraphs,
    ``total_articles`` articles, and ``total_distinct`` articles with copies of one another as one, which are
    what pages count where ``folded`` says that copies were put under the best of them.
    """

    query: str
    total: int
    total_articles: int
    total_distinct: int
    folded: bool
    took_ms: float
    page: int
    size: int
    results: list[Result]
    facets: dict[str, list[FacetValue]]
    timeline: list[TimelineBucket]
    suggestions: list[Suggestion]
    interpretation: Interpretation
    entities: list[QueryEntity]
    applied: Suggestion | None = None

    @property
    def asked(self) -> str:
        """The question that was answered: as typed, or as it was meant."""
        return self.applied.query if self.applied else self.query


class ArticleParagraph(Struct, frozen=True):
    """A paragraph as the article page shows it; ``html`` is its text, escaped but for ``<mark>``."""

    paragraph: int
    heading: str | None
    text: str
    highlights: list[tuple[int, int]]
    html: str
    entities: list[EntityMention]
    topics: list[TopicLabel]


class ArticleAnswer(Struct, frozen=True):
    """A whole article, its paragraphs in order, and its copies, the oldest first."""

    article_id: str
    title: str
    date: str | None
    date_jalali: str | None
    source: str | None
    url: str | None
    category: str | None
    paragraphs: list[ArticleParagraph]
    similar: SimilarArticles


class ErrorDetail(Struct, frozen=True):
    """Why a request was refused: a stable code and a sentence."""

    code: str
    message: str


class ErrorAnswer(Struct, frozen=True):
    """The one shape of every JSON error."""

    error: ErrorDetail
