"""Whole arrays must find what one posting at a time finds, with the same scores."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from whoosh import query as q
from whoosh.filedb.filestore import RamStorage
from whoosh.query import spans

from indexer.coverage import MostOf, WordForms
from indexer.engines.columnar.evaluation import find
from indexer.engines.columnar.index import ColumnarIndex
from indexer.engines.columnar.scoring import Bm25, WhooshBm25F
from indexer.engines.columnar.snapshot import ColumnarSnapshot

from .corpora import TAGS, WORDS, documents, schema
from .test_codec import DELETED, fill

w = WORDS
text = [q.Term("text", word) for word in w]

Pair = tuple[Any, ColumnarSnapshot]


@pytest.fixture(scope="module", params=["segments", "merged"])
def pair(request: pytest.FixtureRequest) -> Iterator[Pair]:
    """Whoosh's searcher and a state of ours, of the same files."""
    index = ColumnarIndex.create(RamStorage(), schema())
    fill(index)
    if request.param == "merged":
        index.optimize()
    with index.searcher() as searcher:
        yield searcher, ColumnarSnapshot.newest(index)


def results(snapshot: ColumnarSnapshot, query: q.Query) -> dict[int, float]:
    found = find(query, snapshot, WhooshBm25F())
    return dict(zip(found.documents.tolist(), found.scores[found.documents].tolist(), strict=True))


SCORED = [
    text[0],
    text[33],
    q.Term("text", w[50], boost=2.5),
    q.Term("text", "نیست"),
    q.Term("tags", TAGS[0]),
    q.Term("day", 500),
    q.And([text[1], text[7], q.Term("title", w[3])]),
    q.And([text[0], text[1]]),
    q.And([text[0], q.Or([text[40], text[41]]), q.Term("tags", TAGS[1])]),
    q.And([text[1], q.Not(q.Term("tags", TAGS[1]))]),
    q.And([q.Or([text[1], text[2]], boost=3.0), text[0]], boost=0.5),
    q.Or([text[1], text[40], q.Term("title", w[40], boost=2.0)]),
    q.Or([text[50], text[51]]),
    q.Or([q.And([text[5], text[6]]), q.AndMaybe(text[30], text[0]), text[44]]),
    q.Or([text[4]]),
    q.AndNot(text[2], q.Term("tags", TAGS[2])),
    q.AndMaybe(text[30], q.Term("title", w[3])),
    q.AndMaybe(text[0], text[1]),
    q.Require(text[4], q.Term("tags", TAGS[3])),
    q.Otherwise(q.Term("text", "نیست"), text[3]),
    q.Otherwise(text[3], text[4]),
    q.Phrase("text", [w[0], w[1]]),
    q.Phrase("text", [w[0], w[1]], boost=2.0),
    q.Phrase("text", [w[0], w[1], w[2]], slop=4),
    q.Phrase("text", [w[0], w[0]]),
    q.Phrase("text", [w[0], "نیست"]),
    q.And([q.Phrase("text", [w[0], w[1]]), text[9]]),
    spans.SpanNear2([text[3], text[1]], slop=3),
    spans.SpanNear2([text[3], text[1]], slop=3, ordered=False),
    spans.SpanFirst(text[0], limit=2),
    q.Prefix("text", "واژه1", constantscore=False),
    q.Wildcard("text", "واژه?2", constantscore=False),
    q.FuzzyTerm("text", "واژه11", maxdist=1, prefixlength=3, constantscore=False),
    q.TermRange("text", w[20], w[25], constantscore=False),
    q.NumericRange("day", 200, 400),
    q.NumericRange("day", None, 400, endexcl=True, boost=2.0),
    q.ConstantScoreQuery(text[9], 3.0),
    q.Every(),
    q.Every("tags"),
    q.Variations("text", w[9]),
    q.NullQuery,
]


@pytest.mark.parametrize("query", SCORED, ids=lambda query: type(query).__name__)
def test_the_scores_of_whoosh(pair: Pair, query: q.Query) -> None:
    searcher, snapshot = pair
    expected = {hit.docnum: hit.score for hit in searcher.search(query, limit=None)}
    assert results(snapshot, query) == pytest.approx(expected, rel=1e-5)


# Whoosh scores these by accident of size (it gives up constant scores in a large index, and where a pattern
# stands for one or two words), or wrongly (its best-of-two takes the scores of two different documents).
MATCHED = [
    q.Prefix("text", "واژه1"),
    q.Prefix("text", "", boost=2.0),
    q.Wildcard("text", "واژه?2"),
    q.Wildcard("text", "*ژه3?"),
    q.Regex("text", "واژه[34]5"),
    q.FuzzyTerm("text", "واژه11", maxdist=1, prefixlength=3),
    q.TermRange("text", w[20], w[25], startexcl=True, endexcl=True),
    q.TermRange("text", None, w[2]),
    q.TermRange("text", "واژه99", None),
    q.DisjunctionMax([text[4], q.Term("title", w[4])]),
]


