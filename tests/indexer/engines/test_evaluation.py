"""What matches and how well, worked out by hand, for our engine and for the reference it is compared with."""

import datetime as dt
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.query import Query

from indexer.engine import SearchRequest
from indexer.engines.columnar.engine import ColumnarEngine
from indexer.settings import SearchSettings

from .conftest import Build, built
from .reference.engine import Reference

Either = ColumnarEngine | Reference

SETTINGS = SearchSettings()

TEXTS = [
    ("one", "ایران روسیه تحریم"),
    ("one", "روسیه ایران ایران گاز"),
    ("one", "نفت گاز نفت"),
    ("two", "تحریم نفت ایران و روسیه"),
    ("two", "رفت|رو ایران آمد"),
    ("three", "گفت و گو با روسیه درباره تحریم نفت و گاز"),
]
TITLES = {"one": "سفر ایران", "two": "", "three": "تحریم تازه"}
DATES = {"one": dt.date(2022, 6, 23), "two": None, "three": dt.date(2023, 1, 1)}
VOCABULARY = sorted({word for _, text in TEXTS for word in text.replace("|", " ").split()} | {"ناشناس"})


@pytest.fixture(scope="module", params=[ColumnarEngine, Reference])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Either]:
    """The texts above in three segments, with a deleted article among them."""
    engine = request.param.create(tmp_path_factory.mktemp("evaluation"), SETTINGS)
    with engine.batch() as batch:
        batch.add(built("gone", "ایران روسیه تحریم نفت", title="ایران"))
    for id_, title in TITLES.items():
        with engine.batch() as batch:
            texts = [text for owner, text in TEXTS if owner == id_]
            countries = {1: {"country": ["IR"]}} if id_ != "three" else {}
            batch.add(built(id_, *texts, title=title, date=DATES[id_], facets=countries))
            batch.delete("gone")
    yield engine
    engine.close()


def scores(engine: Either, query: Query) -> dict[int, float]:
    """The score of every paragraph that matches, by its place in TEXTS."""
    response = engine.search(SearchRequest(query=query, group="paragraph", limit=100))
    assert response.total == len(response.hits)
    return {TEXTS.index((hit.article_id, hit.document.text)): hit.score for hit in response.hits}


def found(engine: Either, query: Query) -> list[int]:
    """The places in TEXTS of the paragraphs that match."""
    return sorted(scores(engine, query))


def term(text: str, field: str = "text", boost: float = 1.0) -> q.Term:
    return q.Term(field, text, boost=boost)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (term("ایران"), [0, 1, 3, 4]),
        (term("ناشناس"), []),
        (term("رو"), [4]),
        (term("رفت|رو", "exact"), [4]),
        (term("ایران", "title"), [0]),
        (term("IR", "country"), [0, 3]),
        (q.And([term("ایران"), term("نفت")]), [3]),
        (q.And([term("ایران"), q.Not(term("نفت"))]), [0, 1, 4]),
        (q.And([q.Not(term("نفت"))]), [0, 1, 4]),
        (q.And([]), [0, 1, 2, 3, 4, 5]),
        (q.Or([term("گاز"), term("آمد")]), [1, 2, 4, 5]),
        (q.Or([]), []),
        (q.Or([term("ایران"), term("روسیه"), term("تحریم")], minmatch=2), [0, 1, 3, 5]),
        (q.Or([term("ایران"), term("روسیه"), term("تحریم")], minmatch=3), [0, 3]),
        (q.Or([term("ایران"), term("روسیه")], minmatch=3), []),
        (q.Not(term("ایران")), [2, 5]),
        (q.AndNot(term("ایران"), term("نفت")), [0, 1, 4]),
        (q.AndMaybe(term("گاز"), term("ایران")), [1, 2, 5]),
        (q.Every(), [0, 1, 2, 3, 4, 5]),
        (q.NullQuery, []),
        (q.Prefix("text", "رو"), [0, 1, 3, 4, 5]),
        (q.Prefix("text", "ناش"), []),
        (q.Prefix("country", "I"), [0, 3]),
        (q.Phrase("text", ["ایران", "روسیه"]), [0]),
        (q.Phrase("text", ["ایران", "روسیه"], slop=2), [0, 3]),
        (q.Phrase("text", ["ایران", "ایران", "گاز"]), [1]),
        (q.Phrase("text", ["نفت", "نفت"]), []),
        (q.Phrase("text", ["نفت", "نفت"], slop=2), [2]),
        (q.Phrase("text", ["ایران", "ناشناس"]), []),
        (q.Phrase("text", ["روسیه"]), [0, 1, 3, 5]),
        (q.Phrase("text", ["رو", "ایران"]), [4]),
        (q.Sequence([q.Or([term("رو"), term("رفت")]), term("ایران")]), [4]),
        (q.Sequence([q.Or([term("روسیه"), term("نفت")]), q.Or([term("ایران"), term("تحریم")])]), [0, 1, 3]),
        (q.Sequence([term("ایران"), term("روسیه")], slop=1, ordered=False), [0, 1]),
        (q.Sequence([term("ایران"), term("روسیه")], slop=2, ordered=False), [0, 1, 3]),
        (q.Sequence([term("تحریم"), term("روسیه"), term("ایران")], slop=1, ordered=False), [0]),
        (q.Sequence([term("تحریم"), term("روسیه"), term("ایران")], slop=2, ordered=False), [0, 3]),
        (q.DateRange("date", dt.datetime(2022, 6, 23), None), [0, 1, 2, 5]),  # noqa: DTZ001
        (q.DateRange("date", None, dt.datetime(2022, 6, 23)), [0, 1, 2]),  # noqa: DTZ001
        (q.DateRange("date", dt.datetime(2022, 7, 1), dt.datetime(2022, 8, 1)), []),  # noqa: DTZ001
        (q.And([term("ایران"), term("IR", "country"), q.Or([term("گاز"), term("تحریم")])]), [0, 3]),
    ],
    ids=repr,
)
def test_which_paragraphs_match(engine: Either, query: Query, expected: list[int]) -> None:
    assert found(engine, query) == expected


