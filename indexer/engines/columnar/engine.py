"""The columnar index behind the :class:`indexer.engine.Engine` contract."""

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError

from indexer.engine import (
    Explanation,
    FacetCount,
    Hit,
    IndexProblemError,
    ManifestEntry,
    SearchRequest,
    SearchResponse,
    Stats,
    StoredParagraph,
    TermCount,
)
from indexer.settings import SearchSettings

from .answering import answer
from .caching import RecentCache
from .explanation import Explainer
from .exporting import export
from .format import CorruptFileError, Storage
from .index import DEFAULT_NAME, ColumnarIndex
from .marked import Marked
from .requests import request_key
from .schema import ARTICLE_ID, schema
from .snapshot import ColumnarSnapshot
from .toc import committed, latest_generation
from .verification import verify
from .writer import ColumnarBatch

# An answer with its ten stored articles takes about 100 kB; of the values of a facet, few are shown, but
# whoever asks for all of a large corpus gets megabytes.
_MOST_ANSWERS = 25
_VALUES_AS_LARGE = 500
# Nanoseconds within which two changes of a folder may bear the same time, whatever the file system.
_COARSEST_CLOCK = 2_000_000_000


class ColumnarEngine:
    """The index in the folder ``path``, which must have been made by :meth:`create`.

    Readers share one state and never wait for a writer. Raises :class:`IndexProblemError` for a folder that
    holds no readable index, and wherever something read turns out to be damaged.
    """

    def __init__(self, path: Path, settings: SearchSettings) -> None:
        self._path = path
        self._settings = settings
        self._refreshing = Lock()
        self._answers: RecentCache[SearchResponse] = RecentCache(_MOST_ANSWERS)
        self._storage = _storage(path)
        # When the folder last changed, in nanoseconds, and the newest state it held then.
        self._listed = (-1, -1)
        with _problems(path):
            self._index = ColumnarIndex(self._storage, schema())
            self._current: ColumnarSnapshot | None = ColumnarSnapshot.newest(self._index)

    @classmethod
    def create(cls, path: Path, settings: SearchSettings) -> "ColumnarEngine":
        """Make an empty index in a folder, which is made when missing."""
        path.mkdir(parents=True, exist_ok=True)
        ColumnarIndex.create(_storage(path), schema())
        return cls(path, settings)

    @contextmanager
    def batch(self) -> Iterator[ColumnarBatch]:
        """Open the one write batch."""
        with _problems(self._path, "written"):
            batch = ColumnarBatch(self._index)
        try:
            yield batch
        except BaseException:
            batch.cancel()
            raise
        with _problems(self._path, "written"):
            batch.commit()

    def settle(self) -> None:
        """Merge to the fewest segments: each costs every question the same again for every word."""
        with _problems(self._path, "written"):
            ColumnarBatch(self._index).settle()

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a question."""
        with _problems(self._path):
            snapshot = self.snapshot()
            key = (snapshot.generation, request_key(request))
            if (response := self._answers.get(key)) is None:
                deadline = time.monotonic() + self._settings.time_limit
                response = answer(request, snapshot, self._settings, deadline)
                if response.complete:
                    values = sum(map(len, response.facets.values()))
                    self._answers.put(key, response, 1 + values // _VALUES_AS_LARGE)
            return response

    def export(self, request: SearchRequest) -> Iterator[Hit]:
        """Give every matching paragraph, from the state that answers now."""
        with _problems(self._path):
            yield from export(request, self.snapshot(), self._settings)

    def explain(self, request: SearchRequest, hits: Sequence[Hit]) -> Sequence[Explanation]:
        """Say for each hit where its score comes from."""
        with _problems(self._path):
            explainer = Explainer(request, self.snapshot(), self._settings)
            return [explainer.explain(hit, place) for place, hit in enumerate(hits, request.offset)]

    def article(self, article_id: str) -> Sequence[StoredParagraph]:
        """Give an article's paragraphs in order, none when the index does not hold it."""
        with _problems(self._path):
            snapshot = self.snapshot()
            return snapshot.stored_paragraphs(snapshot.postings(ARTICLE_ID, article_id).documents.tolist())

    def suggest_terms(self, prefix: str, *, field: str = "exact", limit: int = 10) -> Sequence[TermCount]:
        """Give the commonest terms that start with ``prefix``."""
        with _problems(self._path):
            counts = self.snapshot().count_prefix(field, prefix)
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [TermCount(term.decode(), count) for term, count in best]

    def values(self, facet: str) -> Iterator[FacetCount]:
        """Give every value of a facet, the commonest first."""
        with _problems(self._path):
            snapshot = self.snapshot()
            everything = Marked(snapshot.live_mask, snapshot.columns)
            yield from snapshot.columns.facet_values(facet).all_of(everything)

    def count_terms(self, terms: Sequence[str], *, field: str = "text") -> Sequence[int]:
        """Count the paragraphs that hold each of some terms."""
        with _problems(self._path):
            snapshot = self.snapshot()
            return [snapshot.live_count(field, term.encode("utf-8", "replace")) for term in terms]

    def manifest(self) -> Mapping[str, ManifestEntry]:
        """Give every indexed article's path and content hash, by id."""
        with _problems(self._path):
            return {id_: ManifestEntry(path, hash_) for id_, path, hash_ in self.snapshot().articles()}

    def revision(self) -> int:
        """Name the committed state that answers now."""
        with _problems(self._path):
            return self.snapshot().generation

    def stats(self) -> Stats:
        """Count what the index holds."""
        with _problems(self._path):
            snapshot = self.snapshot()
            live = snapshot.live
            dates = snapshot.columns.date[live]
            known = dates[dates > 0]
            return Stats(
                articles=int(np.count_nonzero(snapshot.columns.number[live] == 1)),
                paragraphs=len(live),
                terms=len(snapshot.terms("text", "")),
                date_from=dt.date.fromordinal(int(known.min())) if len(known) else None,
                date_to=dt.date.fromordinal(int(known.max())) if len(known) else None,
                size=sum(file.stat().st_size for file in self._path.rglob("*") if file.is_file()),
                committed=committed(self._path, DEFAULT_NAME, snapshot.generation),
            )

    def verify(self) -> Iterable[str]:
        """Read the whole index and say what is wrong with it."""
        try:
            return list(verify(ColumnarSnapshot.newest(self._index)))
        except (CorruptFileError, OSError) as error:
            return [str(error)]

    def close(self) -> None:
        """Let go of files and memory; whoever still holds an answer keeps it."""
        self._current = None
        self._answers = RecentCache(0)

    def snapshot(self) -> ColumnarSnapshot:
        """The newest committed state."""
        current = self._current
        if current is None:
            raise IndexProblemError(f"the index in {self._path} has been closed")
        if self._newest() in (current.generation, None):
            return current
        with self._refreshing:
            if (current := self._current) is None:
                raise IndexProblemError(f"the index in {self._path} has been closed")
            if self._newest() not in (current.generation, None):
                self._current = current = ColumnarSnapshot.newest(self._index, current)
            return current

    def _newest(self) -> int | None:
        """The number of the newest state, ``None`` when the folder is being deleted while it is read.

        A question looks some thirty times, so the folder is only listed when it has changed. A change within
        the tick of a clock after another shows no other time, so a fresh one is not relied on.
        """
        try:
            changed = self._path.stat().st_mtime_ns
            at, newest = self._listed
            if changed != at:
                newest = latest_generation(self._storage, DEFAULT_NAME)
                if time.time_ns() - changed > _COARSEST_CLOCK:
                    self._listed = changed, newest
        except FileNotFoundError:
            return None
        return None if newest < 0 else newest


def _storage(path: Path) -> Storage:
    folder: Any = FileStorage
    return folder(str(path))


@contextmanager
def _problems(path: Path, use: str = "read") -> Iterator[None]:
    """Turn what can go wrong with an index into the error that a person is shown."""
    try:
        yield
    except EmptyIndexError:
        raise IndexProblemError(f"there is no index in {path}; run `rasad index`") from None
    except CorruptFileError as error:
        raise IndexProblemError(str(error)) from error
    except OSError as error:
        raise IndexProblemError(f"the index in {path} cannot be {use} ({error.strerror})") from error
