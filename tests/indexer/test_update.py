import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from whoosh import query as q

from analyzers.errors import RasadError
from indexer.engine import Engine, IndexProblemError, SearchRequest
from indexer.generations import Generations, NoIndexError, open_current
from indexer.settings import CorpusSettings, IndexSettings, Settings
from indexer.update import Progress, UpdateReport, update

Value = TypeVar("Value")

SEED = Path(__file__).parents[2] / "seeds" / "000_1519392f884bfc35.txt"

SENTENCE = (
    "هیئت‌های دو کشور درباره همکاری‌های مرزی و بازرگانی گفت‌وگو کردند و قرار شد نشست بعدی در پایتخت برگزار شود."
)


def write(folder: Path, name: str, text: str = SENTENCE) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def counts(report: UpdateReport) -> dict[str, int]:
    found = {name: getattr(report, name) for name in ("new", "changed", "moved", "gone", "unchanged")}
    return {name: count for name, count in found.items() if count}


def asked(config: Settings, ask: Callable[[Engine], Value]) -> Value:
    opened = open_current(config)
    try:
        return ask(opened.engine)
    finally:
        opened.engine.close()


def texts(config: Settings) -> list[str]:
    return asked(
        config,
        lambda engine: sorted(
            " ".join(paragraph.text for paragraph in engine.article(id_)) for id_ in engine.manifest()
        ),
    )


def test_before_anything_is_indexed_that_is_said(config: Settings) -> None:
    with pytest.raises(NoIndexError, match="run `rasad index`"):
        open_current(config)


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
    assert list(dict.fromkeys(step.stage for step in seen)) == [
        "learning",
        "reading",
        "indexing",
        "verifying",
    ]
    assert [step.done for step in seen if step.stage == "indexing"] == [1, 2, 3]


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
    other.rmdir()
    assert counts(update(config)) == {"gone": 1}


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


def test_a_minister_whom_the_corpus_introduces_becomes_a_facet_value(config: Settings, corpus: Path) -> None:
    for number in range(3):
        write(corpus, f"{number}.txt", f"وزیر خارجه تورنگ کوهساریان در نشست {number} سخنرانی مفصلی کرد.")
    write(corpus, "last.txt", "در پیام تازه‌ای به تورنگ کوهساریان همکاری‌ها مرور شد و کوهساریان پاسخ داد.")
    update(config)
    facets = asked(config, lambda engine: engine.search(SearchRequest(query=q.Every())).facets)
    assert [(counted.label, counted.count) for counted in facets["person"]] == [("تورنگ کوهساریان", 4)]


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


def test_an_interrupted_build_keeps_its_batches_and_goes_on(config: Settings, corpus: Path) -> None:
    for number in range(6):
        write(corpus, f"{number}.txt", f"{SENTENCE} {number}")
    small = replace(config, index=replace(config.index, batch=2))

    def interrupt(progress: Progress) -> None:
        if progress.stage == "indexing" and progress.done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(small, progress=interrupt)
    with pytest.raises(NoIndexError):
        open_current(small)
    report = update(small)
    assert (counts(report), report.generation) == ({"new": 2, "unchanged": 4}, 1)
    assert len(texts(small)) == 6


def test_an_interrupted_update_keeps_its_batches(config: Settings, corpus: Path) -> None:
    write(corpus, "first.txt")
    small = replace(config, index=replace(config.index, batch=2))
    update(small)
    for number in range(5):
        write(corpus, f"{number}.txt", f"{SENTENCE} {number}")

    def interrupt(progress: Progress) -> None:
        if progress.stage == "indexing" and progress.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(small, progress=interrupt)
    assert len(texts(small)) == 3
    assert counts(update(small)) == {"new": 3, "unchanged": 3}


UPDATE = """
import sys
from pathlib import Path
from typing import TypeVar
from msgspec.structs import replace
from indexer.settings import load_settings
from indexer.update import update
settings = load_settings(Path(sys.argv[1]))
def tell(progress):
    print(progress.stage, progress.done, flush=True)
update(settings, progress=tell)
"""


@pytest.mark.parametrize("moment", ["learning 3", "indexing 1", "indexing 7", "verifying 0"])
def test_a_killed_run_leaves_the_old_state_and_the_next_completes(
    config: Settings, corpus: Path, tmp_path: Path, moment: str
) -> None:
    write(corpus, "first.txt")
    update(config)
    for number in range(10):
        write(corpus, f"{number}.txt", f"{SENTENCE} {number}")
    file = tmp_path / "config.toml"
    file.write_text(
        "[corpus]\npaths = ['news']\n[index]\npath = 'index'\nbatch = 3\n[analysis]\nparagraph_words = 100\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", UPDATE, str(file)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == moment:
                os.kill(process.pid, signal.SIGKILL)
                break
        else:
            pytest.fail(f"the run never came to {moment}")
    assert len(texts(config)) == 1
    assert asked(config, lambda engine: list(engine.verify())) == []
    stricter = replace(config, analysis=replace(config.analysis, paragraph_words=100))
    report = update(stricter)
    assert report.new + report.unchanged == 11
    assert len(texts(stricter)) == 11


def test_two_writers_do_not_meet(config: Settings, corpus: Path) -> None:
    write(corpus, "a.txt")

    def meddle(progress: Progress) -> None:
        if progress.stage == "indexing":
            with pytest.raises(IndexProblemError, match=f"process {os.getpid()}"):
                update(config)

    assert update(config, progress=meddle).new == 1


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


def test_several_processes_analyse_the_same(config: Settings, corpus: Path, tmp_path: Path) -> None:
    rows = [{"id": str(number), "text": f"{SENTENCE} خبر {number}"} for number in range(450)]
    write(corpus, "news.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    update(config, jobs=1)
    parallel = replace(config, index=replace(config.index, path=tmp_path / "parallel"))
    update(parallel, jobs=2)
    request = SearchRequest(query=q.Prefix("text", "خبر"), limit=100)
    alone, spread = (asked(each, lambda engine: engine.search(request)) for each in (config, parallel))
    assert alone.total == 450
    assert alone == spread


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
