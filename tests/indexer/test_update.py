import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from whoosh import query as q

import indexer.learning
from analyzers.errors import RasadError
from indexer.engine import Engine, SearchRequest
from indexer.settings import CorpusSettings, IndexSettings, Settings
from indexer.update import Progress, update

from .conftest import SENTENCE, asked, counts, texts, write

SEED = Path(__file__).parents[2] / "seeds" / "000_1519392f884bfc35.txt"


def test_the_corpus_is_followed_file_by_file(config: Settings, corpus: Path) -> None:
    write(corpus, "a.txt", f"{SENTENCE} الف")
    write(corpus, "b.txt", f"{SENTENCE} ب")
    first = update(config)
    assert (counts(first), first.built) == ({"new": 2}, "nothing was indexed yet")
    assert counts(update(config)) == {"unchanged": 2}

    write(corpus, "c.txt", f"{SENTENCE} پ")
    write(corpus, "b.txt", f"{SENTENCE} ت")
    report = update(config)
    assert (counts(report), report.built) == ({"new": 1, "changed": 1, "unchanged": 1}, "")
    assert {text.split()[-1] for text in texts(config)} == {"الف", "ت", "پ"}

    (corpus / "a.txt").unlink()
    (corpus / "c.txt").rename(corpus / "d.txt")
    assert counts(update(config)) == {"gone": 1, "moved": 1, "unchanged": 1}
    assert counts(update(config)) == {"unchanged": 2}
    assert sorted(
        Path(entry.path).name for entry in asked(config, lambda engine: engine.manifest()).values()
    ) == [
        "b.txt",
        "d.txt",
    ]


def test_unchanged_articles_are_not_analysed_again(config: Settings, corpus: Path) -> None:
    for name in "abc":
        write(corpus, f"{name}.txt", f"{SENTENCE} {name}")
    update(config)
    write(corpus, "d.txt")
    seen: list[Progress] = []
    update(config, progress=seen.append)
    assert [step for step in seen if step.stage == "indexing"] == [Progress("indexing", 1, 1)]
    assert {step.stage for step in seen} == {"reading", "indexing"}


def test_progress_tells_every_stage_of_a_build(config: Settings, corpus: Path) -> None:
    for name in "abc":
        write(corpus, f"{name}.txt", f"{SENTENCE} {name}")
    seen: list[Progress] = []
    update(config, progress=seen.append)
    assert list(dict.fromkeys(step.stage for step in seen)) == ["learning", "indexing", "verifying"]
    for stage in ("learning", "indexing"):
        assert [step.done for step in seen if step.stage == stage] == [1, 2, 3]


def test_bad_input_is_reported_and_costs_nothing_else(config: Settings, corpus: Path) -> None:
    write(corpus, "good.txt")
    write(corpus, "empty.txt", "")
    (corpus / "latin.txt").write_bytes(b"caf\xe9")
    write(corpus, "lines.jsonl", '{"text": "خبر یک"}\n{"text": \n{"text": "خبر سه"}\n')
    write(corpus, "photo.png", "x")
    report = update(config)
    assert report.new == 3
    assert sorted((Path(each.path).name, each.kind, each.line) for each in report.problems) == [
        ("empty.txt", "failed", None),
        ("latin.txt", "failed", 1),
        ("lines.jsonl", "failed", 2),
        ("photo.png", "skipped", None),
    ]


def test_what_cannot_be_read_today_stays_as_it_was(config: Settings, corpus: Path) -> None:
    file = write(corpus, "a.txt")
    update(config)
    file.write_bytes(b"\xff\xfe")
    report = update(config)
    assert (counts(report), len(report.problems)) == ({}, 1)
    assert len(texts(config)) == 1


def test_paths_given_are_remembered_and_leave_the_rest_alone(
    config: Settings, corpus: Path, tmp_path: Path
) -> None:
    write(corpus, "a.txt", f"{SENTENCE} الف")
    other = write(tmp_path / "other", "b.txt", f"{SENTENCE} ب").parent
    update(config)
    assert counts(update(config, [other])) == {"new": 1}
    (corpus / "a.txt").unlink()
    assert counts(update(config, [other])) == {"unchanged": 1}
    assert counts(update(config)) == {"gone": 1, "unchanged": 1}
    assert counts(update(config, rebuild=True)) == {"new": 1}
    (other / "b.txt").unlink()
    assert counts(update(config)) == {"gone": 1}


def test_all_remembered_paths_that_are_not_there_are_named_and_forgotten_at_once(
    config: Settings, corpus: Path, tmp_path: Path
) -> None:
    write(corpus, "a.txt", f"{SENTENCE} الف")
    given = [write(tmp_path, name, f"{SENTENCE} {name}") for name in ("b.txt", "c.txt")]
    update(config)
    update(config, given)
    for path in given:
        path.unlink()
    with pytest.raises(RasadError, match=f"--forget {given[0]} --forget {given[1]}"):
        update(config)
    assert counts(update(config, forget=given)) == {"gone": 2, "unchanged": 1}


