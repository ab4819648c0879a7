"""What is told of an entity, of two together, of a facet's values, and of countries by topic."""

from msgspec import Struct

from searchapp.models.search import FacetValue, TimelineBucket


class EntityLabel(Struct, frozen=True):
    """An entity to name or to link: ``type`` is country, place, person, organization or topic."""

    type: str
    id: str
    label: str


class EntityCount(Struct, frozen=True):
    """An entity and the number of paragraphs that name it, of those the answer is about."""

    type: str
    id: str
    label: str
    count: int


class VariantGroup(Struct, frozen=True):
    """Other ways to name an entity, of one sort.

    ``via`` is name, historic, demonym, metonym, short or latin.
    """

    via: str
    forms: list[str]


class Mention(Struct, frozen=True):
    """A paragraph that names the entity; the first one of its article.

    ``highlights`` are ``[start, end)`` of the names in ``text``; ``snippet`` is HTML, escaped but for
    ``<mark>``; ``matching`` counts all paragraphs of the article that name the entity.
    """

    article_id: str
    paragraph: int
    title: str
    date: str | None
    date_jalali: str | None
    source: str | None
    text: str
    highlights: list[tuple[int, int]]
    snippet: str
    matching: int


class EntityAnswer(Struct, frozen=True):
    """What an entity is, as far as the tables know, and how the index speaks of it.

    ``known`` tells an entity of the tables from one that was learned from the corpus. ``years`` are the
    Gregorian years in the ``roles``, an end left open where it is; ``related`` holds, by type, what the same
    paragraphs name; ``latest`` are paragraphs of the newest articles, one of every story.
    """

    type: str
    id: str
    label: str
    known: bool
    latin: str | None
    kind: str | None
    roles: list[str]
    years: list[str]
    country: EntityLabel | None
    variants: list[VariantGroup]
    total: int
    total_articles: int
    timeline: list[TimelineBucket]
    related: dict[str, list[EntityCount]]
    latest: list[Mention]


class PairAnswer(Struct, frozen=True):
    """The paragraphs that name two entities; the counts of ``entities`` are those of each by itself."""

    entities: list[EntityCount]
    total: int
    total_articles: int
    timeline: list[TimelineBucket]
    related: dict[str, list[EntityCount]]
    latest: list[Mention]


class FacetAnswer(Struct, frozen=True):
    """A page of all the values of one facet, the commonest first.

    ``total`` counts the values that ``filter`` keeps, ``values_total`` all of them; a selected
    or excluded value is among them whatever its count.
    """

    facet: str
    filter: str
    values_total: int
    total: int
    page: int
    size: int
    values: list[FacetValue]


class MatrixAnswer(Struct, frozen=True):
    """Paragraphs by topic and country; ``counts[row][column]`` are those of both together."""

    countries: list[EntityCount]
    topics: list[EntityCount]
    counts: list[list[int]]
