"""Spreads the analysis of articles over processes, in order and with bounded memory."""

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from indexer.article import Article
from indexer.enrichment import Enrichment, load_enrichment
from indexer.generations import Generation
from indexer.preparation import PreparedArticles, prepare
from indexer.settings import AnalysisSettings

# Articles that are analysed and written together, and the characters of text that end a chunk before that.
_CHUNK = 64
_CHUNK_CHARACTERS = 500_000
_AHEAD = 4
# Starting a process takes as long as analysing this many articles.
_WORTH_A_PROCESS = 200
# Objects made, and collections of the younger ones, before the garbage collector looks at the next older.
_SELDOM = (100_000, 50, 100)

_enrichments: list[Enrichment] = []


def analyze_all(
    articles: Iterable[Article],
    count: int,
    enrichment: Enrichment,
    *,
    folder: Path,
    settings: AnalysisSettings,
    jobs: int,
    together: int,
) -> Generator[PreparedArticles, None, None]:
    """Analyse ``count`` articles on at most ``jobs`` processes, in the order they come.

    ``enrichment`` is made of ``settings`` and the corpus layer of the generation in ``folder``. One job, or
    few articles, is this process alone. Articles come in chunks of ``together`` at most, the same ones on
    however many processes. At most a few chunks per process are under way, however many articles there are.
    """
    jobs = min(jobs, count // _WORTH_A_PROCESS)
    chunks = _chunks(articles, min(together, _CHUNK))
    if jobs <= 1:
        return (_analyzed(chunk, enrichment) for chunk in chunks)
    return _analyze_apart(chunks, folder, settings, jobs)


def processors() -> int:
    """Count the processors that this process may use, which is not always all of them."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Keep the garbage collector from walking through millions of words again and again.

    Indexing makes many objects and no cycles among them; at its usual pace the collector takes a third of
    the time.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


def _chunks(articles: Iterable[Article], most: int) -> Iterator[list[Article]]:
    """Take articles together, fewer where they are long, so that a chunk's memory is bounded."""
    chunk: list[Article] = []
    characters = 0
    for article in articles:
        chunk.append(article)
        characters += len(article.text)
        if len(chunk) == most or characters >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _analyze_apart(
    chunks: Iterable[list[Article]], folder: Path, settings: AnalysisSettings, jobs: int
) -> Generator[PreparedArticles, None, None]:
    # Not forked: the process may have threads. A worker reads the layer itself, because a worker that dies
    # before it took a long argument would leave this process waiting for ever.
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[PreparedArticles]] = deque()
    with ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(folder, settings)) as pool:
        try:
            for chunk in chunks:
                with _undisturbed():
                    waiting.append(pool.submit(_analyze, chunk))
                if len(waiting) >= jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl+C, for ever in the processes that are started here: this one alone answers to it."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _begin(folder: Path, settings: AnalysisSettings) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    generation = Generation(folder)
    _enrichments.append(load_enrichment(generation.layer, settings, generation.names))
    gc.freeze()
    gc.set_threshold(*_SELDOM)


def _end_with_parent() -> None:
    """Leave no worker waiting for work that a killed process will never send."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _analyze(chunk: list[Article]) -> PreparedArticles:
    return _analyzed(chunk, _enrichments[-1])


def _analyzed(chunk: list[Article], enrichment: Enrichment) -> PreparedArticles:
    return prepare([enrichment.analyze(article) for article in chunk])
