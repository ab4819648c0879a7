"""Who and where: what the index says of an entity, of two together, and of countries by topic.

An entity is asked for as a query, not as a filter: a facet's counts leave the facet's own filter out, and
what is wanted here is what the *same* paragraphs name.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

from whoosh.query.compound import And
from whoosh.query.qcore import Every, Query
from whoosh.query.terms import Term

from analyzers.profiles import Profile, find_profile
from indexer.engine import Engine, FacetCount, Filters, Hit, SearchRequest, SearchResponse
from searchapp.models import (
    EntityAnswer,
    EntityCount,
    EntityLabel,
    MatrixAnswer,
    Mention,
    PairAnswer,
    TimelineBucket,
    VariantGroup,
)
from searchapp.periods import jalali_iso, month_label
from searchapp.snippets import snippet_html
from searchapp.spellings import known_spellings, spelling, spellings

TYPES = ("country", "person", "organization", "place", "topic")

LATEST = 10
RELATED = 8
COUNTRIES = 16
MOST_VALUES = 100_000
MOST_NEAR = 6
LONGEST_ID = 80

EVERY = Every()  # type: ignore[no-untyped-call]


class EntityKey(NamedTuple):
    """What names an entity in an index and in an address."""

    type: str
    id: str


class EntityService:
    """Answers what is asked about entities from one open index; safe from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def entity(self, key: EntityKey) -> EntityAnswer | None:
        """Tell of one entity; None when neither the tables nor the index know it."""
        profile = find_profile(*key)
        response = self._naming([key])
        if profile is None and not response.total:
            return None
        known = profile or Profile(*key, _own(response, key).label)
        return EntityAnswer(
            type=key.type,
            id=key.id,
            label=known.label,
            known=profile is not None,
            latin=known.latin or None,
            kind=known.kind or None,
            roles=list(known.roles),
            years=list(known.years),
            country=_country(known.country),
            variants=_variants(known),
            total=response.total,
            total_articles=response.total_articles,
            timeline=_timeline(response),
            related=_related(response, [key]),
            latest=[_mention(hit, [key]) for hit in response.hits],
        )

    def pair(self, first: EntityKey, second: EntityKey) -> PairAnswer | None:
        """Tell of the paragraphs that name both entities; None when either is unknown."""
        entities = [self.counted(key) for key in (first, second)]
        response = self._naming([first, second])
        if None in entities:
            return None
        return PairAnswer(
            entities=[entity for entity in entities if entity is not None],
            total=response.total,
            total_articles=response.total_articles,
            timeline=_timeline(response),
            related=_related(response, [first, second]),
            latest=[_mention(hit, [first, second]) for hit in response.hits],
        )

    def matrix(self, countries: int = COUNTRIES) -> MatrixAnswer:
        """Count the paragraphs of the commonest countries by topic, the commonest topics first."""
        everything = self._counts(EVERY, ("country", "topic"))
        columns = [_count("country", value) for value in everything["country"][:countries]]
        rows = [_count("topic", value) for value in everything["topic"]]
        held = [
            {value.id: value.count for value in self._counts(Term("country", column.id), ("topic",))["topic"]}
            for column in columns
        ]
        counts = [[topics.get(row.id, 0) for topics in held] for row in rows]
        return MatrixAnswer(countries=columns, topics=rows, counts=counts)

    def counted(self, key: EntityKey) -> EntityCount | None:
        """Count the paragraphs that name one entity; None when neither the tables nor the index know it."""
        request = SearchRequest(
            query=Term(*key),
            filters=Filters(include={key.type: frozenset([key.id])}),
            limit=0,
            facets=(key.type,),
            facet_size=1,
        )
        response = self._engine.search(request)
        profile = find_profile(*key)
        if profile is None and not response.total:
            return None
        label = profile.label if profile else _own(response, key).label
        return EntityCount(key.type, key.id, label, response.total)

    def near(self, key: EntityKey) -> list[EntityCount]:
        """Offer entities of a type whose name or id is like an unknown one, the most named first."""
        typed = spelling(key.id[:LONGEST_ID])
        if not typed:
            return []
        values = {value.id: value for value in self._counts(EVERY, (key.type,))[key.type]}
        owners: dict[str, set[str]] = {}
        for id_, names in known_spellings(key.type).items():
            for name in names.split():
                owners.setdefault(name, set()).add(id_)
        for id_, value in values.items():
            for name in spellings(value.label):
                owners.setdefault(name, set()).add(id_)
        alike = [name for name in owners if name.startswith(typed)]
        alike = alike or get_close_matches(typed, owners, MOST_NEAR)
        ids = {id_ for name in alike for id_ in owners[name]}
        named = [_count(key.type, values[id_]) for id_ in ids & values.keys()]
        found = named or [
            EntityCount(key.type, id_, profile.label, 0)
            for id_ in ids
            if (profile := find_profile(key.type, id_)) is not None
        ]
        return sorted(found, key=lambda each: (-each.count, each.label))[:MOST_NEAR]

    def _naming(self, keys: Sequence[EntityKey]) -> SearchResponse:
        """Ask for the paragraphs that name all of some entities, the newest stories first, each once."""
        terms = [Term(*key) for key in keys]
        chosen: dict[str, frozenset[str]] = {}
        for key in keys:
            # What is selected is counted however rare it is, so that its label is always there.
            chosen[key.type] = chosen.get(key.type, frozenset()) | {key.id}
        request = SearchRequest(
            query=terms[0] if len(terms) == 1 else And(terms),
            filters=Filters(include=chosen),
            sort="newest",
            limit=LATEST,
            more=0,
            fold=True,
            similar=0,
            facets=TYPES,
            facet_size=RELATED + len(keys),
        )
        return self._engine.search(request)

    def _counts(self, query: Query, facets: tuple[str, ...]) -> dict[str, Sequence[FacetCount]]:
        request = SearchRequest(query=query, limit=0, facets=facets, facet_size=MOST_VALUES)
        return dict(self._engine.search(request).facets)


