"""Figures for Prometheus: how the server is doing, and what it answers from."""

import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import accumulate, product

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from analyzers.errors import RasadError
from searchapp.library import Library
from searchapp.serving.counts import SharedCounts

# Seconds; most answers take thousandths, and a question is cut off after two.
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, float("inf"))
# A client may make up methods and addresses without end.
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other")
_NO_ROUTE = "none"


def install(app: Flask, library: Library, places: int, file: int | None) -> SharedCounts:
    """Count every request of an application from now on, and serve the figures.

    All other routes must be known by now. ``places`` and ``file`` are those of the counts, which are
    given back.
    """
    registry = CollectorRegistry()
    registry.register(_Index(library))
    routes = Blueprint("metrics", __name__)

    @routes.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    app.register_blueprint(routes)
    requests = _Requests(
        [_NO_ROUTE, *dict.fromkeys(rule.rule for rule in app.url_map.iter_rules())], places, file
    )
    registry.register(requests)

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        # The route and not the address, whose number has no end.
        route = request.url_rule.rule if request.url_rule else _NO_ROUTE
        began = g.pop("began", None)
        seconds = None if began is None else time.perf_counter() - began
        requests.count(route, request.method, response.status_code, seconds)
        return response

    return requests.counts


class _Requests(Collector):
    """Counts requests by route, method and status, and how long each route took, over all processes."""

    def __init__(self, routes: Iterable[str], places: int, file: int | None) -> None:
        self._routes = list(routes)
        self._answered = {
            (route, method, int(status)): column
            for column, (route, method, status) in enumerate(product(self._routes, _METHODS, HTTPStatus))
        }
        # A route's buckets, then its seconds in all.
        first, each = len(self._answered), len(_BUCKETS) + 1
        self._took = {route: first + at * each for at, route in enumerate(self._routes)}
        self.counts = SharedCounts(places, first + each * len(self._routes), file)

    def count(self, route: str, method: str, status: int, seconds: float | None) -> None:
        """Count an answer."""
        method = method if method in _METHODS else "other"
        amounts = [(self._answered[route, method, status], 1.0)]
        if seconds is not None:
            took = self._took[route]
            amounts += [(took + bisect_left(_BUCKETS, seconds), 1.0), (took + len(_BUCKETS), seconds)]
        self.counts.add(*amounts)

    def collect(self) -> Iterator[Metric]:
        """Give what was counted, of what was asked at all."""
        totals = self.counts.totals()
        requests = CounterMetricFamily(
            "rasad_http_requests", "Requests answered.", labels=["route", "method", "status"]
        )
        for (route, method, status), column in self._answered.items():
            if totals[column]:
                requests.add_metric([route, method, str(status)], totals[column])
        yield requests
        seconds = HistogramMetricFamily(
            "rasad_http_request_seconds",
            "Seconds from a request to the first byte of its answer.",
            labels=["route"],
        )
        for route, took in self._took.items():
            buckets = list(accumulate(totals[took : took + len(_BUCKETS)]))
            if buckets[-1]:
                named = zip(map(floatToGoString, _BUCKETS), buckets, strict=True)
                seconds.add_metric([route], list(named), totals[took + len(_BUCKETS)])
        yield seconds

    def describe(self) -> Iterator[Metric]:
        """Promise nothing; what nobody asked for is left out."""
        return iter(())


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
