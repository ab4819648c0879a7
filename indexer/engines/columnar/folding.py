"""Puts copies of an article under the best of them, and counts them as one.

Few articles have copies, so only those are looked at; the rest of the ranking never hears of folding.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.similarity import Groups, Ordinals

from .marked import Marked
from .packing import run_starts
from .ranking import Scores, Sort, in_order

Mask = NDArray[np.bool_]


class Copies(NamedTuple):
    """The articles that have copies, group after group.

    ``group_starts`` is where each group begins in ``articles``, and ``group`` tells an article's.
    """

    articles: Ordinals
    group: Ordinals
    group_starts: NDArray[np.intp]

    @classmethod
    def of(cls, groups: Groups) -> "Copies":
        """Find them once for a state."""
        group = groups.first[groups.members]
        return cls(groups.members, group, run_starts(group))

    def matching(self, found: Marked) -> tuple[Mask, NDArray[np.int64]]:
        """Which of the articles have a marked paragraph, and how many of each group."""
        matching = found.by_article[self.articles] > 0
        if not len(matching):
            return matching, np.zeros(0, np.int64)
        return matching, np.add.reduceat(matching, self.group_starts, dtype=np.int64)

    def count(self, found: Marked) -> int:
        """Count the articles with a marked paragraph that say what another of them says."""
        _, in_group = self.matching(found)
        return int((in_group[in_group > 1] - 1).sum())


class Folded:
    """Matches of which only the best article of every group is left in ``kept``; ``count`` are folded away.

    Which that is, ``sort``, ``evidence`` and ``share`` say as for :func:`.ranking.top_articles`.
    """

    def __init__(
        self,
        found: Marked,
        scores: Scores,
        copies: Copies,
        *,
        sort: Sort,
        evidence: Scores | None,
        share: float,
    ) -> None:
        self._found = found
        self._scores = scores
        self._copies = copies
        places = self._behind_the_best(sort, evidence, share)
        self._articles = copies.articles[places]
        self._group = copies.group[places]
        self.count = len(places)
        self.kept = found.without_articles(self._articles) if self.count else found

    def under(self, group: int) -> Ordinals:
        """The articles that stand under the best of a group, the best of them first."""
        start, stop = np.searchsorted(self._group, [group, group + 1])
        return self._articles[start:stop]

    def best_paragraph(self, article: int) -> int:
        """The paragraph that a matching article is shown by."""
        documents = self._found.columns.documents_of(np.array([article]))
        documents = documents[self._found.mask[documents]]
        return int(documents[self._scores[documents].argmax()])

    def _behind_the_best(self, sort: Sort, evidence: Scores | None, share: float) -> NDArray[np.intp]:
        """The places in the copies of all that match but the best of every group, group after group."""
        copies, columns = self._copies, self._found.columns
        matching, in_group = copies.matching(self._found)
        sizes = np.diff(copies.group_starts, append=len(copies.articles))
        places = np.flatnonzero(matching & np.repeat(in_group > 1, sizes))
        if not len(places):
            return places
        articles = copies.articles[places]
        documents = columns.documents_of(articles)
        sizes = columns.article_sizes[articles]
        scored = np.where(self._found.mask[documents], self._scores[documents], np.float32(0))
        totals = np.maximum.reduceat(scored, np.cumsum(sizes) - sizes) * np.float32(share)
        if evidence is not None:
            totals += evidence[articles]
        firsts = columns.article_starts[articles]
        ranked = places[in_order(totals, columns.date[firsts], firsts, sort)]
        ranked = ranked[np.argsort(copies.group[ranked], kind="stable")]
        return np.delete(ranked, run_starts(copies.group[ranked]))
