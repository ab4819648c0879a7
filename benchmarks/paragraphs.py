"""Paragraphs of any number, made once from real news and handed to every engine alike.

A corpus of a million paragraphs is made by shuffling the sentences of real ones among paragraphs of the same
length, so that the words keep their frequencies and their neighbours within a sentence. The other engines are
given the terms that Rasad's index holds of each paragraph, read back from it.
"""

import itertools
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.article import Article
from indexer.corpus import Corpus
from indexer.engines.columnar.snapshot import ColumnarSnapshot

_SENTENCE = re.compile(r"(?<=[.!?؟؛])\s+")
_WORDS_A_PARAGRAPH = 56


class Flat(NamedTuple):
    """A paragraph as the other engines take it: its text, its terms, and one country."""

    text: str
    terms: list[str]
    country: str


def write_corpus(data: Sequence[Path], count: int, file: Path) -> int:
    """Write articles of about ``count`` paragraphs of 56 words, made ones when real ones run out.

    Gives the number of bytes of their text and titles in UTF-8.
    """
    size = 0
    with file.open("w", encoding="utf-8") as stream:
        for article in _articles(data, count):
            size += len(f"{article.title}{article.text}".encode())
            row = {
                "id": article.id,
                "title": article.title,
                "date": article.date and article.date.isoformat(),
                "source": article.source,
                "url": article.url,
                "text": article.text,
            }
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return size


def flat_paragraphs(snapshot: ColumnarSnapshot) -> Iterator[Flat]:
    """Give every paragraph of an index in the form of the other engines."""
    countries = snapshot.columns.facet("country")
    for segment, base in zip(snapshot.segments, snapshot.bases, strict=False):
        documents = range(base, base + segment.document_count)
        for document, terms in zip(documents, _terms(snapshot, segment.name, "text"), strict=True):
            held = countries.values[countries.offsets[document] : countries.offsets[document + 1]]
            country = countries.ids[held[0]] if len(held) else ""
            yield Flat(snapshot.stored(document).text, terms, country)


def questions(snapshot: ColumnarSnapshot, wanted: int) -> list[list[str]]:
    """Choose headlines of four to twelve words as questions, each word of which some paragraph holds."""
    titles = [
        title
        for segment in snapshot.segments
        for title in itertools.islice(_terms(snapshot, segment.name, "title"), 0, None, 7)
        if 4 <= len(title) <= 12
    ]
    known = {_one_word(term) for term in snapshot.terms("text", "")}
    return _sample({tuple(title) for title in titles if known.issuperset(title)}, wanted)


def _sample(titles: Set[tuple[str, ...]], wanted: int) -> list[list[str]]:
    chosen = random.Random(1).sample(sorted(titles), min(wanted, len(titles)))  # noqa: S311 - repeatable
    return [list(title) for title in chosen]


def _terms(snapshot: ColumnarSnapshot, name: str, field: str) -> Iterator[list[str]]:
    """The terms of a field in their order, document after document of one segment."""
    segment = next(each for each in snapshot.segments if each.name == name)
    postings = segment.field(field)
    if postings is None:
        yield from ([] for _ in range(segment.document_count))
        return
    inverted = postings.inverted()
    words = [_one_word(term.decode()) for term in inverted.terms]
    numbers = np.repeat(np.arange(len(words)), inverted.document_counts)
    numbers = np.repeat(numbers, inverted.frequencies)
    documents = np.repeat(inverted.documents, inverted.frequencies)
    order = np.lexsort((inverted.positions, documents))
    numbers = numbers[order]
    bounds = np.searchsorted(documents[order], np.arange(segment.document_count + 1))
    for start, end in itertools.pairwise(bounds.tolist()):
        yield [words[number] for number in numbers[start:end].tolist()]


def _one_word(term: str) -> str:
    """A term that no engine's tokenizer cuts."""
    return term.replace("\u200c", "_")


def _articles(data: Sequence[Path], count: int) -> Iterator[Article]:
    real = [each for each in Corpus(data, (), Path.cwd()).read() if isinstance(each, Article)]
    yield from _until(real, count)
    missing = count - sum(map(_size, real))
    if missing > 0:
        yield from _until(_shuffled(real), missing)


def _size(article: Article) -> int:
    return max(1, round(len(article.text.split()) / _WORDS_A_PARAGRAPH))


def _until(source: Iterable[Article], count: int) -> Iterator[Article]:
    for article in source:
        if count <= 0:
            return
        count -= _size(article)
        yield article


def _shuffled(real: Sequence[Article]) -> Iterator[Article]:
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
