"""The fast answer must be the shared arithmetic's answer, whatever is asked."""

import datetime as dt
import random
import time
from collections.abc import Iterator

import pytest
from msgspec import structs
from whoosh import query as q
from whoosh.query.positional import Sequence

from indexer.engine import FACETS, Filters, Hit, SearchRequest, SearchResponse
from indexer.engines.answering import answer as shared_answer
from indexer.engines.columnar.answering import answer
from indexer.engines.columnar.engine import ColumnarEngine
from indexer.engines.columnar.snapshot import ColumnarSnapshot
from indexer.settings import SearchSettings

from ..conftest import built
from .naive import Naive

SETTINGS = SearchSettings()
WORDS = [f"w{number}" for number in range(40)]
VALUES = {"country": ["ir", "ru", "cn"], "topic": ["oil", "war"], "person": [f"p{n}" for n in range(30)]}
FIRST, LAST = (dt.datetime(year, 6, 1) for year in (2020, 2021))  # noqa: DTZ001 - a day has no time zone
SOURCES = ["isna", "irna", ""]
chance = random.Random(7)  # noqa: S311 - repeatable, not secret
WEIGHTS = [1 / (rank + 1) for rank in range(len(WORDS))]


def words(most: int) -> str:
    picked = chance.choices(WORDS, WEIGHTS, k=chance.randint(1, most))
    return " ".join(f"{word}|alt{word}" if chance.random() < 0.1 else word for word in picked)


def article(number: int, version: int = 0) -> object:
    texts = [words(30) for _ in range(chance.choice([1, 1, 1, 2, 3, 9]))]
    return built(
        f"a{number}",
        *texts,
        title=words(5) if chance.random() < 0.8 else "",
        date=dt.date(2020, 1, 1) + dt.timedelta(days=chance.randint(0, 900))
        if chance.random() < 0.9
        else None,
        headings={1: words(3)} if chance.random() < 0.3 else {},
        facets={
            at: {name: chance.sample(ids, chance.randint(0, 2)) for name, ids in VALUES.items()}
            for at in range(1, len(texts) + 1)
        },
        source=SOURCES[(number + version) % 3],
    )


@pytest.fixture(scope="module", params=["segments", "one segment"])
def snapshot(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ColumnarSnapshot]:
    """About 5,000 paragraphs, so that pruning takes place; in one part with replaced and deleted articles."""
    engine = ColumnarEngine.create(tmp_path_factory.mktemp("index"), SETTINGS)
    parts = (
        [range(1700)]
        if request.param == "one segment"
        else [range(1500), range(1450, 1650), range(1650, 1700)]
    )
    for version, part in enumerate(parts):
        with engine.batch() as batch:
            for number in part:
                batch.add(article(number, version))  # type: ignore[arg-type]
            if version:
                for number in range(0, 300, 7):
                    batch.delete(f"a{number}")
    yield engine.snapshot()
    engine.close()


def terms(field: str = "text") -> q.Query:
    return q.Term(field, chance.choices(WORDS, WEIGHTS)[0], boost=chance.choice([1.0, 1.0, 2.0]))


def queries() -> Iterator[q.Query]:
    for _ in range(3):
        yield terms()
        yield q.Or([terms() for _ in range(4)], minmatch=chance.randint(0, 3))
        yield q.And([terms(), terms(), q.Not(terms())])
        yield q.AndMaybe(q.Or([terms(), terms("title")]), q.Or([terms(), terms()]))
        yield q.Phrase("text", chance.choices(WORDS, WEIGHTS, k=2), slop=chance.choice([1, 3]))
        slots = [q.Or([terms(), terms()]), terms(), q.Or([terms(), terms()])]
        yield Sequence(slots, slop=chance.choice([1, 4]), ordered=chance.random() < 0.5)
        yield q.Prefix("exact", chance.choice(["w", "w1", "altw2", "z"]))
        yield q.And([q.Every(), q.DateRange("date", FIRST, LAST)])
        yield q.And([terms(), q.Or([q.Term("country", "ir"), q.Term("person", "p3")])])
        yield q.AndNot(q.Every(), terms())


