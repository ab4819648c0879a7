"""Finds the few results of a page among many matches, without ordering the rest.

What the order is, :mod:`indexer.engines.ranking` says; here all matches that cannot reach the page are left
out before it is asked. An article scores its best paragraph and less and less of every further one, so no
article scores more than its best paragraph times ``1 / (1 - share)``: with the page's last score known from
the best paragraphs alone, few articles have to be looked at whole.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.evaluation import Matches
from indexer.engines.ranking import Ranked, Sort, rank_articles, rank_paragraphs
from indexer.engines.snapshot import Columns

# With fewer matches than this nothing is gained.
_MANY = 2_000
# Room for the rounding of scores that are added up in another order.
_MARGIN = 0.999


def top_articles(
    matches: Matches, columns: Columns, *, sort: Sort, share: float, offset: int, limit: int
) -> tuple[int, Sequence[Ranked]]:
    """As :func:`indexer.engines.ranking.rank_articles`."""
    documents, scores = matches
    articles = columns.article[documents]
    firsts = np.flatnonzero(_changes(articles))
    wanted = offset + limit
    kept: NDArray[np.bool_] | None = None
    if len(documents) > _MANY and wanted < len(firsts):
        if sort == "relevance" and scores.any():
            kept = _reaching(scores, articles, share, wanted)
        else:
            kept = _dated(columns.date[documents], firsts, sort, wanted)
    if kept is None:
        return rank_articles(matches, columns, sort=sort, share=share, offset=offset, limit=limit)
    # Articles ascend with the documents, so an article is a run of them.
    run = np.cumsum(_changes(articles)) - 1
    whole = np.zeros(len(firsts), np.bool_)
    whole[run[kept]] = True
    places = np.flatnonzero(whole[run])
    few = Matches(documents[places], scores[places])
    _, ranked = rank_articles(few, columns, sort=sort, share=share, offset=offset, limit=limit)
    return len(firsts), [Ranked(places[result.places], result.score) for result in ranked]


def top_paragraphs(
    matches: Matches, columns: Columns, *, sort: Sort, offset: int, limit: int
) -> tuple[int, Sequence[Ranked]]:
    """As :func:`indexer.engines.ranking.rank_paragraphs`."""
    documents, scores = matches
    wanted = offset + limit
    if len(documents) <= max(_MANY, wanted):
        return rank_paragraphs(matches, columns, sort=sort, offset=offset, limit=limit)
    if sort == "relevance" and scores.any():
        kept = scores >= kth_largest(scores, wanted)
    else:
        kept = _dated(columns.date[documents], np.arange(len(documents)), sort, wanted)
    places = np.flatnonzero(kept)
    few = Matches(documents[places], scores[places])
    _, ranked = rank_paragraphs(few, columns, sort=sort, offset=offset, limit=limit)
    articles = int(np.count_nonzero(_changes(columns.article[documents])))
    return articles, [Ranked(places[result.places], result.score) for result in ranked]


def kth_largest(values: NDArray[Any], k: int) -> Any:
    """A bound that at least the ``k`` largest values reach, and not many more (``k`` of them at least 1).

    The largest values of many groups are found by one vectorised pass; the k-th largest of those is reached
    by at least ``k`` values, one a group.
    """
    groups = len(values) // _GROUP
    if groups <= k:
        return np.partition(values, len(values) - k)[len(values) - k]
    largest = values[: groups * _GROUP].reshape(_GROUP, groups).max(axis=0)
    return np.partition(largest, groups - k)[groups - k]


_GROUP = 16


def _reaching(
    scores: NDArray[np.float32], articles: NDArray[np.int32], share: float, wanted: int
) -> NDArray[np.bool_] | None:
    """Mark the paragraphs whose article can reach the page; ``None`` when that cannot be said."""
    if share >= 1 or not wanted:
        return None
    # Articles have several paragraphs among the best, so more paragraphs than articles are looked at.
    best = np.flatnonzero(scores >= kth_largest(scores, min(4 * wanted, len(scores))))
    best = best[np.lexsort((-scores[best], articles[best]))]
    leading = np.sort(scores[best[_changes(articles[best])]])
    if len(leading) < wanted:
        return None
    reached: NDArray[np.bool_] = scores >= leading[-wanted] * np.float32((1 - share) * _MARGIN)
    return reached


def _dated(
    dates: NDArray[np.int32], firsts: NDArray[np.intp], sort: Sort, wanted: int
) -> NDArray[np.bool_] | None:
    """Mark the paragraphs of the days that reach the page; those without a day come last in any order."""
    if not wanted:
        return None
    keys = dates
    if sort == "oldest":
        keys = np.where(dates == 0, np.iinfo(np.int32).min, -dates)
    reached: NDArray[np.bool_] = keys >= kth_largest(keys[firsts], min(wanted, len(firsts)))
    return reached


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark the first of every run of equal values."""
    changes = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes
