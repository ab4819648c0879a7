"""Programs that add and remove articles, and the real server they talk to."""

import json
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from indexer.writelock import writing

from ..conftest import RASAD
from ..server import serving

PATIENCE = 120
TOKEN = "راز-secret"  # noqa: S105


class Answer(NamedTuple):
    status: int
    body: Any
    headers: Any


class Server(NamedTuple):
    """A server that takes articles."""

    folder: Path
    address: str

    def ask(self, method: str, path: str, body: bytes | None = None, token: str | None = TOKEN) -> Answer:
        request = urllib.request.Request(self.address + path, body, method=method)  # noqa: S310
        if token is not None:
            request.add_header("Authorization", b"Bearer ".decode() + token.encode().decode("latin-1"))
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return Answer(answer.status, json.load(answer), answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, json.load(error), error.headers)

    def post(self, content: object) -> Answer:
        return self.ask("POST", "/api/v1/articles", json.dumps(content).encode())

    def total(self, query: str) -> int:
        found: int = self.ask("GET", f"/api/v1/search?q={quote(query)}").body["total"]
        return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("publishing")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "one.json").write_text(
        '{"id": "file", "text": "روسیه و ایران رایزنی کردند."}', "utf-8"
    )
    settings = (
        '[corpus]\npaths = ["corpus"]\n[index]\nlock_wait = 0.5\n'
        f'[web]\ntoken = "{TOKEN}"\nlargest_post = 100_000\n'
    )
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    subprocess.run([RASAD, "index"], cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
    with serving(folder) as (_, address):
        yield Server(folder, address)


def test_an_article_can_be_found_as_soon_as_it_was_posted(server: Server) -> None:
    answer = server.post({"id": "desk/1", "title": "سفر", "date": "۱۴۰۱/۰۴/۰۲", "text": "سفیر اکوادور آمد."})
    assert answer.status == 200
    assert answer.body == {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "articles": [{"id": "desk/1", "status": "new"}],
        "notices": [],
    }
    assert server.total("اکوادور") == 1
    article = server.ask("GET", "/api/v1/articles/desk/1", token=None).body
    assert (article["title"], article["date"]) == ("سفر", "2022-06-23")
    again = server.post({"id": "desk/1", "title": "سفر", "date": "۱۴۰۱/۰۴/۰۲", "text": "سفیر اکوادور آمد."})
    assert again.body["articles"] == [{"id": "desk/1", "status": "unchanged"}]
    changed = server.post([{"id": "desk/1", "text": "سفیر بولیوی آمد."}])
    assert changed.body["articles"] == [{"id": "desk/1", "status": "changed"}]
    assert (server.total("اکوادور"), server.total("بولیوی")) == (0, 1)
    gone = server.ask("DELETE", "/api/v1/articles/desk/1")
    assert (gone.status, gone.body) == (200, {"id": "desk/1", "status": "deleted"})
    assert server.total("بولیوی") == 0
    assert server.ask("GET", "/api/v1/articles/desk/1").status == 404
    assert server.ask("DELETE", "/api/v1/articles/desk/1").status == 404


def test_lines_are_articles_too_and_ids_need_not_be_named(server: Server) -> None:
    lines = (
        '{"text": "وزیر گواتمالا آمد."}\n\n{"text": "وزیر هندوراس آمد.", "url": "https://example.org/h"}\n'
    )
    answer = server.ask("POST", "/api/v1/articles", lines.encode())
    assert answer.body["new"] == 2
    assert (server.total("گواتمالا"), server.total("هندوراس")) == (1, 1)
    assert server.ask("POST", "/api/v1/articles", lines.encode()).body["unchanged"] == 2
    for article in answer.body["articles"]:
        assert server.ask("DELETE", f"/api/v1/articles/{article['id']}").status == 200


def test_a_rebuild_keeps_what_was_posted(server: Server) -> None:
    server.post({"id": "kept", "text": "هیئت سورینام آمد.", "desk": "آمریکا", "date": "دیروز"})
    subprocess.run(
        [RASAD, "index", "--rebuild"], cwd=server.folder, check=True, capture_output=True, timeout=PATIENCE
    )
    assert server.total("سورینام") == 1
    assert server.ask("DELETE", "/api/v1/articles/kept").status == 200
    assert server.total("سورینام") == 0


def test_what_is_left_out_of_an_article_is_said(server: Server) -> None:
    answer = server.post({"id": "dated", "text": "متن", "date": "دیروز"})
    assert "without its date" in answer.body["notices"][0]
    server.ask("DELETE", "/api/v1/articles/dated")


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], TOKEN + "x", "ÿ"])
@pytest.mark.parametrize(("method", "path"), [("POST", "/articles"), ("DELETE", "/articles/file")])
def test_without_the_token_nothing_is_written(
    server: Server, method: str, path: str, token: str | None
) -> None:
    answer = server.ask(method, f"/api/v1{path}", b'{"id": "x", "text": "x"}', token)
    assert (answer.status, answer.body["error"]["code"]) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert server.ask("GET", "/api/v1/articles/x").status == 404


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "neither JSON nor JSON lines"),
        (b"{", "neither JSON nor JSON lines"),
        (b"[]", "no article"),
        (b"3", "article 1: it must be a JSON object"),
        (b'[{"text": "a"}, 3]', "article 2: it must be a JSON object"),
        (b'{"text": "a"}\n{"text"\n', "line 2:"),
        (b'{"title": "a"}', "article 1: there is no text"),
        (b'{"text": " "}', "article 1: the text is empty"),
        (b'{"text": ["a"]}', "article 1: 'text' must be text"),
        (b'{"text": "\xff"}', "neither JSON nor JSON lines"),
        (b'{"text": "a", "id": "../x"}', "article 1: the id must be"),
        (b'{"text": "a", "id": "a//x"}', "article 1: the id must be"),
        (b'{"text": "a", "id": "a\\u0000"}', "article 1: the id must be"),
        (b'[{"text": "a", "id": "1"}, {"text": "b", "id": "1"}]', "article 2: the id '1' is there twice"),
        (b"[" * 100_000, "neither JSON nor JSON lines"),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(server: Server, body: bytes, said: str) -> None:
    answer = server.ask("POST", "/api/v1/articles", body)
    assert (answer.status, answer.body["error"]["code"]) == (400, "invalid_article")
    assert said in answer.body["error"]["message"]


