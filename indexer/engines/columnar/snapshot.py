"""One committed state of the index, as arrays over all its documents.

Segments that stay the same from state to state are opened and decoded once.
"""

import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.engine import StoredParagraph
from indexer.engines.snapshot import Documents, FacetColumn, FieldStatistics, Positions, Postings

from .contents import SegmentContents
from .format import Storage
from .packing import boundaries
from .schema import DATE, LABELS, NUMBER, TITLE_FIELDS
from .toc import TableOfContents

_ARTICLE = msgspec.json.Decoder(tuple[str, str, str])
_RETRIES = 20
_RETRY_SECONDS = 0.02


class ColumnarSnapshot:
    """One committed state; see :class:`indexer.engines.snapshot.Snapshot`. Serves all threads.

    ``earlier`` is the state before, whose opened segments are used again.
    """

    def __init__(self, table: TableOfContents, segments: Sequence[SegmentContents]) -> None:
        self.generation = table.generation
        self.segments = segments
        self.deleted = [segment.deleted for segment in table.segments]
        self.bases: list[int] = boundaries(np.array([s.document_count for s in segments], np.int64)).tolist()
        self.document_count = self.bases[-1]
        self.columns = ColumnarColumns(segments)
        self._lengths: dict[str, NDArray[np.int32]] = {}
        self._statistics: dict[str, FieldStatistics] = {}

    @classmethod
    def newest(
        cls, storage: Storage, indexname: str, earlier: "ColumnarSnapshot | None" = None
    ) -> "ColumnarSnapshot":
        """Open the newest state; tries again when a commit deletes files while they are being opened."""
        known = {segment.name: segment for segment in earlier.segments} if earlier else {}
        for attempt in range(_RETRIES + 1):
            try:
                table = TableOfContents.read(storage, indexname)
                opened = []
                for segment in table.segments:
                    name = segment.segment_id()
                    contents = known.get(name) or SegmentContents(storage, name, segment.doc_count_all())
                    opened.append(contents.open())
                return cls(table, opened)
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

    def postings(self, field: str, term: str) -> Postings:
        """The postings of a term, empty when the index does not know it."""
        documents, frequencies = [], []
        for segment, base, deleted, number in self._found(field, term):
            numbers = segment.documents(number)
            times = segment.frequencies(number).astype(np.float32) + np.float32(1)
            if deleted is not None:
                kept = ~deleted[numbers]
                numbers, times = numbers[kept], times[kept]
            documents.append(numbers + base)
            frequencies.append(times)
        return Postings(_joined(documents, np.int32), _joined(frequencies, np.float32))

    def positions(self, field: str, term: str) -> Positions:
        """The occurrences of a term, for fields that keep positions."""
        documents, positions = [], []
        for segment, base, deleted, number in self._found(field, term):
            times = segment.frequencies(number).astype(np.int64) + 1
            numbers = np.repeat(segment.documents(number), times)
            places = segment.positions(number)
            if deleted is not None:
                kept = ~deleted[numbers]
                numbers, places = numbers[kept], places[kept]
            documents.append(numbers + base)
            positions.append(places)
        return Positions(_joined(documents, np.int32), _joined(positions, np.int32))

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
            held = postings.terms.document_counts[first:last].astype(np.int64)
            if deleted is not None and last > first:
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
        if field not in self._lengths:
            self._lengths[field] = _joined([segment.lengths(field) for segment in self.segments], np.int32)
        return self._lengths[field]

    def statistics(self, field: str) -> FieldStatistics:
        """The field's figures over paragraphs that are not deleted."""
        if field not in self._statistics:
            live = self.live_mask & (self.columns.number == 1) if field in TITLE_FIELDS else self.live_mask
            count = int(np.count_nonzero(live))
            total = int(self.lengths(field)[live].sum(dtype=np.int64))
            self._statistics[field] = FieldStatistics(count, total / max(count, 1))
        return self._statistics[field]

    def stored(self, document: int) -> StoredParagraph:
        """The paragraph itself."""
        return self.stored_paragraphs([document])[0]

    def stored_paragraphs(self, documents: Sequence[int]) -> list[StoredParagraph]:
        """Several paragraphs, inflating what they share once."""
        by_segment: dict[int, list[int]] = {}
        for document in documents:
            by_segment.setdefault(bisect_right(self.bases, document) - 1, []).append(document)
        found: dict[int, StoredParagraph] = {}
        for at, numbers in by_segment.items():
            base = self.bases[at]
            records = self.segments[at].stored.read([number - base for number in numbers])
            for number, record in zip(numbers, records, strict=True):
                found[number] = msgspec.convert(record, StoredParagraph)
        return [found[document] for document in documents]

    def _found(self, field: str, term: str) -> list[tuple[Any, int, NDArray[np.bool_] | None, int]]:
        """The segments that know a term, with their first document, their deletions and the term's number."""
        text = term.encode("utf-8", "replace")
        found = []
        for segment, base, deleted in zip(self.segments, self.bases, self.deleted, strict=False):
            postings = segment.field(field)
            if postings is not None and (number := postings.terms.find(text)) >= 0:
                found.append((postings, base, deleted, number))
        return found


class ColumnarColumns:
    """The columns of all segments, side by side; see :class:`indexer.engines.snapshot.Columns`."""

    def __init__(self, segments: Sequence[SegmentContents]) -> None:
        self._segments = segments
        self._facets: dict[str, FacetColumn] = {}

    @cached_property
    def number(self) -> NDArray[np.int32]:
        """The paragraph's number in its article, from 1."""
        return _joined([segment.column(NUMBER) for segment in self._segments], np.int32)

    @cached_property
    def date(self) -> NDArray[np.int32]:
        """The article's day as ``date.toordinal()`` counts, 0 where it has none."""
        return _joined([segment.column(DATE) for segment in self._segments], np.int32)

    @cached_property
    def article(self) -> NDArray[np.int32]:
        """The article's ordinal, ascending with the document number."""
        ordinals: NDArray[np.int32] = (np.cumsum(self.number == 1) - 1).astype(np.int32)
        return ordinals

    def facet(self, name: str) -> FacetColumn:
        """The values of a facet, with one ordinal an id over all segments."""
        if name not in self._facets:
            self._facets[name] = self._facet(name)
        return self._facets[name]

    def _facet(self, name: str) -> FacetColumn:
        labels: dict[str, str] = {}
        documents, values, base = [], [], 0
        for segment in self._segments:
            if (field := segment.field(name)) is not None:
                ids = [term.decode() for term in field.terms]
                known = segment.facts(LABELS)
                for id_ in ids:
                    labels.setdefault(id_, known.get(f"{name}/{id_}", id_))
                ordinal_of = {id_: ordinal for ordinal, id_ in enumerate(labels)}
                ordinals = np.fromiter((ordinal_of[id_] for id_ in ids), np.int32, len(ids))
                documents.append(field.documents_between(0, len(ids)) + base)
                values.append(np.repeat(ordinals, field.terms.document_counts))
            base += segment.document_count
        holders = _joined(documents, np.int64)
        order = np.argsort(holders, kind="stable")
        counts = np.bincount(holders, minlength=base)
        return FacetColumn(
            boundaries(counts), _joined(values, np.int32)[order], list(labels), list(labels.values())
        )


def _joined(arrays: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    joined: NDArray[Any] = np.concatenate([*arrays, np.zeros(0, dtype)]).astype(dtype, copy=False)
    return joined
