"""Answers a request from a state of the columnar index."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from indexer.engine import FACETS, Hit, SearchRequest, SearchResponse
from indexer.settings import SearchSettings

from .evaluation import find
from .evidence import article_scores
from .folding import Folded
from .narrowing import Narrowing
from .proximity import RESCORED, Proximity
from .ranking import Ranked, top_articles, top_paragraphs
from .recency import recency
from .schema import ARTICLE_ID
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
    by_relevance = request.sort == "relevance"
    evidence = None
    if by_relevance and request.group == "article":
        evidence = article_scores(request.query, snapshot, scoring, found)
    if by_relevance and request.recency:
        factors = recency(columns, request.recency, settings.recency_days)
        np.multiply(found.scores, factors, out=found.scores)
        evidence = None if evidence is None else evidence * factors[columns.article_starts[:-1]]
    narrowing = narrowed(request, snapshot, found.mask)
    kept, scores = narrowing.kept, found.scores
    sort, offset, limit = request.sort, request.offset, request.limit
    share = settings.paragraph_share if request.group == "article" else 1.0
    proximity = Proximity(request.words if by_relevance else (), snapshot, scoring, settings.proximity_boost)
    if limit and proximity.applies:
        offset, limit = 0, max(offset + limit, RESCORED)
    folded = None
    if request.group == "article":
        if request.fold:
            folded = Folded(kept, scores, snapshot.copies, sort=sort, evidence=evidence, share=share)
        shown = folded.kept if folded else kept
        ranked = top_articles(
            shown, scores, sort=sort, evidence=evidence, share=share, offset=offset, limit=limit
        )
    else:
        ranked = top_paragraphs(kept, scores, sort=sort, offset=offset, limit=limit)
    if proximity.applies:
        stretch = slice(request.offset, request.offset + request.limit)
        ranked = proximity.rescored(ranked, scores, share, stretch)
    copies = folded.count if folded else snapshot.copies.count(kept)
    return SearchResponse(
        total=kept.total,
        total_articles=kept.articles,
        total_distinct=kept.articles - copies,
        hits=_hits(snapshot, scores, ranked, request, folded),
        facets={name: narrowing.counts(name, request.facet_size) for name in request.facets},
        timeline=columns.periods(request.timeline).counts(kept.by_article),
        complete=found.complete,
    )


def narrowed(request: SearchRequest, snapshot: ColumnarSnapshot, matching: NDArray[np.bool_]) -> Narrowing:
    """Narrow what matches by the request's filters."""
    if request.filters.similar_to:
        matching = matching & _copies_of(request.filters.similar_to, snapshot)
    return Narrowing(matching, snapshot.columns, request.filters)


def _copies_of(article_id: str, snapshot: ColumnarSnapshot) -> NDArray[np.bool_]:
    """Mark the paragraphs of an article and of its copies; none when the index does not hold it."""
    mask = np.zeros(snapshot.document_count, np.bool_)
    documents = snapshot.postings(ARTICLE_ID, article_id).documents
    if len(documents):
        group = snapshot.groups.group(int(snapshot.columns.article[documents[0]]))
        mask[snapshot.columns.documents_of(group)] = True
    return mask


def _hits(
    snapshot: ColumnarSnapshot,
    scores: NDArray[np.float32],
    ranked: Sequence[Ranked],
    request: SearchRequest,
    folded: Folded | None,
) -> list[Hit]:
    """Read what is shown of every result: its paragraphs, and the best ones of its copies."""
    own = [result.places[: request.more + 1].tolist() for result in ranked]
    shown: list[list[int]] = [[] for _ in own]
    copies = [0 for _ in own]
    if folded:
        for at, numbers in enumerate(own):
            under = folded.under(int(snapshot.groups.first[snapshot.columns.article[numbers[0]]]))
            copies[at] = len(under)
            shown[at] = [folded.best_paragraph(article) for article in under[: request.similar].tolist()]
    documents = list(chain(*own, *shown))
    stored = dict(zip(documents, snapshot.stored_paragraphs(documents), strict=True))

    def hit(number: int) -> Hit:
        document = stored[number]
        score = float(scores[number])
        return Hit(article_id=document.article_id, number=document.number, score=score, document=document)

    return [
        structs.replace(
            hit(numbers[0]),
            more=[hit(number) for number in numbers[1:]],
            matching=len(result.places),
            similar=[hit(number) for number in similar],
            copies=count,
        )
        for result, numbers, similar, count in zip(ranked, own, shown, copies, strict=True)
    ]