def test_one_bad_article_keeps_all_out(server: Server) -> None:
    assert server.post([{"id": "good", "text": "خوب"}, {"id": "bad"}]).status == 400
    assert server.ask("GET", "/api/v1/articles/good").status == 404


def test_too_much_at_once_is_refused(server: Server) -> None:
    answer = server.post({"text": "a" * 150_000})
    assert (answer.status, answer.body["error"]["code"]) == (413, "request_entity_too_large")


def test_articles_of_files_are_not_for_programs_to_change(server: Server) -> None:
    posted = server.post({"id": "file", "text": "دیگر"})
    deleted = server.ask("DELETE", "/api/v1/articles/file")
    assert (posted.status, deleted.status) == (409, 409)
    assert "delete it there" in deleted.body["error"]["message"]
    assert server.ask("GET", "/api/v1/articles/file").body["paragraphs"][0]["text"].startswith("روسیه")


def test_while_another_process_writes_the_program_is_told_to_come_back(server: Server) -> None:
    with writing(server.folder / "var" / "index", wait=10):
        busy = server.post({"id": "late", "text": "سفیر بلیز آمد."})
        assert server.total("بلیز") == 0
    assert (busy.status, busy.body["error"]["code"]) == (503, "busy")
    assert int(busy.headers["Retry-After"]) >= 1
    assert server.post({"id": "late", "text": "سفیر بلیز آمد."}).body["new"] == 1
    assert server.total("بلیز") == 1
    with writing(server.folder / "var" / "index", wait=10):
        assert server.ask("DELETE", "/api/v1/articles/late").status == 503
    assert server.ask("DELETE", "/api/v1/articles/late").status == 200
    assert server.total("بلیز") == 0


def test_searching_goes_on_while_articles_wait(server: Server) -> None:
    answers: list[Answer] = []
    with writing(server.folder / "var" / "index", wait=10):
        posts = [
            threading.Thread(target=lambda n=n: answers.append(server.post({"id": f"w{n}", "text": "صبر"})))
            for n in range(6)
        ]
        for post in posts:
            post.start()
        while any(post.is_alive() for post in posts):
            assert server.total("روسیه") == 1
        for post in posts:
            post.join()
    assert [answer.status for answer in answers] == [503] * 6


def test_writing_is_off_without_a_token(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "config.toml").write_text('[corpus]\npaths = ["corpus"]\n', encoding="utf-8")
    subprocess.run([RASAD, "index"], cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE)
    with serving(tmp_path) as (_, address):
        for token in (None, "", TOKEN):
            answer = Server(tmp_path, address).ask("POST", "/api/v1/articles", b'{"text": "x"}', token)
            assert (answer.status, answer.body["error"]["code"]) == (403, "writing_off")
    assert not (tmp_path / "var" / "articles").exists()
