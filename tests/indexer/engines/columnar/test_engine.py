"""What only this engine promises; what every engine promises, the engines' common tests say."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh import query as q

from indexer.engine import IndexProblemError, SearchRequest
from indexer.engines.columnar.engine import ColumnarEngine
from indexer.engines.columnar.merging import LARGEST
from indexer.settings import SearchSettings

from ..conftest import built

SETTINGS = SearchSettings()
EVERYTHING = SearchRequest(query=q.Every(), limit=100)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[ColumnarEngine]:
    engine = ColumnarEngine.create(tmp_path / "index", SETTINGS)
    yield engine
    engine.close()


def put(engine: ColumnarEngine, *articles: object) -> None:
    with engine.batch() as batch:
        for article in articles:
            batch.add(article)  # type: ignore[arg-type]


def held(engine: ColumnarEngine, word: str) -> set[str]:
    request = SearchRequest(query=q.Term("text", word), limit=1000)
    return {hit.article_id for hit in engine.search(request).hits}


def test_one_commit_after_another_leaves_few_files(engine: ColumnarEngine, tmp_path: Path) -> None:
    for number in range(60):
        put(engine, built(f"a{number % 40}", f"نفت n{number}", "گاز"))
    assert held(engine, "نفت") == {f"a{number}" for number in range(40)}
    assert held(engine, "n5") == set()
    assert held(engine, "n45") == {"a5"}
    assert engine.stats().paragraphs == 80
    assert len(list((tmp_path / "index").iterdir())) < 30
    assert list(engine.verify()) == []


def test_every_commit_has_a_revision_of_its_own(engine: ColumnarEngine) -> None:
    seen = [engine.revision()]
    for word in ("نفت", "گاز"):
        put(engine, built("a", word))
        seen.append(engine.revision())
    assert len(set(seen)) == 3
    assert engine.revision() == seen[-1]


def test_an_article_is_not_torn_by_a_full_segment(engine: ColumnarEngine) -> None:
    many = ["نفت"] * (LARGEST // 2 + 1)
    put(engine, built("a", *many), built("b", *many))
    assert [segment.document_count for segment in engine.snapshot().segments] == [len(many), len(many)]
    assert engine.search(SearchRequest(query=q.Term("text", "نفت"), limit=1)).total == 2 * len(many)


def test_deleting_everything_leaves_nothing(engine: ColumnarEngine, tmp_path: Path) -> None:
    put(engine, built("a", "نفت"), built("b", "گاز"))
    with engine.batch() as batch:
        batch.delete("a")
        batch.delete("b")
    assert (engine.search(EVERYTHING).total, engine.manifest()) == (0, {})
    assert {path.suffix for path in (tmp_path / "index").iterdir()} <= {".toc", ""}


def test_a_batch_that_changes_nothing_commits_nothing(engine: ColumnarEngine) -> None:
    put(engine, built("a", "نفت"))
    before = engine.snapshot().generation
    with engine.batch() as batch:
        batch.delete("unknown")
    assert engine.snapshot().generation == before


def test_segments_that_stay_are_not_opened_again(engine: ColumnarEngine) -> None:
    put(engine, built("a", "نفت"))
    (first,) = engine.snapshot().segments
    put(engine, built("b", "گاز"))
    assert engine.snapshot().segments[0] is first


def test_a_settled_index_has_one_segment_and_holds_the_same(engine: ColumnarEngine) -> None:
    for name in ("a", "b", "c"):
        put(engine, built(name, "تهران"))
    assert len(engine.snapshot().segments) == 3
    engine.settle()
    assert len(engine.snapshot().segments) == 1
    assert held(engine, "تهران") == {"a", "b", "c"}
    assert not list(engine.verify())
    revision = engine.revision()
    engine.settle()
    assert engine.revision() == revision
    put(engine, built("d", "تهران"))
    assert held(engine, "تهران") == {"a", "b", "c", "d"}


def test_an_answer_is_given_twice_until_the_next_commit(engine: ColumnarEngine) -> None:
    put(engine, built("a", "نفت"))
    assert engine.search(EVERYTHING) is engine.search(EVERYTHING)
    put(engine, built("b", "گاز"))
    assert engine.search(EVERYTHING).total == 2


def test_an_answer_of_very_many_values_is_not_kept(engine: ColumnarEngine) -> None:
    persons = [f"p{number}" for number in range(20_000)]
    put(engine, built("a", "نفت", facets={1: {"person": persons}}))
    few, all_ = (SearchRequest(query=q.Every(), facet_size=size) for size in (10, 100_000))
    assert engine.search(few) is engine.search(few)
    first, second = engine.search(all_), engine.search(all_)
    assert len(first.facets["person"]) == len(persons)
    assert first == second
    assert first is not second


def test_all_values_come_with_their_paragraphs_the_commonest_first(engine: ColumnarEngine) -> None:
    put(engine, built("a", "نفت", "گاز", facets={1: {"country": ["ir", "ru"]}, 2: {"country": ["ir"]}}))
    put(engine, built("b", "نفت", "گاز", facets={1: {"country": ["us", "cn"]}, 2: {"country": ["us"]}}))
    put(engine, built("c", "نفت", "گاز", facets={1: {"country": ["us", "ir"]}, 2: {"country": ["ir"]}}))
    with engine.batch() as batch:
        batch.delete("a")
    assert [(value.id, value.label, value.count) for value in engine.values("country")] == [
        ("us", "US", 3),
        ("ir", "IR", 2),
        ("cn", "CN", 1),
    ]
    assert list(engine.values("person")) == []


def test_a_closed_engine_says_so(tmp_path: Path) -> None:
    engine = ColumnarEngine.create(tmp_path / "index", SETTINGS)
    engine.close()
    with pytest.raises(IndexProblemError, match="closed"):
        engine.search(EVERYTHING)


QUESTIONS = [
    EVERYTHING,
    SearchRequest(query=q.Or([q.Term("text", "نفت"), q.Term("title", "گران")])),
    SearchRequest(query=q.Phrase("text", ["نفت", "خام"])),
    SearchRequest(query=q.Prefix("exact", "ن")),
]


def test_a_flipped_byte_is_reported_and_never_served(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    engine = ColumnarEngine.create(folder, SETTINGS)
    articles = [
        built(f"a{n}", f"نفت خام w{n}", f"گاز w{n % 3}", title="نفت گران", facets={1: {"country": ["ir"]}})
        for n in range(9)
    ]
    put(engine, *articles)
    right = [engine.search(question) for question in QUESTIONS]
    engine.close()
    chance = random.Random(3)  # noqa: S311 - repeatable, not secret
    for path in sorted(path for path in folder.iterdir() if path.suffix):
        whole = path.read_bytes()
        for at in [0, len(whole) - 1, *chance.sample(range(len(whole)), 60)]:
            damaged = bytearray(whole)
            damaged[at] ^= 1 << chance.randrange(8)
            path.write_bytes(damaged)
            refused = False
            try:
                engine = ColumnarEngine(folder, SETTINGS)
                refused = bool(list(engine.verify()))
                for question, answer in zip(QUESTIONS, right, strict=True):
                    try:
                        assert engine.search(question) == answer, (path.suffix, at)
                    except IndexProblemError:
                        refused = True
                engine.close()
            except IndexProblemError:
                refused = True
            assert refused, (path.suffix, at)
        path.write_bytes(whole)


def test_readers_keep_answering_while_a_writer_commits(engine: ColumnarEngine) -> None:
    put(engine, *(built(f"old{n}", "نفت", "نفت خام") for n in range(20)))
    commits, errors, announced, stop = 60, [], [0], threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                known = announced[0]
                found = engine.search(SearchRequest(query=q.Term("text", "نفت"), limit=1000))
                assert found.total % 2 == 0
                new = {hit.article_id for hit in found.hits if hit.article_id.startswith("new")}
                assert len(new) >= known
                assert len(found.hits) == 20 + len(new)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test has failed
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for commit in range(commits):
        put(engine, built(f"new{commit}", "نفت گاز", "نفت"))
        announced[0] = commit + 1
    stop.set()
    for reader in readers:
        reader.join()
    assert errors == []


WRITER = """
import sys
from pathlib import Path
from indexer.engines.columnar.engine import ColumnarEngine
from indexer.settings import SearchSettings
sys.path.insert(0, sys.argv[2])
from conftest import built
engine = ColumnarEngine(Path(sys.argv[1]), SearchSettings())
for number in range(10_000):
    with engine.batch() as batch:
        for at in range(3):
            batch.add(built(f"c{number}-{at}", f"نفت n{number}", "خام " * 40))
    print(number, flush=True)
"""


def test_a_killed_writer_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    ColumnarEngine.create(folder, SETTINGS).close()
    chance = random.Random(5)  # noqa: S311 - repeatable, not secret
    for _ in range(8):
        command = [sys.executable, "-c", WRITER, str(folder), str(Path(__file__).parents[1])]
        writer = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."}
        )
        assert writer.stdout is not None
        seen = -1
        for _ in range(chance.randint(1, 12)):
            seen = int(writer.stdout.readline())
        time.sleep(chance.random() * 0.02)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().split()
        writer.wait()
        writer.stdout.close()
        announced = max([seen, *map(int, rest)])
        engine = ColumnarEngine(folder, SETTINGS)
        assert list(engine.verify()) == []
        ids = set(engine.manifest())
        assert {f"c{number}-{at}" for number in range(announced + 1) for at in range(3)} <= ids
        assert len(ids) % 3 == 0
        put(engine, built("after", "گاز"))
        assert list(engine.verify()) == []
        with engine.batch() as batch:
            for each in engine.manifest():
                batch.delete(each)
        engine.close()
