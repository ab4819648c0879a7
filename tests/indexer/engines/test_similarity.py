"""Which articles are copies, on arrays and in both engines: whatever the order, whatever comes and goes."""

import datetime as dt
import random
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from whoosh import query as q

from indexer.engine import AnalyzedArticle, Engine, Filters, SearchRequest
from indexer.engines.columnar.engine import ColumnarEngine
from indexer.settings import SearchSettings
from indexer.signatures import SIGNATURE_BYTES
from indexer.similarity import Groups, similar_pairs

from .conftest import built
from .reference.engine import Reference

ALL = SearchRequest(query=q.Term("text", "خبر"), limit=100)
FOLDED = structs.replace(ALL, fold=True)
DAY = dt.date(2022, 6, 23)


def signed(seed: int, changed: int = 0) -> np.ndarray:
    """A signature, the same for the same seed but for its last ``changed`` bytes."""
    row = np.random.RandomState(seed).randint(1, 200, SIGNATURE_BYTES).astype(np.uint8)
    row[SIGNATURE_BYTES - changed :] += 55
    return row


def pairs(rows: list[np.ndarray], days: list[int] | None = None, fresh: list[bool] | None = None) -> set:
    found = similar_pairs(
        np.array(rows, np.uint8).reshape(-1, SIGNATURE_BYTES),
        np.array(days or [0] * len(rows), np.int32),
        None if fresh is None else np.array(fresh, np.bool_),
    )
    return set(map(tuple, found.tolist()))


@pytest.mark.parametrize(
    ("rows", "days", "expected"),
    [
        ([], [], set()),
        ([signed(1)], [5], set()),
        ([signed(1), signed(2)], [5, 5], set()),
        ([signed(1), signed(2), signed(1)], [5, 5, 5], {(0, 2)}),
        ([signed(1), signed(1, 14)], [5, 5], {(0, 1)}),
        ([signed(1), signed(1, 15)], [5, 5], set()),
        # Within three days, or where a day is unknown; the very same words at any time.
        ([signed(1), signed(1, 9)], [5, 8], {(0, 1)}),
        ([signed(1), signed(1, 9)], [9, 5], set()),
        ([signed(1), signed(1, 9)], [0, 9000], {(0, 1)}),
        ([signed(1), signed(1)], [5, 9000], {(0, 1)}),
        # What says nothing is like nothing.
        ([np.zeros(SIGNATURE_BYTES), np.zeros(SIGNATURE_BYTES)], [5, 5], set()),
    ],
)
def test_articles_are_similar_by_bytes_and_days(rows: list, days: list, expected: set) -> None:
    assert pairs(rows, days) == expected


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20)), max_size=30), st.data())
def test_pairs_are_those_of_every_comparison_that_bands_allow(drawn: list, data: st.DataObject) -> None:
    rows = [signed(seed, changed) for seed, changed in drawn]
    fresh = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    expected = {(a, b) for a, b in combinations(range(len(rows)), 2) if (rows[a] == rows[b]).sum() >= 34}
    assert pairs(rows) == expected
    assert pairs(rows, fresh=fresh) == {(a, b) for a, b in expected if fresh[a] or fresh[b]}


def test_a_template_of_thousands_is_one_group_soon_found() -> None:
    rows = [signed(1, number % 10) for number in range(3000)]
    found = similar_pairs(np.array(rows), np.zeros(3000, np.int32))
    assert len(found) < 3000 * 32 * 12
    assert not Groups.of(found, np.ones(3000, np.bool_)).first.any()


@given(
    st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), max_size=40),
    st.lists(st.booleans(), min_size=26, max_size=26),
)
def test_groups_are_what_pairs_of_live_articles_connect(joined: list, live: list) -> None:
    expected = list(range(26))
    for a, b in joined * 26:
        if live[a] and live[b]:
            expected[a] = expected[b] = min(expected[a], expected[b])
    groups = Groups.of(np.array(joined, np.int64).reshape(-1, 2), np.array(live))
    assert groups.first.tolist() == expected
    for article in range(26):
        own = [other for other in range(26) if expected[other] == expected[article]]
        assert groups.group(article).tolist() == own
    alone = {each for each in expected if expected.count(each) == 1}
    assert groups.members.tolist() == sorted(set(range(26)) - alone, key=lambda each: (expected[each], each))


@pytest.fixture(params=[ColumnarEngine, Reference])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    engine = request.param.create(tmp_path / "index", SearchSettings())
    yield engine
    engine.close()


def story(name: str, of: str, day: dt.date | None = DAY, source: str = "", tail: str = "") -> AnalyzedArticle:
    """An article of 150 words that ``of`` alone decides."""
    chance = random.Random(of)  # noqa: S311 - repeatable, not secret
    words = ["".join(chance.choices("ابپتثجچ", k=5)) for _ in range(150)]
    return built(name, f"خبر {' '.join(words)} {tail}", title=f"تیتر {name}", date=day, source=source)


def put(engine: Engine, *articles: AnalyzedArticle) -> None:
    with engine.batch() as batch:
        for article in articles:
            batch.add(article)


def shown(hits: object) -> list[tuple[str, list[str]]]:
    return [(hit.article_id, [copy.article_id for copy in hit.similar]) for hit in hits]  # type: ignore[attr-defined]


