"""What narrows and what is counted, for our engine and for the reference it is compared with."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as q

from indexer.engine import FACETS, FacetCount, Filters, SearchRequest, SearchResponse
from indexer.engines.columnar.engine import ColumnarEngine
from indexer.settings import SearchSettings

from .conftest import built
from .reference.engine import Reference

Either = ColumnarEngine | Reference

COUNTRIES = [["ir", "ru"], ["ir"], ["ru", "us"], [], ["cn"], ["ir", "us", "cn"]]
TOPICS = [["war"], ["war", "oil"], [], ["oil"], ["oil"], ["war"]]
SOURCES = ["isna", "isna", "irna", "", "irna", "tass"]
DATES = [None if place == 3 else dt.date(2022, 1 + place, 15) for place in range(6)]
YEARS = [["1400"], ["1400"], ["1400"], [], ["1401"], ["1401"]]
VALUES = {
    "country": COUNTRIES,
    "topic": TOPICS,
    "source": [[source] if source else [] for source in SOURCES],
    "year": YEARS,
}


@pytest.fixture(scope="module", params=[ColumnarEngine, Reference])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Either]:
    """Six articles of one paragraph in three segments."""
    engine = request.param.create(tmp_path_factory.mktemp("facets"), SearchSettings())
    for start in (0, 2, 4):
        with engine.batch() as batch:
            for place in (start, start + 1):
                facets = {1: {name: VALUES[name][place] for name in ("country", "topic", "year")}}
                batch.add(built(f"a{place}", "خبر", date=DATES[place], facets=facets, source=SOURCES[place]))
    yield engine
    engine.close()


def ask(engine: Either, filters: Filters, facet_size: int = 10) -> SearchResponse:
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
        (Filters(include=only(year="1401")), {4, 5}, {"cn": 2, "ir": 1, "us": 1}, {"oil": 1, "war": 1}),
        (Filters(exclude=only(year="1400")), {3, 4, 5}, None, {"oil": 2, "war": 1}),
        # What nothing holds stays visible with 0.
        (Filters(include=only(country="xx")), set(), {"ir": 3, "ru": 2, "us": 2, "cn": 2, "xx": 0}, {}),
    ],
)
def test_filters_and_counts(
    engine: Either,
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


def test_values_carry_their_label_and_what_was_chosen(engine: Either) -> None:
    response = ask(engine, Filters(include=only(country="cn nowhere"), exclude=only(country="ru")))
    assert {value.id: value for value in response.facets["country"]} == {
        "ir": FacetCount("ir", "IR", 3),
        "cn": FacetCount("cn", "CN", 2, selected=True),
        "us": FacetCount("us", "US", 2),
        "ru": FacetCount("ru", "RU", 2, excluded=True),
        "nowhere": FacetCount("nowhere", "nowhere", 0, selected=True),
    }


def test_a_facet_shows_its_commonest_values_and_every_chosen_one(engine: Either) -> None:
    assert shown(ask(engine, Filters(), facet_size=1), "country") == {"ir": 3}
    assert shown(ask(engine, Filters(include=only(country="ru")), facet_size=1), "country") == {
        "ir": 3,
        "ru": 2,
    }


def test_the_timeline_counts_what_is_found(engine: Either) -> None:
    response = ask(engine, Filters(include=only(country="ir")))
    assert [(each.key, each.count) for each in response.timeline] == [
        ("1400-10", 1),
        ("1400-11", 1),
        ("1401-03", 1),
    ]


days = st.none() | st.dates(dt.date(2022, 1, 1), dt.date(2022, 7, 1))
selections = st.fixed_dictionaries(
    {
        name: st.frozensets(st.sampled_from(sorted({"xx", *chain(*rows)})), max_size=3)
        for name, rows in VALUES.items()
    }
)


@given(selections, selections, st.tuples(days, days), st.integers(1, 4))
@settings(max_examples=150)
def test_any_filters_do_what_they_say(
    engine: Either,
    include: dict[str, frozenset[str]],
    exclude: dict[str, frozenset[str]],
    span: tuple[dt.date | None, dt.date | None],
    size: int,
) -> None:
    """Each facet's values are OR, facets are AND, and a facet's counts leave its own selection out."""
    first, last = span

    def passes(name: str, place: int) -> bool:
        values = set(VALUES[name][place])
        return (not include[name] or bool(include[name] & values)) and not exclude[name] & values

    def dated(day: dt.date | None) -> bool:
        if day is None:
            return first is None and last is None
        return (first is None or first <= day) and (last is None or day <= last)

    def left(but: str = "") -> set[int]:
        return {
            place
            for place in range(6)
            if dated(DATES[place]) and all(passes(name, place) for name in VALUES if name != but)
        }

    filters = Filters(include=include, exclude=exclude, date_from=first, date_to=last)
    response = ask(engine, filters)
    assert {int(hit.article_id[1:]) for hit in response.hits} == left()
    short = ask(engine, filters, facet_size=size)
    for name, rows in VALUES.items():
        counted = Counter(each for place in left(but=name) for each in rows[place])
        chosen = include[name] | exclude[name]
        assert shown(response, name) == {**dict.fromkeys(chosen, 0), **counted}
        assert {(value.id, value.selected, value.excluded) for value in response.facets[name]} >= {
            (each, each in include[name], each in exclude[name]) for each in chosen
        }
        counts = [value.count for value in response.facets[name]]
        assert counts == sorted(counts, reverse=True)
        others = [value.id for value in short.facets[name] if value.id not in chosen]
        assert len(others) <= size
        assert sorted((counted[each] for each in shown(short, name)), reverse=True)[:size] == counts[:size]


def test_every_facet_is_answered(engine: Either) -> None:
    assert set(ask(engine, Filters()).facets) == set(FACETS)
