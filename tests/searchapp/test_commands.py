import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from indexer.writelock import writing

RASAD = Path(sys.executable).with_name("rasad")

Run = Callable[..., "subprocess.CompletedProcess[str]"]

COMMANDS = ["index", "watch", "search", "serve", "analyze", "entities", "evaluate", "stats", "check"]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one article, and a configuration beside it that indexes the folder."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "one.txt").write_text("روسیه و ایران دربارهٔ تحریم‌ها رایزنی کردند.\n", encoding="utf-8")
    (tmp_path / "config.toml").write_text('[corpus]\npaths = ["corpus"]\n', encoding="utf-8")
    return folder


@pytest.fixture
def rasad(corpus: Path) -> Run:
    """Run the installed command where the configuration lies."""

    def run(*arguments: str, stdin: str = "", status: int = 0) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [RASAD, *arguments],
            cwd=corpus.parent,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done

    return run


def summary(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    row: dict[str, Any] = json.loads(done.stdout)
    return row


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_every_command_explains_itself(rasad: Run, command: list[str]) -> None:
    assert "Usage: rasad" in rasad(*command, "--help").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["search"],
        ["search", "a", "--size", "0"],
        ["index", "--jobs", "0"],
        ["index", "--rollback", "--rebuild"],
        ["index", "--rollback", "news"],
        ["serve", "--port", "x"],
    ],
)
def test_wrong_usage_ends_with_2(rasad: Run, arguments: list[str]) -> None:
    assert "Error" in rasad(*arguments, status=2).stderr


@pytest.mark.parametrize("arguments", [["search", "تحریم"], ["serve"], ["stats"], ["check"]])
def test_without_an_index_the_error_says_what_to_do(rasad: Run, arguments: list[str]) -> None:
    done = rasad(*arguments, status=1)
    assert "rasad index" in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_an_unknown_setting_is_refused_by_name(rasad: Run, corpus: Path) -> None:
    config = corpus.parent / "other.toml"
    config.write_text("[search]\npage_sise = 5\n", encoding="utf-8")
    for arguments in (["--config", str(config), "stats"], ["stats", "--config", str(config)]):
        done = rasad(*arguments, status=1)
        assert "page_sise" in done.stderr
        assert done.stderr.count("\n") == 1


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


def test_damage_in_a_generation_that_is_kept_is_named(rasad: Run, corpus: Path) -> None:
    rasad("index")
    rasad("index", "--rebuild")
    assert "sound" in rasad("check").stdout
    layer = corpus.parent / "var" / "index" / "generations" / "00001" / "layer"
    layer.write_bytes(layer.read_bytes() + b"x")
    done = rasad("check", status=1)
    assert "generation 1: the index cannot be read" in done.stderr
    assert str(layer) in done.stderr


def test_what_cannot_be_read_is_named_and_the_rest_indexed(rasad: Run, corpus: Path) -> None:
    (corpus / "latin.txt").write_bytes("Zürich, Genève, Köln".encode("latin-1"))
    (corpus / "news.jsonl").write_text('{"text": "چین"}\n{broken\n', encoding="utf-8")
    done = rasad("index")
    assert "latin.txt" in done.stderr
    assert "news.jsonl, line 2" in done.stderr
    assert "2 new" in done.stdout
    assert summary(rasad("search", "چین", "--json"))["total"] == 1


def test_a_corpus_of_nothing_readable_fails(rasad: Run, corpus: Path) -> None:
    (corpus / "one.txt").write_bytes(b"\xff\xfe\xfa")
    assert "one.txt" in rasad("index", status=1).stderr


