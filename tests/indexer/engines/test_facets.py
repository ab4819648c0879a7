import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as q

from indexer.engine import FacetCount, Filters, SearchRequest, SearchResponse
from indexer.engines.whoosh import WhooshEngine
from indexer.settings import SearchSettings

from .conftest import built

COUNTRIES = [["ir", "ru"], ["ir"], ["ru", "us"], [], ["cn"], ["ir", "us", "cn"]]
TOPICS = [["war"], ["war", "oil"], [], ["oil"], ["oil"], ["war"]]
SOURCES = ["isna", "isna", "irna", "", "irna", "tass"]
DATES = [None if place == 3 else dt.date(2022, 1 + place, 15) for place in range(6)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    """Six articles of one paragraph in three segments."""
    engine = WhooshEngine.create(tmp_path_factory.mktemp("facets"), SearchSettings())
    for start in (0, 2, 4):
        with engine.batch() as batch:
            for place in (start, start + 1):
                facets = {1: {"country": COUNTRIES[place], "topic": TOPICS[place]}}
                batch.add(built(f"a{place}", "خبر", date=DATES[place], facets=facets, source=SOURCES[place]))
    yield engine
    engine.close()


def ask(engine: WhooshEngine, filters: Filters, facet_size: int = 10) -> SearchResponse:
    query = q.Term("text", "خبر")
    return engine.search(SearchRequest(query=query, filters=filters, facet_size=facet_size))


def shown(response: SearchResponse, facet: str) -> dict[str, int]:
    return {value.id: value.count for value in response.facets[facet]}


def only(**values: str) -> dict[str, frozenset[str]]:
    return {facet: frozenset(ids.split()) for facet, ids in values.items()}


@pytest.mark.parametrize(
    ("filters", "articles", "countries", "topics"),
    [
        (Filters(), {0, 1, 2, 3, 4, 5}, {"ir": 3, "ru": 2, "us": 2, "cn": 2}, {"war": 3, "oil": 3}),
        # Within a facet any will do, and the facet's own counts do not shrink.
        (
            Filters(include=only(country="ir")),
            {0, 1, 5},
            {"ir": 3, "ru": 2, "us": 2, "cn": 2},
            {"war": 3, "oil": 1},
        ),
        (
            Filters(include=only(country="ir ru")),
            {0, 1, 2, 5},
            {"ir": 3, "ru": 2, "us": 2, "cn": 2},
            {"war": 3, "oil": 1},
        ),
        # Across facets all must hold.
        (Filters(include=only(country="ir", topic="oil")), {1}, {"ir": 1, "cn": 1}, {"war": 3, "oil": 1}),
        (
            Filters(exclude=only(country="us")),
            {0, 1, 3, 4},
            {"ir": 3, "ru": 2, "us": 2, "cn": 2},
            {"war": 2, "oil": 3},
        ),
        (Filters(include=only(country="ir"), exclude=only(country="us")), {0, 1}, None, {"war": 2, "oil": 1}),
        (
            Filters(exclude=only(source="isna")),
            {2, 3, 4, 5},
            {"us": 2, "cn": 2, "ir": 1, "ru": 1},
            {"oil": 2, "war": 1},
        ),
        (
            Filters(date_from=dt.date(2022, 2, 15), date_to=dt.date(2022, 3, 15)),
            {1, 2},
            None,
            {"war": 1, "oil": 1},
        ),
        (Filters(date_from=dt.date(2022, 2, 16)), {2, 4, 5}, None, None),
        (Filters(date_to=dt.date(2022, 2, 14)), {0}, None, None),
        # What nothing holds stays visible with 0.
        (Filters(include=only(country="xx")), set(), {"ir": 3, "ru": 2, "us": 2, "cn": 2, "xx": 0}, {}),
    ],
)
def test_filters_and_counts(
    engine: WhooshEngine,
    filters: Filters,
    articles: set[int],
    countries: dict[str, int] | None,
    topics: dict[str, int] | None,
) -> None:
    response = ask(engine, filters)
    assert {hit.article_id for hit in response.hits} == {f"a{place}" for place in articles}
    assert response.total == response.total_articles == len(articles)
    assert countries is None or shown(response, "country") == countries
    assert topics is None or shown(response, "topic") == topics


def test_values_carry_their_label_and_what_was_chosen(engine: WhooshEngine) -> None:
    response = ask(engine, Filters(include=only(country="cn nowhere"), exclude=only(country="ru")))
    assert {value.id: value for value in response.facets["country"]} == {
        "ir": FacetCount("ir", "IR", 3),
        "cn": FacetCount("cn", "CN", 2, selected=True),
        "us": FacetCount("us", "US", 2),
        "ru": FacetCount("ru", "RU", 2, excluded=True),
        "nowhere": FacetCount("nowhere", "nowhere", 0, selected=True),
    }


def test_a_facet_shows_its_commonest_values_and_every_chosen_one(engine: WhooshEngine) -> None:
    assert shown(ask(engine, Filters(), facet_size=1), "country") == {"ir": 3}
    assert shown(ask(engine, Filters(include=only(country="ru")), facet_size=1), "country") == {
        "ir": 3,
        "ru": 2,
    }


def test_the_timeline_counts_what_is_found(engine: WhooshEngine) -> None:
    response = ask(engine, Filters(include=only(country="ir")))
    assert [(each.key, each.count) for each in response.timeline] == [
        ("1400-10", 1),
        ("1400-11", 1),
        ("1401-03", 1),
    ]


ids = st.frozensets(st.sampled_from(["ir", "ru", "us", "cn", "xx"]), max_size=3)
topic_ids = st.frozensets(st.sampled_from(["war", "oil"]), max_size=2)
days = st.none() | st.dates(dt.date(2022, 1, 1), dt.date(2022, 7, 1))


@given(st.tuples(ids, ids), st.tuples(topic_ids, topic_ids), st.tuples(days, days))
@settings(max_examples=150)
def test_any_filters_do_what_they_say(
    engine: WhooshEngine,
    countries: tuple[frozenset[str], frozenset[str]],
    topics: tuple[frozenset[str], frozenset[str]],
    span: tuple[dt.date | None, dt.date | None],
) -> None:
    (included, excluded), (first, last) = countries, span

    def passes(values: list[str], wanted: frozenset[str], unwanted: frozenset[str]) -> bool:
        return (not wanted or bool(wanted & set(values))) and not unwanted & set(values)

    def dated(day: dt.date | None) -> bool:
        if day is None:
            return first is None and last is None
        return (first is None or first <= day) and (last is None or day <= last)

    by_country = {place for place in range(6) if passes(COUNTRIES[place], included, excluded)}
    by_topic = {place for place in range(6) if passes(TOPICS[place], *topics)}
    by_date = {place for place in range(6) if dated(DATES[place])}
    filters = Filters(
        include={"country": included, "topic": topics[0]},
        exclude={"country": excluded, "topic": topics[1]},
        date_from=first,
        date_to=last,
    )
    response = ask(engine, filters)
    assert {int(hit.article_id[1:]) for hit in response.hits} == by_country & by_topic & by_date
    counted = Counter(each for place in by_topic & by_date for each in COUNTRIES[place])
    assert {id_: count for id_, count in shown(response, "country").items() if count} == counted
    assert {value.id for value in response.facets["country"]} == counted.keys() | included | excluded
