import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.settings import IndexSettings, Settings
from searchapp.app import create_app

ANSWER = {
    "query", "total", "total_articles", "took_ms", "page", "size", "results", "facets", "timeline",
    "suggestions", "interpretation",
}  # fmt: skip
RESULT = {
    "article_id", "paragraph", "title", "date", "date_jalali", "source", "url", "score", "text", "highlights",
    "snippet", "entities", "more",
}  # fmt: skip


def get(client: FlaskClient, path: str, status: int = 200, **query: object) -> Any:
    response = client.get(path, query_string=query or None)
    assert response.status_code == status
    assert response.mimetype == "application/json"
    return json.loads(response.get_data().decode("utf-8"))


def test_the_answer_has_the_contracts_shape(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/search", q="ایران")
    assert set(answer) >= ANSWER
    assert (answer["query"], answer["page"], answer["size"]) == ("ایران", 1, 10)
    for result in answer["results"]:
        assert set(result) >= RESULT
        for start, end in result["highlights"]:
            assert result["text"][start:end] in {"ایران", "ایرانی", "جمهوری اسلامی ایران"}
        for other in result["more"]:
            assert set(other) >= {"paragraph", "text", "highlights", "score"}
        for entity in result["entities"]:
            assert set(entity) == {"type", "id", "label", "start", "end", "via"}
    assert {"country", "topic", "person", "organization", "source"} <= set(answer["facets"])
    for values in answer["facets"].values():
        for value in values:
            assert set(value) >= {"id", "label", "count", "selected"}
    for bucket in answer["timeline"]:
        assert set(bucket) == {"key", "label", "count"}


def test_totals_count_paragraphs_and_articles(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/search", q="ایران", exact="1")
    shown = sum(1 + len(result["more"]) for result in answer["results"])
    assert answer["total"] == shown == 4
    assert answer["total_articles"] == len(answer["results"]) == 3
    flat = get(client, "/api/v1/search", q="ایران", exact="1", group="paragraph")
    assert len(flat["results"]) == 4
    assert all(result["more"] == [] for result in flat["results"])


def test_facets_narrow_and_exclude(client: FlaskClient) -> None:
    narrowed = get(client, "/api/v1/search", q="ایران", country="CN")
    assert {result["article_id"] for result in narrowed["results"]} == {"beijing"}
    excluded = get(client, "/api/v1/search", q="ایران", country="-CN")
    assert "beijing" not in {result["article_id"] for result in excluded["results"]}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"size": 0}, "size"),
        ({"size": 101}, "size"),
        ({"page": "x"}, "page"),
        ({"sort": "x"}, "sort"),
        ({"group": "x"}, "group"),
        ({"from": "دیروز"}, "دیروز"),
    ],
)
def test_a_wrong_parameter_is_refused(client: FlaskClient, query: dict[str, object], name: str) -> None:
    answer = get(client, "/api/v1/search", 400, q="ایران", **query)
    assert answer["error"]["code"] == "invalid_parameter"
    assert re.sub('"دیروز"', "", answer["error"]["message"]).isascii()
    assert name in answer["error"]["message"]


@pytest.mark.parametrize("q", ["", " ", "(((", '"', "\x00", "🏳️‍🌈", "<script>", "a" * 5000, "%", "-", "کشور:"])
def test_any_question_is_answered(client: FlaskClient, q: str) -> None:
    assert get(client, "/api/v1/search", q=q)["query"] == q


def test_a_question_in_broken_utf8_is_answered(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=%ff%fe%d8").status_code == 200


def test_a_question_is_completed_while_it_is_typed(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/suggest", q="روس")
    assert answer["query"] == "روس"
    assert {"type": "country", "text": "روسیه", "id": "RU", "count": 3} in answer["completions"]
    assert get(client, "/api/v1/suggest") == {"query": "", "completions": []}


def test_browsers_get_completions_in_their_own_shape(client: FlaskClient) -> None:
    response = client.get("/api/v1/suggest", query_string={"q": "روس", "format": "opensearch"})
    assert response.mimetype == "application/x-suggestions+json"
    typed, texts = json.loads(response.data)
    assert typed == "روس"
    assert "روسیه" in texts


def test_an_article(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/articles/" + quote("undated/one"), q="میزبان")
    assert answer["article_id"] == "undated/one"
    assert (answer["date"], answer["source"]) == (None, None)
    assert [paragraph["paragraph"] for paragraph in answer["paragraphs"]] == [1, 2]
    [[start, end]] = answer["paragraphs"][1]["highlights"]
    assert answer["paragraphs"][1]["text"][start:end] == "میزبان"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/api/v1/articles/nowhere", "no article has the id nowhere"),
        ("/api/v1/nothing", "nothing is at /api/v1/nothing; /api/docs names every address"),
        ("/api/", "nothing is at /api/; /api/docs names every address"),
    ],
)
def test_what_is_not_there_is_404(client: FlaskClient, path: str, message: str) -> None:
    assert get(client, path, 404)["error"] == {"code": "not_found", "message": message}


def test_a_wrong_method_is_405(client: FlaskClient) -> None:
    response = client.post("/api/v1/search")
    assert response.status_code == 405
    assert json.loads(response.data)["error"] == {
        "code": "method_not_allowed",
        "message": "method not allowed",
    }


def test_health(client: FlaskClient) -> None:
    health = get(client, "/healthz")
    assert (health["status"], health["articles"]) == ("ok", 5)


@pytest.fixture
def unindexed(tmp_path: Any) -> Flask:
    return create_app(Settings(index=IndexSettings(path=tmp_path / "index")))


@pytest.mark.parametrize(
    "path", ["/healthz", "/api/v1/search?q=a", "/api/v1/suggest?q=a", "/api/v1/articles/a"]
)
def test_without_an_index_programs_get_503(unindexed: Flask, path: str) -> None:
    answer = get(unindexed.test_client(), path, 503)
    assert answer["error"]["code"] == "no_index"
    assert "rasad index" in answer["error"]["message"]


def test_without_an_index_readers_get_a_page(unindexed: Flask) -> None:
    response = unindexed.test_client().get("/")
    assert response.status_code == 503
    assert "نمایه" in response.get_data(as_text=True)


def test_the_answer_says_which_question_it_answers(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/search", q="jpvdl")
    assert answer["query"] == "jpvdl"
    assert answer["applied"] == {"kind": "layout", "query": "تحریم", "label": "چیدمان دیگر صفحه‌کلید"}
    literal = get(client, "/api/v1/search", q="jpvdl", literal="1")
    assert (literal["total"], literal["applied"]) == (0, None)
    assert literal["suggestions"] == [answer["applied"]]