def grouped(engine: Engine) -> set[frozenset[str]]:
    """The groups of all articles, asked for one by one; folding must show them under the best of each."""
    ids = [hit.article_id for hit in engine.search(ALL).hits]

    def copies(article_id: str) -> frozenset[str]:
        request = structs.replace(ALL, filters=Filters(similar_to=article_id))
        return frozenset(hit.article_id for hit in engine.search(request).hits)

    groups = {article_id: copies(article_id) for article_id in ids}
    for sort in ("relevance", "newest", "oldest"):
        under: dict[frozenset[str], list[str]] = {}
        for hit in engine.search(structs.replace(ALL, sort=sort)).hits:
            under.setdefault(groups[hit.article_id], []).append(hit.article_id)
        folded = engine.search(structs.replace(FOLDED, sort=sort, similar=100))
        assert shown(folded.hits) == [(first, others) for first, *others in under.values()]
        assert (folded.total_articles, folded.total_distinct) == (len(ids), len(under))
    return set(groups.values())


def test_copies_are_folded_under_the_best_and_counted(engine: Engine) -> None:
    later = DAY + dt.timedelta(days=1)
    put(engine, story("a", "x", source="isna"), story("b", "y"), story("c", "x", later, "irna", tail="پایان"))
    for request in (FOLDED, structs.replace(FOLDED, sort="newest")):
        response = engine.search(request)
        assert (response.total, response.total_articles, response.total_distinct) == (3, 3, 2)
        found = {hit.article_id: hit for hit in response.hits}
        (best,) = found.keys() - {"b"}
        (copy,) = {"a", "c"} - {best}
        assert found["b"].copies == 0
        assert found[best].copies == 1
        assert [(hit.article_id, hit.document.title) for hit in found[best].similar] == [
            (copy, f"تیتر {copy}")
        ]
        assert {value.id: value.count for value in response.facets["source"]} == {"isna": 1, "irna": 1}
    assert shown(engine.search(structs.replace(FOLDED, sort="newest")).hits) == [("c", ["a"]), ("b", [])]
    assert shown(engine.search(structs.replace(FOLDED, sort="oldest")).hits)[0] == ("a", ["c"])


def test_pages_count_what_is_left(engine: Engine) -> None:
    put(engine, *(story(f"{of}{copy}", of) for of in "uvwxyz" for copy in range(3)))
    first, last = (
        engine.search(structs.replace(FOLDED, sort="newest", offset=offset, limit=4)).hits
        for offset in (0, 4)
    )
    assert [hit.article_id[0] for hit in [*first, *last]] == list("uvwxyz")
    assert {hit.copies for hit in first} == {2}
    only_one = engine.search(structs.replace(FOLDED, similar=1, limit=1)).hits[0]
    assert (only_one.copies, len(only_one.similar)) == (2, 1)


def test_only_copies_that_match_are_folded(engine: Engine) -> None:
    put(
        engine, story("a", "x", source="isna"), story("b", "x", source="irna"), story("c", "x", source="irna")
    )
    narrowed = structs.replace(FOLDED, filters=Filters(include={"source": frozenset({"irna"})}))
    assert shown(engine.search(narrowed).hits) == [("b", ["c"])]
    copies = structs.replace(narrowed, filters=structs.replace(narrowed.filters, similar_to="a"), fold=False)
    assert [hit.article_id for hit in engine.search(copies).hits] == ["b", "c"]


def test_paragraphs_are_never_folded(engine: Engine) -> None:
    put(engine, story("a", "x"), story("b", "x"))
    response = engine.search(structs.replace(FOLDED, group="paragraph"))
    assert [(hit.article_id, hit.copies) for hit in response.hits] == [("a", 0), ("b", 0)]
    assert (response.total_articles, response.total_distinct) == (2, 1)


def test_nothing_is_like_an_article_that_is_not_there(engine: Engine) -> None:
    put(engine, story("a", "x"))
    response = engine.search(structs.replace(ALL, filters=Filters(similar_to="missing")))
    assert (response.total, response.total_distinct, response.hits) == (0, 0, [])


def test_a_group_follows_what_is_added_changed_and_deleted(engine: Engine) -> None:
    put(engine, story("a", "x"), story("b", "y"))
    assert grouped(engine) == {frozenset("a"), frozenset("b")}
    put(engine, story("c", "x"))
    put(engine, story("d", "x", tail="دیگر"))
    assert grouped(engine) == {frozenset("acd"), frozenset("b")}
    with engine.batch() as batch:
        batch.delete("a")
    assert grouped(engine) == {frozenset("cd"), frozenset("b")}
    put(engine, story("c", "y"))
    assert grouped(engine) == {frozenset("d"), frozenset("bc")}


def test_a_group_is_the_same_after_a_restart(tmp_path: Path) -> None:
    engine = ColumnarEngine.create(tmp_path, SearchSettings())
    for name in "abc":
        put(engine, story(name, "x"))
    engine.close()
    again = ColumnarEngine(tmp_path, SearchSettings())
    assert grouped(again) == {frozenset("abc")}
    again.close()


STEPS = st.lists(
    st.dictionaries(
        st.sampled_from(list("abcdefgh")),
        st.one_of(st.none(), st.tuples(st.sampled_from("xyz"), st.sampled_from(["", "دیگر", "باز"]))),
        min_size=1,
        max_size=5,
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_both_engines_group_alike_whatever_comes_and_goes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, tuple[str, str] | None]]
) -> None:
    engines = [
        kind.create(tmp_path_factory.mktemp("index"), SearchSettings())
        for kind in (ColumnarEngine, Reference)
    ]
    held: dict[str, str] = {}
    for step in steps:
        for engine in engines:
            with engine.batch() as batch:
                for name, change in step.items():
                    if change is None:
                        batch.delete(name)
                    else:
                        batch.add(story(name, change[0], tail=change[1]))
        held |= {name: change[0] if change else "" for name, change in step.items()}
        expected = {frozenset(name for name in held if held[name] == of) for of in "xyz"} - {frozenset()}
        assert [grouped(engine) for engine in engines] == [expected, expected]
    assert list(engines[0].verify()) == []
    for engine in engines:
        engine.close()
