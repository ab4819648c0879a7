"""Keeps the current generation of the index open, so that a rebuild shows up without a restart."""

import gc
from threading import Lock, Timer

from analyzers import load_analyzer
from analyzers.relations import Relations
from indexer.generations import OpenGeneration, open_current
from indexer.names import load_entity_finder
from indexer.settings import Settings
from indexer.workers import seldom_collecting
from searchapp.search import SearchService

# Seconds left to the question that an index was opened for, before all else that it can be asked is prepared.
_FIRST_QUESTION = 1.0
# Words whose readings the analyzer keeps: a page holds some hundred different ones.
_KEPT_WORDS = 8_000


def _exempt_from_collection() -> None:
    """Keep the garbage collector from walking through the tables, which last, while an answer waits."""
    if gc.get_freeze_count():  # by a generation before, which is garbage by now
        gc.unfreeze()
        gc.collect()
    gc.freeze()


class Library:
    """Hands out the search service of the newest generation; safe from several threads."""

    def __init__(self, settings: Settings, *, prepared: bool = False) -> None:
        """Open nothing yet; with ``prepared``, words and entities are read soon after an index opens."""
        self.settings = settings
        self._prepared = prepared
        self._lock = Lock()
        self._open: tuple[OpenGeneration, SearchService] | None = None
        self._former: OpenGeneration | None = None

    def service(self) -> SearchService:
        """Open the index, or open it anew when a newer generation is current.

        Raises ``indexer.generations.NoIndexError`` while nothing has been indexed.
        """
        return self._current()[1]

    @property
    def generation(self) -> int:
        """The number of the generation that answers now."""
        return self._current()[0].number

    def prepare(self) -> None:
        """Read ahead what questions will need, before forking. Raises what :meth:`service` raises."""
        self.service().prepare()
        _exempt_from_collection()

    def close(self) -> None:
        """Let go of the index; whoever asks next opens it again."""
        with self._lock:
            self._retire()
            self._retire()

    def _current(self) -> tuple[OpenGeneration, SearchService]:
        with self._lock:
            if self._open is None or self._open[0].stale():
                with seldom_collecting():
                    generation = open_current(self.settings)
                    service = self._serve(generation)
                self._retire()
                _exempt_from_collection()
                self._open = generation, service
            return self._open

    def _retire(self) -> None:
        """Set the open generation aside; it closes one generation later, when no request reads it."""
        if self._former is not None:
            self._former.engine.close()
        self._former, self._open = (self._open[0] if self._open else None), None

    def _serve(self, generation: OpenGeneration) -> SearchService:
        analyzer = load_analyzer(generation.layer, kept=_KEPT_WORDS)
        finder = load_entity_finder(analyzer, self.settings.analysis, generation.names)
        service = SearchService(
            generation.engine, analyzer, Relations(analyzer), finder, self.settings.search
        )
        if self._prepared:
            preparation = Timer(_FIRST_QUESTION, service.prepare)
            preparation.daemon = True
            preparation.start()
        return service
