"""Writes batches: segments and deletions become visible by one rename of the table of contents."""

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.engine import AnalyzedArticle, IndexProblemError
from indexer.preparation import PreparedArticles, prepare

from .building import SegmentParts
from .contents import SegmentContents
from .format import CorruptFileError
from .merging import LARGEST, merge, plan_merges, plan_settling
from .schema import ARTICLE_ID, COLUMNS, add_articles, builder
from .segment import ColumnarSegment
from .toc import TableOfContents

if TYPE_CHECKING:
    from .index import ColumnarIndex

# A segment is also full when it holds this many occurrences of terms: about 200 MB while it is built.
_MOST_OCCURRENCES = 16_000_000


class ColumnarBatch:
    """Changes to one index that become visible together; see :class:`indexer.engine.WriteBatch`.

    Raises :class:`IndexProblemError` while another batch is open.
    """

    def __init__(self, index: "ColumnarIndex") -> None:
        self._index = index
        self._storage: Any = index.storage
        make_lock: Any = index.lock
        self._lock = make_lock("WRITELOCK")
        if not self._lock.acquire():
            raise IndexProblemError("the index is being written to by another process; try again later")
        try:
            self._table = TableOfContents.read(self._storage, index.indexname)
        except BaseException:
            self._lock.release()
            raise
        self._contents: dict[str, SegmentContents] = {}
        self._deleted: dict[str, set[int]] = defaultdict(set)
        self._written: list[ColumnarSegment] = []
        self._builder = builder()

    def add(self, articles: AnalyzedArticle | PreparedArticles) -> None:
        """Put an article in, or several, in place of those with the same ids."""
        prepared = prepare([articles]) if isinstance(articles, AnalyzedArticle) else articles
        for article_id in prepared.ids:
            self.delete(article_id)
        full = self._builder.document_count + len(prepared.records) > LARGEST
        if self._builder.document_count and (full or self._builder.occurrences > _MOST_OCCURRENCES):
            self._flush()
        add_articles(self._builder, prepared)

    def delete(self, article_id: str) -> None:
        """Take an article out; one that is not there is no error."""
        term = article_id.encode("utf-8", "replace")
        for segment in self._table.segments:
            field = self._open(segment).field(ARTICLE_ID)
            if field is not None and (number := field.terms.find(term)) >= 0:
                self._deleted[segment.segid].update(field.documents(number).tolist())

    def commit(self) -> None:
        """Make the changes visible, all at once; when interrupted, the old state stands.

        Merging follows as a state of its own, so that nothing waits for it to be found.
        """
        try:
            if self._builder.document_count:
                self._flush()
            if self._written or self._deleted:
                for segment in self._table.segments:
                    if deleted := self._deleted.get(segment.segid):
                        segment.mark_deleted(np.fromiter(deleted, np.int64, len(deleted)))
                self._advance([s for s in [*self._table.segments, *self._written] if s.doc_count()])
                self._merge()
        except BaseException:
            self.cancel()
            raise
        self._lock.release()

    def settle(self) -> None:
        """Merge what is there to the fewest segments, for an index that is asked more than it is added to."""
        try:
            if merges := plan_settling(self._table.segments):
                self._join(merges)
        except BaseException:
            self.cancel()
            raise
        self._lock.release()

    def cancel(self) -> None:
        """Forget the changes; what was written of them is deleted, unless it has become visible already."""
        with suppress(OSError, CorruptFileError):
            name = self._index.indexname
            TableOfContents.read(self._storage, name).clean(self._storage, name)
        self._lock.release()

    def _flush(self) -> None:
        self._written.append(self._write(self._builder.parts()))
        self._builder = builder()

    def _merge(self) -> None:
        while merges := plan_merges(self._table.segments):
            self._join(merges)

    def _join(self, merges: list[tuple[int, int]]) -> None:
        segments = list(self._table.segments)
        for first, last in reversed(merges):
            sources = [(self._open(segment), segment.deleted) for segment in segments[first:last]]
            segments[first:last] = [self._write(merge(sources, COLUMNS))]
        self._advance(segments)

    def _advance(self, segments: list[ColumnarSegment]) -> None:
        """Commit a state and delete the files of the one before."""
        table = TableOfContents(self._table.generation + 1, segments, self._table.outline)
        table.write(self._storage, self._index.indexname)
        self._table = table
        with suppress(OSError):  # a file that cannot be deleted now is deleted by the next commit
            table.clean(self._storage, self._index.indexname)

    def _write(self, parts: SegmentParts) -> ColumnarSegment:
        segment = ColumnarSegment(self._index.indexname)
        parts.write(self._storage, segment)
        return segment

    def _open(self, segment: ColumnarSegment) -> SegmentContents:
        name = segment.segment_id()
        if name not in self._contents:
            self._contents[name] = SegmentContents(self._storage, name, segment.doc_count_all())
        return self._contents[name]
