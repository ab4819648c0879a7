"""Real processes that follow real files; each wait is for a line they write, or ends the process."""

import json
import shutil
import signal
import subprocess
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.generations import Generations

from ...conftest import RASAD

PATIENCE = 120

Start = Callable[..., "Follower"]


class Follower:
    """A command that follows the corpus, and the lines it writes."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [RASAD, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            encoding="utf-8",
        )
        self._patience = threading.Timer(PATIENCE, self.process.kill)
        self._patience.start()

    def line(self, *expected: str) -> str:
        """Wait for a line that holds all of these words, passing over others."""
        assert self.process.stdout is not None
        passed = []
        for line in self.process.stdout:
            if all(word in line for word in expected):
                return line
            passed.append(line)
        raise AssertionError(f"the command ended without {expected}, after {passed}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self._patience.cancel()
        if self.process.poll() is None:
            self.process.send_signal(number)
        _, status = self.process.communicate(timeout=PATIENCE), self.process.returncode
        return status


@pytest.fixture
def start(corpus: Path) -> Iterator[Start]:
    started = []

    def begin(*arguments: str) -> Follower:
        started.append(Follower(corpus.parent, *arguments))
        return started[-1]

    yield begin
    for follower in started:
        follower.end(signal.SIGKILL)


def total(corpus: Path, query: str) -> int:
    done = subprocess.run(
        [RASAD, "search", query, "--json"],
        cwd=corpus.parent,
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    found: int = json.loads(done.stdout)["total"]
    return found


def asked(address: str, query: str) -> int:
    question = f"{address}/api/v1/search?q={urllib.parse.quote(query)}"
    with urllib.request.urlopen(question, timeout=PATIENCE) as response:  # noqa: S310
        found: int = json.load(response)["total"]
    return found


def test_files_that_come_change_move_and_go_are_followed(start: Start, corpus: Path) -> None:
    follower = start("watch")
    follower.line("1 new")
    (corpus / "two.txt").write_text("ترکیه میزبان نشست شد.\n", encoding="utf-8")
    follower.line("1 new", "0 changed")
    assert total(corpus, "ترکیه") == 1
    (corpus / "two.txt").write_text("سفیر چین به بغداد رفت.\n", encoding="utf-8")
    follower.line("1 changed")
    assert (total(corpus, "ترکیه"), total(corpus, "بغداد")) == (0, 1)
    (corpus / "two.txt").rename(corpus / "three.txt")
    follower.line("1 moved")
    (corpus / "three.txt").unlink()
    follower.line("1 removed")
    assert (total(corpus, "بغداد"), total(corpus, "تحریم")) == (0, 1)


def test_folders_that_come_and_go_are_followed(start: Start, corpus: Path) -> None:
    aside = corpus.parent / "aside"
    aside.mkdir()
    for name, text in (("a.txt", "ترکیه میزبان نشست شد."), ("b.jsonl", '{"text": "سفیر چین آمد."}')):
        (aside / name).write_text(text, encoding="utf-8")
    follower = start("watch")
    follower.line("1 new")
    aside.rename(corpus / "inside")
    follower.line("2 new")
    (corpus / "inside").rename(aside)
    follower.line("2 removed")


def test_what_cannot_be_read_is_named_and_taken_once_it_can(start: Start, corpus: Path) -> None:
    follower = start("watch")
    follower.line("1 new")
    (corpus / "two.json").write_text('{"text": "ترکیه', encoding="utf-8")
    follower.line("two.json", "not valid JSON")
    (corpus / "two.json").write_text('{"text": "ترکیه"}', encoding="utf-8")
    follower.line("1 new")
    (corpus / ".hidden.txt").write_text("پنهان", encoding="utf-8")
    (corpus / "four.txt").write_text("سفیر چین آمد.", encoding="utf-8")
    assert "1 new" in follower.line("new")
    assert total(corpus, "پنهان") == 0


def test_a_single_file_is_followed_through_a_rename(start: Start, corpus: Path) -> None:
    news = corpus.parent / "news.jsonl"
    news.write_text('{"id": "1", "text": "ترکیه"}\n', encoding="utf-8")
    follower = start("watch", str(news))
    follower.line("1 new")
    fresh = corpus.parent / "fresh"
    fresh.write_text('{"id": "1", "text": "ترکیه"}\n{"id": "2", "text": "بغداد"}\n', encoding="utf-8")
    fresh.replace(news)
    follower.line("1 new", "1 unchanged")
    assert total(corpus, "بغداد") == 1


def test_a_path_that_another_run_is_given_is_followed_until_it_is_forgotten(
    start: Start, corpus: Path
) -> None:
    follower = start("watch")
    follower.line("1 new")
    more, away = corpus.parent / "more", corpus.parent / "away"
    more.mkdir()
    (more / "a.txt").write_text("ترکیه میزبان نشست شد.", encoding="utf-8")
    start("index", str(more)).line("1 new")
    (more / "b.txt").write_text("سفیر چین به بغداد رفت.", encoding="utf-8")
    follower.line("1 new")
    more.rename(away)
    follower.line("Error", str(more), "does not exist", "--forget")
    assert total(corpus, "بغداد") == 1
    start("index", "--forget", str(more)).line("2 removed", "1 unchanged")
    (corpus / "c.txt").write_text("وزیر خارجهٔ عمان آمد.", encoding="utf-8")
    follower.line("1 new")
    assert (total(corpus, "عمان"), total(corpus, "بغداد")) == (1, 0)


def test_a_remembered_folder_that_is_not_there_at_the_start_is_followed_once_it_is(
    start: Start, corpus: Path
) -> None:
    more, away = corpus.parent / "more", corpus.parent / "away"
    more.mkdir()
    (more / "a.txt").write_text("ترکیه میزبان نشست شد.", encoding="utf-8")
    start("index").line("1 new")
    start("index", str(more)).line("1 new")
    more.rename(away)
    follower = start("watch")
    follower.line("Error", str(more), "does not exist")
    away.rename(more)
    follower.line("2 unchanged")
    (more / "b.txt").write_text("سفیر چین به بغداد رفت.", encoding="utf-8")
    follower.line("1 new")


def test_files_below_a_path_that_was_given_are_not_remembered_one_by_one(start: Start, corpus: Path) -> None:
    more = corpus.parent / "more"
    more.mkdir()
    follower = start("watch", str(more))
    follower.line("0 new")
    (more / "a.txt").write_text("ترکیه میزبان نشست شد.", encoding="utf-8")
    follower.line("1 new")
    current = Generations(corpus.parent / "var" / "index").current()
    assert current is not None
    assert current.mark.given == (str(more),)


def test_a_folder_that_is_away_costs_no_article(start: Start, corpus: Path) -> None:
    follower = start("watch")
    follower.line("1 new")
    away = corpus.parent / "away"
    corpus.rename(away)
    follower.line("Error", "corpus does not exist")
    assert total(corpus, "تحریم") == 1


@pytest.mark.parametrize("leave", [shutil.rmtree, lambda folder: folder.rename(folder.with_name("aside"))])
def test_a_folder_that_is_made_anew_is_followed_again(
    start: Start, corpus: Path, leave: Callable[[Path], object]
) -> None:
    follower = start("watch")
    follower.line("1 new")
    leave(corpus)
    follower.line("Error", "corpus does not exist")
    corpus.mkdir()
    (corpus / "two.txt").write_text("ترکیه میزبان نشست شد.\n", encoding="utf-8")
    follower.line("1 new", "1 removed")
    (corpus / "three.txt").write_text("سفیر چین آمد.\n", encoding="utf-8")
    follower.line("1 new")
    assert (total(corpus, "تحریم"), total(corpus, "ترکیه"), total(corpus, "چین")) == (0, 1, 1)


def test_a_folder_inside_that_is_removed_and_made_anew_is_followed(start: Start, corpus: Path) -> None:
    inside = corpus / "inside"
    follower = start("watch")
    follower.line("1 new")
    for word in ("ترکیه", "چین"):
        inside.mkdir()
        (inside / "a.txt").write_text(f"سفیر {word} آمد.\n", encoding="utf-8")
        follower.line("1 new")
        assert total(corpus, word) == 1
        shutil.rmtree(inside)
        follower.line("1 removed")


def test_a_file_that_is_copied_slowly_is_whole_in_the_end(start: Start, corpus: Path) -> None:
    follower = start("watch")
    follower.line("1 new")
    lines = [json.dumps({"id": str(at), "text": f"نشست {at} ترکیه"}, ensure_ascii=False) for at in range(3)]
    text = "\n".join(lines).encode()
    cut = text.index(b'"1"')
    with (corpus / "news.jsonl").open("wb", buffering=0) as file:
        file.write(text[:cut])
        follower.line("news.jsonl", "line 2", "not valid JSON")
        file.write(text[cut:])
    follower.line("2 new", "1 unchanged", "0 failed")
    assert total(corpus, "ترکیه") == 3


def test_a_file_that_is_written_again_slowly_keeps_what_it_held_until_it_can_be_read(
    start: Start, corpus: Path
) -> None:
    follower = start("watch")
    follower.line("1 new")
    with (corpus / "one.txt").open("wb", buffering=0) as file:
        follower.line("one.txt", "the file is empty")
        assert total(corpus, "تحریم") == 1
        file.write("سفیر ترکیه آمد.".encode())
    follower.line("1 changed")
    assert (total(corpus, "تحریم"), total(corpus, "ترکیه")) == (0, 1)


def test_the_server_answers_with_what_was_just_put_there(start: Start, corpus: Path) -> None:
    server = start("serve", "--watch", "--port", "0")
    address = server.line("http://").split()[3]
    server.line("1 new")
    assert (asked(address, "تحریم"), asked(address, "ترکیه")) == (1, 0)
    (corpus / "two.txt").write_text("ترکیه میزبان نشست شد.\n", encoding="utf-8")
    server.line("1 new")
    assert asked(address, "ترکیه") == 1
    (corpus / "two.txt").unlink()
    server.line("1 removed")
    assert asked(address, "ترکیه") == 0


@pytest.mark.parametrize("arguments", [["watch"], ["serve", "--watch", "--port", "0"]])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_following_ends_quietly(start: Start, arguments: list[str], number: signal.Signals) -> None:
    follower = start(*arguments)
    follower.line("1 new")
    assert follower.end(number) == 0


def test_a_path_that_does_not_exist_is_a_clear_error(start: Start) -> None:
    follower = start("watch", "absent")
    follower.line("Error", "absent does not exist")
    assert follower.process.wait(PATIENCE) == 1
    follower.end()