def test_search_prints_what_the_api_answers(rasad: Run) -> None:
    rasad("index")
    answer = summary(rasad("search", "تحریم", "--json"))
    assert {"query", "total", "results", "facets", "timeline", "suggestions", "interpretation"} <= set(answer)
    shown = rasad("search", "تحریم").stdout
    assert "۱ بند در ۱ خبر" in shown
    assert "تحریم‌ها" in shown
    assert "\x1b" not in shown
    assert "چیزی پیدا نشد" in rasad("search", "قسطنطنیه").stdout


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("تحریم رایزنی روسیه", "با همه یا بخش مهمی از واژه‌های پرسش"),
        ("تحریم قسطنطنیه", "هیچ بندی همهٔ واژه‌ها را ندارد"),
        ("تحریم", None),
    ],
)
def test_search_says_which_words_were_needed(rasad: Run, question: str, said: str | None) -> None:
    rasad("index")
    shown = rasad("search", question).stdout
    assert "۱ بند در ۱ خبر" in shown
    for sentence in ("بخش مهمی از واژه‌های پرسش", "هیچ بندی"):
        assert (sentence in shown) is (said is not None and sentence in said)
    assert said is None or said in shown


def test_search_narrows_by_name_or_id_and_excludes(rasad: Run) -> None:
    rasad("index")
    for value, total in (("روسیه", 1), ("RU", 1), ("CN", 0), ("-RU", 0), ("-روسیه", 0)):
        assert summary(rasad("search", "تحریم", f"--country={value}", "--json"))["total"] == total
    assert "دیروز" in rasad("search", "تحریم", "--from", "دیروز", status=1).stderr


def test_stats_and_check(rasad: Run) -> None:
    rasad("index")
    figures = summary(rasad("stats", "--json"))
    assert (figures["articles"], figures["paragraphs"], figures["generation"]) == (1, 1, 1)
    assert figures["bytes"] > 0
    assert figures["fingerprint"]
    assert "articles" in rasad("stats").stdout
    assert "sound" in rasad("check").stdout


LINES = "تحریم‌ها\n\n\u2028 a\x85b\r\nکتابهای (Iran) 😀\x00\nآخر"


@pytest.mark.parametrize(("command", "keys"), [("analyze", {"tokens"}), ("entities", {"entities", "topics"})])
@pytest.mark.parametrize("options", [[], ["--base"], ["--json"]])
def test_one_line_in_one_line_out(rasad: Run, command: str, keys: set[str], options: list[str]) -> None:
    done = rasad(command, *options, stdin=LINES)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(LINES.split("\n"))
    assert all(set(answer) == keys for answer in answers)


def test_entities_and_topics_are_explained(rasad: Run) -> None:
    shown = rasad("entities", "--base", "--explain", stdin="تحریم و دارایی در مسکو\n\nآخر").stdout
    country, topic, *_ = shown.splitlines()
    assert "مسکو [18:22] is روسیه (RU), by metonym: in the tables" in country
    assert "تحریم 6 + دارایی 2 = 8 of 6, enough" in topic
    assert shown.count("\n\n") >= 2


def test_the_settings_rule_what_entities_finds(rasad: Run, corpus: Path) -> None:
    (corpus / "own.toml").write_text("[tea]\nfa = 'چای'\nen = 'Tea'\ndecisive = ['چای']\n", encoding="utf-8")
    settings = corpus / "own-config.toml"
    settings.write_text("[analysis]\nmetonyms = false\ntopics = 'own.toml'\n", encoding="utf-8")
    line = "چای در مسکو"
    [found] = map(
        json.loads, rasad("entities", "--base", "--config", str(settings), stdin=line).stdout.splitlines()
    )
    assert [(entity["type"], entity["id"]) for entity in found["entities"]] == [("place", "moscow")]
    assert found["topics"] == [{"id": "tea", "label": "چای"}]


def test_tokens_slice_the_raw_line(rasad: Run) -> None:
    line = "😀 سفر به  کره‌ٔ جنوبی و تحريمهاي تازه"
    [answer] = map(json.loads, rasad("analyze", stdin=line).stdout.splitlines())
    assert {frozenset(token) for token in answer["tokens"]} == {
        frozenset(("term", "start", "end", "position"))
    }
    words = {line[token["start"] : token["end"]] for token in answer["tokens"]}
    assert {"سفر", "تحريمهاي", "تازه"} <= words


