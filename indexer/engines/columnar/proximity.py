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

from .evaluation import occurrences
from .packing import boundaries
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
_POSITION_BITS = 24


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
        found = [*[first[at]._replace(score=float(totals[at])) for at in order.tolist()], *rest][stretch]
        return [self._ordered(result, scores) for result in found]

    def _ordered(self, result: Ranked, scores: Scores) -> Ranked:
        order = np.argsort(-scores[result.places], kind="stable")
        return result._replace(places=result.places[order])

    def bonuses(self, documents: NDArray[np.intp]) -> Scores:
        """Return what nearness adds to the scores of documents (ascending)."""
        bonuses = np.zeros(len(documents), np.float32)
        places: dict[int, Keys] = {at: self._keys(text, documents) for at, (text, _) in self._words.items()}
        for one, other in pairwise(places):
            nearness = _nearness(places[one], places[other], other - one, documents)
            bonuses += np.float32(min(self._words[one][1], self._words[other][1])) * nearness
        return bonuses * np.float32(self._weight)

    def _keys(self, terms: list[bytes], documents: NDArray[np.intp]) -> Keys:
        """Where a word stands: document numbers above, positions below, ascending."""
        parts = []
        for view in self._snapshot.views:
            inside = documents[
                documents.searchsorted(view.base) : documents.searchsorted(view.base + view.size)
            ]
            if len(inside):
                keys = occurrences(self._snapshot, view, _FIELD, terms, inside - view.base)
                parts.append(keys + (np.int64(view.base) << _POSITION_BITS))
        return np.concatenate(parts)


def _nearness(one: Keys, other: Keys, distance: int, documents: NDArray[np.intp]) -> Scores:
    """How near two words come to standing ``distance`` apart, from 0 to 1, in each document."""
    nearest = np.zeros(len(documents), np.float32)
    if not len(one) or not len(other):
        return nearest
    wanted = other - distance
    after = np.minimum(one.searchsorted(wanted), len(one) - 1)
    before = np.maximum(after - 1, 0)
    missed = np.minimum(np.abs(one[after] - wanted), np.abs(wanted - one[before]))
    reached = missed <= _FARTHEST
    at = documents.searchsorted(other[reached] >> _POSITION_BITS)
    np.maximum.at(nearest, at, 1 / (1 + missed[reached].astype(np.float32)))
    return nearest
