"""A Whoosh index behind the :class:`indexer.engine.Engine` contract."""

import datetime as dt
import pickle
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from whoosh.index import EmptyIndexError, create_in, open_dir
from whoosh.index import IndexError as WhooshIndexError

from indexer.engine import (
    IndexProblemError,
    ManifestEntry,
    SearchRequest,
    SearchResponse,
    Stats,
    StoredParagraph,
    TermCount,
)
from indexer.engines.answering import answer
from indexer.engines.verification import verify
from indexer.engines.whoosh.schema import schema
from indexer.engines.whoosh.snapshot import Segment, WhooshSnapshot
from indexer.engines.whoosh.writing import WhooshBatch
from indexer.settings import SearchSettings

# What Whoosh raises over a table of contents or a segment that is damaged.
_UNREADABLE = (
    OSError,
    WhooshIndexError,
    pickle.UnpicklingError,
    struct.error,
    EOFError,
    ValueError,
    AttributeError,
)


class WhooshEngine:
    """The index in the folder ``path``, which must have been made by :meth:`create`.

    Reads are serialised, because Whoosh's readers share file positions. Raises :class:`IndexProblemError`
    for a folder that holds no readable index.
    """

    def __init__(self, path: Path, settings: SearchSettings) -> None:
        self._path = path
        self._settings = settings
        self._lock = RLock()
        self._segments: dict[str, Segment] = {}
        try:
            index: Any = open_dir(str(path), schema=schema())
            self._index = index
            self._generation: int = self._index.latest_generation()
            self._current = WhooshSnapshot(self._index.reader(), self._segments)
        except EmptyIndexError:
            raise IndexProblemError(f"there is no index in {path}; run `rasad index`") from None
        except _UNREADABLE as error:
            raise IndexProblemError(
                f"the index in {path} cannot be read ({error}); run `rasad index --rebuild`"
            ) from error

    @classmethod
    def create(cls, path: Path, settings: SearchSettings) -> "WhooshEngine":
        """Make an empty index in a folder, which is made when missing."""
        path.mkdir(parents=True, exist_ok=True)
        create_in(str(path), schema())
        return cls(path, settings)

    @contextmanager
    def batch(self) -> Iterator[WhooshBatch]:
        """Open the one write batch."""
        batch = WhooshBatch(self._index)
        try:
            yield batch
        except BaseException:
            batch.cancel()
            raise
        batch.commit()

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a question."""
        with self._snapshot() as snapshot:
            return answer(request, snapshot, self._settings)

    def article(self, article_id: str) -> Sequence[StoredParagraph]:
        """Give an article's paragraphs in order, none when the index does not hold it."""
        with self._snapshot() as snapshot:
            documents = snapshot.postings("article_id", article_id).documents
            return [snapshot.stored(int(document)) for document in documents]

    def suggest_terms(self, prefix: str, *, field: str = "exact", limit: int = 10) -> Sequence[TermCount]:
        """Give the commonest terms that start with ``prefix``."""
        with self._snapshot() as snapshot:
            counted = [
                TermCount(term, len(snapshot.postings(field, term).documents))
                for term in snapshot.terms(field, prefix)
            ]
        present = [each for each in counted if each.count]
        return sorted(present, key=lambda each: (-each.count, each.term))[:limit]

    def manifest(self) -> Mapping[str, ManifestEntry]:
        """Give every indexed article's path and content hash, by id."""
        with self._snapshot() as snapshot:
            firsts = snapshot.live[snapshot.columns.number[snapshot.live] == 1]
            stored = (snapshot.stored(int(document)) for document in firsts)
            return {each.article_id: ManifestEntry(each.path, each.content_hash) for each in stored}

    def revision(self) -> int:
        """Name the committed state that answers now."""
        with self._snapshot():
            return self._generation

    def stats(self) -> Stats:
        """Count what the index holds."""
        with self._snapshot() as snapshot:
            live = snapshot.live
            dates = snapshot.columns.date[live]
            known = dates[dates > 0]
            return Stats(
                articles=int((snapshot.columns.number[live] == 1).sum()),
                paragraphs=len(live),
                terms=len(snapshot.terms("text", "")),
                date_from=dt.date.fromordinal(int(known.min())) if len(known) else None,
                date_to=dt.date.fromordinal(int(known.max())) if len(known) else None,
                size=sum(file.stat().st_size for file in self._path.rglob("*") if file.is_file()),
            )

    def verify(self) -> Iterable[str]:
        """Read the whole index and say what is wrong with it."""
        with self._snapshot() as snapshot:
            return list(verify(snapshot))

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._current.close()

    @contextmanager
    def _snapshot(self) -> Iterator[WhooshSnapshot]:
        """The newest committed state, for this thread alone until it is let go."""
        with self._lock:
            generation = self._index.latest_generation()
            if generation != self._generation:
                newer = WhooshSnapshot(self._index.reader(), self._segments)
                self._current.close()
                self._current, self._generation = newer, generation
            yield self._current
