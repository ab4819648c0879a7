"""Flips bytes in every file of an index: the damage is named, and nothing damaged is ever served."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh import query as q

from analyzers import PersianAnalyzer
from analyzers.errors import RasadError
from analyzers.name_table import read_names
from analyzers.names import Name
from indexer.engine import SearchRequest
from indexer.generations import Generations, open_current
from indexer.names import packed_names
from indexer.settings import Settings
from indexer.update import update

QUESTIONS = [
    SearchRequest(query=q.Every(), limit=100),
    SearchRequest(query=q.Or([q.Term("text", "نفت"), q.Term("title", "نشست")]), more=2),
    SearchRequest(query=q.Phrase("text", ["همکاری", "مرزی"])),
    SearchRequest(query=q.Prefix("exact", "پ"), sort="newest"),
]
RANDOM_PLACES = 12


@pytest.fixture
def index(config: Settings, put: Callable[..., Path], analyzer: PersianAnalyzer) -> Settings:
    """Settings of an index with two generations, the current one of several commits and deletions.

    Few of the names that each keeps are left, so that looking at all of it again and again takes no minutes.
    """
    for number in range(30):
        put(f"{number}.txt", f"نفت شاه‌بداغی هاپاگ‌لوید {number}")
    update(config)
    update(config, rebuild=True)
    put("30.txt", "گاز")
    update(config)
    put("3.txt", "صلح")
    update(config)
    generations = Generations(config.index.path)
    for generation in filter(None, (generations.current(), *generations.older())):
        generation.names = packed_names(read_names(analyzer, [Name("country", "RU", "روسیه", "روسیه")]))
    return config


def answers(config: Settings) -> object:
    """What readers of the index are told, with the layer that their questions are analysed with."""
    opened = open_current(config)
    try:
        engine = opened.engine
        found = [engine.search(question) for question in QUESTIONS]
        articles = [engine.article(id_) for id_ in sorted(engine.manifest())]
        return opened.number, opened.fingerprint, opened.layer, found, articles
    finally:
        opened.engine.close()


def problems(config: Settings) -> list[str]:
    """What `rasad check` says."""
    generations = Generations(config.index.path)
    try:
        current = generations.current()
        assert current is not None
        return [
            problem for generation in (current, *generations.older()) for problem in generation.verify(config)
        ]
    except RasadError as error:
        return [str(error)]


def files(config: Settings) -> list[Path]:
    """Every file of the index that holds something; locks hold nothing."""
    found = (path for path in config.index.path.rglob("*") if path.is_file() and path.stat().st_size)
    return sorted(found)


def damaged(content: bytes, chance: random.Random) -> list[bytes]:
    """The content with a byte changed here and there, cut short, and made longer."""
    places = {0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(RANDOM_PLACES))}
    changed = []
    for at in sorted(places):
        other = bytearray(content)
        other[at] ^= chance.randrange(1, 256)
        changed.append(bytes(other))
    return [*changed, content[:-1], content[: len(content) // 2], b"", content + b"\0"]


def test_damage_in_any_file_is_named_and_never_served(index: Settings) -> None:
    right = answers(index)
    assert problems(index) == []
    names = {path.name.partition(".")[2] or path.name for path in files(index)}
    assert {"CURRENT", "mark", "layer", "postings", "documents"} <= names
    chance = random.Random(11)  # noqa: S311 - repeatable, not secret
    for path in files(index):
        whole = path.read_bytes()
        for content in damaged(whole, chance):
            path.write_bytes(content)
            named = problems(index)
            assert named, f"damage in {path} goes unseen"
            assert any("rasad index --rebuild" in problem for problem in named)
            try:
                served = answers(index)
            except RasadError:
                continue
            assert served == right, f"damage in {path} is served"
        path.write_bytes(whole)
    assert answers(index) == right
    assert problems(index) == []


def test_a_file_that_is_missing_is_named(index: Settings) -> None:
    for path in files(index):
        if path.name == "CURRENT":
            continue
        whole = path.read_bytes()
        path.unlink()
        assert problems(index), path
        path.write_bytes(whole)
    assert problems(index) == []


def test_a_pointer_to_nothing_is_a_clear_error(index: Settings) -> None:
    current = Generations(index.index.path).current()
    assert current is not None
    current.folder.rename(current.folder.with_name("00009"))
    with pytest.raises(RasadError, match="rasad index --rebuild"):
        open_current(index)
    assert update(index, rebuild=True).generation == 10
