"""Answers a request from a state of the columnar index."""

from collections.abc import Sequence

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from indexer.engine import FACETS, Hit, SearchRequest, SearchResponse, StoredParagraph
from indexer.settings import SearchSettings

from .evaluation import find
from .evidence import article_scores
from .facets import Narrowing
from .ranking import Kept, Ranked, top_articles, top_paragraphs
from .scoring import Bm25
from .snapshot import ColumnarSnapshot


def answer(
    request: SearchRequest,
    snapshot: ColumnarSnapshot,
    settings: SearchSettings,
    deadline: float | None = None,
) -> SearchResponse:
    """Match, narrow, count, rank, and read what is shown.

    Past ``deadline``, a time of ``time.monotonic``, the answer is made of what was found by then.
    """
    scoring = Bm25(settings.k1, settings.b, frozenset(FACETS))
    found = find(request.query, snapshot, scoring, deadline)
    columns = snapshot.columns
    used = {*request.facets, *request.filters.include, *request.filters.exclude}
    narrowing = Narrowing(
        found.mask, columns.date, {name: columns.facet_values(name) for name in used}, request.filters
    )
    kept = Kept(narrowing.kept, found.scores, narrowing.total)
    offset, limit = request.offset, request.limit
    if request.group == "article":
        by_relevance = request.sort == "relevance"
        evidence = article_scores(request.query, snapshot, scoring, found, deadline) if by_relevance else None
        share = settings.paragraph_share
        articles, ranked = top_articles(
            kept, columns, sort=request.sort, evidence=evidence, share=share, offset=offset, limit=limit
        )
    else:
        articles, ranked = top_paragraphs(kept, columns, sort=request.sort, offset=offset, limit=limit)
    return SearchResponse(
        total=narrowing.total,
        total_articles=articles,
        hits=_hits(snapshot, found.scores, ranked, request.more),
        facets={name: narrowing.counts(name, request.facet_size) for name in request.facets},
        timeline=columns.periods(request.timeline).counts(narrowing.kept),
        complete=found.complete,
    )


def _hits(
    snapshot: ColumnarSnapshot, scores: NDArray[np.float32], ranked: Sequence[Ranked], more: int
) -> list[Hit]:
    shown = [result.places[: more + 1].tolist() for result in ranked]
    documents = [document for numbers in shown for document in numbers]
    stored = dict(zip(documents, snapshot.stored_paragraphs(documents), strict=True))
    hits = []
    for result, numbers in zip(ranked, shown, strict=True):
        first, *others = [_hit(stored[number], float(scores[number])) for number in numbers]
        hits.append(structs.replace(first, more=others, matching=len(result.places)))
    return hits


def _hit(document: StoredParagraph, score: float) -> Hit:
    return Hit(article_id=document.article_id, number=document.number, score=score, document=document)