def _own(response: SearchResponse, key: EntityKey) -> FacetCount:
    return next(value for value in response.facets[key.type] if value.id == key.id)


def _count(kind: str, value: FacetCount) -> EntityCount:
    return EntityCount(kind, value.id, value.label, value.count)


def _country(code: str) -> EntityLabel | None:
    profile = find_profile("country", code)
    return EntityLabel("country", code, profile.label) if profile else None


def _variants(profile: Profile) -> list[VariantGroup]:
    groups: dict[str, list[str]] = {}
    for variant in profile.variants:
        groups.setdefault(variant.via, []).append(variant.text)
    return [VariantGroup(via, forms) for via, forms in groups.items()]


def _timeline(response: SearchResponse) -> list[TimelineBucket]:
    return [TimelineBucket(row.key, month_label(row.key), row.count) for row in response.timeline]


def _related(response: SearchResponse, keys: Sequence[EntityKey]) -> dict[str, list[EntityCount]]:
    found = {
        kind: [_count(kind, value) for value in values if value.count and (kind, value.id) not in keys]
        for kind, values in response.facets.items()
    }
    return {kind: values[:RELATED] for kind, values in found.items() if values}


def _mention(hit: Hit, keys: Sequence[EntityKey]) -> Mention:
    document = hit.document
    marks = [(each.start, each.end) for each in document.entities if (each.type, each.id) in keys]
    return Mention(
        article_id=hit.article_id,
        paragraph=hit.number,
        title=document.title,
        date=document.date.isoformat() if document.date else None,
        date_jalali=jalali_iso(document.date) if document.date else None,
        source=document.source or None,
        text=document.text,
        highlights=marks,
        snippet=snippet_html(document.text, marks),
        matching=hit.matching,
    )
