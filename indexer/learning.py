"""Learns the words of a corpus while it is read, on the processes that will analyse it."""

from collections import deque
from functools import cache
from typing import TYPE_CHECKING

from analyzers import CorpusLayer, load_lexicon
from analyzers.learning import Counting, Counts
from indexer.workers import Workers

if TYPE_CHECKING:
    from concurrent.futures import Future

# Characters that are counted together, and batches of them that are under way for each process.
_BATCH = 2_000_000
_AHEAD = 2


class Learning:
    """Takes texts in, and has them counted as soon as there are enough to be worth a process."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._counting = Counting(load_lexicon())
        self._texts: list[str] = []
        self._characters = 0
        self._waiting: deque[Future[Counts]] = deque()

    def take(self, text: str) -> None:
        """Take the next text in."""
        self._texts.append(text)
        self._characters += len(text)
        if self._characters >= _BATCH:
            texts, self._texts, self._characters = self._texts, [], 0
            self._count(texts)

    def layer(self) -> CorpusLayer:
        """Give what all the texts teach."""
        self._counting.add(self._counting.count(self._texts))
        while self._waiting:
            self._counting.add(self._waiting.popleft().result())
        return self._counting.layer()

    def _count(self, texts: list[str]) -> None:
        if self._workers.jobs <= 1:
            self._counting.add(self._counting.count(texts))
            return
        self._waiting.append(self._workers.submit(_count, texts))
        if len(self._waiting) >= self._workers.jobs * _AHEAD:
            self._counting.add(self._waiting.popleft().result())


def _count(texts: list[str]) -> Counts:
    return _loaded().count(texts)


@cache
def _loaded() -> Counting:
    """Load, once in a process, what texts are counted with."""
    return Counting(load_lexicon())
