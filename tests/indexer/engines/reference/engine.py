"""Stock Whoosh, asked through its own readers: slow, plain, and what our own index is compared with."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.index import create_in

from indexer.engine import SearchRequest, SearchResponse
from indexer.settings import SearchSettings

from .answering import answer
from .schema import schema
from .snapshot import Segment, WhooshSnapshot
from .writing import WhooshBatch


class Reference:
    """A Whoosh index with Whoosh's own codec, for as much of an engine as answers questions."""

    def __init__(self, index: Any, settings: SearchSettings) -> None:
        self._index = index
        self._settings = settings
        self._segments: dict[str, Segment] = {}
        self._current = WhooshSnapshot(index.reader(), self._segments)

    @classmethod
    def create(cls, path: Path, settings: SearchSettings) -> "Reference":
        path.mkdir(parents=True, exist_ok=True)
        return cls(create_in(str(path), schema()), settings)

    @contextmanager
    def batch(self) -> Iterator[WhooshBatch]:
        batch = WhooshBatch(self._index)
        try:
            yield batch
        except BaseException:
            batch.cancel()
            raise
        batch.commit()
        self._current.close()
        self._current = WhooshSnapshot(self._index.reader(), self._segments)

    def search(self, request: SearchRequest) -> SearchResponse:
        return answer(request, self._current, self._settings)

    def snapshot(self) -> WhooshSnapshot:
        """The newest committed state."""
        return self._current

    def close(self) -> None:
        self._current.close()
