"""The fast answer must be stock Whoosh's, worked out in plain steps, whatever is asked."""

import datetime as dt
import random
import time
from collections.abc import Iterator

import pytest
from msgspec import structs
from whoosh import query as q
from whoosh.query.positional import Sequence

from indexer.coverage import WordForms
from indexer.engine import FACETS, AnalyzedArticle, Filters, Hit, SearchRequest, SearchResponse
from indexer.engines.columnar.answering import answer
from indexer.engines.columnar.engine import ColumnarEngine
from indexer.engines.columnar.snapshot import ColumnarSnapshot
from indexer.settings import SearchSettings

from ..conftest import built
from ..reference.answering import answer as plain_answer
from ..reference.answering import rank
from ..reference.engine import Reference
from ..reference.snapshot import WhooshSnapshot

Pair = tuple[ColumnarSnapshot, WhooshSnapshot]

SETTINGS = SearchSettings()
WORDS = [f"w{number}" for number in range(40)]
VALUES = {"country": ["ir", "ru", "cn"], "topic": ["oil", "war"], "person": [f"p{n}" for n in range(30)]}
FIRST, LAST = (dt.datetime(year, 6, 1) for year in (2020, 2021))  # noqa: DTZ001 - a day has no time zone
SOURCES = ["isna", "irna", ""]
chance = random.Random(7)  # noqa: S311 - repeatable, not secret
WEIGHTS = [1 / (rank + 1) for rank in range(len(WORDS))]


WRITTEN: list[tuple[list[str], int]] = []


def words(most: int) -> str:
    picked = chance.choices(WORDS, WEIGHTS, k=chance.randint(1, most))
    return " ".join(f"{word}|alt{word}" if chance.random() < 0.1 else word for word in picked)


def article(number: int, version: int) -> AnalyzedArticle:
    """One in five is a copy of another under a headline of its own, a day later."""
    texts = [words(30) for _ in range(chance.choice([1, 1, 1, 2, 3, 9]))]
    day = chance.randint(0, 900)
    if WRITTEN and chance.random() < 0.2:
        texts, day = chance.choice(WRITTEN)
        day += 1
    WRITTEN.append((texts, day))
    return built(
        f"a{number}",
        *texts,
        title=words(5) if chance.random() < 0.8 else "",
        date=dt.date(2020, 1, 1) + dt.timedelta(days=day) if chance.random() < 0.9 else None,
        headings={1: words(3)} if chance.random() < 0.3 else {},
        facets={
            at: {name: chance.sample(ids, chance.randint(0, 2)) for name, ids in VALUES.items()}
            for at in range(1, len(texts) + 1)
        },
        source=SOURCES[(number + version) % 3],
    )


