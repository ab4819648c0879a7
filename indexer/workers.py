"""Spreads the analysis of articles over processes, in order and with bounded memory."""

import multiprocessing
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from analyzers import CorpusLayer
from indexer.article import Article
from indexer.engine import AnalyzedArticle
from indexer.enrichment import Enrichment, load_enrichment

_CHUNK = 32
_AHEAD = 4

_enrichments: list[Enrichment] = []


def analyze_all(
    articles: Iterable[Article], enrichment: Enrichment, layer_file: Path, longest: int, jobs: int
) -> Generator[AnalyzedArticle, None, None]:
    """Analyse articles on ``jobs`` processes, in the order they come; one job is this process alone.

    At most a few chunks of articles per process are under way, however many articles there are.
    """
    if jobs <= 1:
        yield from map(enrichment.analyze, articles)
        return
    # Not forked: the process may have threads. A worker reads the layer itself, because a worker that dies
    # before it took a long argument would leave this process waiting for ever.
    context = multiprocessing.get_context("spawn")
    source = iter(articles)
    chunks = iter(lambda: list(islice(source, _CHUNK)), [])
    waiting: deque[Future[list[AnalyzedArticle]]] = deque()
    with ProcessPoolExecutor(jobs, context, initializer=_prepare, initargs=(layer_file, longest)) as pool:
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_analyze, chunk))
                if len(waiting) >= jobs * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _prepare(layer_file: Path, longest: int) -> None:
    _enrichments.append(load_enrichment(CorpusLayer.load(layer_file), longest))


def _analyze(chunk: list[Article]) -> list[AnalyzedArticle]:
    return [_enrichments[-1].analyze(article) for article in chunk]
