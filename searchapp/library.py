"""Keeps the current generation of the index open, so that a rebuild shows up without a restart."""

from threading import Lock

from analyzers import load_analyzer
from analyzers.entities import EntityFinder
from analyzers.relations import Relations
from indexer.generations import OpenGeneration, open_current
from indexer.settings import Settings
from searchapp.search import SearchService


class Library:
    """Hands out the search service of the newest generation; safe from several threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = Lock()
        self._open: tuple[OpenGeneration, SearchService] | None = None

    def service(self) -> SearchService:
        """Open the index, or open it anew when a newer generation is current.

        Raises ``indexer.generations.NoIndexError`` while nothing has been indexed.
        """
        return self._current()[1]

    @property
    def generation(self) -> int:
        """The number of the generation that answers now."""
        return self._current()[0].number

    def _current(self) -> tuple[OpenGeneration, SearchService]:
        with self._lock:
            # The generation that is left closes with the last request that still reads it.
            if self._open is None or self._open[0].stale():
                generation = open_current(self.settings)
                self._open = generation, self._serve(generation)
            return self._open

    def _serve(self, generation: OpenGeneration) -> SearchService:
        analyzer = load_analyzer(generation.layer)
        relations, finder = Relations(analyzer), EntityFinder(analyzer)
        return SearchService(generation.engine, analyzer, relations, finder, self.settings.search)