@pytest.fixture(scope="module", params=["segments", "one segment"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """About 5,000 paragraphs, so that pruning takes place; in one part with replaced and deleted articles."""
    chance.seed(request.param)
    WRITTEN.clear()
    ours = ColumnarEngine.create(tmp_path_factory.mktemp("index"), SETTINGS)
    reference = Reference.create(tmp_path_factory.mktemp("reference"), SETTINGS)
    parts = (
        [range(1700)]
        if request.param == "one segment"
        else [range(1500), range(1450, 1650), range(1650, 1700)]
    )
    for version, part in enumerate(parts):
        articles = [article(number, version) for number in part]
        with ours.batch() as batch, reference.batch() as plain_batch:
            for each in (batch, plain_batch):
                for written in articles:
                    each.add(written)
                for number in range(0, 300, 7) if version else ():
                    each.delete(f"a{number}")
    yield ours.snapshot(), reference.snapshot()
    ours.close()
    reference.close()


@pytest.fixture(autouse=True)
def _the_same_questions_in_every_order(pair: Pair, request: pytest.FixtureRequest) -> None:
    """Begin each test with a number of its own, so that it asks the same whichever tests ran before it."""
    chance.seed(request.node.name)


def terms(field: str = "text") -> q.Query:
    return q.Term(field, chance.choices(WORDS, WEIGHTS)[0], boost=chance.choice([1.0, 1.0, 2.0]))


def queries() -> Iterator[q.Query]:
    for _ in range(2):
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

    counted = (response.total, response.total_articles, response.total_distinct)
    counts = (*counted, response.facets, response.timeline)
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
            words=chance.choice([(), tuple(asked_words())]),
        )


def asked_words() -> Iterator[tuple[str, ...]]:
    for word in chance.choices(WORDS, WEIGHTS, k=chance.randint(1, 4)):
        yield chance.choice([(word,), (word,), (word, f"alt{word}"), ()])


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_the_same_paragraphs(pair: Pair, filters: Filters, sort: str) -> None:
    snapshot, plain = pair
    for request in asked(filters, sort, "paragraph"):
        expected, found = plain_answer(request, plain, SETTINGS), answer(request, snapshot, SETTINGS)
        assert outline(found) == outline(expected), request
        scores = [hit.score for hit in found.hits]
        assert scores == pytest.approx([hit.score for hit in expected.hits], rel=1e-4)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_articles_rank_by_what_they_say_as_a_whole(pair: Pair, filters: Filters, sort: str) -> None:
    snapshot, plain = pair
    for request in asked(filters, sort, "article"):
        found = answer(request, snapshot, SETTINGS)
        counted = plain_answer(structs.replace(request, limit=0), plain, SETTINGS)
        assert (found.total, found.total_articles) == (counted.total, counted.total_articles)
        assert found.total_distinct == counted.total_distinct
        assert (found.facets, found.timeline) == (counted.facets, counted.timeline)

        ranked = rank(request, plain, SETTINGS)
        wanted = ranked[request.offset : request.offset + request.limit]
        results = {plain.columns.article[result.documents[0]]: result for result in ranked}
        shown = [results[ordinal(plain, hit.article_id)] for hit in found.hits]
        # Articles whose scores differ by rounding alone may change places.
        if sort != "relevance":
            assert [result.day for result in shown] == [result.day for result in wanted]
        totals = [result.total for result in wanted]
        assert [result.total for result in shown] == pytest.approx(totals, rel=1e-3)
        for hit, result in zip(found.hits, shown, strict=True):
            assert hit.matching == len(result.documents)
            scores = [hit.score, *(each.score for each in hit.more)]
            assert scores == pytest.approx(result.scores[: request.more + 1], rel=1e-4)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_the_best_of_every_group_stands_for_it(pair: Pair, filters: Filters, sort: str) -> None:
    snapshot, _ = pair
    assert len(snapshot.groups.members) > 100
    for any_request in asked(filters, sort, "article"):
        # Nearness orders the best of the groups anew; which those are is settled before.
        request = structs.replace(any_request, words=())
        everything = answer(structs.replace(request, offset=0, limit=10_000), snapshot, SETTINGS)
        groups: dict[int, list[Hit]] = {}
        for hit in everything.hits:
            group = snapshot.groups.first[ordinal(snapshot, hit.article_id)]
            groups.setdefault(int(group), []).append(hit)
        found = answer(structs.replace(request, fold=True, similar=2), snapshot, SETTINGS)
        wanted = [
            structs.replace(
                first,
                similar=[structs.replace(copy, more=(), similar=(), matching=1) for copy in copies[:2]],
                copies=len(copies),
            )
            for first, *copies in groups.values()
        ]
        assert list(found.hits) == wanted[request.offset : request.offset + request.limit]
        assert structs.replace(found, hits=[]) == structs.replace(everything, hits=[])


def ordinal(plain: WhooshSnapshot | ColumnarSnapshot, article_id: str) -> int:
    return int(plain.columns.article[plain.postings("article_id", article_id).documents[0]])


def test_a_question_that_takes_too_long_says_so(pair: Pair) -> None:
    snapshot, _ = pair
    request = SearchRequest(query=q.Or([q.Term("text", word) for word in WORDS]))
    assert answer(request, snapshot, SETTINGS).complete
    cut_off = answer(request, snapshot, SETTINGS, time.monotonic())
    assert (cut_off.complete, cut_off.total, cut_off.hits) == (False, 0, [])


def test_what_was_cut_off_is_not_taken_for_all_there_is(pair: Pair) -> None:
    word = WordForms([q.Term("text", "w1"), q.Phrase("text", ["w0", "w2"], boost=3.0)])
    request = SearchRequest(query=q.Or([word, q.Term("text", "w5")]), limit=50)
    asked_before = ColumnarSnapshot.newest(pair[0].index)
    assert not answer(request, asked_before, SETTINGS, deadline=time.monotonic()).complete
    assert outline(answer(request, asked_before, SETTINGS)) == outline(answer(request, pair[0], SETTINGS))


def test_facets_are_counted_only_when_asked_for(pair: Pair) -> None:
    snapshot, _ = pair
    response = answer(SearchRequest(query=q.Every(), facets=("topic",)), snapshot, SETTINGS)
    assert list(response.facets) == ["topic"]
    assert set(answer(SearchRequest(query=q.Every()), snapshot, SETTINGS).facets) == set(FACETS)
