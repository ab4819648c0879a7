"""Finds the few results of a page among many matches, without ordering the rest.

What the order is, :mod:`indexer.engines.ranking` says; here all matches that cannot reach the page are left
out before it is asked. What an article of n paragraphs can score at most and at least follows from its best
and its worst: only articles whose most reaches the least of the page's last one are looked at whole.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.evaluation import Matches
from indexer.engines.ranking import Ranked, Sort, rank_articles, rank_paragraphs
from indexer.engines.snapshot import Columns

from .packing import ragged

# With fewer matches than this nothing is gained.
_MANY = 2_000
# Room for the rounding of scores that are added up in another order.
_MARGIN = 0.999


def top_articles(
    matches: Matches, columns: Columns, *, sort: Sort, share: float, offset: int, limit: int
) -> tuple[int, Sequence[Ranked]]:
    """As :func:`indexer.engines.ranking.rank_articles`."""
    documents, scores = matches
    new_article = _changes(columns.article[documents])
    firsts = np.flatnonzero(new_article)
    wanted = offset + limit
    if not limit:
        return len(firsts), []
    if len(documents) <= _MANY or wanted >= len(firsts):
        return rank_articles(matches, columns, sort=sort, share=share, offset=offset, limit=limit)
    if sort == "relevance" and scores.any():
        reaching = _reaching(scores, firsts, share, wanted)
    else:
        reaching = _dated(columns.date[documents[firsts]], sort, wanted)
    sizes = np.diff(firsts, append=len(documents))
    places = ragged(firsts[reaching], sizes[reaching])
    few = Matches(documents[places], scores[places])
    _, ranked = rank_articles(few, columns, sort=sort, share=share, offset=offset, limit=limit)
    return len(firsts), [Ranked(places[result.places], result.score) for result in ranked]


def top_paragraphs(
    matches: Matches, columns: Columns, *, sort: Sort, offset: int, limit: int
) -> tuple[int, Sequence[Ranked]]:
    """As :func:`indexer.engines.ranking.rank_paragraphs`."""
    documents, scores = matches
    wanted = offset + limit
    if not limit or len(documents) <= max(_MANY, wanted):
        return rank_paragraphs(matches, columns, sort=sort, offset=offset, limit=limit)
    if sort == "relevance" and scores.any():
        kept = scores >= kth_largest(scores, wanted)
    else:
        kept = _dated(columns.date[documents], sort, wanted)
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
    scores: NDArray[np.float32], firsts: NDArray[np.intp], share: float, wanted: int
) -> NDArray[np.bool_]:
    """Mark the articles that can reach the page by the most and the least they can score."""
    sizes = np.diff(firsts, append=len(scores))
    # An article of n paragraphs that all scored alike would score this many times one of them.
    times = np.cumsum(float(share) ** np.arange(int(sizes.max())))[sizes - 1].astype(np.float32)
    best = np.maximum.reduceat(scores, firsts)
    least = np.minimum.reduceat(scores, firsts)
    enough = kth_largest(best + least * (times - np.float32(1)), wanted)
    reached: NDArray[np.bool_] = best * times >= enough * np.float32(_MARGIN)
    return reached


def _dated(dates: NDArray[np.int32], sort: Sort, wanted: int) -> NDArray[np.bool_]:
    """Mark the days that reach the page; those without a day come last in any order."""
    keys = np.where(dates == 0, np.iinfo(np.int32).min, -dates) if sort == "oldest" else dates
    reached: NDArray[np.bool_] = keys >= kth_largest(keys, wanted)
    return reached


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark the first of every run of equal values."""
    changes = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes
