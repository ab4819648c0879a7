"""Raises what holds a question's words near each other, in the order and at the distances of the question.

Only the best of what was found is looked at again, because reading positions costs more than scores. For two
words side by side in the question, a paragraph gets the lesser of their idf, divided by one more than the
number of words by which their nearest occurrences miss the question's own distance: «وزیر خارجه» counts full,
«وزیر امور خارجه» half. (After Rasolofo and Savoy 2003 and Büttcher, Clarke and Lushman 2006.)
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .evaluation import POSITION_BITS, occurrences
from .packing import boundaries, run_starts
from .ranking import Ranked, in_order
from .scoring import Bm25

if TYPE_CHECKING:
    from .snapshot import ColumnarSnapshot

Scores = NDArray[np.float32]
Keys = NDArray[np.int64]

# Of so many articles, or paragraphs where those are ranked, the words' places are looked at.
RESCORED = 100
_FIELD = "text"
# Words that miss their distance by more say nothing of each other.
_FARTHEST = 8


class Proximity:
    """What nearness adds for the words of one question, each a list of alternative terms, empty for a gap."""

    def __init__(
        self, words: Sequence[Sequence[str]], snapshot: "ColumnarSnapshot", scoring: Bm25, weight: float
    ) -> None:
        self._snapshot = snapshot
        self._weight = weight
        self._words: dict[int, tuple[list[bytes], float]] = {}
        for place, terms in enumerate(words):
            encoded = [term.encode("utf-8", "replace") for term in terms]
            holding = max((snapshot.live_count(_FIELD, text) for text in encoded), default=0)
            if holding:
                self._words[place] = encoded, scoring.idf(snapshot, _FIELD, holding)

    @property
    def applies(self) -> bool:
        """Whether there are words that can be near each other."""
        return self._weight > 0 and len(self._words) > 1

    def rescored(
        self, ranked: Sequence[Ranked], scores: Scores, share: float, stretch: slice
    ) -> Sequence[Ranked]:
        """Order the first results anew by their scores with what nearness adds, and give a stretch of all.

        ``scores`` (one a document) are raised in place; ``share`` of its best paragraph's is a result's.
        """
        first, rest = ranked[:RESCORED], ranked[RESCORED:]
        if not first:
            return ranked
        places = np.concatenate([result.places for result in first])
        starts = boundaries(np.array([len(result.places) for result in first]))[:-1]
        before = np.maximum.reduceat(scores[places], starts)
        documents = np.sort(places)
        scores[documents] += self.bonuses(documents)
        now = np.maximum.reduceat(scores[places], starts)
        totals = np.array([result.score for result in first]) + share * (now - before).astype(np.float64)
        leading = np.minimum.reduceat(places, starts)
        order = in_order(totals, self._snapshot.columns.date[leading], leading, "relevance")
        shown = [(first[at].places, float(totals[at])) for at in order.tolist()[stretch]]
        shown += rest[max(stretch.start - len(first), 0) : max(stretch.stop - len(first), 0)]
        return [Ranked(places[np.argsort(-scores[places], kind="stable")], score) for places, score in shown]

    def bonuses(self, documents: NDArray[np.intp]) -> Scores:
        """Return what nearness adds to the scores of documents (ascending)."""
        pairs = list(pairwise(self._words))
        idf = [min(self._words[one][1], self._words[other][1]) for one, other in pairs]
        distances = np.array([other - one for one, other in pairs])
        nearest = _nearest(self._places(documents), distances, documents, self._snapshot.document_count)
        bonuses = np.zeros(len(documents), np.float32)
        # Added up one by one, as NumPy's own sums depend on how many documents there are.
        for nearness in nearest * np.array(idf, np.float32)[:, None]:
            bonuses += nearness
        return bonuses * np.float32(self._weight)

    def _places(self, documents: NDArray[np.intp]) -> list[Keys]:
        """Where each word stands: document numbers above, positions below, ascending."""
        words = [terms for terms, _ in self._words.values()]
        parts: list[list[Keys]] = [[] for _ in words]
        for view in self._snapshot.views:
            first, last = documents.searchsorted([view.base, view.base + view.size])
            if first < last:
                inside = documents[first:last] - view.base
                for part, keys in zip(
                    parts, occurrences(self._snapshot, view, _FIELD, words, inside), strict=True
                ):
                    part.append(keys + (np.int64(view.base) << POSITION_BITS))
        return [np.concatenate(part) for part in parts]


def _nearest(
    places: Sequence[Keys], distances: NDArray[np.int64], documents: NDArray[np.intp], document_count: int
) -> Scores:
    """How near each word and the next come to standing so far apart, from 0 to 1: a row a pair of words.

    All pairs are looked at together, each as if it stood in documents of its own.
    """
    apart = np.arange(len(distances)) * document_count << POSITION_BITS
    sizes = [len(keys) for keys in places]
    one = np.concatenate(places[:-1]) + np.repeat(apart, sizes[:-1])
    other = np.concatenate(places[1:])
    nearest = np.zeros((len(distances), len(documents)), np.float32)
    if not len(one) or not len(other):
        return nearest
    wanted = other + np.repeat(apart - distances, sizes[1:])
    after = np.minimum(one.searchsorted(wanted), len(one) - 1)
    before = np.maximum(after - 1, 0)
    missed = np.minimum(np.abs(one[after] - wanted), np.abs(wanted - one[before]))
    reached = np.flatnonzero(missed <= _FARTHEST)
    pair = np.repeat(np.arange(len(distances)), sizes[1:])[reached]
    at = pair * len(documents) + documents.searchsorted(other[reached] >> POSITION_BITS)
    if len(at):
        starts = run_starts(at)
        nearness = 1 / (1 + missed[reached].astype(np.float32))
        nearest.reshape(-1)[at[starts]] = np.maximum.reduceat(nearness, starts)
    return nearest
