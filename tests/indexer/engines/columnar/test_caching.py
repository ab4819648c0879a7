import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from whoosh import query as q
from whoosh.query import spans
from whoosh.query.positional import Sequence

from indexer.engine import Filters, SearchRequest
from indexer.engines.columnar.caching import ArrayCache, RecentCache
from indexer.engines.columnar.requests import request_key


def test_what_was_not_used_for_longest_goes_first() -> None:
    cache: RecentCache[str] = RecentCache(2)
    cache.put("a", "1")
    cache.put("b", "2")
    assert cache.get("a") == "1"
    cache.put("c", "3")
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == ("1", None, "3")


def zeros(size: int) -> NDArray[np.uint8]:
    return np.zeros(size, np.uint8)


def test_arrays_are_kept_by_their_bytes_and_never_change() -> None:
    cache = ArrayCache(100_000)
    cache.keep("small", zeros(60_000))
    cache.keep("large", zeros(100_001))
    assert cache.get("large") is None
    kept = cache.get("small")
    assert kept is not None
    with pytest.raises(ValueError, match="read-only"):
        kept[0][0] = 1
    cache.keep("small", zeros(90_000))
    assert len((cache.get("small") or ())[0]) == 90_000
    cache.keep("small", zeros(100_001))
    assert cache.get("small") is None
    cache.keep("small", zeros(10))
    assert cache.get("small") is not None


def test_what_is_asked_for_stays_and_goes_when_nobody_asks_any_more() -> None:
    cache = ArrayCache(10 * 11_000)
    cache.keep("often", zeros(10_000))
    for _ in range(5):
        assert cache.get("often") is not None
    left = 0
    for at in range(1000):
        cache.keep(at, zeros(10_000))
        left += cache.get("often") is not None if at < 50 else False
    assert left == 50
    assert cache.get("often") is None


def test_a_large_array_does_not_push_out_many_small_ones() -> None:
    cache = ArrayCache(200_000)
    for at in range(50):
        cache.keep(at, zeros(1_000))
    cache.keep("large", zeros(150_000))
    assert cache.get("large") is None
    assert all(cache.get(at) is not None for at in range(50))


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 60_000)), max_size=80),
    st.integers(0, 150_000),
)
def test_never_more_is_kept_than_there_is_room_for(steps: list[tuple[bool, int, int]], capacity: int) -> None:
    cache = ArrayCache(capacity)
    last: dict[int, int] = {}
    for keeping, key, size in steps:
        if keeping:
            cache.keep(key, zeros(size))
            last[key] = size
        elif (found := cache.get(key)) is not None:
            assert len(found[0]) == last[key]
    kept = [found[0].nbytes for key in last if (found := cache.get(key)) is not None]
    assert sum(kept) <= capacity


a, b = q.Term("text", "a"), q.Term("text", "b")

# Whoosh itself takes some of these for equal.
DIFFERENT = [
    a,
    q.Term("text", "a", boost=2.0),
    q.Term("exact", "a"),
    q.Or([a, b]),
    q.Or([b, a]),
    q.And([a, b]),
    q.Or([a, b], minmatch=2),
    Sequence([a, b]),
    Sequence([a, b], slop=2),
    Sequence([a, b], ordered=False),
    spans.SpanNear2([a, b]),
    q.Phrase("text", ["a", "b"]),
    q.Phrase("text", ["a", "b"], slop=2),
    q.Prefix("text", "a"),
    q.Not(a),
]


def test_every_difference_makes_another_request() -> None:
    requests = [SearchRequest(query=query) for query in DIFFERENT]
    requests += [
        SearchRequest(query=a, offset=10),
        SearchRequest(query=a, sort="newest"),
        SearchRequest(query=a, filters=Filters(include={"country": frozenset({"ir"})})),
        SearchRequest(query=a, filters=Filters(exclude={"country": frozenset({"ir"})})),
        SearchRequest(query=a, filters=Filters(include={"country": frozenset({"ir", "ru"})})),
    ]
    assert len({request_key(request) for request in requests}) == len(requests)


def test_the_same_request_is_known_again() -> None:
    asked = [
        SearchRequest(
            query=q.Or([q.Term("text", "a"), q.Not(q.Term("text", "b"))]), filters=Filters(include=facets)
        )
        for facets in (
            {"x": frozenset({"1", "2"}), "y": frozenset()},
            {"y": frozenset(), "x": frozenset({"2", "1"})},
        )
    ]
    assert request_key(asked[0]) == request_key(asked[1])
