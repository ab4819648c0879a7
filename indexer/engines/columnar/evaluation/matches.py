"""Which documents of a segment match and how well, as a list of them or as a mask over all."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..packing import run_starts

Documents = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float32]

# Below this ratio of sizes, looking up the few in the many by bisection beats marking all of them.
_FEW = 16


class Matches:
    """The matches of one query in one segment of ``size`` documents; the arrays must not be written to.

    Few matches are kept as ascending document numbers with their scores, many as a mask with scores over
    all documents (0 where nothing matches). ``None`` for scores means that all are 0. Where all matches are
    ``positive``, having scores above 0, scores over all documents tell alone what matches.
    """

    __slots__ = ("_documents", "_mask", "_scores", "positive", "size")

    def __init__(
        self,
        size: int,
        documents: Documents | None,
        mask: Mask | None,
        scores: Scores | None,
        *,
        positive: bool = False,
    ) -> None:
        self.size = size
        self._documents = documents
        self._mask = mask
        self._scores = scores
        self.positive = positive

    @classmethod
    def listed(
        cls, size: int, documents: Documents, scores: Scores | None = None, *, positive: bool = False
    ) -> "Matches":
        """Matches by their numbers, ``scores`` one a number."""
        return cls(size, documents, None, scores, positive=positive)

    @classmethod
    def spread(cls, scores: Scores) -> "Matches":
        """Matches by their scores over all documents, above 0 where one matches and nowhere else."""
        return cls(len(scores), None, None, scores, positive=True)

    @classmethod
    def none(cls, size: int) -> "Matches":
        """No match at all."""
        return cls(size, np.zeros(0, np.intp), None, None, positive=True)

    @classmethod
    def masked(cls, mask: Mask, scores: Scores | None = None) -> "Matches":
        """Matches by a mask, ``scores`` one a document of the segment."""
        return cls(len(mask), None, mask, scores)

    @property
    def is_listed(self) -> bool:
        """Whether the numbers are at hand and the scores belong to them."""
        return self._documents is not None

    @property
    def scored(self) -> bool:
        """Whether any score may differ from 0."""
        return self._scores is not None

    @property
    def documents(self) -> Documents:
        """The matching documents, ascending."""
        if self._documents is not None:
            return self._documents
        return np.flatnonzero(self.mask)

    @property
    def mask(self) -> Mask:
        """Which documents match."""
        if self._mask is not None:
            return self._mask
        if self._documents is None:
            return np.greater(self.spread_scores, 0)
        mask = np.zeros(self.size, np.bool_)
        mask[self._documents] = True
        return mask

    @property
    def scores(self) -> Scores:
        """The scores of :attr:`documents`."""
        if self._scores is None:
            return np.zeros(len(self.documents), np.float32)
        return self._scores if self.is_listed else self._scores[self.documents]

    @property
    def spread_scores(self) -> Scores:
        """The scores over all documents of the segment, 0 where nothing matches."""
        if self._scores is not None and not self.is_listed:
            return self._scores
        spread = np.zeros(self.size, np.float32)
        if self._scores is not None:
            spread[self._documents] = self._scores
        return spread

    def boosted(self, boost: float) -> "Matches":
        """The same matches with their scores multiplied."""
        if boost == 1.0 or self._scores is None:
            return self
        scores = self._scores * np.float32(boost)
        if self.positive and boost > 0:
            return Matches(self.size, self._documents, None, scores, positive=True)
        return Matches(self.size, self._documents, None if self.is_listed else self.mask, scores)

    def constant(self, score: float) -> "Matches":
        """The same matches, all with one score."""
        scores = None
        if score:
            scores = np.where(self.mask, np.float32(score), np.float32(0))
            if self._documents is not None:
                scores = np.full(len(self._documents), score, np.float32)
        return Matches(self.size, self._documents, None if self.is_listed else self.mask, scores)

    def among(self, kept: Documents) -> "Matches":
        """The matches that are also in ``kept`` (ascending)."""
        if not self.is_listed:
            kept = kept[self.mask[kept]]
            return Matches.listed(self.size, kept, None if self._scores is None else self._scores[kept])
        places = shared_places(self.documents, kept, self.size)
        scores = None if self._scores is None else self._scores[places]
        return Matches.listed(self.size, self.documents[places], scores)

    def without(self, other: "Matches") -> "Matches":
        """The matches that are not among another query's."""
        if self.is_listed:
            kept = np.flatnonzero(~other.contain(self.documents))
            scores = None if self._scores is None else self._scores[kept]
            return Matches.listed(self.size, self.documents[kept], scores)
        mask = self.mask & ~other.mask
        return Matches.masked(mask, None if self._scores is None else self._scores * mask)

    def contain(self, documents: Documents) -> Mask:
        """Which of ``documents`` match."""
        if self._mask is None and self._documents is not None:
            mine = self._documents
            if len(documents) * _FEW < len(mine):
                places = mine.searchsorted(documents)
                found: Mask = mine.take(places, mode="clip") == documents
                return found
        return self.mask[documents]

    def scores_at(self, documents: Documents) -> Scores:
        """The scores of ``documents``, 0 for those that do not match."""
        if self._scores is None:
            return np.zeros(len(documents), np.float32)
        if not self.is_listed:
            return self._scores[documents]
        if not len(self._scores):
            return np.zeros(len(documents), np.float32)
        if len(documents) * _FEW < len(self.documents):
            places = self.documents.searchsorted(documents)
            places[places == len(self.documents)] = 0
            hit = self.documents[places] == documents
            return np.where(hit, self._scores[places], np.float32(0))
        return self.spread_scores[documents]

    def with_scores_of(self, other: "Matches") -> "Matches":
        """The same matches, with the scores they have in another query added."""
        if not other.scored:
            return self
        if self.is_listed:
            scores = self.scores + other.scores_at(self.documents)
            return Matches.listed(self.size, self.documents, scores)
        return Matches.masked(self.mask, self.spread_scores + other.spread_scores * self.mask)

    def count_in(self, counts: npt.NDArray[np.uint16]) -> None:
        """Count every match once in an array over all documents."""
        if self._documents is None:
            counts += self.mask
        else:
            counts[self._documents] += np.uint16(1)

    def weigh_in(self, held: Scores, weight: float) -> None:
        """Add a weight to every match in an array over all documents."""
        if self._documents is None:
            held += self.mask * np.float32(weight)
        else:
            held[self._documents] += np.float32(weight)

    def mark_in(self, mask: Mask) -> None:
        """Mark every match in a mask."""
        if self._documents is None:
            mask |= self.mask
        else:
            mask[self._documents] = True

    def add_to(self, scores: Scores) -> None:
        """Add the scores to an array over all documents."""
        if self._scores is None:
            return
        if self._documents is None:
            scores += self._scores
        else:
            scores[self._documents] += self._scores

    def raise_in(self, scores: Scores) -> None:
        """Raise an array over all documents to the scores, where those are higher."""
        if self._scores is None:
            return
        if self._documents is None:
            np.maximum(scores, self._scores, out=scores)
        else:
            scores[self._documents] = np.maximum(scores[self._documents], self._scores)


