"""Boils analysed articles down to what an index keeps of them, on whichever process analysed them.

Between processes, a token is an object to write and one to read, and to number it a look-up. Some articles
together are a few columns: of each field the distinct terms once, and small numbers for everything else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from analyzers.token import Token
from indexer.engine import AnalyzedArticle, AnalyzedParagraph, FacetValue, StoredParagraph
from indexer.signatures import Terms, signatures

# Positions between a heading and its paragraph, so that no phrase runs from one into the other.
_HEADING_GAP = 100
_term, _position, _exact = map(attrgetter, ("term", "position", "exact"))

# Counts, positions and the like: unsigned, as narrow as they can be.
Numbers = NDArray[np.unsignedinteger[Any]]


class PreparedField(NamedTuple):
    """A field of some paragraphs, one after another.

    ``terms`` are distinct and in UTF-8; ``numbers`` says for every occurrence which of them it is, and
    ``counts`` how many each paragraph has. Words have ``positions``, which ascend within a paragraph and
    which alternatives share; values have none.
    """

    terms: Sequence[bytes]
    numbers: Numbers
    counts: Numbers
    positions: Numbers | None = None


class PreparedArticles(NamedTuple):
    """Articles ready to be indexed, column by column.

    ``ids`` to ``sizes`` have an entry an article; a size counts its paragraphs, and a signature is a row of
    :func:`indexer.signatures.signatures`. ``numbers`` and ``records``
    (JSON, of a :class:`indexer.engine.StoredParagraph`) have one a paragraph. ``labels`` maps a facet and an
    id of it to what a reader sees.
    """

    ids: Sequence[str]
    paths: Sequence[str]
    content_hashes: Sequence[str]
    signatures: NDArray[np.uint8]
    days: Numbers
    sizes: Numbers
    numbers: Numbers
    fields: Mapping[str, PreparedField]
    records: Sequence[bytes]
    labels: Mapping[str, Mapping[str, str]]


def prepare(analyzed: Iterable[AnalyzedArticle]) -> PreparedArticles:
    """Boil articles down; ``title`` and ``title_exact`` go with an article's first paragraph only.

    Each is let go of before the next is asked for, so that only one at a time is held as objects.
    """
    articles = []
    hashes: list[str] = []
    sizes: list[int] = []
    body, title = _Words(), _Words()
    facets: defaultdict[str, _Values] = defaultdict(_Values)
    numbers: list[int] = []
    records: list[bytes] = []
    for each in analyzed:
        articles.append(each.article)
        hashes.append(each.article.content_hash)
        sizes.append(len(each.paragraphs))
        for at, paragraph in enumerate(each.paragraphs):
            first = at == 0
            body.add(paragraph.heading_tokens, paragraph.tokens)
            title.add(each.title_tokens if first else ())
            for name, values in paragraph.facets.items():
                facets[name].add(len(records), values)
            numbers.append(paragraph.number)
            records.append(msgspec.json.encode(_stored(each, paragraph, hashes[-1] if first else "")))
    paragraphs = _narrow(sizes)
    words = {**body.fields("text", "exact"), **title.fields("title", "title_exact")}
    return PreparedArticles(
        ids=[article.id for article in articles],
        paths=[article.path for article in articles],
        content_hashes=hashes,
        signatures=signatures(_signed(words["title"], paragraphs), _signed(words["text"], paragraphs)),
        days=_narrow(article.date.toordinal() if article.date else 0 for article in articles),
        sizes=paragraphs,
        numbers=_narrow(numbers),
        fields={**words, **{name: values.field(len(records)) for name, values in facets.items()}},
        records=records,
        labels={name: values.labels for name, values in facets.items()},
    )


class _Words:
    """The words of paragraphs as analysis gives them, which make two fields of the same positions."""

    def __init__(self) -> None:
        self._terms: list[str] = []
        self._exact: list[str] = []
        self._positions: list[int] = []
        self._counts: list[int] = []
        # For every passage its tokens and what is added to their positions.
        self._sizes: list[int] = []
        self._shifts: list[int] = []

    def add(self, *passages: Sequence[Token]) -> None:
        """Take the next paragraph in, its passages in one run of positions."""
        shift = held = 0
        for tokens in filter(None, passages):
            self._terms += map(_term, tokens)
            self._exact += map(_exact, tokens)
            self._positions += map(_position, tokens)
            self._sizes.append(len(tokens))
            self._shifts.append(shift)
            shift += tokens[-1].position + _HEADING_GAP
            held += len(tokens)
        self._counts.append(held)

    def fields(self, lemmas: str, typed: str) -> dict[str, PreparedField]:
        """Give the words by their lemmas, and as typed."""
        counts = _narrow(self._counts)
        positions = np.array(self._positions, np.uint32)
        positions = _narrowed(positions + np.repeat(np.array(self._shifts, np.uint32), self._sizes))
        return {
            name: PreparedField(*_numbered(words), counts, positions)
            for name, words in ((lemmas, self._terms), (typed, self._exact))
        }


class _Values:
    """The values that paragraphs have of one facet."""

    def __init__(self) -> None:
        self._values: list[FacetValue] = []
        self._paragraphs: list[int] = []

    def add(self, paragraph: int, values: Sequence[FacetValue]) -> None:
        """Take a paragraph's values in."""
        self._values += values
        self._paragraphs += [paragraph] * len(values)

    @property
    def labels(self) -> dict[str, str]:
        """What a reader sees of every id: the label that it came with first."""
        return dict(reversed(self._values))

    def field(self, paragraphs: int) -> PreparedField:
        """Give the values of so many paragraphs."""
        counts = np.bincount(np.array(self._paragraphs, np.intp), minlength=paragraphs)
        return PreparedField(*_numbered([value.id for value in self._values]), _narrowed(counts))


