"""Orders what matches: paragraphs under their article, articles by evidence or by date."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.evaluation import Matches
from indexer.engines.snapshot import Columns, Scores

Sort = Literal["relevance", "newest", "oldest"]


class Ranked(NamedTuple):
    """One result: its paragraphs' places in the matches, the best first, and the score it is ranked by."""

    places: NDArray[np.int64]
    score: float


def article_scores(scores: Scores, starts: NDArray[np.int64], share: float) -> NDArray[np.float64]:
    """Weigh an article by all it has to say: its best paragraph, plus ever less of every further one.

    ``scores`` are the paragraphs', article after article and each article's best first; ``starts`` is where
    an article begins. An article's r-th best paragraph (from 0) counts ``share**r`` of its own score, so
    that 0 ranks by the best paragraph alone. The headline's words are scored with the first paragraph.

    >>> article_scores(np.array([4, 2, 1, 3], np.float32), np.array([0, 3]), 0.5)
    array([5.25, 3.  ])
    """
    sizes = np.diff(starts, append=len(scores))
    ranks = np.arange(len(scores)) - np.repeat(starts, sizes)
    summed: NDArray[np.float64] = np.add.reduceat(scores * np.power(float(share), ranks), starts)
    return summed


def rank_articles(
    matches: Matches, columns: Columns, *, sort: Sort, share: float, offset: int, limit: int
) -> tuple[int, Sequence[Ranked]]:
    """Group matches under their articles; gives the number of articles and the wanted stretch of them."""
    documents, scores = matches
    if not len(documents):
        return 0, []
    articles = columns.article[documents]
    order = np.lexsort((documents, -scores, articles))
    starts = np.flatnonzero(np.diff(articles[order], prepend=-1))
    totals = article_scores(scores[order], starts, share)
    best = documents[order[starts]]
    ends = np.append(starts[1:], len(order))
    wanted = in_order(totals, columns.date[best], best, sort)[offset : offset + limit]
    ranked = [Ranked(order[starts[place] : ends[place]], float(totals[place])) for place in wanted]
    return len(starts), ranked


def rank_paragraphs(
    matches: Matches, columns: Columns, *, sort: Sort, offset: int, limit: int
) -> tuple[int, Sequence[Ranked]]:
    """Order single paragraphs; gives the number of their articles and the wanted stretch of paragraphs."""
    documents, scores = matches
    wanted = in_order(scores, columns.date[documents], documents, sort)[offset : offset + limit]
    articles = len(np.unique(columns.article[documents]))
    return articles, [Ranked(np.array([place]), float(scores[place])) for place in wanted]


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