def holds(query: Query) -> Callable[[list[str]], bool]:
    """Decide by hand whether a paragraph's words match."""
    if isinstance(query, q.Term):
        return lambda words: query.text in words
    if isinstance(query, q.Not):
        inner = holds(query.query)
        return lambda words: not inner(words)
    if isinstance(query, q.Phrase):
        return lambda words: any(
            words[place : place + len(query.words)] == query.words for place in range(len(words))
        )
    parts = [holds(part) for part in query.subqueries]  # type: ignore[attr-defined]
    if isinstance(query, q.And):
        return lambda words: all(part(words) for part in parts)
    wanted = max(1, query.minmatch)  # type: ignore[attr-defined]
    return lambda words: sum(part(words) for part in parts) >= wanted


words = st.sampled_from(VOCABULARY)
leaves = st.one_of(
    st.builds(term, words),
    st.builds(lambda each: q.Phrase("text", each), st.lists(words, min_size=2, max_size=3)),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(q.And, st.lists(inner, min_size=1, max_size=4)),
        st.builds(
            lambda parts, k: q.Or(parts, minmatch=k),
            st.lists(inner, min_size=1, max_size=4),
            st.integers(0, 4),
        ),
        st.builds(q.Not, inner),
    ),
    max_leaves=8,
)


@given(trees)
@settings(max_examples=300)
def test_any_tree_matches_what_its_words_say(engine: Either, query: Query) -> None:
    alternatives = [text.replace("رفت|رو", word).split() for _, text in TEXTS for word in ("رفت", "رو")]
    decide = holds(query)
    certain = {
        i // 2
        for i in range(0, len(alternatives), 2)
        if decide(alternatives[i]) and decide(alternatives[i + 1])
    }
    possible = {i // 2 for i in range(len(alternatives)) if decide(alternatives[i])}
    answer = set(found(engine, query))
    plain = {place for place, (_, text) in enumerate(TEXTS) if "|" not in text}
    assert answer & plain == certain & plain == possible & plain


def bm25(idf: float, length: float, frequency: float = 1.0) -> object:
    """The score of a word in a text whose length is given as a share of the mean."""
    norm = SETTINGS.k1 * (1 - SETTINGS.b + SETTINGS.b * length)
    return pytest.approx(idf * (SETTINGS.k1 + 1) * frequency / (frequency + norm), rel=1e-5)


def test_a_words_score_is_bm25(engine: Either) -> None:
    lengths = [len(text.split()) for _, text in TEXTS]
    mean = sum(lengths) / len(lengths)
    idf = math.log(1 + (len(TEXTS) - 3 + 0.5) / (3 + 0.5))
    assert scores(engine, term("گاز")) == {place: bm25(idf, lengths[place] / mean) for place in (1, 2, 5)}
    assert scores(engine, term("نفت"))[2] == bm25(idf, lengths[2] / mean, frequency=2)


def test_a_word_of_a_title_is_weighed_against_titles(engine: Either) -> None:
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    assert scores(engine, term("سفر", "title")) == {0: bm25(idf, 2 / (4 / 3))}


def test_boosts_and_parts_add_up(engine: Either) -> None:
    iran, gas = scores(engine, term("ایران")), scores(engine, term("گاز"))
    assert scores(engine, q.And([term("ایران"), term("گاز"), term("IR", "country")])) == {}
    both = scores(engine, q.And([term("ایران", boost=2), term("گاز")]))
    assert both == {1: pytest.approx(2 * iran[1] + gas[1])}
    maybe = scores(engine, q.AndMaybe(term("گاز"), term("ایران", boost=0.5)))
    assert maybe == {place: pytest.approx(gas[place] + iran.get(place, 0) / 2) for place in gas}
    assert set(scores(engine, term("IR", "country")).values()) == {0.0}
    assert set(scores(engine, q.Every()).values()) == {0.0}


def test_no_phrase_runs_from_a_heading_into_its_paragraph(tmp_path: Path, build: Build) -> None:
    engine = ColumnarEngine.create(tmp_path / "index", SETTINGS)
    with engine.batch() as batch:
        batch.add(build("a", "روسیه و چین", headings={1: "روابط با ایران"}))
    totals = {
        phrase: engine.search(SearchRequest(query=q.Phrase("text", phrase.split(), slop=5))).total
        for phrase in ("با ایران", "ایران روسیه", "روسیه چین")
    }
    assert totals == {"با ایران": 1, "ایران روسیه": 0, "روسیه چین": 1}
    engine.close()