FILTERS = [
    Filters(),
    Filters(include={"country": frozenset({"ir", "cn"})}),
    Filters(include={"country": frozenset({"ir"}), "topic": frozenset({"oil"})}),
    Filters(include={"person": frozenset({"p1", "unknown"})}, exclude={"topic": frozenset({"war"})}),
    Filters(exclude={"country": frozenset({"ru"}), "source": frozenset({"isna"})}),
    Filters(date_from=dt.date(2020, 5, 1)),
    Filters(date_to=dt.date(2021, 5, 1), include={"source": frozenset({"irna"})}),
]


def outline(response: SearchResponse) -> object:
    def hit(found: Hit) -> object:
        more = [hit(each) for each in found.more]
        return (found.article_id, found.number, found.matching, found.document, more)

    counts = (response.total, response.total_articles, response.facets, response.timeline)
    return (*counts, [hit(found) for found in response.hits])


def asked(filters: Filters, sort: str, group: str) -> Iterator[SearchRequest]:
    for query in queries():
        yield SearchRequest(
            query=query,
            filters=filters,
            sort=sort,  # type: ignore[arg-type]
            group=group,  # type: ignore[arg-type]
            offset=chance.choice([0, 0, 10, 500]),
            limit=chance.choice([10, 10, 3, 0]),
            facet_size=chance.choice([2, 10]),
            timeline=chance.choice(["month", "year"]),
        )


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_the_same_paragraphs(snapshot: ColumnarSnapshot, filters: Filters, sort: str) -> None:
    for request in asked(filters, sort, "paragraph"):
        expected, found = shared_answer(request, snapshot, SETTINGS), answer(request, snapshot, SETTINGS)
        assert outline(found) == outline(expected), request
        scores = [hit.score for hit in found.hits]
        assert scores == pytest.approx([hit.score for hit in expected.hits], rel=1e-4)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_articles_rank_by_what_they_say_as_a_whole(
    snapshot: ColumnarSnapshot, filters: Filters, sort: str
) -> None:
    naive, dates = Naive(snapshot, SETTINGS), snapshot.columns.date.tolist()
    for request in asked(filters, sort, "article"):
        every = structs.replace(request, group="paragraph", sort="relevance", offset=0, limit=0)
        paragraphs, response = shared_answer(every, snapshot, SETTINGS), answer(request, snapshot, SETTINGS)
        matching = naive.matching(request)
        totals = naive.totals(request, matching)
        assert (response.total, response.total_articles) == (paragraphs.total, len(matching))
        assert (response.facets, response.timeline) == (paragraphs.facets, paragraphs.timeline)

        keys = []
        for article, own in matching.items():
            first = min(document for _, document in own)
            total, day = totals[article], dates[first]
            newest = (-day, -total, first)
            keys.append(
                {
                    "relevance": (-total, -day, first) if any(totals.values()) else newest,
                    "newest": newest,
                    "oldest": (day or 10**9, -total, first),
                }[sort]
                + (article,)
            )
        wanted = sorted(keys)[request.offset : request.offset + request.limit]
        place = {key[-1]: key[:2] for key in keys}
        shown = [naive.article(hit.article_id) for hit in response.hits]
        # Articles whose scores differ by rounding alone may change places.
        assert [place[article] for article in shown] == [pytest.approx(key[:2], rel=1e-3) for key in wanted]
        for hit, article in zip(response.hits, shown, strict=True):
            scores = [-score for score, _ in sorted(matching[article])]
            assert hit.matching == len(scores)
            assert [hit.score, *(each.score for each in hit.more)] == pytest.approx(
                scores[: request.more + 1], rel=1e-4
            )


def test_a_question_that_takes_too_long_says_so(snapshot: ColumnarSnapshot) -> None:
    request = SearchRequest(query=q.Or([q.Term("text", word) for word in WORDS]))
    assert answer(request, snapshot, SETTINGS).complete
    cut_off = answer(request, snapshot, SETTINGS, time.monotonic())
    assert (cut_off.complete, cut_off.total, cut_off.hits) == (False, 0, [])


def test_facets_are_counted_only_when_asked_for(snapshot: ColumnarSnapshot) -> None:
    response = answer(SearchRequest(query=q.Every(), facets=("topic",)), snapshot, SETTINGS)
    assert list(response.facets) == ["topic"]
    assert set(answer(SearchRequest(query=q.Every()), snapshot, SETTINGS).facets) == set(FACETS)
