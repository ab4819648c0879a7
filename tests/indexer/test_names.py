"""How names are read is kept with a generation: the same entities are found with it, and never others."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from analyzers import CorpusLayer, load_analyzer
from analyzers.entities import EntityFinder
from analyzers.name_table import NameTable, load_names, read_names
from analyzers.names import Name
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


@pytest.fixture(scope="module", params=[True, False])
def metonyms(request) -> bool:
    return request.param


@pytest.fixture(scope="module")
def names(analyzer, metonyms) -> NameTable:
    return load_names(analyzer, metonyms=metonyms)


def test_a_finder_finds_the_same_with_what_was_kept(analyzer, names, metonyms):
    kept, anew = EntityFinder(analyzer, unpacked_names(packed_names(names))), EntityFinder(analyzer, names)
    tokens = analyzer.analyze(TEXT)
    found = kept.find(TEXT, tokens)
    assert found == anew.find(TEXT, tokens)
    assert ("RU" in {entity.id for entity in found if entity.via == "metonym"}) is metonyms
    assert kept.fingerprint == anew.fingerprint


def test_what_is_kept_holds_the_whole_table(analyzer, names):
    kept = unpacked_names(packed_names(names))
    assert kept == names
    assert kept.unpacked().matches(analyzer.analyze(TEXT)) == names.unpacked().matches(analyzer.analyze(TEXT))


def test_what_is_kept_is_not_read_again(analyzer, names, metonyms):
    kept = unpacked_names(packed_names(names))
    assert load_names(analyzer, metonyms=metonyms, kept=kept) is kept


def test_the_names_of_other_settings_tables_or_rules_count_for_nothing(analyzer, names, metonyms):
    assert load_names(analyzer, metonyms=not metonyms, kept=names) != names
    older = structs.replace(read_names(analyzer, [Name("country", "RU", "روسیه", "روسیه")]), source="older")
    assert load_names(analyzer, metonyms=metonyms, kept=older) == names


def test_the_names_of_another_analyzer_count_for_nothing(names, metonyms):
    other = load_analyzer(CorpusLayer(words={"بلورستان": 300}))
    assert load_names(other, metonyms=metonyms, kept=names) is not names


@pytest.mark.parametrize("damage", ["", "short", "flipped", "longer"])
def test_what_is_damaged_counts_for_nothing(names, damage):
    content = packed_names(names)
    broken = {
        "": b"",
        "short": content[: len(content) // 2],
        "flipped": content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
        "longer": content + b"\0",
    }[damage]
    assert unpacked_names(broken) is None


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
    kept = unpacked_names(whole)
    assert load_names(load_analyzer(generation.layer), kept=kept) is kept
    assert generation.verify(config) == []
    (generation.folder / "names").write_bytes(whole[:-1])
    assert any("names" in problem for problem in generation.verify(config))
    report = update(config)
    assert (report.built, report.unchanged, current(config).number) == ("", 1, generation.number)
    assert current(config).names == whole
    assert current(config).verify(config) == []
