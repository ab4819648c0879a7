"""Finds the few results of a page among many matches, without ordering or even listing the rest.

:func:`in_order` says what the order is; all matches that cannot reach the page are left out before. An
article scores what it says as a whole and a share of its best paragraph, which is no better than the best of
all paragraphs: that bounds every article's score before its paragraphs are looked at.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .marked import Marked
from .packing import boundaries, ragged, run_starts

Documents = NDArray[np.intp]
Scores = NDArray[np.float32]
Sort = Literal["relevance", "newest", "oldest"]

# With fewer matches than this nothing is gained.
_MANY = 2_000
# Room for the rounding of scores that are added up.
_MARGIN = 1e-4


class Ranked(NamedTuple):
    """One result: the numbers of its paragraphs, the best first, and the score it is ranked by."""

    places: NDArray[np.int64]
    score: float


def top_articles(
    found: Marked,
    scores: Scores,
    *,
    sort: Sort,
    evidence: Scores | None,
    share: float,
    offset: int,
    limit: int,
) -> Sequence[Ranked]:
    """Group matches under their articles and give the wanted stretch of them.

    ``scores`` has one a paragraph. An article scores what ``evidence`` says of it as a whole, by ordinal, and
    ``share`` of its best paragraph's score. A result's places are numbers of paragraphs.
    """
    if not limit or not found.total:
        return []
    if evidence is not None and not evidence.any():
        evidence = None
    if evidence is None:
        documents = found.documents
    else:
        documents = _reaching(found, scores, evidence, share, offset + limit)
    totals, starts = _totals(found, scores, evidence, share, documents)
    leading = documents[starts]
    dates = found.columns.date[leading]
    chosen = _stretch(totals, dates, leading, sort, offset=offset, limit=limit)
    sizes = np.diff(starts, append=len(documents))[chosen]
    places = documents[ragged(starts[chosen], sizes)]
    places = places[np.lexsort((-scores[places], np.repeat(np.arange(len(chosen)), sizes)))]
    stretches = pairwise(boundaries(sizes).tolist())
    return [
        Ranked(places[start:stop], total)
        for (start, stop), total in zip(stretches, totals[chosen].tolist(), strict=True)
    ]


def top_paragraphs(found: Marked, scores: Scores, *, sort: Sort, offset: int, limit: int) -> Sequence[Ranked]:
    """Order single paragraphs and give the wanted stretch of them."""
    if not limit or not found.total:
        return []
    documents = found.documents
    scores = scores[documents]
    dates = found.columns.date[documents]
    wanted = _stretch(scores, dates, documents, sort, offset=offset, limit=limit)
    return [Ranked(documents[[place]], float(scores[place])) for place in wanted.tolist()]


def in_order(
    scores: NDArray[Any], dates: NDArray[np.int32], documents: NDArray[np.int32], sort: Sort
) -> NDArray[np.intp]:
    """Places in order; ties go to the newer, then to what was indexed first. By date, undated ones come last.

    Where nothing has a score, because the question only narrows, relevance means newest first.
    """
    keys: tuple[NDArray[Any], ...] = (documents, -dates, -scores)
    if sort == "oldest":
        keys = (documents, -scores, np.where(dates == 0, np.iinfo(np.int32).max, dates))
    elif sort == "newest" or not scores.any():
        keys = (documents, -scores, -dates)
    order: NDArray[np.intp] = np.lexsort(keys)
    return order


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


def _reaching(found: Marked, scores: Scores, evidence: Scores, share: float, wanted: int) -> Documents:
    """The matching paragraphs of the articles that can be among the first ``wanted``.

    The articles that say the most as a whole are weighed first: what the last of them scores must be reached.
    """
    matching = found.by_article > 0
    said = evidence * matching
    wanted = min(wanted, found.articles)
    leading = _paragraphs_of(found, np.flatnonzero((said >= kth_largest(said, wanted)) & matching))
    totals, _ = _totals(found, scores, evidence, share, leading)
    floor = kth_largest(totals, wanted) - share * float(scores.max()) - _MARGIN
    return _paragraphs_of(found, np.flatnonzero((said >= floor) & matching))


def _paragraphs_of(found: Marked, articles: NDArray[np.intp]) -> Documents:
    """The matching paragraphs of some articles."""
    documents = found.columns.documents_of(articles)
    matching: Documents = documents[found.mask[documents]]
    return matching


def _totals(
    found: Marked, scores: Scores, evidence: Scores | None, share: float, documents: Documents
) -> tuple[Scores, NDArray[np.intp]]:
    """What the articles of some paragraphs score, and where each one's paragraphs begin."""
    articles = found.columns.article[documents]
    starts = run_starts(articles)
    totals: Scores = np.maximum.reduceat(scores[documents], starts) * np.float32(share)
    if evidence is not None:
        totals += evidence[articles[starts]]
    return totals, starts


def _stretch(
    scores: NDArray[Any],
    dates: NDArray[np.int32],
    documents: NDArray[Any],
    sort: Sort,
    *,
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
    order: NDArray[np.intp] = reaching[in_order(scores[reaching], dates[reaching], documents[reaching], sort)]
    return order[offset:wanted]


def _dated(dates: NDArray[np.int32], sort: Sort, wanted: int) -> NDArray[np.bool_]:
    """Mark the days that reach the page; those without a day come last in any order."""
    keys = np.where(dates == 0, np.iinfo(np.int32).min, -dates) if sort == "oldest" else dates
    reached: NDArray[np.bool_] = keys >= kth_largest(keys, wanted)
    return reached
