"""How names are read is kept with a generation: the same entities are found with it, and never others."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzers import CorpusLayer, load_analyzer
from analyzers.entities import EntityFinder, read_names
from analyzers.phrases import PhraseReading
from indexer.enrichment import load_enrichment
from indexer.generations import Generation, Generations
from indexer.names import packed_names, unpacked_names
from indexer.settings import AnalysisSettings, Settings
from indexer.update import update

TEXT = "وزیر خارجهٔ روسیه، سرگئی لاوروف، در سازمان ملل متحد از بین‌المللی شدن تنگهٔ هرمز گفت؛ کرملین خاموش ماند."


def current(config: Settings) -> Generation:
    generation = Generations(config.index.path).current()
    assert generation is not None
    return generation


@pytest.fixture(scope="module")
def content(analyzer) -> bytes:
    return packed_names(analyzer, read_names(analyzer))


@pytest.mark.parametrize("metonyms", [True, False])
def test_a_finder_finds_the_same_with_what_was_kept(analyzer, content, metonyms):
    kept = EntityFinder(analyzer, metonyms=metonyms, readings=unpacked_names(content, analyzer))
    anew = EntityFinder(analyzer, metonyms=metonyms)
    tokens = analyzer.analyze(TEXT)
    found = kept.find(TEXT, tokens)
    assert found == anew.find(TEXT, tokens)
    assert ("RU" in {entity.id for entity in found if entity.via == "metonym"}) is metonyms
    assert kept.fingerprint == anew.fingerprint


def test_what_is_kept_holds_every_name_as_it_is_read(analyzer, content):
    assert unpacked_names(content, analyzer) == read_names(analyzer)


def test_a_finder_believes_what_was_kept_and_reads_the_rest(analyzer):
    finder = EntityFinder(analyzer, readings={"روسیه": PhraseReading(("بلورستان",), (("بلورستان",),))})
    text = "بلورستان و ژاپن"
    entities = finder.find(text, analyzer.analyze(text))
    assert [entity.id for entity in entities if entity.type == "country"] == ["RU", "JP"]


def test_the_readings_of_another_analyzer_count_for_nothing(content):
    assert unpacked_names(content, load_analyzer(CorpusLayer(words={"بلورستان": 300}))) == {}


@pytest.mark.parametrize("damage", ["", "short", "flipped", "longer"])
def test_what_is_damaged_counts_for_nothing(analyzer, content, damage):
    broken = {
        "": b"",
        "short": content[: len(content) // 2],
        "flipped": content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
        "longer": content + b"\0",
    }[damage]
    assert unpacked_names(broken, analyzer) == {}


def test_names_that_are_kept_make_the_very_same_rules():
    settings = AnalysisSettings()
    first = load_enrichment(CorpusLayer(), settings)
    again = load_enrichment(CorpusLayer(), settings, first.names)
    assert (again.names, again.fingerprint) == (first.names, first.fingerprint)


def test_an_index_keeps_its_names_and_the_next_run_mends_them(
    config: Settings, put: Callable[..., Path]
) -> None:
    put("a.txt", "نفت")
    update(config)
    generation = current(config)
    whole = generation.names
    assert "روسیه" in unpacked_names(whole, load_analyzer(generation.layer))
    assert generation.verify(config) == []
    (generation.folder / "names").write_bytes(whole[:-1])
    assert any("names" in problem for problem in generation.verify(config))
    report = update(config)
    assert (report.built, report.unchanged, current(config).number) == ("", 1, generation.number)
    assert current(config).names == whole
    assert current(config).verify(config) == []
