"""One committed state of the index, as arrays over all its documents.

Segments that stay the same from state to state are opened and decoded once.
"""

import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.engine import StoredParagraph
from indexer.similarity import Groups

from .columns import ColumnarColumns, joined
from .contents import SegmentContents
from .folding import Copies
from .packing import boundaries
from .schema import NUMBER, TITLE_FIELDS, TITLE_OF
from .similarity import SimilarPairs
from .toc import TableOfContents
from .views import SegmentView
from .weighed import WeighedWords

if TYPE_CHECKING:
    from .index import ColumnarIndex
    from .scoring import Bm25

Documents = NDArray[np.int32]
Mask = NDArray[np.bool_]

_PARAGRAPH = msgspec.json.Decoder(StoredParagraph)
_ARTICLE = msgspec.json.Decoder(tuple[str, str, str])
_MOST_TERMS = 4096
# What scored postings may take between questions, their keys included.
_WEIGHED_BYTES = 8 * 1024 * 1024
_WEIGHED_BYTES_A_DOCUMENT = 64
_RETRIES = 20
_RETRY_SECONDS = 0.02


class Postings(NamedTuple):
    """The paragraphs that hold a term, ascending, and how often each does; deleted ones are left out."""

    documents: Documents
    frequencies: NDArray[np.float32]


class FieldStatistics(NamedTuple):
    """What BM25 weighs a field by: the paragraphs that have it, and their mean length in positions."""

    documents: int
    mean_length: float


class Term(NamedTuple):
    """Where a term is found: the number it has in each segment, -1 in those that do not know it.

    ``documents`` counts those that hold it, deleted ones included.
    """

    numbers: tuple[int, ...]
    documents: int


class ColumnarSnapshot:
    """What questions are answered from; serves all threads.

    Documents are paragraphs, numbered from 0 over all segments; numbers of deleted paragraphs stay unused.
    The paragraphs of an article lie side by side, in order.
    """

    def __init__(
        self,
        index: "ColumnarIndex",
        table: TableOfContents,
        segments: Sequence[SegmentContents],
        known_pairs: SimilarPairs | None = None,
    ) -> None:
        self.index = index
        self.generation = table.generation
        self.segments = segments
        self.deleted = [segment.deleted for segment in table.segments]
        self.bases: list[int] = boundaries(np.array([s.document_count for s in segments], np.int64)).tolist()
        self.document_count = self.bases[-1]
        self.columns = ColumnarColumns(segments)
        self.views = [
            SegmentView(self, at, contents, deleted)
            for at, (contents, deleted) in enumerate(zip(segments, self.deleted, strict=True))
        ]
        self.weighed = WeighedWords(_WEIGHED_BYTES + _WEIGHED_BYTES_A_DOCUMENT * self.document_count)
        # Those of this state once they are worked out, until then those of a state before.
        self.known_pairs = known_pairs
        # A question asks for each of its words again and again.
        self.term = lru_cache(maxsize=_MOST_TERMS)(self._term)
        self._statistics: dict[str, FieldStatistics] = {}
        self._article_norms: dict[tuple[object, ...], NDArray[np.float32]] = {}

    @classmethod
    def newest(cls, index: "ColumnarIndex", earlier: "ColumnarSnapshot | None" = None) -> "ColumnarSnapshot":
        """Open the newest state; tries again when a commit deletes files while they are being opened.

        ``earlier`` is a state before, whose opened segments and pairs are used again.
        """
        known = {segment.name: segment for segment in earlier.segments} if earlier else {}
        for attempt in range(_RETRIES + 1):
            try:
                table = TableOfContents.read(index.storage, index.indexname)
                opened = []
                for segment in table.segments:
                    name, size = segment.segment_id(), segment.doc_count_all()
                    contents = known.get(name) or SegmentContents(index.storage, name, size)
                    opened.append(contents.open())
                return cls(index, table, opened, earlier.known_pairs if earlier else None)
            except FileNotFoundError:
                if attempt == _RETRIES:
                    raise
                time.sleep(_RETRY_SECONDS)
        raise AssertionError("unreachable")

    @cached_property
    def live(self) -> Documents:
        """Every paragraph that is not deleted, ascending."""
        return np.flatnonzero(self.live_mask).astype(np.int32)

    @cached_property
    def live_mask(self) -> NDArray[np.bool_]:
        """Which documents are not deleted."""
        mask = np.ones(self.document_count, np.bool_)
        for base, deleted in zip(self.bases, self.deleted, strict=False):
            if deleted is not None:
                mask[base : base + len(deleted)] = ~deleted
        return mask

    def _term(self, field: str, text: bytes) -> Term:
        """Find a term in all segments."""
        numbers, count = [], 0
        for segment in self.segments:
            postings = segment.field(field)
            number = -1 if postings is None else postings.terms.find(text)
            numbers.append(number)
            if postings is not None and number >= 0:
                count += postings.count(number)
        return Term(tuple(numbers), count)

    def live_count(self, field: str, text: bytes) -> int:
        """Count the documents that hold a term and are not deleted."""
        term = self.term(field, text)
        count = term.documents
        for segment, deleted, number in zip(self.segments, self.deleted, term.numbers, strict=True):
            if deleted is not None and number >= 0 and (postings := segment.field(field)) is not None:
                count -= int(np.count_nonzero(deleted[postings.documents(number)]))
        return count

    def postings(self, field: str, term: str) -> Postings:
        """The postings of a term, empty when the index does not know it."""
        documents, frequencies = [], []
        for segment, base, deleted, number in self._found(field, term):
            numbers = segment.documents(number)
            times = segment.frequencies_between(number, number + 1)
            if deleted is not None:
                kept = ~deleted[numbers]
                numbers, times = numbers[kept], times[kept]
            documents.append(numbers + base)
            frequencies.append(times)
        return Postings(joined(documents, np.int32), joined(frequencies, np.float32))

    def terms(self, field: str, prefix: str) -> Sequence[str]:
        """The field's terms that start with ``prefix``, in the order of their code points."""
        start = prefix.encode("utf-8", "replace")
        found: set[bytes] = set()
        for segment in self.segments:
            if (postings := segment.field(field)) is not None:
                found.update(postings.terms.between(*postings.terms.prefix_range(start)))
        return [term.decode() for term in sorted(found)]

    def count_prefix(self, field: str, prefix: str) -> dict[bytes, int]:
        """Count the paragraphs of every term that starts with ``prefix``, deleted ones left out."""
        start = prefix.encode("utf-8", "replace")
        counts: dict[bytes, int] = {}
        for segment, deleted in zip(self.segments, self.deleted, strict=True):
            if (postings := segment.field(field)) is None:
                continue
            first, last = postings.terms.prefix_range(start)
            if first == last:
                continue
            held = postings.terms.document_counts[first:last].astype(np.int64)
            if deleted is not None:
                gone = deleted[postings.documents_between(first, last)].astype(np.int64)
                held = held - np.diff(boundaries(gone)[boundaries(held)])
            for term, count in zip(postings.terms.between(first, last), held.tolist(), strict=True):
                if count:
                    counts[term] = counts.get(term, 0) + count
        return counts

    def articles(self) -> Iterator[tuple[str, str, str]]:
        """Yield every article's id, path and content hash."""
        for segment, deleted in zip(self.segments, self.deleted, strict=True):
            kept = None if deleted is None else ~deleted[segment.column(NUMBER) == 1]
            for at, line in enumerate(segment.articles.lines()):
                if kept is None or kept[at]:
                    yield _ARTICLE.decode(line)

    def lengths(self, field: str) -> NDArray[np.int32]:
        """The field's length in positions, over all document numbers."""
        return joined([segment.lengths(field) for segment in self.segments], np.int32)

    def statistics(self, field: str) -> FieldStatistics:
        """The field's figures over paragraphs that are not deleted."""
        if field not in self._statistics:
            live = self.live_mask & (self.columns.number == 1) if field in TITLE_FIELDS else self.live_mask
            count = int(np.count_nonzero(live))
            total = int(self.lengths(field)[live].sum(dtype=np.int64))
            self._statistics[field] = FieldStatistics(count, total / max(count, 1))
        return self._statistics[field]

    @cached_property
    def article_count(self) -> int:
        """How many articles are not deleted."""
        return int(np.count_nonzero(self.live_mask & (self.columns.number == 1)))

    @cached_property
    def groups(self) -> Groups:
        """The articles by what they say."""
        self.known_pairs = SimilarPairs.of(self.segments, self.known_pairs)
        return Groups.of(self.known_pairs.pairs, self.live_mask[self.columns.article_starts[:-1]])

    @cached_property
    def copies(self) -> Copies:
        """The articles that have copies."""
        return Copies.of(self.groups)

    def article_norms(self, scoring: "Bm25", field: str) -> NDArray[np.float32]:
        """What BM25 measures a frequency in a whole article against, by article ordinal."""
        key = (*scoring.key, field)
        if key not in self._article_norms:
            lengths = np.bincount(self.columns.article, self.lengths(field) * self.live_mask)
            if field in TITLE_OF:
                lengths += np.bincount(self.columns.article, self.lengths(TITLE_OF[field]) * self.live_mask)
            self._article_norms[key] = scoring.article_norms(field, lengths, self.article_count)
        return self._article_norms[key]

    def stored(self, document: int) -> StoredParagraph:
        """The paragraph itself."""
        return self.stored_paragraphs([document])[0]

    def stored_paragraphs(self, documents: Sequence[int]) -> list[StoredParagraph]:
        """Several paragraphs, unpacking what they share once."""
        by_segment: dict[int, list[int]] = {}
        for document in documents:
            by_segment.setdefault(bisect_right(self.bases, document) - 1, []).append(document)
        found: dict[int, StoredParagraph] = {}
        for at, numbers in by_segment.items():
            base = self.bases[at]
            lines = self.segments[at].stored.read_lines([number - base for number in numbers])
            for number, line in zip(numbers, lines, strict=True):
                found[number] = _PARAGRAPH.decode(line)
        return [found[document] for document in documents]

    def _found(self, field: str, term: str) -> list[tuple[Any, int, NDArray[np.bool_] | None, int]]:
        """The segments that know a term, with their first document, their deletions and the term's number."""
        numbers = self.term(field, term.encode("utf-8", "replace")).numbers
        return [
            (segment.field(field), base, deleted, number)
            for segment, base, deleted, number in zip(
                self.segments, self.bases, self.deleted, numbers, strict=False
            )
            if number >= 0
        ]
