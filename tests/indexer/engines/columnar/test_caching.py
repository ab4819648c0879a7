import numpy as np
import pytest
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


def test_arrays_are_kept_by_their_bytes_and_never_change() -> None:
    cache = ArrayCache(100)
    cache.keep("small", np.zeros(60, np.uint8))
    cache.keep("large", np.zeros(101, np.uint8))
    assert cache.get("large") is None
    kept = cache.get("small")
    assert kept is not None
    with pytest.raises(ValueError, match="read-only"):
        kept[0][0] = 1
    cache.keep("small", np.zeros(90, np.uint8))
    assert len((cache.get("small") or ())[0]) == 90


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
