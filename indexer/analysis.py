"""Analyses the articles of a run on as many processes as it has, a chunk of articles at a time."""

import gc
from collections.abc import Generator, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

import msgspec

from indexer.article import Article
from indexer.enrichment import Enrichment, load_enrichment
from indexer.generations import Generation
from indexer.preparation import PreparedArticles, prepare
from indexer.settings import AnalysisSettings
from indexer.workers import Workers

# Articles that are analysed and written together, and the characters of text that end a chunk before that.
_CHUNK = 128
_CHUNK_CHARACTERS = 500_000
# Starting a process takes as long as analysing this many articles.
_WORTH_A_PROCESS = 200

# Between processes, an article as msgpack costs a quarter of one that is pickled.
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Article])


def analyze_all(
    articles: Iterable[Article],
    count: int,
    enrichment: Enrichment,
    *,
    folder: Path,
    settings: AnalysisSettings,
    workers: Workers,
    together: int,
) -> Generator[PreparedArticles, None, None]:
    """Analyse ``count`` articles in the order they come; few of them in this process alone.

    ``enrichment`` is made of ``settings`` and the corpus layer of the generation in ``folder``. Articles come
    in chunks of ``together`` at most, the same ones on however many processes.
    """
    workers.limit(count // _WORTH_A_PROCESS)
    chunks = _chunks(articles, min(together, _CHUNK))
    if workers.jobs <= 1:
        return (_analyzed(chunk, enrichment) for chunk in chunks)
    return workers.in_order(partial(_analyze, folder, settings), map(_encoder.encode, chunks))


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


def _analyze(folder: Path, settings: AnalysisSettings, chunk: bytes) -> PreparedArticles:
    return _analyzed(_decoder.decode(chunk), _loaded(folder, settings))


def _analyzed(chunk: Sequence[Article], enrichment: Enrichment) -> PreparedArticles:
    return prepare(map(enrichment.analyze, chunk))


@cache
def _loaded(folder: Path, settings: AnalysisSettings) -> Enrichment:
    """Load, once in a process, what the articles of a generation are analysed with."""
    generation = Generation(folder)
    enrichment = load_enrichment(generation.layer, settings, generation.names)
    gc.freeze()
    return enrichment
