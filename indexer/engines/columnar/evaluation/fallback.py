"""Whatever has no arrays of its own goes through Whoosh's matchers, one posting at a time."""

from typing import Any

import numpy as np
from whoosh.query import qcore
from whoosh.reading import IndexReader, MultiReader, SegmentReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from ..segment import ColumnarSegment
from .matches import Matches
from .scope import Scope, Task

_SEARCHERS = -1


def any_query(scope: Scope, query: qcore.Query) -> Matches:
    """What Whoosh's own matchers find, with the scores of its ``BM25F``."""
    leaf = _searchers(scope.task)[scope.view.at]
    matcher = query.matcher(leaf, leaf.context() if scope.scored else leaf.boolean_context())
    documents, scores = [], []
    while matcher.is_active():
        documents.append(matcher.id())
        scores.append(matcher.score() if scope.scored else 0.0)
        matcher.next()
        scope.task.check_time()
    found = Matches.listed(scope.view.size, np.array(documents, np.intp), np.array(scores, np.float32))
    # The matcher has multiplied the query's boost in already.
    boost = getattr(query, "boost", 1.0)
    found = found.boosted(1 / boost) if boost else found
    return found if scope.within is None else found.among(scope.within)


def _searchers(task: Task) -> list[Any]:
    """One searcher a segment, which know the statistics of the whole state."""
    if _SEARCHERS not in task.prepared:
        index = task.snapshot.index
        readers: list[IndexReader] = []
        for view in task.snapshot.views:
            _, _, segment_id = view.contents.name.rpartition("_")
            segment = ColumnarSegment(index.indexname, view.size, segment_id, view.deleted)
            readers.append(SegmentReader(index.storage, index.schema, segment))
        scoring = task.scoring
        whole: Any = Searcher(MultiReader(readers), weighting=BM25F(B=scoring.b, K1=scoring.k1))
        # Whoosh's leaves hold their parent by a weak reference, so it has to be kept too.
        task.prepared[_SEARCHERS] = whole, [leaf for leaf, _ in whole.leaf_searchers()]
    leaves: list[Any] = task.prepared[_SEARCHERS][1]
    return leaves
