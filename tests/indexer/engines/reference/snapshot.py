"""One committed state of a Whoosh index as arrays, read through Whoosh's own readers.

Documents are paragraphs, numbered from 0 over all segments; numbers of deleted paragraphs stay unused. What
does not change while a segment exists (columns, lengths, facet values) is decoded once a segment and handed
from snapshot to snapshot.
"""

import weakref
from bisect import bisect_right
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from indexer.engine import StoredParagraph
from indexer.signatures import SIGNATURE_BYTES
from indexer.similarity import Groups, Signatures, similar_pairs

from .schema import LABEL_SEPARATOR, POSITIONS

Documents = NDArray[np.int32]
Scores = NDArray[np.float32]
Value = TypeVar("Value")

_TITLES = ("title", "title_exact")
_DECODER = msgspec.json.Decoder(StoredParagraph)


class Postings(NamedTuple):
    """The paragraphs that hold a term, ascending, and how often each does; deleted ones are left out."""

    documents: Documents
    frequencies: NDArray[np.float32]


class Positions(NamedTuple):
    """Where a term stands, one entry an occurrence: its paragraph and its position, both ascending."""

    documents: Documents
    positions: NDArray[np.int32]


class FieldStatistics(NamedTuple):
    """What BM25 weighs a field by: the paragraphs that have it, and their mean length in positions."""

    documents: int
    mean_length: float


class FacetColumn(NamedTuple):
    """A facet's values by paragraph: those of paragraph ``d`` are ``values[offsets[d]:offsets[d + 1]]``.

    ``values`` are ordinals into ``ids`` and ``labels``; ``offsets`` has one entry more than the documents.
    """

    offsets: NDArray[np.int64]
    values: NDArray[np.int32]
    ids: Sequence[str]
    labels: Sequence[str]


class Segment:
    """The arrays of one segment, decoded when first asked for; its documents are numbered from 0.

    ``reader`` is the newest snapshot's: those of older ones are closed.
    """

    def __init__(self, reader: IndexReader) -> None:
        self.reader: Any = reader
        self._lengths: dict[str, NDArray[np.int32]] = {}
        self._facets: dict[str, FacetColumn] = {}
        self.size: int = self.reader.doc_count_all()

    @cached_property
    def number(self) -> NDArray[np.int32]:
        """The paragraph's number, by document."""
        return self._column("number")

    @cached_property
    def date(self) -> NDArray[np.int32]:
        """The article's day, by document."""
        return self._column("date")

    @cached_property
    def signatures(self) -> Signatures:
        """The signatures of the articles, in their order."""
        rows = b"".join(self.reader.column_reader("signature").load())
        every = np.frombuffer(rows, np.uint8).reshape(-1, SIGNATURE_BYTES)
        signatures: Signatures = every[self.number == 1]
        return signatures

    def lengths(self, field: str) -> NDArray[np.int32]:
        """The field's length in positions, by document."""
        if field not in self._lengths:
            self._lengths[field] = self._column(f"{field}_length")
        return self._lengths[field]

    def facet(self, name: str) -> FacetColumn:
        """A facet's values by document, its ids in the order of their code points."""
        if name not in self._facets:
            self._facets[name] = self._facet(name)
        return self._facets[name]

    def _column(self, name: str) -> NDArray[np.int32]:
        return np.array(self.reader.column_reader(name).load(), np.int32)

    def _facet(self, name: str) -> FacetColumn:
        ids = [term.decode() for term in self.reader.lexicon(name)]
        found = [list(self.reader.postings(name, id_.encode()).all_ids()) for id_ in ids]
        sizes = [len(documents) for documents in found]
        documents = np.array([document for each in found for document in each], np.int64)
        order = np.argsort(documents, kind="stable")
        values = np.repeat(np.arange(len(ids), dtype=np.int32), sizes)[order]
        counts = np.bincount(documents, minlength=self.size)
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        prefix = f"{name}{LABEL_SEPARATOR}"
        labels: dict[str, str] = {}
        for term in self.reader.expand_prefix("label", prefix.encode()):
            id_, label = term.decode().removeprefix(prefix).split(LABEL_SEPARATOR, 1)
            labels.setdefault(id_, label)
        return FacetColumn(offsets, values, ids, [labels.get(id_, id_) for id_ in ids])


