"""Puts copies of an article under the best of them, and counts them as one.

Few articles have copies, so only those are looked at; the rest of the ranking never hears of folding.
"""

import numpy as np
from numpy.typing import NDArray

from indexer.similarity import Groups, Ordinals

from .columns import ColumnarColumns
from .packing import run_starts
from .ranking import Kept, Sort, in_order


class Folded:
    """Matches of which only the best article of every group is left in ``kept``; ``count`` are folded away.

    Which that is, ``sort``, ``evidence`` and ``share`` say as for :func:`.ranking.top_articles`.
    """

    def __init__(
        self,
        matches: Kept,
        columns: ColumnarColumns,
        groups: Groups,
        *,
        sort: Sort,
        evidence: NDArray[np.float32] | None,
        share: float,
    ) -> None:
        self._matches = matches
        self._columns = columns
        self._groups = groups
        self._copies = self._behind_the_best(sort, evidence, share)
        self.count = len(self._copies)
        self.kept = matches
        if len(self._copies):
            mask = matches.mask.copy()
            mask[columns.documents_of(self._copies)] = False
            self.kept = Kept(mask, matches.scores, int(np.count_nonzero(mask)))

    def under(self, article: int) -> list[int]:
        """The best paragraphs of the copies that stand under an article, the best copy first."""
        first = self._groups.first
        start, stop = np.searchsorted(first[self._copies], [first[article], first[article] + 1])
        return [self._best_paragraph(copy) for copy in self._copies[start:stop].tolist()]

    def _best_paragraph(self, article: int) -> int:
        documents = self._columns.documents_of(np.array([article]))
        documents = documents[self._matches.mask[documents]]
        return int(documents[self._matches.scores[documents].argmax()])

    def _behind_the_best(self, sort: Sort, evidence: NDArray[np.float32] | None, share: float) -> Ordinals:
        """All matching articles but the best of every group, group after group, the best of each first."""
        matching = matching_members(self._matches, self._columns, self._groups)
        if not len(matching):
            return matching
        documents = self._columns.documents_of(matching)
        documents = documents[self._matches.mask[documents]]
        starts = run_starts(self._columns.article[documents])
        totals = np.maximum.reduceat(self._matches.scores[documents], starts) * np.float32(share)
        if evidence is not None:
            totals += evidence[matching]
        leading = documents[starts]
        ranked = matching[in_order(totals, self._columns.date[leading], leading, sort)]
        ranked = ranked[np.argsort(self._groups.first[ranked], kind="stable")]
        return np.delete(ranked, run_starts(self._groups.first[ranked]))


def matching_members(matches: Kept, columns: ColumnarColumns, groups: Groups) -> Ordinals:
    """The matching articles that have a matching copy, group after group."""
    members = groups.members
    if not len(members):
        return members
    members = members[columns.any_of_articles(matches.mask, members)]
    firsts = run_starts(groups.first[members])
    sizes = np.diff(firsts, append=len(members))
    return members[np.repeat(sizes > 1, sizes)]


def count_copies(matches: Kept, columns: ColumnarColumns, groups: Groups) -> int:
    """Count the matching articles that say what another has said."""
    members = matching_members(matches, columns, groups)
    return len(members) - len(run_starts(groups.first[members]))
