"""Figures for Prometheus: how the server is doing, and what it answers from."""

import time
from collections.abc import Iterator

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from analyzers.errors import RasadError
from searchapp.library import Library

# Seconds; most answers take thousandths, and a question is cut off after two.
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


def install(app: Flask, library: Library) -> None:
    """Count every request of an application from now on, and serve the figures."""
    registry = CollectorRegistry()
    registry.register(_Index(library))
    requests = Counter(
        "rasad_http_requests", "Requests answered.", ["route", "method", "status"], registry=registry
    )
    seconds = Histogram(
        "rasad_http_request_seconds",
        "Seconds from a request to the first byte of its answer.",
        ["route"],
        buckets=_BUCKETS,
        registry=registry,
    )
    routes = Blueprint("metrics", __name__)

    @routes.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        # The route and not the address, whose number has no end.
        route = request.url_rule.rule if request.url_rule else "none"
        requests.labels(route, request.method, str(response.status_code)).inc()
        if (began := g.pop("began", None)) is not None:
            seconds.labels(route).observe(time.perf_counter() - began)
        return response

    app.register_blueprint(routes)


class _Index(Collector):
    """Reads the index's figures when they are asked for; without an index there are none."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give the figures of the generation that answers now."""
        try:
            stats = self._library.service().engine.stats()
            generation = self._library.generation
            revision = self._library.service().engine.revision()
        except RasadError:
            yield GaugeMetricFamily("rasad_index_up", "Whether there is an index to answer from.", 0)
            return
        figures = {
            "up": ("Whether there is an index to answer from.", 1),
            "articles": ("Articles in the index.", stats.articles),
            "paragraphs": ("Paragraphs in the index.", stats.paragraphs),
            "terms": ("Terms in the index.", stats.terms),
            "bytes": ("Size of the index on disk.", stats.size),
            "generation": ("Number of the generation that answers.", generation),
            "revision": ("Number of the state of that generation; each commit adds one.", revision),
            "committed_seconds": ("When that state was committed, in seconds since 1970.", stats.committed),
        }
        for name, (said, value) in figures.items():
            yield GaugeMetricFamily(f"rasad_index_{name}", said, value)

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Promise nothing before an index is open."""
        return iter(())