def both_match(a: Matches, b: Matches) -> Matches:
    """The documents that match twice, with their scores added."""
    if not a.is_listed and not b.is_listed:
        mask = a.mask & b.mask
        if not (a.scored or b.scored):
            return Matches.masked(mask)
        return Matches.masked(mask, (a.spread_scores + b.spread_scores) * mask)
    few, many = (
        (a, b) if a.is_listed and (not b.is_listed or len(a.documents) <= len(b.documents)) else (b, a)
    )
    kept = np.flatnonzero(many.contain(few.documents))
    documents = few.documents[kept]
    if not (a.scored or b.scored):
        return Matches.listed(a.size, documents)
    return Matches.listed(a.size, documents, few.scores[kept] + many.scores_at(documents))


def summed(size: int, found: Sequence[Matches]) -> Matches:
    """The documents that any of some queries matches, scores added; all are positive."""
    if _are_few(size, found):
        return _merged(size, found, np.add)
    scores = np.zeros(size, np.float32)
    for matches in found:
        matches.add_to(scores)
    return Matches.spread(scores)


def highest(size: int, found: Sequence[Matches]) -> Matches:
    """The documents that any of some queries matches, each with its highest score; all are positive."""
    if _are_few(size, found):
        return _merged(size, found, np.maximum)
    scores = np.zeros(size, np.float32)
    for matches in found:
        matches.raise_in(scores)
    return Matches.spread(scores)


def _are_few(size: int, found: Sequence[Matches]) -> bool:
    """Whether sorting the matches beats going through all documents."""
    return all(matches.is_listed for matches in found) and size > _FEW * sum(
        len(matches.documents) for matches in found
    )


def _merged(size: int, found: Sequence[Matches], ufunc: np.ufunc) -> Matches:
    found = [matches for matches in found if len(matches.documents)]
    if not found:
        return Matches.none(size)
    if len(found) == 1:
        return found[0]
    documents = np.concatenate([matches.documents for matches in found])
    order = documents.argsort(kind="stable")
    documents = documents[order]
    firsts = run_starts(documents)
    scores = np.concatenate([matches.scores for matches in found])[order]
    return Matches.listed(size, documents[firsts], ufunc.reduceat(scores, firsts), positive=True)


def shared_places(documents: Documents, others: Documents, size: int) -> npt.NDArray[np.intp]:
    """Where in ``documents`` stand those that are also in ``others``; both ascend, below ``size``."""
    if len(others) * _FEW < len(documents):
        places = documents.searchsorted(others)
        return places[documents.take(places, mode="clip") == others] if len(documents) else places[:0]
    if len(documents) * _FEW < len(others):
        places = others.searchsorted(documents)
        return np.flatnonzero(others.take(places, mode="clip") == documents)
    mask = np.zeros(size, np.bool_)
    mask[others] = True
    return np.flatnonzero(mask[documents])
