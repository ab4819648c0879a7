"""The document is complete and true: every route is in it, and what a real server answers fits it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator, validator_for
from werkzeug.datastructures import MultiDict

from indexer.settings import Settings
from searchapp.app import PROGRAM_PATHS, create_app
from searchapp.library import Library
from searchapp.openapi import OPERATIONS, document
from searchapp.openapi.parameters import SEARCH
from searchapp.views import parameters

from ...server import serving

DOCUMENT: dict[str, Any] = json.loads(document())
PATHS: dict[str, dict[str, Any]] = DOCUMENT["paths"]


def routes(app: Flask) -> set[tuple[str, str]]:
    """The routes for programs, as OpenAPI writes them."""
    found = set()
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(PROGRAM_PATHS) and rule.rule != "/api/docs":
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            found |= {(path, method.lower()) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    return found


def test_every_route_for_programs_is_described_and_no_other(app: Flask) -> None:
    assert routes(app) == {(path, method) for path, methods in PATHS.items() for method in methods}


def test_every_route_is_a_page_or_for_programs(app: Flask) -> None:
    pages = {"/", "/browse", "/static/<path:filename>", "/api/docs"}
    for rule in app.url_map.iter_rules():
        page = rule.rule in pages or rule.endpoint.startswith(("pages.", "entities.", "help.", "about."))
        assert page or rule.rule.startswith(PROGRAM_PATHS), rule.rule


def test_every_parameter_of_a_search_is_described_and_no_other() -> None:
    asked: set[str] = set()

    class Asked(MultiDict[str, str]):
        def get(self, key: str, *more: Any) -> Any:
            asked.add(key)
            return super().get(key, *more)

        def getlist(self, key: str, *more: Any) -> Any:
            asked.add(key)
            return super().getlist(key, *more)

    parameters.read(Asked(), 10)
    assert {parameter.name for parameter in SEARCH} == asked


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each.method} {each.path}")
def test_every_part_of_a_path_is_a_parameter(operation: Any) -> None:
    in_path = {parameter.name for parameter in operation.parameters if parameter.place == "path"}
    assert in_path == set(re.findall(r"\{(\w+)\}", operation.path))


def test_the_document_is_valid_and_whole() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator({**schema, "components": DOCUMENT["components"]})
    references = set(re.findall(r'"#/components/schemas/(\w+)"', document().decode()))
    assert references <= set(DOCUMENT["components"]["schemas"])
    schemathesis.openapi.from_dict(DOCUMENT).validate()


def fits(answer: bytes, path: str, method: str = "get", status: int = 200) -> Any:
    """Check an answer against what the document says of it, and give it back."""
    content = PATHS[path][method]["responses"][str(status)]["content"]
    schema = content["application/json"]["schema"]
    validator_for({**schema, "components": DOCUMENT["components"]}).validate(found := json.loads(answer))
    return found


@pytest.mark.parametrize(
    ("path", "address", "status"),
    [
        ("/api/v1/search", "?q=تحریم", 200),
        ("/api/v1/search", "?q=jpvdl&explain=1", 200),
        ("/api/v1/search", "?q=روسیه&explain=1&country=-CN&recency=0.5", 200),
        ("/api/v1/search", "?sort=x", 400),
        ("/api/v1/suggest", "?q=روس", 200),
        ("/api/v1/articles/{article_id}", "/visit?q=لاوروف", 200),
        ("/api/v1/articles/{article_id}", "/undated", 200),
        ("/api/v1/articles/{article_id}", "/nowhere", 404),
        ("/api/v1/entities/{kind}/{id_}", "/country/RU", 200),
        ("/api/v1/entities/{kind}/{id_}", "/person/sergey-lavrov", 200),
        ("/api/v1/entities/{kind}/{id_}", "/person/nobody", 404),
        (
            "/api/v1/entities/{kind}/{id_}/with/{other_kind}/{other_id}",
            "/country/RU/with/country/IR",
            200,
        ),
        ("/api/v1/browse", "", 200),
        ("/api/v1/facets/{name}", "/country?filter=ایر", 200),
        ("/api/v1/facets/{name}", "/nothing", 404),
        ("/healthz", "", 200),
    ],
)
def test_answers_fit_the_document(who_client: FlaskClient, path: str, address: str, status: int) -> None:
    response = who_client.get(path.partition("/{")[0] + address)
    assert response.status_code == status
    fits(response.get_data(), path, status=status)


@pytest.fixture
def who_client(who_settings: Settings, who_library: Library) -> FlaskClient:
    return create_app(who_settings, who_library).test_client()


@pytest.fixture(scope="module")
def server(news_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server process."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "config.toml").write_text(f"[index]\npath = '{news_settings.index.path}'\n", encoding="utf-8")
    with serving(folder) as (_, address):
        yield address


SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)


@given(data=st.data())
@settings(max_examples=150, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_what_the_document_allows_is_answered_as_it_says(server: str, data: st.DataObject) -> None:
    operations = [result.ok() for result in SCHEMA.get_all_operations()]
    operation = data.draw(st.sampled_from([each for each in operations if each.method == "get"]))
    case = data.draw(operation.as_strategy())
    response = case.call(base_url=server)
    assert response.status_code < 500
    case.validate_response(response, checks=CHECKS)


CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.specs.openapi.checks.status_code_conformance,
    schemathesis.specs.openapi.checks.content_type_conformance,
    schemathesis.specs.openapi.checks.response_schema_conformance,
]