def test_bytes_that_are_no_text_are_answered(corpus: Path) -> None:
    done = subprocess.run(
        [RASAD, "analyze"], input=b"\xff\xfe\n\xd8\n", capture_output=True, check=True, timeout=60
    )
    assert len(done.stdout.splitlines()) == 2


def test_a_pipe_can_be_kept_open(corpus: Path) -> None:
    command = [RASAD, "analyze", "--base"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=corpus) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for word in ("تحریم", "سفر"):
            process.stdin.write(f"{word}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["tokens"][0]["term"] == word
        process.stdin.close()
        assert process.wait(timeout=60) == 0


@pytest.fixture
def server(rasad: Run, corpus: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    rasad("index")
    command = [RASAD, "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=corpus.parent) as process:
        yield process, _address(process.stdout)
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=60)


def _address(output: IO[str] | None) -> str:
    assert output is not None
    found = re.search(r"http://[\d.]+:\d+", output.readline())
    assert found is not None
    return found[0]


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as response:  # noqa: S310
        text: str = response.read().decode()
        return text


def test_a_running_server_sees_what_is_indexed_later(
    server: tuple["subprocess.Popen[str]", str], rasad: Run, corpus: Path
) -> None:
    _, address = server
    question = f"{address}/api/v1/search?q=%D8%AA%D8%B1%DA%A9%DB%8C%D9%87"
    assert json.loads(_get(question))["total"] == 0
    (corpus / "two.txt").write_text("ترکیه میزبان نشست شد.\n", encoding="utf-8")
    rasad("index")
    assert json.loads(_get(question))["total"] == 1
    rasad("index", "--rebuild")
    assert json.loads(_get(f"{address}/healthz"))["generation"] == 2
    assert json.loads(_get(question))["total"] == 1


def test_a_running_server_follows_to_other_rules_and_back(
    server: tuple["subprocess.Popen[str]", str], rasad: Run, corpus: Path
) -> None:
    _, address = server
    question = f"{address}/api/v1/search?q=%D8%AA%D8%AD%D8%B1%DB%8C%D9%85"
    (corpus.parent / "config.toml").write_text(
        '[corpus]\npaths = ["corpus"]\n[analysis]\nparagraph_words = 100\n', encoding="utf-8"
    )
    assert summary(rasad("index", "--json"))["rebuilt"] == "the rules of indexing have changed"
    assert json.loads(_get(f"{address}/healthz"))["generation"] == 2
    assert json.loads(_get(question))["total"] == 1
    assert "the next `rasad index` builds a new generation" in rasad("index", "--rollback").stdout
    assert json.loads(_get(f"{address}/healthz"))["generation"] == 1
    assert json.loads(_get(question))["total"] == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_ends_quietly(server: tuple["subprocess.Popen[str]", str], number: signal.Signals) -> None:
    process, address = server
    assert "رصد" in _get(address)
    os.kill(process.pid, number)
    assert process.wait(timeout=60) == 0


def test_a_port_in_use_is_a_clear_error(rasad: Run) -> None:
    rasad("index")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = rasad("serve", "--port", str(port), status=1)
    assert f"port {port}" in done.stderr
    assert "in use" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("module", ["hazm", "parsivar", "gensim", "nltk"])
def test_serving_never_loads_the_libraries_the_lexicon_was_made_with(
    rasad: Run, corpus: Path, module: str
) -> None:
    rasad("index")
    code = f"""
import sys
from searchapp.app import create_app
from indexer.settings import load_settings
assert create_app(load_settings()).test_client().get("/?q=a").status_code == 200
assert {module!r} not in sys.modules
"""
    subprocess.run([RASAD.with_name("python"), "-c", code], cwd=corpus.parent, check=True, timeout=60)
