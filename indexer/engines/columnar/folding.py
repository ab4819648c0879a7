"""Puts copies of an article under the best of them, and counts them as one.

Few articles have copies, so only those are looked at; the rest of the ranking never hears of folding.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.similarity import Groups, Ordinals

from .columns import ColumnarColumns
from .packing import ragged, run_starts
from .ranking import Kept, Sort, in_order

Mask = NDArray[np.bool_]


class Copies(NamedTuple):
    """The articles that have copies, group after group, and all paragraphs of theirs.

    ``starts`` is where each article's begin in ``documents``, ``group_starts`` where each group begins in
    ``articles``, and ``group`` tells an article's.
    """

    articles: Ordinals
    group: Ordinals
    group_starts: NDArray[np.intp]
    documents: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, groups: Groups, columns: ColumnarColumns) -> "Copies":
        """Find them once for a state."""
        articles = groups.members
        group = groups.first[articles]
        firsts = columns.article_starts[articles]
        sizes = columns.article_starts[articles + 1] - firsts
        return cls(articles, group, run_starts(group), ragged(firsts, sizes), np.cumsum(sizes) - sizes)

    def matching(self, mask: Mask) -> tuple[Mask, NDArray[np.int64]]:
        """Which of the articles have a marked paragraph, and how many of each group."""
        if not len(self.articles):
            return np.zeros(0, np.bool_), np.zeros(0, np.int64)
        matching = np.logical_or.reduceat(mask[self.documents], self.starts)
        return matching, np.add.reduceat(matching, self.group_starts, dtype=np.int64)

    def count(self, mask: Mask) -> int:
        """Count the articles with a marked paragraph that say what another of them says."""
        _, in_group = self.matching(mask)
        return int((in_group[in_group > 1] - 1).sum())


class Folded:
    """Matches of which only the best article of every group is left in ``kept``; ``count`` are folded away.

    Which that is, ``sort``, ``evidence`` and ``share`` say as for :func:`.ranking.top_articles`.
    """

    def __init__(
        self,
        matches: Kept,
        columns: ColumnarColumns,
        copies: Copies,
        *,
        sort: Sort,
        evidence: NDArray[np.float32] | None,
        share: float,
    ) -> None:
        self._matches = matches
        self._columns = columns
        self._copies = copies
        places = self._behind_the_best(sort, evidence, share)
        self._articles = copies.articles[places]
        self._group = copies.group[places]
        self.count = len(places)
        self.kept = matches
        if self.count:
            mask = matches.mask.copy()
            mask[columns.documents_of(self._articles)] = False
            self.kept = Kept(mask, matches.scores, int(np.count_nonzero(mask)))

    def under(self, group: int) -> Ordinals:
        """The articles that stand under the best of a group, the best of them first."""
        start, stop = np.searchsorted(self._group, [group, group + 1])
        return self._articles[start:stop]

    def best_paragraph(self, article: int) -> int:
        """The paragraph that a matching article is shown by."""
        documents = self._columns.documents_of(np.array([article]))
        documents = documents[self._matches.mask[documents]]
        return int(documents[self._matches.scores[documents].argmax()])

    def _behind_the_best(
        self, sort: Sort, evidence: NDArray[np.float32] | None, share: float
    ) -> NDArray[np.intp]:
        """The places in the copies of all that match but the best of every group, group after group."""
        copies, (mask, scores, _) = self._copies, self._matches
        matching, in_group = copies.matching(mask)
        sizes = np.diff(copies.group_starts, append=len(copies.articles))
        places = np.flatnonzero(matching & np.repeat(in_group > 1, sizes))
        if not len(places):
            return places
        scored = np.where(mask[copies.documents], scores[copies.documents], np.float32(0))
        totals = np.maximum.reduceat(scored, copies.starts)[places] * np.float32(share)
        if evidence is not None:
            totals += evidence[copies.articles[places]]
        firsts = copies.documents[copies.starts[places]]
        ranked = places[in_order(totals, self._columns.date[firsts], firsts, sort)]
        ranked = ranked[np.argsort(copies.group[ranked], kind="stable")]
        return np.delete(ranked, run_starts(copies.group[ranked]))
