"""The JSON about entities, pairs, facets and the matrix: shape, counts, and how what is wrong is refused."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings
from searchapp.app import create_app
from searchapp.library import Library

ENTITY = {
    "type", "id", "label", "known", "latin", "kind", "roles", "years", "country", "variants", "total",
    "total_articles", "timeline", "related", "latest",
}  # fmt: skip
PAIR = {"entities", "total", "total_articles", "timeline", "related", "latest"}
MENTION = {
    "article_id", "paragraph", "title", "date", "date_jalali", "source", "text", "highlights", "snippet",
    "matching",
}  # fmt: skip


@pytest.fixture(scope="module")
def client(who_settings: Settings, who_library: Library) -> Iterator[FlaskClient]:
    with create_app(who_settings, who_library).test_client() as client:
        yield client


def get(client: FlaskClient, path: str, status: int = 200, **query: object) -> Any:
    response = client.get(quote(path), query_string=query or None)
    assert response.status_code == status
    assert response.mimetype == "application/json"
    return json.loads(response.get_data().decode("utf-8"))


@pytest.mark.parametrize(
    ("path", "label", "total"),
    [
        ("person/sergey-lavrov", "سرگئی لاوروف", 3),
        ("person/بهرام-کوهسار", "بهرام کوهسار", 1),
        ("country/RU", "روسیه", 2),
        ("country/NZ", "نیوزیلند", 0),
        ("organization/iaea", "آژانس بین‌المللی انرژی اتمی", 1),
        ("place/isfahan", "اصفهان", 1),
        ("topic/sanctions", "تحریم", 2),
    ],
)
def test_an_entity_has_one_shape_whatever_its_type(
    client: FlaskClient, path: str, label: str, total: int
) -> None:
    answer = get(client, f"/api/v1/entities/{path}")
    assert set(answer) == ENTITY
    assert (f"{answer['type']}/{answer['id']}", answer["label"], answer["total"]) == (path, label, total)
    assert sum(bucket["count"] for bucket in answer["timeline"]) == total
    for mention in answer["latest"]:
        assert set(mention) == MENTION
    for kind, rows in answer["related"].items():
        for row in rows:
            assert set(row) == {"type", "id", "label", "count"}
            assert row["type"] == kind
            assert 0 < row["count"] <= total


def test_a_pair_has_the_counts_of_each_and_of_both(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/entities/country/IR/with/country/RU")
    assert set(answer) == PAIR
    assert [(each["id"], each["count"]) for each in answer["entities"]] == [("IR", 4), ("RU", 2)]
    assert answer["total"] == 1


def test_the_matrix_has_a_row_for_every_topic_and_a_column_for_every_country(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/browse")
    assert set(answer) == {"countries", "topics", "counts"}
    assert len(answer["counts"]) == len(answer["topics"]) > 1
    assert {len(row) for row in answer["counts"]} == {len(answer["countries"])}


def test_a_facet_s_values_are_filtered_under_a_question(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/facets/person", q="تحریم", filter="lav")
    assert (answer["facet"], answer["filter"], answer["total"], answer["page"]) == ("person", "lav", 1, 1)
    assert answer["values"] == [
        {"id": "sergey-lavrov", "label": "سرگئی لاوروف", "count": 1, "selected": False, "excluded": False}
    ]
    search = get(client, "/api/v1/search", q="تحریم")
    whole = get(client, "/api/v1/facets/person", q="تحریم")
    assert whole["values"] == search["facets"]["person"]


def test_a_search_names_the_entities_of_its_question(client: FlaskClient) -> None:
    answer = get(client, "/api/v1/search", q="Lavrov")
    assert [(each["type"], each["id"], each["count"]) for each in answer["entities"]] == [
        ("person", "sergey-lavrov", 3)
    ]


@pytest.mark.parametrize(
    "path",
    [
        "entities/person/nobody",
        "entities/country/ru",
        "entities/city/tehran",
        "entities/source/ایسنا",
        "entities/person",
        "entities/country/IR/with/country/XX",
        "entities/country/XX/with/country/IR",
        "entities/country/IR/with/city/tehran",
        "facets/colour",
        "facets",
    ],
)
def test_what_is_not_there_is_refused(client: FlaskClient, path: str) -> None:
    answer = get(client, f"/api/v1/{path}", 404)
    assert set(answer) == {"error"}
    assert answer["error"]["code"] == "not_found"
    assert answer["error"]["message"]


@pytest.mark.parametrize("query", [{"size": 0}, {"size": 101}, {"page": "x"}, {"from": "دیروز"}])
def test_a_wrong_parameter_of_a_facet_is_refused(client: FlaskClient, query: dict[str, object]) -> None:
    answer = get(client, "/api/v1/facets/country", 400, **query)
    assert answer["error"]["code"] == "invalid_parameter"


@pytest.mark.parametrize(
    "id_", ["\x00", "\u202e", "a" * 3000, "<script>", "%2e%2e", "..", "' OR 1=1", "؟", "person:x", "*"]
)
def test_hostile_ids_are_just_unknown(client: FlaskClient, id_: str) -> None:
    get(client, f"/api/v1/entities/person/{id_}", 404)
    get(client, f"/api/v1/entities/country/IR/with/person/{id_}", 404)