class WhooshSnapshot:
    """One committed state, read-only.

    ``segments`` keeps what was decoded, by segment id, for the next snapshot of the same index. Not for use
    by several threads at once: Whoosh's readers share file positions.
    """

    def __init__(self, reader: IndexReader, segments: MutableMapping[str, Segment]) -> None:
        self._reader: Any = reader
        # A snapshot may be left to whoever still reads it; its files close with the last reference.
        self.close = weakref.finalize(self, self._reader.close)
        leaves = [(leaf, base) for leaf, base in self._reader.leaf_readers() if leaf.segment() is not None]
        self._leaves: list[Any] = [leaf for leaf, _ in leaves]
        self._bases: list[int] = [base for _, base in leaves]
        names = [leaf.segment().segment_id() for leaf in self._leaves]
        for gone in segments.keys() - set(names):
            del segments[gone]
        for name, leaf in zip(names, self._leaves, strict=True):
            if name in segments:
                segments[name].reader = leaf
            else:
                segments[name] = Segment(leaf)
        self._segments = [segments[name] for name in names]
        self._lengths: dict[str, NDArray[np.int32]] = {}
        self._statistics: dict[str, FieldStatistics] = {}
        self._postings: dict[tuple[str, str], Postings] = {}
        self.columns = WhooshColumns(self._segments)

    @cached_property
    def live(self) -> Documents:
        """Every paragraph that is not deleted, ascending."""
        ids = [np.fromiter(leaf.all_doc_ids(), np.int32) + base for leaf, base in self._placed()]
        return _joined(ids, np.int32)

    @cached_property
    def groups(self) -> Groups:
        """The articles by what they say."""
        firsts = self.columns.number == 1
        signatures = [segment.signatures for segment in self._segments]
        whole = np.concatenate([*signatures, np.zeros((0, SIGNATURE_BYTES), np.uint8)])
        pairs = similar_pairs(whole, self.columns.date[firsts])
        return Groups.of(pairs, np.isin(np.flatnonzero(firsts), self.live))

    def postings(self, field: str, term: str) -> Postings:
        """The postings of a term, empty when the index does not know it."""
        if (field, term) not in self._postings:
            rows = self._occurrences(field, term, lambda matcher: matcher.weight())
            self._postings[field, term] = Postings(
                np.array([document for document, _ in rows], np.int32),
                np.array([frequency for _, frequency in rows], np.float32),
            )
        return self._postings[field, term]

    def positions(self, field: str, term: str) -> Positions:
        """The occurrences of a term."""
        rows = self._occurrences(field, term, lambda matcher: POSITIONS.decode_positions(matcher.value()))
        sizes = [len(positions) for _, positions in rows]
        return Positions(
            np.repeat(np.array([document for document, _ in rows], np.int32), sizes),
            np.array([position for _, positions in rows for position in positions], np.int32),
        )

    def terms(self, field: str, prefix: str) -> Sequence[str]:
        """The field's terms that start with ``prefix``."""
        start = prefix.encode("utf-8", "replace")
        found = {term for leaf in self._leaves for term in leaf.expand_prefix(field, start)}
        return [term.decode() for term in sorted(found)]

    def lengths(self, field: str) -> NDArray[np.int32]:
        """The field's length in positions, over all document numbers."""
        if field not in self._lengths:
            self._lengths[field] = _joined([segment.lengths(field) for segment in self._segments], np.int32)
        return self._lengths[field]

    def statistics(self, field: str) -> FieldStatistics:
        """The field's figures over paragraphs that are not deleted."""
        if field not in self._statistics:
            live = self.live[self.columns.number[self.live] == 1] if field in _TITLES else self.live
            total = int(self.lengths(field)[live].sum())
            self._statistics[field] = FieldStatistics(len(live), total / max(len(live), 1))
        return self._statistics[field]

    def stored(self, document: int) -> StoredParagraph:
        """The paragraph itself."""
        leaf = bisect_right(self._bases, document) - 1
        fields = self._leaves[leaf].stored_fields(document - self._bases[leaf])
        return _DECODER.decode(fields["paragraph"])

    def _placed(self) -> Iterable[tuple[Any, int]]:
        return zip(self._leaves, self._bases, strict=True)

    def _occurrences(self, field: str, term: str, read: Callable[[Any], Value]) -> list[tuple[int, Value]]:
        """Walk a term's postings in all segments."""
        text = term.encode("utf-8", "replace")
        rows: list[tuple[int, Value]] = []
        for leaf, base in self._placed():
            if (field, text) not in leaf:
                continue
            matcher = leaf.postings(field, text)
            while matcher.is_active():
                rows.append((matcher.id() + base, read(matcher)))
                matcher.next()
        return rows


class WhooshColumns:
    """The columns of all segments, side by side, deleted paragraphs included."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._facets: dict[str, FacetColumn] = {}

    @cached_property
    def number(self) -> NDArray[np.int32]:
        """The paragraph's number in its article."""
        return _joined([segment.number for segment in self._segments], np.int32)

    @cached_property
    def date(self) -> NDArray[np.int32]:
        """The article's day."""
        return _joined([segment.date for segment in self._segments], np.int32)

    @cached_property
    def article(self) -> NDArray[np.int32]:
        """The article's ordinal: every article begins with its paragraph 1, the others beside it."""
        ordinals: NDArray[np.int32] = (np.cumsum(self.number == 1) - 1).astype(np.int32)
        return ordinals

    def facet(self, name: str) -> FacetColumn:
        """The values of a facet, with one ordinal an id over all segments."""
        if name not in self._facets:
            self._facets[name] = _merged([segment.facet(name) for segment in self._segments])
        return self._facets[name]


def _merged(columns: Sequence[FacetColumn]) -> FacetColumn:
    labels: dict[str, str] = {}
    for column in columns:
        for id_, label in zip(column.ids, column.labels, strict=True):
            labels.setdefault(id_, label)
    ordinals = {id_: ordinal for ordinal, id_ in enumerate(labels)}
    values = [np.array([ordinals[id_] for id_ in column.ids], np.int32)[column.values] for column in columns]
    sizes = [np.diff(column.offsets) for column in columns]
    offsets = np.concatenate(([0], np.cumsum(_joined(sizes, np.int64))))
    return FacetColumn(offsets, _joined(values, np.int32), list(labels), list(labels.values()))


def _joined(arrays: Sequence[NDArray[Any]], dtype: type[Any]) -> NDArray[Any]:
    joined: NDArray[Any] = np.concatenate([*arrays, np.zeros(0, dtype)]).astype(dtype, copy=False)
    return joined
