import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh import query as q

from indexer.engine import Engine, Filters, IndexProblemError, ManifestEntry, SearchRequest, TermCount
from indexer.engines.columnar.engine import ColumnarEngine
from indexer.settings import SearchSettings

from .conftest import Build, built

SETTINGS = SearchSettings()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = ColumnarEngine.create(tmp_path / "index", SETTINGS)
    yield engine
    engine.close()


def total(engine: Engine, word: str) -> int:
    return engine.search(SearchRequest(query=q.Term("text", word))).total


def put(engine: Engine, *articles: object) -> None:
    with engine.batch() as batch:
        for article in articles:
            batch.add(article)  # type: ignore[arg-type]


def test_an_empty_index_answers_with_nothing(engine: Engine) -> None:
    response = engine.search(SearchRequest(query=q.Every()))
    assert (response.total, response.total_articles, response.hits, response.timeline) == (0, 0, [], [])
    assert set(map(tuple, response.facets.values())) == {()}
    assert (engine.article("a"), engine.manifest(), list(engine.verify())) == ([], {}, [])
    assert (engine.stats().articles, engine.stats().date_from) == (0, None)


def test_what_is_written_comes_back_as_it_was(engine: Engine, build: Build) -> None:
    day = dt.date(2022, 6, 23)
    put(
        engine,
        build("a/۱", "ایران روسیه", "نفت", title="عنوان", date=day, source="نمونه", headings={2: "سر خط"}),
    )
    first, second = engine.article("a/۱")
    assert (first.number, first.text, first.title, first.date, first.source) == (
        1,
        "ایران روسیه",
        "عنوان",
        day,
        "نمونه",
    )
    assert (second.number, second.text, second.heading, second.path) == (2, "نفت", "سر خط", "")
    assert engine.manifest() == {"a/۱": ManifestEntry(first.path, first.content_hash)}
    stats = engine.stats()
    assert (stats.articles, stats.paragraphs, stats.terms, stats.date_from, stats.date_to) == (
        1,
        2,
        5,
        day,
        day,
    )
    assert stats.size > 0


def test_hits_are_grouped_under_their_article(engine: Engine, build: Build) -> None:
    put(
        engine,
        build("a", "نفت خام", "گاز", "نفت نفت", "نفت خام گران امروز"),
        build("b", "نفت و گاز در بازار"),
    )
    request = SearchRequest(query=q.Term("text", "نفت"), more=1)
    response = engine.search(request)
    assert (response.total, response.total_articles) == (4, 2)
    first, second = response.hits
    assert (first.article_id, first.number, [hit.number for hit in first.more], first.matching) == (
        "a",
        3,
        [1],
        3,
    )
    assert (second.article_id, second.number, second.more, second.matching) == ("b", 1, [], 1)
    assert first.document.text == "نفت نفت"


def test_paragraphs_can_stand_alone(engine: Engine, build: Build) -> None:
    put(engine, build("a", "نفت خام", "گاز", "نفت نفت"), build("b", "نفت و گاز"))
    response = engine.search(SearchRequest(query=q.Term("text", "نفت"), group="paragraph", limit=2))
    assert (response.total, response.total_articles) == (3, 2)
    assert [(hit.article_id, hit.number) for hit in response.hits] == [("a", 3), ("a", 1)]


def test_no_hits_are_read_when_only_counts_are_asked_for(engine: Engine, build: Build) -> None:
    put(engine, build("a", "نفت", facets={1: {"country": ["ir"]}}))
    response = engine.search(SearchRequest(query=q.Every(), limit=0))
    assert (response.total, response.hits) == (1, [])
    assert [value.id for value in response.facets["country"]] == ["ir"]


def test_an_article_is_replaced_by_its_next_version(engine: Engine, build: Build) -> None:
    put(engine, build("a", "نفت", "گاز"), build("b", "نفت"))
    put(engine, build("a", "زغال"))
    assert (total(engine, "نفت"), total(engine, "گاز"), total(engine, "زغال")) == (1, 0, 1)
    assert [paragraph.text for paragraph in engine.article("a")] == ["زغال"]
    assert engine.stats().paragraphs == 2


def test_an_article_can_be_taken_out(engine: Engine, build: Build) -> None:
    put(engine, build("a", "نفت"), build("b", "نفت"))
    with engine.batch() as batch:
        batch.delete("a")
        batch.delete("never there")
    assert total(engine, "نفت") == 1
    assert engine.manifest().keys() == {"b"}
    assert engine.article("a") == []


def test_a_batch_that_fails_changes_nothing(engine: Engine, build: Build) -> None:
    put(engine, build("a", "نفت"))

    def fail(error: type[BaseException]) -> None:
        with engine.batch() as batch:
            batch.delete("a")
            batch.add(build("b", "گاز"))
            raise error

    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error):
            fail(error)
    assert (total(engine, "نفت"), total(engine, "گاز")) == (1, 0)
    put(engine, build("c", "گاز"))
    assert total(engine, "گاز") == 1


def test_a_second_batch_is_refused_while_one_is_open(engine: Engine) -> None:
    with engine.batch(), pytest.raises(IndexProblemError, match="written to"), engine.batch():
        pass