@pytest.mark.parametrize("single", [False, True])
def test_a_remembered_path_that_is_not_there_keeps_its_articles_until_it_is_forgotten(
    config: Settings, corpus: Path, tmp_path: Path, *, single: bool
) -> None:
    write(corpus, "a.txt", f"{SENTENCE} الف")
    file = write(tmp_path / "other", "b.txt", f"{SENTENCE} ب")
    given, away = (file if single else file.parent), tmp_path / "away"
    update(config)
    update(config, [given])
    given.rename(away)
    for rebuild in (False, True):
        with pytest.raises(RasadError, match=f"does not exist: {given};.* --forget {given}`"):
            update(config, rebuild=rebuild)
    assert len(texts(config)) == 2
    write(corpus, "c.txt", f"{SENTENCE} پ")
    assert counts(update(config, [corpus])) == {"new": 1, "unchanged": 1}
    away.rename(given)
    assert counts(update(config)) == {"unchanged": 3}
    given.rename(away)
    assert counts(update(config, forget=[given])) == {"gone": 1, "unchanged": 2}
    away.rename(given)
    assert counts(update(config)) == {"unchanged": 2}
    with pytest.raises(RasadError, match="is not among the remembered paths"):
        update(config, forget=[given])


def test_the_first_paths_given_are_the_whole_index(config: Settings, corpus: Path, tmp_path: Path) -> None:
    write(corpus, "a.txt", f"{SENTENCE} الف")
    file = write(tmp_path / "other", "b.txt", f"{SENTENCE} ب")
    assert counts(update(config, [file])) == {"new": 1}
    assert counts(update(config, rebuild=True, paths=[file])) == {"new": 1}
    assert counts(update(config)) == {"new": 1, "unchanged": 1}


def test_another_corpus_in_the_settings_replaces_the_first(
    config: Settings, corpus: Path, tmp_path: Path
) -> None:
    write(corpus, "a.txt", f"{SENTENCE} الف")
    update(config)
    other = write(tmp_path / "own", "b.txt", f"{SENTENCE} ب").parent
    moved = replace(config, corpus=CorpusSettings(paths=(other,)))
    assert counts(update(moved)) == {"new": 1, "gone": 1}


def test_a_missing_corpus_folder_deletes_nothing(config: Settings, corpus: Path) -> None:
    file = write(corpus, "a.txt")
    update(config)
    file.unlink()
    corpus.rmdir()
    with pytest.raises(RasadError, match="does not exist"):
        update(config)
    assert len(texts(config)) == 1


def test_a_minister_whom_the_corpus_introduces_becomes_a_facet_value(config: Settings, corpus: Path) -> None:
    for number in range(3):
        write(corpus, f"{number}.txt", f"وزیر خارجه تورنگ کوهساریان در نشست {number} سخنرانی مفصلی کرد.")
    write(corpus, "last.txt", "در پیام تازه‌ای به تورنگ کوهساریان همکاری‌ها مرور شد و کوهساریان پاسخ داد.")
    update(config)
    facets = asked(config, lambda engine: engine.search(SearchRequest(query=q.Every())).facets)
    assert [(counted.label, counted.count) for counted in facets["person"]] == [("تورنگ کوهساریان", 4)]


def files(config: Settings) -> list[bytes]:
    """What an index holds, byte by byte: all but the names that its parts have by chance."""
    folder = config.index.path / "generations" / "00001"
    parts = [*folder.glob("index/*.postings"), *folder.glob("index/*.documents")]
    return sorted(file.read_bytes() for file in [*parts, folder / "layer", folder / "names"])


def test_however_many_processes_write_the_same_index(
    config: Settings, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer.learning, "_BATCH", 10_000)
    rows = [{"id": str(number), "text": f"{SENTENCE} خبر {number % 50}"} for number in range(650)]
    write(corpus, "news.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    written = []
    for jobs in (1, 2, 3):
        own = replace(config, index=replace(config.index, path=tmp_path / str(jobs), batch=400))
        assert update(own, jobs=jobs).new == 650
        written.append(files(own))
    assert len(written[0]) > 2
    assert written[0] == written[1] == written[2]


NAMES = [f"{name}.txt" for name in "abcde"]
steps = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from([None, "صلح", "جنگ", "نفت و گاز"])),
    min_size=1,
    max_size=6,
)


@given(st.lists(steps, min_size=1, max_size=4))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_step_by_step_gives_what_a_rebuild_gives(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[tuple[str, str | None]]]
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    news = folder / "news"
    news.mkdir()
    config = Settings(
        corpus=CorpusSettings(paths=(news,)), index=IndexSettings(path=folder / "index"), base=folder
    )
    write(news, "always.txt", f"{SENTENCE} همیشه")
    for run in runs:
        for name, word in run:
            if word is None:
                (news / name).unlink(missing_ok=True)
            else:
                write(news, name, f"{SENTENCE}\n{SENTENCE} {word}.\n{word} ادامه دارد و خبرها می‌رسد.")
        update(config)

    def state(engine: Engine) -> object:
        answers = []
        for query in (q.Every(), q.Prefix("text", "جنگ"), q.Prefix("text", "نفت")):
            found = engine.search(SearchRequest(query=query, limit=100, more=10))
            hits = {
                hit.article_id: (round(hit.score, 4), hit.matching, hit.document.text) for hit in found.hits
            }
            answers.append((found.total, found.total_articles, hits, found.facets, found.timeline))
        return engine.manifest(), answers

    stepwise = asked(config, state)
    assert asked(config, lambda engine: list(engine.verify())) == []
    update(config, rebuild=True)
    assert asked(config, state) == stepwise


def test_the_seed_article_stands_as_the_project_promises(tmp_path: Path) -> None:
    config = Settings(
        corpus=CorpusSettings(paths=(SEED,)), index=IndexSettings(path=tmp_path / "index"), base=SEED.parent
    )
    update(config)
    found = asked(config, lambda engine: engine.search(SearchRequest(query=q.Term("text", "تحریم"))))
    assert (found.total, found.total_articles) == (4, 1)
    (hit,) = found.hits
    assert sorted([hit.number, *(other.number for other in hit.more)]) == [5, 11, 12, 13]
