"""Analysed paragraphs of any number, made once from real news and handed to every engine alike.

A corpus of a million paragraphs is made by shuffling the sentences of real ones among paragraphs of the same
length, so that the words keep their frequencies and their neighbours within a sentence.
"""

import datetime as dt
import gc
import itertools
import random
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import msgspec

from analyzers import load_lexicon
from analyzers.learning import learn_layer
from indexer.article import Article
from indexer.enrichment import Enrichment, load_enrichment
from indexer.preparation import PreparedArticle, prepare
from indexer.settings import AnalysisSettings

_SENTENCE = re.compile(r"(?<=[.!?؟؛])\s+")
_WORDS_A_PARAGRAPH = 56
_LONGEST_PARAGRAPH = 180


class Flat(msgspec.Struct):
    """A paragraph as the other engines take it: its text, its terms, and one country."""

    text: str
    terms: list[str]
    country: str


class Analyzed(NamedTuple):
    """An article as Rasad indexes it, and as the other engines do; ``text`` counts its bytes in UTF-8."""

    text: int
    prepared: PreparedArticle
    title: list[str]
    flat: list[Flat]


def articles(data: Sequence[Path], count: int) -> Iterator[Article]:
    """Yield articles of about ``count`` paragraphs of 56 words in all; made ones when real ones run out."""
    real = list(_real(data))
    yield from _until(iter(real), count)
    missing = count - sum(_size(article) for article in real)
    if missing > 0:
        yield from _until(_shuffled(real), missing)


def analyzed(data: Sequence[Path], count: int, processes: int = 2) -> Iterator[Analyzed]:
    """Yield the same articles analysed, in order, with a bounded number of them under way."""
    source = articles(data, count)
    chunks = iter(lambda: list(itertools.islice(source, 64)), [])
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_load) as pool:
        waiting = deque(pool.submit(_analyze, chunk) for chunk in itertools.islice(chunks, 4 * processes))
        while waiting:
            yield from waiting.popleft().result()
            waiting.extend(pool.submit(_analyze, chunk) for chunk in itertools.islice(chunks, 1))


def questions(known: Set[str], titles: Iterable[list[str]], wanted: int) -> list[list[str]]:
    """Choose titles of four to twelve words as questions, each word of which the corpus holds."""
    fitting = [title for title in titles if 4 <= len(title) <= 12 and known.issuperset(title)]
    return random.Random(1).sample(fitting, min(wanted, len(fitting)))  # noqa: S311 - repeatable


def _real(data: Sequence[Path]) -> Iterator[Article]:
    for path in sorted(path for folder in data for path in folder.rglob("*.jsonl")):
        for line in path.open(encoding="utf-8"):
            row = msgspec.json.decode(line)
            if not isinstance(row, dict) or not row.get("text") or "id" not in row:
                continue
            try:
                date = dt.date.fromisoformat(row["date"]) if row.get("date") else None
            except ValueError:
                date = None
            yield Article(
                id=str(row["id"]),
                text=row["text"],
                path=f"{path.name}/{row['id']}",
                title=row.get("title") or "",
                date=date,
                source=row.get("source") or path.stem,
                url=row.get("url") or "",
            )


def _size(article: Article) -> int:
    return max(1, round(len(article.text.split()) / _WORDS_A_PARAGRAPH))


def _until(source: Iterator[Article], count: int) -> Iterator[Article]:
    for article in source:
        if count <= 0:
            return
        count -= _size(article)
        yield article


def _shuffled(real: list[Article]) -> Iterator[Article]:
    chance = random.Random(2)  # noqa: S311 - repeatable
    sentences = [
        sentence for article in real for sentence in _SENTENCE.split(article.text) if sentence.strip()
    ]
    for number in itertools.count():
        model = chance.choice(real)
        paragraphs = []
        for _ in range(_size(model)):
            words = 0
            chosen: list[str] = []
            while words < _WORDS_A_PARAGRAPH:
                chosen.append(chance.choice(sentences))
                words += len(chosen[-1].split())
            paragraphs.append(" ".join(chosen))
        yield Article(
            id=f"made-{number}",
            text="\n".join(paragraphs),
            path=f"made/{number}",
            title=model.title,
            date=model.date,
            source=model.source,
            url=f"{model.url}#{number}",
        )


_enrichments: list[Enrichment] = []


def _load() -> None:
    _enrichments.append(
        load_enrichment(learn_layer([], load_lexicon()), AnalysisSettings(paragraph_words=_LONGEST_PARAGRAPH))
    )
    gc.freeze()


def _analyze(chunk: list[Article]) -> list[Analyzed]:
    found = []
    for article in chunk:
        done = _enrichments[-1].analyze(article)
        title = [_one_word(token.term) for token in done.title_tokens]
        flat = []
        for paragraph in done.paragraphs:
            countries = paragraph.facets.get("country", ())
            terms = [_one_word(token.term) for token in paragraph.tokens]
            flat.append(Flat(paragraph.text, terms, countries[0].id if countries else ""))
        size = len(f"{article.title}{article.text}".encode())
        found.append(Analyzed(size, prepare(done), title, flat))
    return found


def _one_word(term: str) -> str:
    """A term that no engine's tokenizer cuts."""
    return term.replace("\u200c", "_")
