"""Readers that never pause while a writing process commits again and again."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh import query as q

from indexer.engine import Engine, IndexProblemError, SearchRequest
from indexer.generations import open_current
from indexer.settings import Settings
from indexer.update import update

COMMITS = 200
READERS = 8
STANDING = 30

# Adds article after article, changes one and deletes one with each, and says so after each commit.
WRITER = """
import sys
from pathlib import Path
from indexer.settings import CorpusSettings, IndexSettings, Settings
from indexer.update import update
corpus, index = map(Path, sys.argv[1:3])
made_from, kept_in = CorpusSettings(paths=(corpus,)), IndexSettings(path=index)
settings = Settings(corpus=made_from, index=kept_in, base=corpus.parent)
for number in range(1, int(sys.argv[3]) + 1):
    (corpus / f"new{number}.txt").write_text(f"نفت تازه {number}", encoding="utf-8")
    (corpus / "changing.txt").write_text(f"گاز شماره {number}", encoding="utf-8")
    (corpus / f"going{number}.txt").unlink()
    update(settings, jobs=1)
    print(number, flush=True)
"""

# Reads until the last commit is there, and fails at the first answer that goes backwards or is torn.
READER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from test_concurrency import read_once
from indexer.generations import open_current
from indexer.settings import IndexSettings, Settings
engine = open_current(Settings(index=IndexSettings(path=Path(sys.argv[1])))).engine
print("reading", flush=True)
reached = answers = 0
while reached < int(sys.argv[2]):
    reached = read_once(engine, reached)
    answers += 1
print(answers)
"""


def read_once(engine: Engine, announced: int) -> int:
    """Search once and demand a whole state not older than what was announced; gives the state's number."""
    found = engine.search(SearchRequest(query=q.Every(), limit=1000))
    texts = [hit.document.text for hit in found.hits]
    assert len(texts) == found.total_articles, "an empty or torn page"
    (changing,) = (int(text.split()[-1]) for text in texts if text.startswith("گاز"))
    assert changing >= announced, "a stale answer"
    fresh = sorted(int(text.split()[-1]) for text in texts if text.startswith("نفت تازه"))
    assert fresh == list(range(1, changing + 1)), "a commit seen in part"
    assert sum(text.startswith("رفتنی") for text in texts) == COMMITS - changing, "a commit seen in part"
    assert sum(text.startswith("ماندنی") for text in texts) == STANDING
    return changing


def test_no_reader_sees_an_error_a_stale_answer_or_half_a_commit(config: Settings, corpus: Path) -> None:
    for number in range(STANDING):
        (corpus / f"standing{number}.txt").write_text(f"ماندنی {number}", encoding="utf-8")
    for number in range(1, COMMITS + 1):
        (corpus / f"going{number}.txt").write_text(f"رفتنی {number}", encoding="utf-8")
    (corpus / "changing.txt").write_text("گاز شماره 0", encoding="utf-8")
    update(config, jobs=1)
    engine = open_current(config).engine
    announced, answered, errors, done = [0], [0] * READERS, [], threading.Event()

    def read(reader: int) -> None:
        try:
            while not done.is_set():
                read_once(engine, announced[0])
                answered[reader] += 1
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test has failed
            errors.append(error)

    apart = subprocess.Popen(
        [sys.executable, "-c", READER, config.index.path, str(COMMITS), Path(__file__).parent],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert apart.stdout is not None
    assert apart.stdout.readline() == "reading\n"
    readers = [threading.Thread(target=read, args=(reader,)) for reader in range(READERS)]
    for reader in readers:
        reader.start()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, corpus, config.index.path, str(COMMITS)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    for line in writer.stdout:
        announced[0] = int(line)
    done.set()
    for reader in readers:
        reader.join()
    writer.communicate()
    seen, _ = apart.communicate(timeout=60)
    assert errors == []
    assert (writer.returncode, apart.returncode, announced[0]) == (0, 0, COMMITS)
    assert min(answered) > 0
    assert int(seen) > 0
    assert read_once(engine, COMMITS) == COMMITS
    assert list(engine.verify()) == []
    engine.close()


def test_a_reader_of_a_generation_that_is_dropped_is_answered_until_it_opens_the_next(
    config: Settings, put: Callable[..., Path]
) -> None:
    put("a.txt", "الف")
    update(config, jobs=1)
    reader = open_current(config)
    for _ in range(2):
        update(config, rebuild=True, jobs=1)
    assert not (config.index.path / "generations" / "00001").exists()
    assert reader.stale()
    assert reader.engine.search(SearchRequest(query=q.Every())).total == 1
    reader.engine.close()
    with pytest.raises(IndexProblemError, match="closed"):
        reader.engine.search(SearchRequest(query=q.Every()))
