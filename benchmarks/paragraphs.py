"""Analysed paragraphs of any number, made once from real news and handed to every engine alike.

A corpus of a million paragraphs is made by shuffling the sentences of real ones among paragraphs of the same
length, so that the words keep their frequencies and their neighbours within a sentence.
"""

import datetime as dt
import itertools
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from analyzers import load_lexicon
from analyzers.learning import learn_layer
from indexer.article import Article
from indexer.engine import AnalyzedArticle
from indexer.enrichment import load_enrichment
from indexer.workers import analyze_all

_SENTENCE = re.compile(r"(?<=[.!?؟؛])\s+")
_WORDS_A_PARAGRAPH = 56
_LONGEST_PARAGRAPH = 180


class Flat(msgspec.Struct):
    """A paragraph as the other engines take it: its text, its terms, and one country."""

    number: int
    text: str
    terms: list[str]
    country: str


def articles(data: Path, count: int) -> Iterator[Article]:
    """Yield articles of about ``count`` paragraphs of 56 words in all; made ones when real ones run out."""
    real = list(_real(data))
    yield from _until(iter(real), count)
    missing = count - sum(_size(article) for article in real)
    if missing > 0:
        yield from _until(_shuffled(real), missing)


def analyzed(data: Path, count: int, work: Path, processes: int = 2) -> Iterator[AnalyzedArticle]:
    """Yield the same articles analysed, as they are indexed; ``work`` takes a file the processes share."""
    layer, layer_file = learn_layer([], load_lexicon()), work / "layer.bin"
    layer.save(layer_file)
    enrichment = load_enrichment(layer, _LONGEST_PARAGRAPH)
    return analyze_all(articles(data, count), enrichment, layer_file, _LONGEST_PARAGRAPH, processes)


def flat(article: AnalyzedArticle, numbers: Iterator[int]) -> Iterator[Flat]:
    """Yield an article's paragraphs for the engines that know no articles."""
    for paragraph in article.paragraphs:
        countries = paragraph.facets.get("country", ())
        terms = [term.replace("\u200c", "_") for term in (token.term for token in paragraph.tokens)]
        yield Flat(next(numbers), paragraph.text, terms, countries[0].id if countries else "")


def questions(flat_paragraphs: Iterable[Flat], titles: Iterable[list[str]], wanted: int) -> list[list[str]]:
    """Choose titles of four to twelve words as questions, each word of which the corpus holds."""
    known = {term for paragraph in flat_paragraphs for term in paragraph.terms}
    fitting = [title for title in titles if 4 <= len(title) <= 12 and known.issuperset(title)]
    return random.Random(1).sample(fitting, min(wanted, len(fitting)))  # noqa: S311 - repeatable


def _real(data: Path) -> Iterator[Article]:
    for path in sorted(data.rglob("*.jsonl")):
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
