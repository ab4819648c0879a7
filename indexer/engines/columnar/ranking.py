"""Finds the few results of a page among many matches, without ordering the rest.

What the order is, :mod:`indexer.engines.ranking` says; all matches that cannot reach the page are left out
before it is asked.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.evaluation import Matches
from indexer.engines.ranking import Ranked, Sort, in_order
from indexer.engines.snapshot import Columns

# With fewer matches than this nothing is gained.
_MANY = 2_000


def top_articles(
    matches: Matches,
    columns: Columns,
    *,
    sort: Sort,
    evidence: NDArray[np.float32] | None,
    share: float,
    offset: int,
    limit: int,
) -> tuple[int, Sequence[Ranked]]:
    """Group matches under their articles; gives the number of articles and the wanted stretch of them.

    An article scores what ``evidence`` says of it as a whole (by ordinal), and ``share`` of its best paragraph.
    """
    documents, scores = matches
    articles = columns.article[documents]
    firsts = np.flatnonzero(_changes(articles))
    if not limit or not len(firsts):
        return len(firsts), []
    best = np.maximum.reduceat(scores, firsts)
    totals = best * np.float32(share)
    if evidence is not None:
        totals += evidence[articles[firsts]]
    wanted = _stretch(totals, columns.date[documents[firsts]], documents[firsts], sort, offset, limit)
    ends = np.append(firsts[1:], len(documents))
    ranked = []
    for place in wanted.tolist():
        places = np.arange(firsts[place], ends[place])
        ranked.append(Ranked(places[np.argsort(-scores[places], kind="stable")], float(totals[place])))
    return len(firsts), ranked


def top_paragraphs(
    matches: Matches, columns: Columns, *, sort: Sort, offset: int, limit: int
) -> tuple[int, Sequence[Ranked]]:
    """Order single paragraphs; gives the number of their articles and the wanted stretch of paragraphs."""
    documents, scores = matches
    articles = int(np.count_nonzero(_changes(columns.article[documents])))
    if not limit or not len(documents):
        return articles, []
    wanted = _stretch(scores, columns.date[documents], documents, sort, offset, limit)
    return articles, [Ranked(np.array([place]), float(scores[place])) for place in wanted.tolist()]


def _stretch(
    scores: NDArray[Any],
    dates: NDArray[np.int32],
    documents: NDArray[Any],
    sort: Sort,
    offset: int,
    limit: int,
) -> NDArray[np.intp]:
    """The places from ``offset`` on, ordering only what can reach them."""
    wanted = offset + limit
    if len(scores) <= max(_MANY, wanted):
        return in_order(scores, dates, documents, sort)[offset:wanted]
    if sort == "relevance" and scores.any():
        reaching = np.flatnonzero(scores >= kth_largest(scores, wanted))
    else:
        reaching = np.flatnonzero(_dated(dates, sort, wanted))
    order = in_order(scores[reaching], dates[reaching], documents[reaching], sort)[offset:wanted]
    return reaching[order]


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