def test_a_reader_sees_a_commit_of_another_at_the_next_question(
    engine: Engine, tmp_path: Path, build: Build
) -> None:
    other = ColumnarEngine(tmp_path / "index", SETTINGS)
    assert total(other, "نفت") == 0
    with engine.batch() as batch:
        batch.add(build("a", "نفت"))
        assert total(other, "نفت") == 0
    assert total(other, "نفت") == 1
    other.close()


def test_what_was_not_asked_before_a_commit_can_be_asked_after_it(engine: Engine, build: Build) -> None:
    put(engine, build("a", "نفت", title="گاز", facets={1: {"country": ["ir"]}}))
    bare = SearchRequest(query=q.Term("text", "نفت"), facets=())
    assert engine.search(bare).total == 1
    put(engine, *[build(f"b{n}", "زغال") for n in range(3)])
    assert engine.search(bare).total == 1
    response = engine.search(SearchRequest(query=q.Term("title", "گاز")))
    assert (response.total, len(response.facets["country"]), response.hits[0].score > 0) == (1, 1, True)


def test_many_small_commits_answer_like_one_large(tmp_path: Path) -> None:
    articles = [
        built(f"a{n}", f"نفت {'گاز ' * (n % 4)}", "زغال سنگ", facets={1: {"topic": [f"t{n % 3}"]}})
        for n in range(40)
    ]
    small, large = (ColumnarEngine.create(tmp_path / name, SETTINGS) for name in ("small", "large"))
    for place, article in enumerate(articles):
        put(small, article)
        if place % 5 == 0:
            put(small, built("passing", "نفت گاز زغال"))
    with small.batch() as batch:
        batch.delete("passing")
    put(large, *articles)
    request = SearchRequest(query=q.Or([q.Term("text", "گاز"), q.Term("text", "زغال")]), limit=100)
    answers = [engine.search(request) for engine in (small, large)]
    scores = [{(hit.article_id, hit.number): hit.score for hit in answer.hits} for answer in answers]
    assert scores[0] == pytest.approx(scores[1])
    assert answers[0].facets == answers[1].facets
    assert answers[0].total == answers[1].total == 70
    for engine in (small, large):
        assert list(engine.verify()) == []
        engine.close()


def test_readers_never_see_half_an_article_while_one_writes(engine: Engine) -> None:
    stop = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        while not stop.is_set():
            numbers = [paragraph.text for paragraph in engine.article("a")]
            if len(set(numbers)) > 1 or len(numbers) not in (0, 3):
                wrong.append(numbers)
            response = engine.search(SearchRequest(query=q.Every()))
            if response.total != 3 * response.total_articles:
                wrong.append(response)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for version in range(25):
            put(engine, built("a", *[f"نسخهٔ {version}"] * 3), built(f"b{version}", "یک", "دو", "سه"))
            assert engine.search(SearchRequest(query=q.Every())).total_articles == version + 2
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_terms_are_suggested_by_how_common_they_are(engine: Engine, build: Build) -> None:
    put(engine, build("a", "تحریم تحریف", "تحریم"), build("b", "تحرک تهران"), build("gone", "تحریر"))
    with engine.batch() as batch:
        batch.delete("gone")
    assert engine.suggest_terms("تحر", limit=2) == [TermCount("تحریم", 2), TermCount("تحرک", 1)]
    assert [each.term for each in engine.suggest_terms("ته")] == ["تهران"]
    assert engine.suggest_terms("تحریر") == []


def test_alternatives_of_a_word_count_once_in_its_length(engine: Engine, build: Build) -> None:
    put(engine, build("a", "رفت|رو|روان به خانه"), build("b", "رفت به خانه"))
    request = SearchRequest(query=q.Term("text", "خانه"))
    assert len({hit.score for hit in engine.search(request).hits}) == 1


def test_an_endless_word_is_left_out_and_its_neighbours_found(engine: Engine, build: Build) -> None:
    put(engine, build("a", f"نفت {'ا' * 10_000} گاز"))
    assert (total(engine, "نفت"), total(engine, "گاز"), total(engine, "ا" * 10_000)) == (1, 1, 0)


def test_lone_surrogates_ask_for_nothing(engine: Engine, build: Build) -> None:
    put(engine, build("a", "نفت"))
    assert total(engine, "\ud800") == 0
    assert engine.article("\ud800") == []
    filters = Filters(include={"country": frozenset({"\ud800"})})
    assert engine.search(SearchRequest(query=q.Every(), filters=filters)).total == 0


def test_a_folder_without_an_index_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(IndexProblemError, match="rasad index"):
        ColumnarEngine(tmp_path, SETTINGS)


def test_a_damaged_table_of_contents_is_refused_in_a_sentence(tmp_path: Path) -> None:
    ColumnarEngine.create(tmp_path, SETTINGS).close()
    (table,) = tmp_path.glob("*.toc")
    table.write_bytes(table.read_bytes()[:40])
    with pytest.raises(IndexProblemError, match="--rebuild"):
        ColumnarEngine(tmp_path, SETTINGS)