def _signed(field: PreparedField, sizes: Numbers) -> Terms:
    """Give what a signature is made of: the words of each article, of alternatives the first."""
    paragraphs = np.repeat(np.arange(len(field.counts)), field.counts)
    positions = np.asarray(field.positions, np.int64)
    first = np.ones(len(paragraphs), np.bool_)
    first[1:] = (np.diff(positions) != 0) | (np.diff(paragraphs) != 0)
    articles = np.repeat(np.arange(len(sizes)), sizes)[paragraphs[first]]
    return Terms(field.terms, field.numbers[first], np.bincount(articles, minlength=len(sizes)))


def _numbered(terms: Sequence[str]) -> tuple[list[bytes], Numbers]:
    """Give the distinct terms in the order of their coming, and which of them each is."""
    number_of: defaultdict[str, int] = defaultdict(count().__next__)
    numbers = np.fromiter(map(number_of.__getitem__, terms), np.uint32, len(terms))
    return [term.encode("utf-8", "replace") for term in number_of], _narrowed(numbers)


def _narrow(numbers: Iterable[int]) -> Numbers:
    return _narrowed(np.fromiter(numbers, np.uint32))


def _narrowed(numbers: NDArray[np.integer[Any]]) -> Numbers:
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))


def _stored(analyzed: AnalyzedArticle, paragraph: AnalyzedParagraph, content_hash: str) -> StoredParagraph:
    """The record of a paragraph; the first one's has its article's content hash, and others have none."""
    article = analyzed.article
    return StoredParagraph(
        article_id=article.id,
        number=paragraph.number,
        text=paragraph.text,
        heading=paragraph.heading,
        title=article.title,
        date=article.date,
        source=article.source,
        url=article.url,
        category=article.category,
        entities=tuple(paragraph.entities),
        topics=tuple(paragraph.topics),
        metadata=article.metadata if content_hash else {},
        path=article.path if content_hash else "",
        content_hash=content_hash,
    )
