import json
import subprocess
from pathlib import Path

import pytest

from ...conftest import RASAD
from .conftest import Run

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
