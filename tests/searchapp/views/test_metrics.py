import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from indexer.settings import IndexSettings, Settings
from searchapp.app import create_app
from searchapp.library import Library

LABELS = ("route", "method", "status", "le")


@pytest.fixture
def fresh(news_settings: Settings, library: Library) -> Flask:
    """An application that has answered nothing yet."""
    return create_app(news_settings, library)


def figures(client: FlaskClient) -> dict[tuple[str, tuple[str, ...]], float]:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.content_type.startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(response.get_data(as_text=True))
    return {
        (sample.name, tuple(sample.labels[name] for name in LABELS if name in sample.labels)): sample.value
        for family in families
        for sample in family.samples
    }


def test_requests_are_counted_by_route_and_status(fresh: Flask) -> None:
    client = fresh.test_client()
    for path in ("/?q=a", "/?q=b", "/articles/moscow", "/articles/nowhere", "/nowhere/1", "/nowhere/2"):
        client.get(path)
    found = figures(client)
    assert found["rasad_http_requests_total", ("/", "GET", "200")] == 2
    assert found["rasad_http_requests_total", ("/articles/<path:article_id>", "GET", "200")] == 1
    assert found["rasad_http_requests_total", ("/articles/<path:article_id>", "GET", "404")] == 1
    assert found["rasad_http_requests_total", ("none", "GET", "404")] == 2
    assert found["rasad_http_request_seconds_count", ("/",)] == 2
    assert found["rasad_http_request_seconds_bucket", ("/", "+Inf")] == 2
    assert found["rasad_http_request_seconds_sum", ("/",)] > 0


def test_the_index_is_described(fresh: Flask) -> None:
    found = figures(fresh.test_client())
    assert found["rasad_index_up", ()] == 1
    assert (found["rasad_index_articles", ()], found["rasad_index_paragraphs", ()]) == (5, 9)
    assert found["rasad_index_generation", ()] == 1
    assert time.time() - 3600 < found["rasad_index_committed_seconds", ()] <= time.time()


def test_without_an_index_that_is_a_figure_too(tmp_path: Path) -> None:
    found = figures(create_app(Settings(index=IndexSettings(path=tmp_path / "index"))).test_client())
    assert found["rasad_index_up", ()] == 0
    assert ("rasad_index_articles", ()) not in found


def test_applications_count_for_themselves(news_settings: Settings, library: Library) -> None:
    first, second = (create_app(news_settings, library).test_client() for _ in range(2))
    first.get("/")
    assert ("rasad_http_requests_total", ("/", "GET", "200")) not in figures(second)
