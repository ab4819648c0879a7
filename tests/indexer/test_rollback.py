from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from indexer.engine import IndexProblemError
from indexer.generations import Generations, open_current
from indexer.rollback import NoOlderGenerationError, roll_back
from indexer.settings import Settings
from indexer.update import Progress, update

Put = Callable[..., Path]


def answering(config: Settings) -> tuple[int, set[str]]:
    """The generation that answers, and the last word of each article in it."""
    opened = open_current(config)
    try:
        words = {opened.engine.article(id_)[0].text.split()[-1] for id_ in opened.engine.manifest()}
    finally:
        opened.engine.close()
    return opened.number, words


def kept(config: Settings) -> list[str]:
    return sorted(folder.name for folder in (config.index.path / "generations").iterdir())


def interrupt(progress: Progress) -> None:
    if progress.stage == "verifying":
        raise KeyboardInterrupt


@pytest.fixture
def two(config: Settings, put: Put) -> Settings:
    """Settings of an index whose first generation holds the word الف, its second also ب."""
    put("a.txt", "الف")
    update(config)
    put("b.txt", "ب")
    update(config, rebuild=True)
    assert answering(config) == (2, {"الف", "ب"})
    return config


def test_the_older_generation_answers_again(two: Settings) -> None:
    done = roll_back(two)
    assert (done.left, done.generation, done.articles, done.paragraphs, done.stale) == (2, 1, 1, 1, False)
    assert answering(two) == (1, {"الف"})
    assert Generations(two.index.path).current_number() == 1


def test_a_generation_of_another_layout_is_not_returned_to(two: Settings) -> None:
    (older,) = Generations(two.index.path).older()
    older.mark = replace(older.mark, schema=older.mark.schema - 1)
    assert older.outdated
    assert Generations(two.index.path).older() == []
    with pytest.raises(NoOlderGenerationError):
        roll_back(two)
    assert answering(two) == (2, {"الف", "ب"})


def test_an_open_reader_is_told_and_both_generations_stay_readable(two: Settings) -> None:
    reader = open_current(two)
    roll_back(two)
    assert reader.stale()
    assert reader.engine.stats().articles == 2
    reader.engine.close()


def test_the_next_update_brings_the_older_generation_up_to_date(two: Settings) -> None:
    roll_back(two)
    report = update(two)
    assert (report.new, report.unchanged, report.generation, report.built) == (1, 1, 1, "")
    assert answering(two) == (1, {"الف", "ب"})


def test_a_rollback_of_other_rules_says_so_and_the_next_update_builds_a_generation_of_a_new_number(
    config: Settings, put: Put
) -> None:
    put("a.txt", "الف")
    update(config)
    stricter = replace(config, analysis=replace(config.analysis, paragraph_words=50))
    update(stricter)
    assert roll_back(stricter).stale
    report = update(stricter)
    assert (report.generation, report.built) == (3, "the rules of indexing have changed")
    assert kept(config) == ["00001", "00003"], "the one that was rejected goes, the one that answered stays"
    assert not roll_back(config).stale


def test_a_generation_that_was_left_is_not_gone_on_with(two: Settings) -> None:
    roll_back(two)
    assert update(two, rebuild=True).generation == 3
    assert answering(two)[0] == 3
    assert kept(two) == ["00001", "00003"]


def test_a_build_begun_after_a_rollback_is_resumed(two: Settings) -> None:
    roll_back(two)
    stricter = replace(two, analysis=replace(two.analysis, paragraph_words=50))
    with pytest.raises(KeyboardInterrupt):
        update(stricter, progress=interrupt)
    assert answering(two) == (1, {"الف"})
    report = update(stricter)
    assert (report.generation, report.new, report.unchanged) == (3, 0, 2)


def test_without_an_older_generation_nothing_changes(config: Settings, put: Put) -> None:
    with pytest.raises(NoOlderGenerationError, match="no older generation"):
        roll_back(config)
    put("a.txt", "الف")
    update(config)
    with pytest.raises(KeyboardInterrupt):
        update(config, rebuild=True, progress=interrupt)
    with pytest.raises(NoOlderGenerationError, match="no older generation"):
        roll_back(config)
    assert answering(config) == (1, {"الف"})


def test_one_rollback_after_another_goes_back_as_far_as_generations_are_kept(
    config: Settings, put: Put
) -> None:
    more = replace(config, index=replace(config.index, keep=2))
    for word in ("الف", "ب", "پ"):
        put("a.txt", word)
        update(more, rebuild=True)
    assert [roll_back(more).generation for _ in range(2)] == [2, 1]
    assert answering(more) == (1, {"الف"})
    with pytest.raises(NoOlderGenerationError):
        roll_back(more)
    put("a.txt", "ت")
    assert update(more, rebuild=True).generation == 4
    assert kept(more) == ["00001", "00004"]


@pytest.mark.parametrize("name", ["mark", "layer", "index/*.toc", "index/*.postings", "index/*.documents"])
def test_an_older_generation_that_is_damaged_is_not_returned_to(two: Settings, name: str) -> None:
    (file,) = (two.index.path / "generations" / "00001").glob(name)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(IndexProblemError, match="generation 1 is not sound"):
        roll_back(two)
    assert answering(two) == (2, {"الف", "ب"})


@pytest.mark.parametrize("name", ["CURRENT", "generations/00002/mark"])
def test_a_damaged_generation_can_be_left(two: Settings, name: str) -> None:
    file = two.index.path / name
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(IndexProblemError, match="rasad index --rebuild"):
        open_current(two)
    number = 2 if name == "CURRENT" else 1
    assert roll_back(two).generation == number
    assert answering(two)[0] == number


def test_a_rebuild_of_a_damaged_index_leaves_the_older_generation_alone(two: Settings) -> None:
    (two.index.path / "CURRENT").write_text("2\n")
    with pytest.raises(KeyboardInterrupt):
        update(two, rebuild=True, progress=interrupt)
    assert kept(two) == ["00001", "00002", "00003.new"]
    assert update(two, rebuild=True).generation == 4
    assert kept(two) == ["00002", "00004"]