@pytest.mark.parametrize("query", MATCHED, ids=lambda query: type(query).__name__)
def test_the_documents_of_whoosh(pair: Pair, query: q.Query) -> None:
    searcher, snapshot = pair
    assert sorted(results(snapshot, query)) == sorted(searcher.docs_for_query(query))


def test_a_pattern_scores_its_boost_in_every_document(pair: Pair) -> None:
    assert set(results(pair[1], q.Prefix("text", "واژه1", boost=3.0)).values()) == {3.0}


def test_the_best_part_scores_and_the_others_by_their_share(pair: Pair) -> None:
    parts = [text[4], q.Term("title", w[4])]
    a, b = (results(pair[1], part) for part in parts)
    found = results(pair[1], q.DisjunctionMax(parts, tiebreak=0.25))
    expected = {}
    for document in a.keys() | b.keys():
        low, high = sorted((a.get(document, 0.0), b.get(document, 0.0)))
        expected[document] = high + 0.25 * low
    assert found == pytest.approx(expected, rel=1e-5)


def test_what_is_not_wanted_is_left_out(pair: Pair) -> None:
    # Against the texts themselves: Whoosh finds a deleted document here, and one that holds both words.
    texts = {number: set(row["text"].split()) for number, row in enumerate(documents(700))}
    live = [number for number in texts if number not in DELETED]
    stored = pair[0].stored_fields
    ids = [int(stored(docnum)["id"]) for docnum in results(pair[1], q.Not(text[0]))]
    assert ids == [number for number in live if w[0] not in texts[number]]
    ids = [int(stored(docnum)["id"]) for docnum in results(pair[1], q.AndNot(text[40], text[0]))]
    assert ids == [number for number in live if w[40] in texts[number] and w[0] not in texts[number]]


@pytest.mark.parametrize("needed", [0, 1, 2, 3, 4, 5])
def test_enough_parts_have_to_match(pair: Pair, needed: int) -> None:
    parts = [text[10], text[20], text[0], q.Term("title", w[30])]
    each = [results(pair[1], part) for part in parts]
    expected = {}
    for document in set().union(*each):
        scores = [found[document] for found in each if document in found]
        if len(scores) >= max(needed, 1):
            expected[document] = sum(scores)
    assert results(pair[1], q.Or(parts, minmatch=needed)) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 1.0])
def test_parts_of_enough_weight_have_to_match(pair: Pair, share: float) -> None:
    snapshot, scoring = pair[1], Bm25()
    parts = [text[0], text[12], text[59], q.Term("text", "نیست")]
    weights = {}
    for part in parts[:3]:
        holding = snapshot.live_count("text", part.text.encode())
        weights[part.text] = scoring.idf(snapshot, "text", holding)
    held: dict[int, float] = {}
    for part in parts[:3]:
        for document in results(snapshot, part):
            held[document] = held.get(document, 0.0) + weights[part.text]
    enough = share * sum(weights.values()) - 1e-3
    found = find(MostOf(parts, share), snapshot, scoring)
    assert found.documents.tolist() == sorted(doc for doc, weight in held.items() if weight >= enough)
    whole = find(q.Or(parts), snapshot, scoring)
    assert found.scores[found.documents] == pytest.approx(whole.scores[found.documents])


@pytest.mark.parametrize(
    "forms",
    [
        [text[0], q.Term("title", w[0], boost=2.0)],
        [q.DisjunctionMax([text[44], text[45], text[1]]), q.Term("title", w[3], boost=0.5)],
        [q.DisjunctionMax([text[50], q.Phrase("text", [w[0], w[1]], boost=0.5)]), q.Term("text", "نیست")],
        [text[30], q.Term("text", w[31], boost=0.0)],
        [q.Term("text", "نیست")],
    ],
)
def test_the_forms_of_a_word_are_found_again_as_they_were_found_first(
    pair: Pair, forms: list[q.Query]
) -> None:
    expected = results(pair[1], q.Or(forms))
    for query in (WordForms(forms), WordForms(forms, boost=2.0), q.And([text[1], WordForms(forms)])):
        first = results(pair[1], query)
        assert results(pair[1], query) == first
        if query.subqueries is forms:
            assert first == pytest.approx({doc: score * query.boost for doc, score in expected.items()})
        else:
            other = results(pair[1], text[1])
            assert first == pytest.approx(
                {doc: other[doc] + expected[doc] for doc in expected if doc in other}
            )


def test_a_query_whose_time_is_over_says_so(pair: Pair) -> None:
    found = find(q.Or(text), pair[1], WhooshBm25F(), deadline=time.monotonic())
    assert (found.complete, found.documents.tolist()) == (False, [])
    assert find(q.Or(text), pair[1], WhooshBm25F(), deadline=time.monotonic() + 60).complete
