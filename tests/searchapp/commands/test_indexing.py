import json
import os
import subprocess
from pathlib import Path

import pytest

from indexer.writelock import writing

from ...conftest import RASAD
from .conftest import Run, summary


def test_the_index_follows_the_folder(rasad: Run, corpus: Path) -> None:
    first = summary(rasad("index", "--json"))
    assert (first["new"], first["changed"], first["removed"], first["unchanged"]) == (1, 0, 0, 0)
    (corpus / "two.txt").write_text("ترکیه میزبان نشست شد.\n", encoding="utf-8")
    second = summary(rasad("index", "--json"))
    assert (second["new"], second["unchanged"]) == (1, 1)
    assert summary(rasad("search", "ترکیه", "--json"))["total"] == 1
    (corpus / "two.txt").unlink()
    third = summary(rasad("index", "--json"))
    assert (third["removed"], third["unchanged"]) == (1, 1)
    assert summary(rasad("search", "ترکیه", "--json"))["total"] == 0
    (corpus / "one.txt").write_text("سفیر چین آمد.\n", encoding="utf-8")
    assert summary(rasad("index", "--json"))["changed"] == 1


def test_a_second_writer_says_who_holds_the_lock_or_waits_for_it(rasad: Run, corpus: Path) -> None:
    rasad("index")
    index = corpus.parent / "var" / "index"
    patient = [RASAD, "index", "--json"]
    with writing(index, 0):
        for arguments in (["index"], ["index", "--rollback"]):
            (corpus.parent / "config.toml").write_text(
                '[corpus]\npaths = ["corpus"]\n[index]\nlock_wait = 0.1\n', encoding="utf-8"
            )
            done = rasad(*arguments, status=1)
            assert f"being written to by process {os.getpid()} on " in done.stderr
            assert done.stderr.count("\n") == 1
        assert summary(rasad("search", "تحریم", "--json"))["total"] == 1
        (corpus.parent / "config.toml").write_text('[corpus]\npaths = ["corpus"]\n', encoding="utf-8")
        waiting = subprocess.Popen(patient, cwd=corpus.parent, stdout=subprocess.PIPE)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1)
    output, _ = waiting.communicate(timeout=60)
    assert (waiting.returncode, json.loads(output)["unchanged"]) == (0, 1)


def test_every_file_is_read_skipped_or_failed(rasad: Run, corpus: Path) -> None:
    (corpus / "two.jsonl").write_text('{"text": "چین"}\n{"text": "ترکیه"}\n', encoding="utf-8")
    (corpus / "photo.png").write_bytes(b"x")
    (corpus / "empty.txt").write_bytes(b"")
    row = summary(rasad("index", "--json"))
    named = [Path(each["path"]).name for each in (*row["skipped"], *row["failed"])]
    assert (row["files"], sorted(named), row["new"]) == (2, ["empty.txt", "photo.png"], 3)


def test_what_cannot_be_read_is_named_and_the_rest_indexed(rasad: Run, corpus: Path) -> None:
    (corpus / "latin.txt").write_bytes("Zürich, Genève, Köln".encode("latin-1"))
    (corpus / "news.jsonl").write_text('{"text": "چین"}\n{broken\n', encoding="utf-8")
    done = rasad("index", status=0)
    assert "latin.txt" in done.stderr
    assert "news.jsonl, line 2" in done.stderr
    assert "2 new" in done.stdout
    assert "2 failed" in done.stdout
    assert len(summary(rasad("index", "--json", status=0))["failed"]) == 2
    assert summary(rasad("search", "چین", "--json"))["total"] == 1


def test_a_corpus_of_nothing_readable_fails(rasad: Run, corpus: Path) -> None:
    (corpus / "one.txt").write_bytes(b"\xff\xfe\xfa")
    assert "one.txt" in rasad("index", status=1).stderr


def test_a_rollback_says_which_generation_answers_now(rasad: Run, corpus: Path) -> None:
    rasad("index")
    assert "no older generation is kept" in rasad("index", "--rollback", status=1).stderr
    (corpus / "two.txt").write_text("ترکیه میزبان نشست شد.\n", encoding="utf-8")
    rasad("index", "--rebuild")
    assert summary(rasad("search", "ترکیه", "--json"))["total"] == 1
    done = rasad("index", "--rollback")
    assert done.stdout == "Generation 1 answers now instead of 2: 1 articles, 1 paragraphs.\n"
    assert summary(rasad("search", "ترکیه", "--json"))["total"] == 0
    assert summary(rasad("stats", "--json"))["generation"] == 1
    rasad("index", "--rebuild")
    row = summary(rasad("index", "--rollback", "--json"))
    assert (row["left"], row["generation"], row["articles"], row["stale"]) == (3, 1, 1, False)
