"""When an index is built anew, which generations are kept, and what a reader is told of it."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from whoosh import query as q

from indexer.engine import IndexProblemError, SearchRequest
from indexer.generations import Generations, NoIndexError, open_current
from indexer.settings import Settings
from indexer.update import Progress, update

from .conftest import counts, texts, write


def test_before_anything_is_indexed_that_is_said(config: Settings) -> None:
    with pytest.raises(NoIndexError, match="run `rasad index`"):
        open_current(config)


def test_a_rebuild_is_a_new_generation_and_the_reader_is_told(config: Settings, corpus: Path) -> None:
    write(corpus, "a.txt")
    update(config)
    reader = open_current(config)
    assert not reader.stale()
    report = update(config, rebuild=True)
    assert (counts(report), report.generation, report.built) == ({"new": 1}, 2, "a rebuild was asked for")
    assert reader.stale()
    assert reader.engine.search(SearchRequest(query=q.Every())).total == 1, "the old one still answers"
    reader.engine.close()
    assert open_current(config).number == 2


def test_only_the_last_generations_are_kept(config: Settings, corpus: Path) -> None:
    write(corpus, "a.txt")
    for _ in range(4):
        update(config, rebuild=True)
    assert sorted(folder.name for folder in (config.index.path / "generations").iterdir()) == [
        "00003",
        "00004",
    ]


def test_other_rules_build_a_new_generation(config: Settings, corpus: Path) -> None:
    write(corpus, "a.txt")
    update(config)
    stricter = replace(config, analysis=replace(config.analysis, paragraph_words=50))
    report = update(stricter)
    assert (report.built, report.generation) == ("the rules of indexing have changed", 2)
    assert update(stricter).built == ""


def test_an_edited_file_of_topics_builds_a_new_generation(
    config: Settings, corpus: Path, tmp_path: Path
) -> None:
    topics = tmp_path / "topics.toml"
    topics.write_text("[tea]\nfa = 'چای'\nen = 'Tea'\ndecisive = ['چای']\n", encoding="utf-8")
    own = replace(config, analysis=replace(config.analysis, topics=str(topics)))
    write(corpus, "a.txt")
    update(own)
    assert update(own).built == ""
    topics.write_text("[tea]\nfa = 'چای'\nen = 'Tea'\ndecisive = ['قند']\n", encoding="utf-8")
    assert update(own).built == "the rules of indexing have changed"


def test_the_corpus_layer_is_frozen_until_it_is_learned_anew(config: Settings, corpus: Path) -> None:
    write(corpus, "a.txt")
    update(config)
    before = open_current(config)
    write(
        corpus, "b.txt", "گفت‌وگو با هاپاگ‌لوید ادامه دارد. شرکت هاپاگ‌لوید و دفتر هاپاگ‌لوید در بندر هستند. " * 3
    )
    update(config)
    assert open_current(config).layer.fingerprint == before.layer.fingerprint
    report = update(config, relearn=True)
    assert report.built == "the corpus has other words than when they were learned"
    after = open_current(config)
    assert after.layer.fingerprint != before.layer.fingerprint
    assert update(config, relearn=True).built == ""
    for opened in (before, after):
        opened.engine.close()


def test_a_damaged_index_says_how_to_mend_it_and_is_mended(config: Settings, corpus: Path) -> None:
    write(corpus, "a.txt")
    update(config)
    (config.index.path / "generations" / "00001" / "mark").write_text("{")
    with pytest.raises(IndexProblemError, match="rasad index --rebuild"):
        update(config)
    with pytest.raises(IndexProblemError, match="rasad index --rebuild"):
        open_current(config)
    (config.index.path / "CURRENT").write_text("one")
    with pytest.raises(IndexProblemError, match="rasad index --rebuild"):
        update(config)
    assert update(config, rebuild=True).new == 1
    assert len(texts(config)) == 1


def test_a_generation_that_is_not_sound_never_answers(
    config: Settings, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(corpus, "a.txt")
    update(config)

    def spoil(progress: Progress) -> None:
        if progress.stage == "verifying":
            generation = Generations(config.index.path).unfinished()
            assert generation is not None
            engine = generation.open(config)
            (article_id,) = engine.manifest()
            stored = engine.article(article_id)
            assert stored
            engine.close()
            for file in (generation.folder / "index").glob("*.toc"):
                file.unlink()

    with pytest.raises(IndexProblemError):
        update(config, rebuild=True, progress=spoil)
    assert open_current(config).number == 1
